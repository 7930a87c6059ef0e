"""Why sites are closed and what they would change; whom the open ones do not cover."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimizer.engines.coverage.checker import n_covering, nearest_m, objective
from optimizer.engines.coverage.ground import rows_of
from optimizer.engines.coverage.kernels.answers import force_in, take_back
from optimizer.engines.coverage.kernels.moves import open_sites
from optimizer.engines.coverage.kernels.state import COST, N_LOG, VALUE, empty_state
from optimizer.engines.coverage.problem import TOLERANCE_M, Aim, CoverageProblem
from optimizer.engines.coverage.solution import Closed, CoveragePlan, Rule, Uncovered


def why_closed(problem: CoverageProblem, plan: CoveragePlan, stopped: Callable[[], bool]) -> tuple[Closed, ...]:
    """Return each site that is not open, with the rule that excludes it or the change that it would make.

    Parameters
    ----------
    problem
        What was asked.
    plan
        The answer; where it breaks a rule, no change is told.
    stopped
        Once it is true, changes are no longer worked out.
    """
    limit_m = None
    if problem.aim is Aim.P_CENTRE:
        longest_m = objective(problem, plan)
        limit_m = 0.0 if longest_m is None else longest_m
    ground = rows_of(problem, limit_m).ground
    state = empty_state(ground)
    open_sites(ground, state, np.array(plan.sites, dtype=np.int64))
    value, cost, found = int(state.totals[VALUE]), int(state.totals[COST]), []
    is_open = set(plan.sites)
    for site in range(problem.n_sites):
        if site in is_open:
            continue
        rule = _rule(problem, site)
        if rule is not None or stopped():
            found.append(Closed(site, rule))
            continue
        keeps = force_in(ground, state, site)
        closed = tuple(sorted(int(other) for other in state.log[1 : state.totals[N_LOG]]))
        gained, spent = int(state.totals[VALUE]) - value, int(state.totals[COST]) - cost
        take_back(ground, state)
        change = float(spent if problem.aim is Aim.SET_COVER else gained)
        if problem.aim is Aim.P_CENTRE:
            change_m = _centre_change(problem, plan, site, closed)
            keeps, change = keeps and change_m is not None, change_m or 0.0
        found.append(Closed(site, None, change, closed) if keeps else Closed(site, None))
    return tuple(found)


def _rule(problem: CoverageProblem, site: int) -> Rule | None:
    """Return the rule that keeps a site closed in every plan."""
    forced = np.flatnonzero(problem.forced)
    if problem.barred[site]:
        return Rule.MUST_NOT
    pairs = problem.pairs[(problem.pairs == site).any(axis=1)]
    if problem.forced[pairs].any():
        return Rule.TOO_NEAR
    district = int(problem.districts[site])
    most = problem.quotas[district].at_most if district >= 0 else None
    if most is not None and (problem.districts[forced] == district).sum() >= most:
        return Rule.QUOTA
    if problem.budget is not None and problem.price[forced].sum() + problem.price[site] > problem.budget:
        return Rule.COST
    if problem.most_open is not None and (~problem.exists[forced]).sum() >= problem.most_open:
        return Rule.NUMBER
    return None


def _centre_change(problem: CoverageProblem, plan: CoveragePlan, site: int, closed: tuple[int, ...]) -> float | None:
    """Return by how many metres the longest distance changes; None where someone is no longer reached."""
    before_m = objective(problem, plan)
    sites = tuple(sorted({*plan.sites, site} - set(closed)))
    after_m = objective(problem, CoveragePlan(sites))
    return None if before_m is None or after_m is None else after_m - before_m


def who_is_uncovered(problem: CoverageProblem, plan: CoveragePlan) -> tuple[Uncovered, ...]:
    """Return each customer of positive weight who lacks cover, with the nearest closed site that would give it."""
    if problem.aim is Aim.P_CENTRE:
        limit_m = np.inf
        lacks = ~np.isfinite(nearest_m(problem, plan))
    else:
        limit_m = problem.steps[-1].limit_m
        needs = problem.needs if problem.aim is Aim.SET_COVER else 1
        lacks = n_covering(problem, plan, limit_m) < needs
    lacks &= problem.weight > 0
    reach = problem.reach
    useful = lacks[reach.customers] & ~problem.barred[reach.sites] & ~np.isin(reach.sites, plan.sites)
    useful &= reach.distance_m <= limit_m + TOLERANCE_M
    customers, sites, distance_m = reach.customers[useful], reach.sites[useful], reach.distance_m[useful]
    order = np.lexsort((sites, distance_m, customers))
    who, first = np.unique(customers[order], return_index=True)
    nearest = {int(c): (int(sites[order][k]), float(distance_m[order][k])) for c, k in zip(who, first, strict=True)}
    return tuple(Uncovered(int(c), *nearest.get(int(c), (None, None))) for c in np.flatnonzero(lacks))
