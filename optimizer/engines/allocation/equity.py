"""The largest share that every zone can have, and what each share up to it costs in walking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from optimizer.engines.allocation.flow import can_have
from optimizer.engines.allocation.problem import AllocationProblem, Floats
from optimizer.engines.allocation.solve import least_of, solve_allocation
from optimizer.monitor import Monitor


@dataclass(frozen=True)
class EquityPoint:
    """One share asked for every zone, and what it comes to.

    Parameters
    ----------
    least_share
        Of the cars of each zone that has any lot within reach, in each hour.
    worth, walk_m
        Of the best allocation that keeps it.
    """

    least_share: float
    worth: int
    walk_m: float


def fairest_share(problem: AllocationProblem, stopped: Callable[[], bool] = lambda: False) -> float | None:
    """Return the largest share that the worst-off zone can have: exact, by bisection over all shares of whole cars.

    Parameters
    ----------
    problem
        What is asked.
    stopped
        Asked between flows.

    Returns
    -------
    float
        Of the zones with a lot within reach, in all hours; 1 where none of them wants any. None where it was stopped.
    """
    shares = _shares(problem)
    low, high = 0, len(shares) - 1
    while low < high:
        if stopped():
            return None
        middle = (low + high + 1) // 2
        least = least_of(problem, float(shares[middle]))
        if all(can_have(problem, hour, least[hour]) for hour in range(problem.n_hours)):
            low = middle
        else:
            high = middle - 1
    return float(shares[low])


def _shares(problem: AllocationProblem) -> Floats:
    """Return every share that whole cars of a zone can be, in rising order, from 0 to 1."""
    sizes = np.unique(problem.demand[:, problem.reached])
    parts = [np.arange(n + 1) / n for n in sizes.tolist() if n > 0]
    return np.unique(np.concatenate([np.array([0.0, 1.0]), *parts]))


def equity_sweep(problem: AllocationProblem, n_points: int, monitor: Monitor | None = None) -> tuple[EquityPoint, ...]:
    """Return what shares from 0 to the largest come to, evenly spread; those found so far where it is stopped.

    A share for all never parks fewer cars, since any flow that keeps it can be made a largest one; it costs walking.
    """
    most = fairest_share(problem, (lambda: False) if monitor is None else lambda: monitor.stopped)
    if most is None:
        return ()
    found = []
    for share in np.linspace(0.0, most, n_points).tolist():
        result = solve_allocation(problem, least_share=share, monitor=monitor)
        if result.worth is None or result.walk_m is None:
            break
        found.append(EquityPoint(share, result.worth, result.walk_m))
    return tuple(found)
