"""Search, prove, and say why each site is chosen or not."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import numpy as np

from optimizer.changes import Alternative
from optimizer.monitor import Monitor
from optimizer.plan import Draft, Outcome
from optimizer.planners.transfer.explaining.verdicts import verdicts_of
from optimizer.planners.transfer.params import TransferParams
from optimizer.planners.transfer.problem import TransferProblem
from optimizer.planners.transfer.search.alternatives import alternatives
from optimizer.planners.transfer.search.answering import nothing
from optimizer.planners.transfer.search.refining import Refining
from optimizer.planners.transfer.search.years import staged

# A plan this near its bound, as a share, is the best.
_SAME = 1e-6
# Share of the time for the plan and its bound; others nearly as good have the rest.
_OWN_SHARE = 0.8


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
    question, asked = problem.question, problem.asked
    if asked is None:
        return nothing(question)
    until_s = perf_counter() + params.time_limit_s
    own_s = params.time_limit_s * (_OWN_SHARE if params.n_alternatives else 1.0)
    run = Refining(question, asked, params, monitor, time_s=own_s)
    prices = run.run()
    if run.draft is None:
        return replace(nothing(question), engine=params.engine, n_iterations=run.n_steps)
    best, others = run.draft, tuple[Alternative, ...]()
    if not any(left.item in question.waste.row_of for left in best.unserved):
        best, others = alternatives(question, asked, best, params, (monitor, until_s))
    bound = min(run.bound, best.objective) if np.isfinite(run.bound) else None
    draft = replace(best, bound=bound, engine=params.engine, n_iterations=run.n_steps, alternatives=others)
    if bound is not None and draft.objective - bound <= _SAME * abs(draft.objective):
        draft = replace(draft, outcome=Outcome.OPTIMAL)
    elif monitor.stopped:
        draft = replace(draft, outcome=Outcome.STOPPED)
    draft, waits = staged(question, draft)
    draft = replace(draft, verdicts=(*verdicts_of(question, draft, prices), *waits))
    monitor.report(1.0, "search", draft, objective=draft.objective, bound=draft.bound)
    return draft
