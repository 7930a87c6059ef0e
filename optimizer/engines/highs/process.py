"""Start HiGHS on a programme, wait for it, and end it when the caller stops."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

import numpy as np

from optimizer.engines.budget import Budget
from optimizer.engines.highs.programme import Floats, Programme

POLL_S = 0.02
# Seconds that it may take beyond its time limit to hand over what it has.
GRACE_S = 1.0
# Seconds of the time limit that go for starting it.
START_S = 0.5
# HiGHS ends where objective and bound are as near as this share.
GAP = 1e-7


@dataclass(frozen=True, eq=False)
class Solved:
    """What came back.

    Parameters
    ----------
    x
        Shape (n_columns,); None without a solution.
    bound
        Proven, within the tolerances of HiGHS; `inf` where no solution exists, `-inf` where nothing is proven.
    n_nodes
        Of the tree.
    """

    x: Floats | None
    bound: float
    n_nodes: int


NOTHING = Solved(None, float("-inf"), 0)


def solve_programme(programme: Programme, budget: Budget, gap: float = GAP) -> Solved:
    """Solve a programme in a process of its own.

    Parameters
    ----------
    programme
        What is asked.
    budget
        Its steps are nodes of the tree. Where it says stop, and `GRACE_S` after its time is over, the process is killed.
    gap
        Share of the objective at which it may end.

    Returns
    -------
    Solved
        With nothing in it where the process was killed or failed.
    """
    with TemporaryDirectory(prefix="jingcheng-highs-") as folder:
        told, answer = Path(folder) / "told.npz", Path(folder) / "answer.npz"
        np.savez(told, allow_pickle=False, **_told(programme, budget, gap))
        # -P: its own folder must not hide modules of the library.
        command = [sys.executable, "-P", str(Path(__file__).with_name("child.py")), str(told), str(answer)]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet) as process:
            while process.poll() is None:
                late = budget.until_s is not None and perf_counter() > budget.until_s + GRACE_S
                if budget.stopped() or late:
                    process.kill()
                    break
                sleep(POLL_S)
        if process.returncode != 0 or not answer.exists():
            return NOTHING
        with np.load(answer) as found:
            x = found["x"].astype(np.float64) if bool(found["has_x"]) else None
            return Solved(x, float(found["bound"]), int(found["n_nodes"]))


def _told(programme: Programme, budget: Budget, gap: float) -> dict[str, Floats]:
    """Return the arrays and limits that the child reads."""
    told = {field.name: np.asarray(getattr(programme, field.name)) for field in fields(programme)}
    told["mip_rel_gap"] = np.array(gap)
    if budget.until_s is not None:
        told["time_limit"] = np.array(max(0.1, budget.until_s - perf_counter() - START_S))
    if budget.n_steps is not None:
        told["node_limit"] = np.array(budget.n_steps)
    return told
