"""The edge-based graph: positions at the start and at the end of each arc, so that turns can cost time or be banned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class States:
    """Hold the edge-based graph of a network.

    State ``2 * a`` is the start of arc ``a``, state ``2 * a + 1`` its end. An edge leads from the start to the end (the arc
    is driven) or from an end to a start (a turn is made). The first ``n_states / 2`` edges are the arcs, in their order.

    Parameters
    ----------
    tail, head
        States, shape (n_edges,).
    time_s, length_m
        Of each edge.
    junction
        Junction row of each state, shape (n_states,).
    """

    n_states: int
    tail: I64
    head: I64
    time_s: F64
    length_m: F64
    junction: I64
