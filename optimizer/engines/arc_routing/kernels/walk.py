"""The walk that measures a route."""

from __future__ import annotations

from optimizer.engines.arc_routing.kernels.clock import clock_route
from optimizer.engines.arc_routing.kernels.model import TIMED, Model, Routes
from optimizer.engines.kernels.compiled import inlined


@inlined
def weigh(model: Model, routes: Routes, r: int, k: int) -> None:
    """Measure what route `r` uses up of resource `k`."""
    n = routes.length[r]
    row, via_row, demand, resets = routes.mode[r], routes.via[r], model.demand[k], model.resets
    before, trip = routes.before[k, r], routes.trip[k, r]
    load = 0
    total = 0
    for i in range(n):
        amount = demand[row[i] >> 1]
        if via_row[i] and resets[via_row[i], k]:
            load = 0
        load += amount
        total += amount
        before[i] = load
    routes.load[k, r] = total
    for i in range(n - 1, -1, -1):
        trip[i] = load
        if i > 0 and via_row[i] and resets[via_row[i], k]:
            load = before[i - 1]


@inlined
def walk(model: Model, routes: Routes, r: int) -> None:
    """Measure route `r` from its modes and visits: cost, time, loads, and where each task is."""
    n = routes.length[r]
    routes.cost[r] = 0
    routes.busy[r] = 0
    routes.time[r] = 0
    for k in range(len(model.demand)):
        routes.load[k, r] = 0
    if n == 0:
        return
    group = model.slot_group[r]
    p = model.profile[group]
    # Locals, since each look into a tuple of arrays costs more than the look into the array.
    entry, leave, serve_cost, serve_time = model.entry[p], model.exit[p], model.serve_cost[p], model.serve_time[p]
    row, via_row = routes.mode[r], routes.via[r]
    way, lasts = model.cost[p], model.time[p]
    route_of, place_of = routes.route_of, routes.place_of
    cost = model.fixed[group]
    time = model.setup[group]
    here = model.start[group]
    for i in range(n):
        m = row[i]
        task = m >> 1
        there = entry[m]
        via = via_row[i]
        cost += way[via, here, there] + serve_cost[m]
        time += lasts[via, here, there] + serve_time[m]
        route_of[task] = r
        place_of[task] = i
        here = leave[m]
    via = via_row[n]
    routes.cost[r] = cost + way[via, here, model.end[group]]
    routes.busy[r] = time + lasts[via, here, model.end[group]]
    routes.time[r] = routes.busy[r]
    for k in range(len(model.demand)):
        weigh(model, routes, r, k)
    if model.rules[TIMED]:
        clock_route(model, routes, r)
