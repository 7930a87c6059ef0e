"""What OR-Tools is told, on cases that can be checked by hand, what it refuses, and how it judges plans."""

from __future__ import annotations

from functools import partial

import pytest

from layers.errors import ParameterError
from optimizer.engines.vehicle_routing import (
    Break,
    Engine,
    Lock,
    RoutePlan,
    Station,
    Terms,
    VehicleGroup,
    VehicleRoutingProblem,
)
from optimizer.engines.vehicle_routing.ortools_engine import feasible_by_ortools
from tests.optimizer.engines import vehicle_cases
from tests.optimizer.engines.vehicle_cases import (
    DAY_S,
    STATION,
    STOP,
    profile_of,
    route,
    stops_of,
    street,
    there_and_back,
    truck,
)

solved = partial(vehicle_cases.solved, engine=Engine.ORTOOLS, n_steps=40)
AT_M = [0, 100, 200, 300, 400]


def test_vehicles_are_emptied_on_the_way_and_before_the_end() -> None:
    assert solved(street()).cost == 805
    assert solved(street(truck(8))).cost == 800 + 200 + 2 * 5
    assert solved(street(truck(4), must_end_empty=False, stations=(Station(0),))).cost == 200 + 400 + 600


def test_windows_hours_and_shifts() -> None:
    windows = [(0, 999), (500, 900), (0, 999)]
    result = solved(street(truck(12, cost_s=2), profiles=(profile_of(AT_M, 3, service_s=10, windows_s=windows),)))
    assert result.cost == 805 + 2 * 850
    assert len(solved(street(truck(12, 2, shift_s=849))).plan.routes) == 2


def test_types_of_vehicles_and_their_loads() -> None:
    stops = stops_of([1, 2, 3], [(4, 0), (0, 4), (4, 0)])
    stations = (Station(4, takes=(True, False)), Station(2, takes=(False, True)))
    assert solved(street(stops=stops, groups=(truck((8, 0)), truck((0, 8))), stations=stations)).cost == 800 + 400
    far = VehicleGroup(4, 4, (4,), 1, 0, DAY_S)
    assert solved(street(groups=(truck(8), far), must_end_empty=False, stations=())).cost == 400 + 200


def test_breaks_driving_ranges_trips_and_totals() -> None:
    rested = solved(street(truck(12, cost_s=1, breaks=(Break(30, 250, 400),))))
    assert rested.cost == 805 + 880
    assert len(solved(street(truck(12, 2, route_capacity=(11,)))).plan.routes) == 2
    assert len(solved(street(truck(11, 2, n_trips=1))).plan.routes) == 2
    assert len(solved(street(truck(12, driving_s=800, range_m=800))).plan.routes) == 1
    for limit in ({"driving_s": 799}, {"range_m": 799}):  # every way through the station is 800 m
        assert not solved(street(truck(12, **limit)), may_leave=True).plan.routes


def test_locks_are_kept() -> None:
    result = solved(street(truck(12, 2), locks=(Lock(1, 0, 1),)))
    assert [route.vehicle for route in result.plan.routes if 1 in route.stops] == [1]


def test_the_least_valuable_is_left_out() -> None:
    stops = stops_of([1, 2, 3], [4, 4, 4], value=[5, 1, 7])
    assert solved(street(truck(8, n_trips=1), stops=stops, serve_all=False)).plan.served == {0, 2}


def test_a_station_that_shuts_before_a_visit_is_over_is_never_visited() -> None:
    stations = (Station(1, visit_s=60, open_s=((0, 59),)), Station(4, visit_s=60, open_s=((0, 20), (30, 5000))))
    problem = street(truck(8), stations=stations, must_end_empty=False)
    assert {visit.index for visit in solved(problem).plan.routes[0].visits if visit.kind is STATION} == {1}
    shut = street(truck(8), stations=stations[:1], must_end_empty=False)
    assert len(solved(shut, may_leave=True).plan.served) == 2
    emptied = RoutePlan((route((STOP, 0, 100), (STATION, 0, 110), (STOP, 1, 270), (STOP, 2, 380)),))
    assert not feasible_by_ortools(shut, emptied)


@pytest.mark.parametrize(
    ("problem", "word"),
    [
        (street(stations=(Station(4, bays=1),)), "bays"),
        (street(stations=(Station(4, throughput=100),)), "throughput"),
        (street(truck(12, range_m=900), stations=(Station(4, charges=True),)), "charging"),
        (street(stops=stops_of([1, 2, 3], [4, 4, 4], release_s=[5, 0, 0])), "release"),
        (street(stations=(Station(4, open_s=((0, 900),)),)), "hours"),
        (street(orders=((0, 1),)), "orders"),
        (street(terms=Terms(balance=1)), "terms"),
    ],
)
def test_what_cannot_be_said_is_refused(problem: VehicleRoutingProblem, word: str) -> None:
    with pytest.raises(ParameterError, match=word):
        solved(problem)


def test_it_judges_plans_as_the_checker_does() -> None:
    full = RoutePlan((there_and_back(),))
    assert feasible_by_ortools(street(), full)
    for limits in ({"shift_s": 850}, {"driving_s": 800}, {"range_m": 800}, {"latest_s": 850}):
        assert feasible_by_ortools(street(truck(12, **limits)), full)
        tighter = {key: most - 1 for key, most in limits.items()}
        assert not feasible_by_ortools(street(truck(12, **tighter)), full)
    assert not feasible_by_ortools(street(truck(11)), full)
    assert not feasible_by_ortools(street(), RoutePlan((route((STOP, 0, 100), (STOP, 1, 210), (STOP, 2, 320)),)))
    late = street(profiles=(profile_of(AT_M, 3, service_s=10, windows_s=[(0, 999), (0, 209), (0, 999)]),))
    assert not feasible_by_ortools(late, full)
    assert not feasible_by_ortools(street(stations=(Station(4, visit_s=20, open_s=((0, 449),)),)), full)
    two = route((STOP, 0, 100), (STATION, 0, 410), (STOP, 1, 630), (STOP, 2, 740), (STATION, 0, 850))
    assert feasible_by_ortools(street(truck(8)), RoutePlan((two,)))
    assert not feasible_by_ortools(street(truck(8, 0)), RoutePlan((two,)))
