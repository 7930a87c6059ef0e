from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import ParameterError
from optimizer.engines.limits import Limits
from optimizer.engines.outcome import Outcome
from optimizer.engines.staging import (
    UNDONE,
    FaultKind,
    Shortage,
    StagingPlan,
    StagingProblem,
    Waits,
    YearQuota,
    faults,
    gain_of,
    shortages,
    solve,
    why_not_earlier,
)
from optimizer.engines.staging.greedy import greedy_plan
from optimizer.engines.staging.reasons import Wait
from optimizer.monitor import Silent

WORK = Limits(work_limit=2_000)
# Three works for two years with room for 10 each: 6, 5 and 4; each gains twice as much in the first year.
THREE = StagingProblem(
    cost=np.array([6, 5, 4]), gain=np.array([[12, 6], [10, 5], [4, 2]]), budget=np.array([10, 10]), name="three"
)


def solved(problem: StagingProblem) -> StagingPlan:
    result = solve(problem, limits=WORK)
    assert not faults(problem, result.plan, claimed_gain=result.gain)
    return result.plan


def test_what_gains_most_comes_first_as_far_as_the_money_goes() -> None:
    # 6 and 4 in the first year, 5 in the second: 12 + 4 + 5 = 21; 6 and 5 do not fit together, 5 and 4 first give 20.
    result = solve(THREE, limits=WORK)
    assert (result.plan.years, result.gain, result.bound, result.outcome) == ((0, 1, 0), 21, 21, Outcome.OPTIMAL)


def test_what_a_year_leaves_is_spent_later_where_it_may_be() -> None:
    late = replace(THREE, budget=np.array([4, 11]))
    assert solved(late).years == (1, 1, 0)
    poor = replace(THREE, budget=np.array([3, 8]))
    assert sum(year != UNDONE for year in solved(poor).years) == 1
    assert sum(year != UNDONE for year in solved(replace(poor, carry_over=True)).years) == 2


def test_a_number_for_a_year_goes_before_gain() -> None:
    asked = replace(THREE, quotas=(YearQuota((0, 1, 2), year=1, at_least=2),))
    assert sum(year == 1 for year in solved(asked).years) == 2
    most = replace(THREE, quotas=(YearQuota((0, 1, 2), year=0, at_most=1),))
    assert solved(most).years == (0, 1, 1)
    whole = replace(THREE, quotas=(YearQuota((0, 2), at_most=1),))
    assert solved(whole).years == (0, 1, UNDONE)


def test_a_work_that_must_be_done_is_done_though_another_gains_more() -> None:
    one_year = replace(THREE, gain=np.array([[12], [10], [0]]), budget=np.array([6]))
    assert solved(one_year).years == (0, UNDONE, UNDONE)
    assert solved(replace(one_year, must=(2,))).years == (UNDONE, UNDONE, 0)


def test_order_and_given_years_are_kept() -> None:
    assert solved(replace(THREE, before=((1, 0),))).years == (1, 0, 0)
    assert solved(replace(THREE, fixed=((0, 1),))).years == (1, 0, 0)


def test_what_cannot_be_reached_is_named_with_what_is_missing() -> None:
    asked = replace(THREE, quotas=(YearQuota((0, 1, 2), year=0, at_least=3),), must=(0,))
    result = solve(asked, limits=WORK)
    assert result.outcome is Outcome.INFEASIBLE
    assert result.fewest_proven
    # Two fit into 10; the third and cheapest of those that are not done then costs what it costs.
    (lack,) = result.shortages
    assert (lack.quota, lack.n_missing) == (0, 1)
    assert lack.least_cost == min(int(asked.cost[w]) for w, year in enumerate(result.plan.years) if year != 0)
    too_dear = replace(THREE, budget=np.array([3, 3]), must=(0,))
    assert solve(too_dear, limits=WORK).shortages == (Shortage(None, 0, 1, 6),)


def test_given_years_that_pass_a_budget_leave_no_plan() -> None:
    result = solve(replace(THREE, fixed=((0, 0), (1, 0))), limits=WORK)
    assert (result.outcome, result.bound) == (Outcome.INFEASIBLE, None)


class Stopped(Silent):
    stopped = True


def test_a_stop_keeps_the_first_plan() -> None:
    result = solve(THREE, monitor=Stopped())
    assert not faults(THREE, result.plan)
    assert result.gain >= gain_of(THREE, greedy_plan(THREE) or StagingPlan())


BROKEN = [
    (THREE, (0, 0), FaultKind.WRONG_LENGTH),
    (THREE, (0, 2, 1), FaultKind.UNKNOWN_YEAR),
    (THREE, (0, 0, 1), FaultKind.OVER_BUDGET),
    (replace(THREE, budget=np.array([8, 6]), carry_over=True), (0, 1, 1), FaultKind.OVER_BUDGET),
    (replace(THREE, quotas=(YearQuota((0, 2), 0, at_most=1),)), (0, 1, 0), FaultKind.QUOTA_PASSED),
    (replace(THREE, quotas=(YearQuota((0, 2), None, at_most=1),)), (0, 1, 1), FaultKind.QUOTA_PASSED),
    (replace(THREE, before=((1, 0),)), (0, 1, 0), FaultKind.TOO_SOON),
    (replace(THREE, before=((1, 0),)), (0, UNDONE, 0), FaultKind.TOO_SOON),
    (replace(THREE, fixed=((1, 0),)), (0, 1, 0), FaultKind.NOT_AS_FIXED),
    (THREE, (0, 1, 0), FaultKind.WRONG_GAIN),
]


@pytest.mark.parametrize(("problem", "years", "kind"), BROKEN)
def test_the_checker_refuses_broken_plans(problem: StagingProblem, years: tuple[int, ...], kind: FaultKind) -> None:
    found = faults(problem, StagingPlan(years), claimed_gain=20 if kind is FaultKind.WRONG_GAIN else None)
    assert {fault.kind for fault in found} == {kind}


def test_why_a_work_waits() -> None:
    plan = StagingPlan((0, 1, 0))
    assert why_not_earlier(THREE, plan, 1) == (Wait(0, Waits.BUDGET, 5),)
    assert why_not_earlier(THREE, plan, 0) == ()
    full = replace(THREE, budget=np.array([20, 20]), quotas=(YearQuota((0, 1, 2), 0, at_most=2),))
    assert why_not_earlier(full, plan, 1) == (Wait(0, Waits.QUOTA, 0),)
    ordered = replace(THREE, budget=np.array([20, 20]), before=((0, 1),))
    assert why_not_earlier(ordered, plan, 1) == (Wait(0, Waits.ORDER, 0),)
    assert why_not_earlier(replace(THREE, fixed=((1, 1),)), plan, 1) == (Wait(0, Waits.GIVEN),)
    assert why_not_earlier(replace(THREE, budget=np.array([20, 20])), plan, 1) == (Wait(0, Waits.FREE),)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"cost": np.array([6, -5, 4])}, r"cost\[1\] is -5"),
        ({"budget": np.array([10])}, "gain has the shape"),
        ({"must": (3,)}, "must: work 3, there are 3"),
        ({"fixed": ((0, 2),)}, "fixed: year 2, there are 2"),
        ({"gain": np.full((3, 2), 2**50)}, "gain: the sum is"),
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        replace(THREE, **wrong)  # type: ignore[arg-type]


@st.composite
def problems(draw: st.DrawFn) -> StagingProblem:
    n, n_years = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    small = st.integers(0, 9)
    works = st.lists(st.integers(0, n - 1), min_size=1, max_size=n, unique=True)
    years = st.none() | st.integers(0, n_years - 1)
    quota = st.builds(YearQuota, works.map(tuple), years, at_least=st.integers(0, 2), at_most=st.none() | st.integers(2, 3))
    pairs = [(a, b) for a in range(n) for b in range(n) if a != b]
    return StagingProblem(
        cost=np.array(draw(st.lists(small, min_size=n, max_size=n))),
        gain=np.array([draw(st.lists(small, min_size=n_years, max_size=n_years)) for _ in range(n)]),
        budget=np.array(draw(st.lists(st.integers(0, 14), min_size=n_years, max_size=n_years))),
        carry_over=draw(st.booleans()),
        must=tuple(draw(st.lists(st.integers(0, n - 1), max_size=1))),
        quotas=tuple(draw(st.lists(quota, max_size=2))),
        before=tuple(draw(st.lists(st.sampled_from(pairs), max_size=1))) if pairs else (),
    )


@settings(max_examples=40, deadline=None)
@given(problem=problems())
def test_the_best_of_all_plans_is_found(problem: StagingProblem) -> None:
    def worth(plan: StagingPlan) -> tuple[int, int]:
        return -sum(lack.n_missing for lack in shortages(problem, plan)), gain_of(problem, plan)

    every = (StagingPlan(years) for years in product(range(UNDONE, problem.n_years), repeat=problem.n_works))
    best = max(worth(plan) for plan in every if not faults(problem, plan))
    result = solve(problem, limits=WORK)
    assert not faults(problem, result.plan, claimed_gain=result.gain)
    assert worth(result.plan) == best
    assert result.bound == best[1]
    assert (result.outcome is Outcome.INFEASIBLE) == (best[0] < 0)


@settings(max_examples=20, deadline=None)
@given(problem=problems(), more=st.integers(1, 9))
def test_more_money_never_gains_less(problem: StagingProblem, more: int) -> None:
    def reached(asked: StagingProblem) -> tuple[int, int]:
        result = solve(asked, limits=WORK)
        return -sum(lack.n_missing for lack in result.shortages), result.gain

    assert reached(replace(problem, budget=problem.budget + more)) >= reached(problem)
