"""Make street networks of any size for plain capacitated arc routing: one depot, every kerb an edge that needs service."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from optimizer.engines.arc_routing import ArcRoutingProblem, Network, Tasks, VehicleGroup

# A fifth of a grid's streets is missing; a vehicle holds what lies along so many kerbs, whatever the size of the town.
MISSING = 0.2
KERBS_A_ROUTE = 60


def town_problem(n_kerbs: int, seed: int) -> ArcRoutingProblem:
    """Return about `n_kerbs` required edges on a grid with gaps, in metres; what is cut off from the depot is left away."""
    rng = np.random.default_rng(seed)
    side = max(2, round((n_kerbs / (2 * (1 - MISSING))) ** 0.5))
    node = np.arange(side * side).reshape(side, side)
    across = np.column_stack([node[:, :-1].ravel(), node[:, 1:].ravel()])
    along = np.column_stack([node[:-1].ravel(), node[1:].ravel()])
    ends = np.concatenate([across, along]).astype(np.int64)
    ends = ends[rng.random(len(ends)) >= MISSING]
    joined = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(side * side, side * side))
    part = connected_components(joined, directed=False)[1]
    most = np.argmax(np.bincount(part))
    edges = ends[part[ends[:, 0]] == most]
    inside = np.flatnonzero(part == most)
    depot = int(inside[np.argmin(np.hypot(inside % side - side / 2, inside // side - side / 2))])
    length_m = rng.integers(60, 240, len(edges)).astype(np.int64)
    tail, head = edges[:, 0], edges[:, 1]
    both_ways = (np.concatenate([tail, head]), np.concatenate([head, tail]), np.concatenate([length_m, length_m]))
    network = Network(side * side, *both_ways, np.zeros(2 * len(edges), dtype=np.int64))
    tasks = Tasks(
        entry=edges,
        exit=edges[:, ::-1].copy(),
        cost=np.column_stack([length_m, length_m]),
        time_s=np.zeros((len(edges), 2), dtype=np.int64),
        reversible=np.ones(len(edges), dtype=np.bool_),
        demand=length_m[:, None].copy(),
        value=np.ones(len(edges), dtype=np.int64),
    )
    groups = (VehicleGroup(depot, depot, (int(length_m.mean() * KERBS_A_ROUTE),)),)
    return ArcRoutingProblem(network, tasks, groups, name=f"town-{len(edges)}")
