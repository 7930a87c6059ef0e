"""Find names by any part of them, by the initials of their pinyin (``rml`` for 人民路) or by the whole of it. No Qt."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import islice, product

from desktop.text_lines import TextLines

# Ways to read a name that are kept, where its characters have several: of initials, and of whole syllables.
_MOST_INITIALS, _MOST_WHOLE = 16, 8
# Hits that are put into order.
_MOST_RANKED = 5000
_KEYS = "\x01"


def readings(characters: set[str]) -> dict[str, tuple[str, ...]]:
    """Return the ways to read each character, without tones; those that are no Chinese characters are left out.

    Takes pypinyin's dictionary, once a character.
    """
    # single characters need no dictionary of phrases, which takes a fifth of a second to load
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import Style, pinyin

    found = {}
    for one in characters:
        if "\u3400" <= one <= "\u9fff":
            ways = pinyin(one, style=Style.NORMAL, heteronym=True)[0]
            found[one] = tuple(dict.fromkeys(way.replace("ü", "v") for way in ways if way.isalpha()))
    return {one: ways for one, ways in found.items() if ways}


def keys_of(name: str, known: dict[str, tuple[str, ...]]) -> str:
    """Return the initials and the whole pinyin of a name, each way to read it behind a space; empty where it has none.

    Parameters
    ----------
    known
        As `readings` returns them.
    """
    if not any(one in known for one in name):
        return ""
    ways = [known.get(one, (one,)) for one in name if not one.isspace()]
    initials = (dict.fromkeys(way[0] for way in one) for one in ways)
    first = ("".join(parts) for parts in islice(product(*initials), _MOST_INITIALS))
    whole = ("".join(parts) for parts in islice(product(*ways), _MOST_WHOLE))
    return " ".join((*first, *whole))


class NameIndex:
    """Hold names that are found while they are typed.

    Parameters
    ----------
    lines
        What the list shows.
    names
        The name in each.
    """

    def __init__(self, lines: Sequence[str] = (), names: Sequence[str] = ()) -> None:
        characters = set[str]()
        for name in names:  # one by one: a single call for all would hold the interpreter lock for half a second
            characters.update(name)
        known = readings(characters)
        self._lines, self._names = tuple(lines), tuple(names)
        keys = [keys_of(name, known) for name in names]
        self._keys = tuple(f" {key}" for key in keys)
        self._texts = TextLines([f"{line}{_KEYS}{key}" for line, key in zip(lines, keys, strict=True)])

    def find(self, text: str, most: int) -> list[str]:
        """Return the lines that a text may mean: names that begin with it, initials that do, whatever holds it.

        Parameters
        ----------
        most
            Lines, at the most.
        """
        wanted = text.strip().lower()
        if not wanted:
            return []
        rows = islice(self._texts.holding(wanted), _MOST_RANKED)
        ranked = sorted(rows, key=lambda row: (self._rank(row, wanted), len(self._names[row]), row))
        return [self._lines[row] for row in ranked[:most]]

    def _rank(self, row: int, wanted: str) -> int:
        name = self._names[row].lower()
        if name.startswith(wanted):
            return 0
        return 1 if f" {wanted}" in self._keys[row] else 2 if wanted in name else 3
