"""What cannot be right is named with its row and value and listed; the rest is planned all the same."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from layers.city import City
from layers.errors import InputError
from layers.geometry import Geometry
from layers.kinds.facilities import Depots, TransferStations, WastePoints
from layers.kinds.streets import Streets
from optimizer.monitor import Silent
from optimizer.plan import LegKind, Plan, Unserved
from optimizer.planners.collection.night.reading import night_of
from optimizer.run import run
from tests.cities import X0_M, Y0_M, tiny_city
from tests.optimizer.planners.collection.conftest import inventory, scenario

# Each spoils w2 alone: where it lies, metres from A1, and its other waste.
AWAY = (300.0, -300.0)


def spoilt(xy: tuple[float, float] | None = None, kg: float = 120.0) -> City:
    """Return the tiny city with w2 somewhere else, or with other kilograms of other waste."""
    city = tiny_city()
    points = city[WastePoints]
    coords, other_kg = points.geometry.coords.copy(), points.other_kg_day.copy()
    coords[1] = coords[1] if xy is None else xy
    other_kg[1] = kg
    return city.with_layers(replace(points, geometry=Geometry.points(coords), other_kg_day=other_kg))


def planned(city: City, **values: Any) -> Plan:
    """Return the plan of a city with one small truck, other waste alone."""
    asked: dict[str, Any] = {"streams": "other", "work_limit": 50} | values
    return run(scenario(city, inventory(sealed_3t=1), **asked), Silent())


def served(plan: Plan) -> set[str]:
    return {leg.item for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE}


OTHERS = {"w1:OTHER", "w3:OTHER", "w4:OTHER", "w5:OTHER"}


def only_left(plan: Plan) -> Unserved:
    """Return what is said of w2, where all the others are served and the plan has no fault."""
    assert plan.faults == ()
    assert served(plan) == OTHERS
    (left,) = plan.unserved
    assert left.item == "w2:OTHER"
    return left


@pytest.mark.parametrize(
    ("xy", "binding", "reason", "change"),
    [
        (
            (X0_M + 300, Y0_M - 300),
            "no_street",
            "row 2, (500300.0, 3549700.0), is on no street: the nearest is 300 m away, beyond 150 m",
            "mend its coordinates, or point_snap_m of 300 m",
        ),
        (
            (Y0_M + 8, X0_M + 300),
            "no_street",
            "row 2, (3550008.0, 500300.0), is on no street: the nearest is 4312.7 km away, beyond 150 m",
            "x and y the other way round: they look swapped",
        ),
        (
            (0.0, 0.0),
            "no_street",
            "row 2, (0.0, 0.0), is on no street: the nearest is 3585.0 km away, beyond 150 m",
            "mend its coordinates",
        ),
        (
            (np.nan, np.nan),
            "coordinates",
            "row 2: its coordinates are (nan, nan); numbers are expected",
            "give its coordinates",
        ),
        (
            (np.inf, 8.0),
            "coordinates",
            "row 2: its coordinates are (inf, 8.0); numbers are expected",
            "give its coordinates",
        ),
    ],
    ids=["far", "swapped", "zero", "blank", "infinite"],
)
def test_a_point_that_lies_nowhere(xy: tuple[float, float], binding: str, reason: str, change: str) -> None:
    left = only_left(planned(spoilt(xy)))
    assert (left.binding, left.reason.en, left.amount) == (binding, reason, 120.0)
    assert left.smallest_change is not None
    assert left.smallest_change.en == change


def test_the_change_that_is_named_helps() -> None:
    plan = planned(spoilt((X0_M + 300, Y0_M - 300)), point_snap_m=300.0)
    assert served(plan) == OTHERS | {"w2:OTHER"}


def test_a_point_on_a_street_that_no_truck_may_enter() -> None:
    # 窄弄 is 1.5 m wide, and 中山路 110 m away
    plan = planned(spoilt((X0_M + 400, Y0_M + 350)), point_snap_m=100.0)
    left = only_left(plan)
    assert left.binding == "street_width"
    assert left.reason.en == "no vehicle may enter the nearest street (0 m); the next is 150 m away, beyond 100 m"


def test_negative_kilograms() -> None:
    left = only_left(planned(spoilt(kg=-5.0)))
    assert (left.binding, left.amount) == ("amount", -5.0)
    assert left.reason.en == "row 2, 'w2': other waste is -5 kg; 0 or more is expected"


def test_negative_kilograms_of_one_stream_leave_the_others() -> None:
    city = tiny_city()
    food = city[WastePoints].food_kg_day.copy()
    food[1] = -7.0
    city = city.with_layers(replace(city[WastePoints], food_kg_day=food))
    plan = planned(city)
    assert (plan.unserved, served(plan)) == ((), {*OTHERS, "w2:OTHER"})
    (both,) = night_of(scenario(city)).kept_out.values()
    assert (both.item, both.reason.en) == ("w2:FOOD", "row 2, 'w2': food waste is -7 kg; 0 or more is expected")


def test_a_point_heavier_than_every_truck() -> None:
    left = only_left(planned(spoilt(kg=3_500.0)))
    assert (left.binding, left.amount) == ("capacity", 3_500.0)
    assert left.reason.en == "3500 kg at one stop are 500 kg more than a truck holds (3000 kg)"
    assert left.smallest_change is not None
    assert left.smallest_change.en == "two points, or a truck that holds 3500 kg"


def test_a_point_that_is_there_twice() -> None:
    city = spoilt((X0_M + 100, Y0_M + 8), kg=150.0)  # where w1 is, and as much
    points = city[WastePoints]
    food = points.food_kg_day.copy()
    food[1] = food[0]
    twice = city.with_layers(replace(points, name=np.array(["甲", "甲", "丙", "丁", "戊"]), food_kg_day=food))
    left = only_left(planned(twice))
    assert (left.binding, left.reason.en) == ("duplicate", "it repeats 'w1': same place, name and amounts")
    # two of one place and another name are two
    named = city.with_layers(replace(points, name=np.array(["甲", "乙", "丙", "丁", "戊"]), food_kg_day=food))
    assert not night_of(scenario(named)).kept_out


def test_a_window_before_the_earliest_arrival() -> None:
    # trucks leave at 18:40; w5 is 700 m and w3 500 m away, a minute or so, and takes a minute and a half or more
    plan = planned(tiny_city(), lit_window="18:35-18:42")
    assert plan.faults == ()
    left = {u.item: u for u in plan.unserved}
    assert left["w3:OTHER"].binding == "window"
    reason = "no vehicle can be there within 18:35-18:42: 1 min too late"
    assert left["w3:OTHER"].reason.en == reason
    assert left["w3:OTHER"].smallest_change is not None
    assert left["w3:OTHER"].smallest_change.en == "+1 min of its window"
    assert "w1:OTHER" in served(plan)


@cache
def closed(*hours: str) -> Plan:
    """Return the plan of the city with a station beside 东三街 for each of some hours."""
    at = Geometry.points([[X0_M + 620, Y0_M + 200 - 150 * k] for k in range(len(hours))])
    ids = np.array([f"ts{k}" for k in range(len(hours))])
    return planned(tiny_city().with_layers(TransferStations(ids=ids, geometry=at, open_periods=np.array(hours))))


def test_a_station_that_is_closed_all_night() -> None:
    plan = closed("06:00-18:00", "00:00-24:00")
    assert (plan.faults, plan.unserved) == ((), ())
    assert {leg.item for r in plan.routes for leg in r.legs if leg.kind is LegKind.UNLOAD} == {"ts1"}


def test_no_station_that_is_open_leaves_everything_with_the_reason() -> None:
    plan = closed("06:00-18:00")
    assert (plan.faults, plan.routes) == ((), ())
    assert {(u.binding, u.reason.en) for u in plan.unserved} == {
        ("no_station", "no station can be reached while it is open")
    }
    assert len(plan.unserved) == 5


def with_river_station() -> City:
    """Return the tiny city with its station, and another one two kilometres from every street."""
    ids, at = np.array(["ts1", "river"]), Geometry.points([(X0_M + 620, Y0_M + 200), (X0_M, Y0_M + 2_400)])
    return tiny_city().with_layers(TransferStations(ids=ids, geometry=at))


def test_a_station_off_every_street_is_listed_with_its_distance_and_left_out() -> None:
    plan = planned(with_river_station())
    assert (plan.faults, plan.unserved) == ((), ())
    (told,) = (a for a in plan.assumed if a.what.en == "stations on no street")
    assert told.n_items == 1
    # the northern street lies 400 m north of the depot
    assert told.rule.en.endswith("from every street that vehicles may use: river 2.0 km")


def test_a_typed_station_off_every_street_is_refused_with_its_distance() -> None:
    with pytest.raises(InputError, match=r"station 'station1' lies \d+ m from the nearest street .* farther than 300 m"):
        night_of(scenario(station="118.0,32.0"))


def test_streams_with_nothing_to_collect_are_refused() -> None:
    with pytest.raises(InputError, match=r"no hazardous waste to collect \(parameter streams=hazardous\)"):
        night_of(scenario(streams="hazardous"))


def test_all_at_once_leaves_the_sound_ones() -> None:
    city = spoilt((Y0_M, X0_M))
    points = city[WastePoints]
    coords, kg = points.geometry.coords.copy(), points.other_kg_day.copy()
    coords[3] = [np.nan, np.nan]
    kg[2], kg[4] = -1.0, 9_999.0
    plan = planned(city.with_layers(replace(points, geometry=Geometry.points(coords), other_kg_day=kg)))
    assert plan.faults == ()
    assert served(plan) == {"w1:OTHER"}
    assert {u.item: u.binding for u in plan.unserved} == {
        "w2:OTHER": "no_street", "w3:OTHER": "amount", "w4:OTHER": "coordinates", "w5:OTHER": "capacity",
    }  # fmt: skip


def test_a_depot_on_no_street_is_refused() -> None:
    far = Depots(ids=np.array(["d9"]), geometry=Geometry.points([[X0_M, Y0_M - 5_000]]))
    with pytest.raises(InputError, match="d9"):
        night_of(scenario(tiny_city().with_layers(far)))


def test_no_truck_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="has no collection vehicle in service; one at least is needed"):
        night_of(scenario(fleet=inventory()))


def test_streets_without_any_known_width_or_speed_are_assumed_and_said() -> None:
    city = tiny_city()
    blank = replace(city[Streets], width_m=np.full(12, np.nan), speed_mps=np.full(12, np.nan))
    plan = planned(city.with_layers(blank))
    assert plan.faults == ()
    assert served(plan) == OTHERS | {"w2:OTHER"}
    assert [a.n_items for a in plan.assumed if "width" in a.what.en] == [12]
