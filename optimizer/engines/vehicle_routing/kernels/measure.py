"""What is kept of each route, so that a stop's price in a gap takes no walk."""

from __future__ import annotations

from optimizer.engines.kernels.compiled import compiled, inlined
from optimizer.engines.vehicle_routing.kernels.model import (
    AHEAD_EARLY,
    AHEAD_LASTS,
    AHEAD_LATE,
    EARLY,
    END_EMPTY,
    LATE,
    NEVER,
    RANGED,
    RELEASE_AHEAD,
    RELEASE_BEHIND,
    RELEASED,
    REST_OF_EARLY,
    REST_OF_LASTS,
    REST_OF_LATE,
    STAY,
    TRIP_BEGINS,
    TRIP_EARLY,
    TRIP_LASTS,
    TRIP_LATE,
    Model,
    Routes,
)
from optimizer.engines.vehicle_routing.kernels.segments import add_way, begin_of, held_until, leaves_by


@inlined
def measure_ahead(model: Model, routes: Routes, r: int) -> None:
    """Write, for each node, the segment from the start to it."""
    g = model.slot_group[r]
    p = model.fleet.profile[g]
    way, hours, n = model.way[p], model.hours[p], routes.length[r]
    node, place, segment = routes.node[r], routes.place[r], routes.segment[r]
    ahead = begin_of(model, g)
    for i in range(n + 1):
        if i > 0 and ahead[1] < NEVER:
            if model.rules[RELEASED] and routes.trip[r, i - 1, TRIP_BEGINS] == i - 1:
                ahead = held_until(ahead, routes.trip[r, i, RELEASE_BEHIND], leaves_by(model, routes, r, i - 1))
            ahead = add_way(ahead, way[place[i - 1], place[i], 0], hours[node[i]])
        segment[i, AHEAD_LASTS] = ahead[0]
        segment[i, AHEAD_EARLY] = ahead[1]
        segment[i, AHEAD_LATE] = ahead[2]


@inlined
def measure_rest(model: Model, routes: Routes, r: int) -> None:
    """Write, for each node, the segment from it to the end; its latest begin is -NEVER where that breaks a window."""
    g = model.slot_group[r]
    p = model.fleet.profile[g]
    way, hours, n = model.way[p], model.hours[p], routes.length[r]
    node, place, segment = routes.node[r], routes.place[r], routes.segment[r]
    lasts, early, late = 0, model.fleet.early[g], model.fleet.late[g]
    for i in range(n + 1, 0, -1):
        if i <= n and late > -NEVER:
            of_node = hours[node[i]]
            gap = of_node[STAY] + way[place[i], place[i + 1], 0]
            opens = of_node[EARLY]
            if model.rules[RELEASED] and node[i] >= len(model.value):
                opens = max(opens, routes.trip[r, i + 1, RELEASE_BEHIND] - of_node[STAY])
            if opens + gap > late or opens > of_node[LATE]:
                late = -NEVER
            else:
                wait = max(0, early - gap - of_node[LATE])
                lasts += gap + wait
                early = max(early - gap, opens) - wait
                late = min(late - gap, of_node[LATE])
        segment[i, REST_OF_LASTS] = lasts
        segment[i, REST_OF_EARLY] = early
        segment[i, REST_OF_LATE] = late


@inlined
def measure_loads(model: Model, routes: Routes, r: int) -> None:
    """Write what is aboard behind each node, and what the trip at each gap has in all."""
    n_stops, n, node = len(model.value), routes.length[r], routes.node[r]
    aboard, total = routes.aboard[r], routes.total[r]
    for k in range(model.demand.shape[1]):
        now = 0
        whole = 0
        aboard[0, k] = 0
        for i in range(1, n + 1):
            if node[i] < n_stops:
                now += model.demand[node[i], k]
                whole += model.demand[node[i], k]
            elif model.sites.takes[node[i] - n_stops, k]:
                now = 0
            aboard[i, k] = now
        routes.load[r, k] = whole
        now = NEVER if model.rules[END_EMPTY] else now
        for i in range(n + 1, 0, -1):
            if i <= n and node[i] >= n_stops and model.sites.takes[node[i] - n_stops, k]:
                now = aboard[i - 1, k]
            total[i, k] = now


@compiled
def measure_stretches(model: Model, routes: Routes, r: int) -> None:
    """Write the metres between the chargings around each gap."""
    n_stops, n, node, place = len(model.value), routes.length[r], routes.node[r], routes.place[r]
    way = model.way[model.fleet.profile[model.slot_group[r]]]
    first = 1
    metres = 0
    for i in range(1, n + 2):
        metres += way[place[i - 1], place[i], 1]
        if i == n + 1 or (node[i] >= n_stops and model.sites.charges[node[i] - n_stops]):
            for j in range(first, i + 1):
                routes.stretch[r, j] = metres
            first = i + 1
            metres = 0


@compiled
def measure_trips(model: Model, routes: Routes, r: int) -> None:
    """Write, for each node, the segment from its trip's first stop to it, and the releases of the trip's stops."""
    n_stops, n, node, place, trip = len(model.value), routes.length[r], routes.node[r], routes.place[r], routes.trip[r]
    p = model.fleet.profile[model.slot_group[r]]
    way, hours = model.way[p], model.hours[p]
    inner = (0, 0, 0)
    first = 0
    latest = -NEVER
    for i in range(n + 1):
        if i == 0 or node[i] >= n_stops:
            first = i
            latest = -NEVER
        else:
            of_node = hours[node[i]]
            if first == i - 1:
                inner = (of_node[STAY], of_node[EARLY], of_node[LATE])
            elif inner[1] < NEVER:
                inner = add_way(inner, way[place[i - 1], place[i], 0], of_node)
            latest = max(latest, model.release[node[i]])
        trip[i, TRIP_LASTS] = inner[0]
        trip[i, TRIP_EARLY] = inner[1]
        trip[i, TRIP_LATE] = inner[2]
        trip[i, TRIP_BEGINS] = first
        trip[i, RELEASE_AHEAD] = latest
    latest = -NEVER
    for i in range(n + 1, 0, -1):
        latest = max(latest, model.release[node[i]]) if i <= n and node[i] < n_stops else -NEVER
        trip[i, RELEASE_BEHIND] = latest


@compiled
def measure(model: Model, routes: Routes, r: int) -> None:
    """Write all that is kept of route `r`, from its row; where its stops are, too."""
    n_stops = len(model.value)
    for i in range(1, routes.length[r] + 1):
        node = routes.node[r, i]
        if node < n_stops:
            routes.route_of[node] = r
            routes.place_of[node] = i
    if model.rules[RELEASED]:
        measure_trips(model, routes, r)
    measure_ahead(model, routes, r)
    measure_rest(model, routes, r)
    measure_loads(model, routes, r)
    if model.rules[RANGED]:
        measure_stretches(model, routes, r)
