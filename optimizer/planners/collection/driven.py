"""A timetable that is driven today, as a plan: times and stays kept to the second, the rest assumed and said so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest

import numpy as np

from layers.errors import InputError, ParameterError
from layers.layer import F64, Bool
from layers.network import Way, ways
from layers.text import Text
from optimizer.ground.places import xy_of
from optimizer.imported import ImportedRow
from optimizer.plan import Assumed, Draft, Leg, LegKind, Outcome, Route, Unserved
from optimizer.planners.collection.explaining.unserved import Why, left
from optimizer.planners.collection.measuring.goal import objective
from optimizer.planners.collection.night.reading import Night, night_of
from optimizer.planners.collection.night.streams import NUMBER_OF_MARK, STREAMS
from optimizer.planners.collection.night.views import View
from optimizer.scenario import Scenario
from resources.inventory import Shift, VehicleType

_NOT_DRIVEN = (
    "not_driven",
    Text("现行时刻表中没有它", "the timetable does not have it"),
    Text("加入时刻表", "a stop in the timetable"),
)


def import_plan(scenario: Scenario, rows: Sequence[ImportedRow]) -> Draft:
    """Return a timetable as routes.

    Times are those of the rows. Not in them, so assumed and listed: the vehicles' type, their depot (the nearest to the
    first stop), an unloading at the nearest station behind each trip, and the streets driven (the fastest way). A way that
    takes longer than the timetable leaves for it is driven in that time all the same, and the checks tell it; with the
    parameter `driven_late` the vehicle comes late instead, stays as long as it would have, and catches up where it can.

    Raises
    ------
    ParameterError
        Where the type that is named is not in the inventory.
    InputError
        Where no vehicle can drive any street.
    """
    night = night_of(scenario)
    book = _Book(night, *_vehicle(night))
    by_vehicle: dict[str, list[ImportedRow]] = defaultdict(list)
    for row in rows:
        by_vehicle[row["vehicle"]].append(row)
    routes = tuple(route for name, own in by_vehicle.items() if (route := book.route(name, own)) is not None)
    unserved = _left(night, book)
    told = objective(night, routes, unserved)
    return Draft(
        Outcome.FEASIBLE, told, routes=routes, unserved=unserved, assumed=(*night.assumed, *book.assumed(len(routes)))
    )


def _vehicle(night: Night) -> tuple[VehicleType, Shift]:
    """Return the type and the shift of all routes: the type that is named, else the one that reaches most points."""
    key, shift = night.params.driven_type.strip(), night.rounds[0].shift
    known = {v.key: v for v in night.vehicles}
    if key and key not in known:
        zh = f"参数 driven_type 为“{key}”；可出勤的收运车型：{'、'.join(known)}"
        raise ParameterError(Text(zh, f"parameter 'driven_type' is {key!r}; types in service: {', '.join(known)}"))
    views = {k: v for k in known if (v := night.view(k, shift.key)) is not None and (not key or k == key)}
    if not views:
        raise InputError(Text("没有收运车可以通行任何道路", "no collection vehicle can drive any street"))
    return known[max(views, key=lambda k: int(views[k].there.sum()))], shift


@dataclass
class _Book:
    """Write routes, and count what is assumed on the way.

    Parameters
    ----------
    night
        What there is.
    vehicle, shift
        Of all routes.
    """

    night: Night
    vehicle: VehicleType
    shift: Shift
    served: set[str] = field(default_factory=set)
    off_street: list[int] = field(default_factory=list)
    overlapping: list[int] = field(default_factory=list)
    enclosed: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    not_taken: dict[str, Why] = field(default_factory=dict)
    n_unloads: int = 0
    n_not_unloaded: int = 0

    @property
    def view(self) -> View:
        """How the vehicles see the streets."""
        found = self.night.view(self.vehicle.key, self.shift.key)
        assert found is not None
        return found

    def route(self, name: str, rows: list[ImportedRow]) -> Route | None:
        """Return the route of one vehicle; None where none of its stops can be driven to."""
        stops = list(self._stops(rows))
        if not stops:
            return None
        depot = self._nearest_depot(stops[0].place)
        n_points = len(self.night.xy_m)
        line = list(self._with_unloads(stops))
        places = [n_points + depot, *(s.place for s in line), n_points + depot]
        pairs = list(pairwise(places))
        found = ways(self.view.router, self.view.places, pairs)
        driven = []
        for (a, b), way in zip(pairs, found, strict=True):
            assert way is not None  # what a type drives is connected, and the stops are on it
            driven.append(_Drive(way, self._seconds(way) if a != b else 0.0))
        legs = tuple(self._legs(line, driven))
        self.n_unloads += sum(leg.kind is LegKind.UNLOAD for leg in legs)
        depot_id = self.night.places.depots[depot].id
        return Route(f"{name}-{self.shift.key}", name, self.vehicle.key, depot_id, self.shift.key, legs)

    def _stops(self, rows: list[ImportedRow]) -> Iterator[_Stop]:
        """Yield the stops that can be driven, in the order of the timetable, times growing."""
        tasks, now_s = self.night.tasks, -np.inf
        for row in rows:
            item = self._item(row)
            k = tasks.row_of.get(item)
            if k is None:
                self.unknown.append(row["row"])
                continue
            place = int(tasks.point[k])
            if k in self.night.kept_out or not self.view.there[place]:
                self.off_street.append(row["row"])
                continue
            start_s = max(now_s, row["arrive_s"])
            if row["leave_s"] < start_s:
                self.enclosed.append(row["row"])
                self.not_taken[item] = _over(row["row"])
                continue
            if row["arrive_s"] < now_s:
                self.overlapping.append(row["row"])
            now_s, is_new = row["leave_s"], item not in self.served
            if not is_new:
                self.again.append(row["row"])
            self.served.add(item)
            yield _Stop(row["trip"], place, item, start_s, now_s, is_new)

    def _item(self, row: ImportedRow) -> str:
        """Return the task of a row: of its stream, else of the first stream that its point has."""
        marks = [row["stream"].upper()] if row["stream"] else [STREAMS[s].mark for s in self.night.streams]
        items = [f"{row['point']}:{mark}" for mark in marks if mark in NUMBER_OF_MARK]
        return next((i for i in items if i in self.night.tasks.row_of), items[0] if items else "")

    def _nearest_depot(self, place: int) -> int:
        return _nearest(xy_of(self.night.places.depots), self.night.xy_m[place], self._there(self.night.places.depots, 0))

    def _with_unloads(self, stops: list[_Stop]) -> Iterator[_Stop]:
        """Yield the stops with an unloading behind each trip."""
        for here, there in zip_longest(stops, stops[1:]):
            yield here
            if there is None or there.trip != here.trip:
                place = self._nearest_station(here.place, None if there is None else there.place)
                if place is None:
                    self.n_not_unloaded += 1
                    continue
                station = self.night.facilities[place - len(self.night.xy_m)]
                # times are found with the ways; where a route goes on, the stop behind it says by when
                yield _Stop(here.trip, place, station.id, here.end_s, here.end_s, is_station=True)

    def _nearest_station(self, place: int, other: int | None) -> int | None:
        """Return the place of the station with the shortest way round, as the crow flies; None where none can be reached."""
        stations = self.night.places.stations
        xy = xy_of(stations)
        at = self.night.xy_m[place]
        away = np.hypot(*(xy - at).T)
        if other is not None:
            away = away + np.hypot(*(xy - self.night.xy_m[other]).T)
        away[~self._there(stations, len(self.night.places.depots))] = np.inf
        if not np.isfinite(away).any():
            return None
        return len(self.night.xy_m) + len(self.night.places.depots) + int(np.argmin(away))

    def _there(self, places: Sequence[object], n_before: int) -> Bool:
        first = len(self.night.xy_m) + n_before
        return self.view.there[first : first + len(places)]

    def _legs(self, line: list[_Stop], driven: list[_Drive]) -> Iterator[Leg]:
        """Yield the legs of a route: each stop at its time, the way to it before that, and waiting if there is time left."""
        aboard_kg, now_s = 0.0, line[0].start_s - driven[0].time_s
        for k, planned in enumerate(line):
            until_s = line[k + 1].start_s if k + 1 < len(line) else np.inf
            if self.night.params.driven_late:
                stop = self._late(planned, now_s + driven[k].time_s)
            else:
                stop = self._unloading(planned, now_s, until_s, driven[k : k + 2]) if planned.is_station else planned
            yield from self._drive(driven[k], now_s, stop.start_s)
            now_s = stop.end_s
            if stop.is_station:
                yield Leg(LegKind.UNLOAD, stop.start_s, stop.end_s, item=stop.at, load_kg=-aboard_kg)
                aboard_kg = 0.0
            elif stop.is_new:
                kg = float(self.night.tasks.kg[self.night.tasks.row_of[stop.at]]) * self._share
                yield Leg(LegKind.SERVE, stop.start_s, stop.end_s, item=stop.at, load_kg=kg)
                aboard_kg += kg
            else:
                yield Leg(LegKind.WAIT, stop.start_s, stop.end_s, item=stop.at)
        yield from self._drive(driven[-1], now_s, now_s + driven[-1].time_s)

    @property
    def _share(self) -> float:
        return self.night.day_shares[self.night.base_day]

    def _late(self, stop: _Stop, there_s: float) -> _Stop:
        """Return a stop begun no earlier than the vehicle is there, and as long as it was to be."""
        if stop.is_station:
            return replace(stop, start_s=there_s, end_s=there_s + self.vehicle.unload_s)
        start_s = max(stop.start_s, there_s)
        return replace(stop, start_s=start_s, end_s=start_s + stop.end_s - stop.start_s)

    def _unloading(self, stop: _Stop, now_s: float, until_s: float, there_and_on: list[_Drive]) -> _Stop:
        """Return an unloading with its times; all is hurried alike where the timetable leaves too little for it."""
        there_s, on_s = (drive.time_s for drive in there_and_on)
        needed_s = there_s + self.vehicle.unload_s + on_s
        hurry = min(1.0, (until_s - now_s) / needed_s) if needed_s > 0 else 1.0
        start_s = now_s + there_s * hurry
        return replace(stop, start_s=start_s, end_s=start_s + self.vehicle.unload_s * hurry)

    def _seconds(self, way: Way) -> float:
        params = self.night.params
        return way.time_s * params.drive_time_factor + params.approach_s

    def _drive(self, drive: _Drive, now_s: float, until_s: float) -> Iterator[Leg]:
        """Yield the drive that ends in time, and waiting behind it."""
        there_s, way = now_s + min(drive.time_s, until_s - now_s), drive.way
        if way.arcs or drive.time_s > 0:
            yield Leg(LegKind.DRIVE, now_s, there_s, way.length_m, tuple(self.view.names[arc] for arc in way.arcs))
        if until_s > there_s:
            yield Leg(LegKind.WAIT, there_s, until_s)

    def assumed(self, n_routes: int) -> Iterator[Assumed]:
        """Yield what nobody gave, and what of the rows could not be taken as it is."""
        name = self.vehicle.label
        type_ = Text(f"现行车辆均按{name.zh}", f"all vehicles of the timetable count as {name.en}")
        yield Assumed(Text("车型", "vehicle type"), n_routes, type_)
        yield Assumed(
            Text("停车场", "depot"), n_routes, Text("离首个收集点最近的", "the nearest to each route's first stop")
        )
        station = Text("每趟之后在最近的卸料站卸料", "an unloading at the nearest station behind each trip")
        yield Assumed(Text("卸料", "unloading"), self.n_unloads, station)
        if self.n_not_unloaded:
            none = Text("没有车辆能到达的卸料站，未写卸料", "the vehicle reaches no station, so no unloading is written")
            yield Assumed(Text("未卸料的趟次", "trips without unloading"), self.n_not_unloaded, none)
        way = Text("停靠点之间按最快路径", "the fastest way between stops")
        yield Assumed(Text("行驶路线", "streets driven"), n_routes, way)
        taken = (self.off_street, self.unknown, self.overlapping, self.enclosed, self.again)
        for rows, (what, rule) in zip(taken, _TAKEN, strict=True):
            if rows:
                listed = ", ".join(map(str, rows[:8])) + (" …" if len(rows) > 8 else "")
                yield Assumed(what, len(rows), Text(f"{rule.zh}：第 {listed} 行", f"{rule.en}: rows {listed}"))


# What of the rows could not be taken as it is, and what was done with them.
_TAKEN = (
    (
        Text("不在道路旁的行", "rows on no street"),
        Text("未采用，不在车辆可通行的道路旁", "not taken, on no street that the vehicle may drive"),
    ),
    (
        Text("无垃圾的行", "rows with nothing to collect"),
        Text("未采用，该点没有此类垃圾", "not taken, its point has nothing of that stream"),
    ),
    (
        Text("时刻重叠的行", "rows that overlap"),
        Text("早于上一站离开，按上一站离开时刻起算", "before the stop before it ends, so begun behind it"),
    ),
    (
        Text("早已结束的行", "rows that end too early"),
        Text("未采用，上一站离开前已结束", "not taken, over before the stop before it ends"),
    ),
    (
        Text("重复停靠的行", "rows that stop again"),
        Text("同一点再次停靠，只计停留", "a point that was served before, counted as a stay alone"),
    ),
)


@dataclass(frozen=True)
class _Drive:
    """Hold a way between two stops and the time that it takes by the travel model."""

    way: Way
    time_s: float


@dataclass(frozen=True)
class _Stop:
    """Hold a stop of a vehicle's timetable.

    Parameters
    ----------
    trip
        As written.
    place
        Number of its place in the view.
    at
        Item, or station.
    start_s, end_s
        When; of a station only known when the ways are.
    is_new
        Whether the item was not served before.
    """

    trip: str
    place: int
    at: str
    start_s: float
    end_s: float
    is_new: bool = False
    is_station: bool = False


def _nearest(xy_m: F64, at_m: F64, there: Bool) -> int:
    away = np.hypot(*(xy_m - at_m).T)
    return int(np.argmin(np.where(there, away, np.inf)))


def _over(row: int) -> Why:
    """Return why a task is left whose row ends before the stop before it does."""
    rule = _TAKEN[3][1]
    reason = Text(f"时刻表第 {row} 行{rule.zh}", f"row {row} of the timetable is {rule.en}")
    return "not_driven", reason, Text("改正该行时刻", "mend the times of that row")


def _left(night: Night, book: _Book) -> tuple[Unserved, ...]:
    """Return the tasks that the timetable does not have or that could not be taken, and those that no vehicle is sent to."""
    missing = [k for k, item in enumerate(night.tasks.items) if item not in book.served and k not in night.kept_out]
    why = [book.not_taken.get(night.tasks.items[k], _NOT_DRIVEN) for k in missing]
    return (*night.kept_out.values(), *(left(night, k, w) for k, w in zip(missing, why, strict=True)))
