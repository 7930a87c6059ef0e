"""Trucks unload at stations that are open, at a free bay, no more than a station takes in a night."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.geometry import Geometry
from layers.kinds.facilities import StationState, TransferStations
from optimizer.plan import Route
from optimizer.planners.collection.checking.stations import most_at_once
from optimizer.scenario import Lock, Scenario
from tests.cities import X0_M, Y0_M, tiny_city
from tests.optimizer.planners.collection.by_hand import (
    HOME,
    ONE_POINT,
    SEVEN_S,
    W2_TO_STATION,
    asked,
    codes,
    drive,
    route,
    serve,
    texts,
    unload,
)
from tests.optimizer.planners.collection.conftest import inventory, scenario


def station(locks: tuple[Lock, ...] = (), columns: dict[str, Any] | None = None, **values: Any) -> Scenario:
    """Return a question with two small trucks, about a city whose station is another."""
    city = tiny_city()
    changed = replace(city[TransferStations], **(columns or {}))
    return scenario(city.with_layers(changed), inventory(sealed_3t=2), locks, **{"streams": "other"} | values)


def opened(periods: str) -> Scenario:
    return station(columns={"open_periods": np.array([periods])})


# Served from 19:00 to 19:02, there at 19:03:40, gone at 19:13:40.
@pytest.mark.parametrize(
    ("periods", "is_open"),
    [
        ("", True),
        ("19:03-19:14", True),
        ("18:00-19:10,19:10-20:00", True),
        ("18:00-02:00", True),
        ("19:04-20:00", False),
        ("18:00-19:13", False),
        ("06:00-18:00", False),
        ("18:00-19:10,19:11-20:00", False),
    ],
)
def test_a_station_is_open_all_through_a_visit(periods: str, is_open: bool) -> None:
    assert codes(opened(periods), route(*ONE_POINT)) == ([] if is_open else ["station_closed"])


def test_unloading_takes_its_time() -> None:
    found = texts(asked(), route(*ONE_POINT[:3], unload(150, 599), HOME))
    assert found == ["unloading at ts1 takes less than 600 s"]


def test_a_station_that_is_not_there() -> None:
    assert "unknown" in codes(asked(), route(*ONE_POINT[:3], unload(150, station="ts9"), HOME))
    assert "unknown" in codes(asked(), route(*ONE_POINT[:3], unload(150, station="wp1"), HOME))


def test_a_station_that_is_to_be_closed_or_is_locked_is_not_used() -> None:
    city = tiny_city()
    two = TransferStations(
        ids=np.array(["ts1", "ts2"]),
        geometry=Geometry.points([[X0_M + 620, Y0_M + 200], [X0_M + 620, Y0_M]]),
        state=np.array([StationState.TO_CLOSE, StationState.SOUND], dtype=np.int8),
    )
    shut = scenario(city.with_layers(two), inventory(sealed_3t=1), streams="other")
    assert "unknown" in codes(shut, route(*ONE_POINT))
    assert "lock_broken" in codes(station((Lock("ts1", state="closed"),)), route(*ONE_POINT))


def second(begin_s: float) -> Route:
    """Return the round of a second truck, to w2, which is at the station 320 s later."""
    legs = (drive(300, "s1", "s2"), serve("w2:OTHER", 120), W2_TO_STATION, unload(120), HOME)
    return route(*legs, begin_s=begin_s, id="r2", vehicle="2 号车")


def test_a_bay_is_free_when_the_truck_before_has_left() -> None:
    one_bay, two_bays = ({"n_bays": np.array([n])} for n in (1, 2))
    # the first truck is there from 220 s to 820 s after seven, the second one 320 s after it left the depot
    together, behind = second(SEVEN_S + 499), second(SEVEN_S + 500)
    assert texts(station(columns=one_bay), route(*ONE_POINT), together) == ["2 vehicles at ts1 at 19:14, it has 1 bays"]
    assert codes(station(columns=one_bay), route(*ONE_POINT), behind) == []
    assert codes(station(columns=two_bays), route(*ONE_POINT), together) == []


def test_bays_that_nobody_counted_are_as_many_as_the_parameter_says() -> None:
    assert codes(station(n_bays=1), route(*ONE_POINT), second(SEVEN_S)) == ["bays_exceeded"]
    assert codes(station(n_bays=2), route(*ONE_POINT), second(SEVEN_S)) == []


def test_most_at_once() -> None:
    begins, ends = np.array([0.0, 5.0, 9.0, 10.0]), np.array([10.0, 10.0, 12.0, 20.0])
    assert most_at_once(begins, ends) == (3, 9.0)


def test_a_station_takes_so_much_in_a_night() -> None:
    both = (route(*ONE_POINT), second(SEVEN_S))  # 150 kg and 120 kg
    columns = {"capacity_t_day": np.array([0.27])}
    assert codes(station(columns=columns), *both) == []
    assert texts(station(columns=columns, station_share=90.0), *both) == ["ts1 gets 0.3 t, it takes 0.2 t"]
    assert codes(station(columns={"capacity_t_day": np.array([np.nan])}, station_share=1.0), *both) == []
