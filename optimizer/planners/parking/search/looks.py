"""How what a plan of parking draws looks on the map."""

from __future__ import annotations

from layers.style import MET, MISSED, NONE, NOT_MEASURED, ROUTE_COLOURS, Category, Colour, Marker, Style, Symbol
from layers.text import Text
from optimizer.planners.parking.search.marking import KEPT, NEW, REMOVED

_ONE_WAY = Colour("#7A5195", "#b79ad0")
# Pixels a metre from which berths can be told apart.
_BERTH_SCALE = 0.6
# Cars without a berth at a place from which it counts as some, as many.
SOME, MANY = 10.0, 40.0
FEW_KEY, SOME_KEY, MANY_KEY = "few", "some", "many"
N_COLOURS = len(ROUTE_COLOURS)

BERTHS = Style(
    Symbol(line=MET, fill=NONE, width_px=1.0),
    "state",
    (
        Category(NEW, Text("新划", "new"), Symbol(line=MET, fill=Colour("#cfe8da", "#24513a"), width_px=1.0)),
        Category(KEPT, Text("保留", "kept"), Symbol(line=NOT_MEASURED, fill=Colour("#e4e7e9", "#3a4348"), width_px=1.0)),
        Category(REMOVED, Text("清除", "removed"), Symbol(line=MISSED, fill=NONE, width_px=1.5, dashed=True)),
    ),
    order=3,
    least_scale=_BERTH_SCALE,
)
AISLES = Style(Symbol(line=NOT_MEASURED, fill=Colour("#eef0f1", "#2a3236"), width_px=0.5), order=0, least_scale=_BERTH_SCALE)
ONE_WAYS = Style(Symbol(line=_ONE_WAY, width_px=1.2, arrows=True), order=4)
SIGNS = Style(
    Symbol(fill=_ONE_WAY, size_px=6.0),
    "sign",
    (
        Category("one_way", Text("单行路", "one-way"), Symbol(fill=_ONE_WAY, line=NONE, size_px=9.0, marker=Marker.SQUARE)),
        Category("no_entry", Text("禁止驶入", "no entry"), Symbol(fill=MISSED, line=NONE, size_px=9.0)),
    ),
    order=6,
    least_scale=_BERTH_SCALE,
)
BEATS = Style(
    Symbol(line=NOT_MEASURED, width_px=2.0),
    "tint",
    tuple(
        Category(str(k), Text(f"分管段色 {k + 1}", f"beats, colour {k + 1}"), Symbol(line=Colour(c, c), width_px=3.4))
        for k, c in enumerate(ROUTE_COLOURS)
    ),
    order=1,
)


def _unmet() -> Style:
    def dot(key: str, zh: str, en: str, size_px: float) -> Category:
        return Category(key, Text(zh, en), Symbol(fill=MISSED, line=NONE, size_px=size_px))

    few = dot(FEW_KEY, f"不足 {SOME:.0f} 辆", f"fewer than {SOME:.0f} cars", 5.0)
    some = dot(SOME_KEY, f"{SOME:.0f}–{MANY:.0f} 辆", f"{SOME:.0f} to {MANY:.0f} cars", 9.0)
    many = dot(MANY_KEY, f"{MANY:.0f} 辆以上", f"{MANY:.0f} cars or more", 14.0)
    return Style(Symbol(fill=MISSED, size_px=4.0), "size", (few, some, many), order=5, visible=False)


UNMET = _unmet()


def size_of(n_cars: float) -> str:
    """Return in which class of size a number of cars is drawn."""
    return MANY_KEY if n_cars >= MANY else SOME_KEY if n_cars >= SOME else FEW_KEY
