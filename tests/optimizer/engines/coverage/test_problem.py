from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from layers.errors import InputError
from optimizer.engines.coverage import Aim, CoverLists, Quota, Step, lists_within, too_near
from tests.optimizer.engines.coverage_cases import street

WRONG: list[tuple[dict[str, Any], str]] = [
    ({"cost": [1, -4]}, r"cost\[1\]: -4, expected 0 or more"),
    ({"weight": [1, 1, 1]}, r"weight: shape \(3,\), expected \(2,\)"),
    ({"weight": [2**52, 2]}, "weight: the sum 4.5e"),
    ({"need": [1, 3], "aim": Aim.SET_COVER}, "need: values 1 to 3, expected 1 or 2"),
    ({"need": [1, 2]}, "need: expected for SET_COVER only"),
    ({"backup_weight": [1, 1], "aim": Aim.SET_COVER}, "backup_weight: expected for MAXIMAL with one step only"),
    ({"steps": ()}, "steps: 0, at least one step is expected for MAXIMAL"),
    ({"steps": (Step(300.0, 1), Step(400.0, 2))}, r"steps\[1\]: expected a longer distance and fewer points"),
    ({"steps": (Step(-1.0),)}, r"steps\[0\]: -1.0 m for 1 points"),
    ({"aim": Aim.P_CENTRE}, "most_open: None, a P_CENTRE expects a number of sites"),
    ({"most_open": -1}, "most_open: -1, expected 0 or more"),
    ({"budget": -5}, "budget: -5, expected 0 or more"),
    ({"must": [True, False], "must_not": [True, False]}, r"sites \[0\]: are to be open and not to be open"),
    ({"quotas": (Quota(1),)}, "quotas: 1 are given without district"),
    ({"quotas": (Quota(2, 1),), "district": [0, 0]}, r"quotas\[0\]: at least 2, at most 1"),
    ({"district": [0, 1], "quotas": (Quota(),)}, "district: 0 to 1, expected -1 to 0"),
    ({"too_near": np.array([[0, 2]])}, "too_near: sites 0 to 2, expected 0 to 1"),
    ({"too_near": np.array([[1, 1]])}, "too_near: a site is paired with itself"),
    ({"too_near": np.array([0, 1])}, r"too_near: shape \(2,\), expected \(n, 2\)"),
]


@pytest.mark.parametrize(("rules", "message"), WRONG)
def test_what_cannot_be_meant_is_refused(rules: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        street([0, 100], [0, 100], **rules)


def lists(n_sites: int, offsets: list[int], sites: list[int], distance_m: list[float]) -> CoverLists:
    return CoverLists(n_sites, np.array(offsets), np.array(sites), np.array(distance_m, dtype=np.float64))


@pytest.mark.parametrize(
    ("reach", "message"),
    [
        (lists(2, [0, 1], [0, 1], [1, 1]), "reach.offsets: from 0 to 1, expected to rise from 0 to 2"),
        (lists(2, [0, 2], [0, 2], [1, 1]), "reach.sites: 0 to 2, expected 0 to 1"),
        (lists(2, [0, 2], [0, 1], [1]), "reach.distance_m: shape"),
        (lists(2, [0, 2], [0, 1], [1, -1]), "reach.distance_m: not a number, negative or endless"),
        (lists(2, [0, 2], [0, 1], [1, np.nan]), "reach.distance_m: not a number, negative or endless"),
        (lists(2, [0, 2], [1, 1], [1, 2]), "reach: 1 entries name a site twice"),
    ],
)
def test_lists_that_cannot_be_meant_are_told(reach: CoverLists, message: str) -> None:
    assert message in reach.faults()[0]


def test_straight_lists_hold_what_is_within_the_limit_and_the_limit_itself() -> None:
    customers, sites = np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[0.0, 0.0], [0.0, 5.0], [9.0, 9.0]])
    found = lists_within(customers, sites, 5.0)
    assert found.offsets.tolist() == [0, 2, 4]
    assert found.sites.tolist() == [0, 1, 0, 1]
    assert found.distance_m.tolist() == pytest.approx([0, 5, 5, 10**0.5])


def test_sites_exactly_as_far_apart_as_asked_are_far_enough() -> None:
    assert too_near(np.array([[0.0, 0.0], [300.0, 0.0], [599.0, 0.0]]), 300.0).tolist() == [[1, 2]]
