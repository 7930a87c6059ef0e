"""Where a level strip fits in an outline: from which x to which, for all heights at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

F64 = NDArray[np.float64]
Bool = NDArray[np.bool_]
_NEAR_M = 1e-7


@dataclass(frozen=True, eq=False)
class Edges:
    """Hold the edges of a turned outline, each upwards: shape (n_edges,)."""

    x_low: F64
    y_low: F64
    x_high: F64
    y_high: F64

    @property
    def span(self) -> tuple[float, float]:
        """Lowest and highest y."""
        return float(self.y_low.min()), float(self.y_high.max())


@dataclass(frozen=True, eq=False)
class Gaps:
    """Hold the free pieces of strips: shape (n_strips, n_gaps); `high` is below `low` where there is none."""

    low: F64
    high: F64

    def holding(self, low: float, high: float) -> tuple[F64, F64]:
        """Return of each strip the piece that holds a range, shape (n_strips,); NaN where none does."""
        inside = (self.low <= low + _NEAR_M) & (self.high >= high - _NEAR_M)
        at, rows = inside.argmax(axis=1), np.arange(len(inside))
        found = inside[rows, at]
        return np.where(found, self.low[rows, at], np.nan), np.where(found, self.high[rows, at], np.nan)


def edges_of(ground: object, turn_rad: float) -> Edges:
    """Return the edges of a polygon turned clockwise by an angle, so that aisles in that direction lie level."""
    rings = [shapely.get_coordinates(r) for r in shapely.get_rings(ground)]
    starts = np.concatenate([r[:-1] for r in rings])
    ends = np.concatenate([r[1:] for r in rings])
    starts, ends = turned(starts, -turn_rad), turned(ends, -turn_rad)
    up = starts[:, 1] <= ends[:, 1]
    low, high = np.where(up[:, None], starts, ends), np.where(up[:, None], ends, starts)
    return Edges(low[:, 0], low[:, 1], high[:, 0], high[:, 1])


def turned(xy: F64, by_rad: float) -> F64:
    """Return points turned anticlockwise about the origin."""
    c, s = np.cos(by_rad), np.sin(by_rad)
    return np.stack([xy[..., 0] * c - xy[..., 1] * s, xy[..., 0] * s + xy[..., 1] * c], axis=-1)


def gaps_of(edges: Edges, y_m: F64, high_m: float) -> Gaps:
    """Return where strips of a height fit: from each y up.

    What of an edge lies within a strip blocks the x that it spans; between blocked pieces a strip is wholly inside or wholly
    outside, which its middle line tells.
    """
    low, top = y_m[:, None] + _NEAR_M, y_m[:, None] + high_m - _NEAR_M
    rise = np.where(edges.y_high > edges.y_low, edges.y_high - edges.y_low, 1.0)
    run = (edges.x_high - edges.x_low) / rise

    def x_at(y: F64) -> F64:
        return edges.x_low + (np.clip(y, edges.y_low, edges.y_high) - edges.y_low) * run

    hit = (edges.y_low < top) & (edges.y_high > low)
    flat = edges.y_high - edges.y_low < 1e-12
    a, b = np.where(flat, edges.x_low, x_at(low)), np.where(flat, edges.x_high, x_at(top))
    start, end = np.where(hit, np.minimum(a, b), np.inf), np.where(hit, np.maximum(a, b), -np.inf)
    order = np.argsort(start, axis=1)
    start, end = np.take_along_axis(start, order, 1), np.maximum.accumulate(np.take_along_axis(end, order, 1), axis=1)
    gap_low, gap_high = end[:, :-1], start[:, 1:]
    there = np.isfinite(gap_low) & np.isfinite(gap_high) & (gap_high > gap_low + _NEAR_M)
    middle_y = y_m[:, None] + high_m / 2
    middle_x = np.where(there, (np.where(there, gap_low, 0.0) + np.where(there, gap_high, 0.0)) / 2, np.inf)
    crosses = (edges.y_low <= middle_y) & (edges.y_high > middle_y)
    cross_x = np.where(crosses, x_at(middle_y), np.inf)
    inside = (cross_x[:, None, :] < middle_x[:, :, None]).sum(axis=2) % 2 == 1
    kept = there & inside
    return Gaps(np.where(kept, gap_low, np.inf), np.where(kept, gap_high, -np.inf))
