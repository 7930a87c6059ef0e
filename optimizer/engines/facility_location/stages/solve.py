"""The front door of the staged engine."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from optimizer.engines.budget import Budget
from optimizer.engines.facility_location.stages.problem import StagedProblem
from optimizer.engines.facility_location.stages.programme import StagedModel, n_columns, whole_scope
from optimizer.engines.facility_location.stages.search import SAME, StagedSearch
from optimizer.engines.facility_location.stages.shortfalls import staged_shortfalls
from optimizer.engines.facility_location.stages.solution import StagedResult
from optimizer.engines.highs import solve_programme
from optimizer.engines.limits import LOCATION, Engine, Limits
from optimizer.engines.outcome import Outcome
from optimizer.engines.peers import refuse_engine
from optimizer.monitor import Monitor, Silent

PHASE = "facility location in two stages"
# Columns up to which the whole programme is solved at once.
MOST_COLUMNS = 12_000


def solve_staged(
    problem: StagedProblem,
    *,
    limits: Limits | None = None,
    monitor: Monitor | None = None,
    engine: Engine = Engine.JINGCHENG,
) -> StagedResult:
    """Search for the cheapest plan of both stages, and prove how good it is.

    Small problems are solved as one programme; larger ones by prices of centres and plants (`bounding`), branching on the
    centres, and programmes restricted to stations met (`search`).

    Parameters
    ----------
    problem
        What is asked.
    limits
        How long to search; steps are rounds of the bound, or nodes of the tree.
    monitor
        Told of progress; asked at least every 0.1 s or so whether to stop.
    engine
        Ours, HiGHS or SCIP of OR-Tools on the whole programme.

    Returns
    -------
    StagedResult
        Without a plan where none was found, or none exists.
    """
    began_s = perf_counter()
    refuse_engine(engine, LOCATION)
    monitor, limits = monitor or Silent(), limits or Limits()
    until_s = None if limits.time_limit_s is None else began_s + limits.time_limit_s
    budget = Budget(limits.n_steps, until_s, lambda: monitor.stopped)
    if short := staged_shortfalls(problem):
        return StagedResult(Outcome.INFEASIBLE, None, None, None, 0, perf_counter() - began_s, short)
    search = StagedSearch(problem, budget, lambda share: _tell(monitor, search, share))
    if engine is Engine.JINGCHENG and n_columns(problem) > MOST_COLUMNS:
        if not budget.over:
            search.run()
    else:
        _whole(problem, search, budget, engine)
    return _result(search, monitor, began_s)


def _tell(monitor: Monitor, search: StagedSearch, share: float) -> None:
    objective = None if search.plan is None else search.cost
    monitor.report(share, PHASE, None, objective=objective, bound=search.bound if np.isfinite(search.bound) else None)


def _whole(problem: StagedProblem, search: StagedSearch, budget: Budget, engine: Engine) -> None:
    if budget.over:
        return
    model = StagedModel(problem, whole_scope(problem))
    if engine is Engine.ORTOOLS:
        from optimizer.engines.scip import solve_with_scip

        solved = solve_with_scip(model.programme, budget)
    else:
        solved = solve_programme(model.programme, budget)
    search.n_steps = solved.n_nodes
    if solved.x is not None:
        search.take(model.plan(solved.x))
    search.bound = min(solved.bound, search.cost)


def _result(search: StagedSearch, monitor: Monitor, began_s: float) -> StagedResult:
    spent_s = perf_counter() - began_s
    bound = min(search.bound, search.cost)
    told = float(bound) if np.isfinite(bound) else None
    if search.plan is None:
        outcome = Outcome.INFEASIBLE if search.bound == np.inf else Outcome.STOPPED
        return StagedResult(outcome, None, None, told, search.n_steps, spent_s)
    if search.cost - bound <= SAME * abs(search.cost):
        outcome = Outcome.OPTIMAL
    else:
        outcome = Outcome.STOPPED if monitor.stopped else Outcome.FEASIBLE
    return StagedResult(outcome, search.plan, search.cost, told, search.n_steps, spent_s)
