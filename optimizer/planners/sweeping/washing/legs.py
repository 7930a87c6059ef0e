"""Turn the engine's stops into turnouts of timed legs: ways driven, kerbs washed, tanks filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from optimizer.engines.arc_routing.solution import RoutePlan
from optimizer.plan import Leg, LegKind
from optimizer.planners.sweeping.search.legs import Clock, Driver, Point, Way
from optimizer.planners.sweeping.search.units import Unit
from optimizer.planners.sweeping.washing.work import Washings


@dataclass(frozen=True, eq=False)
class Turnout:
    """Hold one night of one vehicle, to be driven on every night that the calendar gives it.

    Parameters
    ----------
    unit
        Where it comes from.
    rows
        Of the washings, in order.
    legs
        What it does.
    """

    unit: Unit
    rows: tuple[int, ...]
    legs: tuple[Leg, ...]

    @property
    def work_s(self) -> float:
        """Time of all its legs but the break."""
        return sum(leg.end_s - leg.start_s for leg in self.legs if leg.kind is not LegKind.BREAK)


@dataclass(frozen=True)
class Water:
    """Hold what a unit's vehicles do with water.

    Parameters
    ----------
    lpm
        Litres for a metre of washing.
    refill_s
        Time of a refill at each water point, by id.
    """

    lpm: float
    refill_s: Mapping[str, float]


def turnouts_of(unit: Unit, washings: Washings, plan: RoutePlan, water: Water) -> tuple[Turnout, ...]:
    """Return a unit's turnouts."""
    driver = Driver(unit, washings)
    routes = [route for route in plan.routes if route.tasks]
    lines = [driver.points(route) for route in routes]
    turnouts = []
    for line, ways in zip(lines, driver.ways(lines), strict=True):
        rows = tuple(point.row for point in line if point.row >= 0)
        turnouts.append(Turnout(unit, rows, tuple(timed(driver, line, ways, water))))
    return tuple(turnouts)


def timed(driver: Driver, line: list[Point], ways: list[Way], water: Water) -> Iterator[Leg]:
    """Yield the legs of a turnout, from the shift's start on, with its break near the middle.

    A turn from a washed street straight into the next one, or to a water point at its end, is counted to what follows.
    """
    clock, used_l = Clock(driver.unit.shifts[0]), 0.0
    for there, way in zip(line[1:], ways, strict=True):
        yield from clock.drive(way)
        begin_s = clock.begin_s
        if there.row >= 0:
            length_m, path = float(driver.passes.length_m[there.row]), (driver.names[there.arc],)
            water_l = water.lpm * length_m
            clock.now_s += driver.service_s(there)
            used_l += water_l
            yield Leg(LegKind.SERVE, begin_s, clock.now_s, length_m, path, there.item, water_l=-water_l)
        elif there.item:
            clock.now_s += water.refill_s[there.item]
            yield Leg(LegKind.REFILL, begin_s, clock.now_s, item=there.item, water_l=used_l)
            used_l = 0.0


def one_after_another(turnouts: tuple[Turnout, ...]) -> tuple[Leg, ...]:
    """Return the legs of one vehicle's night: its turnouts in their order, the tank filled at the depot between them."""
    if len(turnouts) == 1:
        return turnouts[0].legs
    unit = turnouts[0].unit
    legs: list[Leg] = []
    for turnout in turnouts:
        if legs:
            used_l = -sum(leg.water_l for leg in legs)
            legs.append(Leg(LegKind.REFILL, 0.0, unit.vehicle.refill_s, item=unit.depot.places[0].id, water_l=used_l))
        legs += (leg for leg in turnout.legs if leg.kind is not LegKind.BREAK)
    clock, night = Clock(turnouts[0].unit.shifts[0]), list[Leg]()
    for leg in legs:
        night += clock.pause()
        night.append(replace(leg, start_s=clock.now_s, end_s=clock.now_s + leg.end_s - leg.start_s))
        clock.now_s = night[-1].end_s
    return tuple(night)
