"""Points that are searched as one: those of a stream in one square, and what that can cost at the most."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from layers.layer import F64, Rows
from optimizer.planners.transfer.reading.waste import Waste

_FINEST_M = 25.0
_COARSER = 1.15


@dataclass(frozen=True, eq=False)
class Clusters:
    """Hold which cluster each item is of.

    Parameters
    ----------
    of_item
        Shape (n_items,).
    stream
        Of each cluster, shape (n_clusters,).
    t_day
        Of each cluster.
    side_m
        Side of the squares; 0 where each item is by itself.
    """

    of_item: Rows
    stream: Rows
    t_day: F64
    side_m: float

    def __len__(self) -> int:
        return len(self.stream)

    @property
    def items(self) -> tuple[Rows, ...]:
        """Items of each cluster."""
        order = np.argsort(self.of_item, kind="stable")
        ends = np.searchsorted(self.of_item[order], np.arange(len(self) + 1))
        return tuple(order[a:b] for a, b in pairwise(ends))


def clusters_of(waste: Waste, n_most: int) -> Clusters:
    """Return the waste joined by squares, the smallest with which there are no more than `n_most` clusters."""
    n = len(waste)
    if n <= n_most:
        return _made(waste, np.arange(n), 0.0)
    side_m = _FINEST_M
    while True:
        cells = np.floor((waste.xy_m - waste.xy_m.min(axis=0)) / side_m).astype(np.int64)
        keys = np.column_stack([cells, waste.stream])
        _, of_item = np.unique(keys, axis=0, return_inverse=True)
        if of_item.max() < max(n_most, len(np.unique(waste.stream))):
            return _made(waste, of_item.reshape(-1).astype(np.int64), side_m)
        side_m *= _COARSER


def _made(waste: Waste, of_item: Rows, side_m: float) -> Clusters:
    n = int(of_item.max()) + 1
    stream: Rows = np.zeros(n, dtype=np.int64)
    stream[of_item] = waste.stream
    return Clusters(of_item, stream, np.bincount(of_item, weights=waste.t_day, minlength=n).astype(np.float64), side_m)


def joined(clusters: Clusters, values: F64) -> F64:
    """Return the sum of the rows of each cluster's items, shape (n_clusters, n_sites)."""
    total = np.zeros((len(clusters), values.shape[1]))
    np.add.at(total, clusters.of_item, values)
    return total


def most_gained(clusters: Clusters, t_day: F64, cost: F64) -> float:
    """Return what serving every item by itself could save at the most against serving clusters in proportion.

    A plan for the items is one for the clusters, its shares weighted by tonnes. There a tonne of item p served from site s
    costs the cluster's mean of s in place of its own; the sum of the largest such difference over all sites bounds the gain.

    Parameters
    ----------
    cost
        Of serving each item in whole from each site, shape (n_items, n_sites).
    """
    mean = joined(clusters, cost) / np.maximum(1e-12, clusters.t_day)[:, None]
    each = cost / np.maximum(1e-12, t_day)[:, None]
    dearer = np.maximum(0.0, (mean[clusters.of_item] - each).max(axis=1, initial=0.0))
    return float((dearer * t_day).sum())
