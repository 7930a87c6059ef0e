"""Making do with fewer vehicles: on streets where a person can see how many are needed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.engines.budget import Budget
from optimizer.engines.vehicle_routing import VehicleRoute, VehicleRoutingProblem, Visit, faults, plan_cost
from optimizer.engines.vehicle_routing.fleet_reduction import least_vehicles, may_reduce, reduce_fleet, variable_cost
from optimizer.engines.vehicle_routing.search import Search, search
from optimizer.engines.vehicle_routing.solution import RoutePlan
from optimizer.engines.vehicle_routing.tables import tables_of
from tests.optimizer.engines.vehicle_cases import STATION, STOP, street, truck

PLAN = [1.0, 1.0, 3.0, 0.0, 0.0]


def one_each() -> RoutePlan:
    """Return a plan with a vehicle for each of the street's stops, 100, 200 and 300 m out; the station is 400 m out."""
    return RoutePlan(tuple(VehicleRoute(0, 0, (Visit(STOP, k, 100 * (k + 1)), Visit(STATION, 0, 410))) for k in range(3)))


def at_one_each(problem: VehicleRoutingProblem) -> Search:
    work = Search(tables_of(problem), 1)
    work.start_from(one_each())
    return work


def fleet(fixed_cost: int) -> VehicleRoutingProblem:
    return street(truck(12, n_vehicles=3, fixed_cost=fixed_cost))


def test_three_vehicles_become_the_one_that_holds_all() -> None:
    problem = fleet(100_000)
    work = at_one_each(problem)
    assert len(work.plan().routes) == 3
    assert least_vehicles(work) == 1
    n_steps = reduce_fleet(work, lambda n: n >= 1000, PLAN)
    assert 0 < n_steps < 1000
    plan = work.plan()
    assert len(plan.routes) == 1
    assert faults(problem, plan, claimed_cost=plan_cost(problem, plan)) == ()
    # All is as before it, so that what follows may use every vehicle.
    assert work.bench.finder.mine.all()
    assert (work.tables.model.penalty == tables_of(problem).model.penalty).all()


def test_a_vehicle_that_is_needed_stays() -> None:
    # Each may take eight of the twelve in a day.
    problem = street(truck(8, n_vehicles=3, route_capacity=(8,), fixed_cost=100_000))
    work = at_one_each(problem)
    assert least_vehicles(work) == 2
    reduce_fleet(work, lambda n: n >= 1000, PLAN)
    assert len(work.plan().routes) == 2


def test_what_cannot_be_left_ends_at_the_best_plan() -> None:
    # The loads fit into one vehicle, but 800 m, three stops and a visit take 850 s.
    problem = street(truck(12, n_vehicles=2, fixed_cost=100_000, shift_s=845))
    work = Search(tables_of(problem), 1)
    work.build(Budget(10, None, bool))
    before = work.key
    assert len(work.plan().routes) == 2
    assert reduce_fleet(work, lambda n: n >= 100, PLAN) == 100
    assert work.key == before
    assert (work.routes.route_of >= 0).all()


def test_fixed_costs_are_told_from_all_else() -> None:
    work = at_one_each(fleet(100_000))
    # Three times 400 m out and back, and a visit for 5.
    assert variable_cost(work) == 3 * (800 + 5)
    assert work.key == (0, 3 * (100_000 + 800 + 5))


@pytest.mark.parametrize("fixed_cost", [0, 100])
def test_cheap_vehicles_are_left_to_the_search(fixed_cost: int) -> None:
    assert not may_reduce(at_one_each(fleet(fixed_cost)))


def test_only_what_serves_all_is_reduced() -> None:
    problem = fleet(100_000)
    assert may_reduce(at_one_each(problem))
    assert not may_reduce(at_one_each(replace(problem, serve_all=False)))
    assert not may_reduce(Search(tables_of(problem), 1))


def test_steps_spent_on_it_count() -> None:
    problem = street(truck(12, n_vehicles=2, fixed_cost=100_000, shift_s=845))
    found = search(problem, Budget(400, None, bool), 1, None, lambda _share, _key, _plan: False, 1)
    again = search(problem, Budget(400, None, bool), 1, None, lambda _share, _key, _plan: False, 1)
    assert found.plan == again.plan
    assert found.n_steps == 400


def test_a_stop_is_obeyed_within_it() -> None:
    work = at_one_each(street(truck(8, n_vehicles=3, n_trips=1, fixed_cost=100_000)))
    before = work.key
    assert reduce_fleet(work, lambda _n: True, PLAN) == 0
    assert work.key == before
    assert len(work.plan().routes) == 3
