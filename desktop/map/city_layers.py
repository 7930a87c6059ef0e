"""A city's layers as the map draws them: which style each kind has, at which scales, and in which order."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from desktop.map.scene import I8, Fill, MapLayer, Mark, Stroke, Style
from layers.city import City, Reference
from layers.geometry import Shape
from layers.kinds.streets import RoadClass, Streets
from layers.layer import Layer
from layers.style import GREEN, NONE, STYLES, WATER, Symbol, reference_style
from layers.style import Style as LayerStyle
from layers.text import Text


@dataclass(frozen=True, slots=True)
class _Road:
    """Add to the symbology of a street's class what only the map asks for."""

    width_px: float
    width_m: float
    fill: str
    until_scale: float
    label_until_scale: float


# Streets from the least to the most important, so that the important lie on top.
_ROADS: dict[RoadClass, _Road] = {
    RoadClass.BACK_STREET: _Road(0.8, 4, "other_fill", 60_000, 4_000),
    RoadClass.UNKNOWN: _Road(0.9, 6, "other_fill", 120_000, 5_000),
    RoadClass.BRANCH: _Road(1.0, 8, "other_fill", 150_000, 7_000),
    RoadClass.SECONDARY: _Road(1.6, 14, "other_fill", 400_000, 16_000),
    RoadClass.MAIN: _Road(2.2, 22, "main_fill", math.inf, 45_000),
    RoadClass.EXPRESSWAY: _Road(3.0, 26, "main_fill", math.inf, 80_000),
}
# Below this many streets the scale hides none: there is room for all.
ROOM_FOR_STREETS = 20_000


@dataclass(frozen=True, slots=True)
class _Point:
    """Add to the symbology of points what only the map asks for."""

    symbol: str
    size_px: float
    far_px: float
    far_scale: float
    until_scale: float = math.inf
    label_until_scale: float = 0.0


_POINTS: dict[str, _Point] = {
    "population": _Point("dot", 4, 2.5, math.inf, 100_000),
    "junctions": _Point("dot", 4, 2, 3_000, 12_000),
    "turns": _Point("triangle", 8, 4, 12_000, 20_000),
    "parking_demand": _Point("square", 5, 3, 20_000, 80_000),
    "kerb_facts": _Point("diamond", 6, 3, 10_000, 15_000),
    "sensitive_places": _Point("triangle", 9, 4, 30_000, 100_000),
    "crowd_places": _Point("diamond", 10, 4, 40_000, math.inf, 12_000),
    "waste_points": _Point("bin", 14, 3.5, 8_000, 150_000),
    "toilets": _Point("toilet", 14, 4, 12_000, 60_000),
    "water_points": _Point("drop", 13, 5, 30_000, 120_000),
    "transfer_stations": _Point("station", 16, 6.5, 60_000, math.inf, 15_000),
    "plants": _Point("plant", 18, 9, 400_000, math.inf, 80_000),
    "depots": _Point("depot", 19, 9, 150_000, math.inf, 20_000),
}
_AREAS: dict[str, Fill] = {
    "districts": Fill(label_from_scale=40_000, label_until_scale=900_000),
    "communities": Fill(until_scale=40_000, label_from_scale=4_000, label_until_scale=12_000),
    "candidate_sites": Fill(until_scale=25_000),
    "lots": Fill(until_scale=30_000),
}
# Room between the orders of the symbology. Borders run along streets, so they lie over them.
ORDER_STEP = 10
_OVER_STREETS = {"districts": ORDER_STEP * STYLES["streets"].order + 1}
_REFERENCE_POINT = _Point("dot", 6, 4, 30_000)
_WATER, _GREEN = "water", "green"


def city_layers(city: City) -> tuple[MapLayer, ...]:
    """Return the layers of a city that have something to draw."""
    known = [_known(layer) for layer in city.layers.values() if layer.SHAPE is not Shape.NONE and len(layer)]
    return tuple(sorted([*known, *map(_reference, city.references)], key=lambda layer: layer.order))


def _known(layer: Layer) -> MapLayer:
    if isinstance(layer, Streets):
        return street_layer(layer)
    style = STYLES[layer.KIND]
    symbols, classes, labels = _classes(layer, style)
    return MapLayer(
        layer.KIND,
        layer.geometry,
        tuple(_drawn(layer.KIND, layer.SHAPE, symbol) for symbol in symbols),
        classes=classes,
        names=getattr(layer, "name", None),
        title=layer.LABEL,
        class_labels=labels,
        visible=style.visible,
        order=_OVER_STREETS.get(layer.KIND, ORDER_STEP * style.order),
    )


def _classes(layer: Layer, style: LayerStyle) -> tuple[tuple[Symbol, ...], I8 | None, tuple[Text, ...]]:
    """Return the symbols of a layer's classes, the class of each row, and what the classes are called."""
    if not style.categories:
        return (style.symbol,), None, ()
    choices = layer.column(style.column).choices
    number = np.zeros(256, dtype=np.int8)
    for place, category in enumerate(style.categories, start=1):
        if choices is not None:
            number[choices[category.key.upper()].value] = place
    symbols = (style.symbol, *(category.symbol for category in style.categories))
    labels = (layer.LABEL, *(category.label for category in style.categories))
    return symbols, number[getattr(layer, style.column)], labels


def _drawn(kind: str, shape: Shape, symbol: Symbol) -> Style:
    """Return how the map draws a symbol of a kind of layer."""
    if shape is Shape.AREA:
        return replace(
            _AREAS.get(kind, Fill()),
            colour=symbol.fill if symbol.fill != NONE else "",
            outline=symbol.line if symbol.width_px and symbol.line != NONE else "",
            outline_px=symbol.width_px,
            dash_px=(7.0, 4.0) if symbol.dashed else (),
        )
    if shape is Shape.LINE:
        return Stroke(symbol.line, symbol.width_px, label_until_scale=15_000)
    point = _POINTS.get(kind, _REFERENCE_POINT)
    ink = symbol.fill if symbol.fill != NONE else symbol.line
    return Mark(ink, point.symbol, point.size_px, point.far_px, point.far_scale, point.until_scale, point.label_until_scale)


def street_layer(streets: Streets) -> MapLayer:
    """Return the streets with one style a class."""
    number = np.zeros(max(RoadClass) + 1, dtype=np.int8)
    for place, road in enumerate(_ROADS):
        number[road] = place
    symbology = STYLES[streets.KIND]
    labels = {category.key: category.label for category in symbology.categories}
    roomy = len(streets) <= ROOM_FOR_STREETS
    return MapLayer(
        streets.KIND,
        streets.geometry,
        tuple(_stroke(symbology.symbol_of(road.name.lower()), look, roomy) for road, look in _ROADS.items()),
        classes=number[streets.road_class],
        names=streets.name,
        levels=np.clip(streets.level, -6, 6).astype(np.int8),
        title=streets.LABEL,
        class_labels=tuple(labels.get(road.name.lower(), _NO_CLASS) for road in _ROADS),
        order=ORDER_STEP * symbology.order,
    )


_NO_CLASS = Text("未分级", "no class given")


def _stroke(symbol: Symbol, look: _Road, roomy: bool) -> Stroke:
    until_scale = math.inf if roomy else look.until_scale
    return Stroke(symbol.line, look.width_px, look.width_m, look.fill, (), until_scale=until_scale,
                  label_until_scale=look.label_until_scale)  # fmt: skip


def _reference(reference: Reference) -> MapLayer:
    """Return a free layer: water and green as such, all else in grey."""
    symbology, shape = reference_style(reference.name), reference.geometry.shape
    style = _drawn(reference.name, shape, symbology.symbol)
    role = {WATER: _WATER, GREEN: _GREEN}.get(symbology.symbol.fill, "")
    if isinstance(style, Fill) and role:
        style = replace(style, outline=f"{role}_edge", outline_px=1.0, text=f"{role}_text", label_until_scale=60_000)
    title = Text(reference.name, reference.name)
    return MapLayer(
        f"reference:{reference.name}",
        reference.geometry,
        (style,),
        names=reference.columns.get("name"),
        title=title,
        order=ORDER_STEP * symbology.order,
        pickable=not role,
    )
