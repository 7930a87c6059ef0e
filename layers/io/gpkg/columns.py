"""Columns of a layer as SQLite's values and back: codes become readable keys, NaN and the empty text become NULL."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layers.io.gpkg.package import Field
from layers.layer import AnyArray, Column

_SQL_TYPE = {"f8": "REAL", "i4": "INTEGER", "?": "BOOLEAN", "U": "TEXT", "i1": "TEXT"}
_EXTRA_TYPE = {"f": "REAL", "i": "INTEGER", "u": "INTEGER", "b": "BOOLEAN"}


def field_of(column: Column) -> Field:
    """Return how a known column is declared: titled in Chinese, described in English with its unit."""
    unit = f" ({column.unit})" if column.unit else ""
    return Field(column.name, _SQL_TYPE[column.dtype], column.label.zh + unit, column.label.en + unit)


def extra_field(name: str, values: AnyArray) -> Field:
    """Return how a column of the bureau's own is declared."""
    return Field(name, _EXTRA_TYPE.get(values.dtype.kind, "TEXT"))


def to_sql(column: Column, values: AnyArray) -> list[object]:
    """Return a known column's values for SQLite (which itself stores NaN as NULL)."""
    if column.choices:
        keys = {c.value: c.name.lower() for c in column.choices if c.value}
        return [keys.get(v) for v in values.tolist()]
    return extra_to_sql(values)


def from_sql(column: Column, values: Sequence[object]) -> AnyArray:
    """Return a known column from SQLite's values.

    Raises
    ------
    ValueError
        Where a value is none of the column's type or choices.
    """
    if column.choices:
        codes = {c.name.lower(): c.value for c in column.choices} | {None: 0, "": 0}
        try:
            return np.array([codes[v] for v in values], dtype=column.dtype)  # type: ignore[index]
        except KeyError as error:
            raise ValueError(f"{column.name} is {error.args[0]!r}; expected {column.expected()}") from error
    return extra_from_sql("<U1" if column.dtype == "U" else column.dtype, values)


def extra_to_sql(values: AnyArray) -> list[object]:
    """Return a column's values for SQLite by its numpy type."""
    if values.dtype.kind == "U":
        return [v or None for v in values.tolist()]
    if values.dtype.kind == "O":
        return [None if v is None else str(v) for v in values.tolist()]
    if values.dtype.kind == "M":
        return [None if v == "NaT" else v for v in np.datetime_as_string(values).tolist()]
    return list(values.tolist())


def extra_from_sql(dtype: str, values: Sequence[object]) -> AnyArray:
    """Return a column from SQLite's values, of the numpy type that it was written from.

    Raises
    ------
    ValueError
        Where a value is not of that type.
    """
    kind = np.dtype(dtype).kind
    try:
        if kind == "U":
            return np.array(["" if v is None else str(v) for v in values], dtype=None if values else "U1")
        if kind == "O":
            return np.array(list(values), dtype=object)
        if kind == "b" and (odd := next((v for v in values if v not in {0, 1, None}), None)) is not None:
            raise ValueError(f"{odd!r}, expected 0 or 1")
        blank = {"f": np.nan, "M": "NaT"}.get(kind, 0)
        return np.array([blank if v is None else v for v in values], dtype=dtype)
    except (TypeError, OverflowError) as error:
        raise ValueError(str(error)) from error
