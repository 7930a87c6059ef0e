"""PyVRP in rounds, with a choice among all routes met."""

from __future__ import annotations

import numpy as np

from optimizer.engines.budget import Budget
from optimizer.engines.vehicle_routing import RoutePlan, Station, VehicleRoutingProblem, faults, plan_cost
from optimizer.engines.vehicle_routing.pyvrp_model import pyvrp_model
from optimizer.engines.vehicle_routing.pyvrp_rounds import ENDS, search_in_rounds
from tests.optimizer.engines.vehicle_cases import profile_of, stops_of, street, there_and_back, truck


def scattered(n: int = 24) -> VehicleRoutingProblem:
    """Return stops along a street in random order, with windows, for trucks that hold a few of them."""
    rng = np.random.default_rng(3)
    at_m = [0, *rng.integers(0, 900, n).tolist(), 500]
    early_s = rng.integers(0, 3000, n).tolist()
    profile = profile_of(at_m, n, service_s=10, windows_s=[(early, early + 2500) for early in early_s])
    demand = rng.integers(1, 5, n).tolist()
    return street(
        truck(12, 6, fixed_cost=50),
        stops=stops_of(range(1, n + 1), demand),
        profiles=(profile,),
        stations=(Station(n + 1, visit_s=20, visit_cost=5),),
    )


def go_on(share: float, key: tuple[int, int], plan: object) -> bool:
    return False


def test_a_plan_is_a_solution_and_back() -> None:
    model = pyvrp_model(street())
    assert model is not None
    plan = RoutePlan((there_and_back(),))
    solution = model.solution(plan)
    assert solution.is_feasible()
    assert model.plan(solution) == plan
    assert model.key(solution) == (0, plan_cost(street(), plan))


def test_it_is_never_worse_than_its_start_and_spends_its_steps() -> None:
    problem, shares = scattered(), list[float]()

    def told(share: float, key: tuple[int, int], plan: object) -> bool:
        shares.append(share)
        return False

    first = search_in_rounds(problem, Budget(50, None, bool), 1, None, told)
    assert not faults(problem, first.plan, claimed_cost=first.cost)
    assert first.n_steps == 50
    assert shares == sorted(shares)
    more = search_in_rounds(problem, Budget(100, None, bool), 2, first.plan, go_on)
    assert more.cost <= first.cost
    nothing = search_in_rounds(problem, Budget(len(ENDS), None, bool), 2, more.plan, go_on)
    assert nothing.cost <= more.cost


def test_the_same_steps_give_the_same_plan() -> None:
    problem = scattered()
    one, other = (search_in_rounds(problem, Budget(60, None, bool), 0, None, go_on) for _ in range(2))
    assert one.plan == other.plan


def test_stopped_it_hands_back_where_it_began() -> None:
    problem = street()
    plan = RoutePlan((there_and_back(),))
    assert search_in_rounds(problem, Budget(None, None, lambda: True), 0, plan, go_on).plan == plan
    assert search_in_rounds(problem, Budget(0, None, bool), 0, plan, go_on).plan == plan
