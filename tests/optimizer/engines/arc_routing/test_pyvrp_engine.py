from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from benchmarks.synthetic_city import grid_problem
from layers.errors import ParameterError
from optimizer.engines.arc_routing import (
    ArcRoutingProblem,
    Break,
    Engine,
    Facility,
    Limits,
    Lock,
    Outcome,
    Profile,
    RoutePlan,
    StopKind,
    Terms,
    VehicleGroup,
    faults,
    solve,
)
from tests.optimizer.engines import cases
from tests.optimizer.engines.cases import STAR, Hasty, network_of, random_problem, ring, star, tasks_of

solved = partial(cases.solved, n_steps=60, engine=Engine.PYVRP, may_leave=True)


def test_one_way_street_is_served_in_its_direction() -> None:
    tasks = tasks_of([(1, 2, 10)], reversible=[False])
    round_trip = ((0, 1, 10), (1, 2, 10), (2, 0, 10))
    assert solved(ArcRoutingProblem(network_of(3, [], round_trip), tasks, (VehicleGroup(0, 0, (1,)),))).cost == 30


def test_shift_and_set_up_are_kept() -> None:
    result = solved(star(VehicleGroup(0, 0, (9,), shift_s=100, fixed_cost=1)))
    assert {frozenset(route.tasks) for route in result.plan.routes} == {frozenset({0, 3}), frozenset({1, 2})}
    assert len(solved(star(VehicleGroup(0, 0, (9,), shift_s=100, setup_s=1, fixed_cost=1))).plan.routes) == 3


def test_groups_start_where_they_stand_and_serve_what_they_may() -> None:
    tasks = tasks_of(STAR, allowed=[[True, False]] * 3 + [[False, True]])
    groups = (VehicleGroup(0, 0, (9,)), VehicleGroup(1, 1, (9,)))
    result = solved(ArcRoutingProblem(network_of(5, STAR), tasks, groups))
    assert {(route.group, task) for route in result.plan.routes for task in route.tasks} == {(0, 0), (0, 1), (0, 2), (1, 3)}
    assert result.cost == 120 + 100


def test_a_small_vehicle_is_emptied_on_the_way_and_before_the_end() -> None:
    group = VehicleGroup(0, 0, (2,), n_vehicles=1)
    problem = ring(group, facilities=(Facility(2, visit_s=7, visit_cost=3),))
    (route,) = solved(replace(problem, must_end_empty=False)).plan.routes
    assert [stop.kind for stop in route.stops].count(StopKind.FACILITY) == 1
    result = solved(problem)
    assert result.cost == 80 + 6
    assert result.plan.routes[0].stops[-1].kind is StopKind.FACILITY


def test_windows_and_the_begin_of_the_shift_are_kept() -> None:
    # streets 3 and 2 within the windows, one after the other: 40 out and 40 back by 90, then 30 and 30
    problem = star(VehicleGroup(0, 0, (9,), fixed_cost=1, start_s=10))
    windows = np.array([[(0, 400), (0, -1)], [(0, 400), (0, -1)], [(95, 130), (500, 600)], [(10, 90), (0, -1)]])
    result = solved(replace(problem, tasks=replace(problem.tasks, windows_s=windows)))
    assert result.cost == 201
    order = result.plan.routes[0].tasks
    assert order.index(3) < order.index(2)


def test_another_type_sees_another_network() -> None:
    fast = network_of(5, [(a, b, 1) for a, b, _ in STAR])
    tasks = tasks_of(STAR)
    profile = Profile(fast, tasks.entry, tasks.exit, np.ones((4, 2), dtype=np.int64), np.ones((4, 2), dtype=np.int64))
    groups = (VehicleGroup(0, 0, (9,), 1, fixed_cost=1), VehicleGroup(0, 0, (9,), 1, fixed_cost=1, profile=1))
    result = solved(ArcRoutingProblem(network_of(5, STAR), tasks, groups, profiles=(profile,)))
    assert result.cost == 1 + 8
    assert [route.group for route in result.plan.routes] == [1]


def test_what_cannot_be_reached_is_left_out() -> None:
    streets = (*STAR, (5, 6, 10))
    result = solved(ArcRoutingProblem(network_of(7, streets), tasks_of(streets), (VehicleGroup(0, 0, (9,)),)))
    assert result.plan.served == {0, 1, 2, 3}
    assert result.outcome is Outcome.INFEASIBLE


def test_a_task_of_little_value_is_not_left_while_a_vehicle_stands_idle() -> None:
    tasks = tasks_of(STAR, value=[900_000, 900, 1, 1])
    problem = ArcRoutingProblem(network_of(5, STAR), tasks, (VehicleGroup(0, 0, (1,), n_vehicles=4),), serve_all=False)
    assert solved(problem).plan.served == {0, 1, 2, 3}


def test_nothing_nobody_and_no_work_are_no_trouble() -> None:
    assert solved(star(VehicleGroup(0, 0, (1,), n_vehicles=0), serve_all=False)).cost == 0
    assert solved(star(VehicleGroup(0, 0, (9,), shift_s=5, setup_s=5), serve_all=False)).cost == 0
    assert solved(ArcRoutingProblem(network_of(5, STAR), tasks_of([]), (VehicleGroup(0, 0, (9,)),))).cost == 0
    assert solved(star(VehicleGroup(0, 0, (9,))), n_steps=0).plan == RoutePlan()


@pytest.mark.parametrize("seed", range(3))
def test_random_problems_with_dumps_are_without_faults(seed: int) -> None:
    assert solved(random_problem(seed)).plan.served == frozenset(range(random_problem(seed).n_tasks))
    assert solved(random_problem(seed, limited=True)).value_served > 0


def test_it_reports_and_stops() -> None:
    problem, monitor = random_problem(1), Hasty()
    result = solve(problem, limits=Limits(work_limit=1_000_000), engine=Engine.PYVRP, monitor=monitor)
    assert result.outcome is Outcome.STOPPED
    assert faults(problem, monitor.plans[0]) == []
    assert result.n_iterations < 1000


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"groups": (VehicleGroup(0, 0, (9,), breaks=(Break(10, 0, 50),)),)}, "breaks"),
        ({"locks": (Lock(0, 0, 0),)}, "locks to one vehicle"),
        ({"orders": ((0, 1),)}, "orders"),
        ({"terms": Terms(balance=1.0)}, "terms for balance"),
        ({"facilities": (Facility(0, open_s=((0, 5), (9, 12))),)}, "facilities that open more than once"),
    ],
)
def test_what_it_cannot_say_is_named(change: dict[str, object], named: str) -> None:
    problem = replace(star(VehicleGroup(0, 0, (9,))), must_end_empty=False, **change)  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match=f"engine pyvrp: the problem has {named}.*use the engine jingcheng"):
        solve(problem, engine=Engine.PYVRP)


def test_a_whole_city_is_refused() -> None:
    problem = grid_problem(40, 40, 1, n_vehicles=None, serve_all=True)
    with pytest.raises(ParameterError, match="at most 3000 are expected"):
        solve(problem, engine=Engine.PYVRP)
