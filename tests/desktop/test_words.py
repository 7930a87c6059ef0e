from __future__ import annotations

import math

import pytest

from desktop import words
from desktop.status import area_text
from layers.kinds import KINDS
from layers.kinds.streets import RoadClass


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (1234567.8, "1,234,568"),
        (86.23, "86.2"),
        (3.14159, "3.14"),
        (-21.4, "−21.4"),
        (2.6, "2.6"),
        (math.nan, "–"),
    ],
)
def test_numbers(value: float, text: str) -> None:
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (412.7, "km", "412.7\u202fkm"),
        (24_480.0, "s", "6\u202fh\u202f48\u202fmin"),
        (45.0, "s", "45\u202fs"),
        (1.5, "h", "1\u202fh\u202f30\u202fmin"),
        (11_860_000.0, "yuan", "1,186\u202f万元"),
        (950.0, "yuan", "950\u202f元"),
        (19_887_000.0, "yuan/year", "1,988.7\u202f万元/年"),
        (4_728.0, "reach points", "4,728\u202f分"),
        (3.0, "", "3"),
        (18_234_235.0, "m2", "18.2\u202fkm²"),
        (1_192.0, "m2", "1,192\u202fm²"),
        (12_345.0, "m", "12.3\u202fkm"),
        (3.889, "m/s", "14\u202fkm/h"),
        (28.74, "h after midnight", "次日 04:44"),
    ],
)
def test_figures(value: float, unit: str, text: str) -> None:
    assert words.figure(value, unit) == text


def test_times() -> None:
    assert words.elapsed(61.9) == "1:01"
    assert words.duration(-1860.0) == "−31\u202fmin"


@pytest.mark.parametrize(
    ("time_s", "text"), [(33_300, "09:15"), (86_399, "次日 00:00"), (97_200, "次日 03:00"), (180_000, "第 3 日 02:00")]
)
def test_times_after_midnight_name_the_day(time_s: float, text: str) -> None:
    assert words.time_of_day(time_s) == text


def test_columns_keep_their_decimals() -> None:
    assert words.kilometres(21_000.0) == "21.0\u202fkm"
    assert words.tonnes(6_000.0) == "6.0\u202ft"


def test_english_labels_begin_with_a_capital() -> None:
    assert words.sentence("work required") == "Work required"
    assert words.sentence("pH") == "pH"
    assert words.sentence("作业要求") == "作业要求"


def test_closed_sets_are_named() -> None:
    assert words.choice(RoadClass.MAIN) == "主干道"


def test_every_member_of_every_closed_set_is_named_in_chinese() -> None:
    sets = {c.choices for kind in KINDS for c in kind.columns() if c.choices is not None}
    assert len(sets) >= 9
    unnamed = [m for choices in sets for m in choices if int(m) and words.choice(m).isascii()]
    assert not unnamed


def test_areas_are_told_in_metres_mu_and_hectares() -> None:
    """15 mu are a hectare."""
    assert area_text(10_000.0) == f"10,000{words.THIN}m² · 15{words.THIN}亩 · 1{words.THIN}公顷"
