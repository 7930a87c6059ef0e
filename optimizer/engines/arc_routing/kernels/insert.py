"""Find the cheapest place for a task, and put it there."""

from __future__ import annotations

from typing import NamedTuple

from optimizer.engines.arc_routing.kernels.compiled import compiled
from optimizer.engines.arc_routing.kernels.model import (
    ENDS_BY_DUMP,
    FAR,
    HAS_FACILITIES,
    Int64,
    Model,
    Routes,
    walk,
    way_cost,
    way_time,
)

# Places in a spot: what the search for the cheapest place found.
SPOT_COST = 0
SPOT_ROUTE = 1
SPOT_PLACE = 2
SPOT_MODE = 3
SPOT_VIA_BEFORE = 4
SPOT_VIA_AFTER = 5
SPOT_SIZE = 6

# A blink passes over a place (Christiaens & Vanden Berghe 2020, section 5.2: 1 in 100).
BLINK_ONE_IN = 100


class Dice(NamedTuple):
    """Two linear generators, combined (L'Ecuyer 1988, doi 10.1145/62959.62969), and places left to the next blink."""

    state: Int64
    blink: Int64


@compiled
def draw(dice: Dice) -> float:
    """Return a number in (0, 1)."""
    dice.state[0] = 40014 * dice.state[0] % 2147483563
    dice.state[1] = 40692 * dice.state[1] % 2147483399
    z = dice.state[0] - dice.state[1]
    if z < 1:
        z += 2147483562
    return float(z) * 4.656613057391769e-10


@compiled
def draw_below(dice: Dice, n: int) -> int:
    """Return a whole number from 0 to n - 1."""
    return int(draw(dice) * n)


@compiled
def split_of(via: int, loads: tuple[int, int, int], room: int, has_facilities: int) -> int:
    """Tell how a task may go into a gap of a route, as via_before + 2 via_after; -1: not at all.

    Emptying more often than needed is never proposed.

    Parameters
    ----------
    via
        Whether the vehicle is emptied in the gap.
    loads
        The load of the trip before the gap, up to the gap; of that trip as a whole; and of the trip after the gap, as a
        whole. FAR stands for "there is no such place".
    room
        The capacity less the task's demand; below 0 the task never goes in.
    has_facilities
        Whether the vehicle can be emptied.
    """
    if room < 0:
        return -1
    ahead, whole, after = loads
    if via:
        if whole <= room:
            return 2
        return 1 if after <= room else 3
    if whole <= room:
        return 0
    if not has_facilities:
        return -1
    if whole - ahead <= room and ahead > 0:
        return 1
    return 2 if ahead <= room and after < FAR else -1


@compiled
def try_route(model: Model, routes: Routes, r: int, task: int, spot: Int64, dice: Dice) -> None:
    """Look for a place for `task`, which a vehicle can hold, in route `r` that is cheaper than the one in `spot`."""
    # Locals, since each look into a tuple of arrays costs more than the look into the array.
    cost, time, dump_cost, dump_time = model.cost, model.time, model.dump_cost, model.dump_time
    entry, leave, row, via_row = model.entry, model.exit, routes.mode[r], routes.via[r]
    before, trip = routes.before[r], routes.trip[r]
    serve_cost, serve_time, blink = model.serve_cost, model.serve_time, dice.blink
    group = model.slot_group[r]
    has_facilities = model.rules[HAS_FACILITIES]
    n = routes.length[r]
    slack = model.shift[group] - routes.time[r]
    room = model.capacity[group] - model.demand[task]
    last_mode = 2 * task + model.reversible[task]
    here = model.start[group]
    least = spot[SPOT_COST]
    ahead = 0
    whole = trip[0] if n > 0 else 0
    for i in range(n + 1):
        there = entry[row[i]] if i < n else model.end[group]
        after = trip[i] if i < n else FAR
        via = via_row[i]
        if i > 0:
            ahead = before[i - 1]
            whole = trip[i - 1]
        split = split_of(via, (ahead, whole, after), room, has_facilities)
        blink[0] -= 1
        if split >= 0 and blink[0] > 0:
            via_before = split & 1
            via_after = split >> 1
            old_cost = dump_cost[here, there] if via else cost[here, there]
            old_time = dump_time[here, there] if via else time[here, there]
            for m in range(2 * task, last_mode + 1):
                a = entry[m]
                b = leave[m]
                extra = serve_cost[m] - old_cost
                extra += dump_cost[here, a] if via_before else cost[here, a]
                extra += dump_cost[b, there] if via_after else cost[b, there]
                if extra >= least:
                    continue
                extra_time = serve_time[m] - old_time
                extra_time += dump_time[here, a] if via_before else time[here, a]
                extra_time += dump_time[b, there] if via_after else time[b, there]
                if extra_time <= slack:
                    least = extra
                    spot[SPOT_COST] = extra
                    spot[SPOT_ROUTE] = r
                    spot[SPOT_PLACE] = i
                    spot[SPOT_MODE] = m
                    spot[SPOT_VIA_BEFORE] = via_before
                    spot[SPOT_VIA_AFTER] = via_after
        if blink[0] <= 0:
            blink[0] = 1 + draw_below(dice, 2 * BLINK_ONE_IN)
        if i < n:
            here = leave[row[i]]


@compiled
def try_empty(model: Model, r: int, task: int, spot: Int64) -> None:
    """Look whether beginning route `r` with `task` is cheaper than the place in `spot`."""
    group = model.slot_group[r]
    if model.demand[task] > model.capacity[group]:
        return
    via = model.rules[ENDS_BY_DUMP]
    for m in range(2 * task, 2 * task + 1 + model.reversible[task]):
        a = model.entry[m]
        b = model.exit[m]
        cost = model.fixed[group] + way_cost(model, model.start[group], a, 0) + way_cost(model, b, model.end[group], via)
        cost += model.serve_cost[m]
        time = model.setup[group] + way_time(model, model.start[group], a, 0) + way_time(model, b, model.end[group], via)
        if cost < spot[SPOT_COST] and time + model.serve_time[m] <= model.shift[group]:
            spot[SPOT_COST] = cost
            spot[SPOT_ROUTE] = r
            spot[SPOT_PLACE] = 0
            spot[SPOT_MODE] = m
            spot[SPOT_VIA_BEFORE] = 0
            spot[SPOT_VIA_AFTER] = via


@compiled
def find_spot(model: Model, routes: Routes, task: int, spot: Int64, dice: Dice) -> bool:
    """Find the cheapest place over all routes and one empty one of each group; False when there is none."""
    length, load, time = routes.length, routes.load, routes.time
    spot[SPOT_COST] = FAR // 2
    spot[SPOT_ROUTE] = -1
    tight = model.rules[HAS_FACILITIES] == 0
    demand = model.demand[task]
    for group in range(len(model.start)):
        if model.allowed[task, group] == 0 or demand > model.capacity[group]:
            continue
        empty = -1
        most_load = model.capacity[group] - demand if tight else FAR
        most_time = model.shift[group] - model.least_time[task]
        for r in range(model.group_first[group], model.group_first[group + 1]):
            if length[r] == 0:
                if empty < 0:
                    empty = r
            elif time[r] <= most_time and (not tight or load[r] <= most_load):
                try_route(model, routes, r, task, spot, dice)
        if empty >= 0:
            try_empty(model, empty, task, spot)
    return spot[SPOT_ROUTE] >= 0  # type: ignore[no-any-return]


@compiled
def put(model: Model, routes: Routes, spot: Int64) -> None:
    """Put the task of `spot` at its place and measure the route again."""
    r = spot[SPOT_ROUTE]
    place = spot[SPOT_PLACE]
    n = routes.length[r]
    routes.via[r, n + 1] = routes.via[r, n]
    for i in range(n, place, -1):
        routes.mode[r, i] = routes.mode[r, i - 1]
        routes.via[r, i] = routes.via[r, i - 1]
    routes.mode[r, place] = spot[SPOT_MODE]
    routes.via[r, place] = spot[SPOT_VIA_BEFORE]
    routes.via[r, place + 1] = spot[SPOT_VIA_AFTER]
    routes.length[r] = n + 1
    walk(model, routes, r)
