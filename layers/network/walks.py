"""Walks along streets: who has which place within a limit, and which is nearest.

A walk leads straight from a place to the nearest street that may be walked, along streets, and straight to the other place.
Lengths are exact, not rounded as those of `layers.network.matrix` are, since limits such as 300 m are inclusive.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from layers.network.graph import Network
from layers.network.snap import Snaps
from layers.network.sparse import LEAST_COST, cheapest_edges

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]

# Places whose walks are looked for at once.
_CHUNK = 128


@dataclass(frozen=True, eq=False)
class Walks:
    """Hold walks that are no longer than a limit, one row each, no pair twice.

    Parameters
    ----------
    start, end
        Rows of the places, shape (n,).
    length_m
        Shape (n,).
    """

    start: I64
    end: I64
    length_m: F64


def walks_within(network: Network, starts: Snaps, ends: Snaps, limit_m: float) -> Walks:
    """Return all walks from some places to others that are no longer than a limit, which is included.

    Parameters
    ----------
    network
        Of a walker, who may walk every street either way.
    starts, ends
        Places snapped to it.
    limit_m
        Longest walk, the ways to and from the streets included.
    """
    graph = _graph(network)
    (first, second), (to_first_m, to_second_m) = _ends(network, starts)
    own, off_m = _ends(network, ends)
    rows, columns, lengths = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0)]
    for low in range(0, len(ends.arc), _CHUNK):
        part = np.arange(low, min(low + _CHUNK, len(ends.arc)))
        nodes, which = np.unique(np.concatenate([own[0][part], own[1][part]]), return_inverse=True)
        far_m = dijkstra(graph, indices=nodes, limit=limit_m)
        n = len(part)
        to_node_m = np.minimum(far_m[which[:n]] + off_m[0][part][:, None], far_m[which[n:]] + off_m[1][part][:, None])
        whole_m = np.minimum(to_node_m[:, first] + to_first_m, to_node_m[:, second] + to_second_m)
        found, start = np.nonzero(whole_m <= limit_m + LEAST_COST)
        rows.append(start)
        columns.append(part[found])
        lengths.append(whole_m[found, start])
    along = _along(network, starts, ends)
    near = along.length_m <= limit_m + LEAST_COST
    joined = (
        np.concatenate([*rows, along.start[near]]),
        np.concatenate([*columns, along.end[near]]),
        np.concatenate([*lengths, along.length_m[near]]),
    )
    return _shortest(*joined, len(ends.arc))


def nearest_walks(network: Network, starts: Snaps, ends: Snaps) -> Walks:
    """Return the shortest walk from each place to any of some others, one row a place in order.

    Where there is no other place at all, there is no walk. Of equally near ones, any may be taken.

    Parameters
    ----------
    network, starts, ends
        As for `walks_within`.
    """
    n_starts, n_ends, n_nodes = len(starts.arc), len(ends.arc), network.n_nodes
    if n_ends == 0:
        return Walks(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    own, off_m = _ends(network, ends)
    graph = _graph(network).tocoo()
    extra = n_nodes + np.arange(n_ends)
    tails = np.concatenate([graph.row, extra, extra])
    heads = np.concatenate([graph.col, own[0], own[1]])
    lengths_m = np.maximum(np.concatenate([graph.data, off_m[0], off_m[1]]), LEAST_COST)
    far_m, _, source = dijkstra(
        cheapest_edges(tails, heads, lengths_m, n_nodes + n_ends), indices=extra, min_only=True, return_predecessors=True
    )
    (first, second), (to_first_m, to_second_m) = _ends(network, starts)
    by_first_m, by_second_m = far_m[first] + to_first_m, far_m[second] + to_second_m
    end = source[np.where(by_first_m <= by_second_m, first, second)] - n_nodes
    length_m = np.minimum(by_first_m, by_second_m)
    along = _along(network, starts, ends)
    order = np.argsort(-along.length_m, kind="stable")  # so that the shortest is written last
    straight_m, straight_to = np.full(n_starts, np.inf), np.zeros(n_starts, dtype=np.int64)
    straight_m[along.start[order]], straight_to[along.start[order]] = along.length_m[order], along.end[order]
    is_straight = straight_m < length_m
    return Walks(
        np.arange(n_starts, dtype=np.int64),
        np.where(is_straight, straight_to, end).astype(np.int64),
        np.where(is_straight, straight_m, length_m),
    )


def _graph(network: Network) -> csr_matrix:
    """Return junctions joined by the shortest of their streets."""
    return cheapest_edges(network.arc_tail, network.arc_head, network.arc_length_m, network.n_nodes)


def _ends(network: Network, places: Snaps) -> tuple[tuple[I64, I64], tuple[F64, F64]]:
    """Return the two junctions of each place's street, and how far they are, the way to the street included."""
    length_m, share = network.arc_length_m[places.arc], places.share(network)
    junctions = network.arc_tail[places.arc], network.arc_head[places.arc]
    return junctions, (places.distance_m + share * length_m, places.distance_m + (1 - share) * length_m)


def _along(network: Network, starts: Snaps, ends: Snaps) -> Walks:
    """Return the walks between places of one street that do not leave it."""
    order = np.argsort(ends.street, kind="stable")
    street = ends.street[order]
    low, high = np.searchsorted(street, starts.street, "left"), np.searchsorted(street, starts.street, "right")
    start = np.repeat(np.arange(len(starts.street), dtype=np.int64), high - low)
    within = np.arange(len(start)) - np.repeat(np.cumsum(high - low) - (high - low), high - low)
    end = order[np.repeat(low, high - low) + within]
    apart_m = np.abs(starts.along[start] - ends.along[end]) * network.arc_length_m[starts.arc[start]]
    return Walks(start, end.astype(np.int64), apart_m + starts.distance_m[start] + ends.distance_m[end])


def _shortest(start: I64, end: I64, length_m: F64, n_ends: int) -> Walks:
    order = np.lexsort((length_m, end, start))
    start, end, length_m = start[order], end[order], length_m[order]
    new = np.ones(len(start), dtype=bool)
    new[1:] = np.diff(start * max(1, n_ends) + end) != 0
    return Walks(start[new], end[new], length_m[new])
