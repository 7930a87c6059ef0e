"""Leave out visits to stations that a route does not need, and choose others."""

from __future__ import annotations

from optimizer.engines.kernels.compiled import compiled, inlined
from optimizer.engines.vehicle_routing.kernels.model import BAD, END_EMPTY, NEVER, Model, Routes, Sheet
from optimizer.engines.vehicle_routing.kernels.rows import (
    begin_sheet,
    end_sheet,
    lay_out_without,
    take_over,
    try_sheet,
    write,
)


@inlined
def is_needed(model: Model, routes: Routes, r: int, i: int) -> bool:
    """Tell whether a route is overloaded, or does not end empty, without its visit `i`."""
    g = model.slot_group[r]
    s = routes.node[r, i] - len(model.value)
    for k in range(model.demand.shape[1]):
        if not model.sites.takes[s, k]:
            continue
        behind = routes.total[r, i + 1, k]
        before = routes.aboard[r, i - 1, k]
        if before > 0 and behind >= NEVER and model.rules[END_EMPTY]:
            return True
        if behind < NEVER and before + behind > model.fleet.capacity[g, k]:
            return True
    return False


@compiled
def tidy(model: Model, routes: Routes, sheet: Sheet, r: int) -> None:
    """Leave out visits that a route does not need, the dearest first."""
    n_stops = len(model.value)
    while routes.length[r] > 0:
        best = routes.cost[r]
        chosen = 0
        for i in range(1, routes.length[r] + 1):
            if routes.node[r, i] < n_stops or (is_needed(model, routes, r, i) and not routes.facts[r, BAD]):
                continue
            lay_out_without(model, routes, sheet, r, i)
            cost = try_sheet(model, routes, sheet, r)
            if cost <= best and cost < NEVER:
                best = cost
                chosen = i
        if chosen == 0:
            return
        lay_out_without(model, routes, sheet, r, chosen)
        take_over(model, routes, sheet, r)


@compiled
def lay_out_changed(model: Model, routes: Routes, sheet: Sheet, r: int, change: tuple[int, int, int]) -> None:
    """Write route `r` with its visit `i` moved behind the node that is `step` further, to station `s`."""
    i, step, s = change
    begin_sheet(model, sheet, r)
    for j in range(1, routes.length[r] + 1):
        if step < 0 and j == i + step:
            write(model, sheet, len(model.value) + s)
        if j == i:
            if step == 0:
                write(model, sheet, len(model.value) + s)
            continue
        write(model, sheet, routes.node[r, j])
        if step > 0 and j == i + step:
            write(model, sheet, len(model.value) + s)
    end_sheet(model, sheet, r)


@compiled
def better_visit(model: Model, routes: Routes, sheet: Sheet, r: int, i: int) -> bool:
    """Move visit `i` of a route by a node, or to another station, where that is cheapest; tell whether it was."""
    best = routes.cost[r]
    chosen = 0
    station = -1
    for s in range(len(model.sites.cost)):
        for step in range(-1, 2):
            if not 1 <= i + step <= routes.length[r]:
                continue
            lay_out_changed(model, routes, sheet, r, (i, step, s))
            cost = try_sheet(model, routes, sheet, r)
            if cost < best:
                best = cost
                chosen = step
                station = s
    if station < 0:
        return False
    lay_out_changed(model, routes, sheet, r, (i, chosen, station))
    take_over(model, routes, sheet, r)
    return True


@compiled
def better_visits(model: Model, routes: Routes, sheet: Sheet, r: int) -> None:
    """Move each visit of a route while that makes it cheaper."""
    n_tries = 4 * routes.length[r]
    i = 1
    while i <= routes.length[r] and n_tries > 0:
        n_tries -= 1
        if routes.node[r, i] >= len(model.value) and better_visit(model, routes, sheet, r, i):
            i = 1
        else:
            i += 1
