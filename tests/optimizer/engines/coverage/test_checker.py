from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from optimizer.engines.coverage import (
    Aim,
    CoveragePlan,
    FaultKind,
    Quota,
    Step,
    faults,
    n_covering,
    nearest_m,
    objective,
    serving,
)
from tests.optimizer.engines.coverage_cases import street

# What is asked beside, a plan that breaks it, and the fault that is expected.
BROKEN: list[tuple[dict[str, Any], tuple[int, ...], FaultKind]] = [
    ({}, (0, 3), FaultKind.UNKNOWN_SITE),
    ({}, (1, 1), FaultKind.TWICE),
    ({"must": [True, False, False]}, (1,), FaultKind.MUST_BE_OPEN),
    ({"existing": [True, False, False]}, (1,), FaultKind.MUST_BE_OPEN),
    ({"must_not": [False, True, False]}, (1,), FaultKind.MUST_NOT_BE_OPEN),
    ({"most_open": 1}, (0, 1), FaultKind.TOO_MANY),
    ({"budget": 1}, (0, 1), FaultKind.TOO_COSTLY),
    ({"district": [0, 0, -1], "quotas": (Quota(1),)}, (2,), FaultKind.TOO_FEW_IN_DISTRICT),
    ({"district": [0, 0, -1], "quotas": (Quota(0, 1),)}, (0, 1), FaultKind.TOO_MANY_IN_DISTRICT),
    ({"too_near": np.array([[0, 1]])}, (0, 1), FaultKind.TOO_NEAR),
    ({"aim": Aim.SET_COVER}, (0, 1), FaultKind.NOT_COVERED),
    ({"aim": Aim.SET_COVER, "need": [2, 1, 1]}, (0, 2), FaultKind.NOT_COVERED),
    ({"aim": Aim.P_CENTRE, "most_open": 2}, (), FaultKind.NOT_COVERED),
]


@pytest.mark.parametrize(("rules", "sites", "kind"), BROKEN)
def test_each_broken_rule_is_found_and_nothing_else(rules: dict[str, Any], sites: tuple[int, ...], kind: FaultKind) -> None:
    problem = street([0, 200, 2000], [0, 200, 2000], **rules)
    assert {fault.kind for fault in faults(problem, CoveragePlan(sites))} == {kind}


def test_a_wrong_objective_is_found() -> None:
    problem = street([0, 1000], [0, 1000])
    assert faults(problem, CoveragePlan((0,)), claimed=1) == []
    assert [fault.kind for fault in faults(problem, CoveragePlan((0,)), claimed=2)] == [FaultKind.WRONG_OBJECTIVE]


def test_every_kind_of_fault_is_tried() -> None:
    assert {kind for _, _, kind in BROKEN} | {FaultKind.WRONG_OBJECTIVE} == set(FaultKind)


def test_a_plan_is_measured() -> None:
    problem = street([0, 200, 1000], [0, 100, 600, 5000], steps=(Step(150.0, 3), Step(450.0, 1)))
    plan = CoveragePlan((0, 1))
    assert objective(problem, plan) == 3 + 3 + 1
    assert n_covering(problem, plan, 150.0).tolist() == [1, 2, 0, 0]
    assert nearest_m(problem, plan).tolist() == [0, 100, 400, 4800]
    # The second customer is as near to either site: the first serves.
    assert serving(problem, plan).tolist() == [0, 0, 1, 1]


def test_a_closed_site_serves_nobody() -> None:
    problem = street([0, 200], [0, 200])
    assert serving(problem, CoveragePlan(())).tolist() == [-1, -1]
    assert n_covering(problem, CoveragePlan((1,)), 10.0).tolist() == [0, 1]
