"""Many short texts as one, in which a part is found by one search. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

# Texts that are joined in one call, which holds the interpreter lock from beginning to end.
_AT_ONCE = 20_000


class TextLines:
    """Hold texts, a line each, without regard to case.

    Parameters
    ----------
    texts
        In any number; breaks of lines in them count as spaces.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        parts = [_folded(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
        lengths = np.concatenate([np.zeros(0, np.int64), *(n for _, n in parts)])
        self._text, self._starts = "\n".join(text for text, _ in parts), np.cumsum(lengths) - lengths

    def holding(self, part: str) -> Iterator[int]:
        """Yield the rows whose text holds another one, in rising order."""
        part = part.lower()
        at = self._text.find(part) if len(self._starts) else -1
        while at >= 0:
            row = int(np.searchsorted(self._starts, at, side="right")) - 1
            yield row
            at = self._text.find(part, int(self._starts[row + 1])) if row + 1 < len(self._starts) else -1


def _folded(texts: Sequence[str]) -> tuple[str, NDArray[np.int64]]:
    """Return texts in lower case, a line each, and the length of each with its break."""
    whole = "\n".join(texts)
    folded = whole.lower()
    if len(folded) != len(whole) or whole.count("\n") != len(texts) - 1:
        # a letter that is two in lower case, or a text of several lines
        texts = [text.lower().replace("\n", " ") for text in texts]
        folded = "\n".join(texts)
    return folded, np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
