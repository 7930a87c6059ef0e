"""Find what lies under the cursor, in the window's own process and without waiting for anybody."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from desktop.map.camera import Box
from desktop.map.ragged import gather
from desktop.map.scene import MapLayer
from layers.geometry import F64, I64, Shape

Hit = tuple[str, int]

_RANK = {Shape.POINT: 0, Shape.LINE: 1, Shape.AREA: 2}


class Picker:
    """Answer what is near a place; boxes of layers are kept in columns, so 400,000 rows are passed over in a blink."""

    def __init__(self, layers: Iterable[MapLayer]) -> None:
        self._layers = [layer for layer in layers if layer.pickable and layer.geometry.shape in _RANK]
        self._boxes: dict[MapLayer, tuple[F64, ...]] = {}

    def near(self, x_m: float, y_m: float, tol_m: float, hidden: frozenset[str], scale: float = 0.0) -> list[Hit]:
        """Return ``(layer key, row)`` of what lies within `tol_m`: points first, then lines, then areas, nearest first.

        Parameters
        ----------
        hidden
            Keys of layers that are not shown.
        scale
            Denominator of the scale: classes that are not drawn at it are not found.
        """
        found: list[tuple[int, float, int, Hit]] = []
        for layer in self._layers:
            if not layer.visible or layer.key in hidden:
                continue
            rows, distance_m = self._hits(layer, x_m, y_m, tol_m, scale)
            rank, order = _RANK[layer.geometry.shape], -layer.order
            pairs = zip(rows.tolist(), distance_m.tolist(), strict=True)
            found += [(rank, distance, order, (layer.key, row)) for row, distance in pairs]
        return [hit for *_, hit in sorted(found)]

    def within(self, box: Box, hidden: frozenset[str], scale: float = 0.0) -> list[Hit]:
        """Return what lies wholly within a box."""
        out: list[Hit] = []
        for layer in self._layers:
            if layer.visible and layer.key not in hidden:
                low_x, low_y, high_x, high_y = self._columns(layer)
                inside = (low_x >= box[0]) & (high_x <= box[2]) & (low_y >= box[1]) & (high_y <= box[3])
                out += [(layer.key, row) for row in _shown(layer, np.flatnonzero(inside), scale).tolist()]
        return out

    def _columns(self, layer: MapLayer) -> tuple[F64, ...]:
        if layer not in self._boxes:
            bounds = layer.geometry.bounds
            self._boxes[layer] = tuple(np.ascontiguousarray(bounds[:, i]) for i in range(4))
        return self._boxes[layer]

    def _hits(self, layer: MapLayer, x_m: float, y_m: float, tol_m: float, scale: float) -> tuple[I64, F64]:
        low_x, low_y, high_x, high_y = self._columns(layer)
        near = (low_x <= x_m + tol_m) & (high_x >= x_m - tol_m) & (low_y <= y_m + tol_m) & (high_y >= y_m - tol_m)
        rows = _shown(layer, np.flatnonzero(near), scale)
        if not len(rows):
            return rows, np.empty(0)
        at = np.array([x_m, y_m])
        if layer.geometry.shape is Shape.AREA:
            inside = np.array([_inside(layer.geometry.row(row), at, layer, row) for row in rows.tolist()])
            rows = rows[inside]
            # of areas that hold the place the smallest is meant
            return rows, (high_x[rows] - low_x[rows]) * (high_y[rows] - low_y[rows])
        if layer.geometry.shape is Shape.POINT:
            distance_m = np.hypot(*(layer.geometry.coords[rows] - at).T)
        else:
            distance_m = _to_lines(*gather(layer.geometry.coords, layer.geometry.offsets[0], rows), at)
        close = distance_m <= tol_m
        return rows[close], distance_m[close]


def _shown(layer: MapLayer, rows: I64, scale: float) -> I64:
    until = np.array([style.until_scale for style in layer.styles])
    classes = np.zeros(len(rows), dtype=np.int8) if layer.classes is None else layer.classes[rows]
    return rows[until[classes] >= scale]


def _to_lines(coords: F64, row: I64, at: F64) -> F64:
    """Return the distance from a place to each line."""
    inner = row[1:] == row[:-1]
    a, step = coords[:-1][inner], (coords[1:] - coords[:-1])[inner]
    share = ((at - a) * step).sum(axis=1) / np.maximum((step**2).sum(axis=1), 1e-12)
    foot = a + step * np.clip(share, 0.0, 1.0)[:, None]
    distance = np.hypot(*(foot - at).T)
    out = np.full(int(row[-1]) + 1, np.inf)
    np.minimum.at(out, row[:-1][inner], distance)
    return out


def _inside(coords: F64, at: F64, layer: MapLayer, row: int) -> bool:
    """Tell by the odd-even rule whether an area holds a place."""
    of_ring, of_polygon, of_row = layer.geometry.offsets
    rings = of_ring[of_polygon[of_row[row]] : of_polygon[of_row[row + 1]] + 1]
    last = rings[1:] - rings[0] - 1
    x, y = coords[:, 0], coords[:, 1]
    crosses = (y[:-1] > at[1]) != (y[1:] > at[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing_x = x[:-1] + (at[1] - y[:-1]) / (y[1:] - y[:-1]) * (x[1:] - x[:-1])
    hit = crosses & (at[0] < crossing_x)
    hit[last[:-1]] = False
    return bool(hit.sum() % 2)
