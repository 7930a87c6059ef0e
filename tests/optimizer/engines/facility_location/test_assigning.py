"""Whole customers are dealt to sites with room for them, within the time that is given."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from optimizer.engines.facility_location import FacilityLocationProblem, Limits, Options, faults, solve
from optimizer.engines.facility_location.assigning import assigned


def towns(n: int, m: int, seed: int = 0) -> FacilityLocationProblem:
    rng = np.random.default_rng(seed)
    demand = rng.integers(1, 100, n).astype(float)
    cost = np.hypot(*(rng.uniform(0, 1000, (2, n, 1)) - rng.uniform(0, 1000, (2, 1, m)))) * demand[:, None]
    capacity = np.full(m, 1.3 * demand.sum() / m)
    return FacilityLocationProblem(demand, cost, Options(np.arange(m), np.ones(m), capacity), single_source=True)


def test_two_customers_are_exchanged_where_neither_can_move() -> None:
    """The big one is dealt first, to the site that is nearer to it by little; exchanged, both save."""
    cost = np.array([[5.0, 6.0], [1.0, 9.0]])
    options = Options(np.arange(2), np.zeros(2), np.array([4.0, 4.0]))
    problem = FacilityLocationProblem(np.array([4.0, 3.0]), cost, options, single_source=True)
    plan = assigned(problem, np.ones(2, dtype=np.bool_), lambda: False)
    assert plan is not None
    assert [(s.customer, s.site) for s in plan.supplies] == [(0, 1), (1, 0)]


def test_sites_too_small_for_one_of_the_customers_make_no_plan() -> None:
    options = Options(np.arange(2), np.zeros(2), np.array([3.0, 3.0]))
    problem = FacilityLocationProblem(np.array([4.0, 1.0]), np.ones((2, 2)), options, single_source=True)
    assert assigned(problem, np.ones(2, dtype=np.bool_), lambda: False) is None


def test_dealing_ends_when_it_is_told_and_the_plan_is_right() -> None:
    problem = towns(1500, 30)
    asked: list[int] = []

    def ends() -> bool:
        asked.append(1)
        return True

    plan = assigned(problem, np.ones(30, dtype=np.bool_), ends)
    assert plan is not None
    assert faults(problem, plan) == ()
    assert len(asked) == 2


def test_large_single_source_problems_end_in_time() -> None:
    """What once ran for minutes beyond its limit, since exchanges of customers did not look at the clock."""
    problem = towns(2500, 60)
    solve(towns(6, 2), limits=Limits(work_limit=4))
    began_s = perf_counter()
    result = solve(problem, limits=Limits(time_limit_s=1.0))
    assert perf_counter() - began_s < 6.0
    assert result.plan is not None
    assert faults(problem, result.plan, claimed_cost=result.cost) == ()
