"""How far the farthest ends of two stretches are apart on foot, for all that are near enough to share a beat."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from layers.network.sparse import cheapest_edges
from optimizer.engines.beats.problem import BeatProblem, Floats, Ints

_CHUNK = 256


def graph_of(problem: BeatProblem) -> csr_matrix:
    """Return the walked graph, of parallel edges the shortest."""
    tail, head = np.concatenate([problem.tail, problem.head]), np.concatenate([problem.head, problem.tail])
    return cheapest_edges(tail, head, np.tile(problem.length_m, 2), problem.n_nodes)


def near_stretches(problem: BeatProblem) -> list[dict[int, float]]:
    """Return for each stretch those that may share its beat, with the walk between the ends that are farthest apart, metres.

    A stretch that is longer than the longest walk by itself has itself not among them.
    """
    graph, n = graph_of(problem), len(problem.n_berths)
    nodes, which = np.unique(np.concatenate([problem.first, problem.last]), return_inverse=True)
    items_at: list[list[int]] = [[] for _ in range(problem.n_nodes)]
    for item in range(n):
        items_at[problem.first[item]].append(item)
    rows: dict[int, tuple[Ints, Floats]] = {}
    for low in range(0, len(nodes), _CHUNK):
        part = nodes[low : low + _CHUNK]
        far_m = dijkstra(graph, indices=part, limit=problem.longest_m + 1e-6)
        for k, node in enumerate(part.tolist()):
            reached = np.flatnonzero(np.isfinite(far_m[k]))
            rows[node] = reached, far_m[k, reached]
    far = [dict(zip(rows[node][0].tolist(), rows[node][1].tolist(), strict=True)) for node in nodes.tolist()]
    found: list[dict[int, float]] = []
    for item in range(n):
        one, two = far[which[item]], far[which[n + item]]
        own = dict[int, float]()
        for node, metres in one.items():
            for other in items_at[node]:
                ends = (metres, one.get(int(problem.last[other])), two.get(node), two.get(int(problem.last[other])))
                if None not in ends:
                    most = max(m for m in ends if m is not None)
                    if most <= problem.longest_m + 1e-6:
                        own[other] = most
        found.append(own)
    return found
