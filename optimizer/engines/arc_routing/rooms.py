"""What routes use up of each resource between two resets, and what they leave of it for a stretch of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from optimizer.engines.arc_routing.problem import ArcRoutingProblem, BoolArray, IntArray
from optimizer.engines.arc_routing.solution import Stop, StopKind, VehicleRoute
from optimizer.engines.arc_routing.visits import resets_of


class Around(NamedTuple):
    """Hold for each resource what is used up around a span of stops, shape (n_resources,).

    `before` since the last reset before the span, `after` until the first one behind it; `inside` tells whether the span
    resets it.
    """

    before: IntArray
    after: IntArray
    inside: BoolArray

    def room(self, capacity: Sequence[int]) -> IntArray:
        """Return how much each trip of the span may use up, shape (n_resources,)."""
        around = np.where(self.inside, np.maximum(self.before, self.after), self.before + self.after)
        room: IntArray = np.array(capacity, dtype=np.int64) - around
        return room


def uses_of(problem: ArcRoutingProblem, stops: Sequence[Stop]) -> tuple[IntArray, BoolArray]:
    """Return what each stop uses up of each resource, and whether it resets it, both of shape (n_stops, n_resources)."""
    n = problem.n_resources
    used, resets = np.zeros((len(stops), n), dtype=np.int64), np.zeros((len(stops), n), dtype=np.bool_)
    served = [k for k, stop in enumerate(stops) if stop.kind is StopKind.SERVE]
    used[served] = problem.tasks.demand[[stops[k].task for k in served]]
    for k, stop in enumerate(stops):
        if stop.kind is StopKind.FACILITY:
            resets[k] = resets_of(problem, stop.index)
    return used, resets


def around(problem: ArcRoutingProblem, route: VehicleRoute, span: tuple[int, int]) -> Around:
    """Return what a route uses up around its stops from `span[0]` to `span[1] - 1`."""
    used, resets = uses_of(problem, route.stops)
    first, last = span
    n = problem.n_resources
    before, after, inside = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.bool_)
    for k in range(n):
        at = np.flatnonzero(resets[:, k])
        begin = at[: np.searchsorted(at, first)].max(initial=-1) + 1
        end = at[np.searchsorted(at, last) :].min(initial=len(used))
        before[k], after[k] = used[begin:first, k].sum(), used[last:end, k].sum()
        inside[k] = bool(((at >= first) & (at < last)).any())
    return Around(before, after, inside)


def fits(problem: ArcRoutingProblem, route: VehicleRoute) -> bool:
    """Tell whether a route's vehicle never holds, or lacks, more of any resource than its capacity."""
    used, resets = uses_of(problem, route.stops)
    total = np.cumsum(used, axis=0)
    since = total - np.maximum.accumulate(np.where(resets, total, 0), axis=0)
    return bool((since <= np.array(problem.groups[route.group].capacity)).all())


def idles(problem: ArcRoutingProblem, route: VehicleRoute) -> bool:
    """Tell whether a route visits a facility that resets nothing but what was reset after the last street served."""
    fresh = np.ones(problem.n_resources, dtype=np.bool_)
    for stop in route.stops:
        if stop.kind is not StopKind.FACILITY:
            fresh[:] = False
            continue
        resets = np.array(resets_of(problem, stop.index))
        if fresh[resets].all():
            return True
        fresh |= resets
    return False


def that_bind(
    problem: ArcRoutingProblem, stretches: Sequence[tuple[Around, int]], tasks: IntArray, visited: Iterable[int]
) -> tuple[int, ...]:
    """Return the resources that some stretch might run out of if it served all tasks on one trip; the first one always.

    Parameters
    ----------
    stretches
        What is used up around each, and its group.
    tasks
        That they may serve, shape (n,).
    visited
        Facilities that they visit now: each resets one of the resources at least, so that it may stay.
    """
    used = problem.tasks.demand[tasks].sum(axis=0)
    binds = np.arange(problem.n_resources) == 0
    for here, group in stretches:
        binds |= here.before + here.after + used > np.array(problem.groups[group].capacity)
    for facility in visited:
        resets = np.array(resets_of(problem, facility))
        binds |= resets & ~(resets & binds).any()
    return tuple(np.flatnonzero(binds).tolist())
