"""Shares and the Gini coefficient, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.planners.toilets.measuring.shares import gini, share_pct


def test_a_share_counts_people_and_not_places() -> None:
    assert share_pct(np.array([30.0, 10.0]), np.array([True, False])) == 75.0
    assert share_pct(np.zeros(2), np.array([True, False])) is None


def test_equal_walks_have_no_gini_and_one_who_walks_all_has_half_of_two() -> None:
    assert gini(np.array([200.0, 200.0]), np.array([5.0, 7.0])) == pytest.approx(0.0)
    assert gini(np.array([0.0, 100.0]), np.array([1.0, 1.0])) == pytest.approx(0.5)
    assert gini(np.array([1.0]), np.zeros(1)) is None
    assert gini(np.zeros(2), np.ones(2)) == 0.0


def test_people_weigh() -> None:
    """Three at 100 m and one at 300 m: the mean difference is 75 over a mean of 150, a half of that."""
    assert gini(np.array([100.0, 300.0]), np.array([3.0, 1.0])) == pytest.approx(0.25)
    assert gini(np.array([100.0, 100.0, 100.0, 300.0]), np.ones(4)) == pytest.approx(0.25)
