"""The city: one layer of each kind, in one metric projection."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np

from layers.geometry import Geometry
from layers.layer import FIRST_RULE, GIVEN, MISSING, REFUSED, AnyArray, Fault, Layer, Str
from layers.text import Text

L = TypeVar("L", bound=Layer)


@dataclass(frozen=True, eq=False)
class Reference:
    """Hold a free layer that the program draws and keeps but does not understand.

    Parameters
    ----------
    name
        As the user called it, unique in the city.
    ids, geometry
        One row an object.
    columns
        All its columns, untouched.
    """

    name: str
    ids: Str
    geometry: Geometry
    columns: Mapping[str, AnyArray] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """Record what a reader skipped, refused or assumed: nothing happens in silence.

    Parameters
    ----------
    kind
        ``skipped``, ``refused``, ``assumed`` or ``repaired``; ``doubtful`` for what was kept and may be wrong; ``source``
        for whom the data come from.
    where
        File, layer or column, with row number where there is one.
    n_items
        How many values or objects.
    """

    kind: str
    where: str
    text: Text
    n_items: int = 1


@dataclass(frozen=True, slots=True)
class Quality:
    """Count one column's values by where they came from."""

    kind: str
    column: str
    unit: str
    n_given: int
    n_refused: int
    n_missing: int
    n_assumed_by_rule: tuple[tuple[str, int], ...]


@dataclass(frozen=True, eq=False)
class City:
    """Hold everything that is known of a city.

    Parameters
    ----------
    name
        As shown.
    epsg
        The one metric projection that all coordinates are in.
    layers
        By kind; a kind that is not there is an empty layer.
    references
        Layers that are only drawn.
    notes
        What was skipped, refused or assumed on the way in.
    """

    name: str
    epsg: int
    layers: Mapping[str, Layer] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", MappingProxyType(dict(self.layers)))

    def __getstate__(self) -> dict[str, Any]:
        return {k: dict(v) if k == "layers" else v for k, v in self.__dict__.items() if k != "hash"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, MappingProxyType(value) if name == "layers" else value)

    def __getitem__(self, kind: type[L]) -> L:
        layer = self.layers.get(kind.KIND)
        return layer if isinstance(layer, kind) else kind.empty()

    def __contains__(self, kind: type[Layer]) -> bool:
        return len(self[kind]) > 0

    def with_layers(self, *layers: Layer) -> City:
        """Return the city with these layers in place of those of the same kind."""
        return replace(self, layers={**self.layers, **{layer.KIND: layer for layer in layers}})

    def with_notes(self, *notes: Note) -> City:
        """Return the city with more notes."""
        return replace(self, notes=(*self.notes, *notes))

    def faults(self) -> tuple[Fault, ...]:
        """Return all faults of all layers at once."""
        return tuple(fault for layer in self.layers.values() for fault in layer.faults())

    def quality(self) -> tuple[Quality, ...]:
        """Return the data-quality sheet: for each column how many values were given, refused, missing or assumed."""
        return tuple(_quality(layer, c.name, c.unit) for layer in self.layers.values() for c in layer.columns())

    @cached_property
    def hash(self) -> str:
        """Hash of the content of all layers: 32 hex digits."""
        text = [str(self.epsg), *(f"{k}={self.layers[k].hash}" for k in sorted(self.layers))]
        return hashlib.blake2b("\n".join(text).encode(), digest_size=16).hexdigest()

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Box of all layers, metres: min x, min y, max x, max y; a kilometre about the origin where there is nothing."""
        boxes = [b for layer in self.layers.values() if len(b := layer.geometry.bounds) and np.isfinite(b).any()]
        if not boxes:
            return (-500.0, -500.0, 500.0, 500.0)
        every = np.vstack(boxes)
        low, high = np.nanmin(every[:, :2], axis=0), np.nanmax(every[:, 2:], axis=0)
        return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def _quality(layer: Layer, name: str, unit: str) -> Quality:
    counts = np.bincount(layer.origins(name), minlength=FIRST_RULE + len(layer.rules))
    rules = tuple((rule, int(counts[FIRST_RULE + i])) for i, rule in enumerate(layer.rules) if counts[FIRST_RULE + i])
    return Quality(layer.KIND, name, unit, int(counts[GIVEN]), int(counts[REFUSED]), int(counts[MISSING]), rules)
