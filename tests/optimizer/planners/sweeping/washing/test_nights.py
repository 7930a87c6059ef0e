"""Days of a calendar that begins anew behind its last day."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.planners.sweeping.washing.nights import gaps, least_washings, missing, overrun_days, patterns


def test_the_gap_over_the_end_counts() -> None:
    assert gaps((0, 3, 6), 10) == (3, 3, 4)
    assert gaps((4,), 10) == (10,)
    assert gaps((), 10) == ()


def test_missing_washings_fill_the_gaps() -> None:
    assert missing((0, 3, 6), 3, 10) == 1  # one more between 6 and 10
    assert missing((0,), 3, 10) == 3
    assert missing((), 3, 10) == 4
    assert missing((0, 3, 6, 8), 3, 10) == 0


def test_an_overrun_is_that_of_the_longest_gap() -> None:
    assert overrun_days((0, 3, 6), 3, 10) == 1
    assert overrun_days((0, 5), 7, 10) == 0


def test_every_other_day_has_two_patterns() -> None:
    assert patterns(2, 6, tuple(range(6))) == ((0, 2, 4), (1, 3, 5))


def test_three_days_do_not_divide_four_weeks_and_are_kept_all_the_same() -> None:
    found = patterns(3, 28, tuple(range(28)))
    assert {len(p) for p in found} == {10}
    assert max(max(gaps(p, 28)) for p in found) == 3


def test_closed_nights_are_left_out_and_what_they_cost_is_least() -> None:
    # nights 2 and 3 are frozen: every second night is missed once between 1 and 4
    found = patterns(2, 6, (0, 1, 4, 5))
    assert found
    for nights in found:
        assert set(nights) <= {0, 1, 4, 5}
        assert missing(nights, 2, 6) == 1


def test_no_open_night_no_pattern() -> None:
    assert patterns(2, 6, ()) == ()


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_patterns_stay_on_open_nights_and_keep_the_interval_where_all_are_open(
    interval: int, horizon: int, data: st.DataObject
) -> None:
    closed = data.draw(st.sets(st.integers(0, horizon - 1), max_size=horizon - 1))
    open_nights = tuple(n for n in range(horizon) if n not in closed)
    for nights in patterns(interval, horizon, open_nights):
        assert set(nights) <= set(open_nights)
        assert nights == tuple(sorted(set(nights)))
        if not closed:
            assert missing(nights, interval, horizon) == 0
            assert len(nights) == least_washings(interval, horizon)
