"""Segments of routes: what is kept of a run of nodes, so that joining two takes no walk.

A segment is its least duration, and the earliest and the latest begin that keep it as short (Vidal, Crainic, Gendreau &
Prins 2013, doi 10.1016/j.cor.2012.07.018). A segment whose earliest begin is NEVER breaks a window.
"""

from __future__ import annotations

from optimizer.engines.kernels.compiled import compiled, inlined
from optimizer.engines.vehicle_routing.kernels.model import (
    AHEAD_EARLY,
    AHEAD_LASTS,
    AHEAD_LATE,
    EARLY,
    LATE,
    NEVER,
    RELEASE_AHEAD,
    RELEASE_BEHIND,
    REST_OF_EARLY,
    REST_OF_LASTS,
    REST_OF_LATE,
    STAY,
    TRIP_BEGINS,
    TRIP_EARLY,
    TRIP_LASTS,
    TRIP_LATE,
    Int64,
    Model,
    Routes,
)


@inlined
def begin_of(model: Model, g: int) -> tuple[int, int, int]:
    """Return the segment of the start alone."""
    return 0, model.fleet.early[g], model.fleet.late[g]


@inlined
def add_way(ahead: tuple[int, int, int], drive: int, hours: Int64) -> tuple[int, int, int]:
    """Drive on to a node: return the segment of all up to it and with it."""
    lasts, early, late = ahead
    gap = lasts + drive
    if early + gap > hours[LATE]:
        return lasts, NEVER, late
    wait = max(0, hours[EARLY] - gap - late)
    return gap + hours[STAY] + wait, max(hours[EARLY] - gap, early) - wait, min(hours[LATE] - gap, late)


@inlined
def held_until(ahead: tuple[int, int, int], release: int, latest: int) -> tuple[int, int, int]:
    """Return a segment that ends no earlier than `release`, which is to be no later than `latest`."""
    lasts, early, late = ahead
    if early >= NEVER or release > latest:
        return lasts, NEVER, late
    wait = max(0, release - lasts - late)
    return lasts + wait, max(release - lasts, early) - wait, late


@inlined
def segment_ahead(segment: Int64, i: int) -> tuple[int, int, int]:
    """Return the segment from the start to node `i`."""
    return segment[i, AHEAD_LASTS], segment[i, AHEAD_EARLY], segment[i, AHEAD_LATE]


@inlined
def lasts_with(ahead: tuple[int, int, int], drive: int, segment: Int64, i: int) -> int:
    """Return the duration of a route that drives on to node `i` of a row; NEVER where a window is missed."""
    lasts, early, late = ahead
    gap = lasts + drive
    if early + gap > segment[i, REST_OF_LATE]:
        return NEVER
    return gap + segment[i, REST_OF_LASTS] + max(0, segment[i, REST_OF_EARLY] - gap - late)  # type: ignore[no-any-return]


@inlined
def leaves_by(model: Model, routes: Routes, r: int, i: int) -> int:
    """Return when a route must have left its start or its visit `i` to a station at the latest."""
    g = model.slot_group[r]
    if i == 0:
        return model.fleet.late[g]  # type: ignore[no-any-return]
    hours = model.hours[model.fleet.profile[g], routes.node[r, i]]
    return hours[LATE] + hours[STAY]  # type: ignore[no-any-return]


@compiled
def join_trip(begun: tuple[int, int, int], drive: int, trip: Int64, i: int) -> tuple[int, int, int]:
    """Return the segment that drives on to the first stop of the trip of node `i`, and on to that node."""
    lasts, early, late = begun
    gap = lasts + drive
    if early + gap > trip[i, TRIP_LATE]:
        return lasts, NEVER, late
    wait = max(0, trip[i, TRIP_EARLY] - gap - late)
    return (
        gap + trip[i, TRIP_LASTS] + wait,
        max(trip[i, TRIP_EARLY] - gap, early) - wait,
        min(trip[i, TRIP_LATE] - gap, late),
    )


@inlined
def ahead_released(model: Model, routes: Routes, r: int, i: int, release: int) -> tuple[int, int, int]:
    """Return the segment from the start to node `i` where the trip of that node, or begun there, begins at `release`."""
    trip, segment, place = routes.trip[r], routes.segment[r], routes.place[r]
    first = trip[i, TRIP_BEGINS]
    if first < i and release == max(trip[i, RELEASE_AHEAD], trip[i + 1, RELEASE_BEHIND]):
        return segment_ahead(segment, i)
    ahead = held_until(segment_ahead(segment, first), release, leaves_by(model, routes, r, first))
    if first < i and ahead[1] < NEVER:
        drive = model.way[model.fleet.profile[model.slot_group[r]], place[first], place[first + 1], 0]
        ahead = join_trip(ahead, drive, trip, i)
    return ahead
