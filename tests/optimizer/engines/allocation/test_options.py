"""Berths and switches in cases that a person can work out, and against all plans of small ones."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from layers.errors import ParameterError
from optimizer.engines.allocation.options import (
    NEVER,
    Count,
    OptionFault,
    OptionPlan,
    OptionProblem,
    choose,
    objective_of,
    option_faults,
)
from optimizer.engines.allocation.options.rounding import parked
from optimizer.engines.circulation import BOTH
from optimizer.engines.limits import Engine, Limits
from optimizer.engines.outcome import Outcome
from tests.optimizer.engines.circulation.test_circulation import CORNERS, SQUARE, problem_of

LIMITS = Limits(work_limit=200)


def made(**values: Any) -> OptionProblem:
    """Return one zone with ten cars worth 100 each; one place with room for four berths at 10, six more switched at 50."""
    one = np.array([0], dtype=np.int64)
    figures: dict[str, Any] = {
        "demand": np.array([[10]]), "price": np.array([[100.0]]), "zone": one, "place": one, "walk_m": np.array([50.0]),
        "there": one, "room": np.array([4]), "more": np.array([6]), "berth_price": np.array([10.0]),
        "switch_price": np.array([50.0]), "berth_cost": np.array([1.0]), "switch_cost": np.array([5.0]), "least": one,
        "pair": np.array([NEVER]), "budget": 1e9,
    }  # fmt: skip
    return OptionProblem(**(figures | values))


def test_a_switch_that_pays_is_made() -> None:
    """Ten berths and the switch cost 150, six cars more are worth 600."""
    result = choose(made(), limits=LIMITS)
    assert (result.plan.berths.tolist(), result.plan.switched.tolist()) == ([10], [True])
    assert result.objective == 150
    assert result.outcome is Outcome.OPTIMAL
    assert option_faults(made(), result.plan, result.objective) == ()


def test_a_switch_that_does_not_pay_is_not() -> None:
    result = choose(made(switch_price=np.array([601.0])), limits=LIMITS)
    assert (result.plan.berths.tolist(), result.objective) == ([4], 4 * 10 + 6 * 100)


@pytest.mark.parametrize(("budget", "berths"), [(0.0, 0), (3.0, 3), (4.0, 4), (9.0, 4), (10.0, 5), (15.0, 10)])
def test_the_budget_is_never_passed(budget: float, berths: int) -> None:
    """A berth costs 1 and the switch 5: with 9 four are paid for, with 10 the fifth."""
    problem = made(budget=budget)
    result = choose(problem, limits=LIMITS)
    assert result.plan.berths.tolist() == [berths]
    assert option_faults(problem, result.plan, result.objective) == ()


def test_what_must_be_is_there_though_nobody_wants_it() -> None:
    assert choose(made(least=np.array([7]), demand=np.array([[0]])), limits=LIMITS).plan.berths.tolist() == [7]


def test_numbers_that_are_asked_for_count() -> None:
    nobody = made(demand=np.array([[0]]), counts=(Count(((0,),), 3, by_group=False, price=11.0),))
    assert choose(nobody, limits=LIMITS).plan.berths.tolist() == [3]
    cheap = made(demand=np.array([[0]]), counts=(Count(((0,),), 3, by_group=False, price=9.0),))
    assert choose(cheap, limits=LIMITS).plan.berths.tolist() == [0]
    roads = made(demand=np.array([[0]]), counts=(Count(((0,),), 1, by_group=True, price=11.0),))
    assert choose(roads, limits=LIMITS).plan.berths.tolist() == [1]


def test_berths_that_stand_are_used_first() -> None:
    result = choose(made(there=np.array([10])), limits=LIMITS)
    assert (result.plan.berths.tolist(), result.objective) == ([0], 0)


def test_streets_are_switched_only_where_everybody_gets_round() -> None:
    """Four sides of a square; the limit of 150 m lets none be one-way, that of 200 m all of them."""
    four = np.arange(4, dtype=np.int64)
    for limit_m, n in ((150.0, 0), (200.0, 4)):
        problem = made(
            demand=np.full((1, 4), 5), price=np.full((1, 4), 100.0), zone=four, place=four, walk_m=np.zeros(4),
            there=np.zeros(4, np.int64), room=np.zeros(4, np.int64), more=np.full(4, 5), berth_price=np.ones(4),
            switch_price=np.ones(4), berth_cost=np.ones(4), switch_cost=np.ones(4), least=np.zeros(4, np.int64), pair=four,
            circulation=problem_of(SQUARE, CORNERS, limit_m=limit_m),
        )  # fmt: skip
        result = choose(problem, limits=LIMITS)
        assert int(result.plan.switched.sum()) == n
        assert option_faults(problem, result.plan, result.objective) == ()


def random_problem(seed: int) -> OptionProblem:
    """Return two places and three zones."""
    dice = np.random.default_rng(seed)
    zone, place = np.nonzero(dice.random((3, 2)) < 0.8)
    figures = {
        "demand": dice.integers(0, 4, (2, 3)), "price": dice.integers(1, 9, (2, 3)).astype(float),
        "zone": zone, "place": place,
        "walk_m": dice.uniform(0, 300, len(zone)), "there": dice.integers(0, 2, 2), "room": dice.integers(0, 3, 2),
        "more": dice.integers(0, 3, 2), "berth_price": dice.integers(0, 6, 2).astype(float),
        "switch_price": dice.integers(0, 8, 2).astype(float), "berth_cost": np.ones(2), "switch_cost": np.ones(2),
        "least": np.zeros(2, np.int64), "pair": np.full(2, NEVER), "budget": float(dice.integers(0, 9)),
        "counts": (Count(((0, 1),), int(dice.integers(0, 3)), by_group=False, price=3.0),),
    }  # fmt: skip
    return made(**figures)


@pytest.mark.parametrize("seed", range(25))
def test_no_plan_is_below_the_bound_and_few_below_what_is_found(seed: int) -> None:
    """All plans of small cases: the bound is one, and the plan found is within a berth's rounding of the best."""
    problem = random_problem(seed)
    best = np.inf
    for berths in product(*(range(int(r + m) + 1) for r, m in zip(problem.room, problem.more, strict=True))):
        n = np.array(berths, dtype=np.int64)
        plan = OptionPlan(n, n > problem.room, np.zeros(0, np.int64), parked(problem, n))
        if plan.cost(problem) <= problem.budget:
            best = min(best, objective_of(problem, plan))
    result = choose(problem, limits=LIMITS)
    assert option_faults(problem, result.plan, result.objective) == ()
    assert result.bound is not None
    assert result.bound <= best + 1e-6
    assert result.objective >= best - 1e-6
    assert result.objective <= best + 16  # two berths and two switches that were rounded up


def test_the_checker_names_what_is_wrong() -> None:
    problem = made()
    good = choose(problem, limits=LIMITS).plan
    broken = {
        OptionFault.NO_ROOM: replace(good, berths=np.array([11])),
        OptionFault.NOT_SWITCHED: replace(good, switched=np.array([False])),
        OptionFault.TOO_FULL: replace(good, berths=np.array([9])),
        OptionFault.TOO_MANY_CARS: replace(good, cars=np.array([[11]])),
    }
    for fault, plan in broken.items():
        assert fault in {f for f, _ in option_faults(problem, plan)}
    assert OptionFault.TOO_FEW in {
        f for f, _ in option_faults(made(least=np.array([10])), replace(good, berths=np.array([9])))
    }
    assert OptionFault.OVER_BUDGET in {f for f, _ in option_faults(made(budget=1.0), good)}
    assert OptionFault.WRONG_OBJECTIVE in {f for f, _ in option_faults(problem, good, 1.0)}
    assert BOTH == -1


def test_figures_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(ParameterError, match="more berths are asked for than fit"):
        made(least=np.array([11]))
    with pytest.raises(ParameterError, match="budget"):
        made(budget=-1.0)
    with pytest.raises(ParameterError, match="room"):
        made(room=np.array([1, 2]))


@pytest.mark.parametrize("seed", range(8))
def test_ortools_agrees_on_small_cases(seed: int) -> None:
    problem = random_problem(seed)
    ours, theirs = choose(problem, limits=LIMITS), choose(problem, limits=LIMITS, engine=Engine.ORTOOLS)
    assert option_faults(problem, theirs.plan, theirs.objective) == ()
    assert theirs.bound is not None
    assert theirs.bound <= min(ours.objective, theirs.objective) + 1e-6


def test_ortools_cuts_off_what_leaves_nobody_a_way_round() -> None:
    """Of the sides of a square all can be one-way with 200 m to spare, and none with 150 m; SCIP must be told by cuts."""
    four = np.arange(4, dtype=np.int64)
    for limit_m, n in ((150.0, 0), (200.0, 4)):
        problem = made(
            demand=np.full((1, 4), 5), price=np.full((1, 4), 100.0), zone=four, place=four, walk_m=np.zeros(4),
            there=np.zeros(4, np.int64), room=np.zeros(4, np.int64), more=np.full(4, 5), berth_price=np.ones(4),
            switch_price=np.ones(4), berth_cost=np.ones(4), switch_cost=np.ones(4), least=np.zeros(4, np.int64), pair=four,
            circulation=problem_of(SQUARE, CORNERS, limit_m=limit_m),
        )  # fmt: skip
        result = choose(problem, limits=LIMITS, engine=Engine.ORTOOLS)
        assert int(result.plan.switched.sum()) == n
        assert option_faults(problem, result.plan, result.objective) == ()
        assert result.outcome is Outcome.OPTIMAL
