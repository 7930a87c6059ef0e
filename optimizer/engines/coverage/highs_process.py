"""Solve one programme by HiGHS: read from the standard input, answered on the standard output."""

from __future__ import annotations

import pickle
import sys
from datetime import timedelta
from typing import Any

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2

from optimizer.engines.coverage.lists import FloatArray

Answer = tuple[FloatArray | None, float | None, bool]


def model_of(told: dict[str, Any]) -> Any:
    """Return the model of a programme's arrays."""
    proto = model_pb2.ModelProto()
    n_columns, n_rows = len(told["gain"]), len(told["row_low"])
    proto.variables.ids.extend(range(n_columns))
    proto.variables.lower_bounds.extend(told["low"].tolist())
    proto.variables.upper_bounds.extend(told["high"].tolist())
    proto.variables.integers.extend(told["whole"].tolist())
    worth = np.flatnonzero(told["gain"])
    proto.objective.maximize = True
    proto.objective.linear_coefficients.ids.extend(worth.tolist())
    proto.objective.linear_coefficients.values.extend(told["gain"][worth].tolist())
    proto.linear_constraints.ids.extend(range(n_rows))
    proto.linear_constraints.lower_bounds.extend(told["row_low"].tolist())
    proto.linear_constraints.upper_bounds.extend(told["row_high"].tolist())
    rows = np.repeat(np.arange(n_rows), np.diff(told["offsets"]))
    order = np.lexsort((told["columns"], rows))
    proto.linear_constraint_matrix.row_ids.extend(rows.tolist())
    proto.linear_constraint_matrix.column_ids.extend(told["columns"][order].tolist())
    proto.linear_constraint_matrix.coefficients.extend(told["values"][order].tolist())
    return mathopt.Model.from_model_proto(proto)


def answer(told: dict[str, Any], limit_s: float | None, n_nodes: int | None) -> Answer:
    """Return values of the columns, bound and whether there is no plan; HiGHS uses one thread."""
    # MathOpt refuses both its own number of threads and its own limit of nodes for HiGHS.
    options = highs_pb2.HighsOptionsProto(string_options={"parallel": "off"})
    if n_nodes is not None:
        options.int_options["mip_max_nodes"] = n_nodes
    params = mathopt.SolveParameters(relative_gap_tolerance=0.0, absolute_gap_tolerance=0.99, highs=options)
    if limit_s is not None:
        params.time_limit = timedelta(seconds=limit_s)
    result = mathopt.solve(model_of(told), mathopt.SolverType.HIGHS, params=params)
    reason = result.termination.reason
    values = None
    if result.has_primal_feasible_solution():
        found = result.variable_values()
        values = np.array([found[variable] for variable in sorted(found, key=lambda variable: variable.id)])
    ends = (mathopt.TerminationReason.OPTIMAL, mathopt.TerminationReason.FEASIBLE)
    open_ended = (*ends, mathopt.TerminationReason.NO_SOLUTION_FOUND)
    dual = result.termination.objective_bounds.dual_bound if reason in open_ended else None
    return values, dual, reason is mathopt.TerminationReason.INFEASIBLE


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(answer(*pickle.load(sys.stdin.buffer))))
