"""A city's layers as the map draws them: which style each kind has, at which scales, and in which order."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from desktop.map.scene import Fill, MapLayer, Mark, Stroke, Style
from layers.city import City, Reference
from layers.geometry import Shape
from layers.kinds.streets import RoadClass, Streets
from layers.layer import Layer
from layers.text import Text

# Streets from the least to the most important, so that the important lie on top.
_ROADS: dict[RoadClass, tuple[Stroke, Text]] = {
    RoadClass.BACK_STREET: (
        Stroke("other", 0.8, width_m=4, fill="other_fill", until_scale=60_000, label_until_scale=3_000),
        Text("背街小巷", "Back streets"),
    ),
    RoadClass.UNKNOWN: (
        Stroke("other", 0.9, width_m=6, fill="other_fill", until_scale=120_000, label_until_scale=5_000),
        Text("未分级", "No class given"),
    ),
    RoadClass.BRANCH: (
        Stroke("other", 1.0, width_m=8, fill="other_fill", until_scale=150_000, label_until_scale=7_000),
        Text("支路", "Branch roads"),
    ),
    RoadClass.SECONDARY: (
        Stroke("other", 1.8, width_m=14, fill="other_fill", until_scale=400_000, label_until_scale=14_000),
        Text("次干道", "Secondary roads"),
    ),
    RoadClass.MAIN: (
        Stroke("main", 2.0, width_m=22, fill="main_fill", label_until_scale=40_000),
        Text("主干道", "Main roads"),
    ),
    RoadClass.EXPRESSWAY: (
        Stroke("main", 2.8, width_m=26, fill="main_fill", label_until_scale=80_000),
        Text("快速路", "Expressways"),
    ),
}
# Below this many streets the scale hides none: there is room for all.
ROOM_FOR_STREETS = 20_000


@dataclass(frozen=True, slots=True)
class _Look:
    order: int
    style: Style
    visible: bool = True


_LOOKS: dict[str, _Look] = {
    "districts": _Look(
        10,
        Fill(
            outline="border",
            outline_px=1.2,
            dash_px=(7, 4),
            text="secondary",
            label_until_scale=800_000,
            label_from_scale=40_000,
        ),
    ),
    "communities": _Look(
        8, Fill(outline="hairline", until_scale=40_000, label_until_scale=12_000, label_from_scale=4_000), visible=False
    ),
    "candidate_sites": _Look(24, Fill("#e69f00", "#b97e00", 1.0, opacity=0.28, until_scale=100_000)),
    "lots": _Look(22, Fill("#7f8fb0", "#6b7ba0", 1.0, opacity=0.22, until_scale=60_000), visible=False),
    "population": _Look(40, Mark("#8a959c", "dot", 4, 2.5, until_scale=100_000), visible=False),
    "junctions": _Look(41, Mark("secondary", "dot", 4, 2, 3_000, until_scale=12_000), visible=False),
    "turns": _Look(42, Mark("missed", "triangle", 8, 4, 12_000, until_scale=20_000), visible=False),
    "parking_demand": _Look(43, Mark("#7f8fb0", "dot", 5, 3, until_scale=80_000), visible=False),
    "kerb_facts": _Look(44, Mark("#8a959c", "diamond", 6, 3, 10_000, until_scale=15_000), visible=False),
    "sensitive_places": _Look(45, Mark("#cc79a7", "triangle", 9, 4, 30_000, until_scale=100_000), visible=False),
    "crowd_places": _Look(46, Mark("#56b4e9", "diamond", 9, 4, 40_000, label_until_scale=12_000), visible=False),
    "waste_points": _Look(50, Mark("#a16207", "bin", 14, 3.5, 8_000, until_scale=150_000), visible=False),
    "toilets": _Look(52, Mark("#be185d", "toilet", 15, 4, 15_000, until_scale=300_000), visible=False),
    "water_points": _Look(54, Mark("#0891b2", "drop", 13, 6, 25_000)),
    "transfer_stations": _Look(56, Mark("#8f8b1a", "station", 16, 7, 60_000, label_until_scale=15_000)),
    "plants": _Look(58, Mark("#57534e", "plant", 18, 9, 300_000, label_until_scale=60_000)),
    "depots": _Look(60, Mark("#7c5cf0", "depot", 18, 9, 120_000, label_until_scale=20_000)),
}
_STREETS_ORDER = 20
_WATER, _GREEN = ("water", "river", "lake", "水", "河", "江", "湖"), ("green", "park", "forest", "绿", "公园", "林")


def city_layers(city: City) -> tuple[MapLayer, ...]:
    """Return the layers of a city that have something to draw."""
    known = [_known(layer) for layer in city.layers.values() if layer.SHAPE is not Shape.NONE and len(layer)]
    return tuple(sorted([*known, *map(_reference, city.references)], key=lambda layer: layer.order))


def _known(layer: Layer) -> MapLayer:
    if isinstance(layer, Streets):
        return street_layer(layer)
    look = _LOOKS[layer.KIND]
    names = getattr(layer, "name", None)
    return MapLayer(
        layer.KIND, layer.geometry, (look.style,), names=names, title=layer.LABEL, visible=look.visible, order=look.order
    )


def street_layer(streets: Streets) -> MapLayer:
    """Return the streets with one style a class."""
    number = np.zeros(max(RoadClass) + 1, dtype=np.int8)
    for place, road in enumerate(_ROADS):
        number[road] = place
    roomy = len(streets) <= ROOM_FOR_STREETS
    styles = tuple(replace(stroke, until_scale=math.inf) if roomy else stroke for stroke, _ in _ROADS.values())
    return MapLayer(
        streets.KIND,
        streets.geometry,
        styles,
        classes=number[streets.road_class],
        names=streets.name,
        levels=np.clip(streets.level, -6, 6).astype(np.int8),
        title=streets.LABEL,
        class_labels=tuple(label for _, label in _ROADS.values()),
        order=_STREETS_ORDER,
    )


def _reference(reference: Reference) -> MapLayer:
    """Return a free layer: water and green by their names, all else in grey."""
    name, shape = reference.name.lower(), reference.geometry.shape
    order, role = next(
        (
            (place, role)
            for place, role, words in ((2, "water", _WATER), (1, "green", _GREEN))
            if any(w in name for w in words)
        ),
        (15, "secondary"),
    )
    plain = role == "secondary"
    style: Style
    if shape is Shape.AREA:
        inside, edge, text = ("", "border", "secondary") if plain else (role, f"{role}_edge", f"{role}_text")
        style = Fill(inside, edge, text=text, label_until_scale=40_000)
    elif shape is Shape.LINE:
        style = Stroke("border" if plain else role, 1.2, label_until_scale=15_000)
    else:
        style = Mark("secondary" if plain else f"{role}_text", "dot", 6, 4)
    names = reference.columns.get("name")
    title = Text(reference.name, reference.name)
    return MapLayer(
        f"reference:{reference.name}", reference.geometry, (style,), names=names, title=title, order=order, pickable=plain
    )
