"""Time and length of a path in one 31-bit weight, so that one query answers both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from layers.network.graph import Network

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]

_TOP = 2**31 - 2  # the hierarchy's weights are 31 bits, the highest of them means "no way"
_N_LENGTH_BITS = 14
_FINEST_S = 0.1
_FINEST_M = 0.01


@dataclass(frozen=True, slots=True)
class Packing:
    """Pack time and length into one weight, time first, so that the least weight belongs to a fastest path.

    The units are made so small that no path overflows.

    Parameters
    ----------
    time_unit_s
        A tenth of a second, or more where the network is huge.
    length_unit_m
        Rounding unit of an arc's length: over a path of k arcs the error is about ``0.3 * sqrt(k)`` units.
    """

    time_unit_s: float
    length_unit_m: float

    def weights(self, time_s: F64, length_m: F64) -> I64:
        """Return the packed weight of each edge."""
        time = np.rint(time_s / self.time_unit_s).astype(np.int64)
        return (time << _N_LENGTH_BITS) + np.rint(length_m / self.length_unit_m).astype(np.int64)

    def unpack(self, packed: I64) -> tuple[F64, F64]:
        """Return times in seconds and lengths in metres; infinite where there is no way (a negative weight)."""
        no_way = packed < 0
        time = (packed >> _N_LENGTH_BITS) * self.time_unit_s
        length = (packed & ((1 << _N_LENGTH_BITS) - 1)) * self.length_unit_m
        return np.where(no_way, np.inf, time), np.where(no_way, np.inf, length)


def packing_for(network: Network) -> Packing:
    """Return units that no fastest path on this network overflows.

    The longest one takes at most ``d(u, 0) + d(0, v)``, whatever u and v are.
    """
    n = network.n_arcs
    taken_s = network.turn_time_s + network.arc_time_s[network.turn_to]
    graph = csr_matrix((np.maximum(taken_s, 1e-6), (network.turn_from, network.turn_to)), shape=(n, n))
    there, back = dijkstra(graph, indices=[0]).max(), dijkstra(graph.T.tocsr(), indices=[0]).max()
    # a street at either end, and 5 % for rounding edges up
    longest_s = 1.05 * (there + back + 2 * network.arc_time_s.max()) + 60
    fastest_mps = float((network.arc_length_m / network.arc_time_s).max())
    time_unit_s = max(_FINEST_S, longest_s / (_TOP >> _N_LENGTH_BITS))
    return Packing(time_unit_s, max(_FINEST_M, longest_s * fastest_mps / ((1 << _N_LENGTH_BITS) - 1)))
