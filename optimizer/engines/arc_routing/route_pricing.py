"""The cheapest relaxed routes at given prices: exact dynamic programming over loads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer.engines.arc_routing.problem import IntArray

Int32Array = npt.NDArray[np.int32]

# Stands for "no such route"; sums of three still fit.
NONE = 1 << 58


@dataclass(frozen=True)
class Service:
    """The tasks as their modes: mode k < n_tasks serves task k forward, mode n_tasks + k backward.

    Parameters
    ----------
    entry, exit, task, load
        Shape (n_modes,): places, task, and demand, at least 1.
    depot
        Place where routes start and end.
    capacity
        Most load of a route.
    """

    entry: IntArray
    exit: IntArray
    task: IntArray
    load: IntArray
    depot: int
    capacity: int


@dataclass(frozen=True)
class Labels:
    """Cheapest routes that have served some load and end with some mode, not yet back at the depot.

    Two a load and mode, in layers: the best, and the best whose task before the last differs from the first's, so that a
    route a - b - a can be left out (Houck, Picard, Queyranne & Vemuganti 1980).

    Parameters
    ----------
    cost
        Shape (2, capacity + 1, n_modes).
    before
        Shape (2, capacity + 1, n_modes): 2 * mode + layer of the route without its last task; -1 at the depot.
    closed
        Shape (capacity + 1, n_modes): cost of the best, back at the depot.
    """

    cost: IntArray
    before: Int32Array
    closed: IntArray


def priced(service: Service, apart: IntArray, price: IntArray, stopped: Callable[[], bool]) -> Labels | None:
    """Return the cheapest routes of each load; None when stopped.

    A route may serve a task again, but neither twice in a row nor with one task between: a relaxation, so that the least
    cost is not above that of any true route.

    Parameters
    ----------
    service
        The tasks.
    apart
        Shape (n_places, n_places): cost of the cheapest ways.
    price
        Shape (n_tasks,): gained by serving each.
    stopped
        Asked at each load.
    """
    n_modes, most = len(service.task), service.capacity
    ways = apart[np.ix_(service.exit, service.entry)]
    ways[service.task[:, None] == service.task[None, :]] = NONE
    cost = np.full((2, most + 1, n_modes), NONE)
    before = np.full((2, most + 1, n_modes), -1, dtype=np.int32)
    # The same for routes on their way to begin a mode, by the load before it.
    reach, reached_from = cost.copy(), before.copy()
    reach[0, 0] = apart[service.depot, service.entry]
    by_load = [(int(load), np.flatnonzero(service.load == load)) for load in np.unique(service.load)]
    gain = price[service.task]
    for load in range(1, most + 1):
        if stopped():
            return None
        for own, modes in by_load:
            if own <= load:
                cost[:, load, modes] = np.minimum(reach[:, load - own, modes], NONE) - gain[modes]
                before[:, load, modes] = reached_from[:, load - own, modes]
        live = np.flatnonzero(cost[0, load] < NONE // 2)
        if len(live):
            _extend(
                service.task, ways[live], (cost[:, load, live], before[0, load, live], live), (reach, reached_from), load
            )
    return Labels(cost, before, cost[0] + apart[service.exit, service.depot])


def _extend(
    task: IntArray,
    ways: IntArray,
    ends: tuple[IntArray, Int32Array, IntArray],
    out: tuple[IntArray, Int32Array],
    load: int,
) -> None:
    """Drive on from the routes of one load to the begin of every mode; keep the two best that end with different tasks."""
    cost, before, live = ends
    reach, reached_from = out
    each = np.arange(len(task))
    task_before = np.where(before >= 0, task[before >> 1], -1)
    # A route whose task before the last is the one wanted next gives way to its second.
    second = task_before[:, None] == task[None, :]
    total = np.where(second, np.minimum(cost[1], NONE)[:, None], cost[0][:, None]) + ways
    for layer in range(2):
        best = total.argmin(axis=0)
        reach[layer, load] = total[best, each]
        reached_from[layer, load] = live[best] * 2 + second[best, each]
        if layer == 0:
            total[task[live][:, None] == task[live[best]][None, :]] = NONE


def modes_of_route(service: Service, labels: Labels, load: int, mode: int) -> list[int]:
    """Return the modes of the best route with that load and last mode, from its last to its first."""
    found, layer = [], 0
    while True:
        found.append(mode)
        before = int(labels.before[layer, load, mode])
        if before < 0:
            return found
        load -= int(service.load[mode])
        mode, layer = before >> 1, before & 1
