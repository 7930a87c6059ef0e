"""Alternatives of a problem that can be listed whole: choose two of four sites."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest

from layers.layer import F64
from optimizer.siting.alternatives import most_different


def _solver(prices: tuple[float, ...]) -> Callable[[F64], tuple[str, frozenset[int], float]]:
    def solve_with(charge: F64) -> tuple[str, frozenset[int], float]:
        pairs = [frozenset(pair) for pair in combinations(range(len(prices)), 2)]
        best = min(pairs, key=lambda pair: (sum(prices[k] + charge[k] for k in pair), sorted(pair)))
        return "".join(map(str, sorted(best))), best, sum(prices[k] for k in best)

    return solve_with


@pytest.mark.parametrize(
    ("prices", "named"),
    [
        # the other two cost 0.5 % more, and share no site with the best
        ((50.0, 50.0, 50.25, 50.25), ["23"]),
        # one of them is far dearer: one site alone may be another
        ((50.0, 50.0, 50.25, 80.0), ["02"]),
        # nothing else is near
        ((50.0, 50.0, 70.0, 80.0), []),
    ],
)
def test_the_most_different_within_one_percent_comes_first(prices: tuple[float, ...], named: list[str]) -> None:
    found = most_different(_solver(prices), (frozenset({0, 1}), prices[0] + prices[1]), 4, n_wanted=1)
    assert [near.plan for near in found] == named
    assert all(near.objective <= 101.0 for near in found)


def test_it_ends_when_it_is_told() -> None:
    def refuse(_: F64) -> None:
        raise AssertionError("asked")

    assert most_different(refuse, (frozenset({0}), 1.0), 2, over=lambda: True) == ()


def test_alternatives_differ_from_one_another() -> None:
    prices = (50.0, 50.0, 50.1, 50.1, 50.2, 50.2)
    found = most_different(_solver(prices), (frozenset({0, 1}), 100.0), 6)
    assert [near.sites for near in found] == [frozenset({2, 3}), frozenset({4, 5})]
    assert [near.n_different for near in found] == [4, 4]
    assert np.isclose([near.objective for near in found], [100.2, 100.4]).all()
