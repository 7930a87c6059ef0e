"""Allocation on cases that a person can check by hand, and against trying everything."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import ParameterError
from optimizer.engines.allocation import (
    Allocation,
    AllocationFault,
    AllocationProblem,
    AllocationResult,
    Unparked,
    Why,
    allocation_faults,
    equity_sweep,
    fairest_share,
    solve_allocation,
)
from optimizer.engines.limits import Engine
from optimizer.engines.outcome import Outcome


def problem(
    demand: list[list[int]], berths: list[list[int]], pairs: list[tuple[int, int, float]], **more: Any
) -> AllocationProblem:
    zone, lot, walk_m = (np.array(one) for one in zip(*pairs, strict=True))
    return AllocationProblem(np.array(demand), np.array(berths), zone, lot, walk_m.astype(float), **more)


# Zone 0 reaches both lots, zone 1 the first alone.
TWO = problem([[3, 2]], [[2, 2]], [(0, 0, 50.0), (0, 1, 200.0), (1, 0, 100.0)])


def solved(asked: AllocationProblem, **how: Any) -> AllocationResult:
    """Return a result that the checker finds right."""
    found = solve_allocation(asked, **how)
    if found.allocation is not None:
        share = how.get("least_share", 0.0)
        assert not allocation_faults(
            asked, found.allocation, least_share=share, claimed_worth=found.worth, claimed_walk_m=found.walk_m
        )
    return found


def test_as_many_park_as_can_and_walk_as_little_as_that_allows() -> None:
    # Four of five: either zone may have one left; two of zone 0 in lot 1, and lot 0 goes to zone 0, 50 m nearer.
    found = solved(TWO)
    assert (found.outcome, found.worth, found.walk_m) == (Outcome.OPTIMAL, 4, 2 * 200 + 50 + 100)


def test_cars_that_count_more_go_first() -> None:
    found = solved(replace(TWO, weight=np.array([1, 5])))
    assert found.allocation is not None
    assert found.allocation.served(TWO).tolist() == [[2, 2]]
    assert found.worth == 2 + 10


def test_what_is_left_says_why_and_where_a_berth_would_help() -> None:
    assert solved(TWO).unparked == (Unparked(0, 1, 1, Why.FULL, (0, 1)),)
    alone = problem([[1, 2, 1]], [[2, 2]], [(0, 0, 50.0), (1, 0, 100.0)])
    assert [(one.zone, one.why) for one in solved(alone).unparked] == [(1, Why.FULL), (2, Why.NO_LOT)]


def test_hours_do_not_touch_one_another() -> None:
    found = solved(problem([[2], [1]], [[1], [2]], [(0, 0, 10.0)]))
    assert found.allocation is not None
    assert found.allocation.cars.tolist() == [[1], [1]]


def test_a_share_for_every_zone_is_kept_or_refused() -> None:
    # Half of two is one car, half of three two: zone 0 in lot 1, zone 1 in lot 0.
    found = solved(TWO, least_share=0.5)
    assert found.allocation is not None
    assert found.allocation.shares(TWO).min() >= 0.5
    assert solve_allocation(TWO, least_share=1.0).outcome is Outcome.INFEASIBLE


def test_the_fairest_share_is_exact() -> None:
    # Two of zone 0's three and both of zone 1's.
    assert fairest_share(TWO) == pytest.approx(2 / 3)
    assert fairest_share(problem([[1, 1]], [[1]], [(0, 0, 1.0), (1, 0, 1.0)])) == 0
    assert fairest_share(problem([[2, 9]], [[2]], [(0, 0, 1.0)])) == 1  # nothing is within reach of zone 1


def test_fairness_costs_walking_and_no_berth() -> None:
    points = equity_sweep(TWO, 4)
    assert [p.least_share for p in points] == pytest.approx([0, 2 / 9, 4 / 9, 2 / 3])
    assert {p.worth for p in points} == {4}
    assert [p.walk_m for p in points] == sorted(p.walk_m for p in points)


def test_a_stop_ends_it() -> None:
    class Stopped:
        stopped = True

        def report(self, *args: object, **named: object) -> None:
            """Do nothing."""

    assert solve_allocation(TWO, monitor=Stopped()).outcome is Outcome.STOPPED
    assert equity_sweep(TWO, 3, Stopped()) == ()


def test_wrong_figures_are_refused_in_one_line() -> None:
    with pytest.raises(ParameterError, match=r"demand\[0, 1\] is -2, a number of at least 0 is expected"):
        replace(TWO, demand=np.array([[3, -2]]))
    with pytest.raises(ParameterError, match=r"lot\[1\] is 7, there are 2"):
        replace(TWO, lot=np.array([0, 7, 0]))
    with pytest.raises(ParameterError, match="a pair is listed twice"):
        replace(TWO, zone=np.array([0, 0, 0]), lot=np.array([0, 1, 0]))
    with pytest.raises(ParameterError, match="same hours"):
        replace(TWO, berths=np.array([[1, 1], [1, 1]]))


@pytest.mark.parametrize(
    ("cars", "kind"),
    [
        ([[2, 2, 1]], AllocationFault.TOO_MANY_CARS),
        ([[1, 1, 2]], AllocationFault.TOO_FULL),
        ([[-1, 2, 1]], AllocationFault.NEGATIVE),
        ([[1, 1]], AllocationFault.SHAPE),
    ],
)
def test_the_checker_refuses_allocations_broken_on_purpose(cars: list[list[int]], kind: AllocationFault) -> None:
    assert kind in {one for one, _ in allocation_faults(TWO, Allocation(np.array(cars)))}


def test_the_checker_measures_shares_and_claims() -> None:
    plan = Allocation(np.array([[1, 2, 0]]))
    kinds = {one for one, _ in allocation_faults(TWO, plan, least_share=0.5, claimed_worth=4, claimed_walk_m=1.0)}
    assert kinds == {AllocationFault.SHARE, AllocationFault.WRONG_WORTH, AllocationFault.WRONG_WALK}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_no_allocation_is_better(seed: int) -> None:
    dice = np.random.default_rng(seed)
    pairs = [(z, lot, float(dice.integers(1, 300))) for z, lot in product(range(2), range(2)) if dice.random() < 0.8]
    pairs = pairs or [(0, 0, 1.0)]
    asked = problem(
        [dice.integers(0, 4, 2).tolist()], [dice.integers(0, 4, 2).tolist()], pairs, weight=dice.integers(1, 3, 2)
    )
    every = (Allocation(np.array([cars])) for cars in product(range(4), repeat=len(pairs)))
    right = [one for one in every if not allocation_faults(asked, one)]
    best = min((-one.worth(asked), one.walk_m(asked)) for one in right)
    found = solved(asked)
    assert found.worth == -best[0]
    assert found.walk_m == pytest.approx(best[1])
    reached = [one.shares(asked)[:, asked.reached].min(initial=1.0) for one in right]
    assert fairest_share(asked) == pytest.approx(max(reached))
    wider = replace(asked, berths=asked.berths + 1)
    assert (solved(wider).worth or 0) >= found.worth


def test_highs_finds_the_same() -> None:
    dice = np.random.default_rng(3)
    pairs = [(z, lot, float(dice.integers(1, 300))) for z, lot in product(range(12), range(5)) if dice.random() < 0.5]
    asked = problem(dice.integers(0, 9, (2, 12)).tolist(), dice.integers(0, 20, (2, 5)).tolist(), pairs)
    ours, peer = solved(asked), solved(asked, engine=Engine.HIGHS)
    assert peer.worth == ours.worth
    assert peer.walk_m == pytest.approx(ours.walk_m)
    with pytest.raises(ParameterError, match="engine pyvrp"):
        solve_allocation(asked, engine=Engine.PYVRP)
