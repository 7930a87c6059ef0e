"""Columns of layers: declared once, read by form, file format, validation, report and tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.text import Text

F64 = NDArray[np.float64]
I32 = NDArray[np.int32]
Bool = NDArray[np.bool_]
Str = NDArray[np.str_]
Code = NDArray[np.int8]  # codes of an IntEnum, 0 = unknown
Origin = NDArray[np.uint8]
Rows = NDArray[np.int64]
AnyArray = NDArray[Any]

# Origin of a value. From FIRST_RULE on: assumed by `Layer.rules[code - FIRST_RULE]`.
MISSING, GIVEN, REFUSED, FIRST_RULE = 0, 1, 2, 8

DTYPES: Mapping[Any, str] = {F64: "f8", I32: "i4", Bool: "?", Str: "U", Code: "i1"}


@dataclass(frozen=True, slots=True)
class Column:
    """Declare one column: form, file format, validation, report and tests all read this.

    Parameters
    ----------
    name
        Field name; a numeric one ends in its unit.
    dtype
        ``f8``, ``i4``, ``?``, ``U`` or ``i1`` (codes of `choices`).
    label
        Name in the interface.
    unit
        Unit as shown, empty where there is none.
    low, high
        Bounds of a given value, inclusive, in `unit`.
    choices
        The closed set that the codes come from.
    """

    name: str
    dtype: str
    label: Text
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: type[IntEnum] | None = None

    def blank(self, n: int) -> AnyArray:
        """Return `n` missing values: NaN, 0, False or the empty text."""
        if self.dtype == "f8":
            return np.full(n, np.nan)
        return np.zeros(n, dtype="U1" if self.dtype == "U" else self.dtype)

    def cast(self, values: Any) -> AnyArray:
        """Return `values` as an array of this column's type."""
        return np.asarray(values, dtype=None if self.dtype == "U" and len(values) else self.blank(0).dtype)

    def is_blank(self, values: AnyArray) -> Bool:
        """Return which values say nothing. False is a value; code 0 and the empty text are not."""
        if self.dtype == "f8":
            return np.isnan(values)
        if self.dtype == "U":
            return np.asarray(values == "")
        return values == 0 if self.choices else np.zeros(len(values), dtype=bool)

    def out_of_bounds(self, values: AnyArray) -> Bool:
        """Return which values are neither blank nor within the bounds."""
        bad = np.zeros(len(values), dtype=bool)
        if self.choices:
            return ~np.isin(values, [c.value for c in self.choices] + [0])
        if self.dtype not in {"f8", "i4"}:
            return bad
        with np.errstate(invalid="ignore"):
            if self.low is not None:
                bad |= values < self.low
            if self.high is not None:
                bad |= values > self.high
        return bad | np.isinf(values)

    def expected(self) -> str:
        """Return the bounds in words that need no translation."""
        if self.choices:
            return " | ".join(c.name.lower() for c in self.choices if c.value)
        low, high = ("-" if bound is None else f"{bound:g}" for bound in (self.low, self.high))
        return f"{low} … {high} {self.unit}".strip()


def column(
    zh: str,
    en: str,
    unit: str = "",
    *,
    low: float | None = None,
    high: float | None = None,
    choices: type[IntEnum] | None = None,
) -> Any:
    """Declare a column on a `Layer` class; name and type come from the field itself."""
    meta = {"label": Text(zh, en), "unit": unit, "low": low, "high": high, "choices": choices}
    return field(default=None, metadata={"column": meta})
