"""Whether a row is feasible as a route, and what it costs."""

from __future__ import annotations

from optimizer.engines.kernels.compiled import compiled, inlined
from optimizer.engines.vehicle_routing.kernels.clock import note_releases, time_row
from optimizer.engines.vehicle_routing.kernels.model import (
    AT_WHEEL,
    BALANCE,
    BALANCE_ABOVE,
    CHANGE,
    END_EMPTY,
    HELD,
    LASTS,
    LATE,
    METRES,
    MOVE,
    NEVER,
    NO_WAY,
    RELEASED,
    STAY,
    TOLERANCE,
    TRIPS,
    VISITS_COST,
    Model,
    Routes,
    Sheet,
)
from optimizer.engines.vehicle_routing.kernels.segments import add_way, begin_of, held_until


@compiled
def shortest_time(model: Model, sheet: Sheet, g: int) -> int:
    """Return the least duration of a row where windows are all that forbids, NEVER where one is missed."""
    p = model.fleet.profile[g]
    way, hours, n = model.way[p], model.hours[p], sheet.length[0]
    ahead = begin_of(model, g)
    is_released = model.rules[RELEASED]
    if is_released:
        note_releases(model, sheet)
    for i in range(1, n + 1):
        if is_released and sheet.release[i - 1] > -NEVER:
            latest = model.fleet.late[g] if i == 1 else hours[sheet.node[i - 1], LATE] + hours[sheet.node[i - 1], STAY]
            ahead = held_until(ahead, sheet.release[i - 1], latest)
        ahead = add_way(ahead, way[sheet.place[i - 1], sheet.place[i], 0], hours[sheet.node[i]])
        if ahead[1] >= NEVER:
            return NEVER
    lasts = ahead[0] + way[sheet.place[n], sheet.place[n + 1], 0]
    return lasts if ahead[1] + lasts <= model.fleet.late[g] else NEVER


@compiled
def drive_row(model: Model, sheet: Sheet, g: int) -> bool:
    """Write metres, seconds at the wheel, trips and cost of visits; tell whether all ways are there and within limits."""
    fleet, n_stops = model.fleet, len(model.value)
    way, n = model.way[fleet.profile[g]], sheet.length[0]
    metres, at_wheel, stretch, trips, cost, in_trip = 0, 0, 0, 0, 0, 0
    for i in range(1, n + 2):
        step = way[sheet.place[i - 1], sheet.place[i]]
        if step[0] >= NO_WAY or step[1] >= NO_WAY:
            return False
        at_wheel += step[0]
        metres += step[1]
        stretch += step[1]
        if stretch > fleet.reach[g]:
            return False
        s = sheet.node[i] - n_stops if i <= n else -1
        if i <= n and s < 0:
            in_trip = 1
        else:
            trips += in_trip
            in_trip = 0
        if s >= 0:
            cost += model.sites.cost[s]
            if model.sites.charges[s]:
                stretch = 0
    sheet.facts[METRES] = metres
    sheet.facts[AT_WHEEL] = at_wheel
    sheet.facts[TRIPS] = trips
    sheet.facts[VISITS_COST] = cost
    return at_wheel <= fleet.driving[g] and trips <= fleet.n_trips[g]  # type: ignore[no-any-return]


@compiled
def load_row(model: Model, sheet: Sheet, g: int) -> bool:
    """Write what a row brings to each station; tell whether all loads fit and end where they must."""
    n_stops, n = len(model.value), sheet.length[0]
    for s in range(len(sheet.flow)):
        sheet.flow[s] = 0
    for k in range(model.demand.shape[1]):
        aboard = 0
        whole = 0
        most = model.fleet.capacity[g, k]
        for i in range(1, n + 1):
            node = sheet.node[i]
            if node < n_stops:
                aboard += model.demand[node, k]
                whole += model.demand[node, k]
                if aboard > most:
                    return False
            elif model.sites.takes[node - n_stops, k]:
                sheet.flow[node - n_stops] += aboard
                aboard = 0
        if whole > model.fleet.most[g, k] or (aboard > 0 and model.rules[END_EMPTY]):
            return False
    return True


@compiled
def fits_stations(model: Model, routes: Routes, sheet: Sheet) -> bool:
    """Tell whether stations can take what a row brings, beside what other routes have promised."""
    for s in range(len(sheet.flow)):
        if sheet.flow[s] > 0 and routes.promised[s] + sheet.flow[s] > model.sites.throughput[s]:
            return False
    return True


@inlined
def weigh_time(model: Model, lasts: int) -> int:
    """Return what a route's duration weighs for balance."""
    return model.weights[BALANCE] * max(0, lasts - model.weights[BALANCE_ABOVE])  # type: ignore[no-any-return]


@inlined
def weigh_change(model: Model, r: int, stop: int) -> int:
    """Return what serving a stop by slot `r` weighs, the earlier plan considered."""
    home = model.bonds.home[stop]
    return model.weights[CHANGE] if home >= 0 and home != r else 0


@compiled
def weigh_stops(model: Model, sheet: Sheet, r: int) -> int:
    """Return what a row weighs for stops on other vehicles than before and at other times."""
    n_stops = len(model.value)
    weight = 0
    for i in range(1, sheet.length[0] + 1):
        stop = sheet.node[i]
        if stop < n_stops:
            weight += weigh_change(model, r, stop)
            if model.weights[MOVE] and model.bonds.home[stop] >= 0:
                moved = abs(sheet.begin[i] - model.bonds.begun[stop])
                weight += model.weights[MOVE] * max(0, moved - model.weights[TOLERANCE])
    return weight


@compiled
def price_row(model: Model, sheet: Sheet, r: int) -> int:
    """Return cost and terms of a row whose facts are written."""
    fleet, g, facts = model.fleet, model.slot_group[r], sheet.facts
    cost = fleet.fixed[g] + fleet.cost_m[g] * facts[METRES] + fleet.cost_s[g] * facts[LASTS] + facts[VISITS_COST]
    if model.weights[CHANGE] or model.weights[MOVE]:
        cost += weigh_stops(model, sheet, r)
    return cost + weigh_time(model, facts[LASTS])  # type: ignore[no-any-return]


@compiled
def assess(model: Model, routes: Routes, sheet: Sheet, r: int) -> int:
    """Write all about a row as the route of slot `r` and return cost and terms; NEVER where it breaks a rule.

    What route `r` holds of stations now must have been let go.
    """
    g = model.slot_group[r]
    if not load_row(model, sheet, g) or not drive_row(model, sheet, g):
        return NEVER
    if model.rules[HELD] and not fits_stations(model, routes, sheet):
        return NEVER
    if model.fleet.by_clock[g]:
        if not time_row(model, routes, sheet, g):
            return NEVER
    else:
        lasts = shortest_time(model, sheet, g)
        if lasts > model.fleet.shift[g]:
            return NEVER
        sheet.facts[LASTS] = lasts
    return price_row(model, sheet, r)
