"""Routes of the plan that this one builds on: they stay together in a part, and keep their vehicles."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from layers.layer import Rows
from optimizer.plan import LegKind, Route
from optimizer.planners.collection.night.fleet import layout_of, layouts
from optimizer.planners.collection.night.reading import Night
from optimizer.planners.collection.search.parts import Part


@dataclass(frozen=True)
class Before:
    """Hold a route of the plan that this one builds on, in terms of the night.

    Parameters
    ----------
    route
        As it was.
    rows
        Tasks that it serves, in its order.
    layout
        Number of the layout of its type that holds their streams.
    """

    route: Route
    rows: tuple[int, ...]
    layout: int


def before(night: Night, shift: str) -> tuple[Before, ...]:
    """Return the routes of a shift that can be begun at: of types in service, with streams that go together."""
    types = {v.key: v for v in night.vehicles}
    found = []
    for route in night.earlier:
        if route.shift != shift or route.vehicle_type not in types or route.day != 0:
            continue
        served = [night.tasks.row_of.get(leg.item, -1) for leg in route.legs if leg.kind is LegKind.SERVE]
        rows = tuple(row for row in served if row >= 0 and night.open_tasks[row])
        streams = frozenset(int(night.tasks.stream[row]) for row in rows)
        layout = layout_of(types[route.vehicle_type], streams, night.streams)
        if rows and layout is not None:
            found.append(Before(route, rows, layouts(types[route.vehicle_type], night.streams).index(layout)))
    return tuple(found)


def kept_together(night: Night, shift: str, rows: Rows, station: Rows) -> Rows:
    """Return the station of each task, those of an earlier route at the station that it unloads at most.

    Parameters
    ----------
    rows, station
        Tasks, and the station that each would go to otherwise, shape (n,).
    """
    number = {s.id: k for k, s in enumerate(night.places.stations)}
    found, place = station.copy(), {row: k for k, row in enumerate(rows.tolist())}
    for one in before(night, shift):
        unloads = Counter(leg.item for leg in one.route.legs if leg.kind is LegKind.UNLOAD and leg.item in number)
        if unloads:
            at = number[unloads.most_common(1)[0][0]]
            found[[place[row] for row in one.rows if row in place]] = at
    return found


def vehicles_kept(
    night: Night, parts: tuple[Part, ...], depot_of: dict[str, Rows]
) -> dict[tuple[str, int], tuple[int, int]]:
    """Return part and layout of vehicles, by type and number, one for each earlier route, as far as its depot has any.

    Parameters
    ----------
    depot_of
        Number of the depot of each vehicle, by type.
    """
    depots = {p.id: k for k, p in enumerate(night.places.depots)}
    part_of = {row: k for k, part in enumerate(parts) for row in part.tasks.tolist()}
    free: dict[tuple[str, int], list[int]] = defaultdict(list)
    for key, at in depot_of.items():
        for number, depot in reversed(list(enumerate(at.tolist(), 1))):
            free[key, depot].append(number)
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for one in before(night, parts[0].shift.key) if parts else ():
        own = free[one.route.vehicle_type, depots.get(one.route.depot, -1)]
        part = Counter(part_of[row] for row in one.rows if row in part_of)
        if own and part:
            found[one.route.vehicle_type, own.pop()] = (part.most_common(1)[0][0], one.layout)
    return found
