"""Put things beside streets: at a share of a segment's length, on one side, a little way off the kerb."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.layer import Bool
from sample_city.segments import Segments
from sample_city.terrain import F64, Rng

I64 = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Roadside:
    """Hold the streets as things are put beside them; one row a segment.

    Parameters
    ----------
    lines
        Shape (n,), shapely lines.
    middle
        Shape (n, 2), metres.
    half_width_m, length_m
        Shape (n,).
    grade, district
        Class, and row of the district.
    far
        Distance from the centre as a share of the city's radius.
    ground
        Whether the street is neither bridge nor tunnel, so that something can stand beside it.
    """

    lines: NDArray[np.object_]
    middle: F64
    half_width_m: F64
    length_m: F64
    grade: I64
    district: I64
    far: F64
    ground: Bool

    def beside(self, rows: I64, share: F64, side: F64, off_m: float | F64) -> F64:
        """Return points beside segments, shape (k, 2), metres.

        Parameters
        ----------
        rows
            Segments, shape (k,).
        share
            Place along each, 0 to 1.
        side
            1 on the left of the drawn line, -1 on the right.
        off_m
            From the kerb.
        """
        lines = self.lines[rows]
        at = shapely.get_coordinates(shapely.line_interpolate_point(lines, share, normalized=True))
        near = np.clip(share + np.where(share > 0.5, -0.02, 0.02), 0, 1)
        other = shapely.get_coordinates(shapely.line_interpolate_point(lines, near, normalized=True))
        way = (other - at) * np.where(share > 0.5, -1.0, 1.0)[:, None]
        way /= np.maximum(np.hypot(*way.T), 1e-9)[:, None]
        left = np.column_stack([-way[:, 1], way[:, 0]])
        placed: F64 = np.round(at + left * (side * (self.half_width_m[rows] + off_m))[:, None], 2)
        return placed

    def put(self, rows: I64, off_m: float, rng: Rng) -> F64:
        """Return one point beside each of some segments, somewhere in the middle half of it, on either side."""
        side = np.where(rng.random(len(rows)) < 0.5, 1.0, -1.0)
        return self.beside(rows, rng.uniform(0.25, 0.75, len(rows)), side, off_m)


def roadside_of(cut: Segments, grade: I64, width_m: F64, at: tuple[I64, F64, Bool]) -> Roadside:
    """Return the streets as `Roadside` holds them; `at` is district, far and ground of each."""
    lines = shapely.from_ragged_array(shapely.GeometryType.LINESTRING, cut.coords, (cut.offsets,))
    middle = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    return Roadside(lines, middle, width_m / 2, cut.length_m, grade, *at)


def spread(xy: F64, rows: I64, cell_m: float, rng: Rng) -> I64:
    """Return one of `rows` in each cell of a square grid, picked at random, in the order of the cells."""
    order = rng.permutation(rows)
    cell = np.floor(xy[order] / cell_m).astype(np.int64)
    _, first = np.unique(cell, axis=0, return_index=True)
    return order[first]


def far_apart(xy: F64, rows: I64, n_wanted: int, rng: Rng) -> I64:
    """Return `n_wanted` of `rows` far from one another: each next one is the farthest of a sample from those taken."""
    sample = rng.permutation(rows)[: max(60 * n_wanted, 400)]
    taken = [int(sample[0])]
    away = np.hypot(*(xy[sample] - xy[taken[0]]).T)
    while len(taken) < min(n_wanted, len(sample)):
        pick = int(np.argmax(away * rng.uniform(0.8, 1.0, len(sample))))
        taken.append(int(sample[pick]))
        away = np.minimum(away, np.hypot(*(xy[sample] - xy[sample[pick]]).T))
    return np.array(sorted(taken))
