"""What one vehicle does in one shift, line by line, as its driver reads it."""

from __future__ import annotations

from desktop import words
from desktop.i18n import mark, say, tr
from desktop.panels.object import Attribute
from layers.city import City
from layers.text import Text
from optimizer.check import object_of
from optimizer.names import STREAMS, item_name, mark_of
from optimizer.plan import Leg, LegKind, Route
from optimizer.rounds import charges

# What a vehicle does during a leg.
KINDS = {
    LegKind.DRIVE: mark("行驶"),
    LegKind.SERVE: mark("作业"),
    LegKind.UNLOAD: mark("卸料"),
    LegKind.REFILL: mark("加水"),
    LegKind.BREAK: mark("休息"),
    LegKind.WAIT: mark("等待"),
}
CHARGE = mark("充电")


def word(kind: LegKind, *, charges: bool) -> str:
    """Return the source string of what a vehicle does; a refill without water is a charging."""
    return CHARGE if charges and kind is LegKind.REFILL else KINDS[kind]


def sheet(route: Route, city: City) -> list[Attribute]:
    """Return the lines of a route: when, what and how far; neighbours that say the same are one line.

    Where points are served, the way to a stop stands in the stop's own line; a stream that all of them have is not repeated.
    """
    lines: list[tuple[str, str, float]] = []
    electric, trips = charges(route), trips_of(route)
    at_points = not any(leg.path for leg in route.legs if leg.kind is LegKind.SERVE)
    named = sole_mark(route) is None
    trip, way_m = 0, 0.0
    for leg, n_th in zip(route.legs, trips, strict=True):
        if n_th != trip and trips[-1] > 1:
            lines.append((words.time_of_day(leg.start_s), tr("—— 第 {0} 趟 ——").format(n_th), 0.0))
        trip = n_th
        if at_points and leg.kind is LegKind.DRIVE and leg is not route.legs[-1]:
            way_m += leg.length_m  # told with the stop that it leads to
            continue
        what = _what(leg, city, electric) if named or leg.kind is not LegKind.SERVE else _point(leg, city)
        if leg.kind is LegKind.WAIT:  # a vehicle that is early waits where it serves next
            lines.append((words.time_of_day(leg.start_s), what, leg.length_m))
            continue
        if lines and lines[-1][1] == what:
            begun, _, length_m = lines.pop()
            lines.append((begun, what, length_m + way_m + leg.length_m))
        else:
            lines.append((words.time_of_day(leg.start_s), what, way_m + leg.length_m))
        way_m = 0.0
    return [Attribute(at, what, words.figure(length_m, "m") if length_m else "") for at, what, length_m in lines]


def sole_mark(route: Route) -> Text | None:
    """Return the stream that a route collects at all its points; None where it serves streets, or several streams."""
    served = [leg for leg in route.legs if leg.kind is LegKind.SERVE]
    marks = {mark_of(leg.item) for leg in served}
    return STREAMS.get(marks.pop()) if len(marks) == 1 and not any(leg.path for leg in served) else None


def _point(leg: Leg, city: City) -> str:
    return say(item_name(city, object_of(leg.item)))


def trips_of(route: Route) -> list[int]:
    """Return which trip each leg belongs to, from 1; an unloading is the last of its trip, the way home after it as well."""
    numbers, trip = [], 1
    more = [k for k, leg in enumerate(route.legs) if leg.kind is LegKind.SERVE]
    for k, leg in enumerate(route.legs):
        numbers.append(trip)
        if leg.kind is LegKind.UNLOAD and more and k < more[-1]:
            trip += 1
    return numbers


def _what(leg: Leg, city: City, electric: bool) -> str:
    if leg.kind is LegKind.SERVE:
        return say(item_name(city, leg.item))
    place = say(item_name(city, leg.item)) if leg.item else ""
    return " · ".join(part for part in (tr(word(leg.kind, charges=electric)), place) if part)
