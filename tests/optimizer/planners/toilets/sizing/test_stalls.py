"""Whole numbers of stalls that keep the ratio, within the room."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.planners.toilets.params import ToiletsParams
from optimizer.planners.toilets.sizing.stalls import Present, least_stalls, stalls_for, waits_s, women_for
from optimizer.planners.toilets.sizing.visits import Visits

_PARAMS = ToiletsParams()


def test_the_least_toilet() -> None:
    stalls = stalls_for(Visits(0.0, 0.0, 0.0), False, 50, _PARAMS)
    assert (stalls.n_women, stalls.n_men, stalls.n_urinals, stalls.n_shared) == (3, 2, 1, 1)
    assert stalls.n_all == least_stalls(False, _PARAMS) == 6


def test_three_to_two_of_odd_numbers_is_rounded_up() -> None:
    assert [women_for(n, 1.5) for n in (1, 2, 3, 4)] == [2, 3, 5, 6]
    assert [women_for(n, 2.0) for n in (1, 2, 3)] == [2, 4, 6]


def test_a_busy_place_gets_as_many_as_keep_the_wait_short() -> None:
    """80 women an hour at 90 s are a load of 2: three stalls wait 4/9 * 90 * 0.75 = 30 s, two for ever."""
    stalls = stalls_for(Visits(1000.0, 80.0, 10.0), False, 50, _PARAMS)
    assert stalls.n_women == 3
    assert waits_s(Visits(1000.0, 80.0, 10.0), 3, 2, _PARAMS)[0] < 60.0
    assert waits_s(Visits(1000.0, 80.0, 10.0), 2, 2, _PARAMS)[0] == math.inf


def test_stalls_that_are_there_stay_where_the_room_allows() -> None:
    stalls = stalls_for(Visits(0.0, 0.0, 0.0), True, 20, _PARAMS, Present(4, 4))
    assert (stalls.n_women, stalls.n_men) == (8, 4)


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 900), st.floats(0, 900), st.booleans(), st.integers(7, 60), st.integers(0, 20), st.integers(0, 20))
def test_ratio_and_room_always_hold(women: float, men: float, crowded: bool, n_most: int, n_women: int, n_men: int) -> None:
    stalls = stalls_for(Visits(1.0, women, men), crowded, n_most, _PARAMS, Present(n_women, n_men))
    assert stalls.n_women >= (2.0 if crowded else 1.5) * stalls.n_men
    assert stalls.n_all <= n_most
    assert 0 <= stalls.n_urinals < stalls.n_men
