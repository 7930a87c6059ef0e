"""What the map shows: layers as flat arrays with a style for each class of objects."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.map.tokens import LIGHT, MapTokens, Role
from layers.geometry import Geometry, Shape
from layers.layer import Str
from layers.text import Text

I8 = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Stroke:
    """Say how lines of one class are drawn.

    Parameters
    ----------
    colour
        Role of `MapTokens` or ``#rrggbb``.
    width_px
        Least width on the screen, logical pixels.
    width_m
        Width on the ground, which takes over when the map is zoomed in.
    fill
        Colour between the edges, once the line is wide enough to show them; empty: never shows edges.
    dash_px
        Dashes and gaps in turn; empty: solid.
    arrow_px
        Distance between arrows along the line; 0: none.
    halo_px
        Rim in the halo's colour on either side.
    offset_px, offset_m
        How far to the right of its course the line is drawn: so many pixels at scales larger than 1:10,000 and less
        and less at smaller ones, or so many metres where that is more.
    until_scale, label_until_scale
        Largest denominator of the scale at which lines, and their names, are shown.
    """

    colour: Role
    width_px: float = 1.0
    width_m: float = 0.0
    fill: Role = ""
    dash_px: tuple[float, ...] = ()
    arrow_px: float = 0.0
    halo_px: float = 0.0
    offset_px: float = 0.0
    offset_m: float = 0.0
    until_scale: float = math.inf
    label_until_scale: float = 0.0


@dataclass(frozen=True, slots=True)
class Fill:
    """Say how areas of one class are drawn; a colour left empty leaves out what it would paint."""

    colour: Role = ""
    outline: Role = ""
    outline_px: float = 1.0
    opacity: float = 1.0
    dash_px: tuple[float, ...] = ()
    text: str = "secondary"
    until_scale: float = math.inf
    label_until_scale: float = 0.0
    label_from_scale: float = 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """Say how points of one class are drawn.

    Parameters
    ----------
    size_px, far_px
        Across, and across where the scale is beyond `far_scale`.
    symbol, far_symbol
        Name of the shape; the same in both cases where the second is empty.
    """

    colour: Role
    symbol: str = "dot"
    size_px: float = 9.0
    far_px: float = 5.0
    far_scale: float = 40_000.0
    until_scale: float = math.inf
    label_until_scale: float = 0.0
    far_symbol: str = "dot"


Style = Stroke | Fill | Mark


@dataclass(frozen=True, eq=False)
class MapLayer:
    """Hold one layer as the map draws it.

    Parameters
    ----------
    key
        Unique in the scene; the kind of a city's layer.
    geometry
        One row an object.
    styles
        One a class, all for the geometry's shape. Later classes are drawn over earlier ones.
    classes
        Which style each row has, shape (n,); left out: all have the first.
    names
        What is written beside each row, shape (n,), empty where nothing is.
    levels
        Level of each row (bridges above 0), shape (n,): higher rows are drawn over lower ones.
    order
        Layers of higher order are drawn over others.
    class_labels
        Names of the classes for the legend.
    pickable
        Whether a click finds its rows.
    """

    key: str
    geometry: Geometry
    styles: tuple[Style, ...]
    classes: I8 | None = None
    names: Str | None = None
    levels: I8 | None = None
    title: Text = Text("", "")
    class_labels: tuple[Text, ...] = ()
    visible: bool = True
    order: int = 0
    pickable: bool = True

    def __post_init__(self) -> None:
        n = len(self.geometry)
        for name in ("classes", "names", "levels"):
            array = getattr(self, name)
            if array is not None and len(array) != n:
                raise ValueError(f"layer {self.key!r}: {n} geometries, but {len(array)} {name}")


@dataclass(frozen=True, eq=False)
class OverlayLayer(MapLayer):
    """Hold lines, points or areas of a plan, which lie over the city's layers and under its names."""


@dataclass(frozen=True, eq=False)
class Scene:
    """Hold all that one image of the map is made from.

    Parameters
    ----------
    layers, overlays
        In any order; `MapLayer.order` decides.
    hidden
        Keys of layers that are not drawn.
    """

    layers: tuple[MapLayer, ...] = ()
    overlays: tuple[OverlayLayer, ...] = ()
    hidden: frozenset[str] = frozenset()
    tokens: MapTokens = LIGHT

    def drawn(self) -> list[MapLayer]:
        """Return the layers that are shown, the lowest first: the city, what a plan lays over it, and all points on top."""
        every = [(layer.geometry.shape is Shape.POINT, False, layer.order, layer) for layer in self.layers]
        every += [(layer.geometry.shape is Shape.POINT, True, layer.order, layer) for layer in self.overlays]
        ordered = [layer for *_, layer in sorted(every, key=lambda entry: entry[:3])]
        return [layer for layer in ordered if layer.visible and layer.key not in self.hidden]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """Name one class of a layer for the legend, with the style that its swatch is drawn in."""

    key: str
    title: Text
    label: Text
    style: Style
    n_rows: int


def legend(layers: tuple[MapLayer, ...]) -> tuple[LegendEntry, ...]:
    """Return an entry for each class that has rows, the topmost layer first."""
    entries = []
    for layer in sorted(layers, key=lambda a: -a.order):
        n = len(layer.geometry)
        counts = [n] if layer.classes is None else np.bincount(layer.classes, minlength=len(layer.styles)).tolist()
        labels = layer.class_labels or (layer.title,) * len(layer.styles)
        entries += [
            LegendEntry(layer.key, layer.title, label, style, int(count))
            for label, style, count in zip(labels, layer.styles, counts, strict=False)
            if count
        ]
    return tuple(entries)
