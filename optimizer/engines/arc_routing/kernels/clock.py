"""The one walk that knows the rules of time: windows, opening hours, breaks.

Every stop is done as early as it may be. A break is taken, where the vehicle stands, before a stop that would else end after
the break's latest begin, or where it costs no time since the vehicle would wait anyway.
"""

from __future__ import annotations

from optimizer.engines.arc_routing.kernels.model import NEVER, Int64, Model, Routes
from optimizer.engines.kernels.compiled import compiled, entrance, inlined

# Columns of Clock.rests.
EARLIEST = 0
LATEST = 1
LASTS = 2


@inlined
def ends_at(spans: Int64, arrive: int, stay: int) -> int:
    """Return when a stop ends that begins and ends within one of `spans`; without spans it begins at once."""
    if len(spans) == 0:
        return arrive + stay
    best = NEVER
    for w in range(len(spans)):
        end = max(arrive, spans[w, 0]) + stay
        if end <= spans[w, 1] and end < best:
            best = end
    return best


@entrance
def stop(rests: Int64, at: tuple[int, int], drive: int, stay: int, spans: Int64) -> tuple[int, int]:
    """Drive to a stop and do it, with the breaks that fall due before.

    Parameters
    ----------
    rests
        Breaks of the group, shape (n_breaks, 3).
    at
        Time on the clock, and number of breaks taken.
    drive, stay
        Seconds to the stop and at it.
    spans
        When it may be done, shape (n_spans, 2).

    Returns
    -------
    tuple
        `at` after the stop; the time is NEVER where no way of doing it is left.
    """
    clock, rested = at
    if clock >= NEVER:
        return NEVER, rested
    end = ends_at(spans, clock + drive, stay)
    while rested < len(rests):
        begin = max(clock, rests[rested, EARLIEST])
        if begin >= NEVER:
            break
        rested_at = begin + rests[rested, LASTS]
        late = ends_at(spans, rested_at + drive, stay)
        if end <= rests[rested, LATEST] and late > end:
            break
        if begin > rests[rested, LATEST]:
            return NEVER, rested
        clock = rested_at
        end = late
        rested += 1
    return end, rested


@compiled
def visit(model: Model, group: int, at: tuple[int, int], stretch: tuple[int, int, int]) -> tuple[tuple[int, int], int]:
    """Do the visits on a stretch; return time and breaks, and the terminal where the vehicle then is.

    Parameters
    ----------
    stretch
        Terminals where it begins and ends, and the kind of visit on it.
    """
    here, there, kind = stretch
    if kind == 0:
        return at, here
    clock = model.clock
    p = model.profile[group]
    first = here
    for k in range(clock.stop_at.shape[4]):
        facility = clock.stop_at[p, kind - 1, first, there, k]
        if facility < 0:
            break
        place = clock.place[facility]
        at = stop(clock.rests[group], at, model.time[p, 0, here, place], clock.stay[facility], clock.hours[facility])
        here = place
    return at, here


@compiled
def do(model: Model, group: int, at: tuple[int, int], here: int, then: tuple[int, int]) -> tuple[int, int]:
    """Go from a terminal, by a kind of visit, to a mode's task and serve it; return time and breaks after that."""
    m, kind = then
    p = model.profile[group]
    there = model.entry[p, m]
    at, here = visit(model, group, at, (here, there, kind))
    clock = model.clock
    return stop(clock.rests[group], at, model.time[p, 0, here, there], model.serve_time[p, m], clock.windows[m >> 1])


@compiled
def go_home(model: Model, group: int, at: tuple[int, int], here: int, kind: int) -> int:
    """Return the seconds of the shift when the vehicle is back, or NEVER."""
    p = model.profile[group]
    there = model.end[group]
    at, here = visit(model, group, at, (here, there, kind))
    clock = model.clock
    back, _ = stop(clock.rests[group], at, model.time[p, 0, here, there], 0, clock.hours[0, :0])
    return min(NEVER, back - clock.begin[group])  # type: ignore[no-any-return]


@compiled
def state_at(model: Model, routes: Routes, r: int, i: int) -> tuple[tuple[int, int], int]:
    """Return time and breaks before place `i` of route `r`, and the terminal where the vehicle then is."""
    group = model.slot_group[r]
    if i == 0:
        return (model.clock.begin[group] + model.setup[group], 0), model.start[group]
    return (routes.done[r, i - 1], routes.rested[r, i - 1]), model.exit[model.profile[group], routes.mode[r, i - 1]]


@compiled
def time_with(model: Model, routes: Routes, r: int, place: int, add: tuple[int, int, int]) -> int:
    """Return the time of route `r` as if a mode stood at a place, with visits before and after it, or NEVER."""
    m, via_before, via_after = add
    group = model.slot_group[r]
    leave = model.exit[model.profile[group]]
    n = routes.length[r]
    at, here = state_at(model, routes, r, place)
    at = do(model, group, at, here, (m, via_before))
    here = leave[m]
    kind = via_after
    for i in range(place, n):
        if at[0] >= NEVER:
            return NEVER
        at = do(model, group, at, here, (routes.mode[r, i], kind))
        if at[0] == routes.done[r, i] and at[1] == routes.rested[r, i]:
            return routes.time[r]  # type: ignore[no-any-return]
        here = leave[routes.mode[r, i]]
        kind = routes.via[r, i + 1]
    return go_home(model, group, at, here, kind)


@compiled
def clock_route(model: Model, routes: Routes, r: int) -> None:
    """Write when route `r` serves what, and its time."""
    n = routes.length[r]
    group = model.slot_group[r]
    for i in range(n):
        at, here = state_at(model, routes, r, i)
        at = do(model, group, at, here, (routes.mode[r, i], routes.via[r, i]))
        routes.done[r, i] = at[0]
        routes.rested[r, i] = at[1]
    at, here = state_at(model, routes, r, n)
    routes.time[r] = go_home(model, group, at, here, routes.via[r, n])
    clock_back(model, routes, r)


@compiled
def must_reach(spans: Int64, done: int, stay: int) -> int:
    """Return when a stop must be reached, at the latest, that is to be done by a time and within one of `spans`."""
    if len(spans) == 0:
        return done - stay
    best = -NEVER
    for w in range(len(spans)):
        begin = min(done, spans[w, 1]) - stay
        if begin >= spans[w, 0]:
            best = max(best, begin)
    return best


@compiled
def must_leave(model: Model, group: int, reach: int, stretch: tuple[int, int, int]) -> int:
    """Return when a stretch must be begun, at the latest, so that its end is reached by a time; `stretch` as in `visit`."""
    here, there, kind = stretch
    clock = model.clock
    p = model.profile[group]
    onward = there
    if kind > 0:
        for k in range(clock.stop_at.shape[4] - 1, -1, -1):
            facility = clock.stop_at[p, kind - 1, here, there, k]
            if facility >= 0:
                place = clock.place[facility]
                done = reach - model.time[p, 0, place, onward]
                reach = must_reach(clock.hours[facility], done, clock.stay[facility])
                onward = place
    return reach - model.time[p, 0, here, onward]  # type: ignore[no-any-return]


@compiled
def clock_back(model: Model, routes: Routes, r: int) -> None:
    """Write when each place of route `r` must be reached at the latest."""
    group = model.slot_group[r]
    p = model.profile[group]
    n = routes.length[r]
    there = model.end[group]
    routes.latest[r, n] = model.clock.begin[group] + model.shift[group]
    for i in range(n - 1, -1, -1):
        m = routes.mode[r, i]
        done = must_leave(model, group, routes.latest[r, i + 1], (model.exit[p, m], there, routes.via[r, i + 1]))
        routes.latest[r, i] = must_reach(model.clock.windows[m >> 1], done, model.serve_time[p, m])
        there = model.entry[p, m]
