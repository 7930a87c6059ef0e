"""Prizes keep what is light, and tell apart what is worth more."""

from __future__ import annotations

import numpy as np

from optimizer.engines.prizes import prizes_of


def test_each_is_worth_more_than_its_own_way_and_the_more_valuable_more() -> None:
    # the median is 10: with 99 for serving one alone, 100 and that again for each 10
    assert prizes_of(np.array([0, 1, 10, 20, 30]), 99).tolist() == [100, 110, 200, 300, 400]


def test_one_enormous_value_does_not_make_the_others_worthless() -> None:
    assert prizes_of(np.array([10, 10, 10_000]), 99).tolist() == [200, 200, 1700]


def test_nothing_has_no_prize() -> None:
    assert prizes_of(np.zeros(0, dtype=np.int64), 99).tolist() == []
