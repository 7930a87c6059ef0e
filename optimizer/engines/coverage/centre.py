"""The p-centre: halve the range of distances, and ask of each whether so many sites cover all within it.

Minieka 1970, doi 10.1137/1012016.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from optimizer.engines.budget import Budget
from optimizer.engines.coverage.checker import nearest_m
from optimizer.engines.coverage.ground import Rows, rows_of
from optimizer.engines.coverage.own import Answer
from optimizer.engines.coverage.problem import TOLERANCE_M, CoverageProblem
from optimizer.engines.coverage.solution import CoveragePlan

# How some rows are solved: rows, budget, sites to begin at, value to be reached.
RowSolver = Callable[[Rows, Budget, tuple[int, ...], int], Answer]


@dataclass(frozen=True)
class Centre:
    """What is known of a p-centre.

    Parameters
    ----------
    sites
        Of the best plan.
    is_whole
        Whether it keeps all rules and reaches all.
    bound_m
        No plan has a longest distance below it; None where nothing is proven.
    infeasible
        Whether there is proven to be no plan.
    n_steps
        Steps taken.
    """

    sites: tuple[int, ...]
    is_whole: bool
    bound_m: float | None
    infeasible: bool
    n_steps: int


def solve_centre(problem: CoverageProblem, budget: Budget, start: tuple[int, ...], solver: RowSolver) -> Centre:
    """Return the plan of the least longest distance that was found, and the greatest distance proven too short."""
    wanted = (problem.weight > 0)[problem.reach.customers] & ~problem.barred[problem.reach.sites]
    distances_m = np.unique(np.append(problem.reach.distance_m[wanted], 0.0))
    first = _target(problem, budget, float(distances_m[-1]), start, solver)
    if not first.is_whole:
        return Centre(first.sites, False, None, first.infeasible, first.n_steps)
    best, n_steps = first.sites, first.n_steps
    low, proven, high = 0, 0, _place(problem, best, distances_m)
    while low < high and not budget.over:
        middle = (low + high) // 2
        part = _share(budget, n_steps, high - low)
        found = _target(problem, part, float(distances_m[middle]), best, solver)
        n_steps += found.n_steps
        if found.is_whole:
            best, high = found.sites, min(high - 1, _place(problem, found.sites, distances_m))
            continue
        low = middle + 1
        if found.infeasible:
            proven = low
    return Centre(best, True, float(distances_m[min(proven, _place(problem, best, distances_m))]), False, n_steps)


def _share(budget: Budget, n_done: int, n_left: int) -> Budget:
    """Return the share of what is left of the budget for one of the halvings to come."""
    left = budget if budget.n_steps is None else replace(budget, n_steps=max(0, budget.n_steps - n_done))
    return left.part(1.5 / (1.5 + np.log2(max(1, n_left))))


def _place(
    problem: CoverageProblem, sites: tuple[int, ...], distances_m: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> int:
    """Return the place among the distances of a plan's longest one."""
    far_m = nearest_m(problem, CoveragePlan(sites))[problem.weight > 0].max(initial=0.0)
    return int(np.searchsorted(distances_m, far_m))


def _target(problem: CoverageProblem, budget: Budget, limit_m: float, start: tuple[int, ...], solver: RowSolver) -> Answer:
    """Look for a plan that covers all within a distance; `is_whole` says whether it does, `infeasible` that none can."""
    rows = rows_of(problem, limit_m)
    if not rows.complete:
        return Answer(start, False, None, True, 0)
    target = int(rows.ground.limits[2])
    found = solver(rows, budget, start, target)
    reach_m = nearest_m(problem, CoveragePlan(found.sites))[problem.weight > 0].max(initial=0.0)
    reached = found.is_whole and bool(reach_m <= limit_m + TOLERANCE_M)
    return replace(found, is_whole=reached, infeasible=not reached and (found.infeasible or _below(found.bound, target)))


def _below(bound: int | None, target: int) -> bool:
    return bound is not None and bound < target
