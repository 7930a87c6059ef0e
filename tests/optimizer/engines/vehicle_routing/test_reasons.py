"""Reasons and missing amounts on cases that can be checked by hand, and that what is told is true."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.engines.vehicle_routing import (
    Break,
    Lock,
    Reason,
    RoutePlan,
    Station,
    Unserved,
    VehicleRoutingProblem,
)
from optimizer.engines.vehicle_routing.reasons import never_served, told, why_unserved
from optimizer.engines.vehicle_routing.stops import UNREACHABLE
from tests.optimizer.engines.vehicle_cases import (
    STATION,
    STOP,
    profile_of,
    route,
    stops_of,
    street,
    there_and_back,
    truck,
)

AT_M = [0, 100, 200, 300, 400]


def last_of(problem: VehicleRoutingProblem) -> Unserved:
    """Return why the third stop is left out of an empty plan."""
    return why_unserved(problem, RoutePlan())[2]


def test_nothing_is_told_of_what_is_served() -> None:
    assert why_unserved(street(), RoutePlan((there_and_back(),))) == ()
    served = RoutePlan((route((STOP, 1, 200), (STATION, 0, 410)),))
    assert [one.stop for one in why_unserved(street(), served)] == [0, 2]


def test_no_group_may_serve_it() -> None:
    stops = stops_of([1, 2, 3], [4, 4, 4], allowed=[[True], [True], [False]])
    assert last_of(street(stops=stops)) == Unserved(2, Reason.NO_GROUP)
    assert last_of(street(truck(12, 0))) == Unserved(2, Reason.NO_GROUP)


def test_the_locked_vehicle_cannot() -> None:
    groups = (truck(12), truck(3))
    assert last_of(street(groups=groups, locks=(Lock(2, 1),))) == Unserved(2, Reason.NO_LOCKED)
    assert last_of(street(groups=groups, locks=(Lock(2, 0),))) == Unserved(2, Reason.NO_ROOM)


def test_it_is_more_than_fits() -> None:
    stops = stops_of([1, 2, 3], [(4, 0), (0, 4), (2, 9)])
    groups = (truck((8, 2)), truck((8, 4)))
    assert last_of(street(stops=stops, groups=groups)) == Unserved(2, Reason.NO_CAPACITY, 5, 1)
    assert last_of(street(truck(12, route_capacity=(3,)))) == Unserved(2, Reason.NO_CAPACITY, 1, 0)


def test_there_is_no_way() -> None:
    profile = profile_of(AT_M, 3)
    profile.time_s[:, 3] = UNREACHABLE
    profile.time_s[3, 3] = 0
    assert last_of(street(profiles=(profile,))) == Unserved(2, Reason.NO_WAY)


def test_no_station_can_be_reached_while_it_is_open() -> None:
    for station in (Station(4, visit_s=20, open_s=((0, 429),)), Station(4, takes=(False,), charges=True)):
        assert last_of(street(stations=(station,))) == Unserved(2, Reason.NO_STATION)
    assert last_of(street(stations=())) == Unserved(2, Reason.NO_STATION)
    assert last_of(street(stations=(Station(4, visit_s=20, open_s=((0, 430),)),))) == Unserved(2, Reason.NO_ROOM)


def test_the_window_is_missed() -> None:
    windows = [(0, 999), (0, 999), (0, 280)]
    assert last_of(street(profiles=(profile_of(AT_M, 3, windows_s=windows),))) == Unserved(2, Reason.NO_WINDOW, 20)
    released = stops_of([1, 2, 3], [4, 4, 4], release_s=[0, 0, 30])
    assert last_of(street(stops=released, profiles=(profile_of(AT_M, 3, windows_s=windows),))).missing == 50


def test_a_station_that_opens_later_is_waited_for() -> None:
    # Served at 300, at the station from 410 on, which opens at 5000: back at 5000 + 20 + 400.
    opens_late, windows = (Station(4, visit_s=20, open_s=((5000, 6000),)),), [(0, 999), (0, 999), (0, 280)]
    in_time = (profile_of(AT_M, 3, service_s=10, windows_s=[(0, 999), (0, 999), (0, 320)]),)
    late = (profile_of(AT_M, 3, service_s=10, windows_s=windows),)
    assert last_of(street(stations=opens_late, profiles=in_time)) == Unserved(2, Reason.NO_ROOM)
    assert last_of(street(stations=opens_late, profiles=late)) == Unserved(2, Reason.NO_WINDOW, 20)
    # Left at 20 it is out for 5400 s; a shift of 5000 s begins at 420, when the window is over by 400 s.
    assert last_of(street(truck(12, shift_s=5400), stations=opens_late, profiles=in_time)).reason is Reason.NO_ROOM
    assert last_of(street(truck(12, shift_s=5000), stations=opens_late, profiles=in_time)) == Unserved(
        2, Reason.NO_WINDOW, 400
    )


def test_the_limits_of_time_are_passed() -> None:
    # Alone: 300 out, 10 there, 100 to the station, 20 in it, 400 home.
    for limit in ({"shift_s": 800}, {"driving_s": 770}, {"latest_s": 800}, {"shift_s": 810, "latest_s": 800}):
        assert last_of(street(truck(12, **limit))) == Unserved(2, Reason.NO_SHIFT, 30)
    assert last_of(street(truck(12, shift_s=830))).reason is Reason.NO_ROOM


def test_breaks_take_their_time() -> None:
    # Alone it is back at 830, so a break that is to begin by then need not be taken.
    assert last_of(street(truck(12, shift_s=830, breaks=(Break(50, 830, 830),)))).reason is Reason.NO_ROOM
    assert last_of(street(truck(12, shift_s=830, breaks=(Break(50, 0, 829),)))) == Unserved(2, Reason.NO_SHIFT, 50)


def test_it_is_beyond_the_range() -> None:
    assert last_of(street(truck(12, range_m=770))) == Unserved(2, Reason.NO_RANGE, 30)
    assert last_of(street(truck(12, range_m=400), stations=(Station(4, charges=True),))).reason is Reason.NO_ROOM
    apart = (Station(4), Station(2, takes=(False,), charges=True))
    assert last_of(street(truck(12, range_m=400), stations=apart)) == Unserved(2, Reason.NO_RANGE, 200)
    assert last_of(street(truck(12, range_m=600), stations=apart)).reason is Reason.NO_ROOM


def test_the_stations_are_full() -> None:
    problem = street(stations=(Station(4, visit_s=20, throughput=9),))
    served = RoutePlan((route((STOP, 0, 100), (STOP, 1, 210), (STATION, 0, 420)),))
    assert why_unserved(problem, served) == (Unserved(2, Reason.NO_THROUGHPUT, 3),)
    assert why_unserved(street(stations=(Station(4, visit_s=20, throughput=12),)), served)[0].reason is Reason.NO_ROOM


def test_two_loads_may_go_to_two_stations() -> None:
    stops = stops_of([1, 2, 3], [(4, 0), (0, 4), (2, 2)])
    stations = (Station(4, takes=(True, False)), Station(2, takes=(False, True)))
    assert last_of(street(truck((8, 8)), stops=stops, stations=stations)).reason is Reason.NO_ROOM
    assert last_of(street(truck((8, 8)), stops=stops, stations=stations[:1])).reason is Reason.NO_STATION


def test_only_what_can_never_be_served_is_told_beforehand() -> None:
    assert never_served(street()) == ()
    assert [one.stop for one in never_served(street(truck(12, shift_s=429)))] == [0, 1, 2]


@pytest.mark.parametrize("reason", list(Reason))
def test_each_reason_has_its_words(reason: Reason) -> None:
    text = told(Unserved(4, reason, 7, 1))
    assert text.en.startswith("stop 4: ")
    assert text.zh.startswith("停靠点 4：")


def relaxed(problem: VehicleRoutingProblem, one: Unserved) -> VehicleRoutingProblem:
    """Give way by the missing amount."""
    by, (group,), (profile,) = one.missing, problem.groups, problem.profiles

    def more(limit: int | None) -> int | None:
        return None if limit is None else limit + by

    changes: dict[str, Any] = {}
    if one.reason is Reason.NO_CAPACITY:
        changes["groups"] = (replace(group, capacity=(group.capacity[0] + by,)),)
    elif one.reason is Reason.NO_WINDOW:
        changes["profiles"] = (replace(profile, latest_s=profile.latest_s + by),)
    elif one.reason is Reason.NO_SHIFT:
        longer: dict[str, Any] = {
            "shift_s": more(group.shift_s),
            "driving_s": more(group.driving_s),
            "latest_s": group.latest_s + by,
        }
        changes["groups"] = (replace(group, **longer),)
    elif one.reason is Reason.NO_RANGE:
        changes["groups"] = (replace(group, range_m=more(group.range_m)),)
    elif one.reason is Reason.NO_THROUGHPUT:
        changes["stations"] = tuple(replace(s, throughput=more(s.throughput)) for s in problem.stations)
    return replace(problem, **changes)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_giving_way_by_the_missing_amount_helps(seed: int) -> None:
    rng = np.random.default_rng(seed)
    limits = {"shift_s": 800, "driving_s": 750, "latest_s": 790, "range_m": 700, "earliest_s": 20}
    chosen = {key: int(rng.normal(most, 150)) for key, most in limits.items() if rng.random() < 0.5}
    chosen = {key: max(30, amount) for key, amount in chosen.items()}
    windows = [(0, int(rng.integers(50, 400))) for _ in range(3)]
    opens_s, charges = int(rng.integers(0, 500)), bool(rng.integers(2))
    stations = (
        Station(int(rng.integers(0, 5)), visit_s=20, throughput=int(rng.integers(0, 9))),
        Station(int(rng.integers(0, 5)), visit_s=5, charges=charges, open_s=((opens_s, 900),)),
    )
    problem = street(
        truck(int(rng.integers(2, 6)), **chosen),
        profiles=(profile_of(AT_M, 3, service_s=10, windows_s=windows),),
        stations=stations,
    )
    for one in why_unserved(problem, RoutePlan()):
        if one.missing:
            after = why_unserved(relaxed(problem, one), RoutePlan())[one.stop]
            assert after.reason is not one.reason
            if one.missing > 1:
                less = why_unserved(relaxed(problem, replace(one, missing=one.missing - 1)), RoutePlan())[one.stop]
                assert less.reason is not Reason.NO_ROOM
