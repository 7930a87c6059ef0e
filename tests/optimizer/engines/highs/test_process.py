"""Programmes that a person can solve, and a search that is stopped."""

from __future__ import annotations

from time import perf_counter

import numpy as np
import pytest

from optimizer.engines.budget import Budget
from optimizer.engines.highs import Programme, Rows, solve_programme

FREE = Budget(None, None, lambda: False)


def knapsack(least: float) -> Programme:
    """Return the choice of things that weigh 2, 3 and 4 and cost 3, 4 and 6, with so much weight at the least."""
    rows = Rows()
    rows.one(np.arange(3), (least, np.inf), np.array([2.0, 3.0, 4.0]))
    return rows.programme(np.array([3.0, 4.0, 6.0]), np.zeros(3), np.ones(3), np.ones(3, dtype=np.bool_))


def test_the_cheapest_whole_choice_is_found_and_proven() -> None:
    solved = solve_programme(knapsack(6.0), FREE)
    # Weights 2 and 4 cost 9; 3 and 4 cost 10, in part 8.5.
    assert solved.x is not None
    assert np.rint(solved.x).tolist() == [1, 0, 1]
    assert solved.bound == pytest.approx(9.0)


def test_a_programme_without_whole_columns_is_solved_as_it_is() -> None:
    whole = knapsack(6.0)
    rows = Rows()
    rows.one(np.arange(3), (6.0, np.inf), np.array([2.0, 3.0, 4.0]))
    solved = solve_programme(rows.programme(whole.cost, whole.low, whole.high, np.zeros(3, dtype=np.bool_)), FREE)
    # A unit of weight costs 3/2, 4/3 and 3/2: all of the second and 3 units at 3/2.
    assert solved.bound == pytest.approx(8.5)


def test_what_cannot_be_is_said_to_be_infeasible() -> None:
    solved = solve_programme(knapsack(10.0), FREE)
    assert solved.x is None
    assert solved.bound == np.inf


def test_a_stopped_search_ends_at_once_with_nothing() -> None:
    began_s = perf_counter()
    solved = solve_programme(knapsack(6.0), Budget(None, None, lambda: True))
    assert (solved.x, solved.bound) == (None, -np.inf)
    assert perf_counter() - began_s < 5
