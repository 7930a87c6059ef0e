"""Choose sites with the coverage engine, then mend what stands, and report the best so far.

Objective: the most points of people within reach, or the least cost of having all within reach; see `measuring.goal`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from time import perf_counter

import numpy as np

from optimizer.drafting import Drafting
from optimizer.engines.coverage import Aim, CoveragePlan, CoverageProblem, Engine, Limits, Result, n_covering
from optimizer.engines.coverage import Outcome as Ended
from optimizer.engines.coverage import solve as search
from optimizer.monitor import Hushed, Monitor
from optimizer.plan import Draft, Outcome
from optimizer.planners.toilets.explaining.verdicts import with_reasons
from optimizer.planners.toilets.params import ToiletsParams
from optimizer.planners.toilets.problem import ToiletsProblem
from optimizer.planners.toilets.search.alternatives import alternatives
from optimizer.planners.toilets.search.choice import choose
from optimizer.planners.toilets.search.draft import draft_of
from optimizer.planners.toilets.search.money import affordable
from optimizer.planners.toilets.search.sites import Siting

# Seconds kept back of the time limit for what follows the search, and the share of the progress that is shown for it.
_REST_S, _SEARCH_SHARE = 3.0, 0.85


def solve(problem: ToiletsProblem, params: ToiletsParams, monitor: Monitor) -> Draft:
    """Return the best plan found within the limits.

    Parameters
    ----------
    problem
        As `prepare` makes it.
    params
        Seed, limits, threads and engine.
    monitor
        Gets drafts; when it is stopped the best so far is returned.
    """
    until_s = perf_counter() + params.time_limit_s - _REST_S
    first = draft_of(problem.ground, choose(problem.ground, ()), Outcome.FEASIBLE)
    monitor.report(0.0, "construct", first, objective=first.objective)
    problem = replace(problem, siting=affordable(problem.ground, problem.siting))
    ask = partial(_ask, params=params, until_s=until_s)
    result = ask(problem.siting.problem, monitor=_ear(problem, monitor))
    if result.outcome is Ended.INFEASIBLE and not monitor.stopped:
        # what can be reached one by one cannot be together: as much is asked for as was reached
        problem = replace(problem, siting=eased(problem.siting, result.plan))
        result = ask(problem.siting.problem, monitor=_ear(problem, monitor))
    bound = None if result.outcome is Ended.INFEASIBLE else _signed(sign_of(problem), result.bound)
    draft = draft_from(problem, result.plan, _outcome(result, monitor, params), bound)
    draft = replace(with_reasons(problem, draft, result), assumed=problem.assumed)
    if draft.outcome is Outcome.OPTIMAL and (draft.bound is None or abs(draft.objective - draft.bound) > 1e-6):
        draft = replace(draft, outcome=Outcome.FEASIBLE)  # years or money left out some of what the engine chose
    monitor.report(0.9, "search", draft, objective=draft.objective, bound=draft.bound)
    others = alternatives(
        problem, result, partial(ask, monitor=Hushed(monitor)), lambda: monitor.stopped or perf_counter() >= until_s
    )
    draft = replace(draft, alternatives=others)
    monitor.report(1.0, "search", draft, objective=draft.objective, bound=draft.bound)
    return replace(draft, engine=params.engine, n_iterations=result.n_iterations)


def _ear(problem: ToiletsProblem, monitor: Monitor) -> Drafting:
    def shown(plan: CoveragePlan, bound: float | None) -> Draft:
        return draft_from(problem, plan, Outcome.FEASIBLE, _signed(sign_of(problem), bound))

    return Drafting(monitor, CoveragePlan, shown, _SEARCH_SHARE)


def _ask(problem: CoverageProblem, *, params: ToiletsParams, until_s: float, monitor: Monitor) -> Result:
    limits = Limits(max(0.5, until_s - perf_counter()), params.work_limit or None)
    engine = Engine(params.engine)
    return search(problem, limits=limits, seed=params.seed, monitor=monitor, engine=engine, threads=params.n_threads)


def eased(siting: Siting, plan: CoveragePlan) -> Siting:
    """Return the question with no more asked of a district, and for nobody else, than a plan has."""
    problem = siting.problem
    there = np.bincount(problem.districts[list(plan.sites)] + 1, minlength=len(problem.quotas) + 1)[1:]
    quotas = tuple(replace(q, at_least=min(q.at_least, int(n))) for q, n in zip(problem.quotas, there, strict=True))
    weight = problem.weight
    if problem.aim is Aim.SET_COVER:
        weight = np.where(n_covering(problem, plan, problem.steps[0].limit_m) > 0, weight, 0)
    return replace(siting, problem=replace(problem, quotas=quotas, weight=weight))


def draft_from(problem: ToiletsProblem, plan: CoveragePlan, outcome: Outcome, bound: float | None = None) -> Draft:
    """Return the draft of an engine's plan; those of its sites that serve most come first."""
    rows = [problem.siting.candidate_of(site) for site in plan.sites]
    return draft_of(problem.ground, choose(problem.ground, in_order(problem, [r for r in rows if r >= 0])), outcome, bound)


def in_order(problem: ToiletsProblem, rows: list[int]) -> list[int]:
    """Return candidates, those first to which most uses would go."""
    return sorted(rows, key=lambda row: (-problem.sizes[row].visits.users_day, row))


def sign_of(problem: ToiletsProblem) -> float:
    """Return what the engine's figures are multiplied with to be the planner's."""
    return -1.0 if problem.ground.params.aim == "cover" else 1.0


def _signed(sign: float, value: float | None) -> float | None:
    return None if value is None else sign * value


def _outcome(result: Result, monitor: Monitor, params: ToiletsParams) -> Outcome:
    if monitor.stopped:
        return Outcome.STOPPED
    if result.outcome is Ended.INFEASIBLE and params.aim == "all":
        return Outcome.INFEASIBLE  # not everyone whom a candidate reaches can be reached within the numbers
    known = {Ended.OPTIMAL: Outcome.OPTIMAL, Ended.STOPPED: Outcome.STOPPED}
    return known.get(result.outcome, Outcome.FEASIBLE)
