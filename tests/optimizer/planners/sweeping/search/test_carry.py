"""Routes are carried over to a fleet that has the vehicles for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.engines.arc_routing.session import session_of
from optimizer.engines.arc_routing.solution import RoutePlan
from optimizer.monitor import Silent
from optimizer.planners.sweeping.problem import prepare
from optimizer.planners.sweeping.search.carry import packed, unpacked
from optimizer.planners.sweeping.search.joint import Joint
from tests.optimizer.planners.sweeping.conftest import scenario


@pytest.fixture(scope="module")
def joint() -> Joint:
    (unit,) = prepare(scenario(), Silent()).units
    return unit


@pytest.fixture(scope="module")
def plan(joint: Joint) -> RoutePlan:
    session = session_of(joint.problem, 1, 1)
    session.build(lambda: False)
    return session.plan


def with_vehicles(joint: Joint, n_vehicles: int) -> Joint:
    groups = tuple(replace(group, n_vehicles=n_vehicles) for group in joint.problem.groups)
    return replace(joint, problem=replace(joint.problem, groups=groups))


def test_the_same_fleet_gets_every_route_back(joint: Joint, plan: RoutePlan) -> None:
    assert plan.routes
    back = unpacked(packed(joint, plan), joint)
    assert {(r.group, r.tasks) for r in back.routes} == {(r.group, r.tasks) for r in plan.routes}


def test_a_fleet_without_vehicles_gets_none(joint: Joint, plan: RoutePlan) -> None:
    assert unpacked(packed(joint, plan), with_vehicles(joint, 0)).routes == ()


def test_of_two_routes_the_one_vehicle_keeps_the_more_valuable(joint: Joint, plan: RoutePlan) -> None:
    route = max(plan.routes, key=lambda r: len(r.tasks))
    half = len(route.stops) // 2
    parts = [replace(route, stops=route.stops[:half]), replace(route, stops=route.stops[half:])]
    value = joint.problem.tasks.value
    worth = [int(value[list(part.tasks)].sum()) for part in parts]
    kept = unpacked(packed(joint, RoutePlan(tuple(parts))), with_vehicles(joint, 1))
    assert [r.tasks for r in kept.routes] == [parts[worth.index(max(worth))].tasks]


def test_routes_over_other_passes_mean_nothing(joint: Joint, plan: RoutePlan) -> None:
    other = replace(joint, tasks=joint.tasks[1:])
    assert unpacked(packed(joint, plan), other).routes == ()


def test_a_session_begins_at_the_routes(joint: Joint, plan: RoutePlan) -> None:
    session = session_of(joint.problem, 1, 1)
    session.start_from(plan)
    session.build(lambda: False)
    assert session.plan.served == plan.served
