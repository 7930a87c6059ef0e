"""What a budget leaves for new toilets, and how many of those that are asked for it pays."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from layers.layer import Rows
from optimizer.engines.coverage import CoverageProblem
from optimizer.planners.toilets.reading.ground import Ground
from optimizer.planners.toilets.search.choice import choose
from optimizer.planners.toilets.search.sites import Siting
from optimizer.planners.toilets.search.works import DRY


def affordable(ground: Ground, siting: Siting) -> Siting:
    """Return the question with the money that is left for new toilets once dry ones are rebuilt.

    Where it does not pay for all that districts are to have, each is asked for the same share of it.
    """
    params, problem = ground.params, siting.problem
    if not params.budget_yuan:
        return siting
    dry = sum(w.cost_yuan for w in choose(ground, ()).works if DRY in w.wrong)
    left = max(0, math.floor(params.n_years * params.budget_yuan - dry))
    problem = replace(problem, budget=left)
    wanted = [q.at_least for q in problem.quotas]
    for share in np.linspace(1.0, 0.0, 21).tolist():
        quotas = tuple(
            replace(q, at_least=d.n_standing + math.floor(share * (n - d.n_standing)))
            for q, d, n in zip(problem.quotas, siting.districts, wanted, strict=True)
        )
        tried = replace(problem, quotas=quotas)
        if least_yuan(tried) <= left:
            return replace(siting, problem=tried)
    return replace(siting, problem=replace(problem, quotas=tuple(replace(q, at_least=0) for q in problem.quotas)))


def least_yuan(problem: CoverageProblem) -> float:
    """Return what a simple choice of cheap sites costs that fills all quotas; infinite where it finds none."""
    taken = np.flatnonzero(problem.forced)
    near: dict[int, list[int]] = {}
    for a, b in problem.pairs.tolist():
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    barred = problem.barred.copy()
    barred[[other for site in taken.tolist() for other in near.get(site, [])]] = True
    chosen: Rows = taken
    for k, quota in enumerate(problem.quotas):
        n = int((problem.districts[chosen] == k).sum())
        free = [s for s in np.argsort(problem.price, kind="stable").tolist() if problem.districts[s] == k]
        for site in free:
            if n >= quota.at_least:
                break
            if barred[site] or problem.forced[site]:
                continue
            chosen, n = np.append(chosen, site), n + 1
            barred[[site, *near.get(site, [])]] = True
        if n < quota.at_least:
            return math.inf
    return float(problem.price[chosen].sum())
