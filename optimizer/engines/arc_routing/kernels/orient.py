"""The best directions and emptyings for a route whose order is fixed: an exact split (Ulusoy 1985; Prins et al. 2009)."""

from __future__ import annotations

from typing import NamedTuple

from optimizer.engines.arc_routing.kernels.compiled import compiled
from optimizer.engines.arc_routing.kernels.model import HAS_FACILITIES, Int8, Int32, Int64, Model, Routes, walk, way_cost

NEVER = 1 << 60


class Sheet(NamedTuple):
    """Scratch of the split, one row a place of the route, one column a direction.

    `whole` is the least cost up to a place with an emptying right after it, `begin` where that last trip begins and
    `entered` the direction in which the place before that trip was left.
    """

    whole: Int64
    begin: Int64
    chosen: Int64
    old_mode: Int32
    old_via: Int8


@compiled
def first_cost(model: Model, routes: Routes, sheet: Sheet, ask: tuple[int, int, int]) -> tuple[int, int]:
    """Return the least cost of beginning a trip at a place in a mode, and the direction of the place before."""
    r, i, m = ask
    if i == 0:
        return way_cost(model, model.start[model.slot_group[r]], model.entry[m], 0) + model.serve_cost[m], 0
    best = NEVER
    chosen = 0
    task = routes.mode[r, i - 1] >> 1
    for k in range(1 + model.reversible[task]):
        if sheet.whole[i - 1, k] < NEVER:
            cost = sheet.whole[i - 1, k] + way_cost(model, model.exit[2 * task + k], model.entry[m], 1)
            if cost < best:
                best = cost
                chosen = k
    return best + model.serve_cost[m], chosen


@compiled
def run_trip(model: Model, routes: Routes, sheet: Sheet, r: int, i: int) -> None:
    """Extend the trip that begins at place `i` as far as the load allows; the best ends are kept in the sheet."""
    capacity = model.capacity[model.slot_group[r]]
    one_trip = model.rules[HAS_FACILITIES] == 0
    task = routes.mode[r, i] >> 1
    load = model.demand[task]
    costs = (NEVER, NEVER)
    forth, _ = first_cost(model, routes, sheet, (r, i, 2 * task))
    back = NEVER
    if model.reversible[task]:
        back, _ = first_cost(model, routes, sheet, (r, i, 2 * task + 1))
    j = i
    while True:
        costs = (forth, back)
        if not one_trip or j == routes.length[r] - 1:
            for k in range(2):
                if costs[k] < sheet.whole[j, k]:
                    sheet.whole[j, k] = costs[k]
                    sheet.begin[j, k] = i
        j += 1
        if j == routes.length[r]:
            return
        load += model.demand[routes.mode[r, j] >> 1]
        if load > capacity:
            return
        (forth, _), (back, _) = step(model, routes, costs, r, j)


@compiled
def step(model: Model, routes: Routes, costs: tuple[int, int], r: int, j: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return cost and best direction before, for place `j` in both its directions, after `costs` at the place before it."""
    before = routes.mode[r, j - 1] >> 1
    task = routes.mode[r, j] >> 1
    forth = (NEVER, 0)
    back = (NEVER, 0)
    for k in range(1 + model.reversible[before]):
        leave = model.exit[2 * before + k]
        cost = costs[k] + way_cost(model, leave, model.entry[2 * task], 0) + model.serve_cost[2 * task]
        if cost < forth[0]:
            forth = (cost, k)
        if model.reversible[task]:
            cost = costs[k] + way_cost(model, leave, model.entry[2 * task + 1], 0) + model.serve_cost[2 * task + 1]
            if cost < back[0]:
                back = (cost, k)
    return forth, back


@compiled
def write_back(model: Model, routes: Routes, sheet: Sheet, r: int, k: int) -> None:
    """Set directions and flags of route `r` from the sheet, its last place being served in direction `k`."""
    j = routes.length[r] - 1
    while j >= 0:
        i = sheet.begin[j, k]
        task = routes.mode[r, i] >> 1
        forth, entered_forth = first_cost(model, routes, sheet, (r, i, 2 * task))
        back = NEVER
        entered_back = 0
        if model.reversible[task]:
            back, entered_back = first_cost(model, routes, sheet, (r, i, 2 * task + 1))
        for place in range(i + 1, j + 1):
            (forth, k_forth), (back, k_back) = step(model, routes, (forth, back), r, place)
            sheet.chosen[place, 0] = k_forth
            sheet.chosen[place, 1] = k_back
        for place in range(j, i - 1, -1):
            routes.mode[r, place] = (routes.mode[r, place] >> 1) * 2 + k
            routes.via[r, place] = 0
            if place > i:
                k = sheet.chosen[place, k]
        routes.via[r, i] = 1 if i > 0 else 0
        k = entered_back if k else entered_forth
        j = i - 1


@compiled
def reorient(model: Model, routes: Routes, sheet: Sheet, r: int) -> None:
    """Give route `r` its best directions and emptyings, unless that would break its shift."""
    n = routes.length[r]
    if n == 0:
        return
    for i in range(n):
        sheet.whole[i, 0] = NEVER
        sheet.whole[i, 1] = NEVER
        sheet.old_mode[i] = routes.mode[r, i]
        sheet.old_via[i] = routes.via[r, i]
    run_trip(model, routes, sheet, r, 0)
    if model.rules[HAS_FACILITIES]:
        for i in range(1, n):
            run_trip(model, routes, sheet, r, i)
    group = model.slot_group[r]
    best = NEVER
    best_k = 0
    task = routes.mode[r, n - 1] >> 1
    for k in range(1 + model.reversible[task]):
        if sheet.whole[n - 1, k] < NEVER:
            end = way_cost(model, model.exit[2 * task + k], model.end[group], routes.via[r, n])
            if sheet.whole[n - 1, k] + end < best:
                best = sheet.whole[n - 1, k] + end
                best_k = k
    if best + model.fixed[group] >= routes.cost[r]:
        return
    write_back(model, routes, sheet, r, best_k)
    walk(model, routes, r)
    if routes.time[r] > model.shift[group]:
        for i in range(n):
            routes.mode[r, i] = sheet.old_mode[i]
            routes.via[r, i] = sheet.old_via[i]
        walk(model, routes, r)
