"""Is this plan right, and what is it worth? No solver, no compiled code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import numpy as np

from optimizer.engines.coverage.lists import FloatArray, IntArray
from optimizer.engines.coverage.problem import TOLERANCE_M, Aim, CoverageProblem
from optimizer.engines.coverage.solution import CoveragePlan


class FaultKind(Enum):
    """What can be wrong with a plan."""

    UNKNOWN_SITE = "unknown site"
    TWICE = "site named twice"
    MUST_BE_OPEN = "must be open"
    MUST_NOT_BE_OPEN = "must not be open"
    TOO_MANY = "too many sites"
    TOO_COSTLY = "too costly"
    TOO_FEW_IN_DISTRICT = "too few in a district"
    TOO_MANY_IN_DISTRICT = "too many in a district"
    TOO_NEAR = "too near to one another"
    NOT_COVERED = "not covered"
    WRONG_OBJECTIVE = "wrong objective"


@dataclass(frozen=True)
class PlanFault:
    """One thing that is wrong.

    Parameters
    ----------
    kind
        Which rule is broken.
    text
        Where, by what value, and what was expected.
    """

    kind: FaultKind
    text: str


def faults(problem: CoverageProblem, plan: CoveragePlan, *, claimed: float | None = None) -> list[PlanFault]:
    """Return everything that is wrong with `plan`; an empty list means it is right.

    Parameters
    ----------
    problem
        What was asked.
    plan
        The answer.
    claimed
        The objective it is said to have, checked when given.
    """
    found = list(_unknown(problem, plan))
    if found:
        return found
    found = [*_locks(problem, plan), *_totals(problem, plan), *_quotas(problem, plan), *_spacing(problem, plan)]
    found += _cover(problem, plan)
    if claimed is not None:
        own = objective(problem, plan)
        if own is None or abs(own - claimed) > TOLERANCE_M:
            found.append(PlanFault(FaultKind.WRONG_OBJECTIVE, f"the plan is said to reach {claimed:g}, it reaches {own}"))
    return found


def objective(problem: CoverageProblem, plan: CoveragePlan) -> float | None:
    """Return what a plan reaches; None for a p-centre that leaves someone without a site."""
    if problem.aim is Aim.SET_COVER:
        return float(plan_cost(problem, plan))
    if problem.aim is Aim.P_CENTRE:
        far_m = nearest_m(problem, plan)[problem.weight > 0]
        longest_m = float(far_m.max()) if len(far_m) else 0.0
        return longest_m if np.isfinite(longest_m) else None
    points = np.zeros(problem.n_customers, dtype=np.int64)
    for step in problem.steps:
        points = np.maximum(points, step.points * (n_covering(problem, plan, step.limit_m) > 0))
    total = int((points * problem.weight).sum())
    if problem.backup_weight is not None:
        twice = n_covering(problem, plan, problem.steps[0].limit_m) > 1
        total += problem.steps[0].points * int(problem.backup_weight[twice].sum())
    return float(total)


def plan_cost(problem: CoverageProblem, plan: CoveragePlan) -> int:
    """Return what opening the sites of a plan costs."""
    return sum(int(problem.cost[site]) for site in plan.sites if not problem.exists[site])


def n_covering(problem: CoverageProblem, plan: CoveragePlan, limit_m: float) -> IntArray:
    """Return how many open sites each customer has within a limit, which is included, shape (n_customers,)."""
    is_open = np.isin(problem.reach.sites, plan.sites)
    near = is_open & (problem.reach.distance_m <= limit_m + TOLERANCE_M)
    return np.bincount(problem.reach.customers[near], minlength=problem.n_customers).astype(np.int64)


def nearest_m(problem: CoverageProblem, plan: CoveragePlan) -> FloatArray:
    """Return each customer's distance to the nearest open site, in metres, endless where there is none."""
    is_open = np.isin(problem.reach.sites, plan.sites)
    found = np.full(problem.n_customers, np.inf)
    np.minimum.at(found, problem.reach.customers[is_open], problem.reach.distance_m[is_open])
    return found


def serving(problem: CoverageProblem, plan: CoveragePlan) -> IntArray:
    """Return the site each customer goes to: the nearest open one, of equally near ones the first; -1 for none."""
    is_open = np.isin(problem.reach.sites, plan.sites)
    customers, sites = problem.reach.customers[is_open], problem.reach.sites[is_open]
    order = np.lexsort((sites, problem.reach.distance_m[is_open], customers))
    found = np.full(problem.n_customers, -1, dtype=np.int64)
    who, first = np.unique(customers[order], return_index=True)
    found[who] = sites[order][first]
    return found


def _unknown(problem: CoverageProblem, plan: CoveragePlan) -> Iterator[PlanFault]:
    for k, site in enumerate(plan.sites):
        if not 0 <= site < problem.n_sites:
            yield PlanFault(FaultKind.UNKNOWN_SITE, f"site {site}, there are {problem.n_sites}")
        elif site in plan.sites[:k]:
            yield PlanFault(FaultKind.TWICE, f"site {site} is named twice")


def _locks(problem: CoverageProblem, plan: CoveragePlan) -> Iterator[PlanFault]:
    is_open = set(plan.sites)
    for site in np.flatnonzero(problem.forced).tolist():
        if site not in is_open:
            why = "exists" if problem.exists[site] else "must be open"
            yield PlanFault(FaultKind.MUST_BE_OPEN, f"site {site} {why} and is not in the plan")
    for site in plan.sites:
        if problem.barred[site]:
            yield PlanFault(FaultKind.MUST_NOT_BE_OPEN, f"site {site} is open and must not be")


def _totals(problem: CoverageProblem, plan: CoveragePlan) -> Iterator[PlanFault]:
    n_new = sum(not problem.exists[site] for site in plan.sites)
    if problem.most_open is not None and n_new > problem.most_open:
        yield PlanFault(FaultKind.TOO_MANY, f"{n_new} sites are opened, at most {problem.most_open} are expected")
    cost = plan_cost(problem, plan)
    if problem.budget is not None and cost > problem.budget:
        yield PlanFault(FaultKind.TOO_COSTLY, f"the sites cost {cost}, at most {problem.budget} is expected")


def _quotas(problem: CoverageProblem, plan: CoveragePlan) -> Iterator[PlanFault]:
    for k, quota in enumerate(problem.quotas):
        n = sum(int(problem.districts[site]) == k for site in plan.sites)
        if n < quota.at_least:
            text = f"district {k}: {n} sites are open, at least {quota.at_least} are expected"
            yield PlanFault(FaultKind.TOO_FEW_IN_DISTRICT, text)
        if quota.at_most is not None and n > quota.at_most:
            text = f"district {k}: {n} sites are open, at most {quota.at_most} are expected"
            yield PlanFault(FaultKind.TOO_MANY_IN_DISTRICT, text)


def _spacing(problem: CoverageProblem, plan: CoveragePlan) -> Iterator[PlanFault]:
    is_open = set(plan.sites)
    for first, second in problem.pairs.tolist():
        if first in is_open and second in is_open:
            yield PlanFault(FaultKind.TOO_NEAR, f"sites {first} and {second} are open and too near to one another")


def _cover(problem: CoverageProblem, plan: CoveragePlan) -> Iterator[PlanFault]:
    if problem.aim is Aim.MAXIMAL:
        return
    if problem.aim is Aim.P_CENTRE:
        for customer in np.flatnonzero((problem.weight > 0) & ~np.isfinite(nearest_m(problem, plan))):
            yield PlanFault(FaultKind.NOT_COVERED, f"customer {customer} reaches no open site")
        return
    limit_m = problem.steps[0].limit_m
    n = n_covering(problem, plan, limit_m)
    for customer in np.flatnonzero(n < problem.needs):
        text = f"customer {customer}: {n[customer]} sites within {limit_m:g} m, {problem.needs[customer]} are expected"
        yield PlanFault(FaultKind.NOT_COVERED, text)
