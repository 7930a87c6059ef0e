"""Waits against formulas that can be worked out by hand, and against the checker's own."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.planners.toilets.checking.stalls import mean_wait_s
from optimizer.planners.toilets.sizing.queue import wait_s, waiting_share


def test_one_stall_is_m_m_1() -> None:
    """30 an hour, a minute each: half the time in use; the wait is rho / (mu - lambda) = 0.5 / (1/60 - 1/120) = 60 s."""
    assert wait_s(30.0, 60.0, 1, 1.0) == pytest.approx(60.0)


def test_times_of_use_that_vary_less_halve_the_wait() -> None:
    """Allen and Cunneen: (1 + 0) / 2 of it, which for one stall is Pollaczek and Khinchine's."""
    assert wait_s(30.0, 60.0, 1, 0.0) == pytest.approx(30.0)


def test_two_stalls_by_hand() -> None:
    """A load of 1 on two stalls: C = (1/2 * 2) / (1 + 1 + 1) = 1/3; the wait is 1/3 * 60 / (2 - 1) = 20 s."""
    assert waiting_share(1.0, 2) == pytest.approx(1 / 3)
    assert wait_s(60.0, 60.0, 2, 1.0) == pytest.approx(20.0)


def test_more_than_the_stalls_serve_wait_for_ever() -> None:
    assert wait_s(60.0, 60.0, 1, 0.5) == math.inf
    assert wait_s(0.0, 60.0, 1, 0.5) == 0.0


@settings(max_examples=40, deadline=None)
@given(st.floats(0.1, 5000), st.floats(20, 300), st.integers(1, 120), st.floats(0, 3))
def test_the_checker_finds_the_same_by_another_way(users: float, service_s: float, n: int, spread: float) -> None:
    again = mean_wait_s(users / 3600, service_s, n, spread)
    assert wait_s(users, service_s, n, spread) == pytest.approx(again, rel=1e-6, abs=1e-9)
