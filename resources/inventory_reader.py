"""Read entries of an inventory: known keys, units, bounds and sources, with all faults gathered."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from layers.meant import meant
from layers.text import Text
from layers.units import seconds_of_day
from resources.inventory_form import CLOCK, Figure, Section
from resources.source import Certainty, Source
from resources.toml_lines import Lines

_PARTS = {"value", "unit", "source", "certainty", "local"}


@dataclass(frozen=True, slots=True)
class Entry:
    """Name one table of the file: its key, and which of several it is, from 0."""

    table: str
    row: int


@dataclass(frozen=True)
class Reader:
    """Turn tables into the fields of dataclasses.

    Parameters
    ----------
    name
        Of the file.
    lines
        Where its keys stand.
    faults
        All that was found wrong so far.
    """

    name: str
    lines: Lines
    faults: list[Text] = field(default_factory=list)

    def entries(self, section: Section, document: dict[str, Any]) -> list[dict[str, Any] | None]:
        """Return the fields of each entry of a section; None in place of one with faults."""
        tables = document.get(section.key, [])
        if not isinstance(tables, list):
            zh = f"应写作 [[{section.key}]]"
            self._fault(Entry(section.key, 0), "", zh, f"must be written [[{section.key}]]")
            return []
        if not tables:
            self._fault(Entry(section.key, 0), "", f"缺少 [[{section.key}]]", f"no [[{section.key}]]")
        found = [self.entry(section, table, Entry(section.key, row)) for row, table in enumerate(tables)]
        seen: set[str] = set()
        for row, values in enumerate(found):
            if values and values["key"] in seen:
                key = values["key"]
                self._fault(Entry(section.key, row), "key", f"编号“{key}”重复", f"key {key!r} occurs more than once")
            seen |= {values["key"]} if values else set()
        return found

    def single(self, section: Section, document: dict[str, Any]) -> dict[str, Any] | None:
        """Return the fields of a section that stands once, or None where it has faults."""
        table = document.get(section.key)
        if not isinstance(table, dict):
            self._fault(Entry(section.key, 0), "", f"缺少 [{section.key}]", f"no [{section.key}]")
            return None
        return self.entry(section, table, Entry(section.key, 0))

    def entry(self, section: Section, table: dict[str, Any], entry: Entry) -> dict[str, Any] | None:
        """Return the fields of one entry, or None where it has faults."""
        before = len(self.faults)
        self._unknown(section, table, entry)
        fields: dict[str, Any] = {}
        for word in section.words:
            fields[word] = self._plain(entry, word, table.get(word), str)
        for flag in section.flags:
            fields[flag] = self._plain(entry, flag, table.get(flag, False), bool)
        sources = {}
        for figure in section.figures:
            if figure.key in table:
                fields[figure.field] = self._value(entry, figure, table[figure.key])
                sources[figure.field] = self._source(entry, figure.key, table[figure.key])
            elif figure.required:
                self._missing(entry, figure.key)
        if len(self.faults) > before:
            return None
        if "zh" in fields:
            fields["label"] = Text(fields.pop("zh"), fields.pop("en"))
        return fields | {"sources": sources}

    def _unknown(self, section: Section, table: dict[str, Any], entry: Entry) -> None:
        known = [*section.words, *section.flags, *section.by_key]
        for key in table:
            if key not in known:
                hint = meant(key, known)
                self._fault(entry, key, f"没有“{key}”这一项{hint.zh}", f"no figure {key!r}{hint.en}")

    def _plain(self, entry: Entry, key: str, value: Any, kind: type) -> Any:
        if value is None:
            self._missing(entry, key)
        elif not isinstance(value, kind) or value == "":
            self.wrong(entry, key, repr(value), "text" if kind is str else "true | false")
        return value

    def _value(self, entry: Entry, figure: Figure, table: Any) -> float | int:
        if not isinstance(table, dict) or not {"value", "unit"} <= set(table):
            form = f'{{ value = …, unit = "{figure.unit}", source = "…", certainty = "A|B|C|M|G" }}'
            self.wrong(entry, figure.key, repr(table), form)
            return 0
        for part in sorted(set(table) - _PARTS):
            self._fault(entry, figure.key, f"{figure.key} 中没有“{part}”", f"{figure.key} has no part {part!r}")
        value, unit = table["value"], table["unit"]
        if unit not in figure.units:
            self.wrong(entry, f"{figure.key}.unit", repr(unit), " | ".join(figure.units))
            return 0
        if unit == CLOCK:
            return self._clock(entry, figure.key, value)
        return self._number(entry, figure, value, unit)

    def _number(self, entry: Entry, figure: Figure, value: Any, unit: str) -> float | int:
        expected = f"{figure.low:g} … {figure.high:g} {figure.unit}"
        right = isinstance(value, int if figure.is_count else (int, float)) and not isinstance(value, bool)
        if not right or not math.isfinite(value):
            self.wrong(entry, figure.key, f"{value!r} {unit}", expected)
            return 0
        in_preferred = value * figure.units[unit] / figure.units[figure.unit]
        if not figure.low - 1e-9 <= in_preferred <= figure.high + 1e-9:
            self.wrong(entry, figure.key, f"{value:g} {unit}", expected)
        return int(value) if figure.is_count else float(value * figure.units[unit])

    def _clock(self, entry: Entry, key: str, value: Any) -> float:
        try:
            return float(seconds_of_day(str(value)))
        except ValueError:
            self.wrong(entry, key, repr(value), CLOCK)
            return 0.0

    def _source(self, entry: Entry, key: str, table: Any) -> Source:
        parts = table if isinstance(table, dict) else {}
        text, letter = parts.get("source", ""), parts.get("certainty", "")
        if not isinstance(text, str) or not text:
            self._missing(entry, f"{key}.source")
        if letter not in set(Certainty):
            self.wrong(entry, f"{key}.certainty", repr(letter), " | ".join(Certainty))
        return Source(
            str(text), Certainty(letter) if letter in set(Certainty) else Certainty.M, bool(parts.get("local", False))
        )

    def wrong(self, entry: Entry, key: str, value: str, expected: str) -> None:
        """Note a value that is not what was expected."""
        self._fault(entry, key, f"{key} 为 {value}；应为 {expected}", f"{key} is {value}; expected {expected}")

    def _missing(self, entry: Entry, key: str) -> None:
        self._fault(entry, key, f"缺少 {key}", f"{key} is missing")

    def _fault(self, entry: Entry, key: str, zh: str, en: str) -> None:
        line = self.lines.line(entry.table, entry.row, key.partition(".")[0])
        where = f"[{entry.table} {entry.row + 1}] " if entry.table else ""
        self.faults.append(Text(f"第 {line} 行 {where}{zh}", f"line {line} {where}{en}"))
