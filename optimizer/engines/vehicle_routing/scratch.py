"""The memory that a search works in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from optimizer.engines.kernels.dice import dice_for
from optimizer.engines.vehicle_routing.kernels.anneal import N_TOTALS, Bench, Best
from optimizer.engines.vehicle_routing.kernels.insert import MOST_QUEUED, ROOM, SPOT_SIZE, Finder
from optimizer.engines.vehicle_routing.kernels.model import N_FACTS, Routes, Sheet
from optimizer.engines.vehicle_routing.kernels.ruin import Trial
from optimizer.engines.vehicle_routing.nearness import N_BESIDE
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.stops import UNREACHABLE
from optimizer.engines.vehicle_routing.tables import Tables

Int64 = npt.NDArray[np.int64]


def _zeros(*shape: int) -> Int64:
    return np.zeros(shape, dtype=np.int64)


def width_of(problem: VehicleRoutingProblem) -> int:
    """Return how long a row can become: stops that fit into the longest shift, a visit behind each, and room."""
    n_stops = problem.n_stops
    most = 0
    is_shared = np.bincount(problem.stops.place, minlength=problem.n_places)[problem.stops.place] > 1
    for group in problem.groups:
        profile = problem.profiles[group.profile]
        from_other = profile.time_s.copy()
        np.fill_diagonal(from_other, UNREACHABLE)
        nearest = from_other.min(axis=0, initial=UNREACHABLE)[problem.stops.place]
        nearest[is_shared] = 0
        spans = [group.latest_s - group.earliest_s] + ([] if group.shift_s is None else [group.shift_s])
        lasts = np.cumsum(np.sort(profile.service_s + nearest))
        # The last of them may still be served when the shift ends.
        most = max(most, min(n_stops, 1 + int(np.searchsorted(lasts, min(spans), side="right"))))
    return 2 * most + problem.n_loads + ROOM + 2


def routes_for(tables: Tables) -> Routes:
    """Return a plan without routes."""
    problem, n_slots = tables.problem, tables.n_slots
    n_stops, n_loads, n_stations = problem.n_stops, problem.n_loads, len(problem.stations)
    shape = (n_slots, width_of(problem))
    n_rests = tables.model.fleet.rests.shape[1]
    return Routes(
        node=_zeros(*shape),
        place=_zeros(*shape),
        length=_zeros(n_slots),
        segment=_zeros(*shape, 6),
        trip=_zeros(*(shape if problem.stops.release_s is not None else (n_slots, 1)), 6),
        aboard=_zeros(*shape, n_loads),
        total=_zeros(*shape, n_loads),
        stretch=_zeros(*shape),
        load=_zeros(n_slots, n_loads),
        begin=_zeros(*shape),
        rested=_zeros(*shape),
        rest_begin=_zeros(n_slots, n_rests),
        facts=_zeros(n_slots, N_FACTS),
        cost=_zeros(n_slots),
        flow=_zeros(n_slots, n_stations),
        promised=_zeros(n_stations),
        booked=_zeros(n_stations, n_slots * shape[1] // 2 + 1 if tables.model.sites.bays.any() else 1),
        n_booked=_zeros(n_stations),
        route_of=np.full(n_stops, -1, dtype=np.int64),
        place_of=_zeros(n_stops),
    )


def sheet_for(routes: Routes) -> Sheet:
    """Return an empty row to try things on."""
    width = routes.node.shape[1]
    return Sheet(
        node=_zeros(width),
        place=_zeros(width),
        length=_zeros(1),
        begin=_zeros(width),
        rested=_zeros(width),
        rest_begin=_zeros(routes.rest_begin.shape[1]),
        release=_zeros(width),
        facts=_zeros(N_FACTS),
        flow=_zeros(len(routes.promised)),
        left=_zeros(routes.load.shape[1]),
    )


def bench_for(routes: Routes, stops: Int64, slots: Int64, seed: int) -> Bench:
    """Return scratch memory and dice for a search that may change only these stops and slots."""
    n_slots, width = routes.node.shape
    n_stops = len(routes.route_of)
    n_own = len(slots)
    trial = Trial(
        counts=_zeros(3),
        touched=_zeros(n_own),
        mark=_zeros(n_slots),
        old_node=_zeros(n_own, width),
        old_begin=_zeros(n_own, width),
        old_rested=_zeros(n_own, width),
        old_rest_begin=_zeros(n_own, routes.rest_begin.shape[1]),
        old_facts=_zeros(n_own, N_FACTS),
        old_flow=_zeros(n_own, len(routes.promised)),
        old_length=_zeros(n_own),
        old_cost=_zeros(n_own),
        waiting=_zeros(n_stops),
        queued=_zeros(n_stops),
        was_lost=_zeros(n_stops),
        cut=_zeros(n_stops),
        stops=stops,
    )
    mine = np.zeros(n_slots, dtype=np.int8)
    mine[slots] = 1
    finder = Finder(
        sheet=sheet_for(routes),
        dice=dice_for(seed),
        spot=_zeros(SPOT_SIZE),
        gaps=_zeros(max(width, 2 * N_BESIDE + n_slots + 1), 2),
        mine=mine,
        queue=_zeros(MOST_QUEUED, SPOT_SIZE),
        n_queued=_zeros(1),
    )
    return Bench(trial=trial, finder=finder, key=np.zeros(n_stops), totals=_zeros(N_TOTALS), slots=slots)


def best_for(routes: Routes) -> Best:
    """Return a best plan that any other is better than."""
    n_slots = len(routes.length)
    return Best(
        node=np.zeros_like(routes.node),
        length=_zeros(n_slots),
        begin=np.zeros_like(routes.begin),
        rested=np.zeros_like(routes.rested),
        rest_begin=np.zeros_like(routes.rest_begin),
        leave=_zeros(n_slots),
        totals=np.full(N_TOTALS, 1 << 62, dtype=np.int64),
        stale=np.ones(n_slots, dtype=np.int64),
    )
