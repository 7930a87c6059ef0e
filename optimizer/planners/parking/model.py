"""Choose berths and one-ways with the engine, draw them to scale, and report the best so far."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from optimizer.engines.allocation.options import OptionPlan, OptionResult, choose
from optimizer.engines.limits import Engine, Limits
from optimizer.engines.outcome import Outcome as Ended
from optimizer.monitor import Monitor, Silent
from optimizer.plan import Draft, Outcome
from optimizer.planners.parking.explaining.left_out import unserved
from optimizer.planners.parking.explaining.verdicts import verdicts
from optimizer.planners.parking.params import ParkingParams
from optimizer.planners.parking.problem import ParkingProblem
from optimizer.planners.parking.search.beats import beats_of
from optimizer.planners.parking.search.draft import decided_of, draft_of
from optimizer.planners.parking.search.drawn import drawn

# Seconds between two drafts that are shown; kept back of the time limit for what follows the search.
_SHOW_EVERY_S, _REST_SHARE = 3.0, 0.3


class Ear(Silent):
    """Hear of the engine's search: pass on the wish to stop, and show its bests now and then."""

    def __init__(self, problem: ParkingProblem, monitor: Monitor) -> None:
        self._problem = problem
        self._monitor = monitor
        self._next_s = 0.0

    @property
    def stopped(self) -> bool:  # type: ignore[override]
        """Whether the best so far is wanted."""
        return self._monitor.stopped

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Show a better plan where it is time to."""
        if isinstance(incumbent, OptionPlan) and perf_counter() >= self._next_s:
            draft = draft_of(self._problem, incumbent, Outcome.FEASIBLE, bound)
            self._monitor.report(0.7 * fraction, "search", draft, objective=draft.objective, bound=draft.bound)
            self._next_s = perf_counter() + _SHOW_EVERY_S
        else:
            self._monitor.report(0.7 * fraction, "search")


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
    engine, ear = Engine(params.engine), Ear(problem, monitor)
    result = choose(problem.question.problem, limits=limits, seed=params.seed, monitor=ear, engine=engine)
    # a plan of several years spends less than their budgets together, so the bound is not one of the whole question
    bound = result.bound if params.n_years == 1 else None
    draft = draft_of(problem, result.plan, _outcome(result, monitor, bound), bound)
    monitor.report(0.8, "search", draft, objective=draft.objective, bound=draft.bound)
    decided = decided_of(problem, result.plan)
    beats, streets_of_beats = beats_of(problem.ground, decided.berths, params, monitor)
    draft = replace(
        draft,
        assumed=problem.assumed,
        extra_layers=(*drawn(problem, decided), streets_of_beats),
        beats=beats,
        unserved=tuple(unserved(problem, decided, result)),
        verdicts=tuple(verdicts(problem, decided)),
    )
    monitor.report(1.0, "search", draft, objective=draft.objective, bound=draft.bound)
    return replace(draft, engine=params.engine, n_iterations=result.n_iterations)


def _outcome(result: OptionResult, monitor: Monitor, bound: float | None) -> Outcome:
    if monitor.stopped:
        return Outcome.STOPPED
    return Outcome.OPTIMAL if result.outcome is Ended.OPTIMAL and bound == result.objective else Outcome.FEASIBLE
