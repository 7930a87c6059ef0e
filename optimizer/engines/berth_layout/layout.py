"""What comes back: stalls, aisles, and how they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Layout:
    """Hold the stalls and aisles of a lot.

    Parameters
    ----------
    stalls
        Shape (n, 4, 2), metres: the two corners at the back, then the two at the aisle.
    aisles
        Polygons of aisles, the cross aisle and the drive from the gate.
    stall_angle_deg
        Of stalls to their aisle.
    orientation_deg
        Of the aisles, anticlockwise from east.
    mended
        Whether the outline had to be mended.
    """

    stalls: NDArray[np.float64]
    aisles: tuple[Any, ...]
    stall_angle_deg: float
    orientation_deg: float
    mended: bool

    @property
    def n_berths(self) -> int:
        """Number of stalls."""
        return len(self.stalls)


def empty(mended: bool) -> Layout:
    """Return a layout without stalls."""
    return Layout(np.empty((0, 4, 2)), (), 90.0, 0.0, mended)
