"""Edges as a sparse matrix, for shortest ways by scipy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

# A matrix has no edge where it is 0.
LEAST_COST = 1e-9


def cheapest_edges(tail: NDArray[np.int64], head: NDArray[np.int64], cost: NDArray[np.float64], n_nodes: int) -> csr_matrix:
    """Return a graph of edges, of parallel ones the cheapest alone (a sparse matrix would add them up).

    Parameters
    ----------
    tail, head, cost
        Shape (n_edges,); a cost below `LEAST_COST` counts as that.
    """
    cost = np.maximum(cost, LEAST_COST)
    order = np.lexsort((cost, head, tail))
    tail, head, cost = tail[order], head[order], cost[order]
    new = np.ones(len(tail), dtype=bool)
    new[1:] = (np.diff(tail) != 0) | (np.diff(head) != 0)
    return csr_matrix((cost[new], (tail[new], head[new])), shape=(n_nodes, n_nodes))
