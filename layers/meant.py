"""Say what may have been meant by a word that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from layers.text import Text


def meant(word: str, known: Iterable[str]) -> Text:
    """Return the end of a line that tells of an unknown word: the known one that is nearest, or all of them."""
    there = tuple(known)
    near = get_close_matches(word, there, n=1)
    if near:
        return Text(f"；是否指“{near[0]}”？", f"; did you mean {near[0]!r}?")
    return Text(f"；可用：{'、'.join(there)}", f"; known are: {', '.join(there)}")
