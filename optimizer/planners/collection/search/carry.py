"""Begin the search at the plan that this one builds on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from optimizer.engines.vehicle_routing import RoutePlan, VehicleRoute, VisitKind, timed
from optimizer.plan import LegKind
from optimizer.planners.collection.night.fleet import layouts
from optimizer.planners.collection.night.reading import Night
from optimizer.planners.collection.search.earlier import Before, before
from optimizer.planners.collection.search.unit import Unit


def begun_at(night: Night, unit: Unit) -> RoutePlan | None:
    """Return the earlier routes of a unit's tasks as a plan to begin at; None where there are none.

    Those that cannot be driven as they were, in their order, are left out.
    """
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    n_out: Counter[int] = Counter()
    routes: list[VehicleRoute] = []
    for one in before(night, unit.shift.key):
        group = _group(night, unit, one)
        if group is None or n_out[group] >= len(unit.crews[group].numbers):
            continue
        route = timed(unit.problem, group, list(_steps(night, unit, one)), taken)
        if route is None or not route.stops:
            continue
        n_out[group] += 1
        routes.append(route)
        for visit in route.visits:
            if visit.kind is VisitKind.STATION:
                taken[visit.index].append((visit.start_s, visit.start_s + unit.problem.stations[visit.index].visit_s))
    return RoutePlan(tuple(routes)) if routes else None


def _group(night: Night, unit: Unit, one: Before) -> int | None:
    """Return the crew of a unit that is as the one that drove an earlier route."""
    depot = {p.id: k for k, p in enumerate(night.places.depots)}.get(one.route.depot, -1)
    for g, crew in enumerate(unit.crews):
        layout = layouts(crew.vehicle, night.streams)[one.layout] if crew.vehicle.key == one.route.vehicle_type else None
        if crew.layout == layout and crew.depot == depot:
            return g
    return None


def _steps(night: Night, unit: Unit, one: Before) -> Iterator[tuple[VisitKind, int]]:
    """Yield the visits of an earlier route to what is in the unit."""
    stop_of = {row: k for k, row in enumerate(unit.part.tasks.tolist())}
    station_of = {night.places.stations[s].id: k for k, s in enumerate(unit.part.stations.tolist())}
    loaded = False
    for leg in one.route.legs:
        row = night.tasks.row_of.get(leg.item, -1)
        if leg.kind is LegKind.SERVE and row in stop_of:
            loaded = True
            yield VisitKind.STOP, stop_of[row]
        elif leg.kind is LegKind.UNLOAD and loaded:
            loaded = False
            yield VisitKind.STATION, station_of.get(leg.item, 0)
