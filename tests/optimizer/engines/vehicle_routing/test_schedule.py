"""Times that a sequence is given, and what routes come to."""

from __future__ import annotations

from typing import Any

from optimizer.engines.vehicle_routing import (
    Break,
    RoutePlan,
    Station,
    VehicleRoutingProblem,
    measures,
    timed,
)
from tests.optimizer.engines.vehicle_cases import BREAK, STATION, STOP, kinds, profile_of, stops_of, street, truck

AT_M = [0, 100, 200, 300, 400]
ALL = ((STOP, 0), (STOP, 1), (STOP, 2), (STATION, 0))


def begins(problem: VehicleRoutingProblem, *steps: Any, **more: Any) -> list[int] | None:
    """Return when the vehicle leaves and begins each visit."""
    found = timed(problem, 0, steps or ALL, **more)
    if found is None:
        return None
    assert not kinds(problem, found)
    return [found.leave_s, *(visit.start_s for visit in found.visits)]


def windows(*windows_s: tuple[int, int]) -> Any:
    return (profile_of(AT_M, 3, service_s=10, windows_s=windows_s),)


def test_it_leaves_as_late_as_does_not_put_off_the_end() -> None:
    assert begins(street()) == [0, 100, 210, 320, 430]
    assert begins(street(profiles=windows((0, 999), (500, 900), (0, 999)))) == [290, 390, 500, 610, 720]
    assert begins(street(profiles=windows((0, 350), (500, 900), (0, 999)))) == [250, 350, 500, 610, 720]


def test_what_breaks_a_rule_has_no_times() -> None:
    assert begins(street(profiles=windows((0, 999), (0, 209), (0, 999)))) is None
    assert begins(street(truck(11))) is None
    assert begins(street(truck(12, shift_s=849))) is None
    assert begins(street(), *ALL[:3]) is None  # not emptied


def test_it_waits_for_the_station_to_open_and_for_a_free_bay() -> None:
    def at(**more: Any) -> VehicleRoutingProblem:
        return street(stations=(Station(4, visit_s=20, visit_cost=5, **more),))

    assert begins(at(open_s=((0, 440), (500, 600)))) == [70, 170, 280, 390, 500]
    assert begins(at(bays=1), taken={0: [(400, 440), (455, 480)]}) == [50, 150, 260, 370, 480]
    assert begins(at(bays=1), taken={0: [(400, 440), (460, 480)]}) == [10, 110, 220, 330, 440]
    assert begins(at(bays=2), taken={0: [(400, 440), (455, 480)]}) == [0, 100, 210, 320, 430]
    assert begins(at(bays=1, open_s=((0, 470),)), taken={0: [(400, 455)]}) is None


def test_a_bay_that_is_free_now_is_not_left_to_leave_later() -> None:
    problem = street(stations=(Station(4, visit_s=20, bays=1),), profiles=windows((0, 999), (0, 999), (900, 999)))
    steps = ((STOP, 0), (STATION, 0), (STOP, 1), (STOP, 2), (STATION, 0))
    # Without others it would come to the station at 670 and leave at 260; the bay is held from 500 on.
    assert begins(problem, *steps, taken={0: [(500, 800)]}) == [70, 170, 480, 700, 900, 1010]


def test_trips_begin_no_earlier_than_their_stops_are_released() -> None:
    problem = street(stops=stops_of([1, 2, 3], [4, 4, 4], release_s=[50, 0, 900]))
    steps = ((STOP, 0), (STOP, 1), (STATION, 0), (STOP, 2), (STATION, 0))
    assert begins(problem, *steps) == [460, 560, 670, 880, 1000, 1110]


def test_breaks_are_taken_where_the_vehicle_stands() -> None:
    problem = street(truck(12, breaks=(Break(30, 250, 400),)))
    assert begins(problem, *ALL[:2], (BREAK, 0), *ALL[2:]) == [30, 130, 240, 250, 380, 490]
    assert begins(problem) is None


def test_measures_are_those_of_the_plans_times() -> None:
    problem = street(truck(12, fixed_cost=1000, cost_m=2, cost_s=3), profiles=windows((0, 350), (500, 900), (0, 999)))
    found = timed(problem, 0, ALL)
    assert found is not None
    (measure,) = measures(problem, RoutePlan((found,)))
    assert (measure.length_m, measure.driving_s, measure.waiting_s, measure.n_trips) == (800, 800, 40, 1)
    assert (measure.duration_s, measure.back_s, measure.load) == (890, 1140, (12,))
    assert measure.cost == 1000 + 2 * 800 + 3 * 890 + 5
