"""Choose which arc of which pair is closed: the pairs of most gain first, then ruin and recreate around those left out."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from optimizer.engines.circulation.kernels.ground import ground_for, room_for, state_for
from optimizer.engines.circulation.kernels.moves import insert_all, search
from optimizer.engines.circulation.problem import BOTH, CirculationProblem, Floats, Ints
from optimizer.engines.kernels.dice import dice_for
from optimizer.engines.limits import Limits
from optimizer.monitor import Monitor, Silent

PHASE = "circulation"
# Steps between two looks at the clock.
_STEPS = 50


@dataclass(frozen=True, eq=False)
class Orientation:
    """What was found.

    Parameters
    ----------
    choice
        Shape (n_pairs,): which of its two arcs is closed, `BOTH` for neither.
    gain
        Of the pairs that are closed.
    n_iterations
        Steps taken.
    """

    choice: Ints
    gain: float
    n_iterations: int


def orient(
    problem: CirculationProblem,
    gain: Floats,
    *,
    limits: Limits,
    seed: int = 1,
    monitor: Monitor | None = None,
    start: Ints | None = None,
) -> Orientation:
    """Close one arc of pairs with as much gain as can be found.

    Parameters
    ----------
    problem
        What is asked.
    gain
        Of closing one arc of each pair, shape (n_pairs,); pairs without gain stay open.
    limits
        Seconds, or steps.
    seed
        Of the dice.
    monitor
        Asked now and then whether to stop.
    start
        A choice to begin with: pairs of it that have gain are closed first, as it closes them.
    """
    monitor, began_s = monitor or Silent(), perf_counter()
    until_s = None if limits.time_limit_s is None else began_s + limits.time_limit_s
    ground, state, room = ground_for(problem, gain.astype(np.float64)), state_for(problem), room_for(problem)
    dice = dice_for(seed)
    order = np.argsort(-gain, kind="stable").astype(np.int64)
    order = order[gain[order] > 0]
    # neighbours that point the same way need no luck: sides are taken as they come, or as they were
    side = np.zeros(len(order), dtype=np.int64)
    if start is not None:
        known = start[order] != BOTH
        order = np.concatenate([order[known], order[~known]])
        side = np.where(start[order] != BOTH, start[order], 0)
    for k in range(0, len(order), _STEPS):
        if monitor.stopped:
            break
        insert_all(ground, state, room, order[k : k + _STEPS], side[k : k + _STEPS])
    n = 0
    while not monitor.stopped and (limits.n_steps is None or n < limits.n_steps):
        left_out = order[state.choice[order] == BOTH]
        if not len(left_out) or (until_s is not None and perf_counter() >= until_s):
            break
        search(ground, state, room, left_out, _STEPS, dice)
        n += _STEPS
    choice = state.choice.copy()
    return Orientation(choice, float(gain[choice != BOTH].sum()), n)
