"""Symbology without Qt: window, print, reports and the styles of the project file read it.

Colours are the tokens of the window's design, on a light and on a dark ground; no verdict is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from layers.labels import LABELS
from layers.text import Text


@dataclass(frozen=True, slots=True)
class Colour:
    """Hold a colour on the light and on the dark ground, each as ``#rrggbb``; empty is transparent."""

    light: str
    dark: str


class Marker(StrEnum):
    """Form of a point, by which layers are told apart without colour."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    CROSS = "cross"
    STAR = "star"


NONE = Colour("", "")
GROUND = Colour("#fbfaf7", "#1f2426")
WATER = Colour("#cfe3ee", "#203642")
GREEN = Colour("#dcead6", "#24332a")
MAIN_STREET = Colour("#b9b4a8", "#6d7478")
OTHER_STREET = Colour("#d7d3ca", "#434a4e")
HAIRLINE = Colour("#dfe3e6", "#363d42")
SECONDARY_TEXT = Colour("#66727a", "#9aa5ab")
ACCENT = Colour("#0b6e63", "#4cc2b0")
MET = Colour("#1f7a4d", "#5cc48d")
NEARLY = Colour("#b7791f", "#e0aa4e")
MISSED = Colour("#c2410c", "#f08a5d")
NOT_MEASURED = Colour("#8a959c", "#7f8a91")

# Okabe & Ito (2008), which colour-blind people can tell apart, and two more; neighbouring routes take different ones.
ROUTE_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#7A5195", "#8C6D31")


@dataclass(frozen=True, slots=True)
class Symbol:
    """Draw one object.

    Parameters
    ----------
    line, fill
        Colours of the line or outline, and of an area or a point's body.
    width_px
        Of the line; 0 draws none.
    size_px
        Of a point.
    dashed
        Whether the line is.
    arrows
        Whether arrows along a line show which way it runs.
    """

    line: Colour = NONE
    fill: Colour = NONE
    width_px: float = 1.0
    size_px: float = 0.0
    marker: Marker = Marker.CIRCLE
    dashed: bool = False
    arrows: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """Give the objects that have one value in a column their own symbol.

    Parameters
    ----------
    key
        The value as files write it.
    least_scale
        Scale below which they are not drawn, pixels a metre.
    """

    key: str
    label: Text
    symbol: Symbol
    least_scale: float = 0.0


@dataclass(frozen=True, slots=True)
class Style:
    """Draw a layer.

    Parameters
    ----------
    symbol
        For objects that no category names.
    column
        The column that the categories are of; empty where there are none.
    label_column
        Column that is written beside the objects; empty for none.
    order
        Layers of a lower order are drawn first.
    least_scale
        Scale below which the layer is not drawn, pixels a metre.
    visible
        Whether it is drawn before anyone has chosen.
    """

    symbol: Symbol
    column: str = ""
    categories: tuple[Category, ...] = ()
    label_column: str = ""
    order: int = 0
    least_scale: float = 0.0
    visible: bool = True

    def symbol_of(self, key: str) -> Symbol:
        """Return the symbol of a value of the style's column."""
        return next((c.symbol for c in self.categories if c.key == key), self.symbol)


def _street(colour: Colour, width_px: float) -> Symbol:
    return Symbol(line=colour, width_px=width_px)


def _point(fill: str, dark: str, size_px: float, marker: Marker) -> Symbol:
    return Symbol(line=GROUND, fill=Colour(fill, dark), size_px=size_px, marker=marker)


def _category(choices: str, key: str, symbol: Symbol, least_scale: float = 0.0) -> Category:
    """Return the category of a member of a closed set, by its label."""
    return Category(key, LABELS[choices, key.upper()], symbol, least_scale)


_STREET_CLASSES = (
    _category("RoadClass", "expressway", _street(MAIN_STREET, 3.5)),
    _category("RoadClass", "main", _street(MAIN_STREET, 2.6)),
    _category("RoadClass", "secondary", _street(MAIN_STREET, 1.8), 0.008),
    _category("RoadClass", "branch", _street(OTHER_STREET, 1.3), 0.02),
    _category("RoadClass", "back_street", _street(OTHER_STREET, 1.0), 0.04),
)

_RINGS = (
    _category("DistrictRing", "central", Symbol(line=SECONDARY_TEXT, width_px=1.4, dashed=True)),
    _category("DistrictRing", "outer", Symbol(line=NOT_MEASURED, width_px=1.0, dashed=True)),
)

_STATIONS = (
    _category("StationState", "sound", _point("#0b6e63", "#4cc2b0", 9, Marker.SQUARE)),
    _category("StationState", "to_rebuild", _point("#b7791f", "#e0aa4e", 9, Marker.SQUARE)),
    _category("StationState", "to_close", _point("#c2410c", "#f08a5d", 9, Marker.SQUARE)),
)

_PLANTS = (
    _category("PlantKind", "incinerator", _point("#7a5195", "#b79ad0", 12, Marker.TRIANGLE)),
    _category("PlantKind", "food_waste", _point("#8c6d31", "#cbb078", 12, Marker.TRIANGLE)),
    _category("PlantKind", "landfill", _point("#66727a", "#9aa5ab", 12, Marker.TRIANGLE)),
    _category("PlantKind", "sorting", _point("#009E73", "#5cc48d", 12, Marker.TRIANGLE)),
)

_LOTS = (
    _category("LotKind", "car_park", Symbol(line=HAIRLINE, fill=Colour("#e3e8f2", "#2c3340"))),
    _category("LotKind", "idle_land", Symbol(line=HAIRLINE, fill=Colour("#efe9db", "#38342b"))),
)

STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "districts": Style(Symbol(line=NOT_MEASURED, dashed=True), "ring", _RINGS, "name", order=5),
        "communities": Style(Symbol(line=HAIRLINE), order=4, least_scale=0.05, visible=False),
        "lots": Style(Symbol(line=HAIRLINE, fill=GREEN), "lot", _LOTS, order=6, least_scale=0.05),
        "candidate_sites": Style(
            Symbol(line=ACCENT, fill=Colour("#e2f1ee", "#1f3d39"), dashed=True), order=7, least_scale=0.03
        ),
        "population": Style(_point("#c9cfd3", "#4b545a", 4, Marker.CIRCLE), order=8, least_scale=0.02, visible=False),
        "parking_demand": Style(_point("#9fb3c8", "#50647a", 5, Marker.SQUARE), order=9, least_scale=0.02, visible=False),
        "streets": Style(_street(OTHER_STREET, 1.0), "road_class", _STREET_CLASSES, "name", order=10),
        "junctions": Style(_point("#8a959c", "#7f8a91", 3, Marker.CIRCLE), order=11, least_scale=0.5, visible=False),
        "turns": Style(_point("#c2410c", "#f08a5d", 6, Marker.CROSS), order=12, least_scale=0.5, visible=False),
        "kerb_facts": Style(_point("#8a959c", "#7f8a91", 4, Marker.DIAMOND), order=13, least_scale=0.3, visible=False),
        "kerb_berths": Style(Symbol(line=Colour("#7A5195", "#b79ad0"), width_px=2.5), order=22, least_scale=0.1),
        "sensitive_places": Style(_point("#CC79A7", "#dfa3c4", 6, Marker.DIAMOND), order=14, least_scale=0.1, visible=False),
        "crowd_places": Style(_point("#E69F00", "#f0bc4e", 8, Marker.STAR), order=15, least_scale=0.03, visible=False),
        "waste_points": Style(_point("#a16207", "#cf9a45", 5, Marker.CIRCLE), order=16, least_scale=0.1, visible=False),
        "toilets": Style(_point("#be185d", "#e873a6", 7, Marker.CIRCLE), label_column="name", order=17, least_scale=0.04),
        "water_points": Style(_point("#0891b2", "#3fb6d3", 8, Marker.DIAMOND), label_column="name", order=18),
        "transfer_stations": Style(_point("#0b6e63", "#4cc2b0", 9, Marker.SQUARE), "state", _STATIONS, "name", order=19),
        "plants": Style(_point("#7a5195", "#b79ad0", 12, Marker.TRIANGLE), "plant", _PLANTS, "name", order=20),
        "depots": Style(_point("#7c5cf0", "#8f76f5", 10, Marker.STAR), label_column="name", order=21),
    }
)

# Free layers, by what their name says they are; anything else is drawn in the secondary colour.
_REFERENCES: tuple[tuple[tuple[str, ...], Style], ...] = (
    (("water", "river", "lake", "水", "河", "江", "湖"), Style(Symbol(fill=WATER, line=WATER, width_px=2), order=1)),
    (("green", "park", "绿", "公园", "林"), Style(Symbol(fill=GREEN, width_px=0), order=2)),
)
_REFERENCE = Style(Symbol(line=SECONDARY_TEXT, fill=NONE, size_px=5), order=3)


def reference_style(name: str) -> Style:
    """Return the style of a free layer, told by its name."""
    lower = name.lower()
    return next((style for words, style in _REFERENCES if any(w in lower for w in words)), _REFERENCE)


@dataclass(frozen=True, slots=True)
class Legend:
    """Hold one line of a legend."""

    label: Text
    symbol: Symbol


def legend(kind: str, label: Text) -> tuple[Legend, ...]:
    """Return the lines of a layer's legend: one a category, else one with the layer's own name."""
    style = STYLES.get(kind) or reference_style(kind)
    if not style.categories:
        return (Legend(label, style.symbol),)
    return tuple(Legend(c.label, c.symbol) for c in style.categories)
