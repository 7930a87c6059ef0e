"""Plans nearly as good that build elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from layers.layer import F64
from layers.text import Text
from optimizer.changes import Alternative
from optimizer.engines.coverage import Aim, CoveragePlan, CoverageProblem, Outcome, Result
from optimizer.plan import Outcome as Ended
from optimizer.planners.toilets.problem import ToiletsProblem
from optimizer.planners.toilets.search.choice import choose
from optimizer.planners.toilets.search.draft import draft_of
from optimizer.planners.toilets.search.quotas import most_apart
from optimizer.siting.alternatives import Near, most_different

Found = tuple[CoveragePlan, frozenset[int], float]


def alternatives(
    problem: ToiletsProblem,
    result: Result,
    search: Callable[[CoverageProblem], Result],
    over: Callable[[], bool],
) -> tuple[Alternative, ...]:
    """Return plans within 1 % of the best that differ from it and from one another the most of those found.

    Parameters
    ----------
    result
        The best.
    search
        Solves a problem as the best was found.
    over
        Whether to end.
    """
    asked, n_old = problem.siting.problem, len(problem.siting.standing)
    new = frozenset(int(site) for site in result.plan.sites if site >= n_old)
    if result.objective is None or not new:
        return ()
    sign = 1.0 if asked.aim is Aim.SET_COVER else -1.0
    loss = np.minimum(losses(asked, result.plan), swaps(result, asked.n_sites))

    def solve_with(charge: F64) -> Found | None:
        found = search(charged(asked, charge, loss))
        if found.outcome is Outcome.INFEASIBLE or found.objective is None:
            return None
        used = [site for site in found.plan.sites if site >= n_old]
        reached = float(asked.cost[used].sum()) if asked.aim is Aim.SET_COVER else found.objective
        return found.plan, frozenset(int(site) for site in found.plan.sites if site >= n_old), sign * reached

    near = most_different(solve_with, (new, sign * result.objective), asked.n_sites, over=over)
    return tuple(_told(problem, one) for one in near)


def charged(problem: CoverageProblem, charge: F64, loss: F64) -> CoverageProblem:
    """Return a problem in which sites are charged: dearer by it, or left out where they are not worth it.

    Parameters
    ----------
    charge, loss
        Of each site, and what the best plan would lose without it or with another in its place, shape (n_sites,).
    """
    if problem.aim is Aim.SET_COVER:
        return replace(problem, cost=problem.cost + np.rint(charge).astype(np.int64))
    left_out = problem.barred.copy()
    spare = _spare(problem)
    worthless = np.flatnonzero((charge > loss) & ~problem.forced)
    for site in worthless[np.argsort((loss - charge)[worthless], kind="stable")].tolist():
        district = int(problem.districts[site])
        if district >= 0 and spare[district] <= 0:
            continue
        left_out[site] = True
        if district >= 0:
            spare[district] -= 1
    return replace(problem, must_not=left_out)


def _spare(problem: CoverageProblem) -> list[int]:
    """Return how many sites of each district can be left out with its quota still reached."""
    free = np.flatnonzero(~problem.exists & ~problem.barred)
    found = []
    for k, quota in enumerate(problem.quotas):
        n_old = int((problem.exists & (problem.districts == k)).sum())
        n_fit = most_apart(free[problem.districts[free] == k], problem.pairs)
        found.append(n_old + n_fit - quota.at_least)
    return found


def losses(problem: CoverageProblem, plan: CoveragePlan) -> F64:
    """Return how many points a plan would lose without each of its sites, 0 for those that it has not, shape (n_sites,)."""
    reach = problem.reach
    points = np.zeros(len(reach.sites), dtype=np.int64)
    for step in problem.steps:
        points = np.maximum(points, step.points * (reach.distance_m <= step.limit_m + 1e-6))
    mine = np.isin(reach.sites, plan.sites) & (points > 0)
    who, site, worth = reach.customers[mine], reach.sites[mine], points[mine]
    order = np.lexsort((-worth, who))
    who, site, worth = who[order], site[order], worth[order]
    first = np.flatnonzero(np.diff(who, prepend=-1))
    next_one = np.minimum(first + 1, max(0, len(who) - 1))
    has_next = (first + 1 < len(who)) & (who[next_one] == who[first]) if len(who) else np.zeros(0, dtype=bool)
    lost = worth[first] - np.where(has_next, worth[next_one], 0)
    return np.bincount(site[first], weights=lost * problem.weight[who[first]], minlength=problem.n_sites).astype(np.float64)


def swaps(result: Result, n_sites: int) -> F64:
    """Return how many points the best plan would lose at the least with another site in the place of each, shape (n_sites,).

    Infinite where no other alone can stand there.
    """
    found = np.full(n_sites, np.inf)
    for closed in result.closed:
        if closed.change is not None and len(closed.in_place_of) == 1:
            site = closed.in_place_of[0]
            found[site] = min(found[site], max(0.0, -closed.change))
    return found


def _told(problem: ToiletsProblem, near: Near[CoveragePlan]) -> Alternative:
    ground = problem.ground
    rows = sorted(problem.siting.candidate_of(site) for site in near.sites)
    draft = draft_of(ground, choose(ground, rows), Ended.FEASIBLE)
    n_other = near.n_different // 2
    zh = f"{n_other} 座建在别处，目标值 {draft.objective:,.0f}（所找到的最不同者）"
    en = f"{n_other} stand elsewhere, objective {draft.objective:,.0f} (the most different found)"
    return Alternative(Text(zh, en), draft.objective, draft.changes, near.n_different)
