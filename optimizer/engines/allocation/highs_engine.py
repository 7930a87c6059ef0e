"""HiGHS on one hour as a linear programme, to be compared with."""

from __future__ import annotations

import numpy as np

from optimizer.engines.allocation.flow import costs
from optimizer.engines.allocation.problem import AllocationProblem, Ints
from optimizer.engines.budget import Budget
from optimizer.engines.highs import Rows, solve_programme


def least_walk_by_highs(problem: AllocationProblem, hour: int, least: Ints, budget: Budget) -> Ints | None:
    """As `flow.least_walk`; the vertices of a transportation problem are whole."""
    n_pairs, demand = len(problem.zone), problem.demand[hour]
    walk, missing = costs(problem)
    rows = Rows()
    ones, pairs = np.ones(n_pairs), np.arange(n_pairs)
    most = demand.astype(np.float64)
    rows.add(problem.zone, pairs, ones, (least.astype(np.float64), most))
    room = problem.berths[hour].astype(np.float64)
    rows.add(problem.lot, pairs, ones, (np.full(problem.n_lots, -np.inf), room))
    cost = (walk - missing * problem.weights[problem.zone]).astype(np.float64)
    programme = rows.programme(cost, np.zeros(n_pairs), most[problem.zone], np.zeros(n_pairs, dtype=np.bool_))
    solved = solve_programme(programme, budget)
    return None if solved.x is None else np.rint(solved.x).astype(np.int64)
