from __future__ import annotations

import pytest

from desktop.panels.time_axis import CUT_PX, TimeAxis, hour_text

H = 3600.0
MORNING_AND_EVENING = TimeAxis.of([(5.5 * H, 6.2 * H), (19 * H, 20.5 * H), (18.9 * H, 19.2 * H)])


def test_three_idle_hours_are_cut_out() -> None:
    assert MORNING_AND_EVENING.spans_s == ((5 * H, 7 * H), (18 * H, 21 * H))


def test_two_idle_hours_stay() -> None:
    assert TimeAxis.of([(5 * H, 6 * H), (8.5 * H, 9 * H)]).spans_s == ((5 * H, 9 * H),)


def test_a_moment_is_shown_in_its_hour() -> None:
    assert TimeAxis.of([(5 * H, 5 * H)]).spans_s == ((5 * H, 6 * H),)


def test_without_work_there_is_an_axis_all_the_same() -> None:
    assert TimeAxis.of([]).px_a_second(360) == pytest.approx(0.1)


def test_hours_lie_evenly_on_both_sides_of_a_cut() -> None:
    axis, left, width = MORNING_AND_EVENING, 100.0, 500.0 + CUT_PX
    assert [axis.x_of(h * H, left, width) for h in (5, 6, 7)] == pytest.approx([100, 200, 300])
    assert [axis.x_of(h * H, left, width) for h in (18, 20, 21)] == pytest.approx([300 + CUT_PX, 500 + CUT_PX, 600 + CUT_PX])
    assert axis.x_of(12 * H, left, width) == pytest.approx(300 + CUT_PX / 2)
    assert list(axis.cuts(left, width)) == [pytest.approx((300, 300 + CUT_PX))]


def test_places_are_turned_back_into_times() -> None:
    axis, left, width = MORNING_AND_EVENING, 100.0, 500.0 + CUT_PX
    for hour in (5.0, 6.5, 18.25, 21.0):
        assert axis.time_at(axis.x_of(hour * H, left, width), left, width) == pytest.approx(hour * H)
    assert axis.time_at(320, left, width) is None
    assert axis.time_at(90, left, width) is None


def test_lines_keep_their_distance() -> None:
    axis, width = MORNING_AND_EVENING, 500.0 + CUT_PX
    assert [text for _, text in axis.hours(width, 100)] == ["05:00", "06:00", "07:00", "18:00", "19:00", "20:00", "21:00"]
    assert [text for _, text in axis.hours(width, 150)] == ["05:00", "07:00", "18:00", "20:00"]


def test_the_line_of_midnight_names_the_next_day() -> None:
    assert hour_text(86_400, 82_800) == "次日"
    assert hour_text(90_000, 86_400) == "01:00"
    assert hour_text(90_000, 0) == "次日 01:00"
    assert [text for _, text in TimeAxis.of([(23 * 3600, 25 * 3600)]).hours(300, 50)] == ["23:00", "次日", "01:00"]
