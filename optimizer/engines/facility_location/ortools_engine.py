"""CP-SAT of OR-Tools on the whole problem, to be compared with; costs are rounded down so that its bound stays proven."""

from __future__ import annotations

from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from optimizer.engines.budget import Budget
from optimizer.engines.cpsat import solve_with_cpsat
from optimizer.engines.facility_location.problem import FacilityLocationProblem
from optimizer.engines.facility_location.programme import model_of, whole
from optimizer.engines.facility_location.solution import LocationPlan
from optimizer.engines.highs import Programme

POLL_S = 0.05
# A share counts in so many parts; a cost in such parts of its unit.
SHARES = 10_000
COST_SCALE = 1_000.0
DEMAND_SCALE = 1_000.0
# What is nearer to a whole number is one.
FLOAT_ROUNDING = 1e-4


def solve_with_ortools(
    problem: FacilityLocationProblem, budget: Budget, seed: int
) -> tuple[LocationPlan | None, float, int]:
    """Return the best plan, what is proven of all plans, and the branches searched.

    CP-SAT knows whole numbers alone. Where demand may be split it is split by ten-thousandths, of which the bound of the
    problem with any fractions does not follow: none is told.
    """
    asked = model_of(problem, whole(problem))
    programme = asked.programme
    model, columns = _model(programme)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    if budget.n_steps is not None:
        solver.parameters.max_number_of_conflicts = budget.n_steps
    status = solve_with_cpsat(model, solver, budget)
    exact = problem.single_source or not problem.is_capacitated
    if status == cp_model.INFEASIBLE:
        return None, float("inf") if exact else float("-inf"), int(solver.num_conflicts)
    bound = solver.best_objective_bound / (COST_SCALE * SHARES) + problem.base_cost if exact else float("-inf")
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, bound, int(solver.num_conflicts)
    scale = np.where(programme.is_whole, 1.0, 1.0 / SHARES)
    x = np.array([solver.value(column) for column in columns]) * scale
    return asked.plan(x), bound, int(solver.num_conflicts)


def _model(programme: Programme) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    parts = np.where(programme.is_whole, 1, SHARES)
    columns = [model.new_int_var(0, int(most), "") for most in parts]
    order = np.argsort(programme.row, kind="stable")
    first = np.searchsorted(programme.row[order], np.arange(len(programme.least) + 1))
    for k, (least, most) in enumerate(zip(programme.least, programme.most, strict=True)):
        own = order[first[k] : first[k + 1]]
        scale = 1.0 if (programme.value[own] % 1 == 0).all() else DEMAND_SCALE
        own_columns = [columns[c] for c in programme.column[own]]
        weight = programme.value[own] * scale * SHARES / parts[programme.column[own]]
        # Columns are at least 0, so that rows rounded to their loose side lose no plan, and the bound stays proven.
        if np.isfinite(least):
            model.add(
                cp_model.LinearExpr.weighted_sum(own_columns, _whole_up(weight)) >= _whole_down(least * scale * SHARES)
            )
        if np.isfinite(most):
            model.add(cp_model.LinearExpr.weighted_sum(own_columns, _whole_down(weight)) <= _whole_up(most * scale * SHARES))
    cost = np.floor(programme.cost * COST_SCALE * SHARES / parts).astype(np.int64)
    model.minimize(cp_model.LinearExpr.weighted_sum(columns, cost.tolist()))
    return model, columns


def _whole_down(value: Any) -> Any:
    """Round down, but for what is a whole number within the rounding of floats."""
    return np.floor(np.asarray(value) + FLOAT_ROUNDING).astype(np.int64).tolist()


def _whole_up(value: Any) -> Any:
    """Round up, but for what is a whole number within the rounding of floats."""
    return np.ceil(np.asarray(value) - FLOAT_ROUNDING).astype(np.int64).tolist()
