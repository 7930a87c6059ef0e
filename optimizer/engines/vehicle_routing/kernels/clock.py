"""The walk that knows all rules of time: windows, opening hours, free bays, breaks, release times.

First every visit is done as early as it may be. A break is taken, where the vehicle stands, before a visit that would else
end after the break's latest begin, or where it costs no time since the vehicle would wait anyway. Then the vehicle leaves as
late as makes it no later at its end.
"""

from __future__ import annotations

from optimizer.engines.kernels.compiled import compiled, inlined
from optimizer.engines.vehicle_routing.kernels.bays import free_from
from optimizer.engines.vehicle_routing.kernels.model import (
    EARLY,
    LASTS,
    LATE,
    LEAVES,
    NEVER,
    REST_EARLY,
    REST_LASTS,
    REST_LATE,
    STAY,
    Model,
    Routes,
    Sheet,
)


@compiled
def station_from(model: Model, routes: Routes, s: int, stay: int, at: int) -> int:
    """Return when a visit to station `s` can begin, at `at` or later; NEVER where it cannot."""
    spans, bays = model.sites.spans[s], model.sites.bays[s]
    booked, n_booked = routes.booked[s], routes.n_booked[s]
    if len(spans) == 0 or spans[0, 0] >= NEVER:
        return free_from(booked, n_booked, bays, stay, at) if bays else at
    best = NEVER
    for w in range(len(spans)):
        if spans[w, 0] >= NEVER:
            break
        begin = max(at, spans[w, 0])
        if bays:
            begin = free_from(booked, n_booked, bays, stay, begin)
        if begin + stay <= spans[w, 1] and begin < best:
            best = begin
    return best


@compiled
def open_until(model: Model, s: int, stay: int, begin: int) -> int:
    """Return until when a visit to station `s` can be put off that begins at `begin`, its bay not counted."""
    spans = model.sites.spans[s]
    if len(spans) == 0 or spans[0, 0] >= NEVER:
        return NEVER
    for w in range(len(spans)):
        if spans[w, 0] <= begin and begin + stay <= spans[w, 1]:
            return spans[w, 1] - stay  # type: ignore[no-any-return]
    return begin


@inlined
def begin_at(model: Model, routes: Routes, p: int, node: int, at: int) -> int:
    """Return when a visit can begin where the vehicle is there `at`; NEVER where it is too late."""
    n_stops = len(model.value)
    if node >= n_stops:
        return station_from(model, routes, node - n_stops, model.hours[p, node, STAY], at)
    begin = max(at, model.hours[p, node, EARLY])
    return NEVER if begin > model.hours[p, node, LATE] else begin


@compiled
def note_releases(model: Model, sheet: Sheet) -> None:
    """Write, where each trip begins, when it may begin; -NEVER elsewhere, and where no stop is in it."""
    n_stops = len(model.value)
    latest = -NEVER
    for i in range(sheet.length[0], -1, -1):
        node = sheet.node[i]
        if i == 0 or node >= n_stops:
            sheet.release[i] = latest
            latest = -NEVER
        else:
            sheet.release[i] = -NEVER
            latest = max(latest, model.release[node])


@compiled
def earliest_times(model: Model, routes: Routes, sheet: Sheet, g: int) -> int:
    """Write when each visit of a row begins, as early as can be; return when the vehicle is at its end, or NEVER."""
    fleet, n_stops = model.fleet, len(model.value)
    p = fleet.profile[g]
    rests, way, n = fleet.rests[g], model.way[p], sheet.length[0]
    clock = max(fleet.early[g], sheet.release[0])
    rested = 0
    for i in range(1, n + 2):
        drive = way[sheet.place[i - 1], sheet.place[i], 0]
        node = sheet.node[i] if i <= n else -1
        stay = model.hours[p, node, STAY] if i <= n else 0
        ready = sheet.release[i] - stay if node >= n_stops else -NEVER
        begin = max(ready, clock + drive)
        if i <= n:
            begin = begin_at(model, routes, p, node, begin)
        while rested < len(rests) and rests[rested, REST_EARLY] < NEVER:
            rest = max(clock, rests[rested, REST_EARLY])
            later = max(ready, rest + rests[rested, REST_LASTS] + drive)
            if i <= n:
                later = begin_at(model, routes, p, node, later)
            if begin + stay <= rests[rested, REST_LATE] and later > begin:
                break
            if rest > rests[rested, REST_LATE]:
                return NEVER
            sheet.rest_begin[rested] = rest
            clock = rest + rests[rested, REST_LASTS]
            begin = later
            rested += 1
        if begin >= NEVER:
            return NEVER
        sheet.begin[i] = begin
        sheet.rested[i] = rested
        clock = begin + stay
    return clock  # type: ignore[no-any-return]


@compiled
def put_off(model: Model, sheet: Sheet, g: int) -> int:
    """Return when the vehicle can leave at the latest and be at its end, and at places with bays, as early as written."""
    fleet, n_stops = model.fleet, len(model.value)
    p = fleet.profile[g]
    rests, way, n = fleet.rests[g], model.way[p], sheet.length[0]
    latest = sheet.begin[n + 1]
    for i in range(n + 1, 0, -1):
        latest -= way[sheet.place[i - 1], sheet.place[i], 0]
        rested_before = sheet.rested[i - 1] if i > 1 else 0
        for k in range(sheet.rested[i] - 1, rested_before - 1, -1):
            latest = min(latest - rests[k, REST_LASTS], rests[k, REST_LATE])
        if i == 1:
            break
        node = sheet.node[i - 1]
        stay = model.hours[p, node, STAY]
        latest -= stay
        if node < n_stops:
            latest = min(latest, model.hours[p, node, LATE])
        elif model.sites.bays[node - n_stops]:
            latest = sheet.begin[i - 1]
        else:
            latest = min(latest, open_until(model, node - n_stops, stay, sheet.begin[i - 1]))
    return min(latest, fleet.late[g])  # type: ignore[no-any-return]


@compiled
def leave_at(model: Model, sheet: Sheet, g: int, leave: int) -> None:
    """Write the times of a row anew for a vehicle that leaves at `leave`; nothing begins earlier than written."""
    p = model.fleet.profile[g]
    rests, way, n = model.fleet.rests[g], model.way[p], sheet.length[0]
    clock = leave
    rested = 0
    for i in range(1, n + 2):
        while rested < sheet.rested[i]:
            sheet.rest_begin[rested] = max(sheet.rest_begin[rested], clock)
            clock = sheet.rest_begin[rested] + rests[rested, REST_LASTS]
            rested += 1
        sheet.begin[i] = max(sheet.begin[i], clock + way[sheet.place[i - 1], sheet.place[i], 0])
        clock = sheet.begin[i]
        if i <= n:
            clock += model.hours[p, sheet.node[i], STAY]


@compiled
def time_row(model: Model, routes: Routes, sheet: Sheet, g: int) -> bool:
    """Write all times of a row; tell whether it keeps the rules of time and the shift.

    The bookings of the row's own route must have been let go.
    """
    note_releases(model, sheet)
    end = earliest_times(model, routes, sheet, g)
    if end > model.fleet.late[g]:
        return False
    leave = put_off(model, sheet, g)
    leave_at(model, sheet, g, leave)
    sheet.facts[LEAVES] = leave
    sheet.facts[LASTS] = end - leave
    return end - leave <= model.fleet.shift[g]  # type: ignore[no-any-return]
