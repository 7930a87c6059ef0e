from __future__ import annotations

import pytest

from optimizer.engines.arc_routing import Limits, VehicleGroup, faults, solve
from optimizer.engines.arc_routing.chains import MOST_CHAINS, n_chains
from tests.optimizer.engines.cases import Hasty, random_problem, star


@pytest.mark.parametrize(
    ("n_tasks", "n_steps", "seconds", "n"),
    [
        (100, 1000, None, 1),
        (10, 12_000, None, 2),
        (10, 18_000, None, 2),
        (10, 10**9, None, MOST_CHAINS),
        (100, None, 10.0, 2),
    ],
)
def test_chains_are_one_or_even_by_work_alone(n_tasks: int, n_steps: int | None, seconds: float | None, n: int) -> None:
    assert n_chains(n_tasks, n_steps, seconds) == n


def test_two_threads_find_what_one_finds() -> None:
    problem = star(VehicleGroup(0, 0, (2,), fixed_cost=1))
    one, two = (solve(problem, limits=Limits(work_limit=5_000), seed=3, threads=n) for n in (1, 2))
    assert one.plan == two.plan
    assert one.cost == 202


def test_two_threads_find_what_one_finds_without_a_bound_to_stop_at() -> None:
    problem = random_problem(1)
    limits = Limits(work_limit=4 * 600 * problem.n_tasks)
    one, two = (solve(problem, limits=limits, seed=3, threads=n) for n in (1, 2))
    assert (one.plan, one.cost, one.n_iterations) == (two.plan, two.cost, two.n_iterations)
    assert (one.threads, two.threads) == (1, 2)
    assert faults(problem, two.plan, claimed_cost=two.cost) == []


def test_all_chains_end_when_told() -> None:
    problem, monitor = random_problem(2), Hasty()
    result = solve(problem, limits=Limits(work_limit=10**8), monitor=monitor, threads=2)
    assert result.n_iterations < 10**7
    assert faults(problem, result.plan, claimed_cost=result.cost) == []
