"""When does a route do what, and what does it cost? The earliest schedule, with shortest paths of its own and no solver."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from optimizer.engines.arc_routing.problem import ArcRoutingProblem, Network
from optimizer.engines.arc_routing.solution import RoutePlan, Stop, StopKind, VehicleRoute

# Sources searched from at once; a row holds a float for each node.
N_SOURCES_AT_ONCE = 128

Leg = tuple[int, int]
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class RouteMeasure:
    """What one route amounts to.

    Parameters
    ----------
    cost
        Fixed, driving, serving and visiting facilities.
    time_s
        From the begin of the shift to being back: set-up, waiting and breaks included.
    deadhead_cost
        The part of the cost that is driving without serving.
    """

    cost: int
    time_s: int
    deadhead_cost: int


@dataclass(frozen=True)
class StopTimes:
    """When a vehicle does one stop, times on the clock.

    Parameters
    ----------
    arrive_s
        When it is there.
    begin_s
        When it begins; later than `arrive_s` where it has to wait.
    end_s
        When it is done.
    late_s
        By how much a window would have to close later, or a break be allowed to begin later; 0 where one is kept, 1 where
        there is no window at all.
    """

    arrive_s: int
    begin_s: int
    end_s: int
    late_s: int = 0


@dataclass(frozen=True)
class RouteSchedule:
    """The earliest schedule of one route, times on the clock.

    Parameters
    ----------
    leave_s
        When the vehicle leaves: the begin of the shift and the set-up.
    stops
        One a stop of the route.
    back_s
        When it is at its end.
    measure
        What the route amounts to.
    """

    leave_s: int
    stops: tuple[StopTimes, ...]
    back_s: int
    measure: RouteMeasure


def shortest(network: Network, legs: Iterable[Leg]) -> dict[Leg, tuple[int, int] | None]:
    """Return cost and seconds of the cheapest way for each pair of nodes; None where there is none.

    Of equally cheap ways the quickest counts. Searches are kept short: only as far as needed, by limits that grow fourfold.
    """
    found: dict[Leg, tuple[int, int] | None] = {(a, b): (0, 0) for a, b in legs if a == b}
    open_legs: dict[int, set[int]] = {}
    for a, b in legs:
        if a != b:
            open_legs.setdefault(a, set()).add(b)
    if not open_legs:
        return found
    graph, time_base, longest_arc = _graph(network)
    limit = 8.0 * longest_arc
    while open_legs:
        sources = list(open_legs)
        for begin in range(0, len(sources), N_SOURCES_AT_ONCE):
            part = sources[begin : begin + N_SOURCES_AT_ONCE]
            distance = np.atleast_2d(dijkstra(graph, indices=part, limit=limit))
            for row, a in zip(distance, part, strict=True):
                reached = {b for b in open_legs[a] if np.isfinite(row[b])}
                found.update({(a, b): divmod(int(row[b]), time_base) for b in reached})
                open_legs[a] -= reached
        open_legs = {a: rest for a, rest in open_legs.items() if rest}
        if limit == np.inf:
            found.update({(a, b): None for a, rest in open_legs.items() for b in rest})
            break
        limit = limit * 4 if limit < 4096.0 * longest_arc else np.inf
    return found


def _graph(network: Network) -> tuple[csr_array, int, float]:
    """Return the network as a matrix of cost * base + time, the base, and the largest weight.

    Of parallel arcs the best stays. Weights are held as floats, exact below 2**53.
    """
    time_base = int(network.arc_time_s.sum()) + 1
    weight = network.arc_cost.astype(np.float64) * time_base + network.arc_time_s
    order = np.lexsort((weight, network.arc_head, network.arc_tail))
    tail, head, weight = network.arc_tail[order], network.arc_head[order], weight[order]
    first = np.ones(len(tail), dtype=np.bool_)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    indptr = np.concatenate([[0], np.cumsum(np.bincount(tail[first], minlength=network.n_nodes))])
    graph = csr_array((weight[first], head[first], indptr), shape=(network.n_nodes, network.n_nodes))
    return graph, time_base, float(weight.max(initial=0.0)) + 1.0


def legs_of(problem: ArcRoutingProblem, route: VehicleRoute) -> list[Leg]:
    """Return the node pairs that are driven between, one before each stop and one to the end; none is driven to a break."""
    group = problem.groups[route.group]
    tasks = problem.tasks_of_profile(group.profile)
    legs = []
    here = group.start_node
    for stop in route.stops:
        if stop.kind is StopKind.BREAK:
            there = leave = here
        elif stop.kind is StopKind.FACILITY:
            there = leave = problem.facilities[stop.index].node
        else:
            there = int(tasks.entry[stop.task, stop.index & 1])
            leave = int(tasks.exit[stop.task, stop.index & 1])
        legs.append((here, there))
        here = leave
    legs.append((here, group.end_node))
    return legs


def schedules(problem: ArcRoutingProblem, plan: RoutePlan) -> list[RouteSchedule | None]:
    """Return the earliest schedule of every route of `plan`; None for one that drives where there is no way.

    The plan must name only groups, tasks, facilities and breaks that exist, as `faults` makes sure.
    """
    all_legs = [legs_of(problem, route) for route in plan.routes]
    profiles = [problem.groups[route.group].profile for route in plan.routes]
    ways = {
        profile: shortest(
            problem.network_of_profile(profile),
            [leg for legs, its in zip(all_legs, profiles, strict=True) if its == profile for leg in legs],
        )
        for profile in sorted(set(profiles))
    }
    return [
        _schedule(problem, route, [ways[profile][leg] for leg in legs])
        for route, profile, legs in zip(plan.routes, profiles, all_legs, strict=True)
    ]


def measures(problem: ArcRoutingProblem, plan: RoutePlan) -> list[RouteMeasure | None]:
    """Measure every route of `plan`; None for one that drives where there is no way. Otherwise as `schedules`."""
    return [None if schedule is None else schedule.measure for schedule in schedules(problem, plan)]


def plan_cost(problem: ArcRoutingProblem, plan: RoutePlan) -> int:
    """Return the cost of a plan without faults."""
    return sum(m.cost for m in measures(problem, plan) if m is not None)


def _schedule(problem: ArcRoutingProblem, route: VehicleRoute, ways: list[tuple[int, int] | None]) -> RouteSchedule | None:
    known = [way for way in ways if way is not None]
    if len(known) < len(ways):
        return None
    group = problem.groups[route.group]
    leave_s = clock_s = group.start_s + group.setup_s
    cost = group.fixed_cost + sum(way[0] for way in known)
    times = []
    for stop, (_, drive_s) in zip(route.stops, known, strict=False):
        stop_cost, stay_s, spans = _asks(problem, route.group, stop)
        done = fit(spans, clock_s + drive_s, stay_s, is_break=stop.kind is StopKind.BREAK)
        times.append(done)
        clock_s = done.end_s
        cost += stop_cost
    back_s = clock_s + known[-1][1]
    measure = RouteMeasure(cost, back_s - group.start_s, sum(way[0] for way in known))
    return RouteSchedule(leave_s, tuple(times), back_s, measure)


def _asks(problem: ArcRoutingProblem, group: int, stop: Stop) -> tuple[int, int, Spans | None]:
    """Return what a stop costs, how long it lasts, and within which spans; None for any time."""
    if stop.kind is StopKind.BREAK:
        rest = problem.groups[group].breaks[stop.index]
        return 0, rest.duration_s, ((rest.earliest_s, rest.latest_s),)
    if stop.kind is StopKind.FACILITY:
        facility = problem.facilities[stop.index]
        return facility.visit_cost, facility.visit_s, facility.open_s or None
    tasks = problem.tasks_of_profile(problem.groups[group].profile)
    task, k = stop.task, stop.index & 1
    spans = None
    if tasks.windows_s is not None:
        spans = [(int(a), int(b)) for a, b in tasks.windows_s[task] if b >= a]
    return int(tasks.cost[task, k]), int(tasks.time_s[task, k]), spans


def fit(spans: Spans | None, arrive_s: int, stay_s: int, *, is_break: bool = False) -> StopTimes:
    """Return the earliest times of a stop that begins and ends within one of `spans`; a break only begins in it.

    Where none is left, the stop begins at once and is marked as late.
    """
    if spans is None:
        return StopTimes(arrive_s, arrive_s, arrive_s + stay_s)
    inside_s = 0 if is_break else stay_s
    begins = [max(arrive_s, a) for a, b in spans if max(arrive_s, a) + inside_s <= b]
    if begins:
        return StopTimes(arrive_s, min(begins), min(begins) + stay_s)
    late_s = min((max(arrive_s, a) + inside_s - b for a, b in spans), default=1)
    return StopTimes(arrive_s, arrive_s, arrive_s + stay_s, late_s)
