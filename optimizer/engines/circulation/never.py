"""Streets that cannot be made one-way whatever else is done: proven, so that bounds may leave them out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from layers.layer import Bool
from optimizer.engines.circulation.kernels.ground import ground_for, room_for, state_for
from optimizer.engines.circulation.kernels.moves import alone
from optimizer.engines.circulation.problem import CirculationProblem


def can_be_closed(problem: CirculationProblem) -> Bool:
    """Return which arcs of the pairs have a way round where all other arcs are open, shape (n_pairs, 2).

    Turn bans and times are left aside, so where it says no there is none in the problem as it is.
    """
    eased = replace(problem, banned=np.zeros((0, 2), dtype=np.int64), limit_s=1e12)
    can = np.zeros((problem.n_pairs, 2), dtype=np.bool_)
    alone(ground_for(eased, np.zeros(problem.n_pairs)), state_for(eased), room_for(eased), can)
    return can
