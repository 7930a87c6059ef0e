from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.synthetic_town import town_problem
from optimizer.engines.arc_routing import ArcRoutingProblem, Limits, VehicleGroup, faults, methods, solve
from optimizer.engines.arc_routing.deadhead import hubs_of, path_finder
from optimizer.engines.arc_routing.full_loads import before_on_tree, cut_by_load, full_loads, may_be_filled, routes_of_loads
from optimizer.engines.budget import Budget
from tests.optimizer.engines.cases import network_of, ring, tasks_of

# Two branches of three streets each from depot 0: 0-1-2-3 and 0-4-5-6.
BRANCHES = [(0, 1, 2), (1, 2, 2), (2, 3, 2), (0, 4, 1), (4, 5, 1), (5, 6, 1)]


@pytest.fixture
def loads_from_200_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(methods, "MOST_TASKS_IN_PARTS_ALONE", 200)
    monkeypatch.setattr(sys.modules[solve.__module__], "_bound", lambda *_: None)


def branches() -> ArcRoutingProblem:
    return ArcRoutingProblem(network_of(7, BRANCHES), tasks_of(BRANCHES), (VehicleGroup(0, 0, (3,)),))


def test_each_branch_fills_one_vehicle() -> None:
    problem = branches()
    assert problem.tasks.demand[:, 0].tolist() == [1] * 6
    loads = full_loads(problem, hubs_of(problem, path_finder(problem.network), bool))
    assert sorted(load.tolist() for load in loads) == [[0, 1, 2], [3, 4, 5]]


def test_streets_that_cost_nothing_make_no_ring() -> None:
    network = network_of(3, [(0, 1, 0), (1, 2, 0)])
    assert before_on_tree(network, np.zeros(3, dtype=np.int64)).tolist() == [-1, -1, -1]


def test_what_fills_more_than_a_vehicle_stands_alone() -> None:
    rows = cut_by_load(np.array([2, 2, 9, 1]), 4, np.array([7, 5, 3, 1]))
    assert [row.tolist() for row in rows] == [[5, 7], [3], [1]]


def test_only_capacity_may_count() -> None:
    problem = branches()
    assert may_be_filled(problem)
    assert not may_be_filled(replace(problem, groups=(VehicleGroup(0, 0, (3,), 2),)))
    assert not may_be_filled(replace(problem, groups=(VehicleGroup(0, 0, (3,), shift_s=100),)))
    assert not may_be_filled(replace(problem, serve_all=False))


def test_loads_become_routes_without_faults_as_far_as_they_are_made() -> None:
    problem = ring(VehicleGroup(0, 0, (4,)))
    finder = path_finder(problem.network)
    places = hubs_of(problem, finder, bool), finder
    costed, n_steps = routes_of_loads(problem, places, 1, Budget(None, None, bool))
    assert n_steps == 2 * problem.n_tasks
    assert {task for route, _ in costed for task in route.tasks} == set(range(problem.n_tasks))
    assert routes_of_loads(problem, places, 1, Budget(None, None, lambda: True)) == ([], 0)


@pytest.mark.usefixtures("loads_from_200_tasks")
def test_a_large_town_is_the_same_on_two_threads_and_no_worse_than_its_start() -> None:
    problem = town_problem(300, 1)
    one, two = (solve(problem, limits=Limits(work_limit=3_000), seed=1, threads=n) for n in (1, 2))
    assert (one.plan, one.cost, one.n_iterations) == (two.plan, two.cost, two.n_iterations)
    assert faults(problem, one.plan, claimed_cost=one.cost) == []
    assert not one.unserved
    again = solve(problem, limits=Limits(work_limit=600), seed=2, start=one.plan)
    assert again.cost <= one.cost < solve(problem, limits=Limits(work_limit=0), seed=1).cost
