"""Where in a TOML text each key stands, since the standard library's parser does not tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

_HEADER = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]?\]")
_KEY = re.compile(r"^\s*([\w-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Lines:
    """Hold line numbers, from 1, of tables and keys.

    Parameters
    ----------
    by_place
        Line of (table, row of that table, key); key ``""`` is the table's own header.
    """

    by_place: Mapping[tuple[str, int, str], int]

    @classmethod
    def of(cls, text: str) -> Lines:
        """Return the line numbers of a text in which each key stands at the start of a line."""
        found: dict[tuple[str, int, str], int] = {}
        seen: Counter[str] = Counter()
        table, row = "", 0
        for number, line in enumerate(text.splitlines(), start=1):
            if header := _HEADER.match(line):
                table = header[1]
                row = seen[table]
                seen[table] += 1
                found[table, row, ""] = number
            elif key := _KEY.match(line):
                found.setdefault((table, row, key[1]), number)
        return cls(found)

    def line(self, table: str, row: int, key: str) -> int:
        """Return the line of a key, else of its table, else the first."""
        return self.by_place.get((table, row, key)) or self.by_place.get((table, row, "")) or 1
