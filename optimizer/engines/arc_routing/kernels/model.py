"""The arrays that kernels work on, and the walk that measures a route.

A route is a row of modes with a flag before each of them, and after the last, that says whether the vehicle is emptied on
that stretch. Which facility it goes to follows from the two ends: the best one is looked up in a table made once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optimizer.engines.arc_routing.kernels.compiled import compiled

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Int8 = npt.NDArray[np.int8]
Float64 = npt.NDArray[np.float64]

# No way. Twice this still fits into 32 bits, and half of it is more than any real way costs.
FAR = 1 << 29


class Model(NamedTuple):
    """A problem over few enough terminals for full matrices; modes are 2 task + direction.

    `cost` and `time` (n_terminals, n_terminals) are direct ways, `dump_cost` and `dump_time` those through the best facility
    (1, 1 without facilities). `least_time` (n_tasks,) is the least that serving one more task adds to any route's time.
    `slot_*` and `group_*` describe vehicles; slots of one group lie side by side.
    """

    cost: Int32
    time: Int32
    dump_cost: Int32
    dump_time: Int32
    entry: Int64
    exit: Int64
    serve_cost: Int64
    serve_time: Int64
    least_time: Int64
    reversible: Int8
    demand: Int64
    value: Int64
    penalty: Int64
    near: Int32
    allowed: Int8
    slot_group: Int64
    group_first: Int64
    start: Int64
    end: Int64
    capacity: Int64
    shift: Int64
    setup: Int64
    fixed: Int64
    rank: Float64
    rules: Int64


# Places in Model.rules.
HAS_FACILITIES = 0
ENDS_BY_DUMP = 1


class Routes(NamedTuple):
    """A plan under work: one row a slot.

    `before` and `trip` hold, for each place in a row, the load of its trip up to and with it, and of the whole trip.
    """

    mode: Int32
    via: Int8
    length: Int64
    cost: Int64
    time: Int64
    load: Int64
    before: Int64
    trip: Int64
    route_of: Int64
    place_of: Int64


@compiled
def way_cost(model: Model, here: int, there: int, via: int) -> int:
    """Return the cost from one terminal to another, directly or through a facility."""
    if via:
        return np.int64(model.dump_cost[here, there])  # type: ignore[return-value]
    return np.int64(model.cost[here, there])  # type: ignore[return-value]


@compiled
def way_time(model: Model, here: int, there: int, via: int) -> int:
    """Return the seconds from one terminal to another, directly or through a facility."""
    if via:
        return np.int64(model.dump_time[here, there])  # type: ignore[return-value]
    return np.int64(model.time[here, there])  # type: ignore[return-value]


@compiled
def walk(model: Model, routes: Routes, r: int) -> None:
    """Measure route `r` from its modes and flags: cost, time, loads, and where each task is."""
    n = routes.length[r]
    routes.cost[r] = 0
    routes.time[r] = 0
    routes.load[r] = 0
    if n == 0:
        return
    # Locals, since each look into a tuple of arrays costs more than the look into the array.
    entry, leave, serve_cost, serve_time, demand = model.entry, model.exit, model.serve_cost, model.serve_time, model.demand
    row, via_row, before, trip = routes.mode[r], routes.via[r], routes.before[r], routes.trip[r]
    way, lasts, dump_way, dump_lasts = model.cost, model.time, model.dump_cost, model.dump_time
    route_of, place_of = routes.route_of, routes.place_of
    group = model.slot_group[r]
    cost = model.fixed[group]
    time = model.setup[group]
    here = model.start[group]
    load = 0
    total = 0
    for i in range(n):
        m = row[i]
        task = m >> 1
        there = entry[m]
        if via_row[i]:
            cost += dump_way[here, there]
            time += dump_lasts[here, there]
            load = 0
        else:
            cost += way[here, there]
            time += lasts[here, there]
        cost += serve_cost[m]
        time += serve_time[m]
        load += demand[task]
        total += demand[task]
        before[i] = load
        route_of[task] = r
        place_of[task] = i
        here = leave[m]
    load = before[n - 1]
    for i in range(n - 1, -1, -1):
        trip[i] = load
        if via_row[i] and i > 0:
            load = before[i - 1]
    via = via_row[n]
    routes.cost[r] = cost + way_cost(model, here, model.end[group], via)
    routes.time[r] = time + way_time(model, here, model.end[group], via)
    routes.load[r] = total
