"""Routes of a timetable that is driven today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from layers.errors import InputError, ParameterError
from layers.network import ways
from layers.text import Text
from optimizer.imported import ImportedRow
from optimizer.plan import Assumed, Draft, LegKind, Outcome, Route, Unserved
from optimizer.planners.collection.driven.legs import Driver
from optimizer.planners.collection.driven.stops import Timetable
from optimizer.planners.collection.explaining.unserved import left
from optimizer.planners.collection.measuring.goal import objective
from optimizer.planners.collection.night.reading import Night, night_of
from optimizer.planners.collection.night.views import View
from optimizer.scenario import Scenario
from resources.inventory import VehicleType

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
    vehicle, view = _vehicle(night)
    table, driver = Timetable(night, view), Driver(night, vehicle, view)
    by_vehicle: dict[str, list[ImportedRow]] = defaultdict(list)
    for row in rows:
        by_vehicle[row["vehicle"]].append(row)
    driven = [r for name, own in by_vehicle.items() if (r := _route(table, driver, name, own)) is not None]
    routes = tuple(daily for route in driven for daily in _each_day(night, route))
    unserved = _left(night, table)
    assumed = (*night.assumed, *_assumed(vehicle, driven), *table.assumed())
    return Draft(Outcome.FEASIBLE, objective(night, routes, unserved), routes=routes, unserved=unserved, assumed=assumed)


def _vehicle(night: Night) -> tuple[VehicleType, View]:
    """Return the type of all routes and how it sees the streets: the type that is named, else what reaches most points."""
    key, shift = night.params.driven_type.strip(), night.rounds[0].shift
    known = {v.key: v for v in night.vehicles}
    if key and key not in known:
        zh = f"参数 driven_type 为“{key}”；可出勤的收运车型：{'、'.join(known)}"
        raise ParameterError(Text(zh, f"parameter 'driven_type' is {key!r}; types in service: {', '.join(known)}"))
    views = {k: v for k in known if (v := night.view(k, shift.key)) is not None and (not key or k == key)}
    if not views:
        raise InputError(Text("没有收运车可以通行任何道路", "no collection vehicle can drive any street"))
    key = max(views, key=lambda k: int(views[k].there.sum()))
    return known[key], views[key]


def _route(table: Timetable, driver: Driver, name: str, rows: Sequence[ImportedRow]) -> Route | None:
    """Return the route of one vehicle; None where none of its stops can be driven to."""
    night, shift = driver.night, driver.night.rounds[0].shift
    stops = list(table.stops(rows))
    if not stops:
        return None
    depot, line = table.depot_of(stops), list(table.with_unloads(stops))
    home = len(night.xy_m) + depot
    places = [home, *(stop.place for stop in line), home]
    pairs = list(pairwise(places))
    driven = []
    for (a, b), way in zip(pairs, ways(driver.view.router, driver.view.places, pairs), strict=True):
        assert way is not None  # what a type drives is connected, and the stops are on it
        driven.append(driver.drive_of(way, a != b))
    legs = tuple(driver.legs(line, driven))
    return Route(f"{name}-{shift.key}", name, driver.vehicle.key, night.places.depots[depot].id, shift.key, legs)


def _each_day(night: Night, route: Route) -> Iterator[Route]:
    """Yield a route of the heaviest day as it is driven on each planned day: the same times, that day's kilograms."""
    shares = night.day_shares
    if len(shares) == 1:
        yield route
        return
    for day, share in enumerate(shares):
        scale = share / shares[night.base_day]
        legs = tuple(replace(leg, load_kg=leg.load_kg * scale) for leg in route.legs)
        yield replace(route, id=f"{route.id}-{day + 1}", legs=legs, day=day)


def _assumed(vehicle: VehicleType, routes: Sequence[Route]) -> Iterator[Assumed]:
    """Yield what nobody gave."""
    type_ = Text(f"现行车辆均按{vehicle.label.zh}", f"all vehicles of the timetable count as {vehicle.label.en}")
    yield Assumed(Text("车型", "vehicle type"), len(routes), type_)
    depot = Text("离首个收集点最近的", "the nearest to each route's first stop")
    yield Assumed(Text("停车场", "depot"), len(routes), depot)
    n_unloads = sum(leg.kind is LegKind.UNLOAD for route in routes for leg in route.legs)
    station = Text("每趟之后在最近的卸料站卸料", "an unloading at the nearest station behind each trip")
    yield Assumed(Text("卸料", "unloading"), n_unloads, station)
    way = Text("停靠点之间按最快路径", "the fastest way between stops")
    yield Assumed(Text("行驶路线", "streets driven"), len(routes), way)


def _left(night: Night, table: Timetable) -> tuple[Unserved, ...]:
    """Return the tasks that the timetable does not have or that could not be taken, and those that no vehicle is sent to."""
    missing = [k for k, item in enumerate(night.tasks.items) if item not in table.served and k not in night.kept_out]
    why = [table.not_taken.get(night.tasks.items[k], _NOT_DRIVEN) for k in missing]
    return (*night.kept_out.values(), *(left(night, k, w) for k, w in zip(missing, why, strict=True)))
