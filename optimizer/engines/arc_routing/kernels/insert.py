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
    """Two linear congruential generators, combined (L'Ecuyer 1988, doi 10.1145/62959.62969), and places left to the next blink."""

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
def blinks(dice: Dice) -> bool:
    """Tell whether to pass over this place."""
    dice.blink[0] -= 1
    if dice.blink[0] > 0:
        return False
    dice.blink[0] = 1 + draw_below(dice, 2 * BLINK_ONE_IN)
    return True


@compiled
def split_of(model: Model, routes: Routes, r: int, i: int, demand: int) -> int:
    """Tell where a task of this demand may go in gap `i` of route `r`, as via_before + 2 via_after; -1: nowhere.

    Emptying more often than needed is never proposed.
    """
    n = routes.length[r]
    room = model.capacity[model.slot_group[r]] - demand
    if room < 0:
        return -1
    if n == 0:
        return 2 * model.rules[ENDS_BY_DUMP]  # type: ignore[no-any-return]
    if routes.via[r, i]:
        if i > 0 and routes.trip[r, i - 1] <= room:
            return 2
        if i < n and routes.trip[r, i] <= room:
            return 1
        return 3
    whole = routes.trip[r, i] if i < n else routes.trip[r, n - 1]
    if whole <= room:
        return 0
    if model.rules[HAS_FACILITIES] == 0:
        return -1
    ahead = routes.before[r, i - 1] if i > 0 else 0
    if i > 0 and whole - ahead <= room:
        return 1
    if i < n and ahead <= room:
        return 2
    return -1


@compiled
def try_route(model: Model, routes: Routes, r: int, task: int, spot: Int64, dice: Dice) -> None:
    """Look for a place for `task` in route `r` that is cheaper than the one in `spot`."""
    group = model.slot_group[r]
    n = routes.length[r]
    room = model.shift[group] - routes.time[r]
    fixed = 0
    if n == 0:
        fixed = model.fixed[group]
        room -= model.setup[group]
    for i in range(n + 1):
        split = split_of(model, routes, r, i, model.demand[task])
        if split < 0 or blinks(dice):
            continue
        here = model.start[group] if i == 0 else model.exit[routes.mode[r, i - 1]]
        there = model.end[group] if i == n else model.entry[routes.mode[r, i]]
        old_cost = 0
        old_time = 0
        if n > 0:
            old_cost = way_cost(model, here, there, routes.via[r, i])
            old_time = way_time(model, here, there, routes.via[r, i])
        via_before = split & 1
        via_after = split >> 1
        for m in range(2 * task, 2 * task + 1 + model.reversible[task]):
            a = model.entry[m]
            b = model.exit[m]
            cost = fixed + way_cost(model, here, a, via_before) + way_cost(model, b, there, via_after) - old_cost
            cost += model.serve_cost[m]
            if cost >= spot[SPOT_COST]:
                continue
            time = way_time(model, here, a, via_before) + way_time(model, b, there, via_after) - old_time
            if time + model.serve_time[m] <= room:
                spot[SPOT_COST] = cost
                spot[SPOT_ROUTE] = r
                spot[SPOT_PLACE] = i
                spot[SPOT_MODE] = m
                spot[SPOT_VIA_BEFORE] = via_before
                spot[SPOT_VIA_AFTER] = via_after


@compiled
def find_spot(model: Model, routes: Routes, task: int, spot: Int64, dice: Dice) -> bool:
    """Find the cheapest place over all routes and one empty one of each group; False when there is none."""
    spot[SPOT_COST] = FAR // 2
    spot[SPOT_ROUTE] = -1
    for group in range(len(model.start)):
        if model.allowed[task, group] == 0:
            continue
        tight = model.rules[HAS_FACILITIES] == 0
        least_time = min(model.serve_time[2 * task], model.serve_time[2 * task + 1])
        met_empty = False
        for r in range(model.group_first[group], model.group_first[group + 1]):
            if routes.length[r] == 0:
                if met_empty:
                    continue
                met_empty = True
            if tight and routes.load[r] + model.demand[task] > model.capacity[group]:
                continue
            if routes.time[r] + least_time > model.shift[group]:
                continue
            try_route(model, routes, r, task, spot, dice)
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
