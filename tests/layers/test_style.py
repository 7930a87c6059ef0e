from __future__ import annotations

import re
from enum import IntEnum

import pytest

from layers.geometry import Shape
from layers.kinds import KINDS
from layers.layer import Layer
from layers.style import GREEN, ROUTE_COLOURS, STYLES, WATER, Colour, legend, reference_style
from layers.text import Text

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.KIND)
def test_every_kind_has_a_style_that_can_be_seen(kind: type[Layer]) -> None:
    style = STYLES[kind.KIND]
    for symbol in (style.symbol, *(c.symbol for c in style.categories)):
        colours = [c for c in (symbol.line, symbol.fill) if c != Colour("", "")]
        assert colours
        assert all(_HEX.fullmatch(text) for c in colours for text in (c.light, c.dark))
        assert symbol.size_px > 0 or kind.SHAPE is not Shape.POINT
        assert symbol.width_px > 0 or kind.SHAPE is not Shape.LINE


@pytest.mark.parametrize("kind", [k for k in KINDS if STYLES[k.KIND].column], ids=lambda k: k.KIND)
def test_categories_are_the_columns_whole_set(kind: type[Layer]) -> None:
    style = STYLES[kind.KIND]
    choices: type[IntEnum] | None = kind.column(style.column).choices
    assert choices is not None
    assert {c.key for c in style.categories} == {c.name.lower() for c in choices if c.value}
    assert style.symbol_of(style.categories[0].key) is style.categories[0].symbol
    assert style.symbol_of("nothing such") is style.symbol


@pytest.mark.parametrize("kind", [k for k in KINDS if STYLES[k.KIND].label_column], ids=lambda k: k.KIND)
def test_labels_are_columns(kind: type[Layer]) -> None:
    assert kind.column(STYLES[kind.KIND].label_column).dtype == "U"


def test_free_layers_are_told_by_their_names() -> None:
    assert reference_style("长江").symbol.fill == WATER
    assert reference_style("Green space").symbol.fill == GREEN
    assert reference_style("测试").symbol.fill == Colour("", "")


def test_layers_are_drawn_in_one_order() -> None:
    orders = [STYLES[k.KIND].order for k in KINDS]
    assert len(orders) == len(set(orders))


def test_routes_have_eight_colours() -> None:
    assert len(set(ROUTE_COLOURS)) == 8


def test_a_legend_has_a_line_for_each_category() -> None:
    assert [line.label.en for line in legend("districts", Text("区", "districts"))] == ["central", "outer"]
    assert [line.label.en for line in legend("depots", Text("场", "depots"))] == ["depots"]
    assert legend("river", Text("河", "river"))[0].symbol.fill == WATER
