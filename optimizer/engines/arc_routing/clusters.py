"""Neighbouring places taken together, so that the search for sets stays quick in a large network."""

from __future__ import annotations

import numpy as np

from optimizer.engines.arc_routing.problem import IntArray
from optimizer.engines.arc_routing.relaxation import Relaxation

# Clusters are at most so many times as large as they would be if all were alike.
LARGEST = 2


def clusters_of(relaxation: Relaxation, most: int) -> IntArray:
    """Return the cluster of each place, shape (n_places,), at most `most` where the network holds together.

    Places are joined along the cheapest moves first, as far as clusters stay small; hubs of needs stay alone, for sets must
    not hold them. Any union of clusters is a set of places, so rules stay valid, only fewer are looked at.
    """
    n = relaxation.n_places
    if n <= most:
        return np.arange(n)
    hubs = np.zeros(n, dtype=np.bool_)
    for need in relaxation.needs:
        hubs |= need.hubs
    tail, head = relaxation.ends()
    usable = (tail != head) & ~hubs[tail] & ~hubs[head]
    order = np.flatnonzero(usable)[np.argsort(relaxation.move_cost[usable], kind="stable")]
    pairs = np.column_stack([tail[order], head[order]]).tolist()
    largest = LARGEST * -(-n // most)
    parent, size, left = list(range(n)), [1] * n, n
    while left > most and largest <= 2 * n:
        left -= _join(pairs, parent, size, largest, left - most)
        largest *= 2
    roots = np.array([_root(parent, v) for v in range(n)])
    return np.unique(roots, return_inverse=True)[1].astype(np.int64)


def _join(pairs: list[list[int]], parent: list[int], size: list[int], largest: int, most_joins: int) -> int:
    """Join clusters along `pairs` while they stay small; return how many joins were made."""
    n_joins = 0
    for a, b in pairs:
        if n_joins == most_joins:
            break
        i, j = _root(parent, a), _root(parent, b)
        if i != j and size[i] + size[j] <= largest:
            parent[j] = i
            size[i] += size[j]
            n_joins += 1
    return n_joins


def _root(parent: list[int], v: int) -> int:
    while parent[v] != v:
        parent[v] = parent[parent[v]]
        v = parent[v]
    return v
