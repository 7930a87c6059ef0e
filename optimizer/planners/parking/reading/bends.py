"""Where streets bend sharply."""

from __future__ import annotations

import numpy as np

from layers.kinds.streets import Streets
from layers.layer import F64

# A bend is turned within so many metres before and behind it.
_REACH_M = 10.0


def bend_points(streets: Streets, least_deg: float) -> F64:
    """Return points of streets' lines at which their heading turns by so many degrees within 10 m each way, shape (n, 2)."""
    offsets = streets.geometry.offsets[0]
    found = [
        _bends(streets.geometry.coords[offsets[row] : offsets[row + 1]], least_deg)
        for row in np.flatnonzero(np.diff(offsets) > 2)
    ]
    return np.concatenate([np.empty((0, 2)), *found])


def _bends(line: F64, least_deg: float) -> F64:
    steps = np.diff(line, axis=0)
    at_m = np.concatenate([[0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))])
    inner = at_m[1:-1]

    def on(where_m: F64) -> F64:
        clipped = np.clip(where_m, 0.0, at_m[-1])
        return np.column_stack([np.interp(clipped, at_m, line[:, 0]), np.interp(clipped, at_m, line[:, 1])])

    before, ahead = line[1:-1] - on(inner - _REACH_M), on(inner + _REACH_M) - line[1:-1]
    cross = before[:, 0] * ahead[:, 1] - before[:, 1] * ahead[:, 0]
    turn_deg = np.degrees(np.abs(np.arctan2(cross, (before * ahead).sum(axis=1))))
    bends: F64 = line[1:-1][turn_deg >= least_deg]
    return bends
