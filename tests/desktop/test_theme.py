from __future__ import annotations

from dataclasses import asdict

import pytest

from desktop import theme
from desktop.map.tokens import contrast as contrast_of


def contrast(a: str, b: str) -> float:
    return contrast_of(*([int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in (a, b)))


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK])
def test_text_can_be_read_on_every_ground(tokens: theme.Tokens) -> None:
    for ground in (tokens.window, tokens.panel, tokens.second, tokens.selection):
        assert contrast(tokens.text, ground) >= 7.0
    assert contrast(tokens.secondary, tokens.panel) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    for verdict in (tokens.met, tokens.missed):
        assert contrast(verdict, tokens.panel) >= 4.5


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK])
def test_the_style_sheet_leaves_no_name_open(tokens: theme.Tokens) -> None:
    sheet = theme.style_sheet(tokens)
    assert "$" not in sheet
    assert tokens.accent in sheet
    assert all(value.startswith("#") for name, value in asdict(tokens).items() if name != "name")


def test_the_choice_of_the_user_wins_over_the_system(qapp: object) -> None:
    assert theme.tokens_for("dark") is theme.DARK
    assert theme.tokens_for("light") is theme.LIGHT
    assert theme.tokens_for("system") in (theme.LIGHT, theme.DARK)
