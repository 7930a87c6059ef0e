"""What becomes of one stop that has a vehicle to itself, where limits of time and range are lifted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np

from optimizer.engines.vehicle_routing.driving import passages
from optimizer.engines.vehicle_routing.fitting import with_breaks
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.schedule import Step, begun_early, measure
from optimizer.engines.vehicle_routing.solution import VehicleRoute, VisitKind
from optimizer.engines.vehicle_routing.stops import UNREACHABLE, Profile, Stops

# Stands for "no limit" in a time on the clock.
ENDLESS_S = 1 << 40
THE_STOP: Step = (VisitKind.STOP, 0)


@dataclass(frozen=True)
class Alone:
    """A way to serve a stop alone, and by how much it misses what limits it; 0 where it is kept.

    Parameters
    ----------
    stations
        Where it is unloaded and charged, in the order of the route.
    late_s
        Behind the latest begin of service.
    over_s
        Over the longest of the limits of time: shift, driving, hours of the vehicle.
    over_m
        Over the range.
    """

    stations: tuple[int, ...]
    late_s: int
    over_s: int
    over_m: int

    @property
    def n_missed(self) -> int:
        """How many limits are missed."""
        return sum(amount > 0 for amount in (self.late_s, self.over_s, self.over_m))


def has_way(problem: VehicleRoutingProblem, g: int, stop: int) -> bool:
    """Tell whether a group can drive to a stop and from there to its end."""
    group = problem.groups[g]
    time_s, at = problem.profiles[group.profile].time_s, int(problem.stops.place[stop])
    return bool(max(time_s[group.start_place, at], time_s[at, group.end_place]) < UNREACHABLE)


def ways_alone(problem: VehicleRoutingProblem, g: int, stop: int) -> Iterator[Alone]:
    """Yield the ways in which a vehicle of a group can serve a stop alone, stations open."""
    group, mini = problem.groups[g], _mini(problem, g, stop)
    for steps in _sequences(mini):
        for route in _timed(mini, steps, group.shift_s):
            found = measure(mini, route)
            limits = [
                (found.duration_s, group.shift_s),
                (found.driving_s, group.driving_s),
                (found.back_s, group.latest_s),
            ]
            yield Alone(
                stations=tuple(index for kind, index in steps if kind is VisitKind.STATION),
                late_s=max(0, _served_s(route) - int(mini.profiles[0].latest_s[0])),
                over_s=max(0, *(amount - most for amount, most in limits if most is not None)),
                over_m=0 if group.range_m is None else max(0, _longest_m(mini, route) - group.range_m),
            )


def _timed(mini: VehicleRoutingProblem, steps: Sequence[Step], shift_s: int | None) -> Iterator[VehicleRoute]:
    """Yield the steps with their times, the stop within its window or, where that cannot be, as early as can be.

    Where leaving later would shorten a shift that is too long, because a station opens later, yield that as well.
    """
    latest_s = int(mini.profiles[0].latest_s[0])
    route = with_breaks(mini, 0, steps)
    if route is None:
        free = _served_until(mini, ENDLESS_S)
        late = with_breaks(free, 0, steps)
        early = None if late is None else begun_early(free, 0, [(visit.kind, visit.index) for visit in late.visits])
        if early is None:
            return
        latest_s = _served_s(early)
        route = with_breaks(_served_until(mini, latest_s), 0, steps)
    if route is None:
        return
    yield route
    over_s = 0 if shift_s is None else measure(mini, route).duration_s - shift_s
    if over_s > 0:
        later = with_breaks(_served_until(mini, latest_s + over_s), 0, steps)
        if later is not None and later.leave_s > route.leave_s:
            yield later


def _served_s(route: VehicleRoute) -> int:
    """Return when the one stop of a route is begun."""
    (start_s,) = (visit.start_s for visit in route.visits if visit.kind is VisitKind.STOP)
    return start_s


def _served_until(mini: VehicleRoutingProblem, latest_s: int) -> VehicleRoutingProblem:
    """Return the problem of one stop with another latest begin of service."""
    return replace(mini, profiles=(replace(mini.profiles[0], latest_s=np.array([latest_s])),))


def _mini(problem: VehicleRoutingProblem, g: int, stop: int) -> VehicleRoutingProblem:
    """Return the problem of one stop, with its window, and one vehicle, without its limits of time and range."""
    group, stops = problem.groups[g], problem.stops
    at = np.array([group.start_place, group.end_place, stops.place[stop], *[s.place for s in problem.stations]])
    seen, spread, one = problem.profiles[group.profile], np.ix_(at, at), slice(stop, stop + 1)
    profile = Profile(
        seen.time_s[spread], seen.length_m[spread], seen.service_s[one], seen.earliest_s[one], seen.latest_s[one]
    )
    free = replace(
        group,
        start_place=0,
        end_place=1,
        n_vehicles=1,
        latest_s=ENDLESS_S,
        shift_s=None,
        driving_s=None,
        range_m=None,
        n_trips=None,
        profile=0,
    )
    release_s = None if stops.release_s is None else stops.release_s[one]
    return VehicleRoutingProblem(
        Stops(np.array([2]), stops.demand[one], stops.value[one], None, release_s),
        (profile,),
        (free,),
        tuple(replace(station, place=3 + k) for k, station in enumerate(problem.stations)),
        must_end_empty=problem.must_end_empty,
    )


def _sequences(mini: VehicleRoutingProblem) -> Iterator[list[Step]]:
    """Yield what a vehicle may do for the stop: unloading behind it where it must, charging before or behind it or not."""
    chargers = [k for k, station in enumerate(mini.stations) if station.charges]
    for unloads in _unloadings(mini):
        behind: list[Step] = [(VisitKind.STATION, k) for k in unloads]
        yield [THE_STOP, *behind]
        for charger in chargers:
            charge: Step = (VisitKind.STATION, charger)
            yield [charge, THE_STOP, *behind]
            yield [THE_STOP, charge, *behind]
            yield [THE_STOP, *behind, charge]


def _unloadings(mini: VehicleRoutingProblem) -> Iterator[tuple[int, ...]]:
    """Yield the fewest stations that take all that the stop has, one or two of them, in each order."""
    loads = [load for load in range(mini.n_loads) if mini.stops.demand[0, load]]
    if not mini.must_end_empty or not loads:
        yield ()
        return
    for n in (1, 2):
        chosen = [
            its
            for its in permutations(range(len(mini.stations)), n)
            if all(any(mini.stations[k].takes_load(load) for k in its) for load in loads)
        ]
        yield from chosen
        if chosen:
            return


def _longest_m(mini: VehicleRoutingProblem, route: VehicleRoute) -> int:
    """Return the longest way between two chargings, start and end counted."""
    longest = driven = 0
    for leg in passages(mini, route):
        driven += leg.length_m
        longest = max(longest, driven)
        visit = leg.visit
        if visit is not None and visit.kind is VisitKind.STATION and mini.stations[visit.index].charges:
            driven = 0
    return longest
