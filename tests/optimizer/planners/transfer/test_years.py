"""Works in years, on a town that a person can reckon with: two stations are built, each for the waste beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optimizer.changes import ChangeKind
from optimizer.planners.transfer.checks import faults
from tests.optimizer.planners.transfer.conftest import asked, planned, standing, town, waste

UNEVEN = {"waste": waste((1000.0, 25_000.0), (9000.0, 20_000.0))}


def years(**values: Any) -> dict[str, int]:
    return {c.item: c.year for c in planned(town(**UNEVEN), **values).changes}


def cost_yuan() -> dict[str, float]:
    return {c.item: c.cost_yuan for c in planned(town(**UNEVEN)).changes}


def test_without_years_or_budget_works_have_none() -> None:
    assert set(years().values()) == {0}


def test_without_a_budget_all_is_done_in_the_first_year() -> None:
    assert years(n_years=3) == {"k0": 1, "k1": 1}


def test_a_budget_of_one_station_a_year_builds_the_larger_load_first() -> None:
    budget = max(cost_yuan().values()) + 1
    assert years(n_years=2, budget_yuan=budget) == {"k0": 1, "k1": 2}


def test_what_is_left_of_a_year_may_be_kept_for_the_next() -> None:
    cost = cost_yuan()
    budget = sum(cost.values()) / 3 + 2
    assert max(cost.values()) > budget
    assert sorted(years(n_years=3, budget_yuan=budget).values()) == [2, 3]
    assert set(years(n_years=3, budget_yuan=budget, carry_over=False).values()) == {0}


def test_what_is_beyond_all_budgets_is_told_with_what_is_missing() -> None:
    cost = cost_yuan()
    plan = planned(town(**UNEVEN), n_years=1, budget_yuan=cost["k0"] + 1)
    assert {c.item: c.year for c in plan.changes} == {"k0": 1, "k1": 0}
    told = {v.rule: v.text.en for v in plan.verdicts if v.rule in ("budget", "year")}
    assert f"1 works of {cost['k1']:,.0f} yuan have no year" in told["budget"]
    assert "yuan are missing at the least" in told["year"]


def test_a_station_closes_when_the_nearest_one_opens() -> None:
    from layers.kinds.facilities import StationState

    plan = planned(town(**UNEVEN, stations=standing(StationState.TO_CLOSE)), n_years=2, budget_yuan=6e6)
    closing = next(c for c in plan.changes if c.kind is ChangeKind.CLOSE)
    opening = [c for c in plan.changes if c.kind is ChangeKind.BUILD]
    nearest = min(opening, key=lambda c: abs(c.x_m - closing.x_m))
    assert closing.year == nearest.year


@pytest.mark.parametrize(("code", "year"), [("wrong_year", 3), ("over_budget", 1)])
def test_a_year_that_cannot_be_is_named(code: str, year: int) -> None:
    values: dict[str, Any] = {"n_years": 2, "budget_yuan": max(cost_yuan().values()) + 1, "carry_over": False}
    scenario = asked(town(**UNEVEN), **values)
    plan = planned(town(**UNEVEN), **values)
    assert faults(scenario, plan) == ()
    moved = replace(plan, changes=tuple(replace(c, year=year) if c.item == "k1" else c for c in plan.changes))
    assert code in {f.code for f in faults(scenario, moved)}
