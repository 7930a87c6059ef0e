"""SCIP of OR-Tools on the whole programme, to be compared with."""

from __future__ import annotations

import threading
from time import perf_counter

import numpy as np
from ortools.linear_solver import pywraplp

from optimizer.engines.budget import Budget
from optimizer.engines.highs import Programme
from optimizer.engines.highs.process import NOTHING, Solved

POLL_S = 0.05
# It ends where objective and bound are as near as this share.
GAP = 1e-7


def solve_with_scip(programme: Programme, budget: Budget) -> Solved:
    """Return what SCIP finds and proves within the budget; its steps are nodes of the tree."""
    solver = pywraplp.Solver.CreateSolver("SCIP")
    columns = [
        solver.Var(float(low), float(high), bool(whole), "")
        for low, high, whole in zip(programme.low, programme.high, programme.is_whole, strict=True)
    ]
    rows = [
        solver.Constraint(float(least), float(most)) for least, most in zip(programme.least, programme.most, strict=True)
    ]
    entries: dict[tuple[int, int], float] = {}
    for row, column, value in zip(programme.row.tolist(), programme.column.tolist(), programme.value.tolist(), strict=True):
        entries[row, column] = entries.get((row, column), 0.0) + value
    for (row, column), value in entries.items():
        rows[row].SetCoefficient(columns[column], value)
    for column, cost in zip(columns, programme.cost.tolist(), strict=True):
        solver.Objective().SetCoefficient(column, cost)
    solver.Objective().SetMinimization()
    asked = [f"limits/gap = {GAP}", *([] if budget.n_steps is None else [f"limits/nodes = {max(1, budget.n_steps)}"])]
    solver.SetSolverSpecificParametersAsString("\n".join(asked))
    if budget.until_s is not None:
        solver.SetTimeLimit(max(10, int(1000 * (budget.until_s - perf_counter()))))
    return _solved(solver, columns, budget)


def _solved(solver: pywraplp.Solver, columns: list[pywraplp.Variable], budget: Budget) -> Solved:
    status: list[int] = []
    thread = threading.Thread(target=lambda: status.append(int(solver.Solve())), daemon=True)
    thread.start()
    while thread.is_alive():
        if budget.stopped():
            solver.InterruptSolve()
        thread.join(POLL_S)
    if status[-1] == pywraplp.Solver.INFEASIBLE:
        return Solved(None, float("inf"), 0)
    if status[-1] not in {pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE}:
        return NOTHING
    x = np.array([column.solution_value() for column in columns])
    return Solved(x, float(solver.Objective().BestBound()), int(solver.nodes()))
