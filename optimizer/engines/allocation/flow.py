"""One hour as a flow of least cost by OR-Tools: zones -> lots, and zones -> nowhere at a price above all walking."""

from __future__ import annotations

import numpy as np
from ortools.graph.python import max_flow, min_cost_flow

from optimizer.engines.allocation.problem import AllocationProblem, Ints

# Walks count in whole centimetres.
CM = 100.0


def costs(problem: AllocationProblem) -> tuple[Ints, int]:
    """Return what a walk of each pair costs, shape (n_pairs,), and a car left out by unit of its weight."""
    walk = np.rint(problem.walk_m * CM).astype(np.int64)
    # One car more may move others about, each lot once and both ways: all that walking is worth less than the car.
    return walk, (2 * problem.n_lots + 1) * int(walk.max(initial=0)) + 1


def least_walk(problem: AllocationProblem, hour: int, least: Ints) -> Ints | None:
    """Return the cars of each pair, shape (n_pairs,), or None where the least numbers cannot be had.

    Parameters
    ----------
    problem
        What is asked.
    hour
        Of which.
    least
        Shape (n_zones,): cars of each zone that are to be parked.
    """
    n, m = problem.n_zones, problem.n_lots
    demand, (walk, missing) = problem.demand[hour], costs(problem)
    flow, nowhere, sink = min_cost_flow.SimpleMinCostFlow(), n + m, n + m + 1
    arcs = flow.add_arcs_with_capacity_and_unit_cost(problem.zone, n + problem.lot, demand[problem.zone], walk)
    zones, lots = np.arange(n), np.arange(m)
    flow.add_arcs_with_capacity_and_unit_cost(n + lots, np.full(m, sink), problem.berths[hour], np.zeros(m, dtype=np.int64))
    flow.add_arcs_with_capacity_and_unit_cost(zones, np.full(n, nowhere), demand - least, missing * problem.weights)
    flow.add_arc_with_capacity_and_unit_cost(nowhere, sink, int((demand - least).sum()), 0)
    flow.set_nodes_supplies(zones, demand)
    flow.set_node_supply(sink, -int(demand.sum()))
    if flow.solve() != flow.OPTIMAL:
        return None
    return np.asarray(flow.flows(arcs), dtype=np.int64)


def can_have(problem: AllocationProblem, hour: int, least: Ints) -> bool:
    """Return whether so many cars of each zone can be parked: a largest flow takes them all."""
    n, m = problem.n_zones, problem.n_lots
    flow, source, sink = max_flow.SimpleMaxFlow(), n + m, n + m + 1
    flow.add_arcs_with_capacity(np.full(n, source), np.arange(n), least)
    flow.add_arcs_with_capacity(problem.zone, n + problem.lot, least[problem.zone])
    flow.add_arcs_with_capacity(n + np.arange(m), np.full(m, sink), problem.berths[hour])
    return bool(flow.solve(source, sink) == flow.OPTIMAL and flow.optimal_flow() == int(least.sum()))
