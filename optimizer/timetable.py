"""Timetables read from a plan's legs: of a vehicle, of each point for the public notice, and the load of stations.

Whatever planner made the plan: a route whose legs serve and unload has trips, and every unloading ends one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from layers.layer import F64, Rows
from layers.units import MINUTE_S
from optimizer.check import object_of
from optimizer.plan import Leg, LegKind, Plan, Route

_STOPS = (LegKind.SERVE, LegKind.UNLOAD, LegKind.REFILL, LegKind.BREAK)


@dataclass(frozen=True, slots=True)
class Stop:
    """Hold one line of a vehicle's timetable.

    Parameters
    ----------
    trip, order
        From 1; an unloading is the last of its trip.
    kind, item
        Serve, unload, refill or break, and what or where.
    arrive_s, start_s, leave_s
        Seconds after midnight of the route's day: there, at work (a vehicle that is early waits), gone.
    load_kg
        Taken aboard, or given off (negative).
    aboard_kg
        Aboard when it leaves.
    way_m
        Metres driven from the stop before, or from the depot.
    """

    trip: int
    order: int
    kind: LegKind
    item: str
    arrive_s: float
    start_s: float
    leave_s: float
    load_kg: float
    aboard_kg: float
    way_m: float


def of_truck(route: Route) -> tuple[Stop, ...]:
    """Return the timetable of a route, stop by stop."""
    return tuple(_stops(route.legs))


def _stops(legs: Iterable[Leg]) -> Iterator[Stop]:
    trip, order, aboard_kg, way_m, arrive_s = 1, 0, 0.0, 0.0, np.nan
    for leg in legs:
        if np.isnan(arrive_s) or leg.kind is LegKind.DRIVE:
            arrive_s = leg.end_s if leg.kind is LegKind.DRIVE else leg.start_s
        if leg.kind not in _STOPS:
            way_m += leg.length_m
            continue
        order, aboard_kg = order + 1, aboard_kg + leg.load_kg
        yield Stop(trip, order, leg.kind, leg.item, arrive_s, leg.start_s, leg.end_s, leg.load_kg, aboard_kg, way_m)
        if leg.kind is LegKind.UNLOAD:
            trip, order = trip + 1, 0
        arrive_s, way_m = leg.end_s, 0.0


@dataclass(frozen=True, slots=True)
class PointTime:
    """Hold one line of the public notice: when an item is served.

    Parameters
    ----------
    item, point
        As the plan names it, and the object that it is of.
    mark
        What the item's name says behind the object's id: a stream, or empty.
    day, vehicle, route
        By whom.
    minute_s
        The whole minute in which service begins, seconds after midnight: what is published.
    start_s, leave_s
        Of the service, to the second.
    """

    item: str
    point: str
    mark: str
    day: int
    vehicle: str
    route: str
    minute_s: int
    start_s: float
    leave_s: float
    load_kg: float


def of_points(plan: Plan) -> tuple[PointTime, ...]:
    """Return when each item is served, in the order of points, then of days."""
    found = [_point_time(r, leg) for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE]
    return tuple(sorted(found, key=lambda p: (p.point, p.item, p.day, p.start_s)))


def _point_time(route: Route, leg: Leg) -> PointTime:
    point = object_of(leg.item)
    minute_s = int(leg.start_s // MINUTE_S) * MINUTE_S
    who = (route.day, route.vehicle, route.id)
    return PointTime(leg.item, point, leg.item[len(point) + 1 :], *who, minute_s, leg.start_s, leg.end_s, leg.load_kg)


@dataclass(frozen=True, eq=False)
class StationLoad:
    """Hold what comes to one station on one day, step by step.

    Parameters
    ----------
    station, day
        Which.
    start_s
        Begin of each step, seconds after midnight, shape (n,).
    load_kg
        Unloaded in each step, shape (n,): an unloading counts in each by the share of its time.
    n_visits
        Unloadings that begin in each step, shape (n,).
    n_at_once
        Most vehicles that unload at one moment of it, shape (n,).
    """

    station: str
    day: int
    start_s: Rows
    load_kg: F64
    n_visits: Rows
    n_at_once: Rows


def station_load(plan: Plan, step_s: int = 900) -> tuple[StationLoad, ...]:
    """Return the load of each station that a plan unloads at, by steps of the day, a quarter of an hour long by default."""
    visits: dict[tuple[str, int], list[Leg]] = {}
    for route in plan.routes:
        for leg in route.legs:
            if leg.kind is LegKind.UNLOAD:
                visits.setdefault((leg.item, route.day), []).append(leg)
    return tuple(_load(station, day, legs, step_s) for (station, day), legs in sorted(visits.items()))


def _load(station: str, day: int, legs: list[Leg], step_s: int) -> StationLoad:
    begin_s, end_s = (np.array([getattr(leg, key) for leg in legs]) for key in ("start_s", "end_s"))
    kg = np.array([-leg.load_kg for leg in legs])
    first, last = int(begin_s.min() // step_s), int(np.ceil(max(end_s.max(), begin_s.max() + 1) / step_s))
    start_s = np.arange(first, last) * step_s
    inside_s = np.minimum(end_s, start_s[:, None] + step_s) - np.maximum(begin_s, start_s[:, None])
    whole_s = np.maximum(end_s - begin_s, 1e-9)
    in_step = (begin_s >= start_s[:, None]) & (begin_s < start_s[:, None] + step_s)
    share = np.where(end_s > begin_s, np.maximum(0.0, inside_s) / whole_s, in_step)
    # the most at one moment is reached as some visit begins, or as the step does
    moments = np.unique(np.concatenate([begin_s, start_s]))
    there = (begin_s <= moments[:, None]) & (moments[:, None] < end_s)
    step_of = np.clip((moments // step_s).astype(np.int64) - first, 0, len(start_s) - 1)
    most = np.zeros(len(start_s), dtype=np.int64)
    np.maximum.at(most, step_of, there.sum(axis=1))
    return StationLoad(station, day, start_s, share @ kg, in_step.sum(axis=1), most)


def most_at_once(plan: Plan) -> dict[str, int]:
    """Return the most vehicles that unload at each station at one moment, on any day."""
    found: dict[str, int] = {}
    for load in station_load(plan):
        found[load.station] = max(found.get(load.station, 0), int(load.n_at_once.max()))
    return found
