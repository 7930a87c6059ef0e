"""Make a plan without faults of sequences that another solver proposes, which was not told all rules.

Each route gets its times, its breaks and, where its last station cannot take it, another one; what still breaks a rule loses
stops from its end. The plan may so serve less than was proposed; it is where a search begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from optimizer.engines.vehicle_routing.aims import vehicles_of
from optimizer.engines.vehicle_routing.bays import Span
from optimizer.engines.vehicle_routing.driving import brought
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.schedule import Step, timed
from optimizer.engines.vehicle_routing.solution import RoutePlan, VehicleRoute, VisitKind


def fitted(problem: VehicleRoutingProblem, proposed: Sequence[tuple[int, Sequence[Step]]]) -> RoutePlan:
    """Return the proposed routes, each a group and what it does in its order, as far as they keep all rules."""
    bench = _Bench(problem)
    for group, steps in _in_order(problem, proposed):
        bench.add(group, steps)
    return RoutePlan(tuple(bench.routes))


def with_breaks(
    problem: VehicleRoutingProblem,
    group: int,
    steps: Sequence[Step],
    taken: dict[int, list[Span]] | None = None,
    vehicle: int | None = None,
) -> VehicleRoute | None:
    """Give a sequence its times, and breaks where they fit first; None where none fit."""
    return next(_rested(problem, group, (list(steps), 0), taken or {}, vehicle), None)


def _rested(
    problem: VehicleRoutingProblem,
    group: int,
    done: tuple[list[Step], int],
    taken: dict[int, list[Span]],
    vehicle: int | None,
) -> Iterator[VehicleRoute]:
    """Yield the sequence with its times, with the breaks from the given one on tried at each place, latest places first."""
    steps, rest = done
    route = timed(problem, group, steps, taken, vehicle)
    if route is not None:
        yield route
    if rest == len(problem.groups[group].breaks):
        return
    first = 1 + max((k for k, (kind, _) in enumerate(steps) if kind is VisitKind.BREAK), default=-1)
    for at in range(len(steps), first - 1, -1):
        more = [*steps[:at], (VisitKind.BREAK, rest), *steps[at:]]
        yield from _rested(problem, group, (more, rest + 1), taken, vehicle)


@dataclass
class _Bench:
    """The routes so far, and what they hold of stations and vehicles."""

    problem: VehicleRoutingProblem
    routes: list[VehicleRoute] = field(default_factory=list)
    taken: dict[int, list[Span]] = field(default_factory=dict)
    brought: dict[int, int] = field(default_factory=dict)
    numbers: set[tuple[int, int]] = field(default_factory=set)

    def add(self, group: int, steps: Sequence[Step]) -> None:
        """Take in as much of a route as keeps all rules."""
        n_routes = sum(route.group == group for route in self.routes)
        if n_routes >= self.problem.groups[group].n_vehicles:
            return
        vehicle = self._number(group, steps)
        locked = {lock.item: lock.vehicle for lock in self.problem.locks if lock.vehicle is not None}
        steps = [step for step in steps if step[0] is not VisitKind.STOP or locked.get(step[1], vehicle) == vehicle]
        route = self._longest(group, steps, vehicle)
        if route is None:
            return
        self.routes.append(route)
        if vehicle is not None:
            self.numbers.add((group, vehicle))
        for visit in route.visits:
            if visit.kind is VisitKind.STATION:
                span = (visit.start_s, visit.start_s + self.problem.stations[visit.index].visit_s)
                self.taken.setdefault(visit.index, []).append(span)
        for station, amount in brought(self.problem, route).items():
            self.brought[station] = self.brought.get(station, 0) + amount

    def _number(self, group: int, steps: Sequence[Step]) -> int | None:
        """Return the vehicle for a route: the free one that most of its stops are locked to or were on before."""
        problem = self.problem
        if not problem.numbers_vehicles:
            return None
        free = [v for v in range(problem.groups[group].n_vehicles) if (group, v) not in self.numbers]
        stops = [index for kind, index in steps if kind is VisitKind.STOP]
        locked = {lock.item: lock.vehicle for lock in problem.locks}
        before = {} if problem.terms.earlier is None else vehicles_of(problem.terms.earlier)
        weight = {v: sum(1000 * (locked.get(s) == v) + (before.get(s) == (group, v)) for s in stops) for v in free}
        return max(free, key=lambda v: (weight[v], -v))

    def _longest(self, group: int, steps: Sequence[Step], vehicle: int | None) -> VehicleRoute | None:
        """Return the route with as many of its stops, from the first on, as can be."""
        at = [k for k, (kind, _) in enumerate(steps) if kind is VisitKind.STOP]
        whole = self._driven(group, list(steps), vehicle) if at else None
        if whole is not None or not at:
            return whole
        tail = [steps[-1]] if steps[-1][0] is VisitKind.STATION else []
        best, low, high = None, 0, len(at) - 1
        while low < high:
            n = (low + high + 1) // 2
            route = self._driven(group, [*steps[: at[n - 1] + 1], *tail], vehicle)
            if route is None:
                high = n - 1
            else:
                best, low = route, n
        return best

    def _driven(self, group: int, steps: list[Step], vehicle: int | None) -> VehicleRoute | None:
        """Return the route with times, breaks and a last station that takes it."""
        for last in self._lasts(steps):
            route = with_breaks(self.problem, group, last, self.taken, vehicle)
            if route is not None and not self._is_too_much(route):
                return route
        return None

    def _lasts(self, steps: list[Step]) -> Iterator[list[Step]]:
        """Yield the sequence as it is, then with each other station at its end."""
        yield steps
        if self.problem.must_end_empty and steps[-1][0] is VisitKind.STATION:
            for station in range(len(self.problem.stations)):
                if station != steps[-1][1]:
                    yield [*steps[:-1], (VisitKind.STATION, station)]

    def _is_too_much(self, route: VehicleRoute) -> bool:
        """Tell whether a station cannot take what the route brings."""
        for station, amount in brought(self.problem, route).items():
            most = self.problem.stations[station].throughput
            if most is not None and self.brought.get(station, 0) + amount > most:
                return True
        return False


def _in_order(
    problem: VehicleRoutingProblem, proposed: Sequence[tuple[int, Sequence[Step]]]
) -> Iterator[tuple[int, list[Step]]]:
    """Yield the routes without the stops that break an order: each order is kept by the route that has most of it."""
    order_of = {stop: k for k, order in enumerate(problem.orders) for stop in order}
    rank = {stop: i for order in problem.orders for i, stop in enumerate(order)}
    held: dict[int, dict[int, int]] = {}
    for r, (_, steps) in enumerate(proposed):
        for kind, index in steps:
            if kind is VisitKind.STOP and index in order_of:
                counts = held.setdefault(order_of[index], {})
                counts[r] = counts.get(r, 0) + 1
    owner = {k: max(counts, key=lambda r: counts[r]) for k, counts in held.items()}
    for r, (group, steps) in enumerate(proposed):
        reached: dict[int, int] = {}
        kept = []
        for kind, index in steps:
            k = order_of.get(index) if kind is VisitKind.STOP else None
            if k is not None:
                if owner[k] != r or rank[index] < reached.get(k, -1):
                    continue
                reached[k] = rank[index]
            kept.append((kind, index))
        yield group, kept
