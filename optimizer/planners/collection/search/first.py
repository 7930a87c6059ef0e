"""A first plan of a part: each truck goes on to the nearest point that it can still serve, and unloads when it is full.

Nearest-neighbour construction; the search begins there. Trucks that hold most come first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from layers.layer import Bool, Rows
from optimizer.engines.vehicle_routing import RoutePlan, VehicleRoute, VisitKind, timed
from optimizer.engines.vehicle_routing.stops import UNREACHABLE
from optimizer.planners.collection.search.unit import Unit

Steps = list[tuple[VisitKind, int]]
# Stops that are given up at a route's end where waiting for bays makes it late.
_MOST_GIVEN_UP = 12


def first_plan(unit: Unit) -> RoutePlan | None:
    """Return a plan without faults; None where no truck can serve anything."""
    problem, builder = unit.problem, _Builder(unit)
    order = sorted(range(len(problem.groups)), key=lambda g: (-max(problem.groups[g].capacity), g))
    routes = []
    for g in order:
        for _ in range(problem.groups[g].n_vehicles):
            route = builder.route(g)
            if route is None:
                break
            routes.append(route)
    return RoutePlan(tuple(routes)) if routes else None


@dataclass
class _Builder:
    """Build routes one after the other.

    Parameters
    ----------
    unit
        With at least one station; locked stops are left to the search.
    """

    unit: Unit
    waiting: Bool = field(init=False)
    room: Rows = field(init=False)
    used: Rows = field(init=False)
    taken: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        problem = self.unit.problem
        self.waiting = np.ones(problem.n_stops, dtype=bool)
        self.waiting[[lock.item for lock in problem.locks]] = False
        most = int(problem.stops.demand.sum()) + 1
        self.room = np.array(
            [most if s.throughput is None else s.throughput for s in problem.stations[: self.unit.n_stations]]
        )
        self.used = np.zeros_like(self.room)  # by the route that is being built

    def route(self, g: int) -> VehicleRoute | None:
        """Return the next route of a group; None where it can serve nothing more."""
        steps = self._steps(g)
        for _ in range(_MOST_GIVEN_UP):
            if not any(kind is VisitKind.STOP for kind, _ in steps):
                return None
            route = timed(self.unit.problem, g, steps, self.taken)
            if route is not None:
                self._keep(route)
                return route
            steps = _shorter(steps)
        return None

    def _keep(self, route: VehicleRoute) -> None:
        problem, trip = self.unit.problem, 0
        for visit in route.visits:
            if visit.kind is VisitKind.STOP:
                self.waiting[visit.index] = False
                trip += int(problem.stops.demand[visit.index].sum())
            elif visit.kind is VisitKind.STATION:
                self.room[visit.index] -= trip
                trip = 0
                self.taken[visit.index].append((visit.start_s, visit.start_s + problem.stations[visit.index].visit_s))

    def _steps(self, g: int) -> Steps:
        problem = self.unit.problem
        group, stops = problem.groups[g], problem.stops
        profile, capacity = problem.profiles[group.profile], np.array(group.capacity)
        free = self.waiting & problem.allowed[:, g]
        self.used[:] = 0
        here, now_s, aboard, steps = group.start_place, group.earliest_s, np.zeros(len(capacity), dtype=np.int64), Steps()
        while True:
            way_s = profile.time_s[here, stops.place].astype(np.int64)
            begin_s = np.maximum(now_s + way_s, profile.earliest_s)
            late = (way_s >= UNREACHABLE) | (begin_s > profile.latest_s)
            fits = (aboard + stops.demand <= capacity).all(axis=1)
            can = np.flatnonzero(free & ~late & fits)
            if not len(can):
                if not aboard.any():
                    return steps
                station, now_s = self._unload(g, here, now_s, int(aboard.sum()))
                if station < 0:
                    return _shorter(steps)
                steps.append((VisitKind.STATION, station))
                self.used[station] += int(aboard.sum())
                here, aboard = problem.stations[station].place, np.zeros(len(capacity), dtype=np.int64)
                continue
            best = int(can[np.argmin(way_s[can])])
            free[best] = False
            end_s = int(begin_s[best] + profile.service_s[best])
            if self._unload(g, int(stops.place[best]), end_s, int((aboard + stops.demand[best]).sum()))[0] < 0:
                continue  # no time to unload and come home behind it
            steps.append((VisitKind.STOP, best))
            here, now_s, aboard = int(stops.place[best]), end_s, aboard + stops.demand[best]

    def _unload(self, g: int, here: int, now_s: int, load: int) -> tuple[int, int]:
        """Return the nearest station that takes a load while there is time to come home, and when one leaves it; else -1."""
        problem = self.unit.problem
        group = problem.groups[g]
        time_s = problem.profiles[group.profile].time_s
        found = (-1, now_s)
        for k in np.argsort([time_s[here, s.place] for s in problem.stations[: self.unit.n_stations]]).tolist():
            station = problem.stations[k]
            begin_s = now_s + int(time_s[here, station.place])
            open_s = [
                max(begin_s, a)
                for a, b in station.open_s or ((0, group.latest_s),)
                if max(begin_s, a) + station.visit_s <= b
            ]
            if self.room[k] - self.used[k] < load or not open_s:
                continue
            end_s = min(open_s) + station.visit_s
            if end_s + int(time_s[station.place, group.end_place]) <= group.latest_s:
                return k, end_s
        return found


def _shorter(steps: Steps) -> Steps:
    """Return visits without the last stop; what is left ends with an unloading."""
    last = max((k for k, (kind, _) in enumerate(steps) if kind is VisitKind.STOP), default=-1)
    kept = steps[:last] + steps[last + 1 :] if last >= 0 else []
    while len(kept) > 1 and kept[-1][0] is VisitKind.STATION and kept[-2][0] is VisitKind.STATION:
        kept = kept[:-1]
    return kept
