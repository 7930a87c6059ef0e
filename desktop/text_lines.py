"""Many short texts as one, in which a part is found by one search. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np


class TextLines:
    """Hold texts, a line each, without regard to case.

    Parameters
    ----------
    texts
        In any number; breaks of lines in them count as spaces.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        whole = "\n".join(texts)
        folded = whole.lower()
        if len(folded) != len(whole) or whole.count("\n") != max(0, len(texts) - 1):
            # a letter that is two in lower case, or a text of several lines
            texts = [text.lower().replace("\n", " ") for text in texts]
            folded = "\n".join(texts)
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
        self._text, self._starts = folded, np.cumsum(lengths) - lengths

    def holding(self, part: str) -> Iterator[int]:
        """Yield the rows whose text holds another one, in rising order."""
        part = part.lower()
        at = self._text.find(part) if len(self._starts) else -1
        while at >= 0:
            row = int(np.searchsorted(self._starts, at, side="right")) - 1
            yield row
            at = self._text.find(part, int(self._starts[row + 1])) if row + 1 < len(self._starts) else -1
