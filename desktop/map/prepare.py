"""Layers made ready to be drawn: rows sorted by class, with their boxes in columns for quick culling."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from desktop.map.camera import Box
from desktop.map.scene import I8, MapLayer, Style
from layers.geometry import F64, I64, Geometry

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Prepared:
    """Hold one layer with its rows sorted by class.

    Parameters
    ----------
    order
        Row of the layer that stands at each place, shape (n,).
    cuts
        Where each class begins, shape (n_classes + 1,).
    """

    key: str
    styles: tuple[Style, ...]
    geometry: Geometry
    order: I64
    cuts: I64
    levels: I8 | None

    @classmethod
    def of(cls, layer: MapLayer) -> Prepared:
        """Return the layer made ready."""
        n, n_classes = len(layer.geometry), len(layer.styles)
        if layer.classes is None:
            return cls(layer.key, layer.styles, layer.geometry, np.arange(n), np.array([0] + [n] * n_classes), layer.levels)
        order = np.argsort(layer.classes, kind="stable").astype(np.int64)
        cuts = np.searchsorted(layer.classes[order], np.arange(n_classes + 1)).astype(np.int64)
        levels = None if layer.levels is None else layer.levels[order]
        return cls(layer.key, layer.styles, layer.geometry.take(order), order, cuts, levels)

    @cached_property
    def boxes(self) -> tuple[F64, F64, F64, F64]:
        """Box of each row as four columns, metres."""
        bounds = self.geometry.bounds
        return tuple(np.ascontiguousarray(bounds[:, i]) for i in range(4))  # type: ignore[return-value]

    def rows(self, number: int, box: Box, least_m: float = 0.0) -> I64:
        """Return the places of class `number` that touch `box` and measure at least `least_m` in width or height."""
        cut = slice(int(self.cuts[number]), int(self.cuts[number + 1]))
        low_x, low_y, high_x, high_y = (column[cut] for column in self.boxes)
        seen = (low_x <= box[2]) & (high_x >= box[0]) & (low_y <= box[3]) & (high_y >= box[1])
        if least_m:
            seen &= (high_x - low_x >= least_m) | (high_y - low_y >= least_m)
        return np.flatnonzero(seen) + cut.start

    def shown(self, scale: float) -> Iterable[int]:
        """Return the classes that are drawn at a scale."""
        styles = self.styles
        return (i for i in range(len(styles)) if scale <= styles[i].until_scale and self.cuts[i + 1] > self.cuts[i])


class Cache:
    """Keep prepared layers, and whatever else is dear to make, from one image to the next."""

    def __init__(self) -> None:
        self._prepared: dict[MapLayer, Prepared] = {}
        self._made: dict[tuple[MapLayer, str], Any] = {}

    def keep(self, layers: Iterable[MapLayer]) -> None:
        """Forget what belongs to any other layer."""
        kept = set(layers)
        self._prepared = {layer: prepared for layer, prepared in self._prepared.items() if layer in kept}
        self._made = {key: value for key, value in self._made.items() if key[0] in kept}

    def prepared(self, layer: MapLayer) -> Prepared:
        """Return the layer made ready, at once where that was done before."""
        if layer not in self._prepared:
            self._prepared[layer] = Prepared.of(layer)
        return self._prepared[layer]

    def made(self, layer: MapLayer, what: str, make: Callable[[Prepared], T]) -> T:
        """Return what `make` makes of a layer, made once."""
        if (layer, what) not in self._made:
            self._made[layer, what] = make(self.prepared(layer))
        found: T = self._made[layer, what]
        return found


def grown(box: Box, by_m: float) -> Box:
    """Return a box with a margin."""
    return (box[0] - by_m, box[1] - by_m, box[2] + by_m, box[3] + by_m)
