"""Our own search: what it finds on cases a person can check, and that nothing it finds breaks a rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from optimizer.engines.budget import Budget
from optimizer.engines.outcome import Found
from optimizer.engines.vehicle_routing import (
    Break,
    FaultKind,
    Lock,
    RoutePlan,
    Station,
    Stops,
    Terms,
    VehicleRoutingProblem,
    faults,
    kernels,
    plan_cost,
    plan_terms,
)
from optimizer.engines.vehicle_routing.kernels.anneal import anneal
from optimizer.engines.vehicle_routing.search import Search, search
from optimizer.engines.vehicle_routing.tables import tables_of
from tests.optimizer.engines.loading import ways_loaded
from tests.optimizer.engines.vehicle_cases import BREAK, STATION, STOP, profile_of, route, stops_of, street, truck
from tests.optimizer.engines.vehicle_random import drawn_problem

N_STEPS = 60
# A few of them run uncompiled too, in which a step takes some milliseconds.
SEEDS = [pytest.param(seed, marks=pytest.mark.uncompiled) if seed < 6 else seed for seed in range(40)]


def found_for(
    problem: VehicleRoutingProblem, n_steps: int = N_STEPS, start: RoutePlan | None = None, seed: int = 1
) -> Found[RoutePlan]:
    return search(problem, Budget(n_steps, None, bool), seed, start, lambda _share, _key, _plan: False, 1)


def steps_of(plan: RoutePlan) -> list[list[tuple[object, int]]]:
    return [[(visit.kind, visit.index) for visit in route.visits] for route in plan.routes]


def served_by(problem: VehicleRoutingProblem, **more: Any) -> set[int]:
    found = found_for(problem, **more)
    assert {fault.kind for fault in faults(problem, found.plan, claimed_cost=found.cost)} <= {FaultKind.LEFT_OUT}
    return set(found.plan.served)


def test_one_trip_serves_the_street() -> None:
    found = found_for(street())
    assert found.cost == 805
    assert len(found.plan.routes) == 1
    assert steps_of(found.plan)[0][-1] == (STATION, 0)


def test_what_does_not_fit_at_once_takes_a_second_trip() -> None:
    found = found_for(street(truck(8)))
    assert len(found.plan.routes) == 1
    assert steps_of(found.plan)[0].count((STATION, 0)) == 2
    # Stops 0 and 1 on the first trip: 400 m out, 100 m back to stop 2 and out again, 400 m home.
    assert found.cost == 400 + 200 + 400 + 2 * 5


def test_two_trucks_where_one_may_make_one_trip_only() -> None:
    assert len(found_for(street(truck(8, n_vehicles=2, n_trips=1))).plan.routes) == 2


def test_a_full_shift_leaves_stops_out() -> None:
    # 800 m and 3 stops of 10 s and a visit of 20 s take 850 s; without a stop 840 s.
    assert served_by(street(truck(12, shift_s=850))) == {0, 1, 2}
    assert len(served_by(street(truck(12, shift_s=845), serve_all=False))) == 2


def test_a_compartment_holds_one_load_only() -> None:
    problem = street(truck((8, 4)), stops=stops_of([1, 2, 3], [(4, 0), (0, 4), (4, 0)]))
    assert served_by(problem) == {0, 1, 2}
    assert served_by(replace(problem, groups=(truck((8, 0)),), serve_all=False)) == {0, 2}


@pytest.mark.uncompiled
def test_each_load_goes_to_a_station_that_takes_it() -> None:
    stations = (Station(4, takes=(True, False)), Station(5, takes=(False, True)))
    problem = street(
        truck((8, 8)),
        stops=stops_of([1, 2, 3], [(4, 0), (0, 4), (4, 4)]),
        profiles=(profile_of([0, 100, 200, 300, 400, 500], 3, service_s=10),),
        stations=stations,
    )
    found = found_for(problem)
    assert faults(problem, found.plan, claimed_cost=found.cost) == ()
    assert found.cost == 1000


@pytest.mark.uncompiled
def test_a_bay_is_waited_for() -> None:
    # Two trucks with one trip each, one bay for 200 s: the second waits.
    group = truck(4, n_vehicles=3, n_trips=1)
    problem = street(group, stations=(Station(4, visit_s=200, bays=1),))
    found = found_for(problem)
    assert faults(problem, found.plan) == ()
    begins = sorted(v.start_s for r in found.plan.routes for v in r.visits if v.kind is STATION)
    assert len(begins) == 3
    assert min(np.diff(begins)) >= 200


def test_throughput_limits_what_is_served() -> None:
    assert len(served_by(street(stations=(Station(4, throughput=8),), serve_all=False))) == 2


@pytest.mark.uncompiled
def test_a_break_is_taken_in_its_hours() -> None:
    problem = street(truck(12, breaks=(Break(100, 200, 300),)))
    found = found_for(problem)
    assert faults(problem, found.plan) == ()
    assert [v.index for v in found.plan.routes[0].visits if v.kind is BREAK] == [0]


@pytest.mark.uncompiled
def test_a_vehicle_is_charged_where_its_range_ends() -> None:
    assert served_by(street(truck(12, range_m=799), serve_all=False)) == set()
    assert served_by(street(truck(12, range_m=500), stations=(Station(4, charges=True),))) == {0, 1, 2}


def test_time_at_the_wheel_is_limited() -> None:
    assert served_by(street(truck(12, driving_s=800))) == {0, 1, 2}
    assert served_by(street(truck(12, driving_s=799), serve_all=False)) == set()


def test_a_trip_begins_when_its_stops_are_released() -> None:
    problem = street(stops=stops_of([1, 2, 3], [4, 4, 4], release_s=[0, 500, 0]))
    found = found_for(problem)
    assert faults(problem, found.plan) == ()
    assert found.plan.routes[0].leave_s >= 500


@pytest.mark.uncompiled
def test_what_is_released_late_makes_a_trip_of_its_own() -> None:
    # The stop at 200 m is to be served by 300 s, that at 100 m is released at 1000 s: together they are impossible.
    windows_s = [(0, 2000), (0, 300)]
    profile = profile_of([0, 100, 200], 2, service_s=10, windows_s=windows_s)
    stops = stops_of([1, 2], [4, 4], release_s=[1000, 0])
    problem = street(truck(12), stops=stops, profiles=(profile,), stations=(Station(0),), must_end_empty=False)
    found = found_for(problem)
    assert faults(problem, found.plan, claimed_cost=found.cost) == ()
    assert steps_of(found.plan) == [[(STOP, 1), (STATION, 0), (STOP, 0)]]
    assert found.cost == 400 + 200


@pytest.mark.uncompiled
def test_whole_trips_are_exchanged_between_vehicles() -> None:
    # Two early trips and two late ones of 200 m and 200 s; a truck with one of each waits between them, which costs time.
    windows_s = [(100, 100), (1000, 1000), (300, 300), (1200, 1200)]
    profile = profile_of([0, 100, 100, 100, 100], 4, windows_s=windows_s)
    group = truck(4, n_vehicles=2, cost_s=1)
    stops = stops_of([1, 2, 3, 4], [4, 4, 4, 4])
    problem = street(group, stops=stops, profiles=(profile,), stations=(Station(0),), must_end_empty=False)
    work = Search(tables_of(problem), 1)
    work.start_from(
        RoutePlan(
            (
                route((STOP, 0, 100), (STATION, 0, 200), (STOP, 1, 1000)),
                route((STOP, 2, 300), (STATION, 0, 400), (STOP, 3, 1200), leave_s=200),
            )
        )
    )
    assert plan_cost(problem, work.plan()) == 4 * 200 + 2 * 1100
    only_exchanges = np.array([300.0, 1.0, 1.0, 5.0, 0.0, 1.0])
    anneal(work.tables.model, work.routes, work.bench, work.best, only_exchanges)
    assert plan_cost(problem, work.plan()) == 4 * 200 + 2 * 400
    assert sorted(r.stops for r in work.plan().routes) == [(0, 2), (1, 3)]


@pytest.mark.uncompiled
def test_locks_and_orders_are_kept() -> None:
    problem = street(truck(12, n_vehicles=2), locks=(Lock(1, 0, 1),), orders=((2, 0),))
    found = found_for(problem)
    assert faults(problem, found.plan) == ()
    assert next(route.vehicle for route in found.plan.routes if 1 in route.stops) == 1


@pytest.mark.uncompiled
def test_stops_stay_on_their_vehicle_where_change_weighs() -> None:
    earlier = found_for(street(truck(4, n_vehicles=3, n_trips=1))).plan
    problem = street(truck(12, n_vehicles=3), terms=Terms(change=10_000, earlier=earlier))
    assert plan_terms(problem, found_for(problem).plan) == 0
    assert len(found_for(problem).plan.routes) == 3


def test_the_more_valuable_stops_are_served() -> None:
    problem = street(truck(8, n_trips=1), stops=stops_of([1, 2, 3], [4, 4, 4], value=[1, 5, 3]), serve_all=False)
    assert served_by(problem) == {1, 2}


@pytest.mark.parametrize("seed", SEEDS)
def test_no_plan_breaks_a_rule(seed: int) -> None:
    problem = drawn_problem(seed)
    keys: list[tuple[int, int]] = []

    def told(_share: float, key: tuple[int, int], _plan: object) -> bool:
        keys.append(key)
        return False

    found = search(problem, Budget(N_STEPS, None, bool), seed, None, told, 1)
    broken = [f for f in faults(problem, found.plan, claimed_cost=found.cost) if f.kind is not FaultKind.LEFT_OUT]
    assert broken == []
    lost = int(problem.worth.sum() - problem.worth[sorted(found.plan.served)].sum())
    assert keys[-1] == (lost, plan_cost(problem, found.plan) + plan_terms(problem, found.plan))


@pytest.mark.parametrize("seed", SEEDS[:12])
def test_no_plan_that_is_begun_at_an_earlier_one_breaks_a_rule(seed: int) -> None:
    problem = drawn_problem(seed)
    earlier = found_for(problem).plan
    terms = Terms(balance=1, balance_above_s=1500, change=200, move_s=1, tolerance_s=100, earlier=earlier)
    problem = replace(problem, terms=terms)
    found = found_for(problem, start=earlier)
    told = [f for f in faults(problem, found.plan, claimed_cost=found.cost) if f.kind is not FaultKind.LEFT_OUT]
    assert told == []


def test_same_seed_and_steps_same_plan() -> None:
    problem = drawn_problem(3)
    assert found_for(problem, seed=5).plan == found_for(problem, seed=5).plan


def test_a_stopped_search_hands_over_what_it_has() -> None:
    found = search(street(), Budget(None, None, lambda: True), 1, None, lambda _s, _k, _p: False, 1)
    assert found.n_steps == 0
    assert found.plan == RoutePlan()
    earlier = found_for(street()).plan
    assert search(street(), Budget(None, None, lambda: True), 1, earlier, lambda _s, _k, _p: False, 1).plan == earlier


def test_no_layout_of_what_is_asked_compiles_anything_anew() -> None:
    problem = drawn_problem(2)
    found_for(problem, 1)
    once = ways_loaded(kernels)
    by_columns = np.asfortranarray(problem.stops.demand)
    by_columns.flags.writeable = False
    stops = replace(problem.stops, demand=by_columns, allowed=np.asfortranarray(problem.allowed))
    for n_stations in range(1, 9):
        found_for(replace(problem, stops=stops, stations=problem.stations[:1] * n_stations), 1)
    assert ways_loaded(kernels) == once


def test_a_search_is_stopped_by_who_is_told() -> None:
    found = search(street(), Budget(10_000, None, bool), 1, None, lambda _s, _k, _p: True, 1)
    assert 0 < found.n_steps < 10_000


def test_a_problem_without_stops_has_an_empty_plan() -> None:
    problem = street(
        stops=Stops(np.zeros(0, np.int64), np.zeros((0, 1), np.int64), np.zeros(0, np.int64)),
        profiles=(profile_of([0, 100, 200, 300, 400], 0),),
    )
    assert found_for(problem).plan == RoutePlan()


def test_the_kind_of_a_visit_is_told() -> None:
    assert {kind for kind, _ in steps_of(found_for(street()).plan)[0]} == {STOP, STATION}
