"""A sharper bound on deadheading: a linear programme over cuts of the network.

Around any set of nodes without the depot, as many vehicles must come and go as the load of the tasks that touch the set asks
for, and the number of crossings is even (Belenguer & Benavent 2003, doi 10.1016/S0305-0548(02)00046-1). What the tasks
across the cut do not give, deadheading must. The cheapest deadheading that keeps some of these rules is a bound, whichever
are taken, so sets are looked for by growing them greedily.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from optimizer.engines.arc_routing.problem import ArcRoutingProblem, BoolArray, IntArray

# Rounds of looking for broken rules; each solves one programme.
N_ROUNDS = 25
# Of the broken rules of a round the most broken are taken.
MOST_CUTS_A_ROUND = 60
# A rule counts as broken from here on.
LEAST_BREACH = 1e-4
# Larger networks are left to the matching bound.
MOST_NODES = 600

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class CutGraph:
    """An undirected problem as matrices over nodes.

    Parameters
    ----------
    ends
        Shape (n_edges, 2): the streets, the cheapest of parallel ones.
    cost
        Shape (n_edges,): of deadheading each.
    depot
        Node that no set holds.
    n_tasks, load
        Shape (n_nodes, n_nodes): number and summed demand of the tasks between two nodes.
    capacity
        Of the largest vehicle.
    """

    ends: IntArray
    cost: Floats
    depot: int
    n_tasks: Floats
    load: Floats
    capacity: int


def cut_graph(problem: ArcRoutingProblem) -> CutGraph:
    """Return `problem`, which must be undirected, as matrices."""
    network, tasks, n = problem.network, problem.tasks, problem.network.n_nodes
    low, high = np.minimum(network.arc_tail, network.arc_head), np.maximum(network.arc_tail, network.arc_head)
    order = np.lexsort((network.arc_cost, low * n + high))
    pair = (low * n + high)[order]
    keep = order[np.concatenate([[True], pair[1:] != pair[:-1]])]
    keep = keep[low[keep] != high[keep]]
    counts, load = np.zeros((n, n)), np.zeros((n, n))
    a, b = tasks.entry[:, 0], tasks.entry[:, 1]
    for matrix, amount in ((counts, np.ones(len(a))), (load, tasks.demand[:, 0].astype(np.float64))):
        np.add.at(matrix, (a, b), amount)
        np.add.at(matrix, (b, a), np.where(a == b, 0.0, amount))
    return CutGraph(
        ends=np.column_stack([low[keep], high[keep]]),
        cost=network.arc_cost[keep].astype(np.float64),
        depot=problem.groups[0].start_node,
        n_tasks=counts,
        load=load,
        capacity=max(group.capacity[0] for group in problem.groups),
    )


def cut_bound(problem: ArcRoutingProblem, stopped: Callable[[], bool]) -> int:
    """Return what deadheading costs at least; `problem` must be undirected, without facilities, all to be served."""
    can_carry = any(group.capacity[0] for group in problem.groups)
    if problem.network.n_nodes > MOST_NODES or not len(problem.network.arc_tail) or not can_carry:
        return 0
    graph = cut_graph(problem)
    sets = [np.eye(problem.network.n_nodes, dtype=np.bool_)[v] for v in range(problem.network.n_nodes) if v != graph.depot]
    known: set[bytes] = set()
    rows: list[BoolArray] = []
    least: list[float] = []
    best = 0.0
    for _ in range(N_ROUNDS):
        for members in sets:
            need = needed(graph, members)
            if need > 0 and (key := members.tobytes()) not in known:
                known.add(key)
                rows.append(members)
                least.append(need)
        if not rows:
            return 0
        deadheads, bound = cheapest(graph, rows, least)
        best = max(best, bound)
        sets = broken(graph, deadheads, stopped)
        if not any(members.tobytes() not in known for members in sets):
            break
    return int(np.ceil(best - 1e-6))


def needed(graph: CutGraph, members: BoolArray) -> float:
    """Return how many deadheads must cross the border of a set of nodes."""
    crossing = float(graph.n_tasks[members][:, ~members].sum())
    inside = graph.load[np.ix_(members, members)]
    load = float(graph.load[members].sum() - np.triu(inside, 1).sum())
    return max(2.0 * float(np.ceil(load / graph.capacity - 1e-9)) - crossing, crossing % 2)


def cheapest(graph: CutGraph, rows: list[BoolArray], least: list[float]) -> tuple[Floats, float]:
    """Return the cheapest deadheads that keep the rules, and a bound that the dual solution proves by itself."""
    sides = np.array(rows)
    crosses = (sides[:, graph.ends[:, 0]] != sides[:, graph.ends[:, 1]]).astype(np.float64)
    result = linprog(graph.cost, A_ub=-crosses, b_ub=-np.array(least), method="highs")
    if not result.success:
        return np.zeros(len(graph.cost)), 0.0
    duals = np.maximum(0.0, -result.ineqlin.marginals)
    # Rounding may leave a reduced cost a little below nothing: then all duals are shrunk until none is.
    paid = crosses.T @ duals
    over = paid > graph.cost
    shrink = float((graph.cost[over] / paid[over]).min(initial=1.0))
    return np.asarray(result.x, dtype=np.float64), shrink * float(np.array(least) @ duals)


def broken(graph: CutGraph, deadheads: Floats, stopped: Callable[[], bool]) -> list[BoolArray]:
    """Return sets whose rule these deadheads break, grown greedily from each node."""
    n = len(graph.load)
    weight = graph.n_tasks.copy()
    np.fill_diagonal(weight, 0.0)
    np.add.at(weight, (graph.ends[:, 0], graph.ends[:, 1]), deadheads)
    np.add.at(weight, (graph.ends[:, 1], graph.ends[:, 0]), deadheads)
    starts = np.array([v for v in range(n) if v != graph.depot])
    members = np.eye(n, dtype=np.bool_)[starts]
    border = weight[starts].sum(axis=1)
    load = graph.load[starts].sum(axis=1)
    node_border, node_load = weight.sum(axis=1), graph.load.sum(axis=1)
    to_set, load_to_set = weight[starts].copy(), graph.load[starts].copy()
    tasks_in = graph.n_tasks[starts].sum(axis=1) - np.diag(graph.n_tasks)[starts]
    node_tasks = graph.n_tasks.sum(axis=1) - np.diag(graph.n_tasks)
    tasks_to_set = graph.n_tasks[starts].copy()
    each = np.arange(len(starts))
    found: dict[bytes, tuple[float, BoolArray]] = {}
    for _ in range(n - 2):
        if stopped():
            return []
        new_border = border[:, None] + node_border - 2 * to_set
        new_load = load[:, None] + node_load - load_to_set
        score = 2 * new_load / graph.capacity - new_border
        score[members | (np.arange(n) == graph.depot) | (to_set <= 0)] = -np.inf
        chosen = score.argmax(axis=1)
        alive = np.isfinite(score[each, chosen])
        if not alive.any():
            break
        each_alive, picked = each[alive], chosen[alive]
        border[alive], load[alive] = new_border[each_alive, picked], new_load[each_alive, picked]
        tasks_in[alive] += node_tasks[picked] - 2 * tasks_to_set[each_alive, picked]
        members[each_alive, picked] = True
        to_set[alive] += weight[picked]
        load_to_set[alive] += graph.load[picked]
        tasks_to_set[alive] += graph.n_tasks[picked]
        wanted = np.maximum(2 * np.ceil(load / graph.capacity - 1e-9), tasks_in + tasks_in % 2)
        for k in np.flatnonzero(alive & (wanted - border > LEAST_BREACH)):
            found[members[k].tobytes()] = (float(wanted[k] - border[k]), members[k].copy())
    worst = sorted(found.values(), key=lambda pair: -pair[0])[:MOST_CUTS_A_ROUND]
    return [rule for _, rule in worst]
