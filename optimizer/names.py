"""What people call the objects that a plan's items are of, their kerbs and their streams."""

from __future__ import annotations

from layers.city import City
from layers.kinds import KINDS
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.check import object_of

# What an item begins with that is a place of the city, and no object.
_PLACE = "at:"
# What the mark of an item (``id:MARK#n``) stands for: kerbs, those along a centre barrier, pavements.
SIDES = {
    "R": Text("右侧", "right kerb"),
    "L": Text("左侧", "left kerb"),
    "B": Text("两侧", "both kerbs"),
    "RI": Text("中央护栏右侧", "right of the barrier"),
    "LI": Text("中央护栏左侧", "left of the barrier"),
    "PR": Text("右侧人行道", "right pavement"),
    "PL": Text("左侧人行道", "left pavement"),
    "PB": Text("两侧人行道", "both pavements"),
}
# The same of points: streams of waste.
STREAMS = {
    "OTHER": Text("其他垃圾", "other waste"),
    "FOOD": Text("厨余垃圾", "food waste"),
    "RECYCLABLE": Text("可回收物", "recyclables"),
    "HAZARDOUS": Text("有害垃圾", "hazardous waste"),
}


def side_of(item: str) -> Text | None:
    """Return what a person calls the side of its street, or the stream of its point, that an item is; None for neither."""
    return SIDES.get(mark_of(item)) or STREAMS.get(mark_of(item))


def mark_of(item: str) -> str:
    """Return the mark behind the id of an item's object, such as ``L`` or ``FOOD``; empty for none."""
    return item.removeprefix(object_of(item)).removeprefix(":").partition("#")[0]


def street_of(item: str, streets: Streets) -> str:
    """Return the id of the street that an item is, or is a kerb or pavement of; empty where there is none."""
    return next((key for key in (item, object_of(item)) if key in streets.row_of), "")


def find(city: City, item: str) -> tuple[str, int] | None:
    """Return layer kind and row of an object, a kerb's street or a stream's point; None where there is no such id."""
    if street := street_of(item, city[Streets]):
        return Streets.KIND, city[Streets].row_of[street]
    others = [layer for kind in KINDS if kind is not Streets and (layer := city.layers.get(kind.KIND)) is not None]
    for key in dict.fromkeys((item, object_of(item))):
        for layer in others:
            if (row := layer.row_of.get(key)) is not None:
                return layer.KIND, row
    return None


def item_name(city: City, item: str) -> Text:
    """Return what a person calls an object: the street's name and kerb, the point's and stream, a facility's, or the id."""
    place = find(city, item)
    if place is None:
        return Text(item, item)
    layer, row = city.layers[place[0]], place[1]
    names = getattr(layer, "name", None)
    name = str(names[row]) if names is not None else ""
    side = side_of(item) if item not in layer.row_of else None
    if not name:
        name = str(layer.ids[row])
    return Text(f"{name}（{side.zh}）", f"{name} ({side.en})") if side else Text(name, name)


def place_item(x_m: float, y_m: float) -> str:
    """Return the item that stands for a place without an object, which a planner is asked to explain."""
    return f"{_PLACE}{x_m:.1f},{y_m:.1f}"


def place_of(item: str) -> tuple[float, float] | None:
    """Return the coordinates of an item that stands for a place, metres; None for any other item."""
    if not item.startswith(_PLACE):
        return None
    x_m, _, y_m = item.removeprefix(_PLACE).partition(",")
    return float(x_m), float(y_m)
