"""A place inside each area, where its name can stand."""

from __future__ import annotations

import numpy as np

from layers.geometry import F64, Geometry


def inside_points(geometry: Geometry) -> F64:
    """Return for each area the middle of its widest stretch at the height of its largest ring's centre, shape (n, 2)."""
    return np.array([_inside(geometry, row) for row in range(len(geometry))]).reshape(-1, 2)


def _inside(geometry: Geometry, row: int) -> tuple[float, float]:
    of_ring, of_polygon, of_row = geometry.offsets
    ends = of_ring[of_polygon[of_row[row]] : of_polygon[of_row[row + 1]] + 1]
    rings = [geometry.coords[a:b] for a, b in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True) if b - a > 2]
    if not rings:
        return (np.nan, np.nan)
    largest = max(rings, key=lambda ring: float(np.ptp(ring, axis=0).prod()))
    centre = _centre(largest)
    crossings = np.sort(np.concatenate([_crossings(ring, centre[1]) for ring in rings]))
    if len(crossings) < 2:
        return centre
    left, right = crossings[0::2][: len(crossings) // 2], crossings[1::2]
    if ((left <= centre[0]) & (centre[0] <= right)).any():
        return centre
    widest = int(np.argmax(right - left))
    return (float(left[widest] + right[widest]) / 2, centre[1])


def _centre(ring: F64) -> tuple[float, float]:
    """Return the centre of gravity of a ring."""
    origin = ring[0]
    x, y = (ring - origin).T
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    double = cross.sum()
    if abs(double) < 1e-9:
        return (float(ring[:, 0].mean()), float(ring[:, 1].mean()))
    centre_x, centre_y = ((x[:-1] + x[1:]) * cross).sum() / 3, ((y[:-1] + y[1:]) * cross).sum() / 3
    return (float(origin[0] + centre_x / double), float(origin[1] + centre_y / double))


def _crossings(ring: F64, y: float) -> F64:
    """Return where a ring crosses a height."""
    a, b = ring[:-1], ring[1:]
    on = (a[:, 1] > y) != (b[:, 1] > y)
    a, b = a[on], b[on]
    out: F64 = a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
    return out
