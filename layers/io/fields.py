"""Match a table's headings with our columns, and read its cells."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from layers.column import Column
from layers.errors import InputError
from layers.io.synonyms import (
    BLANK,
    BY_KIND,
    CHOICES,
    EVERYWHERE,
    FACTORS,
    KINDS,
    NO,
    PLACE,
    SAME_UNITS,
    YES,
    plain,
    unit_of,
)
from layers.kinds import BY_NAME
from layers.layer import Layer
from layers.meant import meant
from layers.text import Text

Value = str | int | float | bool


class UnreadableCellError(ValueError):
    """A cell that says something which we cannot take over."""


@dataclass(frozen=True, slots=True)
class Match:
    """Say which heading holds which column, and in what unit.

    Parameters
    ----------
    heading
        As in the file, or one that reads the same.
    multiplier_ratio
        What a figure is multiplied with to be in our unit.
    """

    heading: str
    multiplier_ratio: float = 1.0


def kind_named(word: str) -> type[Layer]:
    """Return the kind of layer that a word names.

    Raises
    ------
    InputError
        Where there is no such kind; the message lists those there are.
    """
    kind = guess_kind(word)
    if kind is None:
        names = ", ".join(BY_NAME)
        raise InputError(
            Text(f"没有图层类别“{word}”；可用：{names}", f"no kind of layer {word!r}; expected one of: {names}")
        )
    return kind


def guess_kind(word: str) -> type[Layer] | None:
    """Return the kind of layer that a word names, or None."""
    wanted = plain(word)
    for kind in BY_NAME.values():
        words = (kind.KIND, kind.LABEL.zh, kind.LABEL.en, *KINDS.get(kind.KIND, ()))
        if wanted in {plain(w) for w in words}:
            return kind
    return None


def match(headings: Sequence[str], kind: type[Layer] | None, mapping: Mapping[str, str]) -> dict[str, Match]:
    """Return which heading holds which field: ``x``, ``y``, ``wkt``, ``id`` and the columns of a kind.

    Parameters
    ----------
    headings
        As in the file.
    kind
        None for a free layer, of which only the place is wanted.
    mapping
        The user's own choice, column by field; it goes before all synonyms.

    Raises
    ------
    InputError
        Where `mapping` names a field or a heading that there is not.
    """
    columns: dict[str, Column] = {c.name: c for c in kind.columns()} if kind else {}
    words = {field: tuple(_words(field, kind, columns.get(field))) for field in (*PLACE, *columns)}
    found = match_words(headings, words, mapping)
    return {field: _match(heading, columns.get(field)) for field, heading in found.items()}


def match_words(headings: Sequence[str], words: Mapping[str, Sequence[str]], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return which heading holds which field, each heading for one field at most.

    Parameters
    ----------
    words
        For each field what it may be called, its own name among them; the first that is there counts.
    mapping
        The user's own choice, column by field; it goes before all words.

    Raises
    ------
    InputError
        Where `mapping` names a field or a heading that there is not.
    """
    found = _asked(headings, list(words), mapping)
    by_plain: dict[str, str] = {}
    for heading in headings:
        by_plain.setdefault(plain(heading), heading)
    for field, called in words.items():
        if field in found:
            continue
        taken = set(found.values())
        named = next((by_plain[w] for w in map(plain, called) if w in by_plain and by_plain[w] not in taken), None)
        if named is not None:
            found[field] = named
    return found


def _words(field: str, kind: type[Layer] | None, column: Column | None) -> Iterable[str]:
    yield field
    if column is not None:
        yield from (column.label.zh, column.label.en)
    yield from BY_KIND.get(kind.KIND if kind else "", {}).get(field, ())
    if field in PLACE:
        yield from PLACE[field]
    elif column is not None:
        yield from EVERYWHERE.get(field, ())


def _asked(headings: Sequence[str], fields: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    aliases = {"lon": "x", "lng": "x", "经度": "x", "lat": "y", "纬度": "y"}
    asked = {}
    for word, heading in mapping.items():
        field = aliases.get(word, word)
        if field not in fields:
            raise _no_such("字段", "field", word, fields)
        if heading not in headings:
            raise _no_such("列", "column", heading, headings)
        asked[field] = heading
    return asked


def _no_such(zh: str, en: str, word: str, there: Sequence[str]) -> InputError:
    hint = meant(word, there)
    return InputError(Text(f"--map：没有{zh}“{word}”{hint.zh}", f"--map: no {en} {word!r}{hint.en}"))


def _match(heading: str, column: Column | None) -> Match:
    if column is None or not column.unit:
        return Match(heading)
    written = unit_of(heading)
    written = unicodedata.normalize("NFKC", written).lower() if written not in SAME_UNITS else written
    ours = SAME_UNITS.get(written, written)
    return Match(heading, FACTORS.get((written, column.unit), FACTORS.get((ours, column.unit), 1.0)))


def read_cell(cell: object, column: Column, multiplier_ratio: float = 1.0) -> Value | None:
    """Return a cell as a column's value, or None where it says nothing.

    Raises
    ------
    UnreadableCellError
        Where it says something that is no such value.
    """
    text = "" if cell is None else str(cell).strip()
    if text.lower() in BLANK and not (column.choices or column.dtype == "?"):
        return None
    if column.dtype == "U":
        return text
    if column.choices is not None:
        return _choice(text, column.name, column.choices)
    if column.dtype == "?":
        return _flag(text)
    value = _figure(text) * multiplier_ratio
    if column.dtype == "f8":
        return value
    if value != round(value):
        raise UnreadableCellError(text)
    return int(value)


def _choice(text: str, name: str, choices: type[IntEnum]) -> int | None:
    wanted = text.lower()
    if wanted in BLANK or wanted == "unknown":
        return None
    for choice in choices:
        if choice.value and (wanted == choice.name.lower() or (text == str(choice.value) and name not in CHOICES)):
            return int(choice)
        if wanted in CHOICES.get(name, {}).get(choice.name, ()):
            return int(choice)
    raise UnreadableCellError(text)


def _flag(text: str) -> bool | None:
    wanted = text.lower()
    if wanted in YES:
        return True
    if wanted in NO:
        return False
    if wanted in BLANK:
        return None
    raise UnreadableCellError(text)


def _figure(text: str) -> float:
    value = float_of(text)
    if not math.isfinite(value):
        raise UnreadableCellError(text)
    return value


def figure(cell: object) -> float:
    """Return a cell as a number, NaN where it is none."""
    return math.nan if cell is None else float_of(str(cell))


def float_of(text: str) -> float:
    """Return a number as tables write it, with full-width digits and thousands separated; NaN where it is none."""
    plain_text = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    try:
        return float(plain_text)
    except ValueError:
        return math.nan
