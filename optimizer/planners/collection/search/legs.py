"""Turn the engine's visits into routes of timed legs: ways driven street by street, points served, trucks unloaded."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from layers.network import Way, ways
from layers.network.snap import Snaps
from optimizer.engines.vehicle_routing import RoutePlan, VehicleRoute, VisitKind
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
        self._legs: dict[VehicleRoute, tuple[Leg, ...]] = {}

    def routes(self, plan: RoutePlan) -> tuple[Route, ...]:
        """Return a plan's routes, each vehicle by its name."""
        self._legs = {r: self._legs.get(r) or tuple(self.legs(r)) for r in plan.routes if r.visits}
        taken = {(r.group, r.vehicle) for r in plan.routes if r.vehicle is not None}
        found = []
        for route in plan.routes:
            if not route.visits:
                continue
            crew = self.unit.crews[route.group]
            number = route.vehicle
            if number is None:
                number = next(k for k in range(len(crew.numbers)) if (route.group, k) not in taken)
                taken.add((route.group, number))
            found.append(
                Route(
                    id=f"{crew.vehicle.key}-{crew.numbers[number]:03d}-{self.unit.shift.key}",
                    vehicle=crew.name(number),
                    vehicle_type=crew.vehicle.key,
                    depot=self.night.places.depots[crew.depot].id,
                    shift=self.unit.shift.key,
                    legs=self._legs[route],
                )
            )
        return tuple(found)

    def legs(self, route: VehicleRoute) -> Iterator[Leg]:
        """Yield the legs of one route."""
        unit, problem = self.unit, self.unit.problem
        group, view = problem.groups[route.group], unit.view(route.group)
        stops = [_place(unit, visit.kind, visit.index) for visit in route.visits]
        line: list[int] = [group.start_place]
        for at in stops:
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
            leg = self._visit(route.group, (visit.kind, visit.index), now_s, aboard_kg)
            aboard_kg = 0.0 if leg.kind is LegKind.UNLOAD else aboard_kg + leg.load_kg
            now_s = leg.end_s
            yield leg
        yield from _drive(view, driven[-1], now_s, int(profile.time_s[pairs[-1]]))

    def _visit(self, group: int, visit: tuple[VisitKind, int], now_s: float, aboard_kg: float) -> Leg:
        unit, (kind, index) = self.unit, visit
        if kind is VisitKind.STOP:
            row = int(unit.part.tasks[index])
            tasks, end_s = self.night.tasks, now_s + float(self.night.tasks.service_s[row])
            return Leg(LegKind.SERVE, now_s, end_s, item=tasks.items[row], load_kg=float(tasks.kg[row] * unit.share))
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
