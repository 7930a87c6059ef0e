"""The places between two works of a plan's routes, where one more pass might be swept."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from layers.layer import F64, Rows
from optimizer.plan import Leg, LegKind, Route
from optimizer.planners.sweeping.explaining.outings import Outings
from optimizer.planners.sweeping.explaining.rests import idle_s
from resources.inventory import Shift

State = tuple[int, float]


@dataclass(frozen=True, eq=False)
class Gaps:
    """Hold the places between two works of the routes of one type in one shift, one a row.

    Parameters
    ----------
    before, after
        States that are left and made for, shape (n,).
    offset_s
        What the way from the first and to the second state must be corrected by, since places lie within arcs, shape (n,).
    travel_s
        Seconds that the way takes now, shape (n,).
    load_kg
        Dirt that the trip takes up between two unloadings, shape (n,).
    ahead_m, rest_m
        Metres swept since the last refill, and from here to the next, shape (n,).
    idle_s
        What the route leaves of its shift, shape (n,).
    route
        Number of the route, shape (n,).
    """

    before: Rows
    after: Rows
    offset_s: F64
    travel_s: F64
    load_kg: F64
    idle_s: F64
    route: Rows
    ahead_m: F64
    rest_m: F64


def gaps_of(view: Outings, routes: Sequence[Route], shift: Shift) -> Gaps:
    """Return the places between works in the routes of the view's vehicle type in a shift."""
    rows = [
        gap
        for k, route in enumerate(routes)
        if route.vehicle_type == view.vehicle.key and route.shift == shift.key and route.legs and route.depot in view.depots
        for gap in _gaps(view, k, route, shift)
    ]
    table = np.array(rows, dtype=np.float64).reshape(-1, 9)
    whole = table[:, [0, 1, 6]].astype(np.int64)
    return Gaps(
        before=whole[:, 0],
        after=whole[:, 1],
        offset_s=table[:, 2],
        travel_s=table[:, 3],
        load_kg=table[:, 4],
        idle_s=table[:, 5],
        route=whole[:, 2],
        ahead_m=table[:, 7],
        rest_m=table[:, 8],
    )


def _gaps(view: Outings, k: int, route: Route, shift: Shift) -> Iterator[tuple[float, ...]]:
    """Yield the gaps of one route; those at works on streets that the view does not have are left out."""
    arc_of = _Arcs(view)
    home = arc_of.depot(route.depot)
    works = [leg for leg in route.legs if leg.kind in (LegKind.SERVE, LegKind.UNLOAD, LegKind.REFILL)]
    rests = [leg for leg in route.legs if leg.kind in (LegKind.BREAK, LegKind.WAIT)]
    stops: list[tuple[State | None, State | None, float, float]] = [
        (home, home, route.legs[0].start_s, route.legs[0].start_s)
    ]
    stops += [(*arc_of.leg(leg), _begin_s(view, leg), leg.end_s) for leg in works]
    stops.append((home, home, route.legs[-1].end_s, route.legs[-1].end_s))
    trip, trip_kg = _trips(works, LegKind.UNLOAD, [max(0.0, leg.load_kg) for leg in works])
    swept_m = [leg.length_m if leg.kind is LegKind.SERVE else 0.0 for leg in works]
    tank, of_tank_m = _trips(works, LegKind.REFILL, swept_m)
    total_m = np.append(0.0, np.cumsum(swept_m))
    ahead_m = total_m - total_m[np.searchsorted(tank, tank)]
    left_s = idle_s(route, shift)
    for n, ((_, here, _, end_s), (there, _, begin_s, _)) in enumerate(itertools.pairwise(stops)):
        if here is None or there is None:
            continue
        paused_s = sum(leg.end_s - leg.start_s for leg in rests if end_s - 1e-6 <= leg.start_s < begin_s)
        travel_s, offset_s = begin_s - end_s - paused_s, there[1] - here[1]
        rest_m = float(of_tank_m[tank[n]] - ahead_m[n])
        yield here[0], there[0], offset_s, travel_s, float(trip_kg[trip[n]]), left_s, k, float(ahead_m[n]), rest_m


def _trips(works: Sequence[Leg], kind: LegKind, amounts: Sequence[float]) -> tuple[Rows, F64]:
    """Return the trip that each gap of a route is on, parted by legs of a kind, and the sum of an amount on each trip."""
    trip: Rows = np.cumsum([0, *(leg.kind is kind for leg in works)]).astype(np.int64)
    return trip, np.bincount(trip[:-1], weights=amounts, minlength=int(trip[-1]) + 1).astype(np.float64)


def _begin_s(view: Outings, leg: Leg) -> float:
    """Return when a leg's work begins: turns into it are told in the leg."""
    if leg.kind is LegKind.UNLOAD:
        return leg.end_s - view.vehicle.unload_s
    if leg.kind is LegKind.REFILL:
        return leg.end_s - (float(view.fill_s[view.water.index(leg.item)]) if leg.item in view.water else 0.0)
    return leg.end_s - float(view.service_s[view.passes.row_of[leg.item]])


class _Arcs:
    """Find the states at which works begin and end."""

    def __init__(self, view: Outings) -> None:
        self.view = view

    def depot(self, name: str) -> State:
        """Return the state at the start of a depot's arc, and the seconds from there to it."""
        view, d = self.view, self.view.depots.index(name)
        return 2 * int(view.depot_arc[d]), float(view.part_s(view.depot_arc[d], view.depot_share[d]))

    def leg(self, leg: Leg) -> tuple[State | None, State | None]:
        """Return the states where a work begins and ends; None where the view does not have it."""
        view = self.view
        if leg.kind is LegKind.UNLOAD:
            if leg.item not in view.dumps:
                return None, None
            d = view.dumps.index(leg.item)
            at = 2 * int(view.dump_arc[d]), float(view.part_s(view.dump_arc[d], view.dump_share[d]))
            return at, at
        if leg.kind is LegKind.REFILL:
            if leg.item not in view.water:
                return None, None
            w = view.water.index(leg.item)
            water = 2 * int(view.water_arc[w]), float(view.water_s[w])
            return water, water
        row_of = view.passes.streets.row_of
        name = leg.path[0]
        along = name in row_of
        arc = int(view.reach[row_of[name if along else name.removeprefix("-")], int(along)])
        return (None, None) if arc < 0 else ((2 * arc, 0.0), (2 * arc + 1, 0.0))
