"""Timetables as people read them: for drivers, for the public, for stations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from layers.city import City
from layers.kinds.facilities import TransferStations
from layers.kinds.streets import Streets
from layers.text import Text
from layers.units import TONNE_KG
from optimizer.check import object_of
from optimizer.names import find, item_name, side_of
from optimizer.plan import LegKind, Plan, Route
from optimizer.rounds import charges
from optimizer.scopes import vehicle_name
from optimizer.timetable import PointTime, StationLoad, of_points, of_truck, station_load
from resources.inventory import Inventory

_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class StopRow:
    """Hold one line of a vehicle's timetable.

    Parameters
    ----------
    vehicle, day
        Of the route.
    trip, order
        From 1.
    mark
        Stream of waste, or kerb; empty where there is none.
    load_kg
        Taken aboard, or given off (negative).
    charges
        Whether the vehicle's refills are chargings.
    """

    item: str
    route: str
    vehicle: Text
    day: int
    trip: int
    order: int
    kind: LegKind
    name: Text
    mark: Text
    arrive_s: float
    leave_s: float
    load_kg: float
    aboard_kg: float
    way_m: float
    charges: bool


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """Hold one line of the public notice: when which waste is collected at a point.

    Parameters
    ----------
    days
        Days of the calendar, from 0, on which it is this minute; empty where the plan has but one day.
    minute_s
        The published minute, seconds after midnight.
    """

    item: str
    route: str
    name: Text
    street: str
    mark: Text
    days: tuple[int, ...]
    minute_s: int
    vehicle: Text
    load_kg: float


@dataclass(frozen=True, slots=True)
class StationRow:
    """Hold what comes to one station on one day.

    Parameters
    ----------
    n_bays
        0 where nobody says.
    capacity_kg
        Of a day; NaN where nobody says.
    """

    item: str
    name: Text
    load: StationLoad
    n_bays: int
    capacity_kg: float


@dataclass(frozen=True)
class Timetables:
    """Hold what a plan's legs say of times: the public notice and the stations' loads."""

    notice: tuple[NoticeRow, ...] = ()
    stations: tuple[StationRow, ...] = ()
    vehicles: Mapping[str, Text] = field(default_factory=dict)


def vehicles_of(routes: Sequence[Route], inventory: Inventory) -> dict[str, Text]:
    """Return what the vehicle of each route is called, by the route's id."""
    types = {v.key: v.label for v in inventory.vehicle_types}
    return {r.id: vehicle_name(r.vehicle, types.get(r.vehicle_type) or Text(r.vehicle, r.vehicle)) for r in routes}


def timetables(plan: Plan, city: City, vehicles: Mapping[str, Text]) -> Timetables:
    """Return the timetables of a plan.

    Parameters
    ----------
    vehicles
        What the vehicle of each route is called, by the route's id.
    """
    return Timetables(_notice(plan, city, vehicles), _stations(plan, city), vehicles)


def truck_rows(routes: Sequence[Route], city: City, vehicles: Mapping[str, Text]) -> tuple[StopRow, ...]:
    """Return the timetables of some routes, stop by stop."""
    rows = []
    for route in routes:
        vehicle = vehicles.get(route.id, Text(route.vehicle, route.vehicle))
        electric = charges(route)
        for stop in of_truck(route):
            name = item_name(city, object_of(stop.item) if stop.kind is LegKind.SERVE else stop.item)
            mark = (side_of(stop.item) if stop.kind is LegKind.SERVE else None) or _NOTHING
            rows.append(
                StopRow(
                    stop.item, route.id, vehicle, route.day, stop.trip, stop.order, stop.kind, name, mark, stop.arrive_s,
                    stop.leave_s, stop.load_kg, stop.aboard_kg, stop.way_m, electric,
                )
            )  # fmt: skip
    return tuple(rows)


def _notice(plan: Plan, city: City, vehicles: Mapping[str, Text]) -> tuple[NoticeRow, ...]:
    """Return when points are served, those of one minute and vehicle on several days in one line; streets get no notice."""
    streets = city[Streets].row_of
    if not any(leg.kind is LegKind.SERVE and not leg.path for route in plan.routes for leg in route.legs):
        return ()
    has_days = len({route.day for route in plan.routes}) > 1
    alike: dict[tuple[str, int, str], list[PointTime]] = {}
    for time in of_points(plan):
        if time.point not in streets:
            alike.setdefault((time.item, time.minute_s, time.vehicle), []).append(time)
    return tuple(_notice_row(times, city, vehicles, has_days=has_days) for times in alike.values())


def _notice_row(times: Sequence[PointTime], city: City, vehicles: Mapping[str, Text], *, has_days: bool) -> NoticeRow:
    one = times[0]
    vehicle = vehicles.get(one.route, Text(one.vehicle, one.vehicle))
    days = tuple(sorted({t.day for t in times})) if has_days else ()
    load_kg = sum(t.load_kg for t in times) / len(times)
    name, street = item_name(city, one.point), _street_of(city, one.point)
    return NoticeRow(one.item, one.route, name, street, side_of(one.item) or _NOTHING, days, one.minute_s, vehicle, load_kg)


def _street_of(city: City, point: str) -> str:
    """Return the name of the street that a point says it is at; empty where it says none."""
    place, streets = find(city, point), city[Streets]
    at = getattr(city.layers[place[0]], "street", None) if place else None
    row = streets.row_of.get(str(at[place[1]])) if at is not None and place else None
    return str(streets.name[row]) if row is not None else ""


def _stations(plan: Plan, city: City) -> tuple[StationRow, ...]:
    layer = city[TransferStations]
    rows = []
    for load in station_load(plan):
        row = layer.row_of.get(load.station)
        n_bays = int(layer.n_bays[row]) if row is not None else 0
        capacity_kg = float(layer.capacity_t_day[row]) * TONNE_KG if row is not None else float("nan")
        rows.append(StationRow(load.station, item_name(city, load.station), load, n_bays, capacity_kg))
    return tuple(sorted(rows, key=lambda r: (r.load.day, -float(r.load.load_kg.sum()))))
