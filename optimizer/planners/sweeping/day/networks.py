"""Which arcs of a network sweep a pass."""

from __future__ import annotations

import numpy as np

from layers.layer import Rows
from optimizer.planners.sweeping.day.kerbs import Passes


def arcs_along(reach: Rows, passes: Passes, rows: Rows) -> Rows:
    """Return the arcs of some passes in their own direction and, where either will do, in the other, shape (n, 2); else -1.

    Parameters
    ----------
    reach
        As `reach_of` returns it.
    """
    street, forward = passes.street[rows], passes.forward[rows].astype(np.int64)
    other = np.where(passes.reversible[rows], reach[street, 1 - forward], -1)
    return np.column_stack([reach[street, forward], other])
