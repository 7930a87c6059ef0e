"""A proven lower bound on the cost of serving all tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import networkx as nx
import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from optimizer.engines.arc_routing.cuts import cut_bound
from optimizer.engines.arc_routing.problem import ArcRoutingProblem, IntArray

# Above so many ends to be matched the assignment relaxation stands in for the matching: seconds instead of minutes.
MOST_MATCHED = 110
# Above so many ends no matching is tried at all.
MOST_ASSIGNED = 3000


def lower_bound(problem: ArcRoutingProblem, stopped: Callable[[], bool] = bool) -> int | None:
    """Return what no plan that serves all tasks can go below; None where nothing is proven.

    Every plan pays for serving each task in its cheaper direction, and for each vehicle used its fixed cost. Where every
    street can be driven both ways at the same cost and all vehicles end where they start, deadheading must also make every
    node's degree even, and the depot's at least twice the least number of vehicles: the matching bound of Golden & Wong
    (1981, doi 10.1002/net.3230110308), with copies of the depot that may be matched with one another at the price of its
    cheapest street there and back; or the bound by cuts, where that is higher. `stopped` ends the search for cuts early.
    """
    if not problem.serve_all or not problem.n_tasks or problem.profiles:
        return None
    least_modes = np.where(problem.tasks.reversible, problem.tasks.cost.min(axis=1), problem.tasks.cost[:, 0])
    served = int(least_modes.sum())
    n_vehicles = least_vehicles(problem)
    served += n_vehicles * min(group.fixed_cost for group in problem.groups)
    if not is_undirected(problem):
        return served
    by_matching = least_deadheading(problem, n_vehicles)
    by_cuts = 0 if problem.facilities else cut_bound(problem, stopped)
    return served + max(by_matching, by_cuts)


def least_vehicles(problem: ArcRoutingProblem) -> int:
    """Return how many vehicles are needed at least, by load where no facility empties them, else one."""
    if problem.facilities:
        return 1
    most = max(group.capacity[0] for group in problem.groups)
    return max(1, -(-int(problem.tasks.demand[:, 0].sum()) // most)) if most else 1


def is_undirected(problem: ArcRoutingProblem) -> bool:
    """Tell whether the matching bound holds: symmetric network, all tasks reversible edges, routes closed at one depot."""
    tasks, network = problem.tasks, problem.network
    ends = {node for group in problem.groups for node in (group.start_node, group.end_node)}
    if len(ends) > 1 or not tasks.reversible.all():
        return False
    if (tasks.entry[:, 0] != tasks.exit[:, 1]).any() or (tasks.entry[:, 1] != tasks.exit[:, 0]).any():
        return False
    there = Counter(zip(network.arc_tail.tolist(), network.arc_head.tolist(), network.arc_cost.tolist(), strict=True))
    back = Counter(zip(network.arc_head.tolist(), network.arc_tail.tolist(), network.arc_cost.tolist(), strict=True))
    return there == back


def least_deadheading(problem: ArcRoutingProblem, n_vehicles: int) -> int:
    """Return the cost of the cheapest deadheading that the degrees ask for, or less."""
    depot = problem.groups[0].start_node
    degree = np.bincount(problem.tasks.entry.ravel(), minlength=problem.network.n_nodes)
    odd = np.flatnonzero(degree % 2)
    n_copies = max(int(degree[depot]) % 2, 2 * n_vehicles - int(degree[depot]))
    ends = np.concatenate([odd[odd != depot], np.full(n_copies, depot)]).astype(np.int64)
    if not 0 < len(ends) <= MOST_ASSIGNED:
        return 0
    cost = apart(problem, ends)
    at_depot = problem.network.arc_cost[problem.network.arc_tail == depot]
    there_and_back = 2 * int(at_depot.min()) if len(at_depot) else 0
    copies = ends == depot
    cost[np.ix_(copies, copies)] = there_and_back
    if not np.isfinite(cost).all():
        return 0
    return matched(cost) if len(ends) <= MOST_MATCHED else assigned(cost)


def apart(problem: ArcRoutingProblem, ends: IntArray) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the costs of shortest paths between `ends`."""
    network = problem.network
    order = np.lexsort((network.arc_cost, network.arc_head, network.arc_tail))
    tail, head, weight = network.arc_tail[order], network.arc_head[order], network.arc_cost[order]
    first = np.ones(len(tail), dtype=np.bool_)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    shape = (network.n_nodes, network.n_nodes)
    graph = csr_array((weight[first].astype(np.float64), (tail[first], head[first])), shape=shape)
    nodes, place = np.unique(ends, return_inverse=True)
    table = np.atleast_2d(dijkstra(graph, indices=nodes))[:, nodes]
    return np.asarray(table[np.ix_(place, place)], dtype=np.float64)


def matched(cost: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> int:
    """Return the weight of a cheapest perfect matching."""
    graph = nx.Graph()
    for i in range(len(cost)):
        for j in range(i):
            graph.add_edge(i, j, weight=int(cost[i, j]))
    return sum(int(cost[i, j]) for i, j in nx.min_weight_matching(graph))


def assigned(cost: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> int:
    """Return half the weight of a cheapest assignment without fixed points, which no perfect matching goes below."""
    barred = cost.copy()
    np.fill_diagonal(barred, 4.0 * cost.max() * len(cost) + 1.0)
    rows, columns = linear_sum_assignment(barred)
    return -(-int(barred[rows, columns].sum()) // 2)
