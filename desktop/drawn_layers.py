"""Layers that a plan draws by itself, such as berths to scale, in the style that its planner gave them; no Qt in it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from desktop.map import Fill, Mark, OverlayLayer, Stroke
from desktop.map.scene import Style as Drawn
from layers.geometry import Shape
from layers.style import NONE, Symbol
from optimizer.plan import ExtraLayer

# An inch is 96 logical pixels: a pixel to the metre is a scale of 1 to so many.
_SCALE_OF_PX_M = 96.0 / 0.0254
_FAR_SCALE, _ARROW_PX = 60_000.0, 90.0
# Over streets, under the symbols of changes.
_ORDER = 30


@dataclass(frozen=True)
class DrawnLayers:
    """Hold overlays, the item of each of their rows by the overlay's key, and the keys of those not shown at first."""

    overlays: tuple[OverlayLayer, ...] = ()
    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    quiet: frozenset[str] = frozenset()


def drawn_layers(layers: Sequence[ExtraLayer], prefix: str) -> DrawnLayers:
    """Return an overlay for each layer that has a style and something to draw."""
    overlays, items, quiet = list[OverlayLayer](), dict[str, tuple[str, ...]](), set[str]()
    for number, layer in enumerate(layers):
        if layer.style is None or not len(layer.geometry):
            continue
        overlay = _overlay(f"{prefix}:drawn{number}", layer)
        overlays.append(overlay)
        items[overlay.key] = tuple(str(item) for item in layer.values.get("id", ()))
        if not layer.style.visible:
            quiet.add(overlay.key)
    return DrawnLayers(tuple(overlays), items, frozenset(quiet))


def _overlay(key: str, layer: ExtraLayer) -> OverlayLayer:
    style = layer.style
    assert style is not None
    symbols = (style.symbol, *(category.symbol for category in style.categories))
    labels = (layer.name, *(category.label for category in style.categories))
    classes = None
    if style.categories:
        number = {category.key: k for k, category in enumerate(style.categories, start=1)}
        classes = np.array([number.get(str(value), 0) for value in layer.values[style.column]], dtype=np.int8)
    until = _SCALE_OF_PX_M / style.least_scale if style.least_scale else math.inf
    return OverlayLayer(
        key, layer.geometry, tuple(_drawn(layer.geometry.shape, symbol, until) for symbol in symbols), classes=classes,
        title=layer.name, class_labels=labels if classes is not None else (), order=_ORDER + style.order,
        pickable=bool(layer.values.get("id")),
    )  # fmt: skip


def _drawn(shape: Shape, symbol: Symbol, until_scale: float) -> Drawn:
    """Return how the map draws a symbol."""
    if shape is Shape.AREA:
        colour = symbol.fill if symbol.fill != NONE else ""
        outline = symbol.line if symbol.width_px and symbol.line != NONE else ""
        return Fill(colour, outline, symbol.width_px, until_scale=until_scale)
    if shape is Shape.LINE:
        dash_px = (6.0, 4.0) if symbol.dashed else ()
        arrow_px = _ARROW_PX if symbol.arrows else 0.0
        return Stroke(symbol.line, symbol.width_px, dash_px=dash_px, arrow_px=arrow_px, until_scale=until_scale)
    return Mark(symbol.fill, "dot", symbol.size_px, max(3.0, symbol.size_px / 2), _FAR_SCALE, until_scale=until_scale)
