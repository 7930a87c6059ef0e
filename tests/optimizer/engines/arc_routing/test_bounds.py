from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.engines.arc_routing import ArcRoutingProblem, VehicleGroup
from optimizer.engines.arc_routing.bounds import assigned, least_vehicles, lower_bound, matched
from optimizer.engines.arc_routing.cuts import cut_bound
from tests.optimizer.engines.cases import RING, STAR, network_of, random_problem, ring, star, tasks_of


def test_star_must_be_driven_there_and_back() -> None:
    assert lower_bound(star(VehicleGroup(0, 0, (9,)))) == 200


def test_ring_needs_no_deadheading() -> None:
    assert lower_bound(ring(VehicleGroup(0, 0, (9,)))) == 40


def test_each_vehicle_leaves_and_enters_the_depot() -> None:
    # Two vehicles touch the depot four times, the ring's streets but twice: the cheapest street there and back is paid for.
    assert lower_bound(ring(VehicleGroup(0, 0, (2,)))) == 40 + 20


def test_fixed_cost_is_paid_for_each_vehicle_that_load_asks_for() -> None:
    problem = ring(VehicleGroup(0, 0, (2,), fixed_cost=100))
    assert least_vehicles(problem) == 2
    assert lower_bound(problem) == 260


def test_one_way_streets_leave_the_service_alone_proven() -> None:
    one_way = [(0, 1, 10), (1, 2, 10), (2, 0, 10)]
    tasks = tasks_of([(1, 2, 10)], reversible=[False])
    assert lower_bound(ArcRoutingProblem(network_of(3, [], one_way), tasks, (VehicleGroup(0, 0, (1,)),))) == 10


@pytest.mark.parametrize(
    "problem", [star(VehicleGroup(0, 0, (9,)), serve_all=False), replace(ring(VehicleGroup(0, 0, (1,))), tasks=tasks_of([]))]
)
def test_nothing_is_proven_where_not_all_is_served(problem: ArcRoutingProblem) -> None:
    assert lower_bound(problem) is None


def test_cut_off_streets_are_driven_there_and_back_too() -> None:
    streets = (*RING, (4, 5, 7), (6, 7, 8))
    assert lower_bound(ArcRoutingProblem(network_of(8, streets), tasks_of(streets), (VehicleGroup(0, 0, (9,)),)), bool) == 70


def test_different_ends_prove_the_service_only() -> None:
    assert lower_bound(ArcRoutingProblem(network_of(5, STAR), tasks_of(STAR), (VehicleGroup(0, 1, (9,)),))) == 100


def test_cuts_count_the_vehicles_behind_a_bridge() -> None:
    # A bridge 0 - 1 of 10 to a ring of three streets of 2 with load 6: vehicles of 2 must cross it six times.
    streets = ((0, 1, 10), (1, 2, 2), (2, 3, 2), (3, 1, 2))
    problem = ArcRoutingProblem(network_of(4, streets), tasks_of(streets, demand=[0, 2, 2, 2]), (VehicleGroup(0, 0, (2,)),))
    bound = lower_bound(problem)
    assert bound is not None
    assert bound >= 6 + 6 * 10
    assert cut_bound(problem, lambda: True) <= cut_bound(problem, bool)


def test_dumps_need_no_second_vehicle() -> None:
    assert least_vehicles(random_problem(1)) == 1


def test_assignment_never_goes_above_the_matching() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        half = rng.integers(1, 50, (8, 8)).astype(np.float64)
        cost = half + half.T
        np.fill_diagonal(cost, 0)
        assert assigned(cost) <= matched(cost)


def test_vehicles_that_carry_nothing_need_no_cuts() -> None:
    problem = ring(VehicleGroup(0, 0, (0,)))
    weightless = replace(problem, tasks=replace(problem.tasks, demand=np.zeros((4, 1), dtype=np.int64)))
    assert lower_bound(weightless) == 40
