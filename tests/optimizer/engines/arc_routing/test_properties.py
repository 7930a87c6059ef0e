"""What holds for any problem, on small ones that are feasible by construction."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.engines.arc_routing import Limits, Outcome, faults, solve
from tests.optimizer.engines.cases import random_problem

SEEDS = st.integers(0, 10_000)
QUICK = settings(max_examples=15, deadline=None)
WORK = Limits(work_limit=300)


@given(SEEDS, st.booleans())
@QUICK
def test_a_plan_without_faults_always_comes(seed: int, dumps: bool) -> None:
    problem = random_problem(seed, dumps=dumps)
    result = solve(problem, limits=WORK, seed=seed)
    assert faults(problem, result.plan, claimed_cost=result.cost) == []
    assert result.unserved == ()
    assert result.bound is not None
    assert result.bound <= result.cost


@given(SEEDS)
@QUICK
def test_more_vehicles_never_serve_less(seed: int) -> None:
    problem = random_problem(seed, limited=True)
    few = solve(problem, limits=WORK)
    assert faults(problem, few.plan, claimed_cost=few.cost) == []
    more = replace(problem, groups=(replace(problem.groups[0], n_vehicles=3),))
    many = solve(more, limits=WORK, start=few.plan)
    assert faults(more, many.plan, claimed_cost=many.cost) == []
    assert many.value_served >= few.value_served


@given(SEEDS)
@QUICK
def test_doubled_costs_double_the_cost(seed: int) -> None:
    problem = random_problem(seed)
    network = replace(problem.network, arc_cost=2 * problem.network.arc_cost)
    tasks = replace(problem.tasks, cost=2 * problem.tasks.cost)
    groups = tuple(replace(group, fixed_cost=2 * group.fixed_cost) for group in problem.groups)
    facilities = tuple(replace(facility, visit_cost=2 * facility.visit_cost) for facility in problem.facilities)
    doubled = replace(problem, network=network, tasks=tasks, groups=groups, facilities=facilities)
    plan = solve(problem, limits=WORK)
    assert solve(doubled, limits=WORK).cost == 2 * plan.cost


@pytest.mark.parametrize("limited", [False, True])
def test_same_seed_and_work_make_the_same_plan(limited: bool) -> None:
    problem = random_problem(5, limited=limited)
    first, second = (solve(problem, limits=WORK, seed=3) for _ in range(2))
    assert first.plan == second.plan
    assert first.outcome in {Outcome.FEASIBLE, Outcome.OPTIMAL}
