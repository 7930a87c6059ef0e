"""Compile all kernels now, so that no user waits for it: ``python -m optimizer.engines.circulation.warm``."""

from __future__ import annotations

import numpy as np

from optimizer.engines.circulation.never import can_be_closed
from optimizer.engines.circulation.problem import CirculationProblem
from optimizer.engines.circulation.solve import orient
from optimizer.engines.limits import Limits


def toy() -> CirculationProblem:
    """Return a triangle of streets."""
    tail, head = np.array([0, 1, 1, 2, 2, 0]), np.array([1, 0, 2, 1, 0, 2])
    xy_m = np.array([[0.0, 0.0], [100.0, 0.0], [50.0, 80.0]])
    length = np.hypot(*(xy_m[head] - xy_m[tail]).T)
    bans = np.zeros((0, 2), dtype=np.int64)
    return CirculationProblem(
        xy_m, tail, head, length, length / 5, np.arange(6).reshape(-1, 2), bans, 90.0, 90.0, name="toy"
    )


def warm_up() -> None:
    """Load all compiled kernels, or compile them where that was never done."""
    can_be_closed(toy())
    orient(toy(), np.array([1.0, 2.0, 3.0]), limits=Limits(work_limit=50))


if __name__ == "__main__":
    warm_up()
