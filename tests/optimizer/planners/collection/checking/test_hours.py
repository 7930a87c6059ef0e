"""Routes keep to their shift and its break, to one depot, and to the vehicles that there are; a week to its timetable."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optimizer.plan import Leg, LegKind, Route
from optimizer.scenario import Scenario
from tests.optimizer.planners.collection.by_hand import (
    HOME,
    ONE_POINT,
    SEVEN_S,
    TO_W1,
    W1_TO_STATION,
    asked,
    codes,
    route,
    serve,
    still,
    texts,
    unload,
)
from tests.optimizer.planners.collection.conftest import inventory, scenario

# The shift is from 18:30 to 22:30, with ten minutes at the depot before and a quarter of an hour behind.
LEAVE_S, BACK_S = 18 * 3600 + 40 * 60.0, 22 * 3600 + 15 * 60.0


def long_round(begin_s: float, end_s: float) -> Route:
    """Return the round to w1 with waiting before its service, and behind its unloading until it ends at a time."""
    early = still(LegKind.WAIT, SEVEN_S - 100 - begin_s)
    late = still(LegKind.WAIT, end_s - (SEVEN_S + 120 + 100 + 600 + 100))
    return route(early, *ONE_POINT[:-1], late, HOME, begin_s=begin_s)


@pytest.mark.parametrize(
    ("begin_s", "end_s", "found"),
    [
        (LEAVE_S, BACK_S, []),
        (LEAVE_S - 60, BACK_S, ["it runs 18:39-22:15; the shift allows 18:40-22:15"]),
        (LEAVE_S, BACK_S + 60, ["it runs 18:40-22:16; the shift allows 18:40-22:15"]),
    ],
)
def test_a_route_keeps_to_its_shift(begin_s: float, end_s: float, found: list[str]) -> None:
    assert texts(asked(), long_round(begin_s, end_s)) == found


def test_the_hours_may_be_given() -> None:
    # the round ends at 19:15:20; with a quarter of an hour behind it the shift must last until 19:31
    assert codes(asked(shift_hours="18:30-19:31"), route(*ONE_POINT)) == []
    assert codes(asked(shift_hours="18:30-19:30"), route(*ONE_POINT)) == ["outside_shift"]


def test_a_truck_is_out_no_longer_than_asked() -> None:
    # an hour and 36 minutes from leaving at 18:40
    out = long_round(LEAVE_S, LEAVE_S + 1.6 * 3600)
    assert codes(asked(route_most_h=1.6), out) == []
    assert texts(asked(route_most_h=1.5), out) == ["it is out 1.60 h, at most 1.50 h is asked for"]


def test_a_shift_or_a_day_that_nobody_asked_for() -> None:
    assert "outside_shift" in codes(asked(), route(*ONE_POINT, shift="night"))
    assert codes(asked(), route(*ONE_POINT, day=1)) == ["outside_shift"]
    assert codes(asked(), route(*ONE_POINT, day=-1)) == ["outside_shift"]


def with_break(break_s: float) -> Scenario:
    fleet = inventory(sealed_3t=1)
    shifts = tuple(replace(s, break_s=break_s if s.key == "collection" else 0.0) for s in fleet.shifts)
    return scenario(fleet=replace(fleet, shifts=shifts), streams="other")


def rested(seconds: float) -> Route:
    """Return a round that lasts until 21:30, with a break before it comes home."""
    rest = still(LegKind.BREAK, seconds)
    late = still(LegKind.WAIT, 21.5 * 3600 - seconds - (SEVEN_S + 120 + 100 + 600 + 100))
    return route(*ONE_POINT[:-1], rest, late, HOME)


def test_who_works_into_the_last_quarter_has_had_the_break() -> None:
    # the last quarter of the shift begins at 21:30: a break of half an hour begins by 21:00
    assert codes(with_break(1800), rested(1800)) == []
    assert texts(with_break(1800), rested(1740)) == ["1740 s of break, the shift has 1800 s"]
    assert codes(with_break(1800), long_round(LEAVE_S, 21 * 3600 + 60)) == ["no_break"]
    assert codes(with_break(1800), long_round(LEAVE_S, 21 * 3600)) == []
    assert codes(with_break(0), long_round(LEAVE_S, BACK_S)) == []


def test_more_vehicles_than_are_in_service() -> None:
    second = (route(*ONE_POINT), route(*ONE_POINT, id="r2", vehicle="2 号车", begin_s=SEVEN_S + 3600))
    assert texts(asked(), *second) == ["2 3 t small sealed truck used, 1 in service"]
    # one vehicle may be out twice
    again = (route(*ONE_POINT), route(*ONE_POINT, id="r2", begin_s=SEVEN_S + 3600))
    assert codes(asked(), *again) == []
    assert codes(asked(fleet="sealed_3t=2"), *second) == []
    assert "fleet_exceeded" in codes(asked(fleet="bin_lifter=2"), route(*ONE_POINT))


def test_depots() -> None:
    assert "unknown" in codes(asked(), route(*ONE_POINT, depot="depot9"))
    strange = route(*ONE_POINT, id="r2", depot="depot9", begin_s=SEVEN_S + 3600)
    assert codes(asked(), route(*ONE_POINT), strange) == ["unknown", "two_depots"]


# A week in which there is 1.2 times as much on Mondays; the other days together make it up.
SHARES = (1.2, 1.0, 0.95, 0.95, 0.95, 0.95, 1.0)


def week(**values: Any) -> Scenario:
    return asked(days="week", day_shares=",".join(map(str, SHARES)), **values)


def day(number: int, later_s: float = 0.0, **fields: Any) -> Route:
    kg = 150 * SHARES[number]
    legs: tuple[Leg, ...] = (TO_W1, serve("w1:OTHER", kg), W1_TO_STATION, unload(kg), HOME)
    return route(*legs, begin_s=20 * 3600 + later_s, day=number, **{"id": f"r{number}"} | fields)


def test_a_week_with_one_timetable_is_sound() -> None:
    moved_s = (0.0, 600.0, -600.0, 0.0, 1.0, 300.0, 0.0)
    assert codes(week(), *(day(k, s) for k, s in enumerate(moved_s))) == []


def test_a_time_that_moves_too_far_from_the_heaviest_days() -> None:
    found = texts(week(), *(day(k, 660.0 if k == 3 else 0.0) for k in range(7)))
    assert found == ["w1:OTHER moves from 20:02 to 20:13, more than 10 min"]
    assert codes(week(tolerance_min=11.0), *(day(k, 660.0 if k == 3 else 0.0) for k in range(7))) == []


def test_a_day_that_is_left_out_and_another_vehicle() -> None:
    assert texts(week(), *(day(k) for k in range(6))) == ["w1:OTHER is served on 6 of 7 days"]
    others = [day(k, vehicle="2 号车" if k == 6 else "1 号车") for k in range(7)]
    assert "w1:OTHER is served by several vehicles" in texts(week(), *others)


def test_kilograms_are_those_of_the_day() -> None:
    wrong = replace(day(6), legs=replace(day(0), day=6).legs)
    assert texts(week(), *(day(k) for k in range(6)), wrong) == ["w1:OTHER has 150.0 kg, the plan says 180.0 kg"]
