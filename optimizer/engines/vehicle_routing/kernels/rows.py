"""Write rows to be tried, and take them over."""

from __future__ import annotations

from optimizer.engines.kernels.compiled import compiled, inlined
from optimizer.engines.vehicle_routing.kernels.assess import assess
from optimizer.engines.vehicle_routing.kernels.bays import hold, let_go
from optimizer.engines.vehicle_routing.kernels.measure import measure
from optimizer.engines.vehicle_routing.kernels.model import BAD, END_EMPTY, HELD, N_FACTS, NEVER, Model, Routes, Sheet

# How a stop is put into a gap: alone, with a visit to a station right behind or right before it, or with as many visits at
# the route's end as its loads need.
ALONE = 0
STATION_BEHIND = 1
STATION_BEFORE = 2
STATIONS_AT_END = 3


@inlined
def write(model: Model, sheet: Sheet, node: int) -> None:
    """Add a node to a sheet's row."""
    n = sheet.length[0] + 1
    sheet.node[n] = node
    sheet.place[n] = model.place[node]
    sheet.length[0] = n


@inlined
def begin_sheet(model: Model, sheet: Sheet, r: int) -> None:
    """Begin an empty row for slot `r`."""
    sheet.length[0] = 0
    sheet.place[0] = model.fleet.start[model.slot_group[r]]


@inlined
def end_sheet(model: Model, sheet: Sheet, r: int) -> None:
    """Write the end place behind a sheet's row."""
    sheet.place[sheet.length[0] + 1] = model.fleet.end[model.slot_group[r]]


@compiled
def count_left(model: Model, sheet: Sheet) -> int:
    """Write what is aboard at the end of a row; return for how many loads that is not nothing."""
    n_stops = len(model.value)
    n_left = 0
    for k in range(len(sheet.left)):
        left = 0
        for i in range(1, sheet.length[0] + 1):
            node = sheet.node[i]
            if node < n_stops:
                left += model.demand[node, k]
            elif model.sites.takes[node - n_stops, k]:
                left = 0
        sheet.left[k] = left
        n_left += 1 if left > 0 else 0
    return n_left


@compiled
def best_station(model: Model, sheet: Sheet, r: int) -> int:
    """Return the station for what is left at a row's end: least way for each load that it takes; -1 where there is none."""
    fleet, g = model.fleet, model.slot_group[r]
    way = model.way[fleet.profile[g]]
    here = sheet.place[sheet.length[0]]
    best = -1
    least = 0.0
    for s in range(len(model.sites.cost)):
        n_taken = 0
        for k in range(len(sheet.left)):
            n_taken += 1 if sheet.left[k] > 0 and model.sites.takes[s, k] else 0
        if n_taken == 0:
            continue
        there = model.place[len(model.value) + s]
        cost = float(model.sites.cost[s])
        come, go = way[here, there], way[there, fleet.end[g]]
        cost += fleet.cost_m[g] * (come[1] + go[1]) + (1 + fleet.cost_s[g]) * (come[0] + go[0])
        if best < 0 or cost / n_taken < least:
            best = s
            least = cost / n_taken
    return best


@compiled
def empty_at_end(model: Model, sheet: Sheet, r: int) -> None:
    """Add the visits to stations that a row needs to end empty."""
    while count_left(model, sheet) > 0:
        s = best_station(model, sheet, r)
        if s < 0:
            return
        write(model, sheet, len(model.value) + s)


@compiled
def lay_out(model: Model, routes: Routes, sheet: Sheet, spot: tuple[int, int, int, int, int]) -> None:
    """Write route `r` with a stop put into a gap, which is before the row's node `i`.

    Parameters
    ----------
    spot
        The slot, the gap, how the stop is put there, the station, the stop.
    """
    r, i, how, station, stop = spot
    begin_sheet(model, sheet, r)
    for j in range(1, routes.length[r] + 2):
        if j == i:
            if how == STATION_BEFORE:
                write(model, sheet, len(model.value) + station)
            write(model, sheet, stop)
            if how == STATION_BEHIND:
                write(model, sheet, len(model.value) + station)
        if j <= routes.length[r]:
            write(model, sheet, routes.node[r, j])
    if how == STATIONS_AT_END and model.rules[END_EMPTY]:
        empty_at_end(model, sheet, r)
    end_sheet(model, sheet, r)


@compiled
def lay_out_without(model: Model, routes: Routes, sheet: Sheet, r: int, i: int) -> None:
    """Write route `r` without its node `i`."""
    begin_sheet(model, sheet, r)
    for j in range(1, routes.length[r] + 1):
        if j != i:
            write(model, sheet, routes.node[r, j])
    end_sheet(model, sheet, r)


@compiled
def try_sheet(model: Model, routes: Routes, sheet: Sheet, r: int) -> int:
    """Return cost and terms of a row as the route of slot `r`; NEVER where it breaks a rule."""
    held = model.rules[HELD] and routes.length[r] > 0 and not routes.facts[r, BAD]
    if held:
        let_go(model, routes, r)
    cost = assess(model, routes, sheet, r)
    if held:
        hold(model, routes, r)
    return cost


@compiled
def take_over(model: Model, routes: Routes, sheet: Sheet, r: int) -> None:
    """Make a row the route of slot `r`; where it breaks a rule, the route is marked as bad."""
    if model.rules[HELD] and routes.length[r] > 0 and not routes.facts[r, BAD]:
        let_go(model, routes, r)
    n = sheet.length[0]
    cost = assess(model, routes, sheet, r) if n > 0 else 0
    routes.length[r] = n
    for i in range(n + 2):
        routes.node[r, i] = sheet.node[i]
        routes.place[r, i] = sheet.place[i]
        routes.begin[r, i] = sheet.begin[i]
        routes.rested[r, i] = sheet.rested[i]
    for k in range(routes.rest_begin.shape[1]):
        routes.rest_begin[r, k] = sheet.rest_begin[k]
    for k in range(N_FACTS):
        routes.facts[r, k] = sheet.facts[k] if n > 0 else 0
    for s in range(len(sheet.flow)):
        routes.flow[r, s] = sheet.flow[s] if n > 0 else 0
    routes.facts[r, BAD] = 1 if cost >= NEVER else 0
    routes.cost[r] = cost
    measure(model, routes, r)
    if model.rules[HELD] and n > 0 and cost < NEVER:
        hold(model, routes, r)
