"""Locks, orders and profiles: small cases, the checker against each, and properties."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import InputError
from optimizer.engines.arc_routing import (
    ArcRoutingProblem,
    Break,
    Facility,
    FaultKind,
    Limits,
    Lock,
    Profile,
    RoutePlan,
    VehicleGroup,
    VehicleRoute,
    faults,
    solve,
)
from tests.optimizer.engines.cases import STAR, network_of, random_problem, serve, solved, tasks_of

PAIR = (VehicleGroup(0, 0, (9,), n_vehicles=2), VehicleGroup(0, 0, (9,), n_vehicles=1, fixed_cost=50))


def star_with(**changes: object) -> ArcRoutingProblem:
    """Return the star, streets of 10, 20, 30, 40, with two free vehicles and one that costs 50."""
    problem = ArcRoutingProblem(network_of(5, STAR), tasks_of(STAR), PAIR)
    return replace(problem, **changes)  # type: ignore[arg-type]


def kinds(problem: ArcRoutingProblem, *routes: VehicleRoute) -> set[FaultKind]:
    return {fault.kind for fault in faults(replace(problem, serve_all=False), RoutePlan(routes))}


@pytest.mark.uncompiled
def test_a_lock_to_a_group_is_kept_at_its_price() -> None:
    # Free, one vehicle serves all for 200; the lock on the dear group costs 50 more.
    result = solved(star_with(locks=(Lock(2, 1),)))
    assert result.cost == 250
    assert [route.group for route in result.plan.routes if 2 in route.tasks] == [1]


@pytest.mark.uncompiled
def test_a_lock_to_a_vehicle_is_kept() -> None:
    result = solved(star_with(locks=(Lock(0, 0, 1), Lock(1, 0, 0))))
    of_task = {task: route.vehicle for route in result.plan.routes for task in route.tasks}
    assert (of_task[0], of_task[1]) == (1, 0)


@pytest.mark.uncompiled
def test_an_order_is_kept_on_one_route() -> None:
    # A line of three streets, 0 - 1 - 2 - 3: out and back 60. The farthest first, then the middle, then the nearest: each is
    # served on the way back, 60 as well.
    line = ((0, 1, 10), (1, 2, 10), (2, 3, 10))
    problem = ArcRoutingProblem(network_of(4, line), tasks_of(line), (VehicleGroup(0, 0, (9,), 2),), orders=((2, 1, 0),))
    result = solved(problem)
    assert result.cost == 60
    assert [route.tasks for route in result.plan.routes] == [(2, 1, 0)]


@pytest.mark.uncompiled
def test_an_order_against_the_way_costs_what_it_costs() -> None:
    # The middle street of the line first, then the nearest, then the farthest.
    line = ((0, 1, 10), (1, 2, 10), (2, 3, 10))
    problem = ArcRoutingProblem(network_of(4, line), tasks_of(line), (VehicleGroup(0, 0, (9,), 1),), orders=((1, 0, 2),))
    # 0-1 driven, 1-2 served, 2-1 driven, 1-0 served, 0-1-2 driven, 2-3 served, 3-2-1-0 driven: ten times 10.
    assert solved(problem).cost == 10 * 10


def test_a_profile_has_ways_and_speeds_of_its_own() -> None:
    # A ring of four streets of 10. The second group's network knows only the streets 0-1 and 1-2, at twice the price: its
    # vehicle drives out and back, the tasks it may serve cost 20 each. Locked there: 20 + 20 served, 40 back.
    ring = ((0, 1, 10), (1, 2, 10), (2, 3, 10), (3, 0, 10))
    tasks = tasks_of(ring, allowed=[[True, True], [True, True], [True, False], [True, False]])
    slow = Profile(network_of(4, ((0, 1, 20), (1, 2, 20))), tasks.entry, tasks.exit, 2 * tasks.cost, 2 * tasks.time_s)
    groups = (VehicleGroup(0, 0, (9,), 1), VehicleGroup(0, 0, (9,), 1, profile=1))
    problem = ArcRoutingProblem(network_of(4, ring), tasks, groups, profiles=(slow,), locks=(Lock(0, 1), Lock(1, 1)))
    # The other group serves 2-3 and 3-0: 20 for them and 20 back.
    assert solved(problem).cost == 80 + 40
    free = replace(problem, locks=())
    assert solved(free).cost == 40


@pytest.mark.parametrize(
    ("routes", "kind"),
    [
        ((VehicleRoute(1, serve(0), 0),), FaultKind.LOCK_BROKEN),
        ((VehicleRoute(0, serve(0), 0),), FaultKind.LOCK_BROKEN),
        ((VehicleRoute(0, serve(0)),), FaultKind.LOCK_BROKEN),
        ((VehicleRoute(0, serve(4, 2)),), FaultKind.ORDER_BROKEN),
        ((VehicleRoute(0, serve(2)), VehicleRoute(0, serve(4))), FaultKind.ORDER_BROKEN),
        ((VehicleRoute(0, serve(2), 1), VehicleRoute(0, serve(6), 1)), FaultKind.VEHICLE_TWICE),
        ((VehicleRoute(0, serve(2), 2),), FaultKind.UNKNOWN_VEHICLE),
    ],
)
def test_the_checker_turns_away(routes: tuple[VehicleRoute, ...], kind: FaultKind) -> None:
    assert kind in kinds(star_with(locks=(Lock(0, 0, 1),), orders=((1, 2),)), *routes)


def test_ways_of_the_profile_are_checked() -> None:
    tasks = tasks_of(STAR)
    closed = Profile(network_of(5, STAR[:3]), tasks.entry, tasks.exit, tasks.cost, tasks.time_s)
    problem = star_with(groups=(replace(PAIR[0], profile=1), PAIR[1]), profiles=(closed,))
    assert kinds(problem, VehicleRoute(0, serve(6))) == {FaultKind.NO_WAY}
    assert kinds(problem, VehicleRoute(1, serve(6))) == set()


def test_a_lock_on_a_vehicle_that_cannot_serve_is_told() -> None:
    problem = star_with(groups=(PAIR[0], replace(PAIR[1], capacity=(0,))), locks=(Lock(3, 1),))
    result = solve(problem, limits=Limits(work_limit=50))
    assert [(one.task, one.reason.name) for one in result.unserved] == [(3, "NO_LOCKED")]


def test_bonds_that_cannot_be_meant_are_refused_together() -> None:
    with pytest.raises(InputError) as error:
        star_with(locks=(Lock(9, 0), Lock(1, 7), Lock(1, 0, 5)), orders=((0, 1), (1, 8)))
    for part in (
        "locks[0]: task 9, there are 4",
        "locks[1]: group 7, there are 2",
        "locks[2]: task 1 is locked twice",
        "locks[2]: vehicle 5 of group 0, there are 2",
        "orders[1]: task 1 stands in orders twice",
        "orders[1]: task 8, there are 4",
    ):
        assert part in str(error.value)


@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_locks_orders_and_one_ways_are_kept_whatever_the_problem(seed: int) -> None:
    problem = random_problem(seed)
    groups = (replace(problem.groups[0], n_vehicles=3), replace(problem.groups[0], n_vehicles=3, fixed_cost=9))
    bound = replace(problem, groups=groups, locks=(Lock(0, 1), Lock(1, 0, 2)), orders=((2, 3),), serve_all=False)
    result = solve(bound, limits=Limits(work_limit=150), seed=seed)
    assert faults(bound, result.plan, claimed_cost=result.cost) == []


@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_resources_windows_hours_and_breaks_never_break_a_rule(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = random_problem(seed, limited=True)
    n = problem.n_tasks
    demand = rng.integers(1, 6, (n, 2)).astype(np.int64)
    begin = rng.integers(0, 300, (n, 1))
    windows = np.stack([begin, begin + 60], axis=2).astype(np.int64)
    tasks = replace(problem.tasks, demand=demand, windows_s=windows)
    places = (Facility(0, 3, 1, (True, False)), Facility(1, 2, 1, (False, True), ((0, 150), (200, 400))))
    groups = (replace(problem.groups[0], capacity=(10, 8), breaks=(Break(9, 60, 150), Break(5, 200, 260))),)
    rich = replace(problem, tasks=tasks, facilities=places, groups=groups)
    result = solve(rich, limits=Limits(work_limit=100), seed=seed)
    assert faults(rich, result.plan, claimed_cost=result.cost) == []
