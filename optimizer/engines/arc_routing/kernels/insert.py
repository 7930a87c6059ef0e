"""Find the cheapest place for a task, and put it there."""

from __future__ import annotations

from optimizer.engines.arc_routing.kernels.aims import mean_time, surcharge
from optimizer.engines.arc_routing.kernels.clock import ends_at, time_with
from optimizer.engines.arc_routing.kernels.model import AIMED, BOUND, ENDS_RESET, FAR, TIMED, Int64, Model, Routes
from optimizer.engines.arc_routing.kernels.walk import walk
from optimizer.engines.kernels.compiled import compiled, inlined
from optimizer.engines.kernels.dice import BLINK_ONE_IN, Dice, draw_below

# Places in a spot: what the search for the cheapest place found.
SPOT_COST = 0
SPOT_ROUTE = 1
SPOT_PLACE = 2
SPOT_MODE = 3
SPOT_VIA_BEFORE = 4
SPOT_VIA_AFTER = 5
SPOT_SIZE = 6


@compiled
def holds(model: Model, routes: Routes, at: tuple[int, int, int], via_before: int, via_after: int) -> bool:
    """Tell whether the loads allow a task at a place of a route, with these visits before and after it.

    Parameters
    ----------
    at
        The route, the place, the task.
    """
    r, i, task = at
    n = routes.length[r]
    group = model.slot_group[r]
    via = routes.via[r, i]
    for k in range(len(model.demand)):
        ahead = routes.before[k, r, i - 1] if i > 0 else 0
        rest = 0
        if i < n:
            rest = routes.trip[k, r, i]
            if i > 0 and not (via and model.resets[via, k]):
                rest -= ahead
        load = model.demand[k, task]
        if not (via_before and model.resets[via_before, k]):
            load += ahead
        if not (via_after and model.resets[via_after, k]):
            load += rest
        if load > model.capacity[group, k]:
            return False
    return True


@compiled
def price(model: Model, routes: Routes, spot: Int64, at: tuple[int, int, int], away: int) -> None:
    """Price a mode at a place of a route with every choice of visits before and after it; keep the cheapest in `spot`.

    Parameters
    ----------
    at
        The route, the place, the mode.
    away
        What serving the task by this vehicle costs beside.
    """
    r, i, m = at
    n = routes.length[r]
    group = model.slot_group[r]
    p = model.profile[group]
    cost, time, resets = model.cost, model.time, model.resets
    here = model.exit[p, routes.mode[r, i - 1]] if i > 0 else model.start[group]
    there = model.entry[p, routes.mode[r, i]] if i < n else model.end[group]
    a = model.entry[p, m]
    b = model.exit[p, m]
    base = model.serve_cost[p, m] + away
    busy = model.serve_time[p, m]
    if n > 0:
        base -= cost[p, routes.via[r, i], here, there]
        busy += routes.busy[r] - time[p, routes.via[r, i], here, there]
    else:
        base += model.fixed[group]
        busy += model.setup[group]
    n_before = len(resets) if i > 0 else 1
    n_after = len(resets) if i < n or model.rules[ENDS_RESET] else 1
    for via_before in range(n_before):
        for via_after in range(n_after):
            extra = base + cost[p, via_before, here, a] + cost[p, via_after, b, there]
            if extra >= spot[SPOT_COST] or (i == n and model.rules[ENDS_RESET] and not resets[via_after, 0]):
                continue
            if busy + time[p, via_before, here, a] + time[p, via_after, b, there] > model.shift[group]:
                continue
            if not holds(model, routes, (r, i, m >> 1), via_before, via_after):
                continue
            if model.rules[TIMED] and time_with(model, routes, r, i, (m, via_before, via_after)) > model.shift[group]:
                continue
            spot[SPOT_COST] = extra
            spot[SPOT_ROUTE] = r
            spot[SPOT_PLACE] = i
            spot[SPOT_MODE] = m
            spot[SPOT_VIA_BEFORE] = via_before
            spot[SPOT_VIA_AFTER] = via_after


@compiled
def places_for(model: Model, routes: Routes, r: int, task: int) -> tuple[int, int]:
    """Return the first and the last place at which a task may stand in a route, by the order that it stands in."""
    first = 0
    last = routes.length[r]
    bonds = model.bonds
    order = bonds.order[task]
    if order < 0:
        return first, last
    is_later = False
    for k in range(bonds.first[order], bonds.first[order + 1]):
        other = bonds.row[k]
        if other == task:
            is_later = True
        elif routes.route_of[other] == r:
            if is_later:
                last = min(last, routes.place_of[other])
            else:
                first = max(first, routes.place_of[other] + 1)
    return first, last


@inlined
def comes_too_late(model: Model, routes: Routes, at: tuple[int, int, int], here: int, there: int) -> bool:
    """Tell whether a mode between two stops is surely too late, for its own windows or for what comes after it.

    Ways without visits are counted and breaks are not, so what passes here has still to be walked by the clock.
    """
    r, i, m = at
    group = model.slot_group[r]
    p = model.profile[group]
    left = routes.done[r, i - 1] if i > 0 else model.clock.begin[group] + model.setup[group]
    arrive = left + model.time[p, 0, here, model.entry[p, m]]
    end = ends_at(model.clock.windows[m >> 1], arrive, model.serve_time[p, m])
    return end + model.time[p, 0, model.exit[p, m], there] > routes.latest[r, i]  # type: ignore[no-any-return]


@inlined
def try_route(model: Model, routes: Routes, at: tuple[int, int], spot: Int64, dice: Dice, mean: float) -> None:
    """Look for a place for a task in a route that is cheaper than the one in `spot`.

    Ways without visits are looked at first, since they are the cheapest: what is dearer even by them need not be priced.

    Parameters
    ----------
    at
        The route and the task.
    mean
        Mean time of all routes; matters only where balance is wanted.
    """
    r, task = at
    group = model.slot_group[r]
    p = model.profile[group]
    away = surcharge(model, routes, r, task, mean) if model.rules[AIMED] else 0
    # Locals, since each look into a tuple of arrays costs more than the look into the array.
    way, direct = model.cost[p], model.cost[p, 0]
    entry, leave, row, via_row = model.entry[p], model.exit[p], routes.mode[r], routes.via[r]
    serve_cost, blink = model.serve_cost[p], dice.blink
    lasts, quick, serve_time = model.time[p], model.time[p, 0], model.serve_time[p]
    n = routes.length[r]
    slack = model.shift[group] - routes.busy[r]
    last_mode = 2 * task + model.reversible[task]
    is_plain = len(model.resets) == 1 and not model.rules[TIMED]
    timed = model.rules[TIMED]
    first, last = (0, n)
    if model.rules[BOUND]:
        first, last = places_for(model, routes, r, task)
    here = leave[row[first - 1]] if first > 0 else model.start[group]
    for i in range(first, last + 1):
        there = entry[row[i]] if i < n else model.end[group]
        blink[0] -= 1
        if blink[0] > 0:
            old = way[via_row[i], here, there] - away
            old_time = lasts[via_row[i], here, there]
            for m in range(2 * task, last_mode + 1):
                extra = serve_cost[m] + direct[here, entry[m]] + direct[leave[m], there] - old
                if extra >= spot[SPOT_COST] or (timed and comes_too_late(model, routes, (r, i, m), here, there)):
                    continue
                if not is_plain:
                    price(model, routes, spot, (r, i, m), away)
                elif serve_time[m] + quick[here, entry[m]] + quick[leave[m], there] - old_time <= slack:
                    spot[SPOT_COST] = extra
                    spot[SPOT_ROUTE] = r
                    spot[SPOT_PLACE] = i
                    spot[SPOT_MODE] = m
                    spot[SPOT_VIA_BEFORE] = 0
                    spot[SPOT_VIA_AFTER] = 0
        else:
            blink[0] = 1 + draw_below(dice, 2 * BLINK_ONE_IN)
        if i < n:
            here = leave[row[i]]


@compiled
def try_empty(model: Model, routes: Routes, at: tuple[int, int], spot: Int64, mean: float) -> None:
    """Look whether beginning a route with a task is cheaper than the place in `spot`; otherwise as `try_route`."""
    r, task = at
    away = surcharge(model, routes, r, task, mean) if model.rules[AIMED] else 0
    for m in range(2 * task, 2 * task + 1 + model.reversible[task]):
        price(model, routes, spot, (r, 0, m), away)


@compiled
def only_slot(model: Model, routes: Routes, task: int) -> int:
    """Return the only slot that may serve a task, by its lock or by others of its order; -1 any, -2 none."""
    bonds = model.bonds
    only = bonds.slot[task]
    order = bonds.order[task]
    if order < 0:
        return only  # type: ignore[no-any-return]
    for k in range(bonds.first[order], bonds.first[order + 1]):
        r = routes.route_of[bonds.row[k]]
        if r >= 0:
            if only not in (-1, r):
                return -2
            only = r
    return only  # type: ignore[no-any-return]


@inlined
def has_room(model: Model, routes: Routes, r: int, task: int) -> bool:
    """Tell whether a route that cannot be reset has room for a task."""
    group = model.slot_group[r]
    fits = True
    for k in range(len(model.demand)):
        fits = fits and routes.load[k, r] + model.demand[k, task] <= model.capacity[group, k]
    return fits


@inlined
def find_spot(model: Model, routes: Routes, task: int, spot: Int64, dice: Dice) -> bool:
    """Find the cheapest place over all routes and one empty one of each group; False when there is none."""
    length, busy = routes.length, routes.busy
    spot[SPOT_COST] = FAR // 2
    spot[SPOT_ROUTE] = -1
    only = only_slot(model, routes, task) if model.rules[BOUND] else -1
    tight = len(model.resets) == 1
    mean = mean_time(routes) if model.rules[AIMED] else 0.0
    for group in range(len(model.start)):
        if model.allowed[task, group] == 0:
            continue
        empty = -1
        most_time = model.shift[group] - model.least_time[model.profile[group], task]
        begin, end = model.group_first[group], model.group_first[group + 1]
        if only != -1:
            begin, end = max(begin, only), min(end, only + 1)
        for r in range(begin, end):
            if length[r] == 0:
                if empty < 0 or model.aims.home[task] == r:
                    empty = r
            elif busy[r] <= most_time and (not tight or has_room(model, routes, r, task)):
                try_route(model, routes, (r, task), spot, dice, mean)
        if empty >= 0:
            try_empty(model, routes, (empty, task), spot, mean)
    return spot[SPOT_ROUTE] >= 0  # type: ignore[no-any-return]


@inlined
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
