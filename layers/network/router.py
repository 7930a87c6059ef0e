"""Fastest paths, by a customizable contraction hierarchy (Dibbelt, Strasser & Wagner 2016).

routingkit-cch was the fastest well-kept library in `benchmarks/network_matrix.py`. Where turns cost or are banned, the
hierarchy stands on arcs (a turn is an edge); where all turns are free, on junctions, which is five times faster.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.network.graph import Network
from layers.network.packing import Packing, packing_for

I64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Edges:
    """Hold the graph that the hierarchy stands on.

    Parameters
    ----------
    tail, head
        Nodes of the graph, shape (n_edges,).
    weight
        Packed.
    arc
        The arc of the network that an edge drives.
    junction
        Junction that each node of the graph lies at; shape (n_nodes,).
    """

    tail: I64
    head: I64
    weight: I64
    arc: I64
    junction: I64


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
    def packing(self) -> Packing:
        """Units fine enough for this network."""
        return packing_for(self.network)

    @cached_property
    def on_junctions(self) -> bool:
        """Whether all turns are free, so that junctions will do for nodes."""
        network = self.network
        n_all = int((np.bincount(network.arc_tail, minlength=network.n_nodes)[network.arc_head]).sum())
        return len(network.turn_from) == n_all and not network.turn_time_s.any()

    @cached_property
    def _arc_weight(self) -> I64:
        return self.packing.weights(self.network.arc_time_s, self.network.arc_length_m)

    @cached_property
    def _onward(self) -> tuple[I64, I64, I64]:
        """Turns in order of the arc before: first turn of each arc, arc after, packed weight of turn and arc after."""
        network = self.network
        order = np.argsort(network.turn_from, kind="stable")
        after = network.turn_to[order]
        turn = self.packing.weights(network.turn_time_s[order], np.zeros(len(order)))
        first = np.searchsorted(network.turn_from[order], np.arange(network.n_arcs + 1))
        return first.astype(np.int64), after, turn + self._arc_weight[after]

    @cached_property
    def _least_onward_s(self) -> list[float]:
        """Least seconds of a turn out of each arc and of the arc that it leads to."""
        network = self.network
        least = np.full(network.n_arcs, np.inf)
        np.minimum.at(least, network.turn_from, network.turn_time_s + network.arc_time_s[network.turn_to])
        found: list[float] = least.tolist()
        return found

    def _leads_straight(self, from_arc: int, to_arc: int) -> bool:
        """Return whether nothing is driven on the fastest way between two arcs; False where only a search can tell."""
        if self.on_junctions:
            return bool(self.network.arc_head[from_arc] == self.network.arc_tail[to_arc])
        # any other way drives another arc first
        turn_s = self.network.turn_times.get((from_arc, to_arc))
        return turn_s is not None and turn_s < self._least_onward_s[from_arc]

    @cached_property
    def edges(self) -> Edges:
        """The graph: junctions joined by arcs, or arcs (each standing for its end) joined by turns."""
        network = self.network
        if self.on_junctions:
            arcs = np.arange(network.n_arcs, dtype=np.int64)
            return Edges(network.arc_tail, network.arc_head, self._arc_weight, arcs, np.arange(network.n_nodes))
        first, after, weight = self._onward
        before = np.repeat(np.arange(network.n_arcs, dtype=np.int64), np.diff(first))
        return Edges(before, after, weight, after, network.arc_head)

    @cached_property
    def metric(self) -> Any:
        """The weighted hierarchy."""
        import routingkit_cch

        network, edges, xy = self.network, self.edges, np.nan_to_num(self.network.node_xy_m)
        tail, head = network.arc_tail.tolist(), network.arc_head.tolist()
        order = routingkit_cch.compute_order_inertial(network.n_nodes, tail, head, xy[:, 1].tolist(), xy[:, 0].tolist())
        # junctions that cut the city in two do so with the arcs that end at them: one order serves both graphs, and an
        # order of the arcs' own takes six times longer to find
        rank = np.empty(network.n_nodes, dtype=np.int64)
        rank[order] = np.arange(network.n_nodes)
        by_rank = np.argsort(rank[edges.junction], kind="stable").tolist()
        cch = routingkit_cch.CCH(by_rank, edges.tail.tolist(), edges.head.tolist(), True)
        return routingkit_cch.CCHMetric(cch, edges.weight.tolist())

    def _sources(self, ends: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return graph nodes with the weight spent to reach them, for arcs at whose ends one stands."""
        if self.on_junctions:
            return [(int(self.network.arc_head[arc]), spent) for arc, spent in ends]
        first, after, weight = self._onward
        return [
            (int(after[k]), spent + int(weight[k]))
            for arc, spent in ends
            for k in range(int(first[arc]), int(first[arc + 1]))
        ]

    def rows(self, origins: list[list[tuple[int, int]]], targets: I64) -> I64:
        """Return the packed weight of the fastest way from each origin to the start of each target arc.

        Parameters
        ----------
        origins
            For each origin, the arcs at whose ends it may set out, with the packed weight already spent to get there.
        targets
            Arcs, shape (n_targets,).

        Returns
        -------
        Shape (n_origins, n_targets); -1 where there is no way.
        """
        import routingkit_cch

        packed = np.full((len(origins), len(targets)), -1, dtype=np.int64)
        if packed.size == 0:
            return packed
        nodes = self.network.arc_tail[targets] if self.on_junctions else targets
        pinned = routingkit_cch.CCHOneToMany(self.metric, nodes.tolist())
        for i, origin in enumerate(origins):
            row = pinned.distances_from_multi(self._sources(origin))
            packed[i] = [-1 if d is None else d for d in row]
        # on arcs, the way led to the target's end
        entered = 0 if self.on_junctions else self._arc_weight[targets]
        return np.where(packed < 0, -1, packed - entered)

    def path(self, from_state: int, to_state: int) -> I64:
        """Return the arcs driven on the fastest way between two states, in order; empty where nothing is driven.

        Parameters
        ----------
        from_state, to_state
            As in `layers.network.states`: ``2 * arc`` is its start, ``2 * arc + 1`` its end.

        Raises
        ------
        ValueError
            Where there is no way.
        """
        return self.paths([(from_state, to_state)])[0]

    def paths(self, pairs: list[tuple[int, int]]) -> list[I64]:
        """Return the arcs driven between each pair of states; see `path`."""
        import routingkit_cch

        query = routingkit_cch.CCHQuery(self.metric)
        return [self._path(query, int(a), int(b)) for a, b in pairs]

    def _path(self, query: Any, from_state: int, to_state: int) -> I64:
        if from_state == to_state:
            return np.empty(0, dtype=np.int64)
        if from_state % 2 == 0:  # the arc is driven first, whatever follows
            arc = from_state // 2
            rest = self._path(query, from_state + 1, to_state)
            return np.concatenate([np.array([arc], dtype=np.int64), rest])
        if to_state % 2 == 1:
            rest = self._path(query, from_state, to_state - 1)
            return np.concatenate([rest, np.array([to_state // 2], dtype=np.int64)])
        return self._between(query, from_state // 2, to_state // 2)

    def _between(self, query: Any, from_arc: int, to_arc: int) -> I64:
        """Return the arcs driven from the end of one arc to the start of another."""
        if self._leads_straight(from_arc, to_arc):
            return np.empty(0, dtype=np.int64)
        target = int(self.network.arc_tail[to_arc]) if self.on_junctions else to_arc
        sources = self._sources([(from_arc, 0)])
        answer = query.run_multi(sources, [(target, 0)])
        if answer.distance is None:
            raise ValueError(f"no way from the end of arc {from_arc} to the start of arc {to_arc}")
        driven = self.edges.arc[np.asarray(answer.arc_path, dtype=np.int64)]
        if self.on_junctions:
            return driven
        # on arcs, the first node is an arc that is driven too, and the last is the target itself
        first = answer.node_path[0]
        return np.concatenate([np.array([first], dtype=np.int64), driven])[:-1]

    def between(
        self, sources: list[tuple[int, int]], targets: list[tuple[int, int]], query: Any
    ) -> tuple[int, list[int]] | None:
        """Return the packed weight of the fastest way out of some arcs and into others, and its arcs, both ends told in.

        Parameters
        ----------
        sources, targets
            Arcs, with the packed weight that is driven on them before their ends, or behind their starts.
        query
            Of the hierarchy (`metric`).
        """
        own = {arc: 0 if self.on_junctions else int(self._arc_weight[arc]) for arc, _ in targets}
        most = max(own.values(), default=0)  # on arcs, a way leads to a target's end; weights may not be negative
        nodes = {int(self.network.arc_tail[arc]) if self.on_junctions else arc: arc for arc, _ in targets}
        offset = {node: spent for (_, spent), node in zip(targets, nodes, strict=False)}
        begun = self._sources(sources)
        answer = query.run_multi(begun, [(node, offset[node] + most - own[arc]) for node, arc in nodes.items()])
        if answer.distance is None:
            return None
        path = [int(node) for node in answer.node_path]
        last = nodes[path[-1]]
        driven = [int(a) for a in self.edges.arc[np.asarray(answer.arc_path, dtype=np.int64)].tolist()]
        first = [arc for arc, _ in sources if self.network.arc_head[arc] == self._begin(path[0])]
        inner = driven if self.on_junctions else [path[0], *driven][:-1]
        return int(answer.distance) - most, [first[0], *inner, last]

    def _begin(self, node: int) -> int:
        """Return the junction from which a way's first node is entered: itself, or where its arc begins."""
        return node if self.on_junctions else int(self.network.arc_tail[node])
