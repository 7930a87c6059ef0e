"""When does a route do what, and what does it come to? No solver in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.engines.vehicle_routing.bays import ALWAYS, Slot, Span, free_slot
from optimizer.engines.vehicle_routing.driving import passages, stay_s, trips
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.route_checks import route_faults
from optimizer.engines.vehicle_routing.solution import RoutePlan, VehicleRoute, Visit, VisitKind

Step = tuple[VisitKind, int]
# For each station the visits of other routes, each (begin, end).
Taken = Mapping[int, Sequence[Span]]


@dataclass(frozen=True)
class RouteMeasure:
    """What one route comes to.

    Parameters
    ----------
    length_m
        Of all ways.
    driving_s, waiting_s
        Seconds at the wheel, and of waiting before visits.
    duration_s
        From leaving to the end, visits, waiting and breaks included.
    n_trips
        Trips that serve anything.
    load
        How much of each load is taken aboard, trips together.
    cost
        Fixed, driving, time, and visits to stations.
    back_s
        Time on the clock at which it is at its end.
    """

    length_m: int
    driving_s: int
    duration_s: int
    waiting_s: int
    n_trips: int
    load: tuple[int, ...]
    cost: int
    back_s: int


def measures(problem: VehicleRoutingProblem, plan: RoutePlan) -> tuple[RouteMeasure, ...]:
    """Measure every route of a plan by its own times."""
    return tuple(measure(problem, route) for route in plan.routes)


def measure(problem: VehicleRoutingProblem, route: VehicleRoute) -> RouteMeasure:
    """Measure one route by its own times; it must name only what exists."""
    group = problem.groups[route.group]
    legs = list(passages(problem, route))
    length_m = sum(leg.length_m for leg in legs)
    back_s = legs[-1].end_s
    visits = [problem.stations[v.index].visit_cost for v in route.visits if v.kind is VisitKind.STATION]
    load = problem.stops.demand[list(route.stops)].sum(axis=0, dtype=np.int64)
    return RouteMeasure(
        length_m=length_m,
        driving_s=sum(leg.drive_s for leg in legs),
        duration_s=back_s - route.leave_s,
        waiting_s=sum(leg.wait_s for leg in legs),
        n_trips=sum(1 for _ in trips(route.visits)),
        load=tuple(int(amount) for amount in load),
        cost=group.fixed_cost + group.cost_m * length_m + group.cost_s * (back_s - route.leave_s) + sum(visits),
        back_s=back_s,
    )


def plan_cost(problem: VehicleRoutingProblem, plan: RoutePlan) -> int:
    """Return the cost of a plan."""
    return sum(one.cost for one in measures(problem, plan))


def timed(
    problem: VehicleRoutingProblem,
    group: int,
    visits: Sequence[Step],
    taken: Taken | None = None,
    vehicle: int | None = None,
) -> VehicleRoute | None:
    """Give a sequence of visits its times; None where it cannot keep all rules of a single route.

    It is at its end as early as can be, and leaves as late as that allows. Where a station's bays are held, it waits.

    Parameters
    ----------
    problem
        What is asked.
    group
        The vehicle's.
    visits
        What is done, in this order, each with its index.
    taken
        When other routes hold a bay of each station.
    vehicle
        Its number within the group, where that matters.
    """
    first = _earliest(problem, group, visits, taken or {})
    if first is None:
        return None
    route = _left_late(problem, first, vehicle)
    return None if next(route_faults(problem, route), None) else route


def begun_early(problem: VehicleRoutingProblem, group: int, visits: Sequence[Step]) -> VehicleRoute | None:
    """Begin each visit as early as can be, leaving as early as can be; windows alone are kept, None where they cannot be."""
    first = _earliest(problem, group, visits, {})
    return None if first is None else VehicleRoute(group, first.leave_s, first.visits)


@dataclass(frozen=True)
class _Begun:
    """The earliest begin of each visit where the vehicle leaves as early as it can, and how late each may begin."""

    group: int
    leave_s: int
    visits: tuple[Visit, ...]
    latest_s: tuple[int, ...]


def _earliest(problem: VehicleRoutingProblem, group: int, visits: Sequence[Step], taken: Taken) -> _Begun | None:
    """Begin each visit as early as can be, leaving as early as can be; None where one cannot be made."""
    vehicle = problem.groups[group]
    begins_s = _trip_begins(problem, visits)
    route = VehicleRoute(group, max(vehicle.earliest_s, begins_s[0]), ())
    done: list[Visit] = []
    latest: list[int] = []
    clock_s, here = route.leave_s, vehicle.start_place
    profile = problem.profiles[vehicle.profile]
    for k, (kind, index) in enumerate(visits):
        if kind is VisitKind.STATION:
            there = problem.stations[index].place
        else:
            there = here if kind is VisitKind.BREAK else int(problem.stops.place[index])
        arrive_s = clock_s + int(profile.time_s[here, there])
        stay = stay_s(problem, group, kind, index)
        if kind is VisitKind.STATION:
            arrive_s = max(arrive_s, begins_s[k + 1] - stay)
        slot = _slot(problem, group, (kind, index), arrive_s, taken.get(index, ()))
        if slot is None or slot.start_s > slot.latest_s:
            return None
        done.append(Visit(kind, index, slot.start_s))
        latest.append(slot.latest_s)
        clock_s, here = slot.start_s + stay, there
    return _Begun(group, route.leave_s, tuple(done), tuple(latest))


def _trip_begins(problem: VehicleRoutingProblem, visits: Sequence[Step]) -> list[int]:
    """Return for the start (first) and behind each visit the earliest begin of the trip that begins there."""
    begins = [ALWAYS[0]] * (len(visits) + 1)
    release_s = problem.stops.release_s
    if release_s is None:
        return begins
    at = 0
    for k, (kind, index) in enumerate(visits):
        if kind is VisitKind.STATION:
            at = k + 1
        elif kind is VisitKind.STOP:
            begins[at] = max(begins[at], int(release_s[index]))
    return begins


def _slot(problem: VehicleRoutingProblem, group: int, step: Step, arrive_s: int, taken: Sequence[Span]) -> Slot | None:
    """Return when a visit may begin."""
    kind, index = step
    if kind is VisitKind.STATION:
        return free_slot(problem.stations[index], taken, arrive_s)
    if kind is VisitKind.BREAK:
        rest = problem.groups[group].breaks[index]
        return Slot(max(arrive_s, rest.earliest_s), rest.latest_s)
    profile = problem.profiles[problem.groups[group].profile]
    return Slot(max(arrive_s, int(profile.earliest_s[index])), int(profile.latest_s[index]))


def _left_late(problem: VehicleRoutingProblem, begun: _Begun, vehicle: int | None) -> VehicleRoute:
    """Leave as late as does not put off the end: what is waited for on the way is waited for before leaving."""
    early = VehicleRoute(begun.group, begun.leave_s, begun.visits, vehicle)
    waited, before = 0, []
    for leg in passages(problem, early):
        waited += leg.wait_s
        before.append(waited)
    late_s = waited
    for visit, latest_s, so_far in zip(begun.visits, begun.latest_s, before, strict=False):
        late_s = min(late_s, so_far + latest_s - visit.start_s)
    moved = tuple(
        Visit(visit.kind, visit.index, visit.start_s + max(0, late_s - so_far))
        for visit, so_far in zip(begun.visits, before, strict=False)
    )
    return VehicleRoute(begun.group, begun.leave_s + late_s, moved, vehicle)
