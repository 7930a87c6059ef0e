"""The sets of places that a bound begins with: parts of a partition, rings around hubs, branches of the tree of ways."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from optimizer.engines.arc_routing.problem import BoolArray, IntArray
from optimizer.engines.arc_routing.relaxation import Floats, Need, Relaxation

# Rings around the hubs of a need, and branches away from them, at most.
N_RINGS = 64
N_BRANCHES = 200


def rules_of_parts(relaxation: Relaxation, part: IntArray) -> tuple[IntArray, list[IntArray]]:
    """Return, for each part of a partition of the places, how many moves must cross its border, and which can.

    The same as `cuts.least_moves` for each part alone, but for what the rest of the places needs, in one sweep.

    Parameters
    ----------
    relaxation
        The problem's places, tasks and moves.
    part
        Shape (n_places,): the part of each place, from 0.
    """
    n = int(part.max()) + 1
    sides = part[relaxation.sides]
    across = sides[:, 0] != sides[:, 1]
    crossed = np.bincount(sides[across].ravel(), minlength=n)
    least = crossed % 2
    for need in relaxation.needs:
        amount = np.bincount(sides[:, 0], need.amount, n) + np.bincount(sides[across, 1], need.amount[across], n)
        asked = 2 * -(-amount.astype(np.int64) // need.most) - crossed
        asked[part[need.hubs]] = 0
        least = np.maximum(least, asked)
    tail, head = (part[ends] for ends in relaxation.ends())
    cut = np.flatnonzero(tail != head)
    owner = np.concatenate([tail[cut], head[cut]])
    order = np.argsort(owner, kind="stable")
    edges = np.searchsorted(owner[order], np.arange(1, n))
    return least, np.split(np.concatenate([cut, cut])[order], edges)


def around_hubs(relaxation: Relaxation, need: Need) -> Iterator[BoolArray]:
    """Yield sets without a hub: all places from some distance on, and the largest branches of the tree of cheapest ways."""
    distance, before = _ways(relaxation, need)
    reached = np.flatnonzero(np.isfinite(distance) & ~need.hubs)
    if not len(reached):
        return
    for least in np.unique(np.quantile(distance[reached], np.arange(N_RINGS) / N_RINGS)).tolist():
        yield (distance >= least) & ~need.hubs
    amount = np.bincount(relaxation.sides.ravel(), np.repeat(need.amount, 2), relaxation.n_places)
    order = reached[np.argsort(-distance[reached], kind="stable")]
    for v in order.tolist():
        if before[v] >= 0 and not need.hubs[before[v]]:
            amount[before[v]] += amount[v]
    largest = reached[np.argsort(-amount[reached], kind="stable")][:N_BRANCHES]
    below: list[list[int]] = [[] for _ in range(relaxation.n_places)]
    for v in reached.tolist():
        if before[v] >= 0:
            below[before[v]].append(v)
    for root in largest.tolist():
        inside = np.zeros(relaxation.n_places, dtype=np.bool_)
        inside[_branch(root, below)] = True
        yield inside


def _branch(root: int, below: list[list[int]]) -> list[int]:
    found = [root]
    for v in found:
        found += below[v]
    return found


def _ways(relaxation: Relaxation, need: Need) -> tuple[Floats, IntArray]:
    """Return each place's distance from the nearest hub along moves either way, and the place before it, below 0 at hubs."""
    tail, head = relaxation.ends()
    n = relaxation.n_places
    order = np.argsort(-relaxation.move_cost, kind="stable")
    a, b, cost = tail[order], head[order], relaxation.move_cost[order].astype(np.float64) + 1e-3
    pairs = np.minimum(a, b) * n + np.maximum(a, b)
    keys, first = np.unique(pairs[::-1], return_index=True)
    graph = csr_array((cost[::-1][first], np.divmod(keys, n)), shape=(n, n))
    distance, before, _ = dijkstra(
        graph, directed=False, indices=np.flatnonzero(need.hubs), return_predecessors=True, min_only=True
    )
    return distance, before.astype(np.int64)
