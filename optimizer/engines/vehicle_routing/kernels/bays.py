"""Bays of stations: when a visit can begin, given those of other routes.

All visits to a station last equally long, so that their begins, sorted, say all: `bays` visits with begins in a span shorter
than a visit fill the station while they overlap.
"""

from __future__ import annotations

from optimizer.engines.kernels.compiled import compiled, inlined
from optimizer.engines.vehicle_routing.kernels.model import Int64, Model, Routes


@inlined
def find(booked: Int64, n: int, at: int) -> int:
    """Return how many of the first `n` sorted begins are before `at`."""
    low = 0
    high = n
    while low < high:
        middle = (low + high) >> 1
        if booked[middle] < at:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def free_from(booked: Int64, n: int, bays: int, stay: int, at: int) -> int:
    """Return when a visit can begin, at `at` or later, while a bay is free all along."""
    if stay == 0:
        return at
    k = find(booked, n, at - stay + 1)
    while k + bays <= n:
        first = booked[k]
        last = booked[k + bays - 1]
        if last - stay >= at:
            break
        if last - first < stay and at < first + stay:
            at = first + stay
        k += 1
    return at


@compiled
def book(booked: Int64, n: int, at: int) -> None:
    """Put a begin among `n` others."""
    k = n
    while k > 0 and booked[k - 1] > at:
        booked[k] = booked[k - 1]
        k -= 1
    booked[k] = at


@compiled
def unbook(booked: Int64, n: int, at: int) -> None:
    """Take a begin out of `n`."""
    for k in range(find(booked, n, at), n - 1):
        booked[k] = booked[k + 1]


@compiled
def hold(model: Model, routes: Routes, r: int) -> None:
    """Book the bays that route `r` uses, and promise what it brings."""
    n_stops = len(model.value)
    for i in range(1, routes.length[r] + 1):
        s = routes.node[r, i] - n_stops
        if s >= 0 and model.sites.bays[s] > 0:
            book(routes.booked[s], routes.n_booked[s], routes.begin[r, i])
            routes.n_booked[s] += 1
    for s in range(len(routes.promised)):
        routes.promised[s] += routes.flow[r, s]


@compiled
def let_go(model: Model, routes: Routes, r: int) -> None:
    """Free the bays that route `r` uses, and take back what it promised."""
    n_stops = len(model.value)
    for i in range(1, routes.length[r] + 1):
        s = routes.node[r, i] - n_stops
        if s >= 0 and model.sites.bays[s] > 0:
            unbook(routes.booked[s], routes.n_booked[s], routes.begin[r, i])
            routes.n_booked[s] -= 1
    for s in range(len(routes.promised)):
        routes.promised[s] -= routes.flow[r, s]
