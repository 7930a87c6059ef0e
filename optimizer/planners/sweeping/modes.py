"""Answer what is asked: the best plan of a given fleet, or the cheapest fleet; then look why streets are left."""

from __future__ import annotations

from dataclasses import replace

from layers.text import Text
from optimizer.monitor import Monitor
from optimizer.plan import Draft, Outcome
from optimizer.planners.sweeping import model
from optimizer.planners.sweeping.explaining.why import explained
from optimizer.planners.sweeping.measuring.goal import reachable
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.problem import SweepingProblem
from optimizer.planners.sweeping.search.cheapest import cheapest_fleet
from optimizer.planners.sweeping.search.proven import bound_of, most_rate_pct


def solve(problem: SweepingProblem, params: SweepingParams, monitor: Monitor) -> Draft:
    """Return the best plan found within the limits, with the bound that is proven for what is asked.

    Parameters
    ----------
    problem
        As `prepare` makes it.
    params
        Mode, seed, limits, threads. Where work is limited, the time limit only ends a run that takes too long all the same.
    monitor
        Gets drafts of the whole city; when it is stopped the best so far is returned.

    Raises
    ------
    ParameterError
        Where an engine is asked for that cannot empty hoppers or fill tanks on the way.
    """
    known = params.mode == "fleet" and problem.bench is not None
    draft = (cheapest_fleet if known else model.solve)(problem, params, monitor)
    draft = explained(problem, draft, params, lambda: monitor.stopped)
    if draft.outcome is Outcome.INFEASIBLE:
        return draft
    told = highest(problem, draft) if params.mode == "rate" and problem.bench is not None else draft.answer
    return replace(draft, bound=bound(problem, draft), answer=told)


def highest(problem: SweepingProblem, draft: Draft) -> Text | None:
    """Say what rate was reached, and that none higher is possible, or how high any plan of the fleet can come."""
    goal, passes = problem.goal, problem.passes
    most_pct = most_rate_pct(passes, goal.inventory, goal.params, draft.unserved)
    if most_pct is None:
        return None
    amount = goal.amount
    pct = 100 * float(amount[~goal.unswept(draft.unserved)].sum()) / float(amount.sum())
    if pct > most_pct - 0.005:
        zh = f"机扫率 {pct:.2f} %；可达的都已清扫，本车队不可能更高（已证明）"
        return Text(zh, f"rate {pct:.2f} %: all within reach is swept, no plan of this fleet has a higher one (proven)")
    zh = f"机扫率 {pct:.2f} %；本车队不可能超过 {most_pct:.2f} %（已证明）"
    return Text(zh, f"rate {pct:.2f} %; no plan of this fleet exceeds {most_pct:.2f} % (proven)")


def bound(problem: SweepingProblem, draft: Draft) -> float | None:
    """Return the proven bound; None where the run was stopped before it was known which passes can be swept at all."""
    if problem.bench is None:
        return None
    # what a fleet that was tried has no vehicle for is within reach of others
    left = problem.unserved if problem.goal.params.mode == "fleet" else draft.unserved
    return bound_of(problem.goal, reachable(problem.passes, left))
