"""The night as planner, checks and figures read it: one object, made once for a scenario."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from layers.assume import assume_streets
from layers.city import City
from layers.errors import InputError
from layers.kinds.facilities import WastePoints
from layers.kinds.streets import Streets
from layers.layer import F64, Bool
from layers.text import Text
from optimizer.ground.amounts import amounts_kg, is_blank, repeated
from optimizer.ground.assumed import assumed_streets
from optimizer.ground.networks import Networks, ShiftGroup, first_network, networks_of, shift_groups
from optimizer.ground.places import Place, refuse_far
from optimizer.ground.streams import STREAMS, collected, numbers
from optimizer.plan import Assumed, Route, Unserved
from optimizer.planners.collection.night import fleet
from optimizer.planners.collection.night.fleet import Round
from optimizer.planners.collection.night.points import (
    Points,
    length_words,
    listed,
    negative,
    off_street,
    points_of,
)
from optimizer.planners.collection.night.stations import Places, places_of
from optimizer.planners.collection.night.tasks import Tasks, as_input, tasks_of
from optimizer.planners.collection.night.views import View, alike, drivable, view_of
from optimizer.planners.collection.params import CollectionParams
from optimizer.scenario import Scenario
from resources.inventory import Inventory, VehicleType


@dataclass(frozen=True, eq=False)
class Night:
    """Hold what is asked and what there is.

    Parameters
    ----------
    city
        With streets whose blanks are filled.
    inventory
        As the question has it (`fleet.offered`).
    streams
        Numbers of those that are collected.
    vehicles
        Types that collect.
    rounds, groups
        For streets with lamps and without; groups of shifts with the same bans, as the networks have them.
    points, tasks
        Where points are served, and all that is to be collected, what cannot be served among it.
    kept_out
        Tasks that no vehicle is sent to, by row: points on no street, negative amounts, repetitions.
    assumed
        What nobody gave.
    earlier
        Routes of the plans that this one builds on, where the parameters ask for their times or stays.
    """

    city: City
    inventory: Inventory
    params: CollectionParams
    streams: tuple[int, ...]
    vehicles: tuple[VehicleType, ...]
    rounds: tuple[Round, Round]
    groups: tuple[ShiftGroup, ...]
    networks: Networks
    places: Places
    points: Points
    tasks: Tasks
    kept_out: dict[int, Unserved]
    assumed: tuple[Assumed, ...]
    earlier: tuple[Route, ...] = ()

    @property
    def streets(self) -> Streets:
        """The streets, blanks filled."""
        return self.city[Streets]

    @cached_property
    def open_tasks(self) -> Bool:
        """Tasks that are not kept out, shape (n_tasks,)."""
        mask = np.ones(len(self.tasks), dtype=bool)
        mask[list(self.kept_out)] = False
        return mask

    @cached_property
    def facilities(self) -> tuple[Place, ...]:
        """Depots, then stations."""
        return (*self.places.depots, *self.places.stations)

    @cached_property
    def xy_m(self) -> F64:
        """Where points lie, shape (n_points, 2)."""
        return self.city[WastePoints].geometry.coords

    @cached_property
    def views(self) -> dict[tuple[str, str], View]:
        """How each type sees each shift; types that drive alike share one. A type that can drive nothing is not in it."""
        made: list[View] = []
        found: dict[tuple[str, str], View] = {}
        for vehicle, row in zip(self.vehicles, self.networks, strict=True):
            for group, network in zip(self.groups, row, strict=True):
                if network is None:
                    continue
                view = next((v for v in made if alike(v.network, network)), None)
                if view is None:
                    view = view_of(network, self.streets, self.points, self.xy_m, self.facilities, self.params.snap_m)
                    made.append(view)
                found |= {(vehicle.key, shift.key): view for shift in group.shifts}
        return found

    def view(self, vehicle: str, shift: str) -> View | None:
        """Return how a type sees a shift."""
        return self.views.get((vehicle, shift))

    @cached_property
    def day_shares(self) -> tuple[float, ...]:
        """Amount of each day that is planned, of the daily average."""
        if self.params.days == "night":
            return (1.0,)
        return numbers(self.params.day_shares, "day_shares", 7)

    @property
    def base_day(self) -> int:
        """The day with most waste, by which the timetable is made."""
        return int(np.argmax(self.day_shares))


# Columns of streets that decide on the plan.
READ = ("road_class", "width_m", "length_m", "oneway", "speed_mps", "lit", "centre_barrier")
# The last nights that were read: a plan is checked and measured as soon as it is made, from the same layers.
_KEPT = 3
_read: list[tuple[tuple[Any, ...], tuple[Any, ...], Night]] = []


def night_of(scenario: Scenario) -> Night:
    """Return the night of a scenario; whoever asks again of the same layers gets the same object.

    Raises
    ------
    InputError
        Where no vehicle collects, nothing is to be collected, or a depot or a typed station lies far from every street.
    ParameterError
        Where a shift, a stream, a window or a place cannot be read.
    NetworkError
        Where no vehicle can drive any street.
    """
    params = scenario.params
    assert isinstance(params, CollectionParams)
    layers = tuple(scenario.city.layers[k] for k in sorted(scenario.city.layers))
    asked = (_question(params), scenario.inventory, scenario.locks, scenario.inputs)
    for k, (had, was, night) in enumerate(_read):
        if len(had) == len(layers) and all(a is b for a, b in zip(had, layers, strict=True)) and was == asked:
            _read.append(_read.pop(k))
            return night
    night = _night(scenario, params)
    _read.append((layers, asked, night))
    del _read[:-_KEPT]
    return night


def _question(params: CollectionParams) -> dict[str, Any]:
    """Return the parameters but those that steer the search alone."""
    search = {"seed", "time_limit_s", "work_limit", "n_threads", "engine"}
    return {k: v for k, v in vars(params).items() if k not in search}


def _night(scenario: Scenario, params: CollectionParams) -> Night:
    streets = assume_streets(scenario.city[Streets])
    city = scenario.city.with_layers(streets)
    inventory = fleet.offered(scenario.inventory, params)
    streams, rounds = collected(params.streams), fleet.rounds_of(inventory, params)
    vehicles = fleet.require_collectors(inventory)
    require_points(city)
    shifts = {r.shift.key: r.shift for r in rounds}
    groups = shift_groups(streets, tuple(shifts.values()))
    networks = networks_of(city, streets, vehicles, groups)
    places = places_of(city, params, scenario.locks, lambda: first_network(networks))
    points = points_of(city, streets, drivable(networks, len(streets)), params)
    kg, assumed = amounts_kg(city, params)
    tasks = as_input(tasks_of(city[WastePoints], kg, points, rounds, (streams, params)), scenario.inputs, params)
    _require_tasks(tasks, streams, city.name)
    kept_out = _kept_out(city, (streets, points, tasks), kg, params)
    assumed = (*places.assumed, *assumed, *_told(city, points, tasks, kg))
    asks = params.stays_as_input or params.near_input_min > 0
    earlier = tuple(r for plan in scenario.inputs for r in plan.routes) if asks else ()
    what, there = (streams, vehicles, rounds, groups, networks, places, points), (tasks, kept_out, assumed)
    night = Night(city, inventory, params, *what, *there, earlier=earlier)
    return _on_streets(night)


def require_points(city: City) -> None:
    """See that there is something to collect.

    Raises
    ------
    InputError
        Where the city has no waste point.
    """
    if not len(city[WastePoints]):
        zh = f"城市“{city.name}”的图层“{WastePoints.LABEL.zh}”是空的；请先导入收集点（city add --kind waste_points）"
        en = f"the layer waste_points of city {city.name!r} is empty; add the points first (city add --kind waste_points)"
        raise InputError(Text(zh, en))


def _require_tasks(tasks: Tasks, streams: tuple[int, ...], city: str) -> None:
    if not len(tasks):
        names = [STREAMS[s] for s in streams]
        zh_names, en_names = "、".join(s.label.zh for s in names), ", ".join(s.label.en for s in names)
        marks = ",".join(stream.mark.lower() for stream in names)
        zh = f"城市“{city}”没有要收集的{zh_names}（参数 streams={marks}）；请改 streams，或填写收集点的重量"
        en = (
            f"city {city!r} has no {en_names} to collect (parameter streams={marks});"
            " choose other streams, or give the points' kilograms"
        )
        raise InputError(Text(zh, en))


def _on_streets(night: Night) -> Night:
    """Return the night with the stations that lie at a street; depots, and stations that were typed, must.

    Stations of the city that do not are listed with their distance and left out; where none would be left, all stay, and
    every task is told that it reaches none.
    """
    n, depots, stations = len(night.xy_m), night.places.depots, night.places.stations
    far_m = np.min([v.places.distance_m[n:] for v in night.views.values()], axis=0)
    most_m, station_m = night.params.snap_m, far_m[len(depots) :]
    refuse_far(depots, far_m[: len(depots)], most_m, Text("停车场", "depot"))
    off = np.flatnonzero(station_m > most_m).tolist()
    if not off:
        return night
    if night.params.station.strip():
        refuse_far(stations, station_m, most_m, Text("卸料站", "station"))
    kept = tuple(s for k, s in enumerate(stations) if k not in off) or stations
    where = ", ".join(f"{stations[k].id} {length_words(float(station_m[k]))}" for k in off)
    zh = f"不在此卸料，距最近可通行道路超过 {most_m:.0f} m：{where}"
    en = f"nobody unloads there, farther than {most_m:.0f} m from every street that vehicles may use: {where}"
    told = Assumed(Text("不在道路旁的卸料站", "stations on no street"), len(off), Text(zh, en))
    return replace(night, places=replace(night.places, stations=kept), assumed=(*night.assumed, told))


def _kept_out(city: City, read: tuple[Streets, Points, Tasks], kg: F64, params: CollectionParams) -> dict[int, Unserved]:
    streets, points, tasks = read
    layer = city[WastePoints]
    copies = repeated(layer, kg)
    known: dict[int, tuple[str, Text, Text] | None] = {}

    def why(row: int) -> tuple[str, Text, Text] | None:
        if points.street[row] < 0:
            return off_street(city, streets, points, params, row)
        if row in copies:
            other = str(layer.ids[copies[row]])
            reason = Text(f"与“{other}”重复：位置、名称和重量相同", f"it repeats {other!r}: same place, name and amounts")
            return "duplicate", reason, Text("删去其中一个，或改正重量", "remove one of them, or mend its amounts")
        return None

    found = {}
    for k, row in enumerate(tasks.point.tolist()):
        if row not in known:
            known[row] = why(row)
        reason = negative(int(tasks.stream[k]), float(tasks.kg[k]), row, str(layer.ids[row])) or known[row]
        if reason is not None:
            found[k] = listed(tasks.items[k], reason, float(tasks.kg[k]))
    return found


def _told(city: City, points: Points, tasks: Tasks, kg: F64) -> tuple[Assumed, ...]:
    """Return what the plan leaves out of account, and what it reckons with."""
    found = []
    for k, stream in enumerate(STREAMS):
        rest_kg = float(kg[:, k].sum())
        if rest_kg > 0 and k not in set(tasks.stream.tolist()):
            rule = Text("另行收运，不在本方案内", "has rounds of its own, not planned here")
            found.append(Assumed(stream.label, int((kg[:, k] > 0).sum()), rule))
    n_nobody = int((is_blank(city[WastePoints]) & (points.street >= 0) & (kg == 0).all(axis=1)).sum())
    if n_nobody:
        rule = Text("附近没有居民：没有要收集的垃圾", "no residents near: nothing to collect")
        found.append(Assumed(Text("未给重量的收集点", "points without kilograms"), n_nobody, rule))
    n_dark = int((~points.lit & (points.street >= 0)).sum())
    if n_dark:
        rule = Text("无路灯路段的收集点在另一时段收集", "points on streets without lamps are served in their own window")
        found.append(Assumed(Text("无路灯路段", "streets without lamps"), n_dark, rule))
    return (*assumed_streets(city[Streets], READ), *found)
