"""Compile all kernels now, so that no user waits for it: ``python -m optimizer.engines.facility_location.warm``."""

from __future__ import annotations

import numpy as np

from optimizer.engines.facility_location.problem import FacilityLocationProblem, Options
from optimizer.engines.facility_location.solve import solve
from optimizer.engines.limits import Limits


def toy(capacity: float, *, single_source: bool) -> FacilityLocationProblem:
    """Return two customers and two sites."""
    options = Options(np.arange(2), np.ones(2), np.full(2, capacity))
    return FacilityLocationProblem(np.ones(2), np.array([[1.0, 2.0], [2.0, 1.0]]), options, single_source)


def warm_up() -> None:
    """Load all compiled kernels, or compile them where that was never done, by solving toys."""
    for problem in (toy(np.inf, single_source=False), toy(1.0, single_source=False), toy(1.0, single_source=True)):
        solve(problem, limits=Limits(work_limit=4))


if __name__ == "__main__":
    warm_up()
