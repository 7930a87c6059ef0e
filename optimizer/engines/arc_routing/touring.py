"""First routes off one tour: every task followed by the one that the cheapest assignment gives it, rings joined, then cut.

On street networks most tasks can be followed by another one without a detour, so the assignment of successors is nearly a
tour already (Karp 1979, doi 10.1137/0208045); the tour is cut where a vehicle's shift is full (Beasley 1983).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from layers.layer import F64
from optimizer.engines.arc_routing.deadhead import Ways
from optimizer.engines.arc_routing.problem import UNREACHABLE, ArcRoutingProblem, IntArray, VehicleGroup
from optimizer.engines.arc_routing.solution import Stop, StopKind, VehicleRoute
from optimizer.engines.arc_routing.trimming import trimmed, ways_back

# Tours are made anew with fewer tasks so often, where there is no time for all.
N_TRIMS = 6
# More tasks than these are not joined into one tour.
MOST_TASKS_IN_TOUR = 2500


@dataclass(frozen=True)
class Tour:
    """Hold what tours are made from.

    Parameters
    ----------
    problem
        Its nodes are terminals.
    ways
        Between them.
    link, link_s
        Cost and seconds from each task to each other in their best directions, shape (n, n).
    serve_s
        Shape (n,).
    """

    problem: ArcRoutingProblem
    ways: Ways
    link: IntArray
    link_s: IntArray
    serve_s: IntArray

    @classmethod
    def of(cls, problem: ArcRoutingProblem, ways: Ways) -> Tour:
        """Prepare a problem."""
        tasks = problem.tasks
        link, link_s = (
            np.min([way[np.ix_(tasks.exit[:, a], tasks.entry[:, b])] for a in range(2) for b in range(2)], axis=0)
            for way in ways
        )
        return cls(problem, ways, link.astype(np.int64), link_s.astype(np.int64), tasks.time_s[:, 0])

    def from_start(self, group: VehicleGroup) -> IntArray:
        """Return the cost of the way from the start to each task, shape (n,)."""
        nearest: IntArray = self.ways.cost[group.start_node, self.problem.tasks.entry].min(axis=1).astype(np.int64)
        return nearest

    def through_s(self, here: IntArray, there: int, wanted: Sequence[int]) -> tuple[IntArray, IntArray]:
        """Return the seconds from some terminals to another through the quickest facility, and which it is; -1 for none.

        Parameters
        ----------
        wanted
            Resources of which it must reset one at least.
        """
        best = np.full(len(here), 4 * UNREACHABLE, dtype=np.int64)
        chosen = np.full(len(here), -1, dtype=np.int64)
        for k, facility in enumerate(self.problem.facilities):
            if not any(facility.reset_of(r) for r in wanted):
                continue
            time_s = self.ways.time_s[here, facility.node].astype(np.int64) + facility.visit_s
            time_s += int(self.ways.time_s[facility.node, there])
            chosen[time_s < best] = k
            best = np.minimum(best, time_s)
        return best, chosen

    def home_s(self, group: VehicleGroup) -> IntArray:
        """Return the seconds from each task's ends to the route's end, through a facility where one must, shape (n, 2)."""
        leave = self.problem.tasks.exit
        if self.problem.ends_reset:
            return self.through_s(leave.ravel(), group.end_node, (0,))[0].reshape(-1, 2)
        home_s: IntArray = self.ways.time_s[leave, group.end_node].astype(np.int64)
        return home_s

    def reset_s(self, here: int, there: int, wanted: Sequence[int]) -> tuple[int, list[int]]:
        """Return the seconds from a terminal to another through facilities that reset some resources, and which these are.

        One after the other is chosen as if it were the last; none at all where one of the resources cannot be reset.
        """
        problem, total_s, visits, rest = self.problem, 0, list[int](), list(wanted)
        while rest:
            found_s, facility = self.through_s(np.array([here]), there, rest)
            k = int(facility[0])
            if k < 0:
                return 0, []
            visits.append(k)
            rest = [r for r in rest if not problem.facilities[k].reset_of(r)]
            node = problem.facilities[k].node
            total_s += int(found_s[0]) - (int(self.ways.time_s[node, there]) if rest else 0)
            here = node
        return total_s, visits

    def home(self, group: VehicleGroup) -> IntArray:
        """Return the cost of the way from each task to the route's end, through a facility where one must, shape (n,)."""
        leave, cost = self.problem.tasks.exit, self.ways.cost.astype(np.int64)
        home: IntArray = cost[leave, group.end_node].min(axis=1)
        if self.problem.ends_reset:
            dumps = [(f.node, f.visit_cost) for f in self.problem.facilities if f.reset_of(0)]
            by_dump = [cost[leave, node] + visit + cost[node, group.end_node] for node, visit in dumps]
            home = np.min(by_dump, axis=(0, 2))
        return home

    def nearest_mode(self, here: int, task: int) -> int:
        """Return the direction in which a task begins nearest to a terminal."""
        entry = self.problem.tasks.entry[task]
        return int(self.ways.time_s[here, entry[1]] < self.ways.time_s[here, entry[0]])


def first_routes(problem: ArcRoutingProblem, ways: Ways, stopped: Callable[[], bool]) -> list[VehicleRoute]:
    """Return routes for the vehicles of a problem where resources and the time that a route takes are all that counts.

    What there is no time for is left out: the least worth by the second. Stopped in the midst, more is left out.
    """
    if problem.n_tasks > MOST_TASKS_IN_TOUR:
        return []
    tour = Tour.of(*by_cost(problem, ways))
    routes: list[VehicleRoute] = []
    for g, tasks in enumerate(dealt_to_groups(tour)):
        group = problem.groups[g]
        if stopped():
            break
        # what is more than the vehicle holds would end its route where it comes in the tour
        holds = (problem.tasks.demand[tasks] <= np.array(group.capacity)).all(axis=1)
        order = order_of(tour, group, tasks[holds])
        for _ in range(N_TRIMS):
            found, n_done = cut_up(tour, g, order)
            if n_done == len(order) or problem.serve_all or not n_done or stopped():
                break
            kept = trimmed(tour.link_s[np.ix_(order, order)], tour.serve_s[order], problem.tasks.value[order], n_done)
            if not len(kept):
                break
            order = order_of(tour, group, np.sort(order[kept]))
        routes += found
    return routes


def by_cost(problem: ArcRoutingProblem, ways: Ways) -> tuple[ArcRoutingProblem, Ways]:
    """Return a problem with costs in place of times where no shift is limited: directions and facilities go by cost then."""
    if any(group.shift_s is not None for group in problem.groups):
        return problem, ways
    tasks = replace(problem.tasks, time_s=problem.tasks.cost)
    facilities = tuple(replace(f, visit_s=f.visit_cost) for f in problem.facilities)
    return replace(problem, tasks=tasks, facilities=facilities), Ways(ways.cost, ways.cost)


def dealt_to_groups(tour: Tour) -> list[IntArray]:
    """Deal tasks to groups: those that one alone may serve to it, the others so that each gets its share of the work."""
    problem = tour.problem
    room = np.array([group_room(g, problem.n_tasks) for g in problem.groups])
    allowed = problem.allowed
    alone = allowed.sum(axis=1) == 1
    owner = np.where(alone, np.argmax(allowed, axis=1), -1)
    work = tour.serve_s.astype(np.float64)
    room -= np.bincount(owner[alone], weights=work[alone], minlength=len(room))
    rest = np.flatnonzero(allowed.sum(axis=1) > 1)
    if len(rest):
        # along the line between two far ends, so that each group's part lies together
        first = rest[int(np.argmax(tour.link_s[rest[0], rest]))]
        second = rest[int(np.argmax(tour.link_s[first, rest]))]
        along_s = tour.link_s[first, rest] - tour.link_s[second, rest]
        along_s = along_s + along_s[ways_back(tour.link_s[np.ix_(rest, rest)])]
        line = rest[np.argsort(along_s, kind="stable")]
        share = np.cumsum(work[line]) / work[line].sum()
        edges = np.cumsum(np.maximum(room, 1e-9)) / np.maximum(room, 1e-9).sum()
        wanted = np.minimum(np.searchsorted(edges, share - 1e-12), len(room) - 1)
        owner[line] = np.where(allowed[line, wanted], wanted, np.argmax(allowed[line], axis=1))
    return [np.flatnonzero(owner == g) for g in range(len(problem.groups))]


def group_room(group: VehicleGroup, n_tasks: int) -> float:
    """Return the seconds that a group's vehicles have."""
    n = n_tasks if group.n_vehicles is None else group.n_vehicles
    return float(n * (1 << 30 if group.shift_s is None else max(0, group.shift_s - group.setup_s)))


def order_of(tour: Tour, group: VehicleGroup, tasks: IntArray) -> IntArray:
    """Return tasks in the order of one tour from a group's start to its end."""
    n = len(tasks)
    if n < 2:
        return tasks
    cost = np.full((n + 1, n + 1), float(UNREACHABLE))
    cost[:n, :n] = tour.link[np.ix_(tasks, tasks)]
    cost[n, :n] = tour.from_start(group)[tasks]
    cost[:n, n] = tour.home(group)[tasks]
    np.fill_diagonal(cost, 4.0 * UNREACHABLE)
    _, after = linear_sum_assignment(cost)
    after = joined(cost, after.astype(np.int64))
    order = np.empty(n, dtype=np.int64)
    here = n
    for k in range(n):
        here = int(after[here])
        order[k] = here
    return tasks[order]


def joined(cost: F64, after: IntArray) -> IntArray:
    """Join the rings of an assignment into one, the smallest first, each where that costs least."""
    ring = rings(after)
    size = np.bincount(ring)
    own = cost[np.arange(len(after)), after]
    while (size > 0).sum() > 1:
        smallest = int(np.argmin(np.where(size > 0, size, len(after) + 1)))
        inside, outside = np.flatnonzero(ring == smallest), np.flatnonzero(ring != smallest)
        # i goes on to what followed j, and j to what followed i
        extra = cost[np.ix_(inside, after[outside])] + cost[np.ix_(outside, after[inside])].T
        extra -= own[inside][:, None] + own[outside][None]
        i, j = np.unravel_index(int(np.argmin(extra)), extra.shape)
        a, b = inside[i], outside[j]
        after[a], after[b] = after[b], after[a]
        own[[a, b]] = cost[[a, b], after[[a, b]]]
        ring[inside] = ring[b]
        size[ring[b]] += size[smallest]
        size[smallest] = 0
    return after


def rings(after: IntArray) -> IntArray:
    """Return the number of each place's ring, shape (n,)."""
    ring = np.full(len(after), -1, dtype=np.int64)
    n_rings = 0
    for k in range(len(after)):
        here = k
        while ring[here] < 0:
            ring[here] = n_rings
            here = int(after[here])
        n_rings += ring[k] == n_rings
    return ring


def cut_up(tour: Tour, g: int, order: IntArray) -> tuple[list[VehicleRoute], int]:
    """Cut a tour into routes, each as long as its shift allows; return them and how many tasks they serve."""
    group = tour.problem.groups[g]
    n_vehicles = len(order) if group.n_vehicles is None else group.n_vehicles
    home_s = tour.home_s(group)
    routes: list[VehicleRoute] = []
    begin = 0
    while begin < len(order) and len(routes) < n_vehicles:
        stops, end = fill(tour, group, order[begin:], home_s)
        if end == 0:
            # this one fits into no shift
            order = np.delete(order, begin)
            continue
        routes.append(VehicleRoute(g, tuple(stops)))
        begin += end
    return routes, begin


def fill(tour: Tour, group: VehicleGroup, order: IntArray, home_s: IntArray) -> tuple[list[Stop], int]:
    """Return the stops of a vehicle that serves a tour from its beginning until its shift is full, and how many tasks."""
    tasks, time_s = tour.problem.tasks, tour.ways.time_s
    shift_s = np.inf if group.shift_s is None else group.shift_s
    now_s, used, here = group.setup_s, [0] * tour.problem.n_resources, group.start_node
    stops: list[Stop] = []
    n = 0
    for task in order.tolist():
        mode, visits = tour.nearest_mode(here, task), list[int]()
        way_s, demand = int(time_s[here, tasks.entry[task, mode]]), tasks.demand[task].tolist()
        over = [r for r, most in enumerate(group.capacity) if used[r] + demand[r] > most]
        if over:
            way_s, visits = tour.reset_s(here, int(tasks.entry[task, mode]), over)
            if not visits:
                break
        then_s = now_s + way_s + int(tasks.time_s[task, mode])
        if then_s + int(home_s[task, mode]) > shift_s:
            break
        stops += [Stop(StopKind.FACILITY, k) for k in visits]
        stops.append(Stop(StopKind.SERVE, 2 * task + mode))
        for r in range(len(used)):
            fresh = any(tour.problem.facilities[k].reset_of(r) for k in visits)
            used[r] = demand[r] + (0 if fresh else used[r])
        now_s, here, n = then_s, int(tasks.exit[task, mode]), n + 1
    if stops and tour.problem.ends_reset:
        _, facility = tour.through_s(np.array([here]), group.end_node, (0,))
        stops.append(Stop(StopKind.FACILITY, int(facility[0])))
    return stops, n
