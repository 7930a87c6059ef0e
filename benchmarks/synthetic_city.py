"""Make a mixed grid of streets with depots, dumps and shifts, for the arc-routing engine."""

from __future__ import annotations

import numpy as np

from optimizer.engines.arc_routing import ArcRoutingProblem, Facility, Network, Tasks, VehicleGroup

SPEED_MPS = 6.0
SWEEP_MPS = 1.7


def grid_problem(n_columns: int, n_rows: int, seed: int, *, n_vehicles: int | None, serve_all: bool) -> ArcRoutingProblem:
    """Return a grid of blocks 90 to 260 m long: a fifth one-way, the rest with both kerbs or one pass to be swept.

    Costs are metres. Four depots and five dumps lie about; a shift has 8 h, a hopper takes some 9 km of kerb.
    """
    rng = np.random.default_rng(seed)
    node = np.arange(n_columns * n_rows).reshape(n_rows, n_columns)
    tail = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()]).astype(np.int64)
    head = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()]).astype(np.int64)
    length_m = rng.integers(90, 260, len(tail))
    kind = rng.choice(
        3, len(tail), p=[0.2, 0.5, 0.3]
    )  # one-way; two-way with two kerbs; alley, one pass in either direction
    edge = (tail // n_columns % (n_rows - 1) == 0) & (head // n_columns % (n_rows - 1) == 0)
    edge |= (tail % n_columns % (n_columns - 1) == 0) & (head % n_columns % (n_columns - 1) == 0)
    kind[edge & (kind == 0)] = 1  # the ring is two-way, so that every street can be left again
    swap = rng.random(len(tail)) < 0.5
    tail[swap], head[swap] = head[swap], tail[swap].copy()
    two_way = kind > 0
    arc_tail = np.concatenate([tail, head[two_way]])
    arc_head = np.concatenate([head, tail[two_way]])
    arc_m = np.concatenate([length_m, length_m[two_way]])
    network = Network(node.size, arc_tail, arc_head, arc_m, np.ceil(arc_m / SPEED_MPS).astype(np.int64))
    both_kerbs = kind == 1
    task_tail = np.concatenate([tail, head[both_kerbs]])
    task_head = np.concatenate([head, tail[both_kerbs]])
    task_m = np.concatenate([length_m, length_m[both_kerbs]])
    alley = np.concatenate([kind == 2, np.zeros(int(both_kerbs.sum()), dtype=np.bool_)])
    tasks = Tasks(
        entry=np.column_stack([task_tail, task_head]),
        exit=np.column_stack([task_head, task_tail]),
        cost=np.column_stack([task_m, task_m]),
        time_s=np.ceil(np.column_stack([task_m, task_m]) / SWEEP_MPS).astype(np.int64),
        reversible=alley,
        demand=task_m[:, None],
        value=task_m,
    )
    at = rng.choice(node.size, 9, replace=False)
    groups = tuple(VehicleGroup(int(n), int(n), (9000,), n_vehicles, shift_s=28800, setup_s=1800) for n in at[:4])
    dumps = tuple(Facility(int(n), visit_s=600) for n in at[4:])
    return ArcRoutingProblem(network, tasks, groups, dumps, serve_all=serve_all, name=f"grid-{len(task_m)}")
