"""Solve a mixed-integer programme with HiGHS through MathOpt, in a process of its own.

HiGHS behind MathOpt heeds no interrupter, so what is to end at once is ended as a process: ``python -m`` this module reads a
pickled `Task` of the parent from its input and writes a pickled `Solved` to its output.
"""

from __future__ import annotations

import pickle
import sys
from datetime import timedelta

import numpy as np

from optimizer.engines.facility_location.highs_task import Solved, Task
from optimizer.engines.facility_location.programme import Programme

# HiGHS ends where objective and bound are as near as this share.
GAP = 1e-7


def solve_programme(task: Task) -> Solved:
    """Solve here, without looking at any flag."""
    from ortools.math_opt.python import mathopt
    from ortools.math_opt.solvers import highs_pb2

    model = mathopt.Model.from_model_proto(_proto(task.programme))
    options = highs_pb2.HighsOptionsProto(string_options={"parallel": "off"})
    seconds = None if task.time_limit_s is None else timedelta(seconds=max(0.01, task.time_limit_s))
    params = mathopt.SolveParameters(time_limit=seconds, node_limit=task.n_nodes, relative_gap_tolerance=GAP, highs=options)
    found = mathopt.solve(model, mathopt.SolverType.HIGHS, params=params)
    if found.termination.reason == mathopt.TerminationReason.INFEASIBLE:
        return Solved(None, float("inf"), 0)
    x = None
    if found.has_primal_feasible_solution():
        values = found.variable_values()
        x = np.array([values[column] for column in model.variables()])
    return Solved(x, float(found.termination.objective_bounds.dual_bound), int(found.solve_stats.node_count))


def _proto(programme: Programme):  # type: ignore[no-untyped-def]
    from ortools.math_opt import model_pb2

    proto = model_pb2.ModelProto()
    n, n_rows = len(programme.cost), len(programme.least)
    proto.variables.ids.extend(range(n))
    proto.variables.lower_bounds.extend([0.0] * n)
    proto.variables.upper_bounds.extend([1.0] * n)
    proto.variables.integers.extend(programme.is_whole.tolist())
    priced = np.flatnonzero(programme.cost)
    proto.objective.linear_coefficients.ids.extend(priced.tolist())
    proto.objective.linear_coefficients.values.extend(programme.cost[priced].tolist())
    proto.linear_constraints.ids.extend(range(n_rows))
    proto.linear_constraints.lower_bounds.extend(programme.least.tolist())
    proto.linear_constraints.upper_bounds.extend(programme.most.tolist())
    order = np.lexsort((programme.column, programme.row))
    order = order[programme.value[order] != 0]
    proto.linear_constraint_matrix.row_ids.extend(programme.row[order].tolist())
    proto.linear_constraint_matrix.column_ids.extend(programme.column[order].tolist())
    proto.linear_constraint_matrix.coefficients.extend(programme.value[order].tolist())
    return proto


if __name__ == "__main__":
    pickle.dump(solve_programme(pickle.load(sys.stdin.buffer)), sys.stdout.buffer)
