from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.engines.arc_routing import ArcRoutingProblem, Facility, Network, VehicleGroup
from optimizer.engines.arc_routing.bounds import lower_bound
from optimizer.engines.arc_routing.clusters import clusters_of
from optimizer.engines.arc_routing.relaxation import relaxation_of
from optimizer.engines.instances.carp import read_carp
from tests.optimizer.engines.cases import RING, network_of, ring, star, tasks_of
from tests.optimizer.engines.exhaustive import least_cost
from tests.optimizer.engines.tiny import tiny


def test_star_must_be_driven_there_and_back() -> None:
    assert lower_bound(star(VehicleGroup(0, 0, (9,)))) == 200


def test_ring_needs_no_deadheading() -> None:
    assert lower_bound(ring(VehicleGroup(0, 0, (9,)))) == 40


def test_each_vehicle_leaves_and_enters_the_depot() -> None:
    # Two vehicles serve two streets each and drive them back, as half the ring is as far from its other end.
    assert lower_bound(ring(VehicleGroup(0, 0, (2,)))) == 40 + 40


def test_fixed_cost_is_paid_for_each_vehicle_that_load_asks_for() -> None:
    assert lower_bound(ring(VehicleGroup(0, 0, (2,), fixed_cost=100))) == 40 + 40 + 200


def test_fixed_cost_is_paid_for_each_vehicle_that_shifts_ask_for() -> None:
    # The star takes 200 s there and back, a shift has 100 s.
    assert lower_bound(star(VehicleGroup(0, 0, (9,), fixed_cost=100, shift_s=105, setup_s=5))) == 200 + 200


def test_the_cheaper_type_of_vehicle_for_its_room_is_paid_for() -> None:
    # Load 4: two small vehicles cost 60, one large one 50.
    small, large = VehicleGroup(0, 0, (2,), fixed_cost=30), VehicleGroup(0, 0, (4,), fixed_cost=50)
    assert lower_bound(replace(ring(small), groups=(small, large))) == 40 + 50


def test_one_way_streets_are_driven_round() -> None:
    one_way = [(0, 1, 10), (1, 2, 10), (2, 0, 10)]
    tasks = tasks_of([(1, 2, 10)], reversible=[False])
    assert lower_bound(ArcRoutingProblem(network_of(3, [], one_way), tasks, (VehicleGroup(0, 0, (1,)),))) == 30


def test_a_reversible_street_is_served_in_the_direction_that_suits() -> None:
    # A ring of one-way streets, and a street across it: served against the ring's direction it closes a shorter round.
    one_way = [(0, 1, 10), (1, 2, 10), (2, 0, 10)]
    tasks = tasks_of([(0, 2, 5)])
    network = network_of(3, [(0, 2, 5)], one_way)
    assert lower_bound(ArcRoutingProblem(network, tasks, (VehicleGroup(0, 0, (1,)),))) == 10


def test_turns_on_a_network_of_street_ends_are_counted() -> None:
    # A dead end 0 - 1 as states: 0 leaves the depot, 1 arrives; 2 leaves the end, 3 is back. Turning round costs 7.
    network = Network(
        4, np.array([0, 1, 2, 3]), np.array([1, 2, 3, 0]), np.array([10, 7, 10, 0]), np.zeros(4, dtype=np.int64)
    )
    tasks = replace(tasks_of([(0, 1, 10)]), entry=np.array([[0, 2]]), exit=np.array([[1, 3]]))
    assert lower_bound(ArcRoutingProblem(network, tasks, (VehicleGroup(0, 0, (1,)),))) == 10 + 7 + 10


def test_each_trip_ends_at_the_dump() -> None:
    # Depot 0, dump 1 at the end of a street of 5, work at the end of a street of 10: two trips, each 10 there and 10 back
    # (one of the four serves), and the ways from the depot to the dump and home between them.
    streets = [(0, 1, 5), (0, 2, 10)]
    tasks = tasks_of([(0, 2, 10), (0, 2, 10)], demand=[3, 3])
    problem = ArcRoutingProblem(network_of(3, streets), tasks, (VehicleGroup(0, 0, (3,)),), (Facility(1, visit_cost=2),))
    assert lower_bound(problem) == least_cost(problem) == 40 + 4 * 5 + 2 * 2
    # Need not the last load be dumped, one visit and one way there and back are saved, but so they are by two vehicles.
    assert lower_bound(replace(problem, must_end_empty=False)) == least_cost(replace(problem, must_end_empty=False)) == 40


@pytest.mark.parametrize(
    "problem", [star(VehicleGroup(0, 0, (9,)), serve_all=False), replace(ring(VehicleGroup(0, 0, (1,))), tasks=tasks_of([]))]
)
def test_nothing_is_proven_where_not_all_is_served(problem: ArcRoutingProblem) -> None:
    assert lower_bound(problem) is None


def test_cut_off_streets_are_paid_for_at_least_once() -> None:
    streets = (*RING, (4, 5, 7), (6, 7, 8))
    bound = lower_bound(ArcRoutingProblem(network_of(8, streets), tasks_of(streets), (VehicleGroup(0, 0, (9,)),)))
    assert bound is not None
    assert bound >= 40 + 7 + 8


def test_open_routes_end_elsewhere() -> None:
    # From 0 along the ring's first street to 1: nothing else is to be driven.
    problem = ArcRoutingProblem(network_of(4, RING), tasks_of(RING[:1]), (VehicleGroup(0, 1, (9,)),))
    assert lower_bound(problem) == least_cost(problem) == 10


def test_cuts_count_the_vehicles_behind_a_bridge() -> None:
    # A bridge 0 - 1 of 10 to a ring of three streets of 2 with load 6: vehicles of 2 must cross it six times.
    streets = ((0, 1, 10), (1, 2, 2), (2, 3, 2), (3, 1, 2))
    problem = ArcRoutingProblem(network_of(4, streets), tasks_of(streets, demand=[0, 2, 2, 2]), (VehicleGroup(0, 0, (2,)),))
    bound = lower_bound(problem)
    assert bound is not None
    assert bound >= 6 + 6 * 10


def test_vehicles_that_carry_nothing_need_no_cuts() -> None:
    problem = ring(VehicleGroup(0, 0, (0,)))
    weightless = replace(problem, tasks=replace(problem.tasks, demand=np.zeros((4, 1), dtype=np.int64)))
    assert lower_bound(weightless) == 40


def test_stopped_at_once_the_service_is_still_proven() -> None:
    assert lower_bound(star(VehicleGroup(0, 0, (9,))), lambda: True) == 100


@pytest.mark.parametrize("kind", ["undirected", "mixed", "dumps", "water", "types"])
@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_plan_goes_below_the_bound(kind: str, seed: int) -> None:
    problem = tiny(seed, kind)
    least = least_cost(problem)
    bound = lower_bound(problem)
    assert least is not None
    assert bound is not None
    served = problem.tasks.cost.min(axis=1).sum()
    assert served <= bound <= least


def test_shifts_count_too() -> None:
    problem = replace(tiny(3, "mixed"), groups=(VehicleGroup(0, 0, (9,), shift_s=70, fixed_cost=50),))
    bound, least = lower_bound(problem), least_cost(problem)
    assert bound is not None
    assert least is not None
    assert bound <= least


def test_a_small_public_instance_is_proven_best(shared: Path) -> None:
    path = shared / "benchmarks" / "carp" / "gdb" / "gdb1.dat"
    assert lower_bound(read_carp(path, path.read_text(encoding="latin-1")).problem) == 316


def test_stop_is_honoured_in_the_midst(shared: Path) -> None:
    path = shared / "benchmarks" / "carp" / "egl-large" / "egl-g1-A.dat"
    problem = read_carp(path, path.read_text(encoding="latin-1")).problem
    asked: list[float] = []

    def stopped() -> bool:
        asked.append(perf_counter())
        return len(asked) > 20

    bound = lower_bound(problem, stopped)
    late_s = perf_counter() - asked[20]
    assert bound is not None
    assert bound >= problem.tasks.cost[:, 0].sum()
    # A few looks at the flag later it is over, on a machine that does other work too.
    assert late_s < 3.0


def test_clusters_keep_hubs_apart_and_become_few() -> None:
    side = 12
    streets = [(v, v + 1, 1 + v % 7) for v in range(side * side) if v % side < side - 1]
    streets += [(v, v + side, 1 + v % 5) for v in range(side * (side - 1))]
    problem = ArcRoutingProblem(network_of(side * side, streets), tasks_of(streets), (VehicleGroup(0, 0, (9,)),))
    cluster = clusters_of(relaxation_of(problem), 30)
    assert len(cluster) == side * side
    assert int(cluster.max()) + 1 == 30
    assert (cluster == cluster[0]).sum() == 1
    assert np.bincount(cluster).max() <= side * side / 3
