"""Sets with an odd number of services across their border, which less than one move crosses."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from ortools.graph.python import max_flow
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from optimizer.engines.arc_routing.problem import BoolArray, IntArray
from optimizer.engines.arc_routing.relaxation import Floats, Relaxation

# Flows are whole numbers: so many to one crossing.
FLOW_SCALE = 1_000_000
# Moves fewer than this do not join a component.
LEAST_MOVES = 1e-7
# Components are looked at among moves of more than so much.
THRESHOLDS = (LEAST_MOVES, 0.3, 0.7)
# Around more odd places than this in one component no tree of cuts is built: each place costs a flow.
MOST_ODD = 400


class _Moves:
    """The moves that a solution makes, as a graph of places for maximum flows."""

    def __init__(self, n_places: int, tail: IntArray, head: IntArray, moves: Floats) -> None:
        self.n_places, self.tail, self.head = n_places, tail, head
        whole = np.rint(moves * FLOW_SCALE).astype(np.int64)
        self._arcs = np.concatenate([tail, head]).astype(np.int32), np.concatenate([head, tail]).astype(np.int32)
        self._capacity = np.concatenate([whole, whole])

    def cut(self, a: int, b: int) -> tuple[float, BoolArray]:
        """Return the least number of moves that part two places, and the side of the first."""
        flow = max_flow.SimpleMaxFlow()
        flow.add_arcs_with_capacity(*self._arcs, self._capacity)
        side = np.zeros(self.n_places, dtype=np.bool_)
        if flow.solve(a, b) != flow.OPTIMAL:
            return np.inf, side
        side[flow.get_source_side_min_cut()] = True
        return flow.optimal_flow() / FLOW_SCALE, side


def odd_sets(relaxation: Relaxation, moves: Floats, stopped: Callable[[], bool]) -> list[BoolArray]:
    """Return sets that should be crossed once and are not, within the components that moves join.

    The number of services and moves across any border is even. The least crossed odd set is among the cuts of a Gomory-Hu
    tree over the odd places (Padberg & Rao 1982, doi 10.1287/moor.7.1.67).
    """
    n = relaxation.n_places
    tail, head = relaxation.ends()
    is_odd = np.bincount(relaxation.sides.ravel(), minlength=n) % 2 == 1
    part = components(relaxation, moves, LEAST_MOVES)
    n_odd = np.bincount(part[is_odd], minlength=n)
    kept = np.flatnonzero((moves > LEAST_MOVES) & (tail != head))
    kept = kept[np.argsort(part[tail[kept]], kind="stable")]
    edges = np.searchsorted(part[tail[kept]], np.arange(n + 1))
    by_part = np.argsort(part, kind="stable")
    firsts = np.searchsorted(part[by_part], np.arange(n + 1))
    local = np.zeros(n, dtype=np.int64)
    found: list[BoolArray] = []
    for k in np.flatnonzero((n_odd > 1) & (n_odd <= MOST_ODD)).tolist():
        if stopped():
            break
        places, moved = by_part[firsts[k] : firsts[k + 1]], kept[edges[k] : edges[k + 1]]
        local[places] = np.arange(len(places))
        graph = _Moves(len(places), local[tail[moved]], local[head[moved]], moves[moved])
        for inside in _tree_sets(graph, np.flatnonzero(is_odd[places]).tolist(), stopped):
            sides = np.zeros(n, dtype=np.bool_)
            sides[places[inside]] = True
            found.append(sides)
    return found


def components(relaxation: Relaxation, moves: Floats, least: float) -> IntArray:
    """Return the component of each place among moves made more than `least` times."""
    kept = moves > least
    tail, head = relaxation.ends()
    n = relaxation.n_places
    graph = csr_array((np.ones(int(kept.sum())), (tail[kept], head[kept])), shape=(n, n))
    return connected_components(graph, directed=False)[1].astype(np.int64)


def _tree_sets(graph: _Moves, terminals: list[int], stopped: Callable[[], bool]) -> list[BoolArray]:
    """Return odd sets crossed by less than one move, met while Gusfield's cut tree of the terminals is built.

    Gusfield (1990, doi 10.1137/0219009): one flow a terminal on the uncontracted graph.
    """
    parent = dict.fromkeys(terminals, terminals[0])
    value: dict[int, float] = {}
    found: list[BoolArray] = []
    places = np.array(terminals)
    for s in terminals[1:]:
        if stopped():
            return found
        t = parent[s]
        value[s], side = graph.cut(s, t)
        if value[s] < 1 - 1e-6 and side[places].sum() % 2:
            found.append(side)
        for v in terminals:
            if v != s and side[v] and parent[v] == t:
                parent[v] = s
        if t != terminals[0] and side[parent[t]]:
            parent[s], parent[t] = parent[t], s
            value[s], value[t] = value[t], value[s]
    for s in _odd_branches(terminals, parent):
        if value[s] < 1 - 1e-6 and not stopped():
            side = graph.cut(s, parent[s])[1]
            if side[places].sum() % 2:
                found.append(side)
    return found


def _odd_branches(terminals: list[int], parent: dict[int, int]) -> list[int]:
    """Return the terminals, but for the root, whose branch of the tree holds an odd number of them."""
    size = dict.fromkeys(terminals, 0)
    for s in terminals:
        at = s
        while at != terminals[0]:
            size[at] += 1
            at = parent[at]
    return [s for s in terminals[1:] if size[s] % 2]
