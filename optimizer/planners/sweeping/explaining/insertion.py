"""By how much a shift must be longer for one more pass: it is tried at every place of every route."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from layers.layer import F64, Rows
from optimizer.plan import Leg, LegKind, Route
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.day.fleet import tank_m
from optimizer.planners.sweeping.explaining.outings import Outings
from optimizer.planners.sweeping.explaining.rests import idle_s
from optimizer.planners.sweeping.explaining.spare_time import Question, able
from optimizer.planners.sweeping.search.proven import net_s
from optimizer.planners.sweeping.search.weights import margin_s
from resources.inventory import Shift, VehicleType

State = tuple[int, float]
# Water points near a pass that are looked at where it needs a refill.
N_WATER = 4


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


@dataclass(frozen=True)
class Extension:
    """Say what would serve a pass.

    Parameters
    ----------
    vehicle
        Name of the vehicle whose shift must be longer; empty where none can take the pass.
    shift
        Which of its shifts.
    extra_s
        Seconds by which; 0 or less where there is room.
    one_more
        Types of which one more vehicle would serve it within a shift.
    short_s
        Seconds by which the best whole shift is too short for it; infinite where no vehicle can come there.
    dry_s
        Seconds by which a route's shift must be longer at least if no water were used up.
    """

    vehicle: str
    shift: Shift | None
    extra_s: float
    one_more: tuple[VehicleType, ...]
    short_s: float = np.inf
    dry_s: float = np.inf


class Insertion:
    """Try passes in the routes of one plan.

    Parameters
    ----------
    question
        Streets, fleet and ways.
    routes
        The plan's.
    """

    def __init__(self, question: Question, routes: Sequence[Route]) -> None:
        self.question = question
        self.routes = tuple(routes)
        passes, params = question.passes, question.params
        self.shifts = fleet.shifts_of(question.inventory, params)
        self.groups = fleet.shift_groups(passes.streets, self.shifts)
        self.choices = fleet.shift_choices(passes, self.groups, self.shifts)
        self._gaps: dict[tuple[str, str], Gaps] = {}

    def extension(self, row: int) -> Extension:
        """Return the least change that serves a pass: time in some route's shift, or one more vehicle."""
        found, one_more, short_s, dry_s = Extension("", None, np.inf, ()), list[VehicleType](), np.inf, np.inf
        column = 0
        for g, group in enumerate(self.groups):
            for shift in group.shifts:
                column += 1
                if not self.choices[row, column - 1]:
                    continue
                for k, vehicle in enumerate(fleet.sweepers(self.question.inventory)):
                    view = self.question.outings[k][g]
                    if view is None or not able(self.question.passes, np.array([row]), vehicle, self.question.params)[0]:
                        continue
                    least = self._least(view, shift, row)
                    if least.extra_s < found.extra_s:
                        found = Extension(self.routes[least.route].vehicle, shift, least.extra_s, ())
                    dry_s = min(dry_s, least.dry_s)
                    missing_s = least.alone_s + margin_s(self.question.params) - net_s(shift)
                    short_s = min(short_s, missing_s)
                    one_more += [vehicle] if missing_s <= 0 else []
        types = {v.key: v for v in one_more}
        return Extension(found.vehicle, found.shift, found.extra_s, tuple(types.values()), short_s, dry_s)

    def _least(self, view: Outings, shift: Shift, row: int) -> Least:
        """Return the best route for a pass of those of a type in a shift."""
        key = (view.vehicle.key, shift.key)
        if key not in self._gaps:
            self._gaps[key] = gaps_of(view, self.routes, shift)
        gaps, passes = self._gaps[key], self.question.passes
        best = Least(-1, np.inf, np.inf, np.inf)
        for arc in (a for a in view.arcs_of(np.array([row]))[0].tolist() if a >= 0):
            ways = Ways(view, arc, view.to_state(2 * arc), view.from_state(2 * arc + 1))
            alone_s = min(best.alone_s, outing_s(view, ways.to_s, ways.from_s) + float(view.service_s[row]))
            best = replace(best, alone_s=alone_s)
            if len(gaps.route) == 0:
                continue
            needs_s = view.service_s[row] + margin_s(self.question.params) + gaps.offset_s - gaps.travel_s - gaps.idle_s
            needs_s = np.where(gaps.load_kg + passes.load_kg[row] <= view.vehicle.hopper_kg, needs_s, np.inf)
            direct_s = ways.direct_s(gaps)
            extra_s = np.minimum(
                np.where(gaps.ahead_m + gaps.rest_m + passes.length_m[row] <= tank_m(view.vehicle), direct_s, np.inf),
                ways.refilled_s(gaps, float(passes.length_m[row])),
            )
            best = replace(best, dry_s=min(best.dry_s, float((direct_s + needs_s).min())))
            k = int(np.argmin(extra_s + needs_s))
            if extra_s[k] + needs_s[k] < best.extra_s:
                best = replace(best, route=int(gaps.route[k]), extra_s=float(extra_s[k] + needs_s[k]))
        return best


@dataclass(frozen=True)
class Least:
    """Say which of some routes takes a pass best, and how long a shift must be that does it alone.

    Parameters
    ----------
    route
        Its number; -1 where none can take it.
    extra_s, dry_s
        As in `Extension`.
    alone_s
        Seconds of the shortest outing from any depot.
    """

    route: int
    extra_s: float
    dry_s: float
    alone_s: float


@dataclass(frozen=True, eq=False)
class Ways:
    """Hold the ways to and from one pass, served along one arc.

    Parameters
    ----------
    arc
        That it is served along.
    to_s, from_s
        Seconds from all states to where it begins, and to all states from where it ends.
    """

    view: Outings
    arc: int
    to_s: F64
    from_s: F64

    def direct_s(self, gaps: Gaps) -> F64:
        """Return the seconds from each gap's begin to the pass, and on to the gap's end, shape (n,)."""
        return np.asarray(self.to_s[gaps.before] + self.from_s[gaps.after])

    def refilled_s(self, gaps: Gaps, length_m: float) -> F64:
        """Return the same with a refill before or behind the pass, infinite where the tank does not last even so."""
        view, least_s = self.view, np.full(len(gaps.route), np.inf)
        holds_m = tank_m(view.vehicle)
        if not np.isfinite(holds_m):
            return least_s
        here = 2 * view.water_arc
        apart_s = self.to_s[here] + self.from_s[here] + view.fill_s
        for point in np.argsort(apart_s, kind="stable")[:N_WATER].tolist():
            into_s, out_s = view.around_water(point)
            before_s = into_s[gaps.before] + view.fill_s[point] + out_s[2 * self.arc] + self.from_s[gaps.after]
            behind_s = self.to_s[gaps.before] + self.from_s[here[point]] + view.fill_s[point] + out_s[gaps.after]
            least_s = np.minimum(least_s, np.where(gaps.rest_m + length_m <= holds_m, before_s, np.inf))
            least_s = np.minimum(least_s, np.where(gaps.ahead_m + length_m <= holds_m, behind_s, np.inf))
        return least_s


def outing_s(view: Outings, to_s: F64, from_s: F64) -> float:
    """Return the seconds of the way to and from a pass, over the best depot and dump, unloading told in.

    Parameters
    ----------
    to_s, from_s
        Seconds from all states to the pass, and from the pass to all states.
    """
    dump_s = from_s[2 * view.dump_arc] + view.part_s(view.dump_arc, view.dump_share) + view.vehicle.unload_s
    out_s = to_s[2 * view.depot_arc] - view.part_s(view.depot_arc, view.depot_share)
    return min(float(out + (dump_s + view.from_dumps_s(d)).min()) for d, out in enumerate(out_s.tolist()))


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
