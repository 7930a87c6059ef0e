"""Does one route keep all rules that concern no other? By the times that its plan tells; no solver in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from optimizer.engines.bonds import broken_lock
from optimizer.engines.vehicle_routing.driving import Passage, passages, trips
from optimizer.engines.vehicle_routing.plan_fault import FaultKind, PlanFault
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.solution import VehicleRoute, Visit, VisitKind


def route_faults(problem: VehicleRoutingProblem, route: VehicleRoute) -> Iterator[PlanFault]:
    """Yield what is wrong with a route; it must name only what exists."""
    legs = list(passages(problem, route))
    yield from _access(problem, route)
    yield from _loads(problem, route)
    yield from _ways(problem, legs)
    if all(leg.has_way for leg in legs):
        yield from _times(problem, route, legs)
        yield from _limits(problem, route, legs)
    yield from _breaks(problem, route, legs[-1].end_s)
    yield from _trips(problem, route)


def _access(problem: VehicleRoutingProblem, route: VehicleRoute) -> Iterator[PlanFault]:
    may = problem.stops.allowed
    locks = {lock.item: lock for lock in problem.locks}
    for stop in route.stops:
        if may is not None and not may[stop, route.group]:
            yield PlanFault(FaultKind.NOT_ALLOWED, f"group {route.group} may not serve stop {stop}")
        text = broken_lock(locks[stop], route.group, route.vehicle, "stop") if stop in locks else None
        if text is not None:
            yield PlanFault(FaultKind.LOCK_BROKEN, text)


def _loads(problem: VehicleRoutingProblem, route: VehicleRoute) -> Iterator[PlanFault]:
    group = problem.groups[route.group]
    for load, capacity in enumerate(group.capacity):
        aboard = taken = 0
        for visit in route.visits:
            if visit.kind is VisitKind.STATION and problem.stations[visit.index].takes_load(load):
                aboard = 0
            if visit.kind is not VisitKind.STOP:
                continue
            demand = int(problem.stops.demand[visit.index, load])
            if aboard <= capacity < aboard + demand:
                text = f"{aboard + demand} of load {load} are aboard behind stop {visit.index}, at most {capacity} fit"
                yield PlanFault(FaultKind.OVERLOADED, text)
            aboard += demand
            taken += demand
        most = group.most_on_route(load)
        if most is not None and taken > most:
            text = f"{taken} of load {load} are taken aboard in all, at most {most} are expected"
            yield PlanFault(FaultKind.OVER_ROUTE_CAPACITY, text)
        if problem.must_end_empty and aboard:
            text = f"ends with {aboard} of load {load} aboard, a visit to a station that takes it is expected before"
            yield PlanFault(FaultKind.NOT_EMPTIED, text)


def _ways(problem: VehicleRoutingProblem, legs: list[Passage]) -> Iterator[PlanFault]:
    for leg in legs:
        if not leg.has_way:
            yield PlanFault(FaultKind.NO_WAY, f"there is no way to place {leg.place}, where it goes for {_name(leg.visit)}")


def _name(visit: Visit | None) -> str:
    return "its end" if visit is None else f"{visit.kind.value} {visit.index}"


def _times(problem: VehicleRoutingProblem, route: VehicleRoute, legs: list[Passage]) -> Iterator[PlanFault]:
    group = problem.groups[route.group]
    if route.leave_s < group.earliest_s:
        text = f"leaves at {route.leave_s} s, {group.earliest_s} s or later is expected"
        yield PlanFault(FaultKind.LEAVES_EARLY, text)
    for leg in legs:
        if leg.wait_s < 0:
            text = f"{_name(leg.visit)} is begun {-leg.wait_s} s before it can be there, at {leg.arrive_s} s"
            yield PlanFault(FaultKind.TOO_SOON, text)
    for visit in route.visits:
        if visit.kind is VisitKind.STOP:
            yield from _window(problem, group.profile, visit)
        elif visit.kind is VisitKind.STATION:
            yield from _opening(problem, visit)
    back_s = legs[-1].end_s
    if back_s > group.latest_s:
        yield PlanFault(FaultKind.BACK_LATE, f"is at its end at {back_s} s, {group.latest_s} s at the latest is expected")
    if group.shift_s is not None and back_s - route.leave_s > group.shift_s:
        text = f"takes {back_s - route.leave_s} s, a shift has {group.shift_s} s"
        yield PlanFault(FaultKind.TOO_LONG, text)


def _window(problem: VehicleRoutingProblem, profile: int, visit: Visit) -> Iterator[PlanFault]:
    seen = problem.profiles[profile]
    earliest_s, latest_s = int(seen.earliest_s[visit.index]), int(seen.latest_s[visit.index])
    if not earliest_s <= visit.start_s <= latest_s:
        text = f"stop {visit.index} is begun at {visit.start_s} s, {earliest_s} to {latest_s} s is expected"
        yield PlanFault(FaultKind.OUTSIDE_WINDOW, text)


def _opening(problem: VehicleRoutingProblem, visit: Visit) -> Iterator[PlanFault]:
    station = problem.stations[visit.index]
    end_s = visit.start_s + station.visit_s
    if station.open_s and not any(a <= visit.start_s and end_s <= b for a, b in station.open_s):
        text = f"station {visit.index} is visited from {visit.start_s} to {end_s} s, it is open {list(station.open_s)}"
        yield PlanFault(FaultKind.CLOSED, text)


def _limits(problem: VehicleRoutingProblem, route: VehicleRoute, legs: list[Passage]) -> Iterator[PlanFault]:
    group = problem.groups[route.group]
    driving_s = sum(leg.drive_s for leg in legs)
    if group.driving_s is not None and driving_s > group.driving_s:
        text = f"drives {driving_s} s, at most {group.driving_s} s is expected"
        yield PlanFault(FaultKind.DRIVES_TOO_LONG, text)
    if group.range_m is None:
        return
    driven_m = 0
    for leg in legs:
        driven_m += leg.length_m
        visit = leg.visit
        charges = visit is not None and visit.kind is VisitKind.STATION and problem.stations[visit.index].charges
        if (charges or visit is None) and driven_m > group.range_m:
            text = f"has driven {driven_m} m since it was charged, at {_name(visit)}; its range is {group.range_m} m"
            yield PlanFault(FaultKind.OUT_OF_RANGE, text)
        driven_m = 0 if charges else driven_m


def _breaks(problem: VehicleRoutingProblem, route: VehicleRoute, back_s: int) -> Iterator[PlanFault]:
    rests = problem.groups[route.group].breaks
    taken = [visit for visit in route.visits if visit.kind is VisitKind.BREAK]
    for visit in taken:
        rest = rests[visit.index]
        if not rest.earliest_s <= visit.start_s <= rest.latest_s:
            text = f"break {visit.index} is begun at {visit.start_s} s, {rest.earliest_s} to {rest.latest_s} s is expected"
            yield PlanFault(FaultKind.BREAK_AT_WRONG_TIME, text)
    for first, second in pairwise(taken):
        if second.index < first.index:
            text = f"break {second.index} is taken behind break {first.index}, before it is expected"
            yield PlanFault(FaultKind.BREAK_AT_WRONG_TIME, text)
    n_taken = Counter(visit.index for visit in taken)
    for index, rest in enumerate(rests):
        n = n_taken[index]
        if n > 1 or (n == 0 and back_s > rest.latest_s):
            text = f"break {index} is taken {n} times and it is at its end at {back_s} s"
            yield PlanFault(FaultKind.BREAK_MISSED, f"{text}; once is expected of one that is back after {rest.latest_s} s")


def _trips(problem: VehicleRoutingProblem, route: VehicleRoute) -> Iterator[PlanFault]:
    found = list(trips(route.visits))
    most = problem.groups[route.group].n_trips
    if most is not None and len(found) > most:
        yield PlanFault(FaultKind.TOO_MANY_TRIPS, f"makes {len(found)} trips, at most {most} are expected")
    release_s = problem.stops.release_s
    if release_s is None:
        return
    for behind, stops in found:
        begin_s = route.leave_s if behind is None else behind.start_s + problem.stations[behind.index].visit_s
        for stop in stops:
            if begin_s < release_s[stop]:
                text = f"the trip with stop {stop} begins at {begin_s} s, {release_s[stop]} s or later is expected"
                yield PlanFault(FaultKind.NOT_RELEASED, text)
