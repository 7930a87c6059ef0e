"""What a night asks for, read from the tiny city."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.city import City
from layers.errors import InputError, ParameterError
from layers.geometry import Geometry
from layers.kinds.facilities import TransferStations, WastePoints
from layers.kinds.places import Population, SensitiveKind, SensitivePlaces
from layers.kinds.streets import RoadClass, Streets
from optimizer.ground.streams import FOOD, collected, numbers
from optimizer.planners.collection.night.fleet import layouts, rounds_of
from optimizer.planners.collection.night.reading import night_of
from optimizer.planners.collection.night.stations import Station
from optimizer.planners.collection.night.tasks import n_cut_in_two, window_of
from optimizer.planners.collection.params import CollectionParams
from resources.io import default_inventory
from tests.cities import X0_M, Y0_M, tiny_city
from tests.optimizer.planners.collection.conftest import inventory, scenario


def city_with(**columns: object) -> City:
    city = tiny_city()
    return city.with_layers(replace(city[WastePoints], **columns))  # type: ignore[arg-type]


def test_a_task_is_a_point_and_a_stream_with_anything_in_it() -> None:
    night = night_of(scenario())
    assert night.tasks.items == (
        "w1:OTHER", "w1:FOOD", "w2:OTHER", "w2:FOOD", "w3:OTHER", "w3:FOOD", "w4:OTHER", "w4:FOOD", "w5:OTHER",
    )  # fmt: skip
    # w1 has three bins for 150 and 40 kg: two and one; 30 s a stop and 30 s a bin
    assert night.tasks.n_bins[:2].tolist() == [2, 1]
    assert night.tasks.service_s[:2].tolist() == [90, 60]


def test_who_asks_again_gets_the_same_night() -> None:
    asked = scenario()
    assert night_of(asked) is night_of(asked)
    assert night_of(asked) is not night_of(scenario(stop_s=40.0))


def test_streams_and_numbers_are_read_or_refused() -> None:
    assert collected("food,other") == (0, 1)
    with pytest.raises(ParameterError, match="expected at least one of other, food"):
        collected("glass")
    with pytest.raises(ParameterError, match="expected 2 numbers of 0 or more"):
        numbers("1,-1", "x", 2)


def test_windows_must_touch_their_shift() -> None:
    with pytest.raises(ParameterError, match=r"'12:00-13:00', which shift 'collection' \(18:30-22:30\) never touches"):
        rounds_of(default_inventory(), CollectionParams(lit_window="12:00-13:00"))
    with pytest.raises(ParameterError, match="expected one period"):
        rounds_of(default_inventory(), CollectionParams(lit_window="19:00-20:00,21:00-22:00"))
    late, _ = rounds_of(default_inventory(), CollectionParams(shift="night", lit_window="01:00-03:00"))
    assert (late.from_s, late.to_s) == (25 * 3600, 27 * 3600)


def test_hours_of_a_shift_with_a_gap_are_refused() -> None:
    with pytest.raises(ParameterError, match=r"'shift_hours' is '18:00-19:30,21:00-23:00'; expected one period"):
        night_of(scenario(shift_hours="18:00-19:30,21:00-23:00"))


def test_noisy_vehicles_keep_quiet_hours_on_small_streets_near_homes() -> None:
    city = tiny_city()
    homes = SensitivePlaces(
        ids=np.array(["h"]),
        geometry=Geometry.points([(X0_M + 100, Y0_M + 20)]),
        sensitive=np.array([SensitiveKind.HOME], dtype=np.int8),
    )
    branch = replace(city[Streets], road_class=np.full(len(city[Streets]), RoadClass.BRANCH, dtype=np.int8))
    night = night_of(scenario(city.with_layers(homes, branch), inventory(sealed_3t=1, sealed_5t=1)))
    residential = night.points.residential[night.tasks.point]
    assert residential.tolist() == [True, True] + [False] * 7
    by_key = {v.key: window_of(night.tasks, residential, v, night.params)[1] for v in night.vehicles}
    assert by_key["sealed_5t"][:3].tolist() == [20.5 * 3600, 20.5 * 3600, 21.5 * 3600]  # diesel
    assert by_key["sealed_3t"][:3].tolist() == [21.5 * 3600] * 3


@pytest.mark.parametrize(
    ("window", "shift", "quiet", "noisy"),
    [
        ("19:00-21:30", "18:30-22:30", (0, 6), (19, 21.5)),  # quiet from midnight on
        ("06:00-23:00", "05:00-23:30", (20.5, 6.5), (6.5, 20.5)),  # quiet before it and behind it
        ("19:00-23:00", "18:30-23:30", (20, 20.5), (20.5, 23)),  # quiet within: the longer piece
        ("21:00-07:30", "18:00-32:00", (20.5, 6.5), (30.5, 31.5)),  # quiet until the next morning
    ],
)  # fmt: skip
def test_quiet_hours_come_back_each_day(
    window: str, shift: str, quiet: tuple[float, float], noisy: tuple[float, float]
) -> None:
    fleet = inventory(sealed_5t=1)
    begin_s, end_s = (3600.0 * int(t[:2]) + 60.0 * int(t[3:]) for t in shift.split("-"))
    shifts = tuple(
        replace(s, start_s=begin_s, end_s=end_s) if s.key == CollectionParams().shift else s for s in fleet.shifts
    )
    asked = scenario(
        fleet=replace(fleet, shifts=shifts), lit_window=window,
        quiet_from_s=int(quiet[0] * 3600), quiet_until_s=int(quiet[1] * 3600),
    )  # fmt: skip
    night = night_of(asked)
    everywhere = np.ones(len(night.tasks), dtype=bool)
    from_s, to_s = window_of(night.tasks, everywhere, night.vehicles[0], night.params)
    assert (from_s[0] / 3600, to_s[0] / 3600) == noisy
    cut = quiet == (20, 20.5)  # in the midst of the window alone
    assert n_cut_in_two(night.tasks, everywhere, night.params) == (len(night.tasks) if cut else 0)
    assert n_cut_in_two(night.tasks, ~everywhere, night.params) == 0


def test_points_without_kilograms_get_those_of_the_people_around() -> None:
    nan = np.full(5, np.nan)
    blank = city_with(**{f"{s}_kg_day": nan for s in ("other", "food", "recyclable", "hazardous")})
    people = Population(
        ids=np.array(["p"]),
        geometry=Geometry.points([(X0_M + 110, Y0_M)]),
        n_residents=np.array([100.0]),
        n_jobs=np.array([50.0]),
    )
    night = night_of(scenario(blank.with_layers(people), stream_shares="0.6,0.4,0,0"))
    assert dict(zip(night.tasks.items, night.tasks.kg.tolist(), strict=True)) == pytest.approx(
        {"w1:OTHER": 66, "w1:FOOD": 44}
    )
    assert [a.n_items for a in night.assumed if a.what.en == "kilograms"] == [5]
    by_bins = night_of(scenario(blank, stream_shares="1,0,0,0", bin_kg=50.0))
    assert by_bins.tasks.kg.tolist() == [150, 150, 200, 100, 100]


def test_points_without_kilograms_that_lie_nowhere_are_listed() -> None:
    nan = np.full(5, np.nan)
    xy = tiny_city()[WastePoints].geometry.coords.copy()
    xy[1], xy[2] = (xy[1][0] + 9000, xy[1][1]), (np.nan, np.nan)
    blank = city_with(geometry=Geometry.points(xy), **{f"{s}_kg_day": nan for s in ("other", "food")})
    people = Population(
        ids=np.array(["near", "beyond"]),
        geometry=Geometry.points([(X0_M + 110, Y0_M), (X0_M + 5000, Y0_M)]),
        n_residents=np.array([100.0, 70.0]),
        n_jobs=np.array([0.0, 0.0]),
    )
    night = night_of(scenario(blank.with_layers(people), kg_head=1.0, streams="other,food"))
    assert {u.item: (u.binding, u.amount) for u in night.kept_out.values()} == {
        "w2:OTHER": ("no_street", 0.0), "w2:FOOD": ("no_street", 0.0),
        "w3:OTHER": ("coordinates", 0.0), "w3:FOOD": ("coordinates", 0.0),
    }  # fmt: skip
    assert [night.tasks.items[k] for k in np.flatnonzero(night.open_tasks)] == ["w1:OTHER", "w1:FOOD"]
    told = {a.what.en: (a.n_items, a.rule.en) for a in night.assumed}
    # w4 and w5
    assert told["points without kilograms"] == (2, "no residents near: nothing to collect")
    assert told["waste beyond reach of points"][1].startswith("70 kg of residents and jobs are farther than 500 m")


def test_a_point_lies_on_the_street_that_it_names() -> None:
    named = city_with(street=np.array(["s4", "", "", "", ""]))
    night = night_of(scenario(named, point_snap_m=250.0))
    ids = night.streets.ids[night.points.street].tolist()
    assert ids == ["s4", "s2", "s3", "s4", "s6"]


def test_a_city_without_points_is_told_what_is_missing() -> None:
    with pytest.raises(InputError, match="layer waste_points of city '小城' is empty"):
        night_of(scenario(tiny_city().with_layers(WastePoints.empty())))


def test_bodies_take_one_stream_or_food_beside_another() -> None:
    plain = inventory(sealed_3t=1).vehicle_type("sealed_3t")
    assert [lay.streams for lay in layouts(plain, (0, FOOD))] == [(0,), (FOOD,)]
    (both,) = layouts(replace(plain, second_compartment_ratio=0.25), (0, FOOD))
    assert (both.holds(0), both.holds(FOOD), both.holds(2)) == (2250, 750, 0)


def test_a_fleet_can_be_typed() -> None:
    night = night_of(scenario(fleet=default_inventory()))
    assert len(night.vehicles) == 4
    params = replace(CollectionParams(), fleet="sealed_3t=3")
    few = night_of(replace(scenario(fleet=default_inventory()), params=params))
    assert [(v.key, few.inventory.n_in_service(v)) for v in few.vehicles] == [("sealed_3t", 3)]
    with pytest.raises(ParameterError, match="expected TYPE=NUMBER, the types are: electric_8t"):
        night_of(replace(scenario(), params=replace(CollectionParams(), fleet="sealed_3t")))


def test_a_station_is_open_by_periods_that_may_touch() -> None:
    station = Station("s", 0, 0, 1, 1000.0, ((0, 72_000), (72_000, 86_400)))
    assert station.open_in(66_000, 90_000) == ((66_000, 90_000),)
    assert Station("s", 0, 0, 1, 1000.0, ((6 * 3600, 20 * 3600),)).open_in(66_000, 90_000) == ((66_000, 72_000),)


def test_bays_of_the_city_count_before_the_parameter() -> None:
    city = tiny_city()
    assert night_of(scenario()).places.stations[0].n_bays == 2
    with_bays = replace(city[TransferStations], n_bays=np.array([5]))
    assert night_of(scenario(city.with_layers(with_bays))).places.stations[0].n_bays == 5
