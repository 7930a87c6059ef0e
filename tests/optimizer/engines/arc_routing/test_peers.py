"""What every engine does that passes a problem on to another solver."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.engines.arc_routing import Engine, VehicleGroup
from tests.optimizer.engines.cases import ring, solved, star

pytestmark = pytest.mark.parametrize("engine", [Engine.ORTOOLS, Engine.PYVRP])


def test_ring_and_star_are_solved(engine: Engine) -> None:
    assert solved(ring(VehicleGroup(0, 0, (4,))), 60, engine=engine).cost == 40
    assert solved(star(VehicleGroup(0, 0, (2,), fixed_cost=1)), 60, engine=engine).cost == 202


def test_limited_fleet_leaves_the_least_valuable_out(engine: Engine) -> None:
    problem = star(VehicleGroup(0, 0, (1,), n_vehicles=1), serve_all=False)
    problem.tasks.value[:] = np.array([1, 1, 7, 1])
    assert solved(problem, 60, engine=engine).plan.served == {2}
