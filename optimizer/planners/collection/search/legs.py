"""Turn the engine's visits into routes of timed legs: ways driven street by street, points served, trucks unloaded."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from layers.layer import F64
from layers.network import Way, ways
from layers.network.snap import Snaps
from optimizer.engines.vehicle_routing import RoutePlan, VehicleRoute, Visit, VisitKind
from optimizer.engines.vehicle_routing.stops import UNREACHABLE
from optimizer.plan import Leg, LegKind, Route
from optimizer.planners.collection.night.reading import Night
from optimizer.planners.collection.night.views import View, take
from optimizer.planners.collection.search.unit import Unit


class Ways:
    """Find ways between a unit's places as its vehicles drive them; each is looked up once."""

    def __init__(self, unit: Unit) -> None:
        self._places: dict[int, Snaps] = {id(view): take(view.places, unit.places) for view in unit.views}
        self._known: dict[tuple[int, int, int], Way] = {}

    def of(self, view: View, pairs: list[tuple[int, int]]) -> list[Way]:
        """Return the ways between pairs of the unit's places."""
        new = [pair for pair in dict.fromkeys(pairs) if (id(view), *pair) not in self._known]
        found = ways(view.router, self._places[id(view)], new) if new else []
        for pair, way in zip(new, found, strict=True):
            assert way is not None  # the engine was told which there are
            self._known[(id(view), *pair)] = way
        return [self._known[(id(view), *pair)] for pair in pairs]


class Scribe:
    """Write plans of a unit as routes of legs; what has not changed since the last plan is not made again."""

    def __init__(self, night: Night, unit: Unit) -> None:
        self.night = night
        self.unit = unit
        self.ways = Ways(unit)
        self._legs: dict[tuple[VehicleRoute, float], tuple[Leg, ...]] = {}

    def routes(self, plan: RoutePlan) -> tuple[Route, ...]:
        """Return a plan's routes of all days, each vehicle by its name."""
        shares = self.night.day_shares
        out = [route for route in plan.routes if route.visits]
        numbers = self._numbers(out)
        known, self._legs = self._legs, {}
        found = []
        for day, share in enumerate(shares):
            for route, number in zip(out, numbers, strict=True):
                key = (route, share)
                if key not in self._legs:
                    self._legs[key] = known.get(key) or tuple(self.legs(lighter(self.unit, route, self._kg(share)), share))
                found.append(self._route((route.group, number), day, self._legs[key]))
        return tuple(found)

    def _kg(self, share: float) -> F64:
        """Return the kilograms of each stop of the unit on a day with such a share."""
        return self.night.tasks.kg[self.unit.part.tasks] * share

    def _numbers(self, routes: list[VehicleRoute]) -> list[int]:
        """Return the vehicle of each route within its crew: its own, else the next that is free."""
        taken = {(r.group, r.vehicle) for r in routes}
        free = {g: (k for k in range(len(crew.numbers)) if (g, k) not in taken) for g, crew in enumerate(self.unit.crews)}
        return [next(free[r.group]) if r.vehicle is None else r.vehicle for r in routes]

    def _route(self, vehicle: tuple[int, int], day: int, legs: tuple[Leg, ...]) -> Route:
        crew, shift = self.unit.crews[vehicle[0]], self.unit.shift
        of_day = f"-{day + 1}" if len(self.night.day_shares) > 1 else ""
        return Route(
            id=f"{crew.vehicle.key}-{crew.numbers[vehicle[1]]:03d}-{shift.key}{of_day}",
            vehicle=crew.name(vehicle[1]),
            vehicle_type=crew.vehicle.key,
            depot=self.night.places.depots[crew.depot].id,
            shift=shift.key,
            legs=legs,
            day=day,
        )

    def legs(self, route: VehicleRoute, share: float) -> Iterator[Leg]:
        """Yield the legs of one route on a day with such a share of the amounts."""
        unit, problem = self.unit, self.unit.problem
        group, view = problem.groups[route.group], unit.view(route.group)
        line: list[int] = [group.start_place]
        for visit in route.visits:
            at = _place(unit, visit.kind, visit.index)
            line.append(line[-1] if at is None else at)
        line.append(group.end_place)
        pairs = list(itertools.pairwise(line))
        driven = self.ways.of(view, pairs)
        profile, now_s, aboard_kg = problem.profiles[group.profile], float(route.leave_s), 0.0
        for visit, pair, way in zip(route.visits, pairs, driven, strict=False):
            yield from _drive(view, way, now_s, int(profile.time_s[pair]))
            now_s += int(profile.time_s[pair])
            if visit.start_s > now_s:
                yield Leg(LegKind.WAIT, now_s, float(visit.start_s))
                now_s = float(visit.start_s)
            leg = self._visit((route.group, visit.kind, visit.index), now_s, share, aboard_kg)
            aboard_kg = 0.0 if leg.kind is LegKind.UNLOAD else aboard_kg + leg.load_kg
            now_s = leg.end_s
            yield leg
        yield from _drive(view, driven[-1], now_s, int(profile.time_s[pairs[-1]]))

    def _visit(self, visit: tuple[int, VisitKind, int], now_s: float, share: float, aboard_kg: float) -> Leg:
        unit, (group, kind, index) = self.unit, visit
        if kind is VisitKind.STOP:
            row = int(unit.part.tasks[index])
            tasks, end_s = self.night.tasks, now_s + float(self.night.tasks.service_s[row])
            return Leg(LegKind.SERVE, now_s, end_s, item=tasks.items[row], load_kg=float(tasks.kg[row] * share))
        if kind is VisitKind.BREAK:
            return Leg(LegKind.BREAK, now_s, now_s + unit.problem.groups[group].breaks[index].duration_s)
        end_s = now_s + unit.problem.stations[index].visit_s
        if index >= unit.n_stations:
            depot = self.night.facilities[int(unit.places[unit.problem.stations[index].place]) - len(self.night.xy_m)]
            return Leg(LegKind.REFILL, now_s, end_s, item=depot.id)
        station = self.night.places.stations[int(unit.part.stations[index])]
        return Leg(LegKind.UNLOAD, now_s, end_s, item=station.id, load_kg=-aboard_kg)


def _place(unit: Unit, kind: VisitKind, index: int) -> int | None:
    """Return the unit's place of a visit; None for a break, which is taken where the vehicle stands."""
    if kind is VisitKind.BREAK:
        return None
    return int(unit.problem.stops.place[index] if kind is VisitKind.STOP else unit.problem.stations[index].place)


def _drive(view: View, way: Way, now_s: float, time_s: int) -> Iterator[Leg]:
    """Yield the drive to the next place, where it takes any time."""
    assert time_s < UNREACHABLE
    if time_s > 0 or way.arcs:
        path = tuple(view.names[arc] for arc in way.arcs)
        yield Leg(LegKind.DRIVE, now_s, now_s + time_s, way.length_m, path)


def lighter(unit: Unit, route: VehicleRoute, kg: F64) -> VehicleRoute:
    """Return a route as it is driven on a day with less waste: unloadings that are not needed are left out, times stay.

    The truck that would have unloaded waits instead, so that every point is served at its minute on every day.

    Parameters
    ----------
    kg
        Of each stop of the unit on that day.
    """
    stream = unit.problem.stops.demand.argmax(axis=1)
    layout = unit.crews[route.group].layout
    trips: list[list[float]] = []
    for visit in route.visits:
        if not trips or _unloads(unit, visit):
            trips.append([0.0] * unit.problem.n_loads)
        if visit.kind is VisitKind.STOP:
            trips[-1][stream[visit.index]] += float(kg[visit.index])
    unloads = [visit.index for visit in route.visits if _unloads(unit, visit)]
    kept, aboard, nth = [], list(trips[0]) if trips else [], 0
    for visit in route.visits:
        if _unloads(unit, visit):
            nth += 1
            joined = [a + b for a, b in zip(aboard, trips[nth], strict=True)]
            same = unloads[nth - 1 : nth + 1] == [visit.index] * 2  # else another station would get more than was planned
            if same and sum(trips[nth]) > 0 and all(amount <= layout.holds(k) for k, amount in enumerate(joined)):
                aboard = joined
                continue
            aboard = list(trips[nth])
        kept.append(visit)
    return replace(route, visits=tuple(kept))


def _unloads(unit: Unit, visit: Visit) -> bool:
    return visit.kind is VisitKind.STATION and visit.index < unit.n_stations
