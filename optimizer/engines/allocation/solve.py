"""The front door of the engine for allocation."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from optimizer.engines.allocation.checker import ROUNDING
from optimizer.engines.allocation.problem import AllocationProblem, Ints
from optimizer.engines.allocation.reasons import unparked_of
from optimizer.engines.allocation.solution import Allocation, AllocationResult
from optimizer.engines.budget import Budget
from optimizer.engines.limits import Engine
from optimizer.engines.outcome import Outcome
from optimizer.engines.peers import refuse_engine
from optimizer.monitor import Monitor, Silent

PHASE = "allocation"
# Flows of least cost by OR-Tools, and the same as a linear programme.
ENGINES = (Engine.ORTOOLS, Engine.HIGHS)


def least_of(problem: AllocationProblem, share: float) -> Ints:
    """Return the fewest cars that are a share of each zone's, in whole, shape (n_hours, n_zones); 0 beyond all reach."""
    least = np.ceil(share * problem.demand - ROUNDING).astype(np.int64)
    return np.where(problem.reached, least, 0)


def solve_allocation(
    problem: AllocationProblem,
    *,
    least_share: float = 0.0,
    monitor: Monitor | None = None,
    engine: Engine = Engine.ORTOOLS,
) -> AllocationResult:
    """Park as many cars as can be, by weight, with the least walking: exact to a centimetre a car, hour by hour.

    Parameters
    ----------
    problem
        What is asked.
    least_share
        Of the cars of each zone within reach of any lot, in each hour; in whole cars, rounded up.
    monitor
        Told of each hour; asked between them whether to stop.
    engine
        OR-Tools' flow of least cost, or HiGHS.
    """
    began_s = perf_counter()
    refuse_engine(engine, ENGINES)
    monitor = monitor or Silent()
    least = least_of(problem, least_share)
    cars = []
    for hour in range(problem.n_hours):
        if monitor.stopped:
            return AllocationResult(Outcome.STOPPED, None, None, None, (), perf_counter() - began_s)
        if engine is Engine.ORTOOLS:
            from optimizer.engines.allocation.flow import least_walk

            row = least_walk(problem, hour, least[hour])
        else:
            from optimizer.engines.allocation.highs_engine import least_walk_by_highs

            row = least_walk_by_highs(problem, hour, least[hour], Budget(None, None, lambda: monitor.stopped))
        if row is None:
            return AllocationResult(_ended(monitor), None, None, None, (), perf_counter() - began_s)
        cars.append(row)
        monitor.report((hour + 1) / problem.n_hours, PHASE)
    found = Allocation(np.array(cars, dtype=np.int64).reshape(problem.n_hours, len(problem.zone)))
    told = unparked_of(problem, found)
    spent_s = perf_counter() - began_s
    return AllocationResult(Outcome.OPTIMAL, found, found.worth(problem), found.walk_m(problem), told, spent_s)


def _ended(monitor: Monitor) -> Outcome:
    """Say why an hour has no flow: the caller stopped meanwhile, or there is none."""
    return Outcome.STOPPED if monitor.stopped else Outcome.INFEASIBLE
