"""Branch and bound on sites proves the best of all plans, and never claims more."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from optimizer.engines.budget import Budget
from optimizer.engines.facility_location import FacilityLocationProblem, Options
from optimizer.engines.facility_location.branching import Branching
from optimizer.engines.facility_location.lagrangian import Lagrangian
from optimizer.engines.facility_location.near import near_lists
from optimizer.engines.facility_location.primal import Best


def scattered(n_open: int | None, seed: int, fixed: float = 0.0) -> FacilityLocationProblem:
    rng = np.random.default_rng(seed)
    cost = np.hypot(*(rng.uniform(0, 60, (2, 14, 1)) - rng.uniform(0, 60, (2, 1, 9)))).round()
    options = Options(np.arange(9), np.full(9, fixed), np.full(9, np.inf))
    return FacilityLocationProblem(np.ones(14), cost, options, n_open=n_open)


def least(problem: FacilityLocationProblem) -> float:
    numbers = range(1, 10) if problem.n_open is None else (problem.n_open,)
    fixed = float(problem.options.fixed_cost[0])
    sets = (chosen for k in numbers for chosen in combinations(range(9), k))
    return float(min(problem.serve_cost[:, list(chosen)].min(axis=1).sum() + fixed * len(chosen) for chosen in sets))


def branched(problem: FacilityLocationProblem, n_root: int, n_rounds: int | None) -> tuple[Branching, Best]:
    lists = near_lists(problem)
    root, best = Lagrangian(problem, lists), Best(problem, lists)
    for _ in range(n_root):
        best.try_sites(root.round(best.cost), root.likely, lambda: False)
    branching = Branching(root, lists, best, 1)
    branching.run(Budget(n_rounds, None, lambda: False), lambda _: None)
    return branching, best


@pytest.mark.parametrize("seed", range(8))
def test_the_best_of_all_plans_is_proven(seed: int) -> None:
    for problem in (scattered(3, seed), scattered(None, seed, fixed=25.0)):
        branching, best = branched(problem, 3, None)
        assert best.cost == least(problem)
        assert branching.bound == best.cost


@pytest.mark.parametrize("seed", range(4))
def test_cut_short_the_bound_is_still_one(seed: int) -> None:
    problem = scattered(3, seed)
    for n_rounds in (1, 7, 50, 90):
        branching, best = branched(problem, 1, n_rounds)
        assert branching.bound <= least(problem) <= best.cost


def test_of_whole_costs_the_bound_is_whole() -> None:
    problem = scattered(3, 0)
    assert branched(problem, 2, 0)[0].bound % 1 == 0


def test_of_broken_costs_it_is_not_rounded() -> None:
    problem = scattered(3, 0)
    broken = FacilityLocationProblem(problem.demand, problem.serve_cost + 0.25, problem.options, n_open=3)
    branching, best = branched(broken, 3, None)
    assert best.cost == pytest.approx(least(broken))
    assert branching.bound == pytest.approx(best.cost)
