"""Check routes' hours, kerbs, load and water; first of all that their streets exist."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from layers.kinds.streets import Oneway, RoadClass
from layers.layer import F64, Bool, Rows
from layers.units import clock
from optimizer.ground.places import Place
from optimizer.ground.street_rules import TOLERANCE
from optimizer.ground.street_walk import Found
from optimizer.plan import LegKind, PlanFault, Route
from optimizer.planners.sweeping.checking.driving import driving_faults
from optimizer.planners.sweeping.checking.rules import Rules
from optimizer.planners.sweeping.checking.standing import stands
from optimizer.planners.sweeping.checking.tanks import refills, tanks
from optimizer.planners.sweeping.checking.walk import Walk
from optimizer.planners.sweeping.day.fleet import KINDS, sprays
from optimizer.planners.sweeping.day.kerbs import BOTH, along_line
from optimizer.planners.sweeping.day.water import refill_s
from resources.inventory import VehicleKind


def route_faults(rules: Rules, routes: tuple[Route, ...]) -> list[PlanFault]:
    """Return all faults of routes by themselves, route by route.

    Parameters
    ----------
    routes
        Of vehicle types and shifts that the rules know.
    """
    return faults_by_route(rules, routes, (sweeping, hopper, water, refilled))


def faults_by_route(rules: Rules, routes: tuple[Route, ...], checks: Sequence[Callable[[Walk], Found]]) -> list[PlanFault]:
    """Return what all routes must keep and these do not: hours, driving, depots and dumps; and what `checks` find beside.

    Routes that drive a street that does not exist are checked no further.
    """
    walk = Walk.of(rules, routes)
    found = [*hours(walk)]
    lost, first = np.unique(walk.route[walk.street < 0], return_index=True)
    for route, step in zip(lost.tolist(), np.flatnonzero(walk.street < 0)[first].tolist(), strict=True):
        name = walk.legs.step_names[step]
        found.append(walk.fault(route, "unknown", f"没有道路“{name}”", f"there is no street {name!r}"))
    kept = np.setdiff1d(np.arange(len(routes)), lost)
    rest = walk if len(lost) == 0 else Walk.of(rules, tuple(routes[k] for k in kept.tolist()))
    found += [(int(kept[k]), fault) for check in (driving_faults, *checks, stands) for k, fault in check(rest)]
    return [fault for _, fault in sorted(found, key=lambda pair: pair[0])]


def hours(walk: Walk) -> Found:
    """Check the shift and the break."""
    table = walk.legs
    pauses = table.doing(LegKind.BREAK)
    rests_s = np.bincount(
        table.route[pauses], weights=(table.end_s - table.start_s)[pauses], minlength=len(table.routes)
    ).tolist()
    for k, (route, shift) in enumerate(zip(table.routes, walk.shifts, strict=True)):
        if not route.legs:
            continue
        first, last = shift.start_s + shift.before_s, shift.end_s - shift.after_s
        begin_s, end_s = route.legs[0].start_s, route.legs[-1].end_s
        if begin_s < first - TOLERANCE or end_s > last + TOLERANCE:
            runs, allows = f"{clock(begin_s)}-{clock(end_s)}", f"{clock(first)}-{clock(last)}"
            yield walk.fault(k, "outside_shift", f"{runs}；班次允许 {allows}", f"it runs {runs}; the shift allows {allows}")
        if rests_s[k] + max(0.0, last - end_s) + TOLERANCE < shift.break_s:
            en = f"{rests_s[k]:.0f} s of break, the shift has {shift.break_s:.0f} s"
            yield walk.fault(k, "outside_shift", f"休息 {rests_s[k]:.0f} s，班次规定 {shift.break_s:.0f} s", en)


def sweeping(walk: Walk) -> Found:
    """Check that each pass is swept on its street, in its direction, by a vehicle of the right kind."""
    table, passes = walk.legs, walk.rules.passes
    serves, row, step, right = served(walk)
    for k in serves[row < 0].tolist():
        item = table.legs[k].item
        yield walk.fault(int(table.route[k]), "unknown", f"没有清扫项“{item}”", f"there is no pass {item!r}")
    for k in serves[(row >= 0) & ~right].tolist():
        item = table.legs[k].item
        zh, en = f"{item} 不在其道路上清扫", f"{item} is not swept on its street"
        yield walk.fault(int(table.route[k]), "path_broken", zh, en)
    serves, row, step = serves[right], row[right], step[right]
    yield from swept_wrongly(walk, serves, against_direction(walk, row, step), unsuited(walk, serves, row))
    dirt_kg = passes.load_kg[row]
    off = np.abs(table.load_kg[serves] - dirt_kg) > TOLERANCE
    for k, kg in zip(serves[off].tolist(), dirt_kg[off].tolist(), strict=True):
        leg = table.legs[k]
        en = f"{leg.item} has {kg:.1f} kg of dirt, the plan says {leg.load_kg:.1f} kg"
        yield walk.fault(int(table.route[k]), "hopper_over", f"{leg.item} 有尘 {kg:.1f} kg，记 {leg.load_kg:.1f} kg", en)


def served(walk: Walk) -> tuple[Rows, Rows, Rows, Bool]:
    """Return the legs that serve, the pass of each (-1 for none), its step, and whether that is the pass's street alone."""
    table, passes = walk.legs, walk.rules.passes
    serves, row = table.served(passes.row_of)
    step = (np.cumsum(table.n_steps) - table.n_steps)[serves]
    right = (row >= 0) & (table.n_steps[serves] == 1)
    right[right] = walk.street[step[right]] == passes.street[row[right]]
    return serves, row, step, right


def against_direction(walk: Walk, row: Rows, step: Rows) -> Bool:
    """Return which passes are swept against their direction, shape (n,)."""
    streets, side = walk.rules.streets, walk.rules.passes.side[row]
    oneway = np.isin(streets.oneway[walk.street[step]], (Oneway.FORWARD, Oneway.BACKWARD))
    return np.asarray((side != BOTH) & ~oneway & (walk.forward[step] != along_line(side)))


def unsuited(walk: Walk, serves: Rows, row: Rows) -> Bool:
    """Return which passes are swept by a vehicle of the wrong kind, shape (n,)."""
    rules = walk.rules
    back = rules.streets.road_class[rules.passes.street[row]] == RoadClass.BACK_STREET
    small = np.array([v.kind is VehicleKind.SMALL_SWEEPER for v in walk.vehicles], dtype=bool)
    sweeper = np.array([v.kind in KINDS for v in walk.vehicles], dtype=bool)
    route = walk.legs.route[serves]
    small_only = back & bool(rules.params.back_streets_small_only)
    return np.where(small_only, ~small[route], ~sweeper[route])


def swept_wrongly(walk: Walk, serves: Rows, against: Bool, wrong_kind: Bool) -> Found:
    """Name the passes that are swept in the wrong direction or by the wrong kind of vehicle."""
    for k in np.flatnonzero(against | wrong_kind).tolist():
        leg, route = walk.legs.legs[serves[k]], int(walk.legs.route[serves[k]])
        if against[k]:
            en = f"{leg.item} is swept against its driving direction"
            yield walk.fault(route, "wrong_direction", f"{leg.item} 逆行清扫", en)
        if wrong_kind[k]:
            vehicle = walk.vehicles[route].key
            zh, en = f"{leg.item} 不可由 {vehicle} 清扫", f"{leg.item} is not for a {vehicle}"
            yield walk.fault(route, "unsuitable_vehicle", zh, en)


def aboard_kg(walk: Walk) -> F64:
    """Return the load behind each leg, shape (n_legs,)."""
    table = walk.legs
    total = np.append(0.0, np.cumsum(table.load_kg))
    return np.asarray(total[1:] - total[table.first[:-1]][table.route])


def hopper(walk: Walk) -> Found:
    """Check the load aboard."""
    table, load_kg, aboard = walk.legs, walk.legs.load_kg, aboard_kg(walk)
    unloads = table.doing(LegKind.UNLOAD)
    before = aboard - load_kg
    for k in np.flatnonzero(unloads & (load_kg < -before - TOLERANCE)).tolist():
        en = f"{-load_kg[k]:.0f} kg unloaded, {before[k]:.0f} kg aboard"
        yield walk.fault(int(table.route[k]), "hopper_over", f"卸出 {-load_kg[k]:.0f} kg，车上 {before[k]:.0f} kg", en)
    idle = ~table.doing(LegKind.SERVE, LegKind.UNLOAD) & (np.abs(load_kg) > TOLERANCE)
    for k in np.flatnonzero(idle | (unloads & (load_kg > TOLERANCE))).tolist():
        when, kg = clock(table.legs[k].start_s), f"{load_kg[k]:.1f} kg"
        en = f"the load changes by {kg} at {when}, by neither sweeping nor unloading"
        yield walk.fault(int(table.route[k]), "hopper_over", f"{when} 未清扫或卸料而载重变化 {kg}", en)
    holds_kg = walk.of_vehicle(lambda v: v.hopper_kg)
    over = np.flatnonzero(aboard > holds_kg[table.route] + TOLERANCE)
    for k in over[np.unique(table.route[over], return_index=True)[1]].tolist():  # told once a route
        route, when, kg = int(table.route[k]), clock(table.legs[k].end_s), f"{aboard[k]:.0f} kg"
        holds = f"{holds_kg[route]:.0f} kg"
        en = f"{kg} aboard at {when}, the hopper holds {holds}"
        yield walk.fault(route, "hopper_over", f"{when} 载 {kg}，料斗 {holds}", en)
    last = table.first[1:][np.diff(table.first) > 0] - 1
    for k in last[aboard[last] > TOLERANCE].tolist():
        kg = f"{aboard[k]:.0f} kg"
        yield walk.fault(int(table.route[k]), "not_emptied", f"收车时仍载 {kg}", f"it ends with {kg} aboard")


def water(walk: Walk) -> Found:
    """Check the water that is sprayed: the vehicle's, by the metre swept, and no more than its tank holds."""
    yield from sprayed_wrongly(walk, walk.of_vehicle(lambda v: v.water_lpm))
    yield from tanks(walk, walk.of_vehicle(lambda v: v.tank_l if sprays(v) else np.inf))


def refilled(walk: Walk) -> Found:
    """Check the refills: at water points that are open in all shifts."""

    def least_s(route: int, point: Place) -> float:
        vehicle = walk.vehicles[route]
        return refill_s(point, vehicle, vehicle.tank_l)

    yield from refills(walk, lambda _, leg: walk.rules.water.get(leg.item), least_s, ("各班次内", "in all shifts"))


def sprayed_wrongly(walk: Walk, lpm: F64) -> Found:
    """Name the legs that do not spray what is due: litres by the metre served, shape (n_routes,), none elsewhere."""
    table = walk.legs
    litres = np.where(table.doing(LegKind.REFILL), np.maximum(0.0, -table.water_l), -table.water_l)
    due_l = np.where(table.doing(LegKind.SERVE), lpm[table.route] * table.length_m, 0.0)
    for k in np.flatnonzero(np.abs(litres - due_l) > TOLERANCE).tolist():
        when, told, due = clock(table.legs[k].start_s), f"{litres[k]:.1f} L", f"{due_l[k]:.1f} L"
        en = f"{told} sprayed at {when}, {due} expected"
        yield walk.fault(int(table.route[k]), "wrong_water", f"{when} 喷水 {told}，应为 {due}", en)
