"""Make a night of collection from a grid of streets, for the vehicle-routing engine: everything from one seed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from optimizer.engines.vehicle_routing import Profile, Station, Stops, VehicleGroup, VehicleRoutingProblem
from optimizer.engines.vehicle_routing.stops import BoolArray, Int32Array, IntArray

Floats = npt.NDArray[np.float64]

HOUR_S = 3600
# Lit points are served from 19:00 to 21:30, unlit ones before dusk, from 17:00 to 19:30.
LIT_S = (19 * HOUR_S, 21 * HOUR_S + 1800)
UNLIT_S = (17 * HOUR_S, 19 * HOUR_S + 1800)
SHARE_LIT = 0.7
# Of the points, in streets that only small vehicles enter, and in streets where the largest may not stop.
SHARE_NARROW = 0.1
SHARE_QUIET = 0.2
SPEED_MPS = (7.0, 6.0)
SHIFT_S = (16 * HOUR_S, 24 * HOUR_S)
# Cost in cents: a metre, a second, an unloading.
COST_M, COST_S, VISIT_COST = 1, 4, 500
# One-ways among the streets.
SHARE_ONE_WAY = 0.25
# Points on the streets per junction of the grid.
POINTS_A_JUNCTION = 0.6
# For each type: kilograms of other waste and of food waste that it holds, its fixed cost, its profile.
TYPES = ((6000, 2000, 60_000, 1), (3500, 1200, 42_000, 0), (1500, 600, 28_000, 0))


def night_problem(n_points: int, seed: int) -> VehicleRoutingProblem:
    """Return a night: points with two loads, four stations with opening hours and bays, two depots, three types.

    Points lie at junctions of a grid with blocks 90 to 260 m long, a quarter of its streets one-way, so that ways are not
    the same back. The fleet is large enough to serve all.
    """
    rng = np.random.default_rng(seed)
    side = int(np.ceil((n_points / POINTS_A_JUNCTION) ** 0.5))
    at = rng.choice(side * side, n_points, replace=False)
    # Depots on two sides, stations around the middle.
    marks = ((0.1, 0.5), (0.9, 0.5), (0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))
    hubs = [int(y * (side - 1)) * side + int(x * (side - 1)) for x, y in marks]
    length_m = _ways(side, np.concatenate([hubs, at]), rng)
    service_s = rng.integers(30, 120, n_points)
    earliest_s, latest_s = _windows(n_points, rng)
    profiles = tuple(
        Profile(np.ceil(length_m / speed).astype(np.int32), length_m, service_s, earliest_s, latest_s) for speed in SPEED_MPS
    )
    return VehicleRoutingProblem(
        stops=_stops(n_points, len(hubs), rng),
        profiles=profiles,
        groups=_fleet(n_points),
        stations=(
            Station(2, 600, VISIT_COST, open_s=((17 * HOUR_S, 24 * HOUR_S),), bays=2),
            Station(3, 480, VISIT_COST, open_s=((17 * HOUR_S, 22 * HOUR_S + 1800),), bays=2),
            Station(4, 600, VISIT_COST, open_s=((18 * HOUR_S, 24 * HOUR_S),), bays=3),
            Station(5, 900, VISIT_COST, open_s=((17 * HOUR_S, 24 * HOUR_S),), bays=3),
        ),
        name=f"night-{n_points}",
    )


def relaxed(problem: VehicleRoutingProblem) -> VehicleRoutingProblem:
    """Return the problem with stations that are open to any number of vehicles at any time: what PyVRP can be told."""
    return replace(problem, stations=tuple(replace(station, bays=None, open_s=()) for station in problem.stations))


def _ways(side: int, at: IntArray, rng: np.random.Generator) -> Int32Array:
    """Return metres between junctions of a grid, some of whose streets are one-way."""
    node = np.arange(side * side).reshape(side, side)
    tail = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
    head = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
    length_m = rng.integers(90, 260, len(tail)).astype(np.float64)
    # Every third street of the grid is two-way, so that each junction can be left again.
    row, column = tail // side, tail % side
    along_row = head - tail == 1
    main = np.where(along_row, row % 3 == 0, column % 3 == 0) | np.where(along_row, row == side - 1, column == side - 1)
    one_way = (rng.random(len(tail)) < SHARE_ONE_WAY) & ~main
    swap = rng.random(len(tail)) < 0.5
    tail, head = np.where(swap, head, tail), np.where(swap, tail, head)
    arcs = (np.concatenate([tail, head[~one_way]]), np.concatenate([head, tail[~one_way]]))
    network = csr_array((np.concatenate([length_m, length_m[~one_way]]), arcs), shape=(side * side, side * side))
    return dijkstra(network, indices=at)[:, at].astype(np.int32)


def _windows(n_points: int, rng: np.random.Generator) -> tuple[IntArray, IntArray]:
    lit = rng.random(n_points) < SHARE_LIT
    return np.where(lit, LIT_S[0], UNLIT_S[0]).astype(np.int64), np.where(lit, LIT_S[1], UNLIT_S[1]).astype(np.int64)


def _stops(n_points: int, n_hubs: int, rng: np.random.Generator) -> Stops:
    """Return points with some 40 kg of other waste and 15 kg of food waste each."""
    other_kg = rng.gamma(2.0, 20.0, n_points)
    food_kg = rng.gamma(2.0, 7.5, n_points)
    demand = np.ceil(np.column_stack([other_kg, food_kg])).astype(np.int64)
    place = np.arange(n_hubs, n_hubs + n_points)
    kind = rng.random(n_points)
    return Stops(place, demand, demand.sum(axis=1), allowed=_allowed(kind))


def _allowed(kind: Floats) -> BoolArray:
    """Return which groups serve which points: narrow streets small vehicles only, quiet ones all but the largest."""
    largest = kind >= SHARE_NARROW + SHARE_QUIET
    middle = kind >= SHARE_NARROW
    small = np.ones(len(kind), dtype=np.bool_)
    return np.column_stack([largest, largest, middle, middle, small, small])


def _fleet(n_points: int) -> tuple[VehicleGroup, ...]:
    """Return each type at each depot, one vehicle for each 120 points."""
    n_vehicles = -(-n_points // 120)
    return tuple(
        VehicleGroup(
            start_place=depot,
            end_place=depot,
            capacity=(other_kg, food_kg),
            n_vehicles=n_vehicles,
            earliest_s=SHIFT_S[0],
            latest_s=SHIFT_S[1],
            shift_s=7 * HOUR_S,
            fixed_cost=fixed_cost,
            cost_m=COST_M,
            cost_s=COST_S,
            profile=profile,
        )
        for other_kg, food_kg, fixed_cost, profile in TYPES
        for depot in (0, 1)
    )
