"""A layer: one kind of thing in the city, as a frozen struct of arrays with unit, bounds and origin for each column.

A struct of arrays reaches a worker sixteen times faster than objects do, and ``city[Streets].length_m`` still type-checks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, ClassVar, Self, get_type_hints

import numpy as np

from layers.column import (
    DTYPES,
    F64,
    FIRST_RULE,
    GIVEN,
    I32,
    MISSING,
    REFUSED,
    AnyArray,
    Bool,
    Code,
    Column,
    Origin,
    Rows,
    Str,
    column,
)
from layers.geometry import Geometry, Shape
from layers.text import Text

__all__ = [
    "F64", "FIRST_RULE", "GIVEN", "I32", "MISSING", "REFUSED", "AnyArray", "Bool", "Code", "Column", "Fault", "Layer",
    "Origin", "Rows", "Str", "column",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Name one thing that is wrong with a layer: where, the value, what was expected.

    Parameters
    ----------
    code
        Stable key, such as ``out_of_bounds``.
    where
        ``layer.column`` or ``layer``.
    item
        Id of an offending object (the first of `n_items`).
    """

    code: str
    where: str
    item: str
    text: Text
    n_items: int = 1


@dataclass(frozen=True, eq=False, kw_only=True)
class Layer:
    """Hold all objects of one kind.

    Parameters
    ----------
    ids
        Permanent ids, shape (n,), unique.
    geometry
        One row each.
    origin
        For each column, where each value came from: `MISSING`, `GIVEN`, `REFUSED` (the file's value was out of bounds), or
        from `FIRST_RULE` on the number of the rule it was assumed by. A column that is not named here is `GIVEN` wherever
        it is not blank, and `MISSING` throughout where it was not passed at all.
    rules
        The rules that values were assumed by, as short English keys that `layers.assume` explains.
    extra
        Columns of the bureau's own, carried through untouched, each of shape (n,).
    """

    KIND: ClassVar[str] = ""
    SHAPE: ClassVar[Shape] = Shape.NONE
    LABEL: ClassVar[Text] = Text("图层", "Layer")

    ids: Str
    geometry: Geometry
    origin: Mapping[str, Origin] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    extra: Mapping[str, AnyArray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", np.asarray(self.ids, dtype=None if len(self.ids) else "U1"))
        n = len(self.ids)
        absent = {c.name: np.zeros(n, dtype=np.uint8) for c in self.columns() if getattr(self, c.name) is None}
        for name, value in (("origin", {**absent, **self.origin}), ("extra", dict(self.extra))):
            object.__setattr__(self, name, MappingProxyType(value))
        for col in self.columns():
            values = col.blank(n) if col.name in absent else col.cast(getattr(self, col.name))
            object.__setattr__(self, col.name, values)
        wrong = {k: len(v) for k, v in self.arrays().items() if len(v) != n}
        if len(self.geometry) != n or wrong:
            raise ValueError(f"{self.KIND}: {n} ids, {len(self.geometry)} geometries, columns of another length: {wrong}")

    @classmethod
    @cache
    def columns(cls) -> tuple[Column, ...]:
        """Return the columns that the program knows, in order of declaration."""
        hints = get_type_hints(cls)
        return tuple(
            Column(f.name, DTYPES[hints[f.name]], **f.metadata["column"]) for f in fields(cls) if "column" in f.metadata
        )

    @classmethod
    def column(cls, name: str) -> Column:
        """Return the declaration of one column.

        Raises
        ------
        KeyError
            Where the layer has no such column.
        """
        return {c.name: c for c in cls.columns()}[name]

    @classmethod
    def empty(cls) -> Self:
        """Return the layer without objects."""
        return cls(ids=np.empty(0, "U1"), geometry=Geometry.from_shapely(cls.SHAPE, []))

    def __len__(self) -> int:
        return len(self.ids)

    def __getstate__(self) -> dict[str, Any]:
        state = {f.name: getattr(self, f.name) for f in fields(self)}
        return state | {"origin": dict(self.origin), "extra": dict(self.extra)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, MappingProxyType(value) if name in {"origin", "extra"} else value)

    def arrays(self) -> dict[str, AnyArray]:
        """Return the known columns by name."""
        return {c.name: getattr(self, c.name) for c in self.columns()}

    def origins(self, name: str) -> Origin:
        """Return where each value of a column came from, shape (n,)."""
        if name in self.origin:
            return self.origin[name]
        blank = self.column(name).is_blank(getattr(self, name))
        return np.where(blank, MISSING, GIVEN).astype(np.uint8)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Row of each id."""
        return {str(k): i for i, k in enumerate(self.ids.tolist())}

    def take(self, rows: AnyArray) -> Self:
        """Return the objects of `rows` (indices or a mask), in their order."""
        index = np.flatnonzero(rows) if rows.dtype == bool else np.asarray(rows, dtype=np.int64)
        picked: dict[str, Any] = {k: v[index] for k, v in self.arrays().items()}
        return replace(
            self,
            ids=self.ids[index],
            geometry=self.geometry.take(index),
            origin={k: v[index] for k, v in self.origin.items()},
            extra={k: v[index] for k, v in self.extra.items()},
            **picked,
        )

    def assume(self, name: str, values: Any, rule: str, where: Bool | None = None) -> Self:
        """Return the layer with blank values of a column filled by a named rule.

        Parameters
        ----------
        name
            Column.
        values
            Shape (n,) or one value; used only where the present value is blank and `where` allows.
        rule
            Key of the rule, kept with each value it made.
        """
        col, present = self.column(name), getattr(self, name)
        origin = self.origins(name).copy()
        fill = np.isin(origin, (MISSING, REFUSED)) & (col.is_blank(present) | (col.dtype in {"?", "i4"}))
        wanted = col.cast(np.broadcast_to(np.asarray(values), (len(self),)))
        fill &= ~col.is_blank(wanted)
        if where is not None:
            fill &= where
        rules = self.rules if rule in self.rules else (*self.rules, rule)
        origin[fill] = FIRST_RULE + rules.index(rule)
        filled: dict[str, Any] = {name: np.where(fill, wanted, present)}
        return replace(self, origin={**self.origin, name: origin}, rules=rules, **filled)

    def refuse_out_of_bounds(self) -> tuple[Self, tuple[Fault, ...]]:
        """Return the layer with out-of-bounds values blanked, and what was refused."""
        layer, refused = self, []
        for col in self.columns():
            values = getattr(layer, col.name)
            bad = col.out_of_bounds(values)
            if not bad.any():
                continue
            refused += [self._bounds_fault(col, int(i)) for i in np.flatnonzero(bad)]
            origin = layer.origins(col.name).copy()
            origin[bad] = REFUSED
            blanked: dict[str, Any] = {col.name: np.where(bad, col.blank(len(self)), values)}
            layer = replace(layer, origin={**layer.origin, col.name: origin}, **blanked)
        return layer, tuple(refused)

    def _bounds_fault(self, col: Column, row: int, n_items: int = 1) -> Fault:
        value = getattr(self, col.name)[row]
        item = str(self.ids[row])
        shown = f"{value:g}" if col.dtype == "f8" else str(value)
        zh = f"{self.LABEL.zh}“{item}”的{col.label.zh}为 {shown} {col.unit}；应为 {col.expected()}"
        en = f"{self.KIND}.{col.name} of {item!r} is {shown} {col.unit}; expected {col.expected()}"
        return Fault("out_of_bounds", f"{self.KIND}.{col.name}", item, Text(zh, en), n_items)

    def faults(self) -> tuple[Fault, ...]:
        """Return all that is wrong with the layer by itself, one fault a column and kind."""
        found = []
        unique, counts = np.unique(self.ids, return_counts=True)
        twice = unique[counts > 1]
        if len(twice):
            text = Text(f"{self.LABEL.zh}编号“{twice[0]}”重复", f"{self.KIND} id {str(twice[0])!r} occurs more than once")
            found.append(Fault("duplicate_id", self.KIND, str(twice[0]), text, len(twice)))
        for col in self.columns():
            bad = np.flatnonzero(col.out_of_bounds(getattr(self, col.name)))
            if len(bad):
                found.append(self._bounds_fault(col, int(bad[0]), len(bad)))
        boxes = self.geometry.bounds
        empty = np.flatnonzero(~np.isfinite(boxes).all(axis=1)) if self.SHAPE is not Shape.NONE else np.empty(0, int)
        if len(empty):
            item = str(self.ids[empty[0]])
            text = Text(f"{self.LABEL.zh}“{item}”没有几何", f"{self.KIND} {item!r} has no geometry")
            found.append(Fault("no_geometry", self.KIND, item, text, len(empty)))
        return tuple(found)

    @cached_property
    def hash(self) -> str:
        """Hash of the content: 32 hex digits, the same on every machine.

        A column of which nothing is known does not count, so that plans stay valid when a later version adds one.
        """
        digest = hashlib.blake2b(self.KIND.encode(), digest_size=16)
        parts: dict[str, AnyArray] = {"ids": self.ids, "xy": self.geometry.coords}
        parts |= {f"offsets{i}": o for i, o in enumerate(self.geometry.offsets)}
        for col in self.columns():
            values, origin = getattr(self, col.name), self.origins(col.name)
            if (origin != MISSING).any() or not np.array_equal(values, col.blank(len(self)), equal_nan=col.dtype == "f8"):
                parts |= {col.name: values, f"origin.{col.name}": origin}
        parts |= {f"extra.{k}": v for k, v in sorted(self.extra.items())}
        digest.update("\n".join(self.rules).encode())
        for name, array in parts.items():
            digest.update(f"\n{name}:{array.dtype.kind}:{array.shape}\n".encode())
            digest.update(_bytes(array))
        return digest.hexdigest()


def _bytes(array: AnyArray) -> bytes:
    # text is hashed as UTF-8, so that the width of the array does not matter
    if array.dtype.kind in "UO":
        return "\0".join(map(str, array.tolist())).encode()
    if array.dtype.kind == "f":
        # files do not keep the sign of a NaN or of zero, so it must not matter either
        array = np.where(np.isnan(array), np.nan, array + 0.0)
    return np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
