"""Geometry of a layer as flat arrays, which travel between processes as memory-mapped files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]


class Shape(StrEnum):
    """What a layer's objects are on the map."""

    NONE = "none"
    POINT = "point"
    LINE = "line"
    AREA = "area"


# How many offset arrays lead from a row down to its coordinates: line -> points; area -> polygons -> rings -> points.
_N_OFFSETS = {Shape.NONE: 0, Shape.POINT: 0, Shape.LINE: 1, Shape.AREA: 3}


@dataclass(frozen=True, eq=False)
class Geometry:
    """Hold the geometry of all rows in one ragged array (the layout of GeoArrow).

    Parameters
    ----------
    shape
        What each row is. Areas are multipolygons.
    coords
        Shape (n_points, 2), metres in the city's projection, x east and y north.
    offsets
        From the innermost outward, each of shape (n + 1,): for a line ``(points of row,)``; for an area ``(points of
        ring, rings of polygon, polygons of row)``; none for points.
    """

    shape: Shape
    coords: F64
    offsets: tuple[I64, ...] = ()

    def __post_init__(self) -> None:
        if len(self.offsets) != _N_OFFSETS[self.shape]:
            raise ValueError(f"{self.shape} geometry takes {_N_OFFSETS[self.shape]} offset arrays, got {len(self.offsets)}")

    @classmethod
    def none(cls, n: int) -> Geometry:
        """Return the geometry of `n` rows that have none."""
        return cls(Shape.NONE, np.full((n, 2), np.nan))

    @classmethod
    def points(cls, xy: F64 | Sequence[Sequence[float]]) -> Geometry:
        """Return points from an array of shape (n, 2), metres."""
        return cls(Shape.POINT, np.asarray(xy, dtype=np.float64).reshape(-1, 2))

    @classmethod
    def lines(cls, lines: Sequence[Any]) -> Geometry:
        """Return lines from a sequence of arrays of shape (n_i, 2), metres."""
        arrays = [np.asarray(line, dtype=np.float64).reshape(-1, 2) for line in lines]
        sizes = np.array([len(a) for a in arrays], dtype=np.int64)
        coords = np.concatenate(arrays) if arrays else np.empty((0, 2))
        return cls(Shape.LINE, coords, (np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),))

    @classmethod
    def from_shapely(cls, shape: Shape, shapes: Any) -> Geometry:
        """Return the geometry of an array of shapely objects, all of the kind that `shape` names."""
        import shapely  # not at the window's start

        array = np.asarray(shapes, dtype=object)
        if shape is Shape.NONE or len(array) == 0:
            empty = tuple(np.zeros(1, dtype=np.int64) for _ in range(_N_OFFSETS[shape]))
            return cls(shape, np.full((len(array), 2), np.nan), empty)
        if shape is Shape.AREA:
            array = np.array([shapely.multipolygons([g]) if g.geom_type == "Polygon" else g for g in array], dtype=object)
        _, coords, offsets = shapely.to_ragged_array(array, include_z=False)
        return cls(shape, coords, tuple(np.asarray(o, dtype=np.int64) for o in offsets))

    @cached_property
    def shapely(self) -> NDArray[np.object_]:
        """All rows as shapely objects, shape (n,)."""
        import shapely

        kinds = {
            Shape.POINT: shapely.GeometryType.POINT,
            Shape.LINE: shapely.GeometryType.LINESTRING,
            Shape.AREA: shapely.GeometryType.MULTIPOLYGON,
        }
        if self.shape is Shape.NONE:
            return np.full(len(self), None, dtype=object)
        result: NDArray[np.object_] = shapely.from_ragged_array(kinds[self.shape], self.coords, self.offsets or None)
        return result

    def __len__(self) -> int:
        return len(self.offsets[-1]) - 1 if self.offsets else len(self.coords)

    def __getstate__(self) -> dict[str, Any]:
        return {"shape": self.shape, "coords": self.coords, "offsets": self.offsets}

    def take(self, rows: I64) -> Geometry:
        """Return the geometry of `rows`, in their order."""
        if not self.offsets:
            return Geometry(self.shape, self.coords[rows])
        index, offsets = np.asarray(rows, dtype=np.int64), []
        for level in reversed(self.offsets):
            index, cut = _take_ragged(level, index)
            offsets.append(cut)
        return Geometry(self.shape, self.coords[index], tuple(reversed(offsets)))

    def row(self, i: int) -> F64:
        """Return the coordinates of row `i`, shape (n_i, 2); of an area, all its rings in turn."""
        first, last = i, i + 1
        for level in reversed(self.offsets):
            first, last = int(level[first]), int(level[last])
        return self.coords[first:last]

    @cached_property
    def bounds(self) -> F64:
        """Box of each row, shape (n, 4): min x, min y, max x, max y; NaN where the row is empty."""
        if not self.offsets:
            return np.hstack([self.coords, self.coords])
        ends = np.arange(len(self) + 1)
        for level in reversed(self.offsets):
            ends = level[ends]
        out = np.full((len(self), 4), np.nan)
        filled = ends[1:] > ends[:-1]
        if filled.any():
            starts = ends[:-1][filled]
            # reduceat runs from each start to the next, so the tail behind the last row is cut off first
            coords = self.coords[: ends[-1]]
            out[filled, :2] = np.minimum.reduceat(coords, starts)
            out[filled, 2:] = np.maximum.reduceat(coords, starts)
        return out

    def lengths_m(self) -> F64:
        """Return the length of each line, shape (n,), metres."""
        steps = np.hypot(*np.diff(self.coords, axis=0).T) if len(self.coords) > 1 else np.zeros(0)
        total = np.concatenate([[0.0], np.cumsum(steps)])
        start, end = self.offsets[0][:-1], self.offsets[0][1:]
        return np.where(end > start, total[np.maximum(end - 1, 0)] - total[np.minimum(start, len(total) - 1)], 0.0)


def _take_ragged(offsets: I64, rows: I64) -> tuple[I64, I64]:
    """Return the inner rows of the ragged `rows`, and the offsets of what was taken."""
    starts, sizes = offsets[rows], offsets[rows + 1] - offsets[rows]
    cut = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    inner = np.arange(cut[-1]) - np.repeat(cut[:-1], sizes) + np.repeat(starts, sizes)
    return inner, cut
