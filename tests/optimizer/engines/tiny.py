"""Random arc-routing problems that are small enough to try everything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.engines.arc_routing import ArcRoutingProblem, Facility, VehicleGroup
from optimizer.engines.arc_routing.problem import Profile
from tests.optimizer.engines.cases import Street, network_of, tasks_of


def tiny(seed: int, kind: str) -> ArcRoutingProblem:
    """Return a problem of two to five tasks that is small enough to try everything."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(4, 8))
    two_way: list[Street] = [(int(rng.integers(0, v)), v, int(rng.integers(1, 20))) for v in range(1, n)]
    extra = [(*(int(v) for v in rng.choice(n, 2, replace=False)), int(rng.integers(1, 20))) for _ in range(4)]
    two_way += [(a, b, c) for a, b, c in extra[:2]]
    one_way: list[Street] = [] if kind == "undirected" else [(a, b, c) for a, b, c in extra[2:]]
    streets = [*two_way, *one_way]
    picked = rng.choice(len(streets), int(rng.integers(2, 6)), replace=False).tolist()
    n_resources = 2 if kind == "water" else 1
    demand = rng.integers(1, 6, (len(picked), n_resources)).tolist()
    tasks = tasks_of([streets[k] for k in picked], demand=demand, reversible=[k < len(two_way) for k in picked])
    depot, dump, tap, other = (int(v) for v in rng.choice(n, 4))
    capacity = tuple(int(c) for c in rng.integers(5, 12, n_resources))
    groups = [VehicleGroup(depot, depot, capacity, fixed_cost=int(rng.choice([0, 7])))]
    network = network_of(n, two_way, one_way)
    problem = ArcRoutingProblem(network, tasks, tuple(groups), must_end_empty=bool(rng.integers(2)))
    if kind in ("dumps", "water"):
        resets = (True, False) if kind == "water" else ()
        return replace(problem, facilities=(Facility(dump, visit_cost=3, resets=resets), Facility(tap)))
    if kind == "types":
        dearer = Profile(network, tasks.entry, tasks.exit, tasks.cost * 2, tasks.time_s)
        larger = VehicleGroup(depot, other, (capacity[0] + 5,), fixed_cost=9, profile=1)
        return replace(problem, groups=(*groups, larger), profiles=(dearer,))
    return problem
