"""Shortest paths from one node, stopped as soon as all wanted nodes are settled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optimizer.engines.kernels.compiled import compiled, entrance

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]


class Graph(NamedTuple):
    """Arcs by tail; the weight is cost * time_base + time, so that ties in cost go to the quicker path."""

    first: Int64
    head: Int32
    weight: Int64


class Workspace(NamedTuple):
    """Arrays that every search uses again; `seen` holds the number of the search that wrote the distance."""

    distance: Int64
    seen: Int64
    heap_key: Int64
    heap_node: Int64
    wanted: Int64


@compiled
def push(work: Workspace, size: int, key: int, node: int) -> int:
    """Put a node on the binary heap and return the new size."""
    i = size
    while i > 0:
        parent = (i - 1) >> 1
        if work.heap_key[parent] <= key:
            break
        work.heap_key[i] = work.heap_key[parent]
        work.heap_node[i] = work.heap_node[parent]
        i = parent
    work.heap_key[i] = key
    work.heap_node[i] = node
    return size + 1


@compiled
def drop_top(work: Workspace, size: int) -> int:
    """Take the least element off the heap and return the new size."""
    size -= 1
    key = work.heap_key[size]
    node = work.heap_node[size]
    i = 0
    while True:
        child = 2 * i + 1
        if child >= size:
            break
        if child + 1 < size and work.heap_key[child + 1] < work.heap_key[child]:
            child += 1
        if work.heap_key[child] >= key:
            break
        work.heap_key[i] = work.heap_key[child]
        work.heap_node[i] = work.heap_node[child]
        i = child
    work.heap_key[i] = key
    work.heap_node[i] = node
    return size


@compiled
def search(graph: Graph, work: Workspace, source: int, n_wanted: int, ticket: int) -> None:
    """Settle nodes from `source` until `n_wanted` nodes whose `wanted` is the ticket's batch are settled.

    `work.wanted[v]` counts how many wanted places lie at v; distances are valid where `work.seen[v] == ticket`.
    """
    work.distance[source] = 0
    work.seen[source] = ticket
    size = push(work, 0, 0, source)
    while size > 0 and n_wanted > 0:
        key = work.heap_key[0]
        node = work.heap_node[0]
        size = drop_top(work, size)
        if key > work.distance[node]:
            continue
        n_wanted -= work.wanted[node]
        for arc in range(graph.first[node], graph.first[node + 1]):
            head = graph.head[arc]
            new = key + graph.weight[arc]
            if work.seen[head] != ticket or new < work.distance[head]:
                work.distance[head] = new
                work.seen[head] = ticket
                size = push(work, size, new, head)


@entrance
def rows(graph: Graph, work: Workspace, sources: Int64, targets: Int64, out: Int64) -> None:
    """Fill `out`, shape (n_sources, n_targets), with weights of shortest paths; -1 where there is no way.

    Tickets count on from the highest one in `work.seen`, whose place for it is its last element.
    """
    n_wanted = 0
    for k in range(len(targets)):
        n_wanted += 1 - work.wanted[targets[k]]
        work.wanted[targets[k]] = 1
    last = len(work.seen) - 1
    for i in range(len(sources)):
        work.seen[last] += 1
        ticket = work.seen[last]
        search(graph, work, sources[i], n_wanted, ticket)
        for k in range(len(targets)):
            if work.seen[targets[k]] == ticket:
                out[i, k] = work.distance[targets[k]]
            else:
                out[i, k] = -1
    for k in range(len(targets)):
        work.wanted[targets[k]] = 0
