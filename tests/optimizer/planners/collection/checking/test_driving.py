"""Trucks drive from stop to stop: along streets that join, that they may use, on the point's side, at no more than speed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.kinds.streets import Streets
from optimizer.plan import Leg, LegKind
from optimizer.scenario import Scenario
from tests.cities import tiny_city
from tests.optimizer.planners.collection.by_hand import (
    HOME,
    ONE_POINT,
    SEVEN_S,
    TO_W1,
    TWO_POINTS,
    W1_TO_STATION,
    asked,
    codes,
    drive,
    route,
    serve,
    still,
    texts,
    unload,
)
from tests.optimizer.planners.collection.conftest import inventory, scenario


def first(drive_there: Leg) -> tuple[Leg, ...]:
    """Return the round to one point with another way there."""
    return (drive_there, *ONE_POINT[1:])


def streets(**columns: Any) -> Scenario:
    city = tiny_city()
    return scenario(city.with_layers(replace(city[Streets], **columns)), inventory(sealed_3t=1), streams="other")


def only(street: str, value: object, other: object) -> np.ndarray[Any, Any]:
    """Return a column with a value for one street and another for the rest."""
    return np.array([value if name == street else other for name in tiny_city()[Streets].ids.tolist()])


@pytest.mark.parametrize("legs", [ONE_POINT, TWO_POINTS])
def test_a_round_by_hand_is_sound(legs: tuple[Leg, ...]) -> None:
    assert codes(asked(), route(*legs)) == []


# 100 m at 35 km/h are 10.3 s; a second is left to rounding.
@pytest.mark.parametrize(
    ("values", "slow_enough_s"), [({}, 10), ({"drive_time_factor": 2.0}, 20), ({"approach_s": 30.0}, 40)]
)
def test_a_way_takes_its_time(values: dict[str, float], slow_enough_s: float) -> None:
    def there_in(seconds: float) -> list[str]:
        rest = [replace(leg, end_s=300.0) if leg.kind is LegKind.DRIVE else leg for leg in ONE_POINT[1:]]
        return codes(asked(**values), route(replace(TO_W1, end_s=seconds), *rest, begin_s=SEVEN_S))

    assert there_in(slow_enough_s) == []
    assert there_in(slow_enough_s - 1) == ["too_fast"]


def test_waiting_is_not_driving() -> None:
    legs = (drive(100, "s1", seconds=5), still(LegKind.WAIT, 95), *ONE_POINT[1:])
    assert texts(asked(), route(*legs)) == ["the drive from 18:58 takes 5 s, at least 10 s"]


@pytest.mark.parametrize(
    ("way", "code"),
    [
        (drive(100, "s2"), "path_broken"),  # begins on a street without the depot
        (drive(300, "s1", "s2"), "path_broken"),  # ends on a street without the point
        (drive(500, "s1", "s3", "-s1"), "path_broken"),  # s1 and s3 do not meet
        (drive(0), "path_broken"),  # nothing driven at all
        (drive(90, "s1"), "wrong_length"),
        (drive(110, "s1"), "wrong_length"),
        (drive(100, "s99"), "unknown"),
    ],
)
def test_a_way_leads_from_stop_to_stop(way: Leg, code: str) -> None:
    assert codes(asked(), route(*first(way))) == [code]


def test_metres_written_into_a_stop_are_told() -> None:
    far = replace(serve("w1:OTHER", 150), length_m=400.0)
    assert codes(asked(), route(TO_W1, far, W1_TO_STATION, unload(150), HOME)) == ["wrong_length"]


# From the depot up 梧桐街 to w4 on 中山路; or along 人民路 and by the banned turn into 东一街.
TO_W4, BANNED = drive(300, "-s1", "s7", "s4"), drive(500, "s1", "s8", "-s4")
W4_TO_STATION = drive(500, "s4", "s5", "s6", "-s10")


def test_a_banned_turn() -> None:
    after = (serve("w4:OTHER", 90), W4_TO_STATION, unload(90), HOME)
    assert codes(asked(), route(TO_W4, *after)) == []
    assert codes(asked(), route(BANNED, *after)) == ["banned_turn"]


def test_a_one_way_street_against_its_direction() -> None:
    # from w4 down 东一街, which is one-way up, to w2
    legs = (TO_W4, serve("w4:OTHER", 90), drive(400, "s4", "-s8", "s2"), serve("w2:OTHER", 120))
    found = texts(asked(), route(*legs, drive(500, "s2", "s3", "s10"), unload(210), HOME))
    assert found[0] == "street s8 is one-way, the other way (19:02)"


@pytest.mark.parametrize(
    ("column", "value", "other", "code"),
    [
        ("closed", True, False, "street_closed"),
        ("width_m", 2.7, 9.0, "street_too_narrow"),  # the truck works in 2.8 m
        ("max_height_m", 2.2, np.nan, "street_too_low"),  # it is 2.3 m high
        ("max_weight_kg", 6_900.0, np.nan, "street_too_weak"),  # and weighs 7 t
        ("ban_periods", "18:59-19:00", "", "banned_hours"),
        ("ban_periods", "19:03-19:30", "", "banned_hours"),
    ],
)
def test_a_street_that_the_truck_may_not_use(column: str, value: object, other: object, code: str) -> None:
    # 东三街 is on the way to the station and back, 人民路's first part on the way to the point
    street = "s10" if value == "19:03-19:30" else "s1"
    assert code in codes(streets(**{column: only(street, value, other)}), route(*ONE_POINT))


@pytest.mark.parametrize(
    ("column", "value", "other"),
    [
        ("width_m", 2.8, 9.0),
        ("max_height_m", 2.3, np.nan),
        ("max_weight_kg", 7_000.0, np.nan),
        ("ban_periods", "20:00-23:00", ""),
    ],
)
def test_a_street_that_it_just_may_use(column: str, value: object, other: object) -> None:
    of = streets(**{column: only("s1", value, other)})
    assert not {"street_too_narrow", "street_too_low", "street_too_weak", "banned_hours"} & set(codes(of, route(*ONE_POINT)))


def test_a_point_of_a_divided_road_is_reached_and_left_on_its_own_side() -> None:
    # w1 lies north of 人民路, which is drawn eastward: on the side of westbound traffic
    of = streets(centre_barrier=only("s1", True, False))
    round_about = drive(1100, "-s1", "s7", "s4", "s5", "-s9", "-s2", "-s1", seconds=150)
    onward = drive(900, "-s1", "s7", "s4", "s5", "s6", "-s10", seconds=150)
    legs = (round_about, serve("w1:OTHER", 150), onward, unload(150), HOME)
    assert codes(of, route(*legs, begin_s=68_300.0)) == []
    assert codes(of, route(*ONE_POINT)) == ["wrong_side", "wrong_side"]
    either = replace(of, params=replace(of.params, kerb_side=False))  # type: ignore[call-arg]
    assert codes(either, route(*ONE_POINT)) == []


def test_a_route_ends_where_it_began() -> None:
    short = (*ONE_POINT[:-1], drive(700, "-s10", "-s3", "-s2", "-s1"))
    assert codes(asked(), route(*short)) == ["wrong_length"]
    assert codes(asked(), route(*ONE_POINT[:-1])) == ["path_broken"]
