"""Turn the engine's stops into routes of timed legs: ways driven street by street, kerbs swept, hoppers and tanks reset."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from layers.layer import Rows
from layers.network import Network
from optimizer.engines.arc_routing.solution import RoutePlan, Stop, StopKind, VehicleRoute
from optimizer.ground.fleet import vehicle_name
from optimizer.plan import Leg, LegKind, Route
from optimizer.planners.sweeping.day.kerbs import Passes
from optimizer.planners.sweeping.day.water import WaterPoint, refill_s
from optimizer.planners.sweeping.search.joint import Joint
from optimizer.planners.sweeping.search.units import Unit
from resources.inventory import Shift


@dataclass(frozen=True, slots=True)
class Point:
    """Hold one point of a route on the network.

    Parameters
    ----------
    arc
        Arc that it lies on, or that is swept there.
    share
        Position along it, 0 to 1, of a place; -1 where the arc is swept from end to end.
    item
        Pass, dump or water point; empty at the depot.
    row
        Row of the pass; -1 elsewhere.
    fill_s
        Seconds of filling a tank, at a water point; -1 elsewhere.
    """

    arc: int
    share: float
    item: str = ""
    row: int = -1
    fill_s: float = -1.0

    @property
    def is_place(self) -> bool:
        """Whether it is a depot, a dump or a water point."""
        return self.share >= 0


@dataclass(frozen=True, slots=True)
class Way:
    """Hold a drive between two points.

    Parameters
    ----------
    path
        Streets as `Leg.path` writes them.
    time_s
        Turns before, between and after its streets among it.
    """

    path: tuple[str, ...]
    length_m: float
    time_s: float


# Ends of a way: the arc and the share of it where it begins and where it ends.
Ends = tuple[int, float, int, float]
# Ways that are kept; beyond that many all are looked up again.
MOST_WAYS = 200_000


class Driver:
    """Find ways on one unit's network.

    Parameters
    ----------
    known
        Ways that were found before on the same network, kept for all its units.
    """

    def __init__(self, unit: Unit, passes: Passes, known: dict[Ends, Way] | None = None) -> None:
        self.unit = unit
        self.passes = passes
        self.known = {} if known is None else known
        self.network: Network = unit.network
        self.names = unit.names

    def point(self, stop: Stop) -> Point:
        """Return the point of one of the engine's stops."""
        if stop.kind is StopKind.FACILITY:
            dumps, vehicle = self.unit.dumps, self.unit.vehicle
            place = dumps.places[stop.index]
            fill_s = refill_s(place, vehicle, vehicle.tank_l) if isinstance(place, WaterPoint) else -1.0
            return Point(int(dumps.arc[stop.index]), float(dumps.share[stop.index]), place.id, fill_s=fill_s)
        row = int(self.unit.tasks[stop.task])
        return Point(int(self.unit.arcs[stop.task, stop.index & 1]), -1.0, self.passes.items[row], row)

    def points(self, route: VehicleRoute) -> list[Point]:
        """Return the points of a route, the depot first and last."""
        depot = Point(int(self.unit.depot.arc[0]), float(self.unit.depot.share[0]))
        return [depot, *(self.point(stop) for stop in route.stops), depot]

    def wait_s(self, point: Point, begin_s: float, end_s: float) -> float:
        """Return how long a pass that would be swept from `begin_s` to `end_s` must wait for its hours."""
        if self.unit.windows_s is None:
            return 0.0
        spans = self.unit.windows_s[np.searchsorted(self.unit.tasks, point.row)].tolist()
        later = [max(0.0, low - begin_s) for low, high in spans if max(begin_s, low) + end_s - begin_s <= high]
        return min(later, default=0.0)

    def ways(self, points: list[list[Point]]) -> Iterator[list[Way]]:
        """Return the ways between the points of several routes, one list a route."""
        if len(self.known) > MOST_WAYS:
            self.known.clear()
        asked = {(a.arc, a.share, b.arc, b.share): (a, b) for line in points for a, b in itertools.pairwise(line)}
        new = {ends: pair for ends, pair in asked.items() if ends not in self.known}
        states = [(departure(a, b), 2 * b.arc) for a, b in new.values()]
        found = self.unit.router.paths(states) if states else []
        for (ends, (a, b)), driven in zip(new.items(), found, strict=True):
            self.known[ends] = self.way(a, b, driven)
        for line in points:
            yield [self.known[a.arc, a.share, b.arc, b.share] for a, b in itertools.pairwise(line)]

    def way(self, here: Point, there: Point, driven: Rows) -> Way:
        """Return the way between two points, given the arcs driven from one's state to the other's."""
        arcs = driven.tolist()
        if here.is_place and here.arc == there.arc and (there.is_place or here.share == 0):
            return Way((), 0.0, 0.0)
        if here.share > 0:
            arcs.insert(0, here.arc)
        parts = np.ones(len(arcs))
        if here.share > 0:
            parts[0] = 1 - here.share
        chain = ([] if here.is_place else [here.arc]) + arcs + [there.arc]
        turns = self.network.turn_times
        time_s = sum(turns[pair] for pair in itertools.pairwise(chain))
        if there.share > 0:
            arcs.append(there.arc)
            parts = np.append(parts, there.share)
        time_s += float(self.network.arc_time_s[arcs] @ parts)
        return Way(tuple(self.names[a] for a in arcs), float(self.network.arc_length_m[arcs] @ parts), time_s)

    def service_s(self, point: Point) -> float:
        """Return the seconds that sweeping a pass takes."""
        return float(self.passes.length_m[point.row]) / self.speed_mps(point.row)

    def speed_mps(self, row: int) -> float:
        """Return how fast a pass is swept."""
        return float(self.unit.speeds_mps[np.searchsorted(self.unit.tasks, row)])


def departure(here: Point, there: Point) -> int:
    """Return the state from which a point is left: the end of its arc, but the start where nothing need be driven of it."""
    stays = here.share == 0 or (here.is_place and there.is_place and here.arc == there.arc)
    return 2 * here.arc if stays else 2 * here.arc + 1


class Scribe:
    """Write plans of a fleet as routes of timed legs; what has not changed since the last plan is not made again."""

    def __init__(self, fleet: Joint, passes: Passes) -> None:
        known: dict[int, dict[Ends, Way]] = {}
        self.fleet = fleet
        self.drivers = [Driver(unit, passes, known.setdefault(id(unit.router), {})) for unit in fleet.units]
        self._legs: dict[tuple[int, VehicleRoute], tuple[Leg, ...]] = {}

    def routes(self, plan: RoutePlan) -> tuple[Route, ...]:
        """Return a plan's routes; vehicles are numbered over all depots, the same one may work in several shifts."""
        whole = list(self.fleet.split(plan))
        self._legs = {key: self._legs.get(key) or self._timed(*key) for key in whole}
        used: Counter[tuple[int, int]] = Counter()
        routes = []
        for u, route in whole:
            used[u, route.group] += 1
            unit = self.fleet.units[u]
            routes.append(written(unit, unit.shifts[route.group], used[u, route.group], self._legs[u, route]))
        return tuple(routes)

    def _timed(self, u: int, route: VehicleRoute) -> tuple[Leg, ...]:
        driver = self.drivers[u]
        line = driver.points(route)
        (ways,) = driver.ways([line])
        return tuple(timed(driver, line, ways, driver.unit.shifts[route.group]))


def written(unit: Unit, shift: Shift, nth: int, legs: tuple[Leg, ...]) -> Route:
    """Return the route of a unit's n-th vehicle in a shift."""
    vehicle, number = unit.vehicle, unit.n_before + nth
    return Route(
        id=f"{vehicle.key}-{number:03d}-{shift.key}",
        vehicle=vehicle_name(vehicle, number),
        vehicle_type=vehicle.key,
        depot=unit.depot.places[0].id,
        shift=shift.key,
        legs=legs,
    )


class Clock:
    """The time along one route, from the shift's start on, with its break near the middle.

    Attributes
    ----------
    begin_s
        When the last leg ended, of those that `drive` and `wait` gave.
    now_s
        When work can begin: after `begin_s` by the turn straight from one street into the next.
    """

    def __init__(self, shift: Shift) -> None:
        self.begin_s = self.now_s = shift.start_s + shift.before_s
        self._break_s = shift.break_s
        self._pause_from_s = (shift.start_s + shift.end_s - shift.break_s) / 2 if shift.break_s else np.inf

    def pause(self) -> Iterator[Leg]:
        """Yield the break, where it is due."""
        if self.now_s >= self._pause_from_s:
            self.begin_s, self._pause_from_s = self.now_s, np.inf
            yield from self.wait(self._break_s, LegKind.BREAK)

    def drive(self, way: Way) -> Iterator[Leg]:
        """Yield the break, where it is due, and the drive to the next point, where anything is to be driven."""
        yield from self.pause()
        self.begin_s = self.now_s
        self.now_s += way.time_s
        if way.path:
            begin_s, self.begin_s = self.begin_s, self.now_s
            yield Leg(LegKind.DRIVE, begin_s, self.now_s, way.length_m, way.path)

    def wait(self, wait_s: float, kind: LegKind = LegKind.WAIT) -> Iterator[Leg]:
        """Yield a stay, where there is any."""
        if wait_s > 0:
            begin_s = self.begin_s
            self.begin_s, self.now_s = begin_s + wait_s, self.now_s + wait_s
            yield Leg(kind, begin_s, self.begin_s)


def timed(driver: Driver, line: list[Point], ways: list[Way], shift: Shift) -> Iterator[Leg]:
    """Yield the legs of one route, from the shift's start on, with its break near the middle.

    A turn from a swept street straight into the next one, or to a place at its end, is counted to the work behind it. Where
    a street may not be swept yet, the vehicle waits there.
    """
    clock, aboard_kg, used_l = Clock(shift), 0.0, 0.0
    for there, way in zip(line[1:], ways, strict=True):
        yield from clock.drive(way)
        if there.row >= 0:
            yield from clock.wait(driver.wait_s(there, clock.begin_s, clock.now_s + driver.service_s(there)))
            leg = swept(driver, there, clock.begin_s, clock.now_s)
            aboard_kg, used_l = aboard_kg + leg.load_kg, used_l - leg.water_l
            clock.now_s = leg.end_s
            yield leg
        elif there.fill_s >= 0:
            begin_s, clock.now_s = clock.begin_s, clock.now_s + there.fill_s
            yield Leg(LegKind.REFILL, begin_s, clock.now_s, item=there.item, water_l=used_l)
            used_l = 0.0
        elif there.item:
            begin_s, clock.now_s = clock.begin_s, clock.now_s + driver.unit.vehicle.unload_s
            yield Leg(LegKind.UNLOAD, begin_s, clock.now_s, item=there.item, load_kg=-aboard_kg)
            aboard_kg = 0.0


def swept(driver: Driver, point: Point, begin_s: float, at_s: float) -> Leg:
    """Return the leg of one pass that is begun, after its turn, at `at_s`."""
    length_m = float(driver.passes.length_m[point.row])
    return Leg(
        LegKind.SERVE,
        begin_s,
        at_s + driver.service_s(point),
        length_m,
        (driver.names[point.arc],),
        point.item,
        float(driver.passes.load_kg[point.row]),
        -driver.unit.vehicle.water_lpm * length_m,
    )
