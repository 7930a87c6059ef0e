"""Which tasks are neighbours."""

from __future__ import annotations

import numpy as np

from optimizer.engines.arc_routing.network import IntArray, Network
from optimizer.engines.arc_routing.tasks import Tasks


def neighbours_of(network: Network, tasks: Tasks) -> IntArray:
    """Return the pairs of neighbouring tasks, shape (n_pairs, 2), each once and sorted.

    Tasks are neighbours where one can be begun at the node at which the other ends. Where nothing begins at that node, as in
    networks whose arcs are turns too, those count that begin one arc further on.
    """
    used = tasks.used
    which = np.broadcast_to(np.arange(tasks.n_tasks)[:, None], used.shape)[used]
    begins: dict[int, list[int]] = {}
    for node, task in zip(tasks.entry[used].tolist(), which.tolist(), strict=True):
        begins.setdefault(node, []).append(task)
    order = np.argsort(network.arc_tail, kind="stable")
    tail, head = network.arc_tail[order], network.arc_head[order]
    ends = tasks.exit[used]
    first, last = np.searchsorted(tail, ends, side="left"), np.searchsorted(tail, ends, side="right")
    pairs = set()
    for k, (node, task) in enumerate(zip(ends.tolist(), which.tolist(), strict=True)):
        next_nodes = [node] if node in begins else head[first[k] : last[k]].tolist()
        for other in (t for n in next_nodes for t in begins.get(n, ())):
            if other != task:
                pairs.add((min(task, other), max(task, other)))
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
