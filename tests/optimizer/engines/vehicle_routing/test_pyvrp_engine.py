"""What PyVRP is told, on cases that can be checked by hand, and what it refuses."""

from __future__ import annotations

from functools import partial

import pytest

from layers.errors import ParameterError
from optimizer.engines.budget import Budget
from optimizer.engines.vehicle_routing import (
    Break,
    Engine,
    Lock,
    Outcome,
    RoutePlan,
    Station,
    Terms,
    VehicleGroup,
    VehicleRoutingProblem,
    VisitKind,
)
from optimizer.engines.vehicle_routing.pyvrp_engine import search_with_pyvrp
from optimizer.engines.vehicle_routing.pyvrp_model import pyvrp_model
from tests.optimizer.engines import vehicle_cases
from tests.optimizer.engines.vehicle_cases import DAY_S, profile_of, stops_of, street, truck

solved = partial(vehicle_cases.solved, engine=Engine.PYVRP)
AT_M = [0, 100, 200, 300, 400]


def test_a_large_vehicle_makes_one_trip() -> None:
    result = solved(street())
    assert (result.cost, len(result.plan.routes)) == (805, 1)
    assert result.plan.routes[0].leave_s == 0


def test_a_plan_is_a_solution_and_back() -> None:
    model = pyvrp_model(street())
    assert model is not None
    plan = RoutePlan((vehicle_cases.there_and_back(),))
    solution = model.solution(plan)
    assert solution.is_feasible()
    assert model.plan(solution) == plan
    assert model.key(solution) == (0, 805)


def test_the_search_goes_on_from_a_plan() -> None:
    plan = RoutePlan((vehicle_cases.there_and_back(),))
    for n_steps in (0, 1):
        assert search_with_pyvrp(street(), Budget(n_steps, None, bool), 0, plan, lambda *_: False) == (plan, n_steps)


def test_a_small_vehicle_is_emptied_on_the_way_and_before_the_end() -> None:
    result = solved(street(truck(8)))
    (route,) = result.plan.routes
    assert [visit.kind for visit in route.visits].count(VisitKind.STATION) == 2
    assert result.cost == 800 + 200 + 2 * 5  # the farthest stop is fetched on a way of its own: 400 -> 300 -> 400


def test_goods_that_are_delivered_need_no_station() -> None:
    result = solved(street(truck(4), must_end_empty=False, stations=(Station(0),)))
    assert result.cost == 200 + 400 + 600  # three trips from the depot, which empties at no cost


def test_two_small_vehicles_cost_their_fixed_cost() -> None:
    assert solved(street(truck(12, 3, fixed_cost=7))).cost == 805 + 7
    assert len(solved(street(truck(4, 3, n_trips=1, fixed_cost=7))).plan.routes) == 3


def test_windows_and_waiting_cost_time() -> None:
    windows = [(0, 999), (500, 900), (0, 999)]
    result = solved(street(truck(12, cost_s=2), profiles=(profile_of(AT_M, 3, service_s=10, windows_s=windows),)))
    assert result.cost == 805 + 2 * 850
    assert result.plan.routes[0].leave_s == 290


def test_shift_and_hours_are_kept() -> None:
    assert len(solved(street(truck(12, 2, shift_s=850))).plan.routes) == 1
    assert len(solved(street(truck(12, 2, shift_s=849))).plan.routes) == 2
    assert len(solved(street(truck(12, 2, earliest_s=50, latest_s=899))).plan.routes) == 2


def test_a_station_is_visited_while_it_is_open() -> None:
    result = solved(street(stations=(Station(4, visit_s=20, visit_cost=5, open_s=((600, 620),)),)))
    assert result.plan.routes[0].leave_s == 170
    assert result.cost == 805


def test_the_best_station_on_the_way_home_is_taken() -> None:
    stations = (Station(4, visit_s=20, visit_cost=5), Station(0, visit_cost=150))
    assert solved(street(stations=stations)).cost == 600 + 150
    assert solved(street(stations=(stations[0], Station(0, visit_cost=250)))).cost == 805


def test_groups_serve_what_they_may_hold_and_see() -> None:
    stops = stops_of([1, 2, 3], [(4, 0), (0, 4), (4, 0)])
    groups = (truck((8, 0)), truck((0, 8), cost_m=3))
    result = solved(street(stops=stops, groups=groups))
    assert {(route.group, route.stops) for route in result.plan.routes} == {(0, (0, 2)), (1, (1,))}
    assert result.cost == 805 + 3 * 800 + 5
    slow = profile_of(AT_M, 3, service_s=100, pace=3)
    timed = solved(street(truck(12, profile=1, cost_s=1), profiles=(profile_of(AT_M, 3), slow)))
    assert timed.cost == 805 + 3 * 800 + 3 * 100 + 20


def test_stations_take_what_a_vehicle_holds_or_nothing_of_it() -> None:
    stops = stops_of([1, 2, 3], [(4, 0), (0, 4), (4, 0)])
    stations = (Station(4, takes=(True, False)), Station(2, takes=(False, True)))
    result = solved(street(stops=stops, groups=(truck((8, 0)), truck((0, 8))), stations=stations))
    assert result.cost == 800 + 400


def test_several_depots() -> None:
    far = VehicleGroup(4, 4, (4,), 1, 0, DAY_S)
    result = solved(street(groups=(truck(8), far), must_end_empty=False, stations=()))
    assert {(route.group, frozenset(route.stops)) for route in result.plan.routes} == {
        (0, frozenset({0, 1})),
        (1, frozenset({2})),
    }
    assert result.cost == 400 + 200


def test_trips_begin_when_stops_are_released() -> None:
    stops = stops_of([1, 2, 3], [4, 4, 4], release_s=[0, 0, 700])
    result = solved(street(truck(8, latest_s=1310), stops=stops, must_end_empty=False, stations=(Station(0),)))
    assert result.plan.routes[0].stops == (0, 1, 2)
    assert result.cost == 1000


def test_a_limited_fleet_leaves_the_least_valuable_out() -> None:
    stops = stops_of([1, 2, 3], [4, 4, 4], value=[5, 1, 7])
    result = solved(street(truck(8, n_trips=1), stops=stops, serve_all=False))
    assert result.plan.served == {0, 2}
    assert result.value_served == 12
    assert result.outcome is Outcome.FEASIBLE


def test_a_stop_of_little_value_is_not_left_while_a_vehicle_stands_idle() -> None:
    heavy = stops_of([1, 2, 3], [4, 4, 4], value=[900_000, 900, 1])
    assert solved(street(truck(4, 3, n_trips=1, fixed_cost=700), stops=heavy, serve_all=False)).plan.served == {0, 1, 2}


def test_where_not_all_can_be_served_the_plan_goes_as_far_as_it_can() -> None:
    result = solved(street(truck(8, n_trips=1)), may_leave=True)
    assert result.outcome is Outcome.INFEASIBLE
    assert len(result.plan.served) == 2
    none = solved(street(truck(3)), may_leave=True)
    assert (none.plan, none.cost) == (RoutePlan(), 0)


@pytest.mark.parametrize(
    ("problem", "word"),
    [
        (street(stations=(Station(4, bays=1),)), "bays"),
        (street(stations=(Station(4, throughput=100),)), "throughput"),
        (street(stations=(Station(4, open_s=((0, 9), (20, 99))),)), "open more than once"),
        (street(stations=(Station(4, open_s=((0, 900),)), Station(0))), "opening hours"),
        (street(truck(12, breaks=(Break(30, 0, 100),))), "breaks"),
        (street(truck(12, driving_s=900)), "driving"),
        (street(truck(12, range_m=900)), "ranges"),
        (street(truck(12, route_capacity=(12,))), "in all"),
        (street(locks=(Lock(0, 0, 0),)), "locks"),
        (street(orders=((0, 1),)), "orders"),
        (street(terms=Terms(balance=1)), "terms"),
        (
            street(
                stops=stops_of([1, 2, 3], [(4, 0), (0, 4), (4, 0)]),
                groups=(truck((8, 8)),),
                stations=(Station(4, takes=(True, False)), Station(4, takes=(False, True))),
            ),
            "a part",
        ),
    ],
)
def test_what_cannot_be_said_is_refused(problem: VehicleRoutingProblem, word: str) -> None:
    with pytest.raises(ParameterError, match=word):
        solved(problem)


def test_windows_by_vehicle_are_refused() -> None:
    early = profile_of(AT_M, 3, windows_s=[(0, 500)] * 3)
    with pytest.raises(ParameterError, match="windows"):
        solved(street(groups=(truck(8), truck(8, profile=1)), profiles=(profile_of(AT_M, 3), early)))


def test_the_same_steps_give_the_same_plan() -> None:
    problem = street(truck(8))
    assert solved(problem).plan == solved(problem).plan
