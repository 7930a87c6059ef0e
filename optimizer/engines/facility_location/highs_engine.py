"""HiGHS on the whole problem, or on what is left of it."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from time import perf_counter

from optimizer.engines.budget import Budget
from optimizer.engines.facility_location.highs_task import Solved, Task
from optimizer.engines.facility_location.problem import FacilityLocationProblem
from optimizer.engines.facility_location.programme import Scope, programme_of
from optimizer.engines.facility_location.solution import LocationPlan

POLL_S = 0.05
# Seconds that a process takes beyond its time limit to hand over what it has.
GRACE_S = 1.0
# Seconds of the time limit that go for starting it.
START_S = 0.5


def solve_with_highs(
    problem: FacilityLocationProblem, scope: Scope, budget: Budget
) -> tuple[LocationPlan | None, float, int]:
    """Return the best plan within a scope, what is proven of all plans in it (`inf`: there is none), and the nodes searched.

    Where the caller stops, nothing comes back.
    """
    programme = programme_of(problem, scope)
    left_s = None if budget.until_s is None else max(0.1, budget.until_s - perf_counter() - START_S)
    solved = _in_process(Task(programme, left_s, budget.n_steps), budget)
    if solved is None:
        return None, float("-inf"), 0
    return None if solved.x is None else programme.plan(solved.x), solved.bound, solved.n_nodes


def _in_process(task: Task, budget: Budget) -> Solved | None:
    """Solve in a process of its own; None when it was stopped or did not end in time."""
    command = [sys.executable, "-m", "optimizer.engines.facility_location.highs_process"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        told: list[bytes] = []
        handed = pickle.dumps(task)
        reader = threading.Thread(target=lambda: told.append(process.communicate(handed)[0]), daemon=True)
        reader.start()
        reader.join(POLL_S)
        while reader.is_alive():
            late = budget.until_s is not None and perf_counter() > budget.until_s + GRACE_S
            if budget.stopped() or late:
                process.kill()
            reader.join(POLL_S)
    if not told or process.returncode != 0:
        return None
    found = pickle.loads(told[0])
    assert isinstance(found, Solved)
    return found
