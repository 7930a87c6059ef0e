"""Follow a route as its plan tells it: each leg driven, each visit made, with the times on the clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.solution import VehicleRoute, Visit, VisitKind
from optimizer.engines.vehicle_routing.stops import UNREACHABLE


@dataclass(frozen=True)
class Passage:
    """A leg and the visit at its end; the last of a route has no visit.

    Parameters
    ----------
    visit
        What is done there; None at the end of the route.
    place
        Row of the matrices.
    drive_s, length_m
        Of the leg.
    arrive_s
        Time on the clock: the visit before is over, and the leg is driven.
    end_s
        When the visit is over, by the plan's time of its beginning; `arrive_s` at the end of the route.
    """

    visit: Visit | None
    place: int
    drive_s: int
    length_m: int
    arrive_s: int
    end_s: int

    @property
    def has_way(self) -> bool:
        """Whether there is a way there at all."""
        return self.drive_s < UNREACHABLE and self.length_m < UNREACHABLE

    @property
    def wait_s(self) -> int:
        """Seconds between arriving and the begin of the visit."""
        return 0 if self.visit is None else self.visit.start_s - self.arrive_s


def stay_s(problem: VehicleRoutingProblem, group: int, kind: VisitKind, index: int) -> int:
    """Return the seconds of a visit by a vehicle of a group."""
    if kind is VisitKind.STOP:
        return int(problem.profiles[problem.groups[group].profile].service_s[index])
    if kind is VisitKind.STATION:
        return problem.stations[index].visit_s
    return problem.groups[group].breaks[index].duration_s


def place_of(problem: VehicleRoutingProblem, kind: VisitKind, index: int) -> int | None:
    """Return where a visit is made; None for a break, which is taken where the vehicle stands."""
    if kind is VisitKind.STOP:
        return int(problem.stops.place[index])
    return problem.stations[index].place if kind is VisitKind.STATION else None


def passages(problem: VehicleRoutingProblem, route: VehicleRoute) -> Iterator[Passage]:
    """Yield the legs and visits of a route, and at last its way to the end.

    The route must name only a group, stops, stations and breaks that exist.
    """
    group = problem.groups[route.group]
    profile = problem.profiles[group.profile]
    here, clock_s = group.start_place, route.leave_s
    for visit in (*route.visits, None):
        there: int | None = group.end_place if visit is None else place_of(problem, visit.kind, visit.index)
        there = here if there is None else there
        drive_s, length_m = int(profile.time_s[here, there]), int(profile.length_m[here, there])
        arrive_s = clock_s + drive_s
        if visit is not None:
            clock_s = visit.start_s + stay_s(problem, route.group, visit.kind, visit.index)
        yield Passage(visit, there, drive_s, length_m, arrive_s, arrive_s if visit is None else clock_s)
        here = there


def trips(visits: tuple[Visit, ...]) -> Iterator[tuple[Visit | None, tuple[int, ...]]]:
    """Yield each trip that serves anything: the station visit that it begins behind (None: the start), and its stops."""
    behind: Visit | None = None
    stops: list[int] = []
    for visit in visits:
        if visit.kind is VisitKind.STOP:
            stops.append(visit.index)
        elif visit.kind is VisitKind.STATION:
            if stops:
                yield behind, tuple(stops)
            behind, stops = visit, []
    if stops:
        yield behind, tuple(stops)


def brought(problem: VehicleRoutingProblem, route: VehicleRoute) -> dict[int, int]:
    """Return how much a route brings to each station that it visits, loads added up."""
    aboard = [0] * problem.n_loads
    found: dict[int, int] = {}
    for visit in route.visits:
        if visit.kind is VisitKind.STOP:
            aboard = [a + int(d) for a, d in zip(aboard, problem.stops.demand[visit.index], strict=True)]
        elif visit.kind is VisitKind.STATION:
            taken = [load for load in range(problem.n_loads) if problem.stations[visit.index].takes_load(load)]
            found[visit.index] = found.get(visit.index, 0) + sum(aboard[load] for load in taken)
            aboard = [0 if load in taken else amount for load, amount in enumerate(aboard)]
    return found
