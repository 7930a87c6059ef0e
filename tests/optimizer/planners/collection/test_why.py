"""What is said of points: served by whom and when, or left for which reason and what would change it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.city import City
from layers.geometry import Geometry
from layers.kinds.facilities import WastePoints
from layers.kinds.streets import Streets
from optimizer.monitor import Silent
from optimizer.plan import Plan
from optimizer.planners.collection.explaining.why import explain
from optimizer.planners.collection.problem import prepare
from optimizer.run import run
from tests.cities import X0_M, Y0_M, tiny_city
from tests.optimizer.planners.collection.conftest import inventory, scenario, tiny_plan


def with_points(**columns: object) -> City:
    city = tiny_city()
    return city.with_layers(replace(city[WastePoints], **columns))  # type: ignore[arg-type]


def left(plan: Plan) -> dict[str, tuple[str, str, str]]:
    assert plan.faults == ()
    return {u.item: (u.binding, u.reason.en, u.smallest_change.en if u.smallest_change else "") for u in plan.unserved}


def test_a_point_that_is_served_is_told_with_its_time_and_neighbours() -> None:
    said = explain(prepare(scenario(), Silent()), tiny_plan(), "w1").en
    assert "other waste: " in said
    assert "food waste: " in said
    assert "window 19:00-21:30" in said


def test_what_nobody_collects_is_said_so() -> None:
    assert "nothing is collected" in explain(prepare(scenario(), Silent()), tiny_plan(), "nowhere").en


def test_a_point_heavier_than_a_truck_is_left_and_the_rest_collected() -> None:
    kg = np.array([5000.0, 120, 200, 90, 110])
    plan = run(scenario(with_points(other_kg_day=kg), streams="other"), Silent())
    told = left(plan)
    assert told["w1:OTHER"][0] == "capacity"
    assert "5000 kg at one stop are 2000 kg more than a truck holds (3000 kg)" in told["w1:OTHER"][1]
    assert set(told) == {"w1:OTHER"}


def test_bad_points_are_named_and_the_rest_collected() -> None:
    """A point far away, one without coordinates, one with a negative amount, and one that repeats another."""
    xy = tiny_city()[WastePoints].geometry.coords
    moved = np.array([[X0_M + 90_000, Y0_M], [np.nan, np.nan], xy[2], xy[3], xy[3]])
    columns = {
        "geometry": Geometry.points(moved), "name": np.array(["a", "b", "c", "d", "d"]),
        "other_kg_day": np.array([10.0, 10, -5, 90, 90]), "food_kg_day": np.zeros(5),
    }  # fmt: skip
    told = left(run(scenario(with_points(**columns), streams="other"), Silent()))
    assert {item: binding for item, (binding, *_) in told.items()} == {
        "w1:OTHER": "no_street", "w2:OTHER": "coordinates", "w3:OTHER": "amount", "w5:OTHER": "duplicate",
    }  # fmt: skip
    assert "the nearest is 89.4 km away, beyond 150 m" in told["w1:OTHER"][1]
    assert "row 3, 'w3': other waste is -5 kg; 0 or more is expected" in told["w3:OTHER"][1]
    assert "repeats 'w4'" in told["w5:OTHER"][1]


def test_a_point_on_a_street_too_narrow_for_all_is_told_with_the_width() -> None:
    city = tiny_city()
    lane = Geometry.points([(X0_M + 400, Y0_M + 380), *city[WastePoints].geometry.coords[1:]])  # on 窄弄, 1.5 m wide
    told = left(run(scenario(with_points(geometry=lane), streams="other", point_snap_m=100.0), Silent()))
    assert told["w1:OTHER"][0] == "street_width"
    assert "no vehicle may enter the nearest street (0 m)" in told["w1:OTHER"][1]


@pytest.mark.parametrize("periods", ["02:00-03:00"])
def test_a_station_that_is_closed_all_night_leaves_all(periods: str) -> None:
    from layers.kinds.facilities import TransferStations

    city = tiny_city()
    shut = replace(city[TransferStations], open_periods=np.array([periods]))
    told = left(run(scenario(city.with_layers(shut), streams="other"), Silent()))
    assert {binding for binding, *_ in told.values()} == {"no_station"}


def test_unlit_streets_are_collected_in_the_morning() -> None:
    city = tiny_city()
    lit = np.ones(len(city[Streets]), dtype=bool)
    lit[city[Streets].row_of["s1"]] = False  # w1 is there
    plan = run(
        scenario(city.with_layers(replace(city[Streets], lit=lit)), inventory(sealed_3t=1), streams="other"), Silent()
    )
    assert left(plan) == {}
    morning = next(r for r in plan.routes if r.shift == "morning_collection")
    served = [leg for leg in morning.legs if leg.item == "w1:OTHER"]
    assert len(served) == 1
    assert 5.5 * 3600 <= served[0].start_s <= 7.5 * 3600
