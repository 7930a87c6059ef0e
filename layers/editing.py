"""Set one value of one object, as a person types it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from layers.column import GIVEN, MISSING, Column
from layers.errors import InputError
from layers.labels import label_of
from layers.layer import Layer
from layers.text import Text

L = TypeVar("L", bound=Layer)

_TRUE, _FALSE = {"是", "yes", "true", "1", "✓"}, {"否", "no", "false", "0", ""}


def with_typed(layer: L, item: str, name: str, typed: str) -> L:
    """Return the layer with one value as it was typed; what is left empty is not known.

    Parameters
    ----------
    item
        Id of the object.
    name
        Of the column.

    Raises
    ------
    InputError
        With the object, the value, and what is expected.
    """
    col, row = layer.column(name), layer.row_of[item]
    value = _read(col, typed.strip())
    before = getattr(layer, name)
    one = col.cast(np.array([value])) if value is not None else col.blank(1)
    if (value is None or col.out_of_bounds(one)[0]) and (typed.strip() or col.dtype == "?"):
        raise _refused(layer, item, col, typed)
    # a longer text needs a wider array
    values = np.array(before, dtype=np.result_type(before.dtype, one.dtype))
    values[row] = one[0]
    origin = layer.origins(name).copy()
    origin[row] = MISSING if col.is_blank(one)[0] else GIVEN
    changed: dict[str, Any] = {name: values}
    return replace(layer, origin={**layer.origin, name: origin}, **changed)


def _read(col: Column, typed: str) -> Any:
    """Return what is typed as a value of a column; None where it is none, or empty."""
    if col.dtype == "U":
        return typed
    if col.dtype == "?":
        word = typed.casefold()
        return True if word in _TRUE else False if word in _FALSE else None
    if col.choices is not None:
        word = typed.casefold()
        named = (m.value for m in col.choices if word in {m.name.casefold(), *(w.casefold() for w in _labels(m))})
        return next(named, None)
    try:
        number = float(typed.replace(",", "").replace("，", ""))
    except ValueError:
        return None
    if not math.isfinite(number) or (col.dtype == "i4" and number != round(number)):
        return None
    return number


def _labels(member: Any) -> tuple[str, str]:
    label = label_of(member)
    return label.zh, label.en


def _refused(layer: Layer, item: str, col: Column, typed: str) -> InputError:
    expected_zh = "、".join(label_of(m).zh for m in col.choices if m.value) if col.choices else col.expected()
    if col.dtype == "?":
        expected_zh = "是 或 否"
    expected_en = "yes or no" if col.dtype == "?" else col.expected()
    return InputError(
        Text(
            f"{layer.LABEL.zh}“{item}”的{col.label.zh}“{typed}”：应为 {expected_zh}，请改正",
            f"{layer.KIND} {item!r}: {col.label.en} {typed!r}: expected {expected_en}; correct it",
        )
    )
