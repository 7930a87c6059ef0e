"""Cut tasks into compact regions by the network's own distances, with the vehicles that go there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from optimizer.engines.arc_routing.problem import UNREACHABLE, IntArray
from optimizer.engines.arc_routing.regions import between_far_ends
from optimizer.engines.arc_routing.views import View

# Tasks in one region, where it has more than one vehicle.
MOST_TASKS_IN_REGION = 240
# Share of a shift that goes to serving, by which work is dealt out at first.
SERVING_SHARE = 1.4


@dataclass(frozen=True)
class Region:
    """Some tasks, and how many vehicles of each group go there."""

    tasks: IntArray
    vehicles: tuple[tuple[int, int], ...]


def regions_of(view: View, tasks: IntArray, idle: Mapping[int, int], stopped: Callable[[], bool]) -> list[Region]:
    """Return regions for idle vehicles: those that will be served if the guess of their time is right.

    Each task goes to the nearest place where vehicles stand. Where these have too little time, they get the most valuable
    tasks.

    Parameters
    ----------
    view
        Whose.
    tasks
        That nobody serves.
    idle
        Vehicles by group.

    Raises
    ------
    Stopped
        When `stopped` says so.
    """
    bases: dict[int, list[int]] = {}
    for group, n in idle.items():
        if n:
            bases.setdefault(view.problem.groups[group].start_node, []).append(group)
    if not bases or not len(tasks):
        return []
    tasks = worth_trying(view, tasks, sum(room_s(view, groups, idle) for groups in bases.values()), None)
    of_base = nearest_base(view, tasks, bases)
    found: list[Region] = []
    for k, (base, groups) in enumerate(bases.items()):
        mine = tasks[of_base == k]
        if len(mine):
            mine = worth_trying(view, mine, room_s(view, groups, idle), base)
            found += cut(view, mine, {g: idle[g] for g in groups}, stopped)
    return found


def room_s(view: View, groups: list[int], idle: Mapping[int, int]) -> float:
    """Return the seconds that idle vehicles have for serving; without end where a shift or their number has none."""
    total = 0.0
    for g in groups:
        group = view.problem.groups[g]
        if group.shift_s is None or group.n_vehicles is None:
            return float("inf")
        total += SERVING_SHARE * idle[g] * max(0, group.shift_s - group.setup_s)
    return total


def worth_trying(view: View, tasks: IntArray, time_s: float, base: int | None) -> IntArray:
    """Return the tasks that are worth most by the second, until serving them fills the time.

    Of the same worth, by the power of two, the nearest to a base come first.
    """
    serve_s = view.time_s[tasks, 0].astype(np.float64)
    if serve_s.sum() <= time_s or view.problem.serve_all:
        return tasks
    worth = np.floor(np.log2((1.0 + view.problem.tasks.value[tasks]) / (1.0 + serve_s)))
    row = view.hub(base) if base is not None else 0
    away = view.hubs.out.cost[row, view.entry[tasks, 0]] if base is not None else np.zeros(len(tasks))
    order = np.lexsort((away, -worth))
    kept = np.cumsum(serve_s[order]) - serve_s[order] < time_s
    return np.sort(tasks[order[kept]])


def nearest_base(view: View, tasks: IntArray, bases: Mapping[int, list[int]]) -> IntArray:
    """Return for each task which of `bases` is nearest to its entry among those with a group that may serve it; -1: none."""
    rows = [view.hub(base) for base in bases]
    far = view.hubs.out.cost[rows][:, view.entry[tasks, 0]].astype(np.int64)
    for k, groups in enumerate(bases.values()):
        far[k, ~view.problem.allowed[np.ix_(tasks, np.array(groups))].any(axis=1)] = 2 * UNREACHABLE
    return np.where(far.min(axis=0) < UNREACHABLE, far.argmin(axis=0), -1).astype(np.int64)


def cut(view: View, tasks: IntArray, idle: Mapping[int, int], stopped: Callable[[], bool]) -> list[Region]:
    """Cut the tasks of one base into regions, by halving, with vehicles in proportion to their work.

    Without a limit on vehicles each region may use one a task.
    """
    unlimited = any(view.problem.groups[g].n_vehicles is None for g in idle)
    ready: list[Region] = []
    rest = [(tasks, dict(idle))]
    while rest:
        part, vehicles = rest.pop()
        most = max(vehicles.values())
        if len(part) <= MOST_TASKS_IN_REGION or (most <= 1 and not unlimited):
            n = len(part)
            ready.append(Region(part, tuple((g, min(v, n)) for g, v in vehicles.items() if v)))
            continue
        n_first = most // 2
        share = 0.5 if unlimited else n_first / most
        first, second = halves(view, part, share, stopped)
        if unlimited:
            rest += [(first, vehicles), (second, vehicles)]
            continue
        few = {g: (v * n_first + most // 2) // most for g, v in vehicles.items()}
        rest += [(first, few), (second, {g: v - few[g] for g, v in vehicles.items()})]
    return ready


def halves(view: View, tasks: IntArray, share: float, stopped: Callable[[], bool]) -> tuple[IntArray, IntArray]:
    """Cut tasks in two by which of two far ends they are nearer to; the first part gets a share of the work."""
    with view.finder() as finder:
        order = between_far_ends(view.entry[tasks, 0], finder, stopped)
    work = np.cumsum(1.0 + view.time_s[tasks, 0][order])
    middle = min(len(tasks) - 1, max(1, int(np.searchsorted(work, share * work[-1]))))
    return np.sort(tasks[order[:middle]]), np.sort(tasks[order[middle:]])
