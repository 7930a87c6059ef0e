"""No stream enters another's compartment, none holds too much, all is unloaded, and no charge is driven beyond its range."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from layers.kinds.facilities import Depots, WastePoints
from optimizer.plan import Leg, LegKind
from optimizer.scenario import Scenario
from tests.cities import tiny_city
from tests.optimizer.planners.collection.by_hand import (
    HOME,
    ON_TO_W2,
    ONE_POINT,
    TO_W1,
    TWO_POINTS,
    W1_TO_STATION,
    W2_TO_STATION,
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


@cache
def truck(*, city: Any = None, streams: str = "other,food", **fields: Any) -> Scenario:
    """Return a question with one small truck that is changed in some ways."""
    base = inventory(sealed_3t=1)
    types = tuple(replace(v, **fields) if v.key == "sealed_3t" else v for v in base.vehicle_types)
    return scenario(city or tiny_city(), replace(base, vehicle_types=types), streams=streams)


def both_streams(*, food_kg: float = 40) -> tuple[Leg, ...]:
    """Return the round to w1 for both its streams, one after the other."""
    all_kg = 150 + food_kg
    return (TO_W1, serve("w1:OTHER", 150), serve("w1:FOOD", food_kg), W1_TO_STATION, unload(all_kg), HOME)


def test_an_undivided_body_takes_one_stream() -> None:
    assert texts(truck(), route(*both_streams())) == ["other waste and food waste in one compartment"]
    assert codes(truck(second_compartment_ratio=0.3), route(*both_streams())) == []


def test_unloading_in_between_does_not_clean_the_body() -> None:
    back = drive(700, "-s10", "-s3", "-s2", "-s1")
    legs = (*ONE_POINT[:4], back, serve("w1:FOOD", 40), W1_TO_STATION, unload(40), HOME)
    assert codes(truck(), route(*legs)) == ["streams_mixed"]


def test_three_streams_find_no_place_in_two_compartments() -> None:
    city = tiny_city()
    paper = replace(city[WastePoints], recyclable_kg_day=np.array([10.0, 0, 0, 0, 0]))
    of = truck(city=city.with_layers(paper), streams="other,food,recyclable", second_compartment_ratio=0.3)
    third = (*both_streams()[:3], serve("w1:RECYCLABLE", 10), W1_TO_STATION, unload(200), HOME)
    assert codes(of, route(*third)) == ["streams_mixed"]
    # food has the second compartment; without it paper and other waste would still share the first
    no_food = (TO_W1, serve("w1:OTHER", 150), serve("w1:RECYCLABLE", 10), W1_TO_STATION, unload(160), HOME)
    assert codes(of, route(*no_food)) == ["streams_mixed"]


@pytest.mark.parametrize(
    ("hopper_kg", "ratio", "found"),
    # w1 has 150 kg of other waste, 40 kg of food: each compartment by itself must hold its stream
    [
        (200.0, 0.2, []),  # 160 and 40
        (200.0, 0.3, ["150 kg aboard at 19:02, it holds 140 kg"]),
        (200.0, 0.1, ["40 kg aboard at 19:04, it holds 20 kg"]),
    ],
)
def test_each_compartment_holds_its_own(hopper_kg: float, ratio: float, found: list[str]) -> None:
    of = truck(hopper_kg=hopper_kg, second_compartment_ratio=ratio)
    assert texts(of, route(*both_streams())) == found


def test_what_a_truck_holds_counts_from_unloading_to_unloading() -> None:
    # 150 kg and 120 kg are too much at once for 200 kg, and fit with a trip each
    of = truck(streams="other", hopper_kg=200.0)
    assert texts(of, route(*TWO_POINTS)) == ["270 kg aboard at 19:06, it holds 200 kg"]
    to_w2 = drive(500, "-s10", "-s3", "-s2")
    trips = (*ONE_POINT[:4], to_w2, serve("w2:OTHER", 120), W2_TO_STATION, unload(120), HOME)
    assert codes(of, route(*trips)) == []


def test_a_truck_comes_home_empty() -> None:
    home = drive(300, "-s2", "-s1")
    full = (TO_W1, serve("w1:OTHER", 150), ON_TO_W2, serve("w2:OTHER", 120), home)
    assert texts(asked(), route(*full)) == ["it ends with 270 kg aboard"]


@pytest.mark.parametrize("kg", [100.0, 200.0, 0.0, -150.0])
def test_unloading_gives_off_what_is_aboard(kg: float) -> None:
    assert codes(asked(), route(*ONE_POINT[:3], unload(kg), HOME)) == ["wrong_load"]


@pytest.mark.parametrize("leg", [drive(700, "s1", "s2", "s3", "s10"), still(LegKind.WAIT, 10)])
def test_nothing_is_taken_or_lost_on_the_way(leg: Leg) -> None:
    spoilt = (*ONE_POINT[:2], replace(leg, load_kg=-5.0), *(() if leg.path else (W1_TO_STATION,)), *ONE_POINT[3:])
    assert texts(asked(), route(*spoilt)) == ["the load changes by -5.0 kg at 19:02, by neither service nor unloading"]


def test_a_charge_lasts_as_far_as_the_range() -> None:
    # 100 + 700 + 800 m
    assert codes(truck(streams="other", range_m=1_600.0), route(*ONE_POINT)) == []
    found = texts(truck(streams="other", range_m=1_500.0), route(*ONE_POINT))
    assert found == ["1.6 km on one charge, its range is 1.5 km"]


def with_chargers(**fields: Any) -> Scenario:
    city = tiny_city()
    depots = replace(city[Depots], charging=np.array([True]))
    return truck(city=city.with_layers(depots), **{"streams": "other", "range_m": 2_000.0, "charge_s": 600.0} | fields)


def two_rounds(charge_s: float, where: str = "depot1") -> tuple[Leg, ...]:
    """Return a round to w1 and one to w2, 1.6 km each, with a charge at the depot in between."""
    charge = still(LegKind.REFILL, charge_s, where)
    to_w2 = drive(300, "s1", "s2")
    return (*ONE_POINT, charge, to_w2, serve("w2:OTHER", 120), W2_TO_STATION, unload(120), HOME)


def test_charging_fills_the_battery_up() -> None:
    assert codes(with_chargers(), route(*two_rounds(600))) == []
    without = tuple(leg for leg in two_rounds(600) if leg.kind is not LegKind.REFILL)
    assert texts(with_chargers(), route(*without)) == ["3.2 km on one charge, its range is 2.0 km"]
    assert codes(with_chargers(range_m=1_500.0), route(*two_rounds(600))) == ["range_exceeded"]


def test_charging_takes_a_charger_its_time_and_a_battery() -> None:
    assert codes(with_chargers(), route(*two_rounds(599))) == ["wrong_charging"]
    assert codes(with_chargers(electric=False), route(*two_rounds(600))) == ["wrong_charging"]
    assert codes(truck(streams="other", range_m=2_000.0, charge_s=600.0), route(*two_rounds(600))) == ["wrong_charging"]
    at_station = (*ONE_POINT[:4], still(LegKind.REFILL, 600, "ts1"), HOME)
    assert codes(with_chargers(), route(*at_station)) == ["wrong_charging"]
