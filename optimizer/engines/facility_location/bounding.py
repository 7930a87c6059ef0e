"""Prove a bound by prices alone, where a plan is known already: say of a problem whose customers were searched in groups."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from optimizer.engines.budget import Budget
from optimizer.engines.facility_location.lagrangian import Lagrangian, rounds
from optimizer.engines.facility_location.near import is_plain, near_lists
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats
from optimizer.engines.limits import Limits
from optimizer.monitor import Monitor, Silent

# The step that prices begin with where they are handed in.
STEP = 0.5


@dataclass(frozen=True)
class Bounded:
    """What prices prove.

    Parameters
    ----------
    bound
        No plan costs less.
    forced_in, forced_out
        Shape (n_sites,): what any plan with the site open, or closed, costs at the least.
    n_steps
        Rounds of prices.
    prices
        Of the customers, shape (n_customers,), that prove the bound where no rule on sites has a price too.
    """

    bound: float
    forced_in: Floats
    forced_out: Floats
    n_steps: int
    prices: Floats


def prove(
    problem: FacilityLocationProblem,
    known_cost: float,
    *,
    prices: Floats | None = None,
    limits: Limits | None = None,
    monitor: Monitor | None = None,
) -> Bounded:
    """Return the best bound that is found within the limits.

    Parameters
    ----------
    problem
        What is asked.
    known_cost
        Of a plan, or what it might cost: prices move towards it. The bound is proven whatever it is.
    prices
        Of the customers to begin at, shape (n_customers,).
    limits
        How long to go on.
    monitor
        Told of progress and the bound; asked whether to stop.
    """
    began_s = perf_counter()
    limits, monitor = limits or Limits(), monitor or Silent()
    until_s = None if limits.time_limit_s is None else began_s + limits.time_limit_s
    budget = Budget(limits.n_steps, until_s, lambda: monitor.stopped)
    lagrangian = Lagrangian(problem, near_lists(problem) if is_plain(problem) else None)
    if prices is not None:
        lagrangian.start(prices, STEP)

    def upper(_: object) -> float:
        share = 0.0 if limits.time_limit_s is None else min(1.0, (perf_counter() - began_s) / limits.time_limit_s)
        proven = lagrangian.best.value if np.isfinite(lagrangian.best.value) else None
        monitor.report(share, "bound", bound=proven)
        return known_cost

    most = budget.n_steps
    rounds(lagrangian, upper, lambda: budget.over or (most is not None and lagrangian.n_rounds >= most))
    forced = lagrangian.raised_open, lagrangian.raised_close
    return Bounded(lagrangian.best.value, *forced, lagrangian.n_rounds, lagrangian.best.price)
