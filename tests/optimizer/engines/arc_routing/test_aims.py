"""Balance, compactness and change: what they weigh, and that the search heeds them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers.errors import InputError
from optimizer.engines.arc_routing import (
    ArcRoutingProblem,
    Outcome,
    Result,
    RoutePlan,
    Stop,
    StopKind,
    Terms,
    VehicleGroup,
    VehicleRoute,
)
from optimizer.engines.arc_routing.aims import plan_terms
from tests.optimizer.engines import cases
from tests.optimizer.engines.cases import STAR, network_of, tasks_of

TWO = (VehicleGroup(0, 0, (9,), n_vehicles=2),)
# Two rings at one depot: 0 - 1 - 2 - 0 and 0 - 3 - 4 - 0, each street 10.
RINGS = ((0, 1, 10), (1, 2, 10), (2, 0, 10), (0, 3, 10), (3, 4, 10), (4, 0, 10))


def star(terms: Terms) -> ArcRoutingProblem:
    return ArcRoutingProblem(network_of(5, STAR), tasks_of(STAR), TWO, terms=terms)


def plan_of(*routes: tuple[int, ...]) -> RoutePlan:
    """Return one route a row of tasks, all served in their first direction."""
    return RoutePlan(tuple(VehicleRoute(0, tuple(Stop(StopKind.SERVE, 2 * task) for task in row)) for row in routes))


def solved(problem: ArcRoutingProblem) -> Result:
    result = cases.solved(problem)
    assert result.terms == pytest.approx(plan_terms(problem, result.plan))
    return result


def test_terms_weigh_what_they_say() -> None:
    # Streets of 10 and 40 on one vehicle, of 20 and 30 on another: 100 each. 10, 20 against 30, 40: 60 and 140, each 40 off.
    even, uneven = plan_of((0, 3), (1, 2)), plan_of((0, 1), (2, 3))
    assert plan_terms(star(Terms(balance=2)), even) == 0
    assert plan_terms(star(Terms(balance=2)), uneven) == 2 * (40 + 40)
    # All four meet in the middle: 6 pairs, of which either plan splits 4.
    assert plan_terms(star(Terms(compactness=3)), even) == 12
    # From the even plan, tasks 1 and 3 have changed places.
    assert plan_terms(star(Terms(change=5, earlier=even)), uneven) == 10


@pytest.mark.uncompiled
def test_balance_makes_shifts_even() -> None:
    # Two vehicles of 50 each way, 200 in all, as one would cost: no dearer, and even. Capacity keeps one from doing all.
    problem = replace(star(Terms(balance=1)), groups=(replace(TWO[0], capacity=(3,)),))
    result = solved(problem)
    assert (result.cost, result.terms) == (200, 0)
    assert sorted(sorted(route.tasks) for route in result.plan.routes) == [[0, 3], [1, 2]]


@pytest.mark.uncompiled
def test_compactness_keeps_neighbours_together() -> None:
    # Three streets fill a vehicle. A ring each is 60 in all and splits the 4 pairs that meet at the depot; any other deal
    # splits more.
    groups = (VehicleGroup(0, 0, (3,), n_vehicles=2),)
    problem = ArcRoutingProblem(network_of(5, RINGS), tasks_of(RINGS), groups, terms=Terms(compactness=10))
    result = solved(problem)
    assert (result.cost, result.terms) == (60, 40)
    assert sorted(sorted(route.tasks) for route in result.plan.routes) == [[0, 1, 2], [3, 4, 5]]


@pytest.mark.uncompiled
def test_change_holds_tasks_to_their_vehicles() -> None:
    # Every street was driven by the second vehicle but the last, by the first: so it stays, though vehicles are alike.
    earlier = RoutePlan((replace(plan_of((3,)).routes[0], vehicle=0), replace(plan_of((0, 1, 2)).routes[0], vehicle=1)))
    result = solved(star(Terms(change=1, earlier=earlier)))
    assert result.terms == 0
    assert {route.vehicle: sorted(route.tasks) for route in result.plan.routes} == {0: [3], 1: [0, 1, 2]}


def test_neighbours_follow_one_another_over_turns_too() -> None:
    # Arcs 0 -> 1 and 2 -> 3 are streets, 1 -> 2 is a turn between them, 3 -> 4 a turn to nothing.
    streets = ((0, 1, 5), (2, 3, 5))
    tasks = tasks_of(streets, reversible=[False, False])
    network = network_of(5, [], [*streets, (1, 2, 0), (3, 4, 0)])
    problem = ArcRoutingProblem(network, tasks, (VehicleGroup(0, 4, (9,)),))
    assert problem.neighbours.tolist() == [[0, 1]]


def test_a_plan_that_only_costs_what_the_bound_says_is_not_called_best() -> None:
    # One street on each of two vehicles at least, 30 against 40: the cost is least, the balance cannot be.
    problem = replace(star(Terms(balance=1)), tasks=tasks_of(STAR[2:]), groups=(replace(TWO[0], capacity=(1,)),))
    result = solved(problem)
    assert (result.cost, result.terms, result.outcome) == (140, 20, Outcome.FEASIBLE)


def test_an_earlier_plan_of_another_problem_is_refused() -> None:
    earlier = RoutePlan((VehicleRoute(3, (Stop(StopKind.SERVE, 90),)),))
    with pytest.raises(InputError, match=r"route 0 of the earlier plan names group 3.*names task 45, there are 4"):
        star(Terms(change=1, earlier=earlier))
