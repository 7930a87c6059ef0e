"""One test a rule, on a street that a person can check by hand: sites at 0, 200, 400 ... m, customers beside them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from optimizer.engines.coverage import (
    Aim,
    CoveragePlan,
    CoverageProblem,
    Limits,
    Outcome,
    Quota,
    Result,
    Step,
    faults,
    solve,
)
from tests.optimizer.engines.coverage_cases import street


def solved(problem: CoverageProblem) -> Result:
    result = solve(problem, limits=Limits(work_limit=300))
    assert faults(problem, result.plan, claimed=result.objective) == []
    assert result.outcome is Outcome.OPTIMAL
    assert result.bound == result.objective
    return result


def test_all_are_covered_at_least_cost() -> None:
    # The site in the middle reaches both ends, and costs less than the two at the ends.
    assert solved(street([0, 300, 600], [0, 600], Aim.SET_COVER, cost=[3, 5, 3])).plan.sites == (1,)
    assert solved(street([0, 300, 600], [0, 600], Aim.SET_COVER, cost=[3, 7, 3])).plan.sites == (0, 2)


def test_who_needs_two_sites_gets_two() -> None:
    problem = street([0, 100, 200], [100], Aim.SET_COVER, cost=[2, 3, 4], need=[2])
    assert (solved(problem).plan.sites, solved(problem).objective) == ((0, 1), 5)


def test_who_weighs_nothing_needs_no_cover() -> None:
    assert solved(street([0, 1000], [0, 1000], Aim.SET_COVER, weight=[1, 0])).plan.sites == (0,)


def test_most_weight_is_covered_by_so_many_sites() -> None:
    problem = street([0, 1000, 2000], [0, 1000, 2000], weight=[5, 9, 7], most_open=2)
    assert (solved(problem).plan.sites, solved(problem).objective) == ((1, 2), 16)


def test_the_longest_way_is_as_short_as_can_be() -> None:
    # One site: 500 m to either end from the middle. Two: 100 m at most.
    customers = [0, 100, 900, 1000]
    assert solved(street([0, 500, 900], customers, Aim.P_CENTRE, most_open=1)).objective == 500
    assert solved(street([0, 500, 900], customers, Aim.P_CENTRE, most_open=2)).objective == 100


@pytest.mark.parametrize(("limit_m", "covered"), [(300.0, 1), (299.9, 0)])
def test_a_limit_of_300_m_includes_300_m(limit_m: float, covered: int) -> None:
    assert solved(street([0], [300], limit_m=limit_m)).objective == covered
    # However the distance was computed: 0.1 + 0.2 is not 0.3 for a computer.
    assert solved(street([0], [(0.1 + 0.2) * 1000], limit_m=limit_m)).objective == covered


def test_gradual_cover_counts_less_further_away() -> None:
    # 4 points within 300 m, 1 within 800 m. The site at 700 gives 4 + 0, the one at 0 gives 4 + 1.
    steps = (Step(300.0, 4), Step(800.0, 1))
    problem = street([0, 700, 1400], [0, 700, 1500], steps=steps, weight=[3, 1, 3], most_open=1)
    result = solved(problem)
    assert (result.plan.sites, result.objective) == ((0,), 3 * 4 + 1)


def test_backup_counts_a_second_site() -> None:
    problem = street([0, 100, 1000], [50, 1000], weight=[5, 2], backup_weight=[3, 0], most_open=2)
    assert (solved(problem).plan.sites, solved(problem).objective) == ((0, 1), 8)
    assert solved(street([0, 100, 1000], [50, 1000], weight=[5, 4], backup_weight=[3, 0], most_open=2)).plan.sites == (0, 2)


def test_a_budget_is_kept_and_existing_sites_are_free() -> None:
    sites: list[float] = [0.0, 1000.0, 2000.0]
    told: dict[str, Any] = {"cost": [4, 3, 3], "weight": [9, 5, 5], "budget": 6}
    assert solved(street(sites, sites, **told)).plan.sites == (1, 2)
    assert solved(street(sites, sites, **told, existing=[True, False, False])).plan.sites == (0, 1, 2)


def test_existing_sites_do_not_count_among_those_opened() -> None:
    sites = [0.0, 1000.0, 2000.0]
    assert solved(street(sites, sites, most_open=1, existing=[False, False, True])).plan.sites == (0, 2)


def test_what_must_be_open_is_and_what_must_not_is_not() -> None:
    sites: list[float] = [0.0, 1000.0, 2000.0]
    told: dict[str, Any] = {"weight": [1, 2, 3], "most_open": 1}
    assert solved(street(sites, sites, **told, must=[True, False, False])).plan.sites == (0,)
    assert solved(street(sites, sites, **told, must_not=[False, False, True])).plan.sites == (1,)


@pytest.mark.parametrize(("quotas", "sites"), [((Quota(1), Quota(1)), (1, 2)), ((Quota(), Quota(0, 0)), (0, 1))])
def test_quotas_of_districts_are_kept(quotas: tuple[Quota, ...], sites: tuple[int, ...]) -> None:
    at_m = [0.0, 1000.0, 2000.0, 3000.0]
    problem = street(at_m, at_m, weight=[4, 5, 3, 1], district=[0, 0, 1, 1], quotas=quotas, most_open=2)
    assert solved(problem).plan.sites == sites


def test_a_site_without_district_counts_for_none() -> None:
    at_m = [0.0, 1000.0]
    problem = street(at_m, at_m, weight=[4, 1], district=[-1, 0], quotas=(Quota(1),), most_open=1)
    assert solved(problem).plan.sites == (1,)


def test_spacing_is_kept_but_not_asked_of_what_exists() -> None:
    sites: list[float] = [0.0, 100.0, 1000.0]
    told: dict[str, Any] = {"limit_m": 50.0, "weight": [5, 4, 1]}
    near = np.array([[0, 1]])
    assert solved(street(sites, sites, **told, too_near=near)).plan.sites == (0, 2)
    assert solved(street(sites, sites, **told, too_near=near, existing=[True, True, False])).plan.sites == (0, 1, 2)


def test_of_equally_good_plans_the_cheaper_is_taken_then_the_earlier_site() -> None:
    assert solved(street([0, 10, 20], [0, 20], cost=[2, 1, 2], most_open=1)).plan.sites == (1,)
    assert solved(street([0, 10, 20], [0, 20], most_open=1)).plan.sites == (0,)
    # A second site would add nothing, so none is opened.
    assert solved(street([0, 10, 20], [0, 20], most_open=2)).plan.sites == (0,)


RULES: list[dict[str, Any]] = [
    {"district": [0, 0], "quotas": (Quota(3),)},
    {"district": [0, 0], "quotas": (Quota(2),), "most_open": 1},
    {"district": [0, 0], "quotas": (Quota(0, 1),), "must": [True, True]},
    {"must": [True, True], "budget": 1},
    {"must": [True, True], "most_open": 1},
    {"must": [True, True], "too_near": np.array([[0, 1]])},
    {"aim": Aim.SET_COVER, "limit_m": 10.0},
    {"aim": Aim.SET_COVER, "most_open": 1},
    {"aim": Aim.SET_COVER, "need": [2, 1]},
    {"aim": Aim.P_CENTRE, "most_open": 0},
]


@pytest.mark.parametrize("rules", RULES)
def test_rules_that_no_plan_keeps_are_told(rules: dict[str, Any]) -> None:
    problem = street([0, 1000], [100, 1000], **rules)
    result = solve(problem, limits=Limits(work_limit=300))
    assert result.outcome is Outcome.INFEASIBLE
    assert faults(problem, result.plan)
    assert isinstance(result.plan, CoveragePlan)
