"""Cut tasks into compact regions by the network's own distances; no coordinates are needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from optimizer.engines.arc_routing.deadhead import Hubs, PathFinder
from optimizer.engines.arc_routing.problem import UNREACHABLE, ArcRoutingProblem, IntArray


def bases_of(problem: ArcRoutingProblem) -> dict[int, tuple[int, ...]]:
    """Return the groups that start at each node, of those that have vehicles."""
    bases: dict[int, tuple[int, ...]] = {}
    for k, group in enumerate(problem.groups):
        if group.n_vehicles != 0:
            bases[group.start_node] = (*bases.get(group.start_node, ()), k)
    return bases


def nearest_base(problem: ArcRoutingProblem, hubs: Hubs, bases: Sequence[int]) -> IntArray:
    """Return for each task which of `bases` is nearest to its entry among those with a group that may serve it."""
    rows = np.searchsorted(hubs.nodes, np.array(bases, dtype=np.int64))
    far = hubs.out.cost[rows][:, problem.tasks.entry[:, 0]].astype(np.int64)
    for k, groups in enumerate(bases_of(problem)[base] for base in bases):
        far[k, ~problem.allowed[:, list(groups)].any(axis=1)] = 2 * UNREACHABLE
    nearest: IntArray = far.argmin(axis=0).astype(np.int64)
    return nearest


def between_far_ends(nodes: IntArray, finder: PathFinder, stopped: Callable[[], bool] = bool) -> IntArray:
    """Return the order of nodes, shape (n,), from the one end of where they lie to the other: two that are far apart.

    Raises
    ------
    Stopped
        When `stopped` says so.
    """
    first = int(finder.table(nodes[:1], nodes, stopped).cost[0].argmax())
    from_first = finder.table(nodes[first : first + 1], nodes, stopped).cost[0].astype(np.int64)
    second = int(np.where(from_first < UNREACHABLE, from_first, -1).argmax())
    from_second = finder.table(nodes[second : second + 1], nodes, stopped).cost[0].astype(np.int64)
    return np.argsort(from_first - from_second, kind="stable")


def halves(problem: ArcRoutingProblem, tasks: IntArray, finder: PathFinder) -> tuple[IntArray, IntArray]:
    """Cut tasks in two by which of two far ends they are nearer to."""
    order = between_far_ends(problem.tasks.entry[tasks, 0], finder)
    middle = len(tasks) // 2
    return np.sort(tasks[order[:middle]]), np.sort(tasks[order[middle:]])


def regions(problem: ArcRoutingProblem, tasks: IntArray, most: int, finder: PathFinder) -> list[IntArray]:
    """Cut tasks into regions of at most `most`, by halving."""
    ready: list[IntArray] = []
    rest = [tasks]
    while rest:
        part = rest.pop()
        if len(part) <= most:
            ready.append(part)
        else:
            rest.extend(halves(problem, part, finder))
    return ready


def deal(n_vehicles: int | None, work: Sequence[float], n_tasks: Sequence[int]) -> list[int]:
    """Deal vehicles out to regions in proportion to their work; without a limit each region may use one a task."""
    if n_vehicles is None:
        return list(n_tasks)
    total = sum(work)
    exact = [n_vehicles * w / total if total else 0.0 for w in work]
    dealt = [int(x) for x in exact]
    by_rest = sorted(range(len(work)), key=lambda k: (dealt[k] - exact[k], k))
    for k in by_rest[: n_vehicles - sum(dealt)]:
        dealt[k] += 1
    return dealt
