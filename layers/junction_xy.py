"""Where junctions are, from the ends of the streets that meet there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from layers.kinds.streets import Streets


def junction_xy_m(streets: Streets, ends: NDArray[np.int64], n_junctions: int) -> NDArray[np.float64]:
    """Return the place of each junction, shape (n_junctions, 2), metres; NaN where no street that is drawn ends.

    Parameters
    ----------
    ends
        Junction of the first end of each street, then of the last end of each, shape (2 n_streets,).
    """
    n, xy_m = len(streets), np.full((n_junctions, 2), np.nan)
    offsets = streets.geometry.offsets[0]
    drawn = np.diff(offsets) > 0
    xy_m[ends[n:][drawn]] = streets.geometry.coords[offsets[1:][drawn] - 1]
    xy_m[ends[:n][drawn]] = streets.geometry.coords[offsets[:-1][drawn]]
    return xy_m
