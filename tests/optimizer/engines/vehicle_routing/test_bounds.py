"""Proven bounds, held against cases that are solved by trying everything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.engines.vehicle_routing import RoutePlan, Station, VehicleRoutingProblem, faults, plan_cost, timed
from optimizer.engines.vehicle_routing.bounds import lower_bound, n_trips_needed
from tests.optimizer.engines.vehicle_cases import STOP, profile_of, route, stops_of, street, there_and_back, truck
from tests.optimizer.engines.vehicle_exhaustive import best_plan


def bound_of(problem: VehicleRoutingProblem) -> int | None:
    return lower_bound(problem, lambda: False)


def test_one_truck_along_a_street_is_bounded_exactly() -> None:
    problem = street()
    assert bound_of(problem) == plan_cost(problem, RoutePlan((there_and_back(),))) == 805


def test_trips_that_the_loads_need_are_counted() -> None:
    # Out by 100 and 200 m to the station (405), back to 300 m and again to the station (205), home (400).
    one, two = street(truck(12)), street(truck(8))
    assert (n_trips_needed(one), n_trips_needed(two)) == (1, 2)
    assert bound_of(two) == 405 + 205 + 400


def test_loads_of_different_trucks_need_trips_of_their_own() -> None:
    stops = stops_of([1, 2, 3], [(4, 0), (0, 4), (4, 0)])
    apart = street(stops=stops, groups=(truck((8, 0)), truck((0, 8))))
    together = street(stops=stops, groups=(truck((8, 8)),))
    assert (n_trips_needed(apart), n_trips_needed(together)) == (2, 1)


def test_without_stations_a_vehicle_costs_what_it_costs() -> None:
    problem = street(truck(4, 3, fixed_cost=1000), stations=(), must_end_empty=False)
    assert bound_of(problem) == 3 * 1000 + 2 * (100 + 200 + 300)


def test_a_vehicle_that_took_nothing_comes_home_at_once() -> None:
    empty_handed = street(stops=stops_of([1, 2, 3], [0, 0, 0]))
    plan = RoutePlan((route((STOP, 0, 100), (STOP, 1, 210), (STOP, 2, 320)),))
    assert not faults(empty_handed, plan, claimed_cost=600)
    assert (bound_of(empty_handed) or 0) <= 600


def test_a_way_through_a_stop_may_be_quicker_than_the_direct_one() -> None:
    # From the start to the second stop: 100 s, through the first one 2 s; the third is to be begun by 5 s.
    time_s = np.full((4, 4), 1, dtype=np.int32)
    time_s[0, 2] = time_s[2, 0] = 100
    np.fill_diagonal(time_s, 0)
    profile = profile_of([0, 1, 2, 3], 3, windows_s=[(0, 50), (0, 50), (0, 5)])
    problem = street(
        truck(12),
        stations=(),
        must_end_empty=False,
        profiles=(replace(profile, time_s=time_s, length_m=time_s),),
    )
    found = timed(problem, 0, [(STOP, 0), (STOP, 1), (STOP, 2)])
    assert found is not None
    assert plan_cost(problem, RoutePlan((found,))) == 4 == bound_of(problem)


def test_nothing_is_said_where_not_all_is_to_be_served_or_can_be() -> None:
    assert bound_of(street(serve_all=False)) is None
    assert bound_of(street(truck(3))) is None
    assert lower_bound(street(), lambda: True) is None


def test_stopped_before_all_groups_are_seen_it_says_nothing() -> None:
    asked = iter([False, False, True])
    assert lower_bound(street(groups=(truck(12), truck(12))), lambda: next(asked)) is None


@settings(max_examples=8, deadline=None)
@given(
    at_m=st.lists(st.integers(0, 500), min_size=4, max_size=4),
    demand=st.lists(st.integers(1, 6), min_size=3, max_size=3),
    latest_s=st.lists(st.integers(300, 1500), min_size=3, max_size=3),
    costs=st.tuples(st.integers(0, 300), st.integers(1, 3), st.integers(0, 2)),
)
def test_no_plan_goes_below_it(at_m: list[int], demand: list[int], latest_s: list[int], costs: tuple[int, int, int]) -> None:
    fixed_cost, cost_m, cost_s = costs
    problem = street(
        truck(8, 2, fixed_cost=fixed_cost, cost_m=cost_m, cost_s=cost_s),
        stops=stops_of([1, 2, 3], demand),
        profiles=(profile_of([0, *at_m], 3, service_s=20, windows_s=[(0, late) for late in latest_s]),),
        stations=(Station(4, visit_s=30, visit_cost=7),),
    )
    ((lost, cost), _), bound = best_plan(problem), bound_of(problem)
    assert lost or bound is None or bound <= cost


@pytest.mark.parametrize("n_vehicles", [1, 5])
def test_more_vehicles_never_raise_it(n_vehicles: int) -> None:
    assert bound_of(street(truck(12, n_vehicles))) == 805
