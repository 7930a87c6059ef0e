"""Each rule of a plan, broken once on a case that can be checked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.engines.vehicle_routing import Break, FaultKind, Lock, RoutePlan, Station, VehicleRoute, faults, plan_cost
from optimizer.engines.vehicle_routing.stops import UNREACHABLE
from tests.optimizer.engines.vehicle_cases import (
    BREAK,
    DAY_S,
    STATION,
    STOP,
    kinds,
    profile_of,
    route,
    stops_of,
    street,
    there_and_back,
    truck,
)

AT_M = [0, 100, 200, 300, 400]
FULL = there_and_back()


def test_a_right_plan_has_no_faults() -> None:
    problem = street()
    assert plan_cost(problem, RoutePlan((FULL,))) == 800 + 5
    assert not kinds(problem, FULL, claimed_cost=805)


def test_a_wrong_cost_is_told() -> None:
    assert kinds(street(), FULL, claimed_cost=800) == {FaultKind.WRONG_COST}


@pytest.mark.parametrize(
    ("visit", "kind"),
    [
        ((STOP, 3, 0), FaultKind.UNKNOWN_STOP),
        ((STATION, 1, 0), FaultKind.UNKNOWN_STATION),
        ((BREAK, 0, 0), FaultKind.UNKNOWN_BREAK),
    ],
)
def test_what_does_not_exist_is_told(visit: tuple[object, int, int], kind: FaultKind) -> None:
    assert kinds(street(), route(visit)) == {kind}  # type: ignore[arg-type]


def test_unknown_groups_and_vehicles_are_told() -> None:
    assert kinds(street(), replace(FULL, group=1)) == {FaultKind.UNKNOWN_GROUP}
    assert kinds(street(), replace(FULL, vehicle=1)) == {FaultKind.UNKNOWN_VEHICLE}


def test_each_stop_is_served_once() -> None:
    partial = route((STOP, 0, 100), (STATION, 0, 410))
    assert kinds(street(), partial) == {FaultKind.LEFT_OUT}
    assert not kinds(street(serve_all=False), partial)
    twice = route((STOP, 0, 100), (STOP, 0, 110), (STATION, 0, 420))
    assert kinds(street(serve_all=False), twice) == {FaultKind.TWICE}


def test_groups_serve_what_they_may() -> None:
    stops = stops_of([1, 2, 3], [4, 4, 4], allowed=[[True], [False], [True]])
    assert kinds(street(stops=stops), FULL) == {FaultKind.NOT_ALLOWED}


def test_locks_are_kept() -> None:
    problem = street(truck(12, 2), locks=(Lock(1, 0, 1),))
    assert kinds(problem, FULL) == {FaultKind.LOCK_BROKEN}
    assert kinds(problem, replace(FULL, vehicle=0)) == {FaultKind.LOCK_BROKEN}
    assert not kinds(problem, replace(FULL, vehicle=1))
    two = replace(problem, groups=(truck(12), truck(12)), locks=(Lock(1, 1),))
    assert kinds(two, FULL) == {FaultKind.LOCK_BROKEN}
    assert not kinds(two, replace(FULL, group=1))


def test_orders_are_kept_within_one_route() -> None:
    assert not kinds(street(orders=((0, 2),)), FULL)
    assert kinds(street(orders=((2, 0),)), FULL) == {FaultKind.ORDER_BROKEN}
    one, other = (route((STOP, k, 100 * k + 100), (STATION, 0, 410)) for k in (0, 2))
    assert kinds(street(truck(12, 2), orders=((0, 2),), serve_all=False), one, other) == {FaultKind.ORDER_BROKEN}


def test_a_compartment_holds_no_more_than_fits() -> None:
    assert kinds(street(truck(11)), FULL) == {FaultKind.OVERLOADED}
    emptied = route((STOP, 0, 100), (STOP, 1, 210), (STATION, 0, 420), (STOP, 2, 540), (STATION, 0, 650))
    assert not kinds(street(truck(8)), emptied)


def test_loads_stay_apart() -> None:
    stops = stops_of([1, 2, 3], [(4, 0), (0, 4), (4, 0)])
    assert not kinds(street(truck((8, 4)), stops=stops), FULL)
    assert kinds(street(truck((12, 0)), stops=stops), FULL) == {FaultKind.OVERLOADED}


def test_a_route_takes_no_more_than_it_may() -> None:
    assert not kinds(street(truck(12, route_capacity=(12,))), FULL)
    assert kinds(street(truck(12, route_capacity=(11,))), FULL) == {FaultKind.OVER_ROUTE_CAPACITY}


def test_a_vehicle_is_emptied_before_its_end() -> None:
    unemptied = route((STOP, 0, 100), (STOP, 1, 210), (STOP, 2, 320))
    assert kinds(street(), unemptied) == {FaultKind.NOT_EMPTIED}
    assert not kinds(street(must_end_empty=False), unemptied)


def test_a_station_empties_only_what_it_takes() -> None:
    stops = stops_of([1, 2, 3], [(4, 0), (0, 4), (4, 0)])
    takes_first = street(truck((8, 4)), stops=stops, stations=(Station(4, visit_s=20, takes=(True, False)),))
    assert kinds(takes_first, FULL) == {FaultKind.NOT_EMPTIED}


def test_windows_are_kept() -> None:
    for window, is_kept in (((210, 210), True), ((0, 209), False), ((211, 300), False)):
        problem = street(profiles=(profile_of(AT_M, 3, service_s=10, windows_s=[(0, 999), window, (0, 999)]),))
        assert kinds(problem, FULL) == (set() if is_kept else {FaultKind.OUTSIDE_WINDOW})


def test_groups_see_the_windows_of_their_profile() -> None:
    late = profile_of(AT_M, 3, service_s=10, windows_s=[(0, 999), (0, 209), (0, 999)])
    problem = street(truck(12, profile=1), profiles=(profile_of(AT_M, 3, service_s=10), late))
    assert kinds(problem, FULL) == {FaultKind.OUTSIDE_WINDOW}


def test_nothing_begins_before_the_vehicle_can_be_there() -> None:
    assert kinds(street(), route((STOP, 0, 99), (STOP, 1, 210), (STOP, 2, 320), (STATION, 0, 430))) == {FaultKind.TOO_SOON}
    assert kinds(street(), route((STOP, 0, 100), (STOP, 1, 209), (STOP, 2, 320), (STATION, 0, 430))) == {FaultKind.TOO_SOON}


def test_there_is_a_way() -> None:
    profile = profile_of(AT_M, 3, service_s=10)
    profile.time_s[4, 0] = UNREACHABLE
    assert kinds(street(profiles=(profile,)), FULL, claimed_cost=805) == {FaultKind.NO_WAY}


def test_trips_begin_when_their_stops_are_released() -> None:
    def released(*release_s: int) -> set[FaultKind]:
        problem = street(truck(8), stops=stops_of([1, 2, 3], [4, 4, 4], release_s=release_s))
        return kinds(
            problem, route((STOP, 0, 110), (STOP, 1, 220), (STATION, 0, 430), (STOP, 2, 550), (STATION, 0, 660), leave_s=10)
        )

    assert not released(10, 10, 450)
    assert released(10, 11, 450) == {FaultKind.NOT_RELEASED}
    assert released(10, 10, 451) == {FaultKind.NOT_RELEASED}


def test_stations_are_open_for_the_whole_visit() -> None:
    def visited(*open_s: tuple[int, int]) -> set[FaultKind]:
        return kinds(street(stations=(Station(4, visit_s=20, visit_cost=5, open_s=open_s),)), FULL)

    assert not visited((0, 100), (430, 450))
    assert visited((0, 449)) == visited((431, 999)) == visited((0, 440), (440, 900)) == {FaultKind.CLOSED}


def test_no_more_vehicles_are_at_a_station_than_it_has_bays() -> None:
    def met(second_s: int, bays: int) -> set[FaultKind]:
        problem = street(truck(12, 2), serve_all=False, stations=(Station(4, visit_s=20, bays=bays),))
        return kinds(problem, route((STOP, 0, 100), (STATION, 0, 430)), route((STOP, 1, 200), (STATION, 0, second_s)))

    assert met(449, 1) == met(430, 1) == met(411, 1) == {FaultKind.BAYS_FULL}
    assert not met(450, 1)
    assert not met(410, 1)
    assert not met(430, 2)


def test_a_station_takes_no_more_than_its_throughput() -> None:
    assert not kinds(street(stations=(Station(4, visit_s=20, throughput=12),)), FULL)
    assert kinds(street(stations=(Station(4, visit_s=20, throughput=11),)), FULL) == {FaultKind.OVER_THROUGHPUT}


def test_a_vehicle_leaves_and_is_back_within_its_hours() -> None:
    assert not kinds(street(truck(12, earliest_s=0, latest_s=850)), FULL)
    assert kinds(street(truck(12, earliest_s=1)), FULL) == {FaultKind.LEAVES_EARLY}
    assert kinds(street(truck(12, latest_s=849)), FULL) == {FaultKind.BACK_LATE}


def test_shift_driving_range_and_trips_are_limited() -> None:
    assert not kinds(street(truck(12, shift_s=850, driving_s=800, range_m=800, n_trips=1)), FULL)
    assert kinds(street(truck(12, shift_s=849)), FULL) == {FaultKind.TOO_LONG}
    assert kinds(street(truck(12, driving_s=799)), FULL) == {FaultKind.DRIVES_TOO_LONG}
    assert kinds(street(truck(12, range_m=799)), FULL) == {FaultKind.OUT_OF_RANGE}
    two_trips = route((STOP, 0, 100), (STATION, 0, 410), (STOP, 1, 630), (STOP, 2, 740), (STATION, 0, 850))
    assert not kinds(street(truck(12, n_trips=2)), two_trips)
    assert kinds(street(truck(12, n_trips=1)), two_trips) == {FaultKind.TOO_MANY_TRIPS}


def test_a_station_that_charges_gives_the_range_anew() -> None:
    charging = (Station(4, visit_s=20, charges=True),)
    assert not kinds(street(truck(12, range_m=400), stations=charging), FULL)
    assert kinds(street(truck(12, range_m=399), stations=charging), FULL) == {FaultKind.OUT_OF_RANGE}


def test_breaks_are_taken_once_in_their_hours_and_order() -> None:
    group = truck(12, breaks=(Break(30, 200, 400), Break(10, 200, 900)))
    with_rests = route((STOP, 0, 100), (STOP, 1, 210), (BREAK, 0, 220), (BREAK, 1, 250), (STOP, 2, 360), (STATION, 0, 470))
    assert not kinds(street(group), with_rests)
    assert kinds(street(group), FULL) == {FaultKind.BREAK_MISSED}  # back at 850, so the second may be left out
    assert not kinds(street(replace(group, breaks=(Break(30, 800, 850),))), FULL)
    late = replace(group, breaks=(Break(30, 200, 219), group.breaks[1]))
    assert kinds(street(late), with_rests) == {FaultKind.BREAK_AT_WRONG_TIME}
    turned = route((STOP, 0, 100), (STOP, 1, 210), (BREAK, 1, 220), (BREAK, 0, 230), (STOP, 2, 360), (STATION, 0, 470))
    assert kinds(street(group), turned) == {FaultKind.BREAK_AT_WRONG_TIME}


def test_the_fleet_is_no_larger_than_it_is() -> None:
    halves = [route((STOP, 0, 100), (STATION, 0, 410)), route((STOP, 1, 200), (STOP, 2, 310), (STATION, 0, 420))]
    assert kinds(street(), *halves) == {FaultKind.TOO_MANY_VEHICLES}
    numbered = [replace(half, vehicle=0) for half in halves]
    assert kinds(street(truck(12, 2)), *numbered) == {FaultKind.VEHICLE_TWICE}
    assert not kinds(street(truck(12, 2)), *halves)


def test_texts_name_the_route_the_amount_and_what_is_expected() -> None:
    (fault,) = faults(street(truck(11)), RoutePlan((FULL,)))
    assert fault.text == "route 0: 12 of load 0 are aboard behind stop 2, at most 11 fit"


def test_an_unused_vehicle_breaks_nothing() -> None:
    assert not kinds(street(truck(12, 2, latest_s=DAY_S)), FULL, VehicleRoute(0, 0, ()))
