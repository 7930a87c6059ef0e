from __future__ import annotations

from functools import partial

import pytest

from benchmarks.synthetic_city import grid_problem
from layers.errors import ParameterError
from optimizer.engines.arc_routing import (
    ArcRoutingProblem,
    Engine,
    VehicleGroup,
    solve,
)
from tests.optimizer.engines import cases
from tests.optimizer.engines.cases import STAR, network_of, random_problem, star, tasks_of

solved = partial(cases.solved, n_steps=20, engine=Engine.ORTOOLS)


def test_shift_and_groups_are_kept() -> None:
    tasks = tasks_of(STAR, allowed=[[True, False]] * 3 + [[False, True]])
    groups = (VehicleGroup(0, 0, (9,), shift_s=100), VehicleGroup(1, 1, (9,)))
    result = solved(ArcRoutingProblem(network_of(5, STAR), tasks, groups))
    assert {task for route in result.plan.routes if route.group == 1 for task in route.tasks} == {3}


def test_nothing_and_nobody_are_no_trouble() -> None:
    assert solved(star(VehicleGroup(0, 0, (1,), n_vehicles=0), serve_all=False)).cost == 0


def test_facilities_are_refused() -> None:
    with pytest.raises(ParameterError, match=r"engine ortools: the problem has places to empty.*use the engine jingcheng"):
        solve(random_problem(1), engine=Engine.ORTOOLS)


def test_a_whole_city_is_refused() -> None:
    problem = grid_problem(30, 30, 1, n_vehicles=None, serve_all=True)
    large = ArcRoutingProblem(problem.network, problem.tasks, problem.groups)
    with pytest.raises(ParameterError, match="at most 1500 are expected"):
        solve(large, engine=Engine.ORTOOLS)
