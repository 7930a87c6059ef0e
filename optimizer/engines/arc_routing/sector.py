"""A part of a problem with full matrices: some tasks, some vehicles, ready for the kernels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer.engines.arc_routing.deadhead import Hubs, Int32Array, PathFinder, Terminals, Ways, terminals_of
from optimizer.engines.arc_routing.kernels.model import Model
from optimizer.engines.arc_routing.problem import UNREACHABLE, ArcRoutingProblem, IntArray
from optimizer.engines.arc_routing.solution import Stop, StopKind, VehicleRoute

# More facilities than these near a sector are not looked at.
N_FACILITIES_NEAR = 8
# A step takes out tasks among at most so many neighbours.
N_NEAR = 150
# Stands for "no limit" on a shift: more seconds than any route takes.
ENDLESS_S = 1 << 50
# Bits of the seconds, where cost and seconds stand in one number: two unreachable ways and an unloading fit in.
HALF = 31
# Losing a task of mean value weighs as much as so many times the mean cost of a task, where value decides.
WORTH_OF_TASK = 6.0


@dataclass(frozen=True)
class Sector:
    """Some tasks and vehicles of a problem.

    Parameters
    ----------
    problem
        The whole.
    tasks
        Shape (n,): the tasks' indices in the whole; kernels count them from 0.
    facilities
        The facilities' indices in the whole.
    facility_at
        Shape (n_facilities,): their terminals.
    terminals
        Places and the ways between them.
    model
        Arrays for the kernels.
    """

    problem: ArcRoutingProblem
    tasks: IntArray
    facilities: tuple[int, ...]
    facility_at: IntArray
    terminals: Terminals
    model: Model

    @property
    def n_slots(self) -> int:
        """Number of vehicles that may be used."""
        return len(self.model.slot_group)

    def facility_between(self, here: int, there: int) -> int:
        """Return the facility, counted in the whole, that the way from one terminal to another is best broken at."""
        ways = self.terminals.ways
        best = (2 * UNREACHABLE, 2 * UNREACHABLE, -1)
        for k, at in zip(self.facilities, self.facility_at, strict=True):
            facility = self.problem.facilities[k]
            cost = int(ways.cost[here, at]) + int(ways.cost[at, there]) + facility.visit_cost
            time_s = int(ways.time_s[here, at]) + int(ways.time_s[at, there]) + facility.visit_s
            best = min(best, (cost, time_s, k))
        return best[2]

    def route_of_row(self, slot: int, modes: Sequence[int], via: Sequence[int]) -> VehicleRoute:
        """Turn a kernel's row into a route of the whole."""
        group = int(self.model.slot_group[slot])
        here = int(self.model.start[group])
        stops: list[Stop] = []
        for mode, dumped in zip(modes, via, strict=False):
            if dumped:
                stops.append(Stop(StopKind.FACILITY, self.facility_between(here, int(self.model.entry[mode]))))
            stops.append(Stop(StopKind.SERVE, 2 * int(self.tasks[mode >> 1]) + (mode & 1)))
            here = int(self.model.exit[mode])
        if via[len(modes)]:
            stops.append(Stop(StopKind.FACILITY, self.facility_between(here, int(self.model.end[group]))))
        return VehicleRoute(group, tuple(stops))

    def row_of_route(self, route: VehicleRoute) -> tuple[list[int], list[int]]:
        """Turn a route of the whole, over this sector's tasks, into a kernel's row; inverse of `route_of_row`."""
        place = {int(task): k for k, task in enumerate(self.tasks)}
        modes: list[int] = []
        via: list[int] = []
        dumped = 0
        for stop in route.stops:
            if stop.kind is StopKind.FACILITY:
                dumped = 1
                continue
            via.append(dumped if modes else 0)
            modes.append(2 * place[stop.task] + (stop.index & 1))
            dumped = 0
        via.append(1 if self.problem.ends_reset else dumped)
        return modes, via


def sector_of(
    problem: ArcRoutingProblem,
    tasks: IntArray,
    n_vehicles: Sequence[int],
    places: tuple[Hubs, PathFinder],
    stopped: Callable[[], bool],
) -> Sector:
    """Make a sector of some tasks of `problem`, with so many vehicles of each group."""
    hubs, finder = places
    entry, leave = used_nodes(problem, tasks)
    terminals = terminals_of(np.unique(np.concatenate([entry.ravel(), leave.ravel()])), hubs, finder, stopped)
    facilities = facilities_near(problem, terminals)
    facility_at = terminals.index_of(np.array([problem.facilities[k].node for k in facilities], dtype=np.int64))
    ends = (terminals.index_of(entry.ravel()), terminals.index_of(leave.ravel()))
    model = model_of(problem, tasks, n_vehicles, (terminals, ends, dump_ways(problem, terminals, facilities, facility_at)))
    return Sector(problem, tasks, facilities, facility_at, terminals, model)


def used_nodes(problem: ArcRoutingProblem, tasks: IntArray) -> tuple[IntArray, IntArray]:
    """Return entry and exit nodes, shape (n, 2), with the first mode's in both columns where there is but one."""
    one_way = ~problem.tasks.reversible[tasks]
    entry, leave = problem.tasks.entry[tasks].copy(), problem.tasks.exit[tasks].copy()
    entry[one_way, 1] = entry[one_way, 0]
    leave[one_way, 1] = leave[one_way, 0]
    return entry, leave


def facilities_near(problem: ArcRoutingProblem, terminals: Terminals) -> tuple[int, ...]:
    """Return the facilities that are nearest on average."""
    if len(problem.facilities) <= N_FACILITIES_NEAR:
        return tuple(range(len(problem.facilities)))
    at = terminals.index_of(np.array([f.node for f in problem.facilities], dtype=np.int64))
    far = terminals.ways.cost[:, at].mean(axis=0) + terminals.ways.cost[at].mean(axis=1)
    return tuple(int(k) for k in np.sort(np.argsort(far, kind="stable")[:N_FACILITIES_NEAR]))


def dump_ways(problem: ArcRoutingProblem, terminals: Terminals, facilities: Sequence[int], at: IntArray) -> Ways:
    """Return the ways between terminals through the best facility: cheapest, then quickest."""
    if not facilities:
        nowhere = np.full((1, 1), UNREACHABLE, dtype=np.int32)
        return Ways(nowhere, nowhere)
    packed = paired(terminals.ways.cost, terminals.ways.time_s, at)
    best = np.full(terminals.ways.cost.shape, np.iinfo(np.int64).max)
    through = np.empty_like(best)
    for k, (into, out) in zip(facilities, packed, strict=True):
        cost_here, here_s = (min(UNREACHABLE, x) for x in (problem.facilities[k].visit_cost, problem.facilities[k].visit_s))
        np.add((into + (cost_here << HALF) + here_s)[:, None], out[None, :], out=through)
        np.minimum(best, through, out=best)
    cost, time_s = best >> HALF, best & ((1 << HALF) - 1)
    return Ways(*(np.minimum(way, UNREACHABLE).astype(np.int32) for way in (cost, time_s)))


def paired(cost: Int32Array, time_s: Int32Array, at: IntArray) -> list[tuple[IntArray, IntArray]]:
    """Return the ways to and from some terminals, cost and seconds in one number: the least is cheapest, then quickest."""
    both = [(way[:, at].astype(np.int64), way[at].astype(np.int64)) for way in (cost, time_s)]
    (into_cost, out_cost), (into_s, out_s) = both
    into, out = (into_cost << HALF) + into_s, (out_cost << HALF) + out_s
    return [(into[:, k], out[k]) for k in range(len(at))]


def model_of(
    problem: ArcRoutingProblem,
    tasks: IntArray,
    n_vehicles: Sequence[int],
    places: tuple[Terminals, tuple[IntArray, IntArray], Ways],
) -> Model:
    """Fill the kernels' arrays."""
    terminals, (entry, leave), dump = places
    rows = problem.tasks
    doubled = np.column_stack([np.zeros(len(tasks), dtype=np.int64), rows.reversible[tasks].astype(np.int64)])
    pick = (tasks[:, None], doubled)
    start, end = (
        terminals.index_of(np.array(nodes, dtype=np.int64))
        for nodes in ([g.start_node for g in problem.groups], [g.end_node for g in problem.groups])
    )
    groups = problem.groups
    serve_cost, serve_time = rows.cost[pick], rows.time_s[pick]
    value = np.ones(len(tasks), dtype=np.int64) if problem.serve_all else rows.value[tasks]
    nearness = closeness(terminals.ways.cost, entry.reshape(-1, 2), leave.reshape(-1, 2))
    far = terminals.ways.cost[np.unique(start)][:, entry.reshape(-1, 2)[:, 0]].min(axis=0).astype(np.float64)
    return Model(
        cost=terminals.ways.cost,
        time=terminals.ways.time_s,
        dump_cost=dump.cost,
        dump_time=dump.time_s,
        entry=entry,
        exit=leave,
        serve_cost=serve_cost.ravel(),
        serve_time=serve_time.ravel(),
        least_time=least_added_s(problem, tasks),
        reversible=rows.reversible[tasks].astype(np.int8),
        demand=rows.demand[tasks, 0],
        value=value,
        penalty=penalties(problem, value, serve_cost[:, 0], (nearness, far)),
        near=np.argsort(nearness, axis=1, kind="stable")[:, :N_NEAR].astype(np.int32),
        allowed=allowed_of(problem, tasks),
        slot_group=np.repeat(np.arange(len(groups)), n_vehicles).astype(np.int64),
        group_first=np.concatenate([[0], np.cumsum(n_vehicles)]).astype(np.int64),
        start=start,
        end=end,
        capacity=np.array([g.capacity[0] for g in groups], dtype=np.int64),
        shift=np.array([ENDLESS_S if g.shift_s is None else g.shift_s for g in groups], dtype=np.int64),
        setup=np.array([g.setup_s for g in groups], dtype=np.int64),
        fixed=np.array([g.fixed_cost for g in groups], dtype=np.int64),
        rank=np.column_stack([-rows.demand[tasks, 0], -far, far, -value / (1.0 + serve_time[:, 0])]).astype(np.float64),
        rules=np.array([bool(problem.facilities), problem.ends_reset], dtype=np.int64),
    )


def least_added_s(problem: ArcRoutingProblem, tasks: IntArray) -> IntArray:
    """Return how much longer, at least, a route gets that serves one more of `tasks`, shape (n,), seconds.

    Less than serving takes: the route may drive through the street already. By the triangle inequality a place between two
    stops saves no more than the way through the street.
    """
    rows = problem.tasks
    serve = rows.time_s[tasks]
    through = problem.network.arc_between_s(rows.entry[tasks], rows.exit[tasks], serve)
    added = np.maximum(serve - through, 0)
    least: IntArray = np.where(rows.reversible[tasks], added.min(axis=1), added[:, 0])
    return least


def allowed_of(problem: ArcRoutingProblem, tasks: IntArray) -> npt.NDArray[np.int8]:
    """Return which groups may serve which of `tasks`, shape (n, n_groups)."""
    allowed: npt.NDArray[np.int8] = problem.allowed[tasks].astype(np.int8)
    return allowed


def closeness(cost: npt.NDArray[np.int32], entry: IntArray, leave: IntArray) -> npt.NDArray[np.int64]:
    """Return how far tasks lie apart, shape (n, n): ways from either end of one to either end of the other, both ways round.

    A task is nearest to itself.
    """
    apart = np.zeros((len(entry), len(entry)), dtype=np.int64)
    for k in range(2):
        for j in range(2):
            one_way = cost[leave[:, k, None], entry[None, :, j]]
            apart += one_way
            apart += one_way.T
    np.fill_diagonal(apart, -1)
    return apart


def penalties(
    problem: ArcRoutingProblem, value: IntArray, serve_cost: IntArray, distances: tuple[IntArray, npt.NDArray[np.float64]]
) -> IntArray:
    """Return what leaving each task out weighs against cost while searching."""
    if not len(value):
        return value
    nearness, far = distances
    typical = np.minimum(serve_cost + np.median(nearness, axis=1) / 4, UNREACHABLE)
    mean_cost = float(typical.mean()) + 1.0
    if problem.serve_all:
        dearest = max(g.fixed_cost for g in problem.groups)
        return np.full(len(value), int(100 * mean_cost) + 4 * (dearest + int(far.max())), dtype=np.int64)
    weights: IntArray = np.ceil(WORTH_OF_TASK * mean_cost * value / max(1.0, float(value.mean()))).astype(np.int64)
    return weights
