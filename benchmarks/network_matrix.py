"""Many-to-many times and lengths: the router beside scipy's Dijkstra.

Run with ``python -m benchmarks.network_matrix [--side 447] [--places 5000] [--peer-rows 20] [--turns]``. The network is a
seeded grid with gaps of ``side * side`` junctions; with ``--turns`` they cost what they cost a truck. The peer is timed on a
few rows, since all of them would take most of an hour.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from layers.city import City
from layers.geometry import Geometry
from layers.kinds.streets import Streets
from layers.network import Mover, Network, Router, TurnCosts, build, matrix, snap
from layers.network.mover import FREE_TURNS


def grid(side: int, seed: int = 1) -> City:
    """Return a crooked grid of streets, a fifth of them missing, a tenth of them one-way."""
    rng = np.random.default_rng(seed)
    i = np.arange(side * side).reshape(side, side)
    ends = np.concatenate([np.c_[i[:, :-1].ravel(), i[:, 1:].ravel()], np.c_[i[:-1].ravel(), i[1:].ravel()]])
    ends = ends[rng.random(len(ends)) < 0.8]
    xy = np.column_stack([i.ravel() % side, i.ravel() // side]) * 150.0 + rng.normal(0, 25, (side * side, 2))
    n = len(ends)
    streets = Streets(
        ids=np.char.add("s", np.arange(n).astype(str)),
        geometry=Geometry.lines(list(xy[ends])),
        from_junction=np.char.add("n", ends[:, 0].astype(str)),
        to_junction=np.char.add("n", ends[:, 1].astype(str)),
        oneway=rng.choice([1, 2], n, p=[0.9, 0.1]).astype(np.int8),
        speed_mps=rng.uniform(5, 16, n),
    )
    return City("grid", 4549, {"streets": streets})


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what the work returns, and its seconds."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def peers(network: Network, arcs: np.ndarray[Any, Any], n_rows: int) -> dict[str, float]:
    """Return the seconds of one row by scipy's Dijkstra (times alone), on the same graph."""
    edges = Router(network).edges
    n = len(edges.junction)
    graph = csr_matrix((edges.weight.astype(float), (edges.tail, edges.head)), shape=(n, n))
    nodes = np.unique(edges.tail[arcs[:n_rows] % len(edges.tail)])
    _, plain_s = timed(lambda: dijkstra(graph, indices=nodes))
    return {"scipy_dijkstra_s_per_row": plain_s / len(nodes)}


def main() -> None:
    """Print one JSON document with the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--side", type=int, default=447)
    parser.add_argument("--places", type=int, default=5000)
    parser.add_argument("--peer-rows", type=int, default=20)
    parser.add_argument("--turns", action="store_true")
    args = parser.parse_args()
    city, rng = grid(args.side), np.random.default_rng(2)
    network, build_s = timed(lambda: build(city, Mover("truck", 14.0), turn_costs=TurnCosts() if args.turns else FREE_TURNS))
    places = snap(network, city[Streets], network.node_xy_m[rng.choice(network.n_nodes, args.places)])
    router = Router(network)
    _, prepare_s = timed(lambda: router.path(0, 1))
    result, matrix_s = timed(lambda: matrix(router, places, places))
    figures = {
        "n_nodes": network.n_nodes,
        "n_arcs": network.n_arcs,
        "n_turns": len(network.turn_from),
        "n_places": args.places,
        "build_s": build_s,
        "prepare_s": prepare_s,
        "matrix_s": matrix_s,
        "matrix_s_per_row": matrix_s / args.places,
        "n_unreachable": int(np.isinf(result.time_s).sum()),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        **peers(network, places.arc, args.peer_rows),
    }
    json.dump(figures, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
