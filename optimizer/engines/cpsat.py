"""CP-SAT of OR-Tools within a budget: in a thread of its own, since it lets go of the interpreter and not of its caller."""

from __future__ import annotations

import threading
from time import perf_counter

from ortools.sat.python import cp_model

from optimizer.engines.budget import Budget

# How often it is asked whether to stop.
POLL_S = 0.05


def solve_with_cpsat(model: cp_model.CpModel, solver: cp_model.CpSolver, budget: Budget) -> int:
    """Solve a model, stop when the budget wants it, and return the status.

    Parameters
    ----------
    solver
        With its parameters set, but for the time limit.
    budget
        Whose clock and wish to stop are kept; what a step is, is the caller's to say.
    """
    if budget.until_s is not None:
        solver.parameters.max_time_in_seconds = max(0.01, budget.until_s - perf_counter())
    status: list[int] = []
    thread = threading.Thread(target=lambda: status.append(int(solver.solve(model))), daemon=True)
    thread.start()
    thread.join(POLL_S)
    while thread.is_alive():
        if budget.stopped():
            solver.stop_search()
        thread.join(POLL_S)
    return status[-1]
