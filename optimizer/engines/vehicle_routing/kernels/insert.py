"""Find the cheapest place for a stop, and put it there."""

from __future__ import annotations

from typing import NamedTuple

from optimizer.engines.kernels.compiled import compiled, inlined
from optimizer.engines.kernels.dice import BLINK_ONE_IN, Dice, draw_below
from optimizer.engines.vehicle_routing.kernels.assess import weigh_change, weigh_time
from optimizer.engines.vehicle_routing.kernels.model import (
    ALL_TAKE,
    AT_WHEEL,
    BAD,
    BOUND,
    END_EMPTY,
    LASTS,
    LATE,
    NEVER,
    NO_WAY,
    RANGED,
    RELEASE_AHEAD,
    RELEASE_BEHIND,
    RELEASED,
    STAY,
    TRIPS,
    UNLIMITED,
    Int8,
    Int64,
    Model,
    Routes,
    Sheet,
)
from optimizer.engines.vehicle_routing.kernels.rows import (
    ALONE,
    STATION_BEFORE,
    STATION_BEHIND,
    STATIONS_AT_END,
    lay_out,
    take_over,
    try_sheet,
)
from optimizer.engines.vehicle_routing.kernels.segments import (
    add_way,
    ahead_released,
    held_until,
    lasts_with,
    segment_ahead,
)

# Places in Finder.spot: what the search for the cheapest place found.
SPOT_COST = 0
SPOT_ROUTE = 1
SPOT_GAP = 2
SPOT_HOW = 3
SPOT_STATION = 4
SPOT_SIZE = 5

# Spots kept to be walked.
MOST_QUEUED = 12

# Visits to stations that one insertion adds at most, beside one for each load; and start and end of a row.
ROOM = 4


class Finder(NamedTuple):
    """What the search for a place works with.

    A sheet, dice, the cheapest spot, gaps (n, 2) to be priced, and which slots (n_slots,) it may change. `queue` (n, 5) are
    spots that must be walked, the one that may be cheapest first, `n_queued` (1,) their number.
    """

    sheet: Sheet
    dice: Dice
    spot: Int64
    gaps: Int64
    mine: Int8
    queue: Int64
    n_queued: Int64


@inlined
def fits(model: Model, routes: Routes, at: tuple[int, int, int], how: int, station: int) -> bool:
    """Tell whether compartments hold a stop in a gap.

    Parameters
    ----------
    at
        The slot, the gap, the stop.
    """
    r, i, stop = at
    capacity = model.fleet.capacity[model.slot_group[r]]
    for k in range(model.demand.shape[1]):
        amount = model.demand[stop, k]
        load = routes.total[r, i, k]
        if how != ALONE and model.sites.takes[station, k]:
            behind = routes.aboard[r, i - 1, k]
            load = behind if how == STATION_BEHIND else load - behind if load < NEVER else load
        if amount > 0 and load + amount > capacity[k]:
            return False
    return True


@inlined
def fits_route(model: Model, routes: Routes, r: int, stop: int) -> bool:
    """Tell whether a route may take a stop's loads aboard at all."""
    g = model.slot_group[r]
    for k in range(model.demand.shape[1]):
        amount = model.demand[stop, k]
        if amount > 0 and (routes.load[r, k] + amount > model.fleet.most[g, k] or amount > model.fleet.capacity[g, k]):
            return False
    return True


@inlined
def note(spot: Int64, cost: int, at: tuple[int, int, int], how: tuple[int, int]) -> None:
    """Keep a spot."""
    spot[SPOT_COST] = cost
    spot[SPOT_ROUTE] = at[0]
    spot[SPOT_GAP] = at[1]
    spot[SPOT_HOW] = how[0]
    spot[SPOT_STATION] = how[1]


@inlined
def queue_spot(finder: Finder, cost: int, at: tuple[int, int, int], how: tuple[int, int]) -> None:
    """Keep a spot to be walked, unless there are enough that may be cheaper."""
    queue = finder.queue
    k = finder.n_queued[0]
    if k < len(queue):
        finder.n_queued[0] += 1
    elif cost >= queue[k - 1, SPOT_COST]:
        return
    else:
        k -= 1
    while k > 0 and queue[k - 1, SPOT_COST] > cost:
        for column in range(SPOT_SIZE):
            queue[k, column] = queue[k - 1, column]
        k -= 1
    note(queue[k], cost, at, how)


@compiled
def walk_queue(model: Model, routes: Routes, finder: Finder, stop: int) -> None:
    """Walk the spots that may be cheapest until one is no dearer than the next may be."""
    spot = finder.spot
    for k in range(finder.n_queued[0]):
        queued = finder.queue[k]
        if queued[SPOT_COST] >= spot[SPOT_COST]:
            break
        r = queued[SPOT_ROUTE]
        lay_out(model, routes, finder.sheet, (r, queued[SPOT_GAP], queued[SPOT_HOW], queued[SPOT_STATION], stop))
        cost = try_sheet(model, routes, finder.sheet, r)
        if cost < NEVER and cost - routes.cost[r] < spot[SPOT_COST]:
            for column in range(SPOT_SIZE):
                spot[column] = queued[column]
            spot[SPOT_COST] = cost - routes.cost[r]
    finder.n_queued[0] = 0


@inlined
def offer(model: Model, routes: Routes, finder: Finder, at: tuple[int, int, int], how: tuple[int, int], cost: int) -> None:
    """Keep a spot if it is the cheapest; where the clock decides, `cost` is at most what it costs."""
    if cost >= finder.spot[SPOT_COST]:
        return
    if model.fleet.by_clock[model.slot_group[at[0]]]:
        queue_spot(finder, cost, at, how)
    else:
        note(finder.spot, cost, at, how)


@inlined
def allows(model: Model, routes: Routes, at: tuple[int, int, int], how: int, drive: int) -> bool:
    """Tell whether trips and time at the wheel allow a stop in a gap."""
    r, i, _ = at
    g = model.slot_group[r]
    if routes.facts[r, AT_WHEEL] + drive > model.fleet.driving[g]:
        return False
    if model.fleet.n_trips[g] >= UNLIMITED:
        return True
    n_stops = len(model.value)
    n = routes.length[r]
    is_new = (i == 1 or routes.node[r, i - 1] >= n_stops) and (i == n + 1 or routes.node[r, i] >= n_stops)
    return routes.facts[r, TRIPS] + (1 if is_new or how != ALONE else 0) <= model.fleet.n_trips[g]  # type: ignore[no-any-return]


@inlined
def price_of(model: Model, routes: Routes, r: int, metres: int, lasts: int) -> int:
    """Return what a route's change costs: metres more, and its new duration."""
    g = model.slot_group[r]
    before = routes.facts[r, LASTS]
    return (  # type: ignore[no-any-return]
        model.fleet.cost_m[g] * metres
        + model.fleet.cost_s[g] * (lasts - before)
        + weigh_time(model, lasts)
        - weigh_time(model, before)
    )


@inlined
def ahead_of(model: Model, routes: Routes, at: tuple[int, int, int], how: int) -> tuple[int, int, int]:
    """Return the segment from the start to a gap, where the trip that a stop in the gap would end or join waits for all."""
    r, i, stop = at
    if not model.rules[RELEASED]:
        return segment_ahead(routes.segment[r], i - 1)
    release = routes.trip[r, i - 1, RELEASE_AHEAD]
    if how != STATION_BEFORE:
        release = max(release, model.release[stop])
    if how == ALONE:
        release = max(release, routes.trip[r, i, RELEASE_BEHIND])
    return ahead_released(model, routes, r, i - 1, release)


@inlined
def add_visit(
    model: Model, routes: Routes, at: tuple[int, int, int], how: int, leg: tuple[tuple[int, int, int], int, Int64]
) -> tuple[int, int, int]:
    """Drive on to a station, and leave it when the stops behind the gap, and the stop if it is one of them, are released.

    Parameters
    ----------
    leg
        Segment up to where the drive begins, its seconds, and the hours of the station.
    """
    r, i, stop = at
    ahead, drive, hours = leg
    ahead = add_way(ahead, drive, hours)
    if model.rules[RELEASED]:
        release = routes.trip[r, i, RELEASE_BEHIND]
        if how == STATION_BEFORE:
            release = max(release, model.release[stop])
        ahead = held_until(ahead, release, hours[LATE] + hours[STAY])
    return ahead


@compiled
def price_with_station(model: Model, routes: Routes, finder: Finder, at: tuple[int, int, int], how: int, base: int) -> None:
    """Price a stop in a gap with a visit to each handy station before or behind it.

    Parameters
    ----------
    base
        What the stop costs beside ways, time and the visit.
    """
    r, i, stop = at
    g = model.slot_group[r]
    p = model.fleet.profile[g]
    way, hours, n_stops, segment = model.way[p], model.hours[p], len(model.value), routes.segment[r]
    a, x, b = routes.place[r, i - 1], model.place[stop], routes.place[r, i]
    for k in range(model.handy.shape[1]):
        s = model.handy[stop, k]
        if s < 0:
            break
        if not fits(model, routes, at, how, s):
            continue
        y = model.place[n_stops + s]
        first, second = (x, y) if how == STATION_BEHIND else (y, x)
        if max(way[a, first, 0], way[first, second, 0], way[second, b, 0]) >= NO_WAY:
            continue
        drive = way[a, first, 0] + way[first, second, 0] + way[second, b, 0]
        metres = way[a, first, 1] + way[first, second, 1] + way[second, b, 1]
        if routes.length[r] > 0:
            drive -= way[a, b, 0]
            metres -= way[a, b, 1]
        dear = base + model.sites.cost[s] + model.fleet.cost_m[g] * metres >= finder.spot[SPOT_COST]
        if dear and model.fleet.cost_s[g] == 0:
            continue
        ahead = ahead_of(model, routes, at, how)
        if how == STATION_BEHIND:
            ahead = add_way(ahead, way[a, first, 0], hours[stop])
            ahead = add_visit(model, routes, at, how, (ahead, way[first, second, 0], hours[n_stops + s]))
        else:
            ahead = add_visit(model, routes, at, how, (ahead, way[a, first, 0], hours[n_stops + s]))
            ahead = add_way(ahead, way[first, second, 0], hours[stop])
        if ahead[1] >= NEVER:
            continue
        lasts = lasts_with(ahead, way[second, b, 0], segment, i)
        if lasts > model.fleet.shift[g] or not allows(model, routes, at, how, drive):
            continue
        cost = base + model.sites.cost[s] + price_of(model, routes, r, metres, lasts)
        offer(model, routes, finder, at, (how, s), cost)


@inlined
def price_alone(model: Model, routes: Routes, finder: Finder, at: tuple[int, int, int], base: int) -> bool:
    """Price a stop in a gap where it needs no visit to a station; tell whether it misses a window there."""
    r, i, stop = at
    g = model.slot_group[r]
    p = model.fleet.profile[g]
    way, segment = model.way[p], routes.segment[r]
    a, x, b = routes.place[r, i - 1], model.place[stop], routes.place[r, i]
    come, go = way[a, x], way[x, b]
    metres = come[1] + go[1]
    drive = come[0] + go[0]
    if routes.length[r] > 0:
        metres -= way[a, b, 1]
        drive -= way[a, b, 0]
    if come[0] >= NO_WAY or go[0] >= NO_WAY:
        return False
    ahead = add_way(ahead_of(model, routes, at, ALONE), come[0], model.hours[p, stop])
    if ahead[1] >= NEVER:
        return True
    lasts = lasts_with(ahead, go[0], segment, i)
    if lasts <= model.fleet.shift[g] and allows(model, routes, at, ALONE, drive):
        offer(model, routes, finder, at, (ALONE, 0), base + price_of(model, routes, r, metres, lasts))
    return lasts >= NEVER


@inlined
def has_no_sink(model: Model, routes: Routes, at: tuple[int, int, int]) -> bool:
    """Tell whether a load of a stop in a gap is not emptied behind it."""
    r, i, stop = at
    n_without = 0
    for k in range(model.demand.shape[1]):
        n_without += 1 if model.demand[stop, k] > 0 and routes.total[r, i, k] >= NEVER else 0
    return n_without > 0


@inlined
def is_far(model: Model, routes: Routes, at: tuple[int, int, int]) -> bool:
    """Tell whether a stop in a gap, alone, makes the way between two chargings too long."""
    r, i, stop = at
    g = model.slot_group[r]
    way = model.way[model.fleet.profile[g]]
    a, x, b = routes.place[r, i - 1], model.place[stop], routes.place[r, i]
    metres = way[a, x, 1] + way[x, b, 1]
    if routes.length[r] > 0:
        metres += routes.stretch[r, i] - way[a, b, 1]
    return metres > model.fleet.reach[g]  # type: ignore[no-any-return]


@inlined
def is_dear(model: Model, routes: Routes, finder: Finder, at: tuple[int, int, int]) -> bool:
    """Tell whether the metres alone that a stop in a gap adds cost as much as the cheapest place; no if time costs too."""
    r, i, stop = at
    g = model.slot_group[r]
    if model.fleet.cost_s[g] > 0:
        return False
    way = model.way[model.fleet.profile[g]]
    a, x, b = routes.place[r, i - 1], model.place[stop], routes.place[r, i]
    metres = way[a, x, 1] + way[x, b, 1]
    if routes.length[r] > 0:
        metres -= way[a, b, 1]
    return model.fleet.cost_m[g] * metres >= finder.spot[SPOT_COST]  # type: ignore[no-any-return]


@inlined
def price_gap(model: Model, routes: Routes, finder: Finder, at: tuple[int, int, int]) -> None:
    """Price a stop in a gap in every way that may be feasible."""
    r = at[0]
    base = weigh_change(model, r, at[2])
    if routes.length[r] == 0:
        base += model.fleet.fixed[model.slot_group[r]]
    if fits(model, routes, at, ALONE, 0) and not (model.rules[RANGED] and is_far(model, routes, at)):
        is_late = price_alone(model, routes, finder, at, base)
        # Of two trips one may begin before all is released that both collect.
        if not (is_late and model.rules[RELEASED]):
            return
    price_with_station(model, routes, finder, at, STATION_BEHIND, base)
    price_with_station(model, routes, finder, at, STATION_BEFORE, base)
    if model.rules[END_EMPTY] and not model.rules[ALL_TAKE] and has_no_sink(model, routes, at):
        queue_spot(finder, base, at, (STATIONS_AT_END, 0))


@inlined
def may_enter(model: Model, routes: Routes, finder: Finder, r: int, stop: int) -> bool:
    """Tell whether a stop may be put into route `r` at all."""
    if not finder.mine[r] or routes.facts[r, BAD] or not model.allowed[stop, model.slot_group[r]]:
        return False
    if routes.length[r] + model.demand.shape[1] + ROOM > routes.node.shape[1]:
        return False
    return fits_route(model, routes, r, stop)


@compiled
def price_gaps(model: Model, routes: Routes, finder: Finder, stop: int, n_gaps: int) -> None:
    """Price a stop in the gaps listed, but for some passed over by lot."""
    blink = finder.dice.blink
    for k in range(n_gaps):
        blink[0] -= 1
        if blink[0] <= 0:
            blink[0] = 1 + draw_below(finder.dice, 2 * BLINK_ONE_IN)
            continue
        at = (finder.gaps[k, 0], finder.gaps[k, 1], stop)
        if not is_dear(model, routes, finder, at) and may_enter(model, routes, finder, at[0], stop):
            price_gap(model, routes, finder, at)
    if finder.n_queued[0] > 0:
        walk_queue(model, routes, finder, stop)


@inlined
def list_gap(finder: Finder, n_gaps: int, r: int, i: int) -> int:
    """Add a gap to the list, and return how many it has now."""
    finder.gaps[n_gaps, 0] = r
    finder.gaps[n_gaps, 1] = i
    return n_gaps + 1


@compiled
def price_route(model: Model, routes: Routes, finder: Finder, stop: int, cut: tuple[int, int, int]) -> None:
    """Price a stop in the gaps of a route from one to another, both included."""
    r, first, last = cut
    n_gaps = 0
    for i in range(first, last + 1):
        n_gaps = list_gap(finder, n_gaps, r, i)
    price_gaps(model, routes, finder, stop, n_gaps)


@inlined
def list_empty(model: Model, routes: Routes, finder: Finder, stop: int, n_gaps: int) -> int:
    """List the first empty route of each group, and that of the vehicle which the stop had before."""
    first_slot = model.fleet.first_slot
    for g in range(len(first_slot) - 1):
        for r in range(first_slot[g], first_slot[g + 1]):
            if routes.length[r] == 0 and finder.mine[r]:
                n_gaps = list_gap(finder, n_gaps, r, 1)
                break
    home = model.bonds.home[stop]
    if home >= 0 and routes.length[home] == 0:
        n_gaps = list_gap(finder, n_gaps, home, 1)
    return n_gaps


@compiled
def list_gaps(model: Model, routes: Routes, finder: Finder, stop: int) -> int:
    """List the gaps beside neighbours of a stop, and empty routes; return their number."""
    n_gaps = 0
    for k in range(model.before.shape[1]):
        other = model.before[stop, k]
        if other >= 0 and routes.route_of[other] >= 0:
            n_gaps = list_gap(finder, n_gaps, routes.route_of[other], routes.place_of[other] + 1)
        other = model.behind[stop, k]
        if other >= 0 and routes.route_of[other] >= 0:
            n_gaps = list_gap(finder, n_gaps, routes.route_of[other], routes.place_of[other])
    return list_empty(model, routes, finder, stop, n_gaps)


@compiled
def held_to(model: Model, routes: Routes, stop: int) -> tuple[int, int, int]:
    """Return the only route that may serve a stop, and its first and last gap that may; route -1 where any may."""
    bonds = model.bonds
    slot = bonds.slot[stop]
    first = 1
    last = NEVER
    order = bonds.order[stop]
    if order >= 0:
        for k in range(bonds.first[order], bonds.first[order + 1]):
            other = bonds.row[k]
            r = routes.route_of[other]
            if r < 0:
                continue
            if slot >= 0 and slot != r:
                return slot, 1, 0
            slot = r
            if bonds.rank[other] < bonds.rank[stop]:
                first = max(first, routes.place_of[other] + 1)
            else:
                last = min(last, routes.place_of[other])
    if slot >= 0:
        last = min(last, routes.length[slot] + 1)
    return slot, first, last


@compiled
def find_spot(model: Model, routes: Routes, finder: Finder, stop: int) -> bool:
    """Write the cheapest place for a stop into the spot; tell whether there is one."""
    finder.spot[SPOT_COST] = NEVER
    if model.rules[BOUND]:
        slot, first, last = held_to(model, routes, stop)
        if slot >= 0:
            price_route(model, routes, finder, stop, (slot, first, last))
            return finder.spot[SPOT_COST] < NEVER  # type: ignore[no-any-return]
    price_gaps(model, routes, finder, stop, list_gaps(model, routes, finder, stop))
    if finder.spot[SPOT_COST] >= NEVER:
        for r in range(len(routes.length)):
            if finder.mine[r] and routes.length[r] > 0:
                price_route(model, routes, finder, stop, (r, 1, routes.length[r] + 1))
    return finder.spot[SPOT_COST] < NEVER  # type: ignore[no-any-return]


@compiled
def put(model: Model, routes: Routes, finder: Finder, stop: int) -> None:
    """Put a stop where the spot says."""
    spot = finder.spot
    r = spot[SPOT_ROUTE]
    lay_out(model, routes, finder.sheet, (r, spot[SPOT_GAP], spot[SPOT_HOW], spot[SPOT_STATION], stop))
    take_over(model, routes, finder.sheet, r)
