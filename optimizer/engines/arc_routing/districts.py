"""Cut tasks into compact regions by the network's own distances, with the vehicles that go there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layers.layer import F64
from optimizer.engines.arc_routing.problem import UNREACHABLE, IntArray
from optimizer.engines.arc_routing.regions import between_far_ends
from optimizer.engines.arc_routing.views import View

# Tasks in one region, where it has more than one vehicle.
MOST_TASKS_IN_REGION = 240
# Share of a shift that goes to serving, by which work is dealt out at first.
SERVING_SHARE = 1.2
# Rounds in which the time of vehicles at different places is priced, by about so many of the tasks.
N_ROUNDS, MOST_PRICED = 60, 20_000
# By which share of its time a place may be overloaded, or idle while others are.
CLOSE = 0.01


@dataclass(frozen=True)
class Region:
    """Some tasks, and how many vehicles of each group go there."""

    tasks: IntArray
    vehicles: tuple[tuple[int, int], ...]


def regions_of(view: View, tasks: IntArray, idle: Mapping[int, int], stopped: Callable[[], bool]) -> list[Region]:
    """Return regions for idle vehicles: those that will be served if the guess of their time is right.

    Each task goes to the nearest place where vehicles stand; what is too much for these is passed on to others, those tasks
    first for which that is the least detour. Where all have too little time, they get the most valuable tasks.

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
    rooms_s = np.array([room_s(view, groups, idle) for groups in bases.values()])
    tasks = worth_trying(view, tasks, float(rooms_s.sum()), tuple(bases))
    of_base = bases_with_time(view, tasks, bases, rooms_s)
    found: list[Region] = []
    for k, (base, groups) in enumerate(bases.items()):
        mine = tasks[of_base == k]
        if len(mine):
            mine = worth_trying(view, mine, float(rooms_s[k]), (base,))
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


def worth_trying(view: View, tasks: IntArray, time_s: float, bases: tuple[int, ...]) -> IntArray:
    """Return the tasks that are worth most by the second, until serving them fills the time.

    Of the same worth, by the power of two, the nearest to any of the bases come first.
    """
    serve_s = view.time_s[tasks, 0].astype(np.float64)
    if serve_s.sum() <= time_s or view.problem.serve_all:
        return tasks
    worth = np.floor(np.log2((1.0 + view.problem.tasks.value[tasks]) / (1.0 + serve_s)))
    away = view.hubs.out.cost[[view.hub(base) for base in bases]][:, view.entry[tasks, 0]].min(axis=0)
    order = np.lexsort((away, -worth))
    kept = np.cumsum(serve_s[order]) - serve_s[order] < time_s
    return np.sort(tasks[order[kept]])


def bases_with_time(view: View, tasks: IntArray, bases: Mapping[int, list[int]], rooms_s: F64) -> IntArray:
    """Return for each task which of `bases` has time for it; -1 where none has a group that may serve it.

    Each goes where the way to its entry and the price of the base's time are least. Prices begin at nothing and rise where
    more is asked for than there is time (an auction with ever smaller steps; Bertsekas 1981, doi 10.1007/BF01584237).

    Parameters
    ----------
    rooms_s
        Seconds for serving that the vehicles of each base have, shape (n_bases,).
    """
    rows = [view.hub(base) for base in bases]
    far = view.hubs.out.cost[rows][:, view.entry[tasks, 0]].astype(np.float32)
    for k, groups in enumerate(bases.values()):
        far[k, ~view.problem.allowed[np.ix_(tasks, np.array(groups))].any(axis=1)] = 2.0 * UNREACHABLE
    reached = np.flatnonzero(far.min(axis=0) < UNREACHABLE)
    found = np.full(len(tasks), -1, dtype=np.int64)
    if not len(reached):
        return found
    some = reached[:: max(1, len(reached) // MOST_PRICED)]
    serve_s = view.time_s[tasks, 0].astype(np.float64)
    prices = prices_of(far[:, some], serve_s[some], rooms_s * (len(some) / len(reached)))
    found[reached] = (far[:, reached] + prices[:, None]).argmin(axis=0)
    return found


def prices_of(far: npt.NDArray[np.float32], serve_s: F64, rooms_s: F64) -> npt.NDArray[np.float32]:
    """Return what the time at each base costs, as a detour, for tasks to go where there is time, shape (n_bases,).

    Parameters
    ----------
    far
        Way from each base to each task, shape (n_bases, n).
    serve_s, rooms_s
        Seconds that each task takes, and that each base has.
    """
    prices, best, least = np.zeros(len(far), dtype=np.float32), np.zeros(len(far), dtype=np.float32), np.inf
    step = float(np.median(far.min(axis=0)))
    for n in range(N_ROUNDS):
        asked_s = np.bincount((far + prices[:, None]).argmin(axis=0), weights=serve_s, minlength=len(far))
        too_much = asked_s / np.maximum(rooms_s, 1.0) - 1.0
        # time that has a price is to be used up
        gap = float(np.where(prices > 0, np.abs(too_much), too_much).max())
        if gap < least:
            best, least = prices, gap
        if least <= CLOSE:
            break
        prices = np.maximum(0.0, prices + step * np.clip(too_much, -1.0, 1.0) / (1 + n / 4)).astype(np.float32)
    return best


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
