"""Arithmetic on many polylines at once, all in flat arrays: gather, thin out, cut into segments, dashes, arrows, offsets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.geometry import F64, I64
from layers.layer import Bool


@dataclass(frozen=True, eq=False)
class Lines:
    """Hold polylines in device pixels.

    Parameters
    ----------
    xy
        Shape (n_points, 2), device pixels.
    row
        Shape (n_points,): which polyline each point belongs to, ascending.
    start_px
        Shape (n_polylines,): how much of its course lies before each polyline; left out: nothing.
    """

    xy: F64
    row: I64
    start_px: F64 | None = None

    @property
    def inner(self) -> Bool:
        """Which steps from one point to the next lie within a polyline, shape (n_points - 1,)."""
        return np.asarray(self.row[1:] == self.row[:-1])

    def thinned(self) -> Lines:
        """Return the lines without points that fall into the pixel of the point before; ends stay."""
        if len(self.xy) < 3:
            return self
        cell = np.floor(self.xy).astype(np.int32)
        keep = np.ones(len(self.xy), dtype=bool)
        inner = self.inner
        keep[1:-1] = (cell[1:-1] != cell[:-2]).any(axis=1) | ~inner[:-1] | ~inner[1:]
        return self if keep.all() else Lines(self.xy[keep], self.row[keep], self.start_px)

    def segments(self) -> F64:
        """Return all steps as segments, shape (n, 4): x, y, x, y."""
        inner = self.inner
        out = np.empty((int(inner.sum()), 4))
        out[:, :2], out[:, 2:] = self.xy[:-1][inner], self.xy[1:][inner]
        return out

    def steps(self) -> tuple[F64, F64]:
        """Return the segments and at which distance along its polyline each one begins."""
        length = np.hypot(*(self.xy[1:] - self.xy[:-1]).T)
        inner = self.inner
        length[~inner] = 0.0
        along = np.concatenate([[0.0], np.cumsum(length)])
        first = np.concatenate([[True], ~inner])
        start = along - np.maximum.accumulate(np.where(first, along, 0.0))
        begin = start[:-1][inner]
        return self.segments(), begin if self.start_px is None else begin + self.start_px[self.row[:-1][inner]]

    def shifted(self, offset_px: float) -> Lines:
        """Return the lines moved to the right of their course (y runs down), mitred at bends."""
        step = self.xy[1:] - self.xy[:-1]
        length = np.hypot(step[:, 0], step[:, 1])
        inner = self.inner & (length > 0)
        unit = np.zeros_like(step)
        unit[inner] = step[inner] / length[inner, None]
        normal = np.zeros_like(self.xy)
        right = np.column_stack([-unit[:, 1], unit[:, 0]])
        normal[:-1] += right
        normal[1:] += right
        square = (normal**2).sum(axis=1)
        # two unit normals add up to 2 cos(half the bend); dividing by their square half makes the mitre, capped at 2
        factor = np.where(square > 1.0, 2.0 / np.maximum(square, 1e-9), 1.0)
        ends = square <= 1.0 + 1e-9
        factor[ends] = 1.0
        return Lines(self.xy + normal * (factor * offset_px)[:, None], self.row, self.start_px)


def gather(coords: F64, offsets: I64, rows: I64) -> tuple[F64, I64]:
    """Return the points of `rows`, shape (n, 2), and for each point the place of its row in `rows`."""
    starts, sizes = offsets[rows], offsets[rows + 1] - offsets[rows]
    row = np.repeat(np.arange(len(rows)), sizes)
    if len(rows) and int(rows[-1]) - int(rows[0]) + 1 == len(rows):
        return coords[offsets[rows[0]] : offsets[rows[-1] + 1]], row
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if len(rows) else np.zeros(0, dtype=np.int64)
    index = np.arange(len(row)) - np.repeat(first - starts, sizes)
    return coords[index], row


def dashes(lines: Lines, on_px: float, off_px: float) -> F64:
    """Return the dashes of lines as segments, shape (n, 4); the pattern runs on around bends."""
    segments, start = lines.steps()
    length = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    period = on_px + off_px
    first = np.floor(start / period).astype(np.int64)
    count = np.floor((start + length) / period).astype(np.int64) - first + 1
    which = np.repeat(np.arange(len(segments)), count)
    k = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count) + first[which]
    low = np.maximum(k * period, start[which])
    high = np.minimum(k * period + on_px, (start + length)[which])
    keep = high > low
    which, low, high = which[keep], low[keep], high[keep]
    return _between(segments[which], (low - start[which]) / length[which], (high - start[which]) / length[which])


def _between(segments: F64, low: F64, high: F64) -> F64:
    a, step = segments[:, :2], segments[:, 2:] - segments[:, :2]
    return np.hstack([a + step * low[:, None], a + step * high[:, None]])


def arrows(lines: Lines, every_px: float, size_px: float) -> F64:
    """Return chevrons along lines as segments, two an arrow, shape (2 n, 4); the first stands half a distance in."""
    segments, start = lines.steps()
    length = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    first = np.ceil((start - every_px / 2) / every_px).astype(np.int64)
    count = np.maximum(np.ceil((start + length - every_px / 2) / every_px).astype(np.int64) - first, 0)
    which = np.repeat(np.arange(len(segments)), count)
    if not len(which):
        return np.empty((0, 4))
    k = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count) + first[which]
    share = ((k + 0.5) * every_px - start[which]) / length[which]
    step = (segments[which, 2:] - segments[which, :2]) / length[which, None]
    tip = segments[which, :2] + (segments[which, 2:] - segments[which, :2]) * share[:, None] + step * size_px / 2
    side = np.column_stack([-step[:, 1], step[:, 0]])
    back = tip - step * size_px
    wing = side * size_px * 0.5
    return np.vstack([np.hstack([back + wing, tip]), np.hstack([tip, back - wing])])
