"""The best plan of a small coverage problem, by trying every set of sites. Shares no code with the engine or its checker."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from optimizer.engines.coverage import Aim, CoverageProblem


def best_of_all(problem: CoverageProblem) -> float | None:
    """Return the best objective that any plan has; None where no plan keeps all rules."""
    values = [value for plan in _plans(problem) if (value := _value(problem, plan)) is not None]
    if not values:
        return None
    return max(values) if problem.aim is Aim.MAXIMAL else min(values)


def _plans(problem: CoverageProblem) -> Iterator[tuple[int, ...]]:
    for n in range(problem.n_sites + 1):
        for plan in combinations(range(problem.n_sites), n):
            if _keeps_rules(problem, set(plan)):
                yield plan


def _marked(mask: object) -> set[int]:
    return set() if mask is None else {k for k, value in enumerate(np.asarray(mask).tolist()) if value}


def _keeps_rules(problem: CoverageProblem, plan: set[int]) -> bool:
    existing, must, must_not = _marked(problem.existing), _marked(problem.must), _marked(problem.must_not)
    if not existing | must <= plan or plan & must_not:
        return False
    new = plan - existing
    if problem.most_open is not None and len(new) > problem.most_open:
        return False
    if problem.budget is not None and sum(int(problem.cost[k]) for k in new) > problem.budget:
        return False
    for k, quota in enumerate(problem.quotas):
        assert problem.district is not None
        n = sum(1 for site in plan if problem.district[site] == k)
        if n < quota.at_least or (quota.at_most is not None and n > quota.at_most):
            return False
    pairs = [] if problem.too_near is None else problem.too_near.tolist()
    return not any(a in plan and b in plan and not {a, b} <= existing for a, b in pairs)


def _value(problem: CoverageProblem, plan: tuple[int, ...]) -> float | None:
    reach = problem.reach
    far_m = np.full((problem.n_customers, problem.n_sites), np.inf)
    for customer in range(problem.n_customers):
        for k in range(reach.offsets[customer], reach.offsets[customer + 1]):
            far_m[customer, reach.sites[k]] = reach.distance_m[k]
    total = 0.0
    for customer in range(problem.n_customers):
        weight = int(problem.weight[customer])
        ways_m = sorted(far_m[customer, site] for site in plan)
        if problem.aim is Aim.P_CENTRE:
            if weight:
                total = max(total, ways_m[0] if ways_m else np.inf)
            continue
        within = [sum(way_m <= step.limit_m for way_m in ways_m) for step in problem.steps]
        if problem.aim is Aim.SET_COVER:
            need = 1 if problem.need is None else int(problem.need[customer])
            if weight and within[0] < need:
                return None
            continue
        total += weight * max((step.points for step, n in zip(problem.steps, within, strict=True) if n), default=0)
        if problem.backup_weight is not None and within[0] > 1:
            total += problem.steps[0].points * int(problem.backup_weight[customer])
    if problem.aim is Aim.SET_COVER:
        return float(sum(int(problem.cost[site]) for site in plan if site not in _marked(problem.existing)))
    return total if np.isfinite(total) else None
