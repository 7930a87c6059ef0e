"""Plans put together from routes of several plans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.engines.vehicle_routing import RoutePlan, Station, Terms, VehicleRoutingProblem, faults, plan_cost, timed
from optimizer.engines.vehicle_routing.pool import RoutePool, can_pool
from tests.optimizer.engines.vehicle_cases import STATION, STOP, profile_of, stops_of, street, truck

AT_M = [0, 100, 200, 300, 400]


def four(**more: object) -> VehicleRoutingProblem:
    """Return four stops along a street, of which a truck holds two, and a station at its start."""
    given = {
        "stops": stops_of([1, 2, 3, 4], [4, 4, 4, 4]),
        "profiles": (profile_of(AT_M, 4),),
        "stations": (Station(0),),
        **more,
    }
    return street(replace(truck(8), n_vehicles=4), **given)


def plan_of(problem: VehicleRoutingProblem, *served: tuple[int, ...]) -> RoutePlan:
    routes = [timed(problem, 0, [*((STOP, k) for k in stops), (STATION, 0)]) for stops in served]
    assert None not in routes
    return RoutePlan(tuple(route for route in routes if route is not None))


def pool_of_two(problem: VehicleRoutingProblem) -> tuple[RoutePool, RoutePlan]:
    pool = RoutePool(problem)
    pool.add(plan_of(problem, (0, 1), (2,), (3,)))
    return pool, plan_of(problem, (0,), (1,), (2, 3))


def test_the_best_of_two_plans_is_put_together() -> None:
    problem = four()
    pool, second = pool_of_two(problem)
    assert plan_cost(problem, second) == 2 * (100 + 200 + 400)
    found = pool.choose(second, None, lambda: False)
    assert {frozenset(route.stops) for route in found.routes} == {frozenset({0, 1}), frozenset({2, 3})}
    assert plan_cost(problem, found) == 2 * (200 + 400)
    assert not faults(problem, found)


def test_no_more_vehicles_are_used_than_there_are() -> None:
    problem = four()
    pool = RoutePool(replace(problem, groups=(replace(problem.groups[0], n_vehicles=2),)))
    long_way = plan_of(problem, (0, 3), (1, 2))
    pool.add(plan_of(problem, (0,), (3,), (1, 2)))
    assert pool.choose(long_way, None, lambda: False) == long_way


def test_a_plan_that_nothing_betters_stays() -> None:
    problem = four()
    best = plan_of(problem, (0, 1), (2, 3))
    assert RoutePool(problem).choose(best, None, lambda: False) == best


def test_a_stop_is_heard() -> None:
    pool, second = pool_of_two(four())
    assert pool.choose(second, None, lambda: True).served == second.served


@pytest.mark.parametrize(
    ("tied", "free"),
    [
        ({"stations": (Station(0, bays=1),)}, False),
        ({"stations": (Station(0, throughput=9),)}, False),
        ({"terms": Terms(balance=1)}, False),
        ({}, True),
    ],
)
def test_what_ties_routes_together_cannot_be_pooled(tied: dict[str, object], *, free: bool) -> None:
    assert can_pool(four(**tied)) is free
