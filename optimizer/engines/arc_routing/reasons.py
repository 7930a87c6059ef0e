"""Say for each task left out what forbids it, and before solving which tasks no plan can serve."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from layers.text import Text
from optimizer.engines.arc_routing.deadhead import Hubs, hubs_of, path_finder
from optimizer.engines.arc_routing.problem import UNREACHABLE, ArcRoutingProblem, IntArray
from optimizer.engines.arc_routing.schedule import fit
from optimizer.engines.arc_routing.solution import Reason, Unserved

# A drive there and a drive home, seconds, shape (n_tasks, 2 directions); at least UNREACHABLE where there is no way.
Drives = tuple[IntArray, IntArray]


def hopeless(problem: ArcRoutingProblem, stopped: Callable[[], bool] = bool) -> tuple[Unserved, ...]:
    """Return the tasks that no plan can serve, with what forbids them: what to mend before solving.

    The rest can be planned all the same. Negative costs and whatever else cannot be meant are refused when the problem is
    stated.

    Raises
    ------
    Stopped
        When `stopped` says so.
    """
    hubs = hubs_of(problem, path_finder(problem.network), stopped)
    found = why_unserved(problem, range(problem.n_tasks), hubs)
    return tuple(one for one in found if one.reason is not Reason.NO_ROOM)


def told(one: Unserved) -> Text:
    """Return a reason as a line for people; amounts are in the problem's own units."""
    zh, en = {
        Reason.NO_GROUP: ("没有车组可以作业", "no vehicle group may serve it; allow one"),
        Reason.NO_LOCKED: ("锁定的车辆无法作业", "the vehicle that it is locked to cannot serve it; lift the lock"),
        Reason.NO_CAPACITY: (
            f"资源 {one.resource} 的需求比最大容量多 {one.missing}",
            f"it uses {one.missing} more of resource {one.resource} than any vehicle holds; divide it",
        ),
        Reason.NO_WAY: ("车辆无法到达并返回", "no vehicle can drive there and come back; mend the network"),
        Reason.NO_WINDOW: (
            f"时间窗差 {one.missing} s",
            f"its windows are missed by {one.missing} s at least; widen them, or begin shifts at another time",
        ),
        Reason.NO_SHIFT: (
            f"单独作业也比班次长 {one.missing} s",
            f"alone it takes {one.missing} s longer than a shift; lengthen the shift or move the depot",
        ),
        Reason.NO_ROOM: ("班次已满", "all shifts are full"),
        Reason.NOT_TRIED: ("计算在排到它之前停止", "the search was stopped before its turn came; let it run longer"),
    }[one.reason]
    return Text(zh=f"任务 {one.task}：{zh}", en=f"task {one.task}: {en}")


def why_unserved(problem: ArcRoutingProblem, tasks: Iterable[int], hubs: Hubs) -> tuple[Unserved, ...]:
    """Return the reason for each of `tasks`: the first rule that no group can keep even with the task alone in a shift."""
    chosen = np.array(sorted(tasks), dtype=np.int64)
    if not len(chosen):
        return ()
    drives = [drives_alone(problem, chosen, group, hubs) for group in range(len(problem.groups))]
    locked = {lock.item: lock.group for lock in problem.locks}
    return tuple(_why(problem, (int(task), k), drives, locked.get(int(task))) for k, task in enumerate(chosen))


def _why(problem: ArcRoutingProblem, at: tuple[int, int], drives: Sequence[Drives], locked: int | None) -> Unserved:
    task, _ = at
    groups = [
        g
        for g, group in enumerate(problem.groups)
        if group.n_vehicles != 0 and (problem.tasks.allowed is None or problem.tasks.allowed[task, g])
    ]
    if locked is None:
        return _why_by(problem, at, drives, groups)
    found = _why_by(problem, at, drives, [g for g in groups if g == locked])
    if found.reason is Reason.NO_ROOM:
        return found
    free = _why_by(problem, at, drives, groups)
    return Unserved(task, Reason.NO_LOCKED) if free.reason is Reason.NO_ROOM else free


def _why_by(problem: ArcRoutingProblem, at: tuple[int, int], drives: Sequence[Drives], groups: Sequence[int]) -> Unserved:
    """Return the first rule that none of some groups can keep."""
    task, row = at
    if not groups:
        return Unserved(task, Reason.NO_GROUP)
    demand = problem.tasks.demand[task]
    over = {g: demand - np.array(problem.groups[g].capacity) for g in groups}
    groups = [g for g in groups if over[g].max() <= 0]
    if not groups:
        least = min(over.values(), key=lambda amounts: int(amounts.max()))
        return Unserved(task, Reason.NO_CAPACITY, int(least.max()), int(least.argmax()))
    reached = {g: [k for k in range(2) if (drives[g][0][row, k] + drives[g][1][row, k]) < UNREACHABLE] for g in groups}
    groups = [g for g in groups if reached[g]]
    if not groups:
        return Unserved(task, Reason.NO_WAY)
    alone = {g: [_late(problem, g, (task, k), drives, row) for k in reached[g]] for g in groups}
    too_long_s = min(long_s for g in groups for long_s, _ in alone[g])
    if too_long_s > 0:
        return Unserved(task, Reason.NO_SHIFT, too_long_s)
    late_s = min(max(both) for g in groups for both in alone[g])
    return Unserved(task, Reason.NO_WINDOW, late_s) if late_s > 0 else Unserved(task, Reason.NO_ROOM)


def _late(problem: ArcRoutingProblem, g: int, mode: tuple[int, int], drives: Sequence[Drives], row: int) -> tuple[int, int]:
    """Return by how many seconds a shift with one task alone in it is too long, and by how many it misses the windows."""
    task, k = mode
    group, rows = problem.groups[g], problem.tasks_of_profile(problem.groups[g].profile)
    out_s, home_s, stay_s = int(drives[g][0][row, k]), int(drives[g][1][row, k]), int(rows.time_s[task, k])
    limit_s = UNREACHABLE * 4 if group.shift_s is None else group.shift_s
    too_long_s = group.setup_s + out_s + stay_s + home_s - limit_s
    if rows.windows_s is None:
        return too_long_s, 0
    spans = [(int(a), int(b)) for a, b in rows.windows_s[task] if b >= a]
    times = fit(spans, group.start_s + group.setup_s + out_s, stay_s)
    return too_long_s, max(times.late_s, times.end_s + home_s - group.start_s - limit_s)


def drives_alone(problem: ArcRoutingProblem, tasks: IntArray, group: int, hubs: Hubs) -> Drives:
    """Return the seconds from a group's start to each task and from each task to its end, as the group sees the network."""
    vehicle = problem.groups[group]
    its = hubs.of_profile(vehicle.profile)
    rows = problem.tasks_of_profile(vehicle.profile)
    start, end = np.searchsorted(its.nodes, [vehicle.start_node, vehicle.end_node])
    usable = rows.used[tasks]
    entry, leave = np.where(usable, rows.entry[tasks], 0), np.where(usable, rows.exit[tasks], 0)
    out_s = np.where(usable, its.out.time_s[start, entry].astype(np.int64), UNREACHABLE)
    home_s = np.where(usable, seconds_home(problem, leave, int(end), its), UNREACHABLE)
    return out_s, home_s


def seconds_home(problem: ArcRoutingProblem, nodes: IntArray, end: int, hubs: Hubs) -> IntArray:
    """Return the seconds from each node to the end, through the facility that the cheapest way there takes if one must."""
    if not problem.ends_reset:
        direct: IntArray = hubs.into.time_s[end, nodes].astype(np.int64)
        return direct
    facilities = [f for f in problem.facilities if f.reset_of(0)]
    at = np.searchsorted(hubs.nodes, [f.node for f in facilities])
    home = hubs.nodes[end]
    extra = np.array([[f.visit_cost, f.visit_s] for f in facilities], dtype=np.int64)
    out_cost, out_s = (way[at, home].astype(np.int64) + extra[:, k] for k, way in enumerate(hubs.out))
    cost = hubs.into.cost[at][:, nodes].astype(np.int64) + out_cost[:, None, None]
    time_s = hubs.into.time_s[at][:, nodes].astype(np.int64) + out_s[:, None, None]
    best = np.lexsort((time_s, cost), axis=0)[0] if len(at) > 1 else np.zeros(nodes.shape, dtype=np.int64)
    through: IntArray = np.take_along_axis(time_s, best[None], axis=0)[0]
    return through
