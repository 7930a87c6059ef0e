"""Routes are carried over to a fleet that has the vehicles for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.engines.arc_routing.citywide import costed_routes
from optimizer.engines.arc_routing.session import plan_of, session_of
from optimizer.engines.arc_routing.windows import Costed
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
def routes(joint: Joint) -> tuple[Costed, ...]:
    session = session_of(joint.problem, 1, 1)
    session.build(lambda: False)
    return session.costed


def with_vehicles(joint: Joint, n_vehicles: int) -> Joint:
    groups = tuple(replace(group, n_vehicles=n_vehicles) for group in joint.problem.groups)
    return replace(joint, problem=replace(joint.problem, groups=groups))


def test_the_same_fleet_gets_every_route_back(joint: Joint, routes: tuple[Costed, ...]) -> None:
    assert routes
    back = unpacked(packed(joint, routes), joint)
    assert {(c.route.group, c.route.tasks) for c in back} == {(c.route.group, c.route.tasks) for c in routes}
    # with what they cost, measured anew
    assert back == costed_routes(joint.problem, plan_of(back))


def test_a_fleet_without_vehicles_gets_none(joint: Joint, routes: tuple[Costed, ...]) -> None:
    assert unpacked(packed(joint, routes), with_vehicles(joint, 0)) == ()


def test_of_two_routes_the_one_vehicle_keeps_the_more_valuable(joint: Joint, routes: tuple[Costed, ...]) -> None:
    route = max((costed.route for costed in routes), key=lambda r: len(r.tasks))
    half = len(route.stops) // 2
    parts = [replace(route, stops=route.stops[:half]), replace(route, stops=route.stops[half:])]
    value = joint.problem.tasks.value
    worth = [int(value[list(part.tasks)].sum()) for part in parts]
    kept = unpacked(packed(joint, tuple(Costed(part, 0, 0) for part in parts)), with_vehicles(joint, 1))
    assert [costed.route.tasks for costed in kept] == [parts[worth.index(max(worth))].tasks]


def test_routes_over_other_passes_mean_nothing(joint: Joint, routes: tuple[Costed, ...]) -> None:
    other = replace(joint, tasks=joint.tasks[1:])
    assert unpacked(packed(joint, routes), other) == ()


def test_a_session_begins_at_the_routes(joint: Joint, routes: tuple[Costed, ...]) -> None:
    session = session_of(joint.problem, 1, 1)
    session.start_from(routes)
    session.build(lambda: False)
    assert session.plan.served == plan_of(routes).served
