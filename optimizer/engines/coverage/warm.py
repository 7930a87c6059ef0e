"""Compile all kernels now, so that no user waits for it: ``python -m optimizer.engines.coverage.warm``."""

from __future__ import annotations

import numpy as np

from optimizer.engines.coverage.lists import lists_of
from optimizer.engines.coverage.problem import Aim, CoverageProblem, Step
from optimizer.engines.coverage.solve import solve
from optimizer.engines.limits import Limits


def toy() -> CoverageProblem:
    """Return two sites of which each covers two of three customers."""
    who, sites = np.array([0, 1, 1, 2], dtype=np.int64), np.array([0, 0, 1, 1], dtype=np.int64)
    ones = np.ones(3, dtype=np.int64)
    reach = lists_of(who, sites, np.full(4, 100.0), (3, 2))
    return CoverageProblem(Aim.MAXIMAL, reach, (Step(300.0),), cost=ones[:2], weight=ones, most_open=1, name="toy")


def warm_up() -> None:
    """Load all compiled kernels, or compile them where that was never done."""
    solve(toy(), limits=Limits(work_limit=20))


if __name__ == "__main__":
    warm_up()
