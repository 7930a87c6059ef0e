"""Shortest paths over turns, by a customizable contraction hierarchy (Dibbelt, Strasser & Wagner 2016).

routingkit-cch was the fastest well-kept library in `benchmarks/network_matrix.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from layers.network.graph import Network
from layers.network.states import States

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]

_TOP = 2**31 - 2  # the library's weights are 31 bits, the highest of them means "no way"


@dataclass(frozen=True, slots=True)
class Packing:
    """Pack time and length of a path into one 31-bit weight, time first.

    A fastest path is then found together with its length in one query. The units are made so small that no path overflows.

    Parameters
    ----------
    time_unit_s
        A tenth of a second, or more where the network is huge.
    length_unit_m
        Rounding unit of an arc's length: over a path of k arcs the error is about ``0.3 * sqrt(k)`` units.
    n_length_bits
        Low bits that hold the length.
    """

    time_unit_s: float
    length_unit_m: float
    n_length_bits: int

    def weights(self, time_s: F64, length_m: F64) -> I64:
        """Return the packed weight of each edge."""
        time = np.rint(time_s / self.time_unit_s).astype(np.int64)
        return (time << self.n_length_bits) + np.rint(length_m / self.length_unit_m).astype(np.int64)

    def unpack(self, packed: I64) -> tuple[F64, F64]:
        """Return times in seconds and lengths in metres; infinite where there is no way (a negative weight)."""
        no_way = packed < 0
        time = (packed >> self.n_length_bits) * self.time_unit_s
        length = (packed & ((1 << self.n_length_bits) - 1)) * self.length_unit_m
        return np.where(no_way, np.inf, time), np.where(no_way, np.inf, length)


class Router:
    """Answer path questions on one network.

    Parameters
    ----------
    network
        The hierarchy is built when it is first asked.
    """

    def __init__(self, network: Network) -> None:
        self.network = network

    @cached_property
    def states(self) -> States:
        """The edge-based graph."""
        return self.network.states()

    @cached_property
    def packing(self) -> Packing:
        """Units fine enough for this network, from a proven bound on its longest fastest path."""
        states = self.states
        n = states.n_states
        graph = csr_matrix((np.maximum(states.time_s, 1e-6), (states.tail, states.head)), shape=(n, n))
        # d(u, v) <= d(u, 0) + d(0, v); rounding of edges adds at most half a unit each
        longest_s = 1.05 * (dijkstra(graph, indices=[0]).max() + dijkstra(graph.T.tocsr(), indices=[0]).max()) + 60
        fastest_mps = float((states.length_m / np.maximum(states.time_s, 1e-6)).max())
        n_bits = 14
        time_unit_s = max(0.1, longest_s / (_TOP >> n_bits))
        return Packing(time_unit_s, max(0.01, longest_s * fastest_mps / ((1 << n_bits) - 1)), n_bits)

    @cached_property
    def _metric(self) -> Any:
        import routingkit_cch

        states, network = self.states, self.network
        xy = network.node_xy_m
        tail, head = network.arc_tail.tolist(), network.arc_head.tolist()
        order = routingkit_cch.compute_order_inertial(network.n_nodes, tail, head, xy[:, 1].tolist(), xy[:, 0].tolist())
        # a separator of junctions separates the states at them too: the order of the junctions serves the states
        rank = np.empty(network.n_nodes, dtype=np.int64)
        rank[order] = np.arange(network.n_nodes)
        state_order = np.argsort(rank[states.junction], kind="stable").tolist()
        cch = routingkit_cch.CCH(state_order, states.tail.tolist(), states.head.tolist(), False)
        weights = self.packing.weights(states.time_s, states.length_m)
        return routingkit_cch.CCHMetric(cch, weights.tolist())

    def path(self, from_state: int, to_state: int) -> I64:
        """Return the arcs driven on the fastest way between two states, in order; empty where nothing is driven.

        Raises
        ------
        ValueError
            Where there is no way.
        """
        return self.paths([(from_state, to_state)])[0]

    def paths(self, pairs: list[tuple[int, int]]) -> list[I64]:
        """Return the arcs driven between each pair of states; see `path`."""
        import routingkit_cch

        query = routingkit_cch.CCHQuery(self._metric)
        n_arcs, found = self.network.n_arcs, []
        for source, target in pairs:
            answer = query.run(int(source), int(target))
            if answer.distance is None:
                raise ValueError(f"no way from state {source} to state {target}")
            edges = np.asarray(answer.arc_path, dtype=np.int64)
            del answer  # the library allows one answer at a time
            found.append(edges[edges < n_arcs])  # the first edges of the states are the arcs
        return found

    def rows(self, sources: list[list[tuple[int, int]]], targets: I64) -> I64:
        """Return the packed weight of the fastest way from each source to each target state, shape (n_sources, n_targets).

        Parameters
        ----------
        sources
            For each source, the states that it may set out from, with the packed weight already spent to get there.

        Returns
        -------
        -1 where there is no way.
        """
        import routingkit_cch

        packed = np.full((len(sources), len(targets)), -1, dtype=np.int64)
        if packed.size == 0:
            return packed
        pinned = routingkit_cch.CCHOneToMany(self._metric, targets.tolist())
        for i, source in enumerate(sources):
            row = pinned.distances_from_multi(source)
            packed[i] = [-1 if d is None else d for d in row]
        return packed
