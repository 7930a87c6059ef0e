from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.map.furniture import area_m2, area_text, length_m, length_text, round_length_m


@settings(max_examples=50)
@given(st.floats(0.01, 1e7))
def test_the_bar_is_round_and_fills_at_least_two_fifths(most_m: float) -> None:
    found = round_length_m(most_m)
    assert 0.4 * most_m <= found <= most_m * (1 + 1e-6)


@pytest.mark.parametrize(("most_m", "found_m"), [(1, 1), (499, 200), (500, 500), (1999, 1000), (0.03, 0.02)])
def test_round_lengths(most_m: float, found_m: float) -> None:
    assert round_length_m(most_m) == pytest.approx(found_m)


@pytest.mark.parametrize(
    ("metres", "text"), [(12.34, "12.34 m"), (999.0, "999 m"), (1500.0, "1.5 km"), (12_345.0, "12.35 km")]
)
def test_lengths_are_told_in_metres_then_kilometres(metres: float, text: str) -> None:
    assert length_text(metres) == text


def test_areas_are_told_in_square_metres_then_square_kilometres() -> None:
    assert area_text(12_345) == "12,345 m²"
    assert area_text(2_500_000) == "2.5 km²"


def test_a_measured_square() -> None:
    corners = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    assert length_m(corners) == 30
    assert area_m2(corners) == 100
