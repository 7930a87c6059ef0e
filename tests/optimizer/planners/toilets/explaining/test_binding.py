"""Whoever is left out is told what binds and the smallest change, on towns that a hand can check."""

from __future__ import annotations

from typing import Any

import pytest

from optimizer.plan import Plan, Unserved
from optimizer.scenario import Lock
from tests.optimizer.planners.toilets.by_hand import Town, built, solved

_REACH: dict[str, Any] = {"near_m": 60.0, "far_m": 80.0, "crowd_m": 60.0}
_WET = {"n_women_stalls": 6, "n_men_stalls": 3, "n_accessible_stalls": 1}


def left(plan: Plan, item: str) -> Unserved:
    return next(u for u in plan.unserved if u.item == item)


def change(plan: Plan, item: str) -> str:
    told = left(plan, item).smallest_change
    assert told is not None
    return told.en


def test_spacing_to_a_new_toilet_is_told_with_the_share_that_would_do() -> None:
    """Both gathering places make the land commercial: 300 m, of which 80 % is 240; the candidates are 200 m apart."""
    town = Town(sites=[(0, 0, 20), (200, 0, 20)], people=[], crowds=[(0, 0, 900), (200, 0, 100)])
    plan = solved(town, spacing_share=80.0, **_REACH)
    assert built(plan) == ["k1"]
    assert left(plan, "x2").binding == "spacing"
    assert "is 200 m from k1, which is built, 240 m are to be kept" in left(plan, "x2").reason.en
    assert "a share of 66 % of the spacing for 80 %" in change(plan, "x2")
    # and so it is
    assert built(solved(town, spacing_share=66.0, **_REACH)) == ["k1", "k2"]


def test_numbers_a_year_are_told_where_they_bind() -> None:
    town = Town(sites=[(0, 0, 10), (200, 0, 10)], people=[(0, 0, 60), (200, 0, 40)])
    plan = solved(town, n_new_most=1, **_REACH)
    assert left(plan, "p2").binding == "number"
    assert "甲区 has the 1 new ones" in left(plan, "p2").reason.en
    assert change(plan, "p2") == "one more in 甲区: build at k2 too, a walk of 0 m"
    assert built(solved(town, n_new_most=2, **_REACH)) == ["k1", "k2"]


def test_a_budget_is_told_where_it_binds() -> None:
    town = Town(sites=[(0, 0, 10), (200, 0, 10)], people=[(0, 0, 60), (200, 0, 40)])
    plan = solved(town, budget_yuan=220_000.0, **_REACH)
    assert left(plan, "p2").binding == "budget"
    assert change(plan, "p2").startswith("216,000 yuan more: build at k2")


def test_the_rule_that_the_nearest_candidate_breaks_is_told() -> None:
    plan = solved(Town(sites=[(40, 0, 5)], people=[(0, 0, 60)]), **_REACH)
    assert left(plan, "p1").binding == "rule"
    assert "candidate k1, a walk of 40 m, breaks a rule: 25 m2 of land" in left(plan, "p1").reason.en


def test_a_lock_is_told_where_it_binds() -> None:
    plan = solved(Town(sites=[(0, 0, 10)]), (Lock("k1", state="closed"),), **_REACH)
    assert (left(plan, "p1").binding, change(plan, "p1")) == ("must_not", "take the lock from k1")


@pytest.mark.parametrize(("x_m", "told"), [(75.0, ", or 75 m allowed, to k1"), (95.0, "within a walk of 60 m")])
def test_the_next_candidate_beyond_the_limit_is_told_where_one_is_known(x_m: float, told: str) -> None:
    town = Town(sites=[(x_m, 0, 20)], people=[], crowds=[(0, 0, 900)])
    plan = solved(town, n_new_most=0, **_REACH)
    assert left(plan, "x1").binding == "no_candidate"
    assert change(plan, "x1").endswith(told)


def test_crowds_come_first_and_then_the_most_people() -> None:
    plan = solved(Town(people=[(0, 0, 5), (200, 0, 50)], crowds=[(400, 0, 10)]), **_REACH)
    assert [u.item for u in plan.unserved] == ["x1", "p2", "p1"]


def test_the_gap_of_an_eased_question_is_said_to_be_that() -> None:
    """Three are wanted of a district that has one candidate; of one that has enough nothing is said."""
    eased = solved(Town(sites=[(0, 0, 10)]), n_new_least=3)
    assert eased.answer is not None
    assert "the gap is proven for an eased question: of 甲区, 乙区 no more is asked" in eased.answer.en
    whole = solved(Town(sites=[(0, 0, 10), (600, 0, 10)]), n_new_least=1)
    assert whole.answer is not None
    assert "eased" not in whole.answer.en
