"""The best directions and visits for a route whose order is fixed: an exact split (Ulusoy 1985; Prins et al. 2009)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.arc_routing.kernels.labels import Labels, place_visits
from optimizer.engines.arc_routing.kernels.model import NEVER, ONE_KIND, Int8, Int32, Int64, Model, Routes
from optimizer.engines.arc_routing.kernels.walk import walk
from optimizer.engines.kernels.compiled import compiled, inlined


class Sheet(NamedTuple):
    """Scratch of the split, one row a place of the route, one column a direction.

    `whole` is the least cost up to a place with a visit right after it, `begin` where that last trip begins and
    `chosen` the best direction of the place before within the trip last run.
    """

    whole: Int64
    begin: Int64
    chosen: Int64
    old_mode: Int32
    old_via: Int8
    labels: Labels


@inlined
def run_trip(model: Model, routes: Routes, sheet: Sheet, r: int, span: tuple[int, int, int, int]) -> int:
    """Extend a trip from one place to another in every direction, as far as the load allows.

    The best ends are kept in the sheet, and in `chosen` the best direction of the place before each.

    Parameters
    ----------
    span
        First place, the one after the last, whether the trip may end before the last, and the kind of visit before it.

    Returns
    -------
    int
        The place after the last that was reached.
    """
    group = model.slot_group[r]
    p = model.profile[group]
    row, entry, leave, serve_cost, reversible = (
        routes.mode[r],
        model.entry[p],
        model.exit[p],
        model.serve_cost[p],
        model.reversible,
    )
    demand, cost = model.demand[0], model.cost[p]
    whole, begin, chosen = sheet.whole, sheet.begin, sheet.chosen
    first, last, ends_anywhere, via = span
    room = model.capacity[group, 0]
    forth = np.int64(0)
    back = NEVER
    leave_forth = model.start[group]
    leave_back = leave_forth
    if first > 0:
        task = row[first - 1] >> 1
        forth, back = whole[first - 1, 0], whole[first - 1, 1]
        leave_forth, leave_back = leave[2 * task], leave[2 * task + 1]
    for j in range(first, last):
        task = row[j] >> 1
        room -= demand[task]
        if room < 0:
            return j
        way = cost[via if j == first else 0]
        there = entry[2 * task]
        by_forth = forth + way[leave_forth, there]
        by_back = back + way[leave_back, there]
        chosen[j, 0] = by_back < by_forth
        new_forth = min(by_forth, by_back) + serve_cost[2 * task]
        new_back = NEVER
        if reversible[task]:
            there = entry[2 * task + 1]
            by_forth = forth + way[leave_forth, there]
            by_back = back + way[leave_back, there]
            chosen[j, 1] = by_back < by_forth
            new_back = min(by_forth, by_back) + serve_cost[2 * task + 1]
        forth = new_forth
        back = new_back
        leave_forth = leave[2 * task]
        leave_back = leave[2 * task + 1]
        if ends_anywhere or j == last - 1:
            if forth < whole[j, 0]:
                whole[j, 0] = forth
                begin[j, 0] = first
            if back < whole[j, 1]:
                whole[j, 1] = back
                begin[j, 1] = first
    return last


@compiled
def write_back(model: Model, routes: Routes, sheet: Sheet, r: int, end: tuple[int, int]) -> None:
    """Set directions and visits of route `r` from the sheet.

    Parameters
    ----------
    end
        The direction of its last place, and whether visits were placed anew.
    """
    k, full = end
    j = routes.length[r] - 1
    while j >= 0:
        i = sheet.begin[j, k]
        via = 1 if full else sheet.old_via[i]
        if i == 0:
            via = 0
        run_trip(model, routes, sheet, r, (i, j + 1, 0, via))
        for place in range(j, i - 1, -1):
            routes.mode[r, place] = (routes.mode[r, place] >> 1) * 2 + k
            routes.via[r, place] = 0
            k = sheet.chosen[place, k]
        routes.via[r, i] = via
        j = i - 1


@compiled
def run_trips_as_they_are(model: Model, routes: Routes, sheet: Sheet, r: int) -> None:
    """Find the best directions with the visits where they are."""
    n = routes.length[r]
    i = 0
    for j in range(1, n + 1):
        if j == n or routes.via[r, j]:
            run_trip(model, routes, sheet, r, (i, j, 0, routes.via[r, i] if i > 0 else 0))
            i = j


@compiled
def best_end(model: Model, routes: Routes, sheet: Sheet, r: int) -> tuple[int, int]:
    """Return the least cost of the whole route off the sheet, and the direction of its last place."""
    n = routes.length[r]
    group = model.slot_group[r]
    task = routes.mode[r, n - 1] >> 1
    p = model.profile[group]
    way = model.cost[p, routes.via[r, n]]
    best = NEVER
    best_k = 0
    for k in range(1 + model.reversible[task]):
        cost = sheet.whole[n - 1, k] + way[model.exit[p, 2 * task + k], model.end[group]]
        if cost < best:
            best = cost
            best_k = k
    return best + model.fixed[group], best_k


@compiled
def split_trips(model: Model, routes: Routes, sheet: Sheet, r: int, full: int) -> bool:
    """Write the best directions of route `r`, with `full` also its best visits of the one kind, if they are cheaper."""
    n = routes.length[r]
    if full:
        for i in range(n):
            run_trip(model, routes, sheet, r, (i, n, 1, 1 if i > 0 else 0))
    else:
        run_trips_as_they_are(model, routes, sheet, r)
    best, k = best_end(model, routes, sheet, r)
    if best >= routes.cost[r]:
        return False
    write_back(model, routes, sheet, r, (k, full))
    return True


@compiled
def reorient(model: Model, routes: Routes, sheet: Sheet, r: int, full: int) -> None:
    """Give route `r` its best directions, with `full` also its best visits, unless that would break a rule of time.

    Without `full` the work grows with the route's length only, with it also with the length of its trips.
    """
    n = routes.length[r]
    if n == 0:
        return
    for i in range(n):
        sheet.whole[i, 0] = NEVER
        sheet.whole[i, 1] = NEVER
        sheet.old_mode[i] = routes.mode[r, i]
        sheet.old_via[i] = routes.via[r, i]
    sheet.old_via[n] = routes.via[r, n]
    if full and len(model.resets) > 1 and not model.rules[ONE_KIND]:
        if not place_visits(model, routes, sheet.labels, r):
            return
    elif not split_trips(model, routes, sheet, r, full and model.rules[ONE_KIND]):
        return
    walk(model, routes, r)
    if routes.time[r] > model.shift[model.slot_group[r]]:
        for i in range(n):
            routes.mode[r, i] = sheet.old_mode[i]
            routes.via[r, i] = sheet.old_via[i]
        routes.via[r, n] = sheet.old_via[n]
        walk(model, routes, r)
