"""Parts by stations, and vehicles by part, stream and depot."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from layers.city import City
from layers.geometry import Geometry
from layers.kinds.facilities import Depots, TransferStations
from optimizer.engines.vehicle_routing import Reason, Unserved
from optimizer.monitor import Silent
from optimizer.plan import LegKind
from optimizer.planners.collection.explaining.unserved import missed
from optimizer.planners.collection.night.reading import night_of
from optimizer.planners.collection.search.dealing import deal
from optimizer.planners.collection.search.parts import bisected, nearest_with_room, parts_of, tasks_in
from optimizer.planners.collection.search.unit import unit_of
from optimizer.run import run
from optimizer.scenario import Lock
from tests.cities import X0_M, Y0_M, tiny_city
from tests.optimizer.planners.collection.conftest import inventory, scenario


def two_stations(**columns: object) -> City:
    stations = TransferStations(
        ids=np.array(["west", "east"]),
        geometry=Geometry.points([(X0_M, Y0_M), (X0_M + 600, Y0_M)]),
        **{"capacity_t_day": np.array([50.0, 50.0])} | columns,  # type: ignore[arg-type]
    )
    return tiny_city().with_layers(stations)


def test_points_go_to_the_nearest_station_that_has_room() -> None:
    night = night_of(scenario(two_stations()))
    rows = tasks_in(night, night.rounds[0].shift)
    chosen = dict(
        zip([night.tasks.items[k] for k in rows], nearest_with_room(night, rows, np.arange(2)).tolist(), strict=True)
    )
    assert (chosen["w1:OTHER"], chosen["w3:OTHER"]) == (0, 1)
    tight = night_of(scenario(two_stations(capacity_t_day=np.array([0.25, 0.7]))))
    load = np.bincount(nearest_with_room(tight, rows, np.arange(2)), weights=tight.tasks.kg[rows])
    assert load[0] <= 250
    assert load[1] <= 700


def test_a_shift_fills_stations_by_its_own_share_of_their_capacity() -> None:
    """Points of 360 kg lie at the western station of 500 kg, which a shift with half of that must not fill with them."""
    night = night_of(scenario(two_stations(capacity_t_day=np.array([0.5, 1.5])), streams="other"))
    rows = tasks_in(night, night.rounds[0].shift)
    kg = night.tasks.kg[rows]
    whole, half = (
        np.bincount(nearest_with_room(night, rows, np.arange(2), share), weights=kg, minlength=2).tolist()
        for share in (1.0, 0.5)
    )
    assert whole == [360, 310]
    assert half == [240, 430]


def test_stations_are_joined_until_their_tasks_are_too_many() -> None:
    xy = np.array([[0.0, 0], [1, 0], [10, 0], [11, 0]])
    assert [g.tolist() for g in bisected(xy, np.array([5, 5, 5, 5]), 10)] == [[0, 1], [2, 3]]
    assert [g.tolist() for g in bisected(xy, np.array([5, 5, 5, 30]), 16)] == [[0, 1, 2], [3]]


def test_parts_share_no_station_and_hold_every_task_once() -> None:
    night = night_of(scenario(two_stations()))
    parts = parts_of(night, night.rounds[0].shift, most=5)
    assert [p.stations.tolist() for p in parts] == [[0], [1]]
    assert sorted(np.concatenate([p.tasks for p in parts]).tolist()) == list(range(len(night.tasks)))


def test_a_station_that_is_shut_or_off_every_street_gets_no_points() -> None:
    shut = TransferStations(
        ids=np.array(["west", "river", "east", "north"]),
        geometry=Geometry.points([(X0_M, Y0_M), (X0_M, Y0_M + 90_000), (X0_M + 600, Y0_M), (X0_M, Y0_M + 200)]),
        open_periods=np.array(["06:00-12:00", "", "", ""]),
    )
    night = night_of(scenario(tiny_city().with_layers(shut)))
    parts = parts_of(night, night.rounds[0].shift, most=5)
    used = np.concatenate([p.stations for p in parts]).tolist()
    assert sorted(night.places.stations[k].id for k in used) == ["east", "north"]
    assert sorted(np.concatenate([p.tasks for p in parts]).tolist()) == list(range(len(night.tasks)))


def test_each_stream_gets_a_vehicle_where_there_are_two() -> None:
    night = night_of(scenario())
    parts = parts_of(night, night.rounds[0].shift)
    (crews,) = deal(night, parts, {})
    # the truck that holds more takes the heavier stream
    assert {(c.vehicle.key, c.layout.streams) for c in crews} == {("sealed_3t", (0,)), ("bin_lifter", (1,))}


def test_vehicles_stand_at_depots_by_their_bays_and_go_to_the_nearest_part() -> None:
    depots = Depots(
        ids=np.array(["a", "b"]), geometry=Geometry.points([(X0_M, Y0_M), (X0_M + 600, Y0_M)]), n_bays=np.array([3, 1])
    )
    night = night_of(scenario(two_stations().with_layers(depots), inventory(sealed_3t=4), streams="other"))
    parts = parts_of(night, night.rounds[0].shift, most=3)
    crews = deal(night, parts, {})
    assert Counter(c.depot for part in crews for c in part for _ in c.numbers) == {0: 3, 1: 1}
    assert sorted(n for part in crews for c in part for n in c.numbers) == [1, 2, 3, 4]
    west, east = crews
    assert {c.depot for c in west} == {0}
    assert 1 in {c.depot for c in east}


def test_a_vehicle_is_where_its_locked_task_is() -> None:
    """Food is for the lifter unless the drivers know better."""
    asked = scenario(locks=(Lock("w1:FOOD", "3 吨小型密闭垃圾车 01"),))
    plan = run(asked, Silent())
    assert plan.faults == ()
    by = {leg.item: r.vehicle for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE}
    assert by["w1:FOOD"] == "3 吨小型密闭垃圾车 01"


def test_a_task_locked_to_a_vehicle_of_another_part_is_left_to_no_other() -> None:
    night = night_of(scenario(two_stations(), inventory(sealed_3t=4), streams="other"))
    shift = night.rounds[0].shift
    parts = parts_of(night, shift, most=3)
    first, last = int(parts[0].tasks[0]), int(parts[1].tasks[0])
    owner = dict.fromkeys((first, last), ("sealed_3t", 1))
    crews = deal(night, parts, {("sealed_3t", 1): (0, 0)})
    west, east = (unit_of(night, part, own, owner) for part, own in zip(parts, crews, strict=True))
    assert west.problem.stops.allowed is not None
    assert east.problem.stops.allowed is not None
    assert west.problem.stops.allowed[0].any()
    assert not east.problem.stops.allowed[0].any()
    assert east.problem.stops.allowed[1:].any(axis=1).all()
    (told,) = missed(night, east, (Unserved(0, Reason.NO_GROUP),), owner)
    assert (told.item, told.binding) == (night.tasks.items[last], "lock")
    assert "works in another part" in told.reason.en


def test_a_task_locked_to_a_vehicle_that_drives_no_street_is_left() -> None:
    fleet = inventory(sealed_3t=1, bin_lifter=1, electric_8t=1)
    types = tuple(replace(v, least_street_width_m=99.0) if v.key == "electric_8t" else v for v in fleet.vehicle_types)
    wide = next(v.label.zh for v in types if v.key == "electric_8t")
    plan = run(scenario(fleet=replace(fleet, vehicle_types=types), locks=(Lock("w1:OTHER", f"{wide} 01"),)), Silent())
    assert {u.item: u.binding for u in plan.unserved} == {"w1:OTHER": "lock"}
    assert plan.faults == ()


def test_a_free_fleet_collects_all_with_few_vehicles() -> None:
    plan = run(scenario(mode="fleet", n_vehicles_most=20), Silent())
    assert plan.faults == ()
    assert plan.unserved == ()
    assert len({r.vehicle for r in plan.routes}) == 2  # one a stream


def test_parts_are_planned_side_by_side() -> None:
    big = replace(scenario(two_stations(), inventory(sealed_3t=4)))
    plan = run(big, Silent())
    assert plan.faults == ()
    assert plan.unserved == ()
