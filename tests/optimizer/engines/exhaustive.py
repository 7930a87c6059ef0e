"""The least cost of serving all tasks of a tiny problem, by trying everything: Dijkstra over all states of the work."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from optimizer.engines.arc_routing import ArcRoutingProblem


@dataclass(frozen=True, order=True)
class State:
    """What is done, and where the vehicle that is out stands; group -1 when none is out."""

    done: int
    group: int
    node: int
    used: tuple[int, ...]
    dirty: bool
    spent_s: int


def least_cost(problem: ArcRoutingProblem) -> int | None:
    """Return the least cost, None where not all can be served. Knows no windows, breaks, locks or orders."""
    fresh = (0,) * problem.n_resources
    home = State(0, -1, -1, fresh, dirty=False, spent_s=0)
    best = {home: 0}
    queue = [(0, home)]
    while queue:
        cost, state = heapq.heappop(queue)
        if best[state] < cost:
            continue
        if state.group < 0 and state.done == (1 << problem.n_tasks) - 1:
            return cost
        for step, after in _steps(problem, state):
            if cost + step < best.get(after, cost + step + 1):
                best[after] = cost + step
                heapq.heappush(queue, (cost + step, after))
    return None


def _steps(problem: ArcRoutingProblem, at: State) -> Iterator[tuple[int, State]]:
    fresh = (0,) * problem.n_resources
    if at.group < 0:
        for g, group in enumerate(problem.groups):
            yield group.fixed_cost, State(at.done, g, group.start_node, fresh, dirty=False, spent_s=group.setup_s)
        return
    group = problem.groups[at.group]
    for cost, time_s, after in [*_drives(problem, at), *_serves(problem, at), *_visits(problem, at)]:
        spent_s = at.spent_s + time_s if group.shift_s is not None else 0
        if group.shift_s is None or spent_s <= group.shift_s:
            yield cost, State(after.done, at.group, after.node, after.used, after.dirty, spent_s)
    if at.node == group.end_node and not (problem.ends_reset and at.dirty):
        yield 0, State(at.done, -1, -1, fresh, dirty=False, spent_s=0)


def _drives(problem: ArcRoutingProblem, at: State) -> Iterator[tuple[int, int, State]]:
    network = problem.network_of_profile(problem.groups[at.group].profile)
    for tail, head, cost, time_s in zip(
        network.arc_tail.tolist(),
        network.arc_head.tolist(),
        network.arc_cost.tolist(),
        network.arc_time_s.tolist(),
        strict=True,
    ):
        if tail == at.node:
            yield cost, time_s, State(at.done, at.group, head, at.used, at.dirty, 0)


def _serves(problem: ArcRoutingProblem, at: State) -> Iterator[tuple[int, int, State]]:
    group = problem.groups[at.group]
    tasks = problem.tasks_of_profile(group.profile)
    for t in range(problem.n_tasks):
        used = tuple(a + int(b) for a, b in zip(at.used, tasks.demand[t], strict=True))
        if (
            at.done >> t & 1
            or not problem.allowed[t, at.group]
            or any(a > c for a, c in zip(used, group.capacity, strict=True))
        ):
            continue
        for k in range(2 if tasks.reversible[t] else 1):
            if tasks.entry[t, k] == at.node:
                after = State(at.done | 1 << t, at.group, int(tasks.exit[t, k]), used, dirty=True, spent_s=0)
                yield int(tasks.cost[t, k]), int(tasks.time_s[t, k]), after


def _visits(problem: ArcRoutingProblem, at: State) -> Iterator[tuple[int, int, State]]:
    for facility in problem.facilities:
        if facility.node == at.node:
            used = tuple(0 if facility.reset_of(r) else a for r, a in enumerate(at.used))
            after = State(at.done, at.group, at.node, used, at.dirty and not facility.reset_of(0), 0)
            yield facility.visit_cost, facility.visit_s, after
