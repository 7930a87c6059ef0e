"""One constraint a test, on cases with an answer known by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from layers.errors import ParameterError
from optimizer.engines.arc_routing import (
    ArcRoutingProblem,
    Facility,
    Limits,
    Outcome,
    Reason,
    StopKind,
    Unserved,
    VehicleGroup,
    faults,
    solve,
)
from optimizer.engines.arc_routing.warm import toy
from tests.optimizer.engines import cases
from tests.optimizer.engines.cases import RING, STAR, network_of, ring, star, tasks_of

pytestmark = pytest.mark.uncompiled


solved = partial(cases.solved, n_steps=60, may_leave=True)


def test_capacity_splits_the_star_among_two_vehicles() -> None:
    result = solved(star(VehicleGroup(0, 0, (2,), fixed_cost=1)))
    assert result.cost == 2 * 100 + 2
    assert sorted(len(route.tasks) for route in result.plan.routes) == [2, 2]


def test_shift_pairs_the_longest_street_with_the_shortest() -> None:
    result = solved(star(VehicleGroup(0, 0, (9,), shift_s=100, fixed_cost=1)))
    assert result.cost == 202
    assert {frozenset(route.tasks) for route in result.plan.routes} == {frozenset({0, 3}), frozenset({1, 2})}


def test_setup_time_is_part_of_the_shift() -> None:
    result = solved(star(VehicleGroup(0, 0, (9,), shift_s=100, setup_s=1, fixed_cost=1)))
    assert len(result.plan.routes) == 3


def test_a_street_that_is_driven_anyway_costs_no_time_to_drive() -> None:
    # any two streets fill the shift, since the way home leads over the other two; serving those takes no longer
    group = VehicleGroup(0, 0, (4,), n_vehicles=1, shift_s=40)
    assert solved(ring(group, serve_all=False)).plan.served == {0, 1, 2, 3}


def test_ring_is_swept_in_one_round() -> None:
    result = solved(ring(VehicleGroup(0, 0, (4,))))
    assert (result.cost, result.outcome, result.bound) == (40, Outcome.OPTIMAL, 40)


def test_directions_as_written_do_not_matter_where_both_are_allowed() -> None:
    streets = ((1, 0, 10), (1, 2, 10), (3, 2, 10), (3, 0, 10))
    problem = ArcRoutingProblem(network_of(4, streets), tasks_of(streets), (VehicleGroup(0, 0, (4,)),))
    assert solved(problem).cost == 40


def test_one_way_street_is_served_in_its_direction() -> None:
    tasks = tasks_of(RING, reversible=[False, True, True, True])
    problem = ArcRoutingProblem(network_of(4, RING), tasks, (VehicleGroup(0, 0, (4,)),))
    result = solved(problem)
    modes = {stop.index for route in result.plan.routes for stop in route.stops}
    assert result.cost == 40
    assert 0 in modes


def test_one_way_network_is_driven_the_long_way_round() -> None:
    round_trip = ((0, 1, 10), (1, 2, 10), (2, 0, 10))
    tasks = tasks_of([(1, 2, 10)], reversible=[False])
    problem = ArcRoutingProblem(network_of(3, [], round_trip), tasks, (VehicleGroup(0, 0, (1,)),))
    assert solved(problem).cost == 30


def test_dump_trip_lets_a_small_vehicle_go_on() -> None:
    group = VehicleGroup(0, 0, (2,), n_vehicles=1)
    problem = replace(ring(group, facilities=(Facility(2, visit_s=7, visit_cost=3),)), must_end_empty=False)
    result = solved(problem)
    (route,) = result.plan.routes
    assert result.cost == 40 + 3
    assert [stop.kind for stop in route.stops].count(StopKind.FACILITY) == 1


def test_a_street_that_no_vehicle_can_hold_is_left_out_though_there_is_a_dump() -> None:
    problem = ring(VehicleGroup(0, 0, (3,), n_vehicles=1), facilities=(Facility(2),))
    result = solved(replace(problem, tasks=replace(problem.tasks, demand=np.array([[1], [4], [1], [1]]))))
    assert result.plan.served == {0, 2, 3}
    assert result.unserved == (Unserved(1, Reason.NO_CAPACITY, 1),)


def test_vehicle_is_emptied_before_it_ends() -> None:
    result = solved(ring(VehicleGroup(0, 0, (2,), n_vehicles=1), facilities=(Facility(2),)))
    assert result.cost == 80
    assert result.plan.routes[0].stops[-1].kind is StopKind.FACILITY


def test_group_that_is_not_allowed_leaves_a_street_to_the_other() -> None:
    tasks = tasks_of(STAR, allowed=[[True, False]] * 3 + [[False, True]])
    groups = (VehicleGroup(0, 0, (9,)), VehicleGroup(1, 1, (9,)))
    result = solved(ArcRoutingProblem(network_of(5, STAR), tasks, groups))
    by_group = {route.group: set(route.tasks) for route in result.plan.routes}
    assert by_group == {0: {0, 1, 2}, 1: {3}}


def test_limited_fleet_serves_the_most_valuable_first() -> None:
    problem = star(VehicleGroup(0, 0, (9,), n_vehicles=1, shift_s=100), serve_all=False)
    problem = replace(problem, tasks=replace(problem.tasks, value=np.array([1, 1, 1, 10])))
    result = solved(problem)
    assert result.plan.served == {0, 3}
    assert (result.value_served, result.outcome) == (11, Outcome.FEASIBLE)
    assert [u.task for u in result.unserved if u.reason is Reason.NO_ROOM] == [1, 2]


def test_reasons_tell_what_forbids_each_street() -> None:
    streets = (*STAR, (5, 6, 10))
    tasks = tasks_of(streets, demand=[1, 9, 1, 1, 1], allowed=[[False], [True], [True], [True], [True]])
    group = VehicleGroup(0, 0, (5,), n_vehicles=3, shift_s=70)
    result = solved(ArcRoutingProblem(network_of(7, streets), tasks, (group,)))
    assert result.outcome is Outcome.INFEASIBLE
    assert result.unserved == (
        Unserved(0, Reason.NO_GROUP),
        Unserved(1, Reason.NO_CAPACITY, 4),
        Unserved(3, Reason.NO_SHIFT, 10),
        Unserved(4, Reason.NO_WAY),
    )


def test_reason_counts_the_way_to_the_dump() -> None:
    problem = star(
        VehicleGroup(0, 0, (9,), n_vehicles=1, shift_s=149), facilities=(Facility(1, visit_s=50), Facility(4, visit_s=90))
    )
    result = solved(problem)
    # Street 3 alone: 40 out, 40 served on the way back, 10 to the near dump, 50 there and 10 home are 150 s.
    assert Unserved(3, Reason.NO_SHIFT, 1) in result.unserved


def test_nothing_to_do_costs_nothing() -> None:
    problem = ArcRoutingProblem(network_of(5, STAR), tasks_of([]), (VehicleGroup(0, 0, (9,)),))
    assert solved(problem).cost == 0


def test_a_start_is_never_lost() -> None:
    problem = star(VehicleGroup(0, 0, (2,), fixed_cost=1))
    good = solved(problem).plan
    assert solve(problem, limits=Limits(work_limit=0), start=good).cost == 202


def test_turns_are_a_network_of_street_ends() -> None:
    # Streets a: 0 -> 1, b: 2 -> 3, c: 4 -> 5; turning a -> b costs 1, a -> c 50, b -> c 1, c -> b 1, home from either 0.
    one_way = ((0, 1, 5), (2, 3, 5), (4, 5, 5), (1, 2, 1), (1, 4, 50), (3, 4, 1), (5, 2, 1), (3, 6, 0), (5, 6, 0), (6, 0, 0))
    tasks = tasks_of([(0, 1, 5), (2, 3, 5), (4, 5, 5)], reversible=[False] * 3)
    problem = ArcRoutingProblem(network_of(7, [], one_way), tasks, (VehicleGroup(6, 6, (3,)),))
    result = solved(problem)
    assert result.cost == 17
    assert result.plan.routes[0].tasks == (0, 1, 2)


def test_negative_limit_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"time limit is -1 s; expected 0 or more"):
        Limits(time_limit_s=-1)


def test_the_toy_is_solved() -> None:
    result = solve(toy(), limits=Limits(work_limit=50))
    assert faults(toy(), result.plan, claimed_cost=result.cost) == []
