"""Points are served in their window, quietly, long enough, by a collecting vehicle, with the kilograms that stand there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.geometry import Geometry
from layers.kinds.places import SensitiveKind, SensitivePlaces
from layers.kinds.streets import Streets
from optimizer.check import structural_faults
from optimizer.plan import Route
from optimizer.planner import planner
from optimizer.scenario import Scenario
from tests.cities import X0_M, Y0_M, tiny_city
from tests.optimizer.planners.collection.by_hand import (
    HOME,
    ONE_POINT,
    TO_W1,
    W1_TO_STATION,
    asked,
    codes,
    drive,
    plan_of,
    route,
    serve,
    texts,
    unload,
)
from tests.optimizer.planners.collection.conftest import inventory, scenario

CLOCK = 3600.0
TO_W4, W4_TO_STATION = drive(300, "-s1", "s7", "s4"), drive(500, "s4", "s5", "s6", "-s10")


def served(item: str, kg: float, seconds: float, begin_s: float, **fields: Any) -> Route:
    """Return the round to w1 with a service that begins at a time."""
    legs = (TO_W1, serve(item, kg, seconds), W1_TO_STATION, unload(kg), HOME)
    return route(*legs, begin_s=begin_s - 100, **fields)


@pytest.mark.parametrize(
    ("begin_s", "found"),
    [
        (19 * CLOCK, []),
        (19 * CLOCK - 1, ["outside_window"]),
        (21.5 * CLOCK - 120, []),
        (21.5 * CLOCK - 119, ["outside_window"]),
    ],
)
def test_service_begins_and_ends_in_the_window(begin_s: float, found: list[str]) -> None:
    assert codes(asked(), served("w1:OTHER", 150, 120, begin_s)) == found


def dark() -> Scenario:
    """Return the question about a city in which 人民路 has no lamps."""
    city = tiny_city()
    lit = np.array([name != "人民路" for name in city[Streets].name.tolist()])
    return scenario(city.with_layers(replace(city[Streets], lit=lit)), inventory(sealed_3t=1), streams="other")


def test_a_street_without_lamps_is_served_by_morning_light() -> None:
    assert codes(dark(), served("w1:OTHER", 150, 120, 19 * CLOCK)) == ["outside_window"]
    morning = served("w1:OTHER", 150, 120, 5.5 * CLOCK, shift="morning_collection")
    assert codes(dark(), morning) == []
    assert "outside_window" in codes(dark(), served("w1:OTHER", 150, 120, 7.5 * CLOCK - 119, shift="morning_collection"))


def with_homes(*, electric: bool = False, **values: Any) -> Scenario:
    """Return the question about a city with homes 20 m from w4 and branch roads alone; lamps everywhere."""
    city = tiny_city()
    at = Geometry.points([[X0_M + 100, Y0_M + 228]])
    homes = SensitivePlaces(ids=np.array(["h"]), geometry=at, sensitive=np.array([SensitiveKind.HOME], dtype=np.int8))
    small = replace(city[Streets], road_class=np.full(len(city[Streets]), 4, dtype=np.int8))
    base = inventory(sealed_3t=1)
    fleet = replace(base, vehicle_types=tuple(replace(v, electric=electric) for v in base.vehicle_types))
    return scenario(city.with_layers(small, homes), fleet, **{"streams": "other"} | values)


def at_w4(end_s: float) -> Route:
    legs = (TO_W4, serve("w4:OTHER", 90), W4_TO_STATION, unload(90), HOME)
    return route(*legs, begin_s=end_s - 220)


def test_a_noisy_truck_is_done_near_homes_when_quiet_begins() -> None:
    # quiet from 20:30
    assert codes(with_homes(), at_w4(20.5 * CLOCK)) == []
    assert codes(with_homes(), at_w4(20.5 * CLOCK + 1)) == ["not_quiet"]
    assert codes(with_homes(electric=True), at_w4(20.5 * CLOCK + 1)) == []
    assert codes(with_homes(quiet_home_m=19.0), at_w4(20.5 * CLOCK + 1)) == []
    # w1 has no homes near it
    assert codes(with_homes(), served("w1:OTHER", 150, 120, 21 * CLOCK)) == []


def test_a_wide_street_need_not_be_quiet() -> None:
    of = with_homes()
    wide = replace(of, city=of.city.with_layers(tiny_city()[Streets]))
    assert codes(wide, at_w4(21 * CLOCK)) == []


@pytest.mark.parametrize(
    ("seconds", "found"),
    # three bins of 30 s and 30 s for the stop; of four bins three are other waste's
    [(120.0, []), (119.0, ["too_short"])],
)
def test_a_stay_is_as_long_as_its_bins_take(seconds: float, found: list[str]) -> None:
    of = asked(bin_s=30.0, stop_s=30.0)
    legs = (drive(500, "s1", "s2", "s3"), serve("w3:OTHER", 200, seconds), drive(300, "s3", "s10"), unload(200), HOME)
    assert codes(of, route(*legs)) == found


def test_a_stay_is_no_shorter_than_the_least_one() -> None:
    of = asked(least_stay_s=300.0)
    assert texts(of, served("w1:OTHER", 150, 299, 19 * CLOCK)) == ["w1:OTHER takes 299 s, at least 300 s"]
    assert codes(of, served("w1:OTHER", 150, 300, 19 * CLOCK)) == []


@pytest.mark.parametrize("kg", [149.0, 151.0, 0.0, -150.0])
def test_other_kilograms_than_stand_there(kg: float) -> None:
    assert "wrong_load" in codes(asked(), served("w1:OTHER", kg, 120, 19 * CLOCK))


@pytest.mark.parametrize("item", ["w9:OTHER", "w1:GLASS", "w1", "", "w1:FOOD", "w1:other"])
def test_what_nobody_asked_for_is_no_task(item: str) -> None:
    found = texts(asked(), served(item, 150, 120, 19 * CLOCK))
    assert f"there is nothing to collect at {item!r}" in found


def test_a_vehicle_that_does_not_collect() -> None:
    found = codes(asked(), served("w1:OTHER", 150, 120, 19 * CLOCK, vehicle_type="washer"))
    assert "unsuitable_vehicle" in found


def test_a_task_is_served_once() -> None:
    back = drive(700, "-s10", "-s3", "-s2", "-s1")
    plan = plan_of(asked(), route(*ONE_POINT[:4], back, *ONE_POINT[1:]))
    found = structural_faults(asked(), plan, planner("collection"))
    assert [f.text.en for f in found if f.code == "served_twice"] == ["'w1:OTHER' is served 2 times"]
