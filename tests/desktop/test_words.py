from __future__ import annotations

import math

import pytest

from desktop import words
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
        (3.0, "", "3"),
    ],
)
def test_figures(value: float, unit: str, text: str) -> None:
    assert words.figure(value, unit) == text


def test_differences_carry_their_sign() -> None:
    assert words.signed(58.1) == "+58.1"
    assert words.signed(-0.2, "t") == "−0.2\u202ft"


def test_times() -> None:
    assert words.elapsed(61.9) == "1:01"
    assert words.duration(-1860.0) == "−31\u202fmin"


def test_closed_sets_are_named() -> None:
    assert words.choice(RoadClass.MAIN) == "主干道"
