"""One plan broken on purpose for each rule: three customers of demand 2, three sites, the first in two sizes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.errors import ParameterError
from optimizer.engines.facility_location import (
    FacilityLocationProblem,
    FaultKind,
    LocationPlan,
    Options,
    Quota,
    Supply,
    faults,
)

COST = np.array([[1.0, 5.0, 9.0], [5.0, 1.0, 5.0], [np.inf, 5.0, 1.0]])
OPTIONS = Options(np.array([0, 0, 1, 2]), np.array([3.0, 5.0, 3.0, 3.0]), np.array([2.0, 4.0, 4.0, 4.0]))
PROBLEM = FacilityLocationProblem(np.full(3, 2.0), COST, OPTIONS, single_source=True)
# Site 0 serves customer 0, site 1 the others: fixed 3 + 3, serving 1 + 1 + 5.
RIGHT = LocationPlan((0, 2), (Supply(0, 0), Supply(1, 1), Supply(1, 2)))


def kinds(problem: FacilityLocationProblem, plan: LocationPlan, cost: float | None = None) -> set[FaultKind]:
    return {fault.kind for fault in faults(problem, plan, claimed_cost=cost)}


def test_a_right_plan_has_no_faults() -> None:
    assert kinds(PROBLEM, RIGHT, 13.0) == set()


@pytest.mark.parametrize(
    ("plan", "kind"),
    [
        (replace(RIGHT, options=(0, 9)), FaultKind.UNKNOWN_OPTION),
        (replace(RIGHT, supplies=(Supply(7, 0),)), FaultKind.UNKNOWN_SITE),
        (replace(RIGHT, supplies=(Supply(0, 7),)), FaultKind.UNKNOWN_CUSTOMER),
        (replace(RIGHT, options=(0, 1, 2)), FaultKind.TWO_CLASSES),
        (replace(RIGHT, options=(0,)), FaultKind.NOT_OPEN),
        (replace(RIGHT, supplies=(Supply(1, 0), Supply(1, 1), Supply(0, 2))), FaultKind.OUT_OF_REACH),
        (replace(RIGHT, supplies=(*RIGHT.supplies, Supply(1, 0, -0.5))), FaultKind.BAD_FRACTION),
        (replace(RIGHT, supplies=(Supply(0, 0, 0.5), Supply(0, 0, 0.5), *RIGHT.supplies[1:])), FaultKind.TWICE),
        (replace(RIGHT, supplies=RIGHT.supplies[:2]), FaultKind.NOT_SERVED),
        (replace(RIGHT, supplies=(*RIGHT.supplies, Supply(1, 0, 0.5))), FaultKind.OVER_SERVED),
        (replace(RIGHT, supplies=(Supply(0, 0, 0.5), Supply(1, 0, 0.5), *RIGHT.supplies[1:])), FaultKind.SPLIT),
        (replace(RIGHT, supplies=(Supply(0, 0), Supply(0, 1), Supply(1, 2))), FaultKind.OVERLOADED),
    ],
)
def test_a_broken_plan_is_rejected(plan: LocationPlan, kind: FaultKind) -> None:
    assert kind in kinds(PROBLEM, plan)


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (replace(PROBLEM, n_open=3), FaultKind.WRONG_NUMBER),
        (replace(PROBLEM, n_open=1, n_open_exactly=False), FaultKind.WRONG_NUMBER),
        (replace(PROBLEM, must_open=(2,)), FaultKind.MUST_OPEN),
        (replace(PROBLEM, must_not_open=(0,)), FaultKind.MUST_NOT_OPEN),
        (replace(PROBLEM, quotas=(Quota((1, 2), at_least=2),)), FaultKind.QUOTA_MISSED),
        (replace(PROBLEM, quotas=(Quota((0, 1), at_most=1),)), FaultKind.QUOTA_PASSED),
        # Option 0 is the small size of site 0 and chosen, option 1 the large one and not.
        (replace(PROBLEM, quotas=(Quota(options=(1, 3), at_least=1),)), FaultKind.QUOTA_MISSED),
        (replace(PROBLEM, quotas=(Quota((1,), options=(0,), at_most=1),)), FaultKind.QUOTA_PASSED),
        (replace(PROBLEM, apart=((0, 1),)), FaultKind.TOO_NEAR),
    ],
)
def test_a_rule_on_sites_is_seen(problem: FacilityLocationProblem, kind: FaultKind) -> None:
    assert kinds(problem, RIGHT) == {kind}


def test_a_wrong_cost_is_seen() -> None:
    assert kinds(PROBLEM, RIGHT, 12.0) == {FaultKind.WRONG_COST}


def test_closing_a_site_is_paid_where_it_is_not_open() -> None:
    problem = replace(PROBLEM, closing_cost=np.array([7.0, 7.0, 4.0]))
    assert kinds(problem, RIGHT, 17.0) == set()
    assert kinds(problem, RIGHT, 13.0) == {FaultKind.WRONG_COST}


def test_figures_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(ParameterError, match=r"demand\[0\] is -2"):
        replace(PROBLEM, demand=np.array([-2.0, 2.0, 2.0]))
    with pytest.raises(ParameterError, match="apart: site 3, there are 3"):
        replace(PROBLEM, apart=((0, 3),))
    with pytest.raises(ParameterError, match=r"closing_cost\[1\] is -1"):
        replace(PROBLEM, closing_cost=np.array([0.0, -1.0, 0.0]))
    with pytest.raises(ParameterError, match=r"quotas\[0\]: option 1 is of site 0, which counts already"):
        replace(PROBLEM, quotas=(Quota((0,), options=(1,)),))
    with pytest.raises(ParameterError, match=r"quotas\[0\]: option 4, there are 4"):
        replace(PROBLEM, quotas=(Quota(options=(4,)),))
