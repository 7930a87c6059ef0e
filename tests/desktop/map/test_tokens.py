from __future__ import annotations

import pytest

from desktop.map.tokens import DARK, LEAST_CONTRAST, LIGHT, contrast, lifted
from layers.style import ROUTE_COLOURS, WATER


def channels(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def test_black_on_white_is_21_to_1() -> None:
    assert contrast([0, 0, 0], [255, 255, 255]) == pytest.approx(21)


@pytest.mark.parametrize("colour", ROUTE_COLOURS)
def test_every_route_stands_off_a_dark_ground(colour: str) -> None:
    assert contrast(channels(DARK.colour(colour)), channels(DARK.ground)) >= LEAST_CONTRAST - 0.05
    assert LIGHT.colour(colour) == colour


def test_a_bright_colour_stays_as_it_is() -> None:
    assert lifted("#e69f00", DARK.ground) == "#e69f00"


def test_roles_and_pairs_follow_the_theme() -> None:
    assert (LIGHT.colour("accent"), DARK.colour("accent")) == (LIGHT.accent, DARK.accent)
    assert (LIGHT.colour(WATER), DARK.colour(WATER)) == (WATER.light, WATER.dark)
