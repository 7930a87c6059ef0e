"""What one vehicle does in one shift, line by line, as its driver reads it."""

from __future__ import annotations

from desktop import words
from desktop.digest import item_name
from desktop.i18n import mark, say, tr
from desktop.panels.object import Attribute
from layers.city import City
from optimizer.plan import Leg, LegKind, Route

# What a vehicle does during a leg.
KINDS = {
    LegKind.DRIVE: mark("行驶"),
    LegKind.SERVE: mark("作业"),
    LegKind.UNLOAD: mark("卸料"),
    LegKind.REFILL: mark("加水"),
    LegKind.BREAK: mark("休息"),
    LegKind.WAIT: mark("等待"),
}


def sheet(route: Route, city: City) -> list[Attribute]:
    """Return the lines of a route: when, what and how far; neighbours that say the same are one line."""
    lines: list[tuple[str, str, float]] = []
    for leg in route.legs:
        what = _what(leg, city)
        if lines and lines[-1][1] == what:
            begun, _, length_m = lines.pop()
            lines.append((begun, what, length_m + leg.length_m))
        else:
            lines.append((words.time_of_day(leg.start_s), what, leg.length_m))
    return [Attribute(at, what, words.figure(length_m, "m") if length_m else "") for at, what, length_m in lines]


def _what(leg: Leg, city: City) -> str:
    if leg.kind is LegKind.SERVE:
        return say(item_name(city, leg.item))
    place = say(item_name(city, leg.item)) if leg.item else ""
    return " · ".join(part for part in (tr(KINDS[leg.kind]), place) if part)
