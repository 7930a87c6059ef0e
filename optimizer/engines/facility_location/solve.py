"""The engine's front door."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import numpy as np

from optimizer.engines.budget import Budget
from optimizer.engines.facility_location.checker import faults
from optimizer.engines.facility_location.problem import FacilityLocationProblem
from optimizer.engines.facility_location.programme import whole
from optimizer.engines.facility_location.reasons import why_not_open, why_open
from optimizer.engines.facility_location.search import Searched, is_proven, search
from optimizer.engines.facility_location.shortfalls import counted_out, nearest_possible
from optimizer.engines.facility_location.solution import LocationPlan, Result, plan_cost
from optimizer.engines.limits import LOCATION, Engine, Limits
from optimizer.engines.outcome import Outcome
from optimizer.engines.peers import refuse_engine
from optimizer.monitor import Monitor, Silent

PHASE = "facility location"


def solve(  # noqa: PLR0913 - what is asked, and one argument an option
    problem: FacilityLocationProblem,
    *,
    limits: Limits | None = None,
    seed: int = 0,
    monitor: Monitor | None = None,
    engine: Engine = Engine.JINGCHENG,
    start: LocationPlan | None = None,
    threads: int = 1,
) -> Result:
    """Search for the cheapest plan, and prove how good it is.

    Parameters
    ----------
    problem
        What is asked.
    limits
        How long to search.
    seed
        For CP-SAT; our own search and HiGHS draw no dice.
    monitor
        Told of progress and of better plans (as `LocationPlan`); asked at least every 0.1 s or so whether to stop.
    engine
        The search to use.
    start
        A plan, such as an earlier one: where it is right, the result is never worse.
    threads
        All engines use one.

    Returns
    -------
    Result
        Without a plan where none was found, or none exists.
    """
    began_s = perf_counter()
    refuse_engine(engine, LOCATION)
    monitor, limits = monitor or Silent(), limits or Limits()
    until_s = None if limits.time_limit_s is None else began_s + limits.time_limit_s
    budget = Budget(limits.n_steps, until_s, lambda: monitor.stopped)
    if short := tuple(counted_out(problem)):
        return Result(Outcome.INFEASIBLE, None, None, None, (), 0, perf_counter() - began_s, shortfalls=short)
    found = Searched(None, np.inf, -np.inf, 0)
    if not budget.over:
        found = _by_engine(problem, budget, (engine, seed, start), monitor)
    found = _with_start(problem, found, start)
    if found.plan is None:
        return _no_plan(problem, found, budget, began_s)
    return _result(problem, found, monitor, began_s)


def _by_engine(
    problem: FacilityLocationProblem, budget: Budget, chosen: tuple[Engine, int, LocationPlan | None], monitor: Monitor
) -> Searched:
    """Search by the engine asked for; other solvers are loaded when they are."""
    engine, seed, start = chosen
    if engine is Engine.JINGCHENG:
        return search(problem, budget, start, _Telling(monitor))
    if engine is Engine.HIGHS:
        from optimizer.engines.facility_location.highs_engine import solve_with_highs

        plan, bound, n_steps = solve_with_highs(problem, whole(problem), budget)
    else:
        from optimizer.engines.facility_location.ortools_engine import solve_with_ortools

        plan, bound, n_steps = solve_with_ortools(problem, budget, seed)
    cost = np.inf if plan is None or faults(problem, plan) else plan_cost(problem, plan)
    return Searched(plan if np.isfinite(cost) else None, cost, min(bound, cost), n_steps)


class _Telling:
    """Passes progress on, a plan only where it is new."""

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self._last: LocationPlan | None = None

    def __call__(self, share: float, plan: LocationPlan | None, cost: float, bound: float) -> None:
        """Tell the monitor."""
        new = plan if plan is not self._last else None
        self._last = plan
        proven = bound if np.isfinite(bound) else None
        self._monitor.report(share, PHASE, new, objective=None if plan is None else cost, bound=proven)


def _with_start(problem: FacilityLocationProblem, found: Searched, start: LocationPlan | None) -> Searched:
    """Return the plan begun at where the search found no better."""
    if start is None or faults(problem, start):
        return found
    cost = plan_cost(problem, start)
    return replace(found, plan=start, cost=cost) if cost < found.cost else found


def _result(problem: FacilityLocationProblem, found: Searched, monitor: Monitor, began_s: float) -> Result:
    assert found.plan is not None
    bound = found.bound if np.isfinite(found.bound) else None
    if is_proven(found.cost, found.bound):
        outcome = Outcome.OPTIMAL
    else:
        outcome = Outcome.STOPPED if monitor.stopped else Outcome.FEASIBLE
    closed = tuple(why_not_open(problem, found.plan, found.cost, found.forced_in))
    is_open = tuple(why_open(problem, found.plan, found.cost, found.forced_out))
    spent_s = perf_counter() - began_s
    return Result(outcome, found.plan, found.cost, bound, closed, found.n_steps, spent_s, is_open, prices=found.prices)


def _no_plan(problem: FacilityLocationProblem, found: Searched, budget: Budget, began_s: float) -> Result:
    """Return a result without a plan: that there is none is said where it is proven only, and then why."""
    is_proven_so = found.bound == np.inf
    bound = found.bound if np.isfinite(found.bound) else None
    short = nearest_possible(problem, budget) if is_proven_so else ()
    outcome = Outcome.INFEASIBLE if is_proven_so else Outcome.STOPPED
    return Result(outcome, None, None, bound, (), found.n_steps, perf_counter() - began_s, shortfalls=short)
