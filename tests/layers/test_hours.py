"""Periods of the day and units."""

from __future__ import annotations

import pytest

from layers import units
from layers.errors import InputError, JingchengError
from layers.hours import format_periods, parse_periods
from layers.text import Text


def test_periods_are_read_sorted_and_over_midnight() -> None:
    assert parse_periods("16:00-18:00,07:00-09:00") == ((25_200, 32_400), (57_600, 64_800))
    assert parse_periods("22:00-05:00，") == ((79_200, 104_400),)
    assert parse_periods("") == ()
    assert format_periods(parse_periods("22:00-05:00")) == "22:00-29:00"


@pytest.mark.parametrize("text", ["7-9", "07:00", "07:61-08:00", "ab:cd-08:00", "07:00-"])
def test_other_text_is_refused_with_the_form_expected(text: str) -> None:
    with pytest.raises(InputError, match="expected HH:MM-HH:MM") as caught:
        parse_periods(text)
    assert text in caught.value.message("zh")


def test_units_turn_into_each_other() -> None:
    assert units.mps(36) == 10
    assert units.kmh(units.mps(8)) == pytest.approx(8)
    assert units.clock(29 * 3600 + 90) == "29:02"
    assert units.seconds_of_day("07:30") == 27_000


def test_errors_are_one_line_in_both_languages() -> None:
    error = JingchengError(Text("第一行\n第二行", "first\nsecond"))
    assert error.message("zh") == "第一行 第二行"
    assert error.message("en") == "first second"
    assert str(JingchengError("plain")) == "plain"


def test_text_in_one_language_only_is_a_bug() -> None:
    with pytest.raises(ValueError, match="one language"):
        Text("只有中文", "")
