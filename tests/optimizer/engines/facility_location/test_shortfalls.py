"""What keeps a problem from having a plan: each named with the figures that a person can count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.engines.facility_location import (
    FacilityLocationProblem,
    Limits,
    Options,
    Outcome,
    Quota,
    Short,
    Shortfall,
    solve,
)

# Three customers of 2 beside three sites with room for 4 each.
COST = np.array([[1.0, 5.0, 9.0], [5.0, 1.0, 5.0], [9.0, 5.0, 1.0]])
PROBLEM = FacilityLocationProblem(np.full(3, 2.0), COST, Options(np.arange(3), np.full(3, 3.0), np.full(3, 4.0)))


def missing(problem: FacilityLocationProblem) -> list[Shortfall]:
    result = solve(problem, limits=Limits(work_limit=200))
    assert (result.outcome, result.plan) == (Outcome.INFEASIBLE, None)
    return list(result.shortfalls)


@pytest.mark.parametrize(
    ("problem", "kind", "wanted", "possible", "items"),
    [
        # Site 2 must not be open: two sites of its group are left.
        (replace(PROBLEM, must_not_open=(2,), quotas=(Quota((0, 1, 2), 3),)), Short.QUOTA, 3, 2, (0,)),
        (replace(PROBLEM, quotas=(Quota(options=(1,), at_least=2),)), Short.QUOTA, 2, 1, (0,)),
        (replace(PROBLEM, must_open=(0, 1), quotas=(Quota((0, 1), at_most=1),)), Short.QUOTA, 1, 2, (0,)),
        (replace(PROBLEM, n_open=1), Short.CAPACITY, 6, 4, ()),
        (replace(PROBLEM, n_open=4), Short.NUMBER, 4, 3, ()),
        (replace(PROBLEM, n_open=2, must_open=(0, 1, 2)), Short.NUMBER, 2, 3, ()),
        (replace(PROBLEM, must_open=(0,), must_not_open=(0,)), Short.MUST, 1, 0, (0,)),
        (replace(PROBLEM, demand=np.array([2.0, 5.0, 2.0]), single_source=True), Short.SIZE, 5, 4, (1,)),
        (replace(PROBLEM, serve_cost=np.where(COST == 9, np.inf, COST), must_not_open=(0, 1)), Short.REACH, 3, 2, (0,)),
    ],
)
def test_a_rule_that_no_plan_can_keep_is_named(
    problem: FacilityLocationProblem, kind: Short, wanted: float, possible: float, items: tuple[int, ...]
) -> None:
    found = {one.kind: one for one in missing(problem)}
    assert (found[kind].wanted, found[kind].possible, found[kind].items) == (wanted, possible, items)
    assert str(items[0] if kind is Short.MUST else f"{wanted:g}") in found[kind].text.en


def test_rules_that_contradict_each_other_are_named_with_the_nearest_plan() -> None:
    # Two of sites 0 and 1 are wanted, which are too near to one another: one is the nearest.
    (found,) = missing(replace(PROBLEM, quotas=(Quota((0, 1), 2),), apart=((0, 1),)))
    assert (found.kind, found.wanted, found.possible) == (Short.QUOTA, 2, 1)


def test_demand_that_sites_within_reach_have_no_room_for_is_named() -> None:
    # Every customer reaches site 0 only, which has room for 4 of 6.
    (found,) = missing(replace(PROBLEM, serve_cost=np.where([[True, False, False]] * 3, COST, np.inf)))
    assert found.kind is Short.SERVED
    assert (found.wanted, round(found.possible, 6)) == (6, 4)
