"""Say for each task left out what forbids it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from optimizer.engines.arc_routing.deadhead import Hubs
from optimizer.engines.arc_routing.problem import UNREACHABLE, ArcRoutingProblem, IntArray
from optimizer.engines.arc_routing.solution import Reason, Unserved


def why_unserved(problem: ArcRoutingProblem, tasks: Iterable[int], hubs: Hubs) -> tuple[Unserved, ...]:
    """Return the reason for each of `tasks`: the first rule that no group can keep even with the task alone in a shift."""
    chosen = np.array(sorted(tasks), dtype=np.int64)
    if not len(chosen):
        return ()
    alone = np.stack([seconds_alone(problem, chosen, group, hubs) for group in range(len(problem.groups))])
    return tuple(_why(problem, int(task), alone[:, k]) for k, task in enumerate(chosen))


def _why(problem: ArcRoutingProblem, task: int, alone_s: IntArray) -> Unserved:
    demand = int(problem.tasks.demand[task, 0])
    groups = [g for g in range(len(problem.groups)) if problem.may_serve(task, g) and problem.groups[g].n_vehicles != 0]
    if not groups:
        return Unserved(task, Reason.NO_GROUP)
    over = min(demand - problem.groups[g].capacity[0] for g in groups)
    if over > 0:
        return Unserved(task, Reason.NO_CAPACITY, over)
    groups = [g for g in groups if alone_s[g] < UNREACHABLE and problem.groups[g].capacity[0] >= demand]
    if not groups:
        return Unserved(task, Reason.NO_WAY)
    late = [int(alone_s[g]) - limit for g in groups if (limit := problem.groups[g].shift_s) is not None]
    if len(late) == len(groups) and min(late) > 0:
        return Unserved(task, Reason.NO_SHIFT, min(late))
    return Unserved(task, Reason.NO_ROOM)


def seconds_alone(problem: ArcRoutingProblem, tasks: IntArray, group: int, hubs: Hubs) -> IntArray:
    """Return the seconds of a shift with each task alone in it, shape (n,); at least UNREACHABLE where there is no way."""
    vehicle = problem.groups[group]
    hubs = hubs.of_profile(vehicle.profile)
    rows = problem.tasks_of_profile(vehicle.profile)
    start, end = np.searchsorted(hubs.nodes, [vehicle.start_node, vehicle.end_node])
    best = np.full(len(tasks), 4 * UNREACHABLE, dtype=np.int64)
    for k in range(2):
        usable = np.ones(len(tasks), dtype=np.bool_) if k == 0 else problem.tasks.reversible[tasks]
        entry = np.where(usable, rows.entry[tasks, k], 0)
        leave = np.where(usable, rows.exit[tasks, k], 0)
        time_s = hubs.out.time_s[start, entry].astype(np.int64) + vehicle.setup_s + rows.time_s[tasks, k]
        time_s += seconds_home(problem, leave, int(end), hubs)
        best = np.where(usable, np.minimum(best, time_s), best)
    return best


def seconds_home(problem: ArcRoutingProblem, nodes: IntArray, end: int, hubs: Hubs) -> IntArray:
    """Return the seconds from each node to the end, through the facility that the cheapest way there takes if one must."""
    if not problem.ends_reset:
        direct: IntArray = hubs.into.time_s[end, nodes].astype(np.int64)
        return direct
    at = np.searchsorted(hubs.nodes, [f.node for f in problem.facilities])
    home = hubs.nodes[end]
    extra = np.array([[f.visit_cost, f.visit_s] for f in problem.facilities], dtype=np.int64)
    cost = hubs.into.cost[at][:, nodes].astype(np.int64) + (hubs.out.cost[at, home] + extra[:, 0])[:, None]
    time_s = hubs.into.time_s[at][:, nodes].astype(np.int64) + (hubs.out.time_s[at, home] + extra[:, 1])[:, None]
    best = np.lexsort((time_s, cost), axis=0)[0] if len(at) > 1 else np.zeros(len(nodes), dtype=np.int64)
    through: IntArray = time_s[best, np.arange(len(nodes))]
    return through
