"""Is this plan right, and what does it cost? No solver, no compiled code, shortest paths of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from optimizer.engines.arc_routing.problem import ArcRoutingProblem, Network
from optimizer.engines.arc_routing.solution import RoutePlan, StopKind, VehicleRoute

# Sources searched from at once; a row holds a float for each node.
N_SOURCES_AT_ONCE = 128


class FaultKind(Enum):
    """What can be wrong with a plan."""

    UNKNOWN_GROUP = "unknown group"
    UNKNOWN_TASK = "unknown task"
    UNKNOWN_FACILITY = "unknown facility"
    WRONG_WAY = "wrong way"
    NOT_ALLOWED = "not allowed"
    TWICE = "served twice"
    LEFT_OUT = "left out"
    OVERLOADED = "overloaded"
    NOT_EMPTIED = "not emptied"
    NO_WAY = "no way"
    TOO_LONG = "too long"
    TOO_MANY_VEHICLES = "too many vehicles"
    WRONG_COST = "wrong cost"


@dataclass(frozen=True)
class PlanFault:
    """One thing that is wrong.

    Parameters
    ----------
    kind
        Which rule is broken.
    text
        Where, by what value, and what was expected.
    """

    kind: FaultKind
    text: str


@dataclass(frozen=True)
class RouteMeasure:
    """What one route amounts to.

    Parameters
    ----------
    cost
        Fixed, driving, serving and emptying.
    time_s
        From leaving to being back, set-up included.
    deadhead_cost
        The part of the cost that is driving without serving.
    """

    cost: int
    time_s: int
    deadhead_cost: int


Leg = tuple[int, int]


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
    """Return the node pairs that are driven between without serving, in their order."""
    group = problem.groups[route.group]
    legs = []
    here = group.start_node
    for stop in route.stops:
        if stop.kind is StopKind.DUMP:
            there = leave = problem.facilities[stop.index].node
        else:
            there = int(problem.tasks.entry[stop.task, stop.index & 1])
            leave = int(problem.tasks.exit[stop.task, stop.index & 1])
        legs.append((here, there))
        here = leave
    legs.append((here, group.end_node))
    return legs


def measures(problem: ArcRoutingProblem, plan: RoutePlan) -> list[RouteMeasure | None]:
    """Measure every route of `plan`; None for one that drives where there is no way.

    The plan must name only groups, tasks and facilities that exist, as `faults` makes sure.
    """
    all_legs = [legs_of(problem, route) for route in plan.routes]
    ways = shortest(problem.network, [leg for legs in all_legs for leg in legs])
    return [_measure(problem, route, [ways[leg] for leg in legs]) for route, legs in zip(plan.routes, all_legs, strict=True)]


def _measure(problem: ArcRoutingProblem, route: VehicleRoute, ways: list[tuple[int, int] | None]) -> RouteMeasure | None:
    if any(way is None for way in ways):
        return None
    group = problem.groups[route.group]
    deadhead = sum(way[0] for way in ways if way is not None)
    cost = group.fixed_cost + deadhead
    time_s = group.setup_s + sum(way[1] for way in ways if way is not None)
    for stop in route.stops:
        if stop.kind is StopKind.DUMP:
            cost += problem.facilities[stop.index].dump_cost
            time_s += problem.facilities[stop.index].dump_s
        else:
            cost += int(problem.tasks.cost[stop.task, stop.index & 1])
            time_s += int(problem.tasks.time_s[stop.task, stop.index & 1])
    return RouteMeasure(cost, time_s, deadhead)


def plan_cost(problem: ArcRoutingProblem, plan: RoutePlan) -> int:
    """Return the cost of a plan without faults."""
    return sum(m.cost for m in measures(problem, plan) if m is not None)


def faults(problem: ArcRoutingProblem, plan: RoutePlan, *, claimed_cost: int | None = None) -> list[PlanFault]:
    """Return everything that is wrong with `plan`; an empty list means it is right.

    Parameters
    ----------
    problem
        What was asked.
    plan
        The answer.
    claimed_cost
        What it is said to cost, checked when given.
    """
    found = [fault for k, route in enumerate(plan.routes) for fault in _unknown(problem, k, route)]
    if found:
        return found
    found += _coverage(problem, plan)
    for k, route in enumerate(plan.routes):
        found += _modes(problem, k, route)
        found += _loads(problem, k, route)
    found += _fleet(problem, plan)
    if any(fault.kind is FaultKind.WRONG_WAY for fault in found):
        return found
    found += _lengths(problem, plan, claimed_cost)
    return found


def _unknown(problem: ArcRoutingProblem, k: int, route: VehicleRoute) -> Iterator[PlanFault]:
    if not 0 <= route.group < len(problem.groups):
        yield PlanFault(FaultKind.UNKNOWN_GROUP, f"route {k}: group {route.group}, there are {len(problem.groups)}")
    for stop in route.stops:
        if stop.kind is StopKind.DUMP and not 0 <= stop.index < len(problem.facilities):
            yield PlanFault(
                FaultKind.UNKNOWN_FACILITY, f"route {k}: facility {stop.index}, there are {len(problem.facilities)}"
            )
        if stop.kind is StopKind.SERVE and not 0 <= stop.task < problem.n_tasks:
            yield PlanFault(FaultKind.UNKNOWN_TASK, f"route {k}: task {stop.task}, there are {problem.n_tasks}")


def _coverage(problem: ArcRoutingProblem, plan: RoutePlan) -> Iterator[PlanFault]:
    times = Counter(task for route in plan.routes for task in route.tasks)
    for task, n in sorted(times.items()):
        if n > 1:
            yield PlanFault(FaultKind.TWICE, f"task {task} is served {n} times, once is expected")
    if problem.serve_all:
        for task in range(problem.n_tasks):
            if task not in times:
                yield PlanFault(FaultKind.LEFT_OUT, f"task {task} is not served, all are to be")


def _modes(problem: ArcRoutingProblem, k: int, route: VehicleRoute) -> Iterator[PlanFault]:
    for stop in route.stops:
        if stop.kind is not StopKind.SERVE:
            continue
        if stop.index & 1 and not problem.tasks.reversible[stop.task]:
            yield PlanFault(FaultKind.WRONG_WAY, f"route {k}: task {stop.task} is served backwards, it has one direction")
        if not problem.may_serve(stop.task, route.group):
            yield PlanFault(FaultKind.NOT_ALLOWED, f"route {k}: group {route.group} may not serve task {stop.task}")


def _loads(problem: ArcRoutingProblem, k: int, route: VehicleRoute) -> Iterator[PlanFault]:
    capacity = problem.groups[route.group].capacity
    load = 0
    emptied = True
    for stop in route.stops:
        if stop.kind is StopKind.DUMP:
            load = 0
            emptied = True
            continue
        demand = int(problem.tasks.demand[stop.task])
        if load <= capacity < load + demand:
            yield PlanFault(FaultKind.OVERLOADED, f"route {k}: load {load + demand} at task {stop.task}, at most {capacity}")
        load += demand
        emptied = False
    if problem.ends_by_dump and not emptied:
        yield PlanFault(FaultKind.NOT_EMPTIED, f"route {k}: ends with load {load}, it is to be emptied before")


def _fleet(problem: ArcRoutingProblem, plan: RoutePlan) -> Iterator[PlanFault]:
    used = Counter(route.group for route in plan.routes if route.stops)
    for group, n in sorted(used.items()):
        there_are = problem.groups[group].n_vehicles
        if there_are is not None and n > there_are:
            yield PlanFault(FaultKind.TOO_MANY_VEHICLES, f"group {group}: {n} vehicles are used, there are {there_are}")


def _lengths(problem: ArcRoutingProblem, plan: RoutePlan, claimed_cost: int | None) -> Iterator[PlanFault]:
    total = 0
    for k, (route, measure) in enumerate(zip(plan.routes, measures(problem, plan), strict=True)):
        if measure is None:
            yield PlanFault(FaultKind.NO_WAY, f"route {k}: drives between places that no way joins")
            continue
        total += measure.cost
        shift_s = problem.groups[route.group].shift_s
        if shift_s is not None and measure.time_s > shift_s:
            yield PlanFault(FaultKind.TOO_LONG, f"route {k}: takes {measure.time_s} s, a shift has {shift_s} s")
    if claimed_cost is not None and claimed_cost != total:
        yield PlanFault(FaultKind.WRONG_COST, f"the plan is said to cost {claimed_cost}, it costs {total}")
