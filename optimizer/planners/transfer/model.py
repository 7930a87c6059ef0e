"""Search, prove, and say why each site is chosen or not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.monitor import Monitor
from optimizer.plan import Draft, Outcome
from optimizer.planners.transfer.explaining.verdicts import verdicts_of
from optimizer.planners.transfer.params import TransferParams
from optimizer.planners.transfer.problem import TransferProblem
from optimizer.planners.transfer.search.answering import nothing
from optimizer.planners.transfer.search.refining import Refining
from optimizer.planners.transfer.search.years import staged

# A plan this near its bound, as a share, is the best.
_SAME = 1e-6


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
    run = Refining(question, asked, params, monitor)
    prices = run.run()
    if run.draft is None:
        return replace(nothing(question), engine=params.engine, n_iterations=run.n_steps)
    bound = min(run.bound, run.draft.objective) if np.isfinite(run.bound) else None
    draft = replace(run.draft, bound=bound, engine=params.engine, n_iterations=run.n_steps)
    if bound is not None and draft.objective - bound <= _SAME * abs(draft.objective):
        draft = replace(draft, outcome=Outcome.OPTIMAL)
    elif monitor.stopped:
        draft = replace(draft, outcome=Outcome.STOPPED)
    draft, waits = staged(question, draft)
    draft = replace(draft, verdicts=(*verdicts_of(question, draft, prices), *waits))
    monitor.report(1.0, "search", draft, objective=draft.objective, bound=draft.bound)
    return draft
