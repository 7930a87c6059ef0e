"""Choose berths and one-ways with the engine, draw them to scale, and report the best so far."""

from __future__ import annotations

from dataclasses import replace

from optimizer.drafting import Drafting
from optimizer.engines.allocation.options import OptionPlan, choose, objective_of, parked
from optimizer.engines.limits import Engine, Limits
from optimizer.engines.outcome import Outcome as Ended
from optimizer.monitor import Monitor, Part
from optimizer.plan import Draft, Outcome
from optimizer.planners.parking.explaining.left_out import unserved
from optimizer.planners.parking.explaining.verdicts import verdicts
from optimizer.planners.parking.params import ParkingParams
from optimizer.planners.parking.problem import ParkingProblem
from optimizer.planners.parking.search.beats import beats_of
from optimizer.planners.parking.search.draft import decided_of, draft_of
from optimizer.planners.parking.search.drawn import drawn
from optimizer.planners.parking.search.signs import sign_layer

# Share of the time limit that is kept back for what follows the search.
_REST_SHARE = 0.3
# Of the progress that is shown, the search for berths.
_SEARCH_SHARE = 0.7


def solve(problem: ParkingProblem, params: ParkingParams, monitor: Monitor) -> Draft:
    """Return the best plan found within the limits.

    Parameters
    ----------
    problem
        As `prepare` makes it.
    params
        Seed, limits and numbers.
    monitor
        Gets drafts; when it is stopped the best so far is returned.
    """
    limits = Limits((1 - _REST_SHARE) * params.time_limit_s, params.work_limit or None)
    engine, question = Engine(params.engine), problem.question.problem
    # a plan of several years spends less than their budgets together, so the bound is not one of the whole question
    is_bound = params.n_years == 1

    def shown(plan: OptionPlan, bound: float | None) -> Draft:
        return draft_of(problem, decided_of(problem, plan), Outcome.FEASIBLE, bound if is_bound else None)

    ear = Drafting(monitor, OptionPlan, shown, _SEARCH_SHARE)
    result = choose(question, limits=limits, seed=params.seed, monitor=ear, engine=engine)
    plan, bound = result.plan, result.bound if is_bound else None
    if params.worst_off_first and not monitor.stopped:
        plan = replace(plan, cars=parked(question, plan.berths, worst_off_first=True))
    decided = decided_of(problem, plan)
    is_best = result.outcome is Ended.OPTIMAL and bound == objective_of(question, plan)
    outcome = Outcome.STOPPED if monitor.stopped else Outcome.OPTIMAL if is_best else Outcome.FEASIBLE
    draft = draft_of(problem, decided, outcome, bound)
    monitor.report(0.8, "search", draft, objective=draft.objective, bound=draft.bound)
    beats, streets_of_beats = beats_of(problem.ground, decided.berths, params, Part(monitor, 0.8, 1.0))
    draft = replace(
        draft,
        assumed=problem.assumed,
        extra_layers=(*drawn(problem, decided), streets_of_beats, sign_layer(problem.ground, decided.one_way)),
        beats=beats,
        unserved=tuple(unserved(problem, decided, result)),
        verdicts=tuple(verdicts(problem, decided)),
    )
    monitor.report(1.0, "search", draft, objective=draft.objective, bound=draft.bound)
    return replace(draft, engine=params.engine, n_iterations=result.n_iterations)
