"""OR-Tools' CP-SAT on the same rows: for what is small, and to be compared with."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model
from scipy.sparse import csr_array

from optimizer.engines.budget import Budget
from optimizer.engines.coverage.ground import Rows
from optimizer.engines.coverage.programme import Solved
from optimizer.engines.cpsat import solve_with_cpsat
from optimizer.engines.highs import Programme

# Units of CP-SAT's own measure of work for a step of a work limit.
WORK_A_STEP = 1e-3


def solve_by_cpsat(rows: Rows, programme: Programme, budget: Budget, chosen: tuple[int, int]) -> Solved:
    """Return what CP-SAT finds until the budget is spent; `chosen` is seed and threads."""
    model = cp_model.CpModel()
    columns = [model.new_int_var(int(a), int(b), "") for a, b in zip(programme.low, programme.high, strict=True)]
    shape = (len(programme.least), len(columns))
    matrix = csr_array((programme.value.astype(np.int64), (programme.row, programme.column)), shape=shape)
    for k, (low, high) in enumerate(zip(programme.least, programme.most, strict=True)):
        part = slice(matrix.indptr[k], matrix.indptr[k + 1])
        total = cp_model.LinearExpr.weighted_sum([columns[c] for c in matrix.indices[part]], matrix.data[part].tolist())
        if np.isfinite(low):
            model.add(total >= int(low))
        if np.isfinite(high):
            model.add(total <= int(high))
    model.minimize(cp_model.LinearExpr.weighted_sum(columns, programme.cost.astype(np.int64).tolist()))
    solver = cp_model.CpSolver()
    solver.parameters.random_seed, solver.parameters.num_workers = chosen
    if budget.n_steps is not None:
        solver.parameters.max_deterministic_time = max(0.01, WORK_A_STEP * budget.n_steps)
    status = solve_with_cpsat(model, solver, budget)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solved(None, None, status == cp_model.INFEASIBLE)
    found = np.array([solver.value(column) for column in columns[: len(rows.ground.price)]], dtype=np.int64)
    return Solved(found, -int(np.ceil(solver.best_objective_bound - 1e-6)))
