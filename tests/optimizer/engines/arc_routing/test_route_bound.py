from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.engines.arc_routing import ArcRoutingProblem, Facility, VehicleGroup
from optimizer.engines.arc_routing.columns import programme_of
from optimizer.engines.arc_routing.cut_programme import CutProgramme, crossing
from optimizer.engines.arc_routing.cuts import least_moves
from optimizer.engines.arc_routing.relaxation import relaxation_of
from optimizer.engines.arc_routing.route_bound import RouteBounder, can_price
from optimizer.engines.arc_routing.route_pricing import Service, modes_of_route, priced
from tests.optimizer.engines.cases import ring, star
from tests.optimizer.engines.exhaustive import least_cost
from tests.optimizer.engines.tiny import tiny


def bound_by_routes(problem: ArcRoutingProblem) -> int:
    """Return the bound that routes prove beside the rules of single places."""
    relaxation = relaxation_of(problem)
    programme, columns = programme_of(problem, relaxation)
    tail, head = relaxation.ends()
    for v in range(relaxation.n_places):
        sides = np.arange(relaxation.n_places) == v
        across = crossing(sides, tail, head)
        programme.add(across, np.ones(len(across), dtype=np.int64), least_moves(relaxation, sides))
    assert programme.solve(bool)
    return columns.served + RouteBounder(problem, relaxation, programme.tight(len(tail))).run(bool)


@pytest.mark.parametrize("seed", range(8))
def test_no_plan_goes_below_the_bound_by_routes(seed: int) -> None:
    problem = tiny(seed, "undirected")
    least = least_cost(problem)
    assert least is not None
    assert problem.tasks.cost[:, 0].sum() <= bound_by_routes(problem) <= least


def test_routes_see_which_streets_fit_together() -> None:
    # Vehicles of 5 for streets of 3, 3, 2 and 2 at the ends of a star of 10, 20, 30 and 40: there and back in any case.
    problem = star(VehicleGroup(0, 0, (5,), fixed_cost=7))
    problem = replace(problem, tasks=replace(problem.tasks, demand=np.array([[3], [3], [2], [2]])))
    assert bound_by_routes(problem) == least_cost(problem) == 200 + 2 * 7


def test_only_what_fits_the_method_is_priced() -> None:
    plain = ring(VehicleGroup(0, 0, (2,)))
    assert can_price(plain, relaxation_of(plain))
    dumps = replace(plain, facilities=(Facility(1),))
    assert not can_price(dumps, relaxation_of(dumps))
    endless = replace(plain, groups=(VehicleGroup(0, 0, (10**9,)),))
    assert not can_price(endless, relaxation_of(endless))


def line_service(capacity: int) -> Service:
    """Return three tasks of load 1 along a line 0 - 1 - 2 - 3."""
    forward = np.arange(3)
    return Service(
        entry=np.concatenate([forward, forward + 1]),
        exit=np.concatenate([forward + 1, forward]),
        task=np.concatenate([forward, forward]),
        load=np.ones(6, dtype=np.int64),
        depot=0,
        capacity=capacity,
    )


def test_the_cheapest_route_serves_the_line_out_and_drives_home() -> None:
    service = line_service(3)
    apart = np.abs(np.arange(4)[:, None] - np.arange(4)[None, :])
    labels = priced(service, apart, np.array([5, 5, 5]), bool)
    assert labels is not None
    assert labels.closed[3].min() == 3 - 15
    route = modes_of_route(service, labels, 3, int(labels.closed[3].argmin()))
    assert sorted(service.task[route].tolist()) == [0, 1, 2]


def test_a_route_goes_not_back_and_forth_between_two_dear_tasks() -> None:
    # Load 3 with only two tasks worth anything: the third is another one, not the first again.
    service = line_service(3)
    apart = np.abs(np.arange(4)[:, None] - np.arange(4)[None, :])
    labels = priced(service, apart, np.array([50, 50, 0]), bool)
    assert labels is not None
    assert labels.closed[3].min() == 3 - 100


def test_pricing_stops_when_it_is_told() -> None:
    assert priced(line_service(3), np.zeros((4, 4), dtype=np.int64), np.zeros(3, dtype=np.int64), lambda: True) is None


def test_a_programme_proves_what_its_duals_allow() -> None:
    # Least cost of x + 2 y with x + y >= 3 and y >= 1: 2 + 2.
    programme = CutProgramme(np.array([1, 2]), np.array([9, 9]), np.array([False, False]))
    programme.add(np.array([0, 1]), np.array([1, 1]), 3)
    programme.add(np.array([1]), np.array([1]), 1)
    assert programme.proven() == 0
    assert programme.solve(bool)
    assert programme.proven() == 4
    assert programme.tight(2).least.tolist() == [3, 1]
    assert programme.slack == pytest.approx([0, 0])


def test_a_programme_without_solution_keeps_what_was_proven() -> None:
    programme = CutProgramme(np.array([1]), np.array([1]), np.array([True]))
    programme.add(np.array([0]), np.array([1]), 1)
    assert programme.solve(bool)
    programme.add(np.array([0]), np.array([1]), 5)
    assert not programme.solve(bool)
    assert programme.proven() == 1
