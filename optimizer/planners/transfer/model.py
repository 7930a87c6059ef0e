"""Ask the engine, deal its answer out to every point, and say why each site is chosen or not.

The bound is the engine's for clusters less what joining points to clusters can cost: so it holds for the points themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from optimizer.engines.facility_location import Engine, Limits, LocationPlan, Result
from optimizer.engines.facility_location import solve as search
from optimizer.engines.outcome import Outcome as Ended
from optimizer.monitor import Monitor, Silent
from optimizer.plan import Draft, Outcome
from optimizer.planners.transfer.params import TransferParams
from optimizer.planners.transfer.problem import TransferProblem
from optimizer.planners.transfer.search.answering import Answer, answer_of, draft_of, nothing
from optimizer.planners.transfer.search.asking import Asked

# Of time or work for the best plan; the rest for others nearly as good.
_BEST_SHARE = 0.8
# A plan this near its bound, as a share, is the best.
_SAME = 1e-6


@dataclass
class Ear(Silent):
    """Hear of the search: pass on the wish to stop, and show plans of the whole city.

    Parameters
    ----------
    problem, monitor
        Of the run.
    """

    problem: TransferProblem
    monitor: Monitor

    @property
    def stopped(self) -> bool:  # type: ignore[override]
        """Whether the run is to end."""
        return self.monitor.stopped

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Show a better plan."""
        draft = None
        if isinstance(incumbent, LocationPlan) and self.problem.asked is not None:
            question, asked = self.problem.question, self.problem.asked
            draft = draft_of(question, asked, answer_of(question, asked, incumbent), Outcome.FEASIBLE)
        share = _BEST_SHARE * min(1.0, max(0.0, fraction))
        self.monitor.report(share, "search", draft, objective=None if draft is None else draft.objective)


def solve(problem: TransferProblem, params: TransferParams, monitor: Monitor) -> Draft:
    """Return the best plan found within the limits, with a proven bound.

    Parameters
    ----------
    problem
        As `prepare` makes it.
    params
        Seed, limits, engine.
    monitor
        Gets drafts; when it is stopped the best so far is returned.
    """
    asked = problem.asked
    if asked is None:
        return nothing(problem.question)
    result = search(
        asked.problem,
        limits=limits_of(params, _BEST_SHARE),
        seed=params.seed,
        monitor=Ear(problem, monitor),
        engine=Engine(params.engine),
        threads=params.n_threads,
    )
    if result.plan is None:
        draft = nothing(problem.question)
    else:
        answer = answer_of(problem.question, asked, result.plan)
        draft = told(problem, answer, result, monitor)
    monitor.report(1.0, "search", draft, objective=draft.objective, bound=draft.bound)
    return replace(draft, engine=params.engine, n_iterations=result.n_steps)


def limits_of(params: TransferParams, share: float) -> Limits:
    """Return a share of the run's limits."""
    return Limits(params.time_limit_s * share, int(params.work_limit * share) if params.work_limit else None)


def bound_of(asked: Asked, result: Result) -> float | None:
    """Return what no plan for the points costs less than; None where nothing is proven."""
    return None if result.bound is None else result.bound + asked.constant_yuan_year - asked.joining_yuan_year


def told(problem: TransferProblem, answer: Answer, result: Result, monitor: Monitor) -> Draft:
    """Return the answer as a plan with its bound."""
    assert problem.asked is not None
    bound = bound_of(problem.asked, result)
    draft = draft_of(problem.question, problem.asked, answer, Outcome.FEASIBLE, bound)
    if draft.bound is not None and draft.objective - draft.bound <= _SAME * abs(draft.objective):
        return replace(draft, outcome=Outcome.OPTIMAL)
    stopped = monitor.stopped and result.outcome is Ended.STOPPED
    return replace(draft, outcome=Outcome.STOPPED) if stopped else draft
