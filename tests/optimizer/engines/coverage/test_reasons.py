from __future__ import annotations

import numpy as np
import pytest

from optimizer.engines.coverage import Aim, Closed, CoverageProblem, Limits, Quota, Result, Rule, Uncovered, faults, solve
from optimizer.engines.coverage.checker import objective
from optimizer.engines.coverage.solution import CoveragePlan
from tests.optimizer.engines.coverage_cases import random_problem, street

AT_M = [0.0, 1000.0, 2000.0]


def solved(problem: CoverageProblem) -> Result:
    return solve(problem, limits=Limits(work_limit=300))


def rule_of(problem: CoverageProblem, site: int) -> Rule | None:
    return next(closed.rule for closed in solved(problem).closed if closed.site == site)


def test_the_rule_that_excludes_a_site_is_named() -> None:
    first = [True, False, False]
    assert rule_of(street(AT_M, AT_M, must_not=first), 0) is Rule.MUST_NOT
    assert rule_of(street(AT_M, AT_M, must=first, too_near=np.array([[0, 2]])), 2) is Rule.TOO_NEAR
    assert rule_of(street(AT_M, AT_M, must=first, district=[0, 0, -1], quotas=(Quota(0, 1),)), 1) is Rule.QUOTA
    assert rule_of(street(AT_M, AT_M, must=first, cost=[2, 2, 1], budget=3), 1) is Rule.COST
    assert rule_of(street(AT_M, AT_M, must=first, most_open=1), 1) is Rule.NUMBER


def test_what_a_closed_site_would_change_is_told() -> None:
    (closed,) = solved(street(AT_M, AT_M, weight=[5, 3, 7], most_open=2)).closed
    assert closed == Closed(1, None, -2.0, (0,))
    (closed,) = solved(street([0, 300, 600], [0, 600], Aim.SET_COVER, cost=[3, 7, 3])).closed
    assert closed == Closed(1, None, 1.0, (0, 2))
    first, _ = solved(street([0, 500, 900], [0, 100, 900, 1000], Aim.P_CENTRE, most_open=1)).closed
    assert first == Closed(0, None, 500.0, (1,))


@pytest.mark.parametrize("aim", Aim)
def test_each_change_leads_to_a_plan_without_faults_that_differs_so_much(aim: Aim) -> None:
    n_tried = 0
    for seed in range(25):
        problem = random_problem(aim, seed)
        result = solved(problem)
        for closed in result.closed if not faults(problem, result.plan) else ():
            if closed.change is None:
                continue
            plan = CoveragePlan(tuple(sorted({*result.plan.sites, closed.site} - {*closed.in_place_of})))
            assert result.objective is not None
            assert faults(problem, plan, claimed=result.objective + closed.change) == []
            n_tried += 1
    assert n_tried > 20


def test_who_is_uncovered_is_told_with_the_nearest_site_that_would_help() -> None:
    problem = street([0, 1000, 1200, 5000], [0, 1090, 3000], weight=[9, 1, 1], most_open=1)
    result = solved(problem)
    assert result.uncovered == (Uncovered(1, 1, 90.0), Uncovered(2, None, None))
    assert objective(problem, result.plan) == 9
