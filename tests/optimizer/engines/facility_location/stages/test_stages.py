"""Two stages and several products, on cases that a person can check by hand and on small ones solved to proof."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.errors import ParameterError
from optimizer.engines.facility_location import Engine, Limits, Options, Outcome, Quota, Short
from optimizer.engines.facility_location.problem import Floats
from optimizer.engines.facility_location.stages import (
    Leg,
    Onward,
    Stage,
    StagedFault,
    StagedPlan,
    StagedProblem,
    StagedResult,
    solve,
    solve_staged,
    staged_cost,
    staged_faults,
)

INF = np.inf


def stage(fixed: list[float], capacity: list[float], **others: Any) -> Stage:
    """Return a stage with one size a site."""
    n = len(fixed)
    return Stage(n, Options(np.arange(n), np.array(fixed, dtype=float), np.array(capacity, dtype=float)), **others)


def small(**changes: Any) -> StagedProblem:
    """Two customers of 10, a station of 5 a unit beside each, one centre, one plant.

    A unit costs 1 to its station and 4 to the other; 1 to the centre and 1 on to the plant, 5 straight to the plant.
    """
    serve: Floats = np.array([[[1.0, 4.0], [4.0, 1.0]]])
    onward = Onward(np.ones((1, 2, 1)), np.full((1, 2, 1), 5.0), np.ones((1, 1, 1)))
    asked = StagedProblem(
        np.array([[10.0, 10.0]]), serve, stage([5, 5], [20, 20]), stage([30], [20]), onward, np.full((1, 1), INF)
    )
    return replace(asked, **changes)


def solved(problem: StagedProblem) -> StagedResult:
    """Return a result whose plan is right."""
    found = solve_staged(problem)
    if found.plan is not None:
        assert not staged_faults(problem, found.plan, claimed_cost=found.cost)
    return found


def test_a_centre_is_built_where_it_pays() -> None:
    # Both stations 10, 20 units at 1, the centre 30, 20 units at 2 onward: 100. Straight on: 10 + 20 + 20 * 5 = 130.
    found = solved(small())
    assert found.outcome is Outcome.OPTIMAL
    assert found.cost == pytest.approx(100)
    assert found.bound == pytest.approx(100)
    assert found.plan is not None
    assert found.plan.centres == (0,)


def test_a_dear_centre_is_not_built() -> None:
    found = solved(small(centres=stage([61], [20])))
    assert found.plan is not None
    assert found.plan.centres == ()
    assert found.cost == pytest.approx(130)
    assert {haul.leg for haul in found.plan.hauls} == {Leg.TO_PLANT}


def test_what_a_centre_has_no_room_for_goes_straight_on() -> None:
    # 15 units by the centre at 2, 5 straight on at 5: 10 + 20 + 30 + 30 + 25.
    assert solved(small(centres=stage([30], [15]))).cost == pytest.approx(115)


def test_a_plant_takes_no_more_of_a_product_than_it_can() -> None:
    onward = Onward(np.ones((1, 2, 1)), np.full((1, 2, 2), INF), np.array([[[1.0, 3.0]]]))
    # 12 units to the near plant at 2, 8 to the far one at 4: 10 + 20 + 30 + 24 + 32.
    assert solved(small(onward=onward, plant_capacity=np.array([[12.0, INF]]))).cost == pytest.approx(116)


def test_a_station_takes_no_more_of_a_product_than_it_can() -> None:
    stations = stage([5, 5], [20, 20], product_capacity=np.array([[4.0], [20.0]]))
    # Six of the first customer's ten go to the other station, 3 a unit dearer.
    assert solved(small(stations=stations)).cost == pytest.approx(118)


def test_a_station_takes_no_more_in_all_than_it_can() -> None:
    both = small(
        demand=np.array([[6.0, 0.0], [4.0, 0.0]]),
        serve_cost=np.repeat(small().serve_cost, 2, axis=0),
        stations=stage([5, 5], [7, 20]),
        onward=Onward(np.ones((2, 2, 1)), np.full((2, 2, 1), 5.0), np.ones((2, 1, 1))),
        plant_capacity=np.full((2, 1), INF),
    )
    # All ten to the other station: 5 + 40 + 30 + 20 = 95. With both: 10, 7 units at 1 and 3 at 4, 50 onward.
    assert solved(both).cost == pytest.approx(79)


def test_a_product_goes_only_where_it_may() -> None:
    serve = small().serve_cost.copy()
    serve[0, 0, 0] = INF
    # Only the second station is needed: 5 + 40 + 10 + 30 + 40.
    assert solved(small(serve_cost=serve)).cost == pytest.approx(125)


def test_locks_and_quotas_are_kept() -> None:
    assert solved(small(centres=stage([30], [20], must_not_open=(0,)))).cost == pytest.approx(130)
    assert solved(small(centres=stage([61], [20], must_open=(0,)))).cost == pytest.approx(131)
    assert solved(small(stations=stage([5, 5], [20, 20], must_not_open=(0,)))).cost == pytest.approx(125)
    two = small(centres=stage([30], [20], quotas=(Quota((0,), 0, 0),)))
    assert solved(two).cost == pytest.approx(130)
    one = small(stations=stage([5, 5], [20, 20], quotas=(Quota((0, 1), 0, 1),)))
    assert solved(one).cost == pytest.approx(125)


def test_one_station_takes_all_of_a_product_where_asked() -> None:
    stations = stage([5, 5], [10, 12])
    asked = small(demand=np.array([[9.0, 11.0]]), stations=stations)
    assert solved(asked).cost == pytest.approx(100)
    swapped = small(demand=np.array([[11.0, 9.0]]), stations=stations)
    # One unit is brought to the other station, or all of both customers change places: 60 units more.
    assert solved(swapped).cost == pytest.approx(103)
    found = solved(replace(swapped, single_source=True))
    assert found.cost == pytest.approx(160)


def test_what_cannot_be_is_told_with_figures() -> None:
    found = solve_staged(small(plant_capacity=np.array([[15.0]])))
    assert found.outcome is Outcome.INFEASIBLE
    assert [(one.kind, one.wanted, one.possible) for one in found.shortfalls] == [(Short.CAPACITY, 20.0, 15.0)]
    short = solve_staged(small(stations=stage([5, 5], [20, 20], quotas=(Quota((0, 1), 3),)))).shortfalls
    assert [(one.kind, one.wanted, one.possible) for one in short] == [(Short.QUOTA, 3, 2)]
    onward = Onward(np.full((1, 2, 1), INF), np.full((1, 2, 1), INF), np.ones((1, 1, 1)))
    assert solve_staged(small(onward=onward)).shortfalls[0].kind is Short.REACH


def test_wrong_figures_are_refused_in_one_line() -> None:
    with pytest.raises(ParameterError, match=r"demand\[0, 1\] is -1.0, a number of at least 0 is expected"):
        small(demand=np.array([[10.0, -1.0]]))
    with pytest.raises(ParameterError, match="plant_capacity has the shape"):
        small(plant_capacity=np.ones((2, 1)))
    with pytest.raises(ParameterError, match="centres: site 7, there are 1"):
        small(centres=stage([30], [20], must_open=(7,)))


@pytest.mark.parametrize(
    ("broken", "kind"),
    [
        ({"centres": ()}, StagedFault.NOT_OPEN),
        ({"stations": (0,)}, StagedFault.NOT_OPEN),
        ({"hauls": ()}, StagedFault.NOT_CARRIED_ON),
        ({"supplies": ()}, StagedFault.NOT_SERVED),
        ({"stations": (0, 0, 1)}, StagedFault.TWO_CLASSES),
        ({"stations": (0, 1, 9)}, StagedFault.UNKNOWN),
    ],
)
def test_the_checker_refuses_plans_broken_on_purpose(broken: dict[str, Any], kind: StagedFault) -> None:
    plan = solve_staged(small()).plan
    assert plan is not None
    assert kind in {one for one, _ in staged_faults(small(), replace(plan, **broken))}


def test_the_checker_measures_loads_locks_numbers_and_cost() -> None:
    plan = solve_staged(small()).plan
    assert plan is not None

    def kinds(**changes: Any) -> set[StagedFault]:
        return {one for one, _ in staged_faults(small(**changes), plan)}

    assert kinds(centres=stage([30], [15])) == {StagedFault.OVERLOADED}
    assert kinds(plant_capacity=np.array([[15.0]])) == {StagedFault.PLANT_OVERLOADED}
    limited = stage([5, 5], [20, 20], product_capacity=np.array([[4.0], [20.0]]))
    assert kinds(stations=limited) == {StagedFault.PRODUCT_OVERLOADED}
    assert kinds(stations=stage([5, 5], [20, 20], must_not_open=(1,))) == {StagedFault.MUST_NOT_OPEN}
    assert kinds(stations=stage([5, 5], [20, 20], quotas=(Quota((0, 1), 0, 1),))) == {StagedFault.QUOTA}
    assert [one for one, _ in staged_faults(small(), plan, claimed_cost=99)] == [StagedFault.WRONG_COST]
    empty = {one for one, _ in staged_faults(small(centres=stage([30], [20], must_open=(0,))), StagedPlan())}
    assert empty == {StagedFault.NOT_SERVED, StagedFault.MUST_OPEN}


def made(seed: int) -> StagedProblem:
    """Return a random problem: 8 customers, 5 stations and 3 centres of two sizes, 2 plants, 2 products."""
    dice = np.random.default_rng(seed)
    customers, stations, centres, plants = (dice.uniform(0, 100, (n, 2)) for n in (8, 5, 3, 2))

    def km(ends: Floats, others: Floats) -> Floats:
        away = ends[:, None] - others[None]
        return np.asarray(np.hypot(away[..., 0], away[..., 1])[None])

    demand = np.round(dice.uniform(0, 10, (2, 8)), 1) * (dice.random((2, 8)) < 0.9)
    total, per_km = demand.sum(), dice.uniform(0.8, 1.2, 2)[:, None, None]

    def sized(n: int, shares: tuple[float, float], rate: float) -> Stage:
        capacity = np.tile(shares, n) * total
        return Stage(n, Options(np.repeat(np.arange(n), 2), capacity**0.7 * rate * dice.uniform(0.8, 1.2, 2 * n), capacity))

    capacity = np.full((2, 2), INF)
    capacity[0, 0] = 0.7 * demand[0].sum()
    return StagedProblem(
        demand,
        per_km * km(customers, stations),
        sized(5, (0.3, 0.8), 30),
        sized(3, (0.3, 0.8), 40),
        Onward(
            0.3 * per_km * km(stations, centres), 0.8 * per_km * km(stations, plants), 0.2 * per_km * km(centres, plants)
        ),
        capacity,
        single_source=seed % 2 == 1,
    )


@pytest.mark.parametrize("seed", range(3))
def test_prices_and_programmes_agree_with_the_proof(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = made(seed)
    proven = solved(problem)
    peer = solve_staged(problem, engine=Engine.ORTOOLS)
    assert proven.outcome is Outcome.OPTIMAL
    assert proven.cost is not None
    assert peer.cost == pytest.approx(proven.cost)
    monkeypatch.setattr(solve, "MOST_COLUMNS", 0)
    ours = solve_staged(problem, limits=Limits(work_limit=1500))
    assert ours.plan is not None
    assert ours.cost is not None
    assert ours.bound is not None
    assert not staged_faults(problem, ours.plan, claimed_cost=ours.cost)
    assert proven.cost * (1 - 1e-9) <= ours.cost <= 1.02 * proven.cost
    assert 0.9 * proven.cost <= ours.bound <= proven.cost * (1 + 1e-7)


def test_more_room_never_costs_more() -> None:
    problem = made(2)
    larger = replace(problem.centres.options, capacity=2 * problem.centres.options.capacity)
    wide = replace(problem, centres=replace(problem.centres, options=larger), plant_capacity=np.full((2, 2), INF))
    less, more = solved(problem).cost, solved(wide).cost
    assert less is not None
    assert more is not None
    assert more <= less * (1 + 1e-6)


def test_a_stop_ends_it_at_once() -> None:
    class Stopped:
        stopped = True

        def report(self, *args: object, **named: object) -> None:
            """Do nothing."""

    found = solve_staged(made(0), monitor=Stopped())
    assert (found.outcome, found.plan, found.bound) == (Outcome.STOPPED, None, None)


def test_staged_cost_counts_every_part() -> None:
    plan = solve_staged(small()).plan
    assert plan is not None
    assert staged_cost(small(), plan) == pytest.approx(100)
