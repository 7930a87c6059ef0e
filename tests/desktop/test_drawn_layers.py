"""Layers that a plan draws by itself, on the map in the style that its planner gave them."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from desktop.drawn_layers import drawn_layers
from desktop.map import Fill, Mark, Stroke
from layers.geometry import Geometry, Shape
from layers.style import MET, MISSED, NONE, Category, Style, Symbol
from layers.text import Text
from optimizer.plan import ExtraLayer

_NAME = Text("层", "layer")


def areas() -> ExtraLayer:
    style = Style(
        Symbol(line=MET, fill=NONE),
        "state",
        (
            Category("new", Text("新", "new"), Symbol(line=MET, fill=MET)),
            Category("gone", Text("无", "gone"), Symbol(fill=MISSED)),
        ),
        order=3,
        least_scale=1.0,
    )
    shapes = np.array([shapely.box(k, 0, k + 1, 1) for k in range(3)], dtype=object)
    values = {"id": ("a", "b", "c"), "state": ("gone", "other", "new")}
    return ExtraLayer(_NAME, Geometry.from_shapely(Shape.AREA, shapes), values, style=style)


def test_areas_have_the_colours_of_their_categories_and_go_at_small_scales() -> None:
    made = drawn_layers([areas()], "p")
    (overlay,) = made.overlays
    assert overlay.key == "p:drawn0"
    assert overlay.classes is not None
    assert overlay.classes.tolist() == [2, 0, 1]  # an unknown state has the style's own symbol
    assert [label.en for label in overlay.class_labels] == ["layer", "new", "gone"]
    fill = overlay.styles[1]
    assert isinstance(fill, Fill)
    assert fill.colour == MET
    assert fill.until_scale == pytest.approx(96 / 0.0254)  # a pixel to the metre
    assert made.items == {"p:drawn0": ("a", "b", "c")}
    assert made.quiet == frozenset()


def test_lines_that_show_their_direction_have_arrows() -> None:
    style = Style(Symbol(line=MET, arrows=True), visible=False)
    lines = Geometry.lines([np.array([[0.0, 0.0], [10.0, 0.0]])])
    made = drawn_layers([ExtraLayer(_NAME, lines, {"id": ("s1",)}, style=style)], "p")
    stroke = made.overlays[0].styles[0]
    assert isinstance(stroke, Stroke)
    assert stroke.arrow_px > 0
    assert made.quiet == {"p:drawn0"}


def test_points_are_dots_and_what_has_no_style_or_rows_is_not_drawn() -> None:
    dots = ExtraLayer(_NAME, Geometry.points([[0.0, 0.0]]), {}, style=Style(Symbol(fill=MISSED, size_px=8.0)))
    nothing = ExtraLayer(_NAME, Geometry.points([]), {}, style=Style(Symbol(fill=MISSED)))
    plain = ExtraLayer(_NAME, Geometry.points([[0.0, 0.0]]), {})
    made = drawn_layers([plain, dots, nothing], "p")
    assert [o.key for o in made.overlays] == ["p:drawn1"]
    assert isinstance(made.overlays[0].styles[0], Mark)
    assert not made.overlays[0].pickable
