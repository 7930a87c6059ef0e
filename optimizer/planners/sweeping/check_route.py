"""Check one route's hours, kerbs, load, depot and dumps."""

from __future__ import annotations

from collections.abc import Iterator

from layers.kinds.streets import Oneway, RoadClass
from layers.units import clock
from optimizer.plan import Leg, LegKind, PlanFault
from optimizer.planners.sweeping.check_driving import driving_faults
from optimizer.planners.sweeping.fleet import KINDS
from optimizer.planners.sweeping.kerbs import BOTH, LEFT
from optimizer.planners.sweeping.rules import TOLERANCE, RouteView, Step
from resources.inventory import VehicleKind


def route_faults(view: RouteView) -> Iterator[PlanFault]:
    """Yield all faults of a route by itself."""
    yield from hours(view)
    unknown = view.unknown_street()
    if unknown:
        yield view.fault("unknown", f"没有道路“{unknown}”", f"there is no street {unknown!r}")
        return
    yield from driving_faults(view)
    for leg, row in view.walk():
        if leg.kind is LegKind.SERVE:
            yield from sweeping(view, leg, row)
    yield from hopper(view)
    yield from water(view)
    yield from stands(view)


def hours(view: RouteView) -> Iterator[PlanFault]:
    """Check the shift and the break."""
    legs, shift = view.route.legs, view.shift
    if not legs:
        return
    first, last = shift.start_s + shift.before_s, shift.end_s - shift.after_s
    if legs[0].start_s < first - TOLERANCE or legs[-1].end_s > last + TOLERANCE:
        runs, allows = f"{clock(legs[0].start_s)}-{clock(legs[-1].end_s)}", f"{clock(first)}-{clock(last)}"
        yield view.fault("outside_shift", f"{runs}；班次允许 {allows}", f"it runs {runs}; the shift allows {allows}")
    rest_s = sum(leg.end_s - leg.start_s for leg in legs if leg.kind is LegKind.BREAK)
    if rest_s + max(0.0, last - legs[-1].end_s) + TOLERANCE < shift.break_s:
        en = f"{rest_s:.0f} s of break, the shift has {shift.break_s:.0f} s"
        yield view.fault("outside_shift", f"休息 {rest_s:.0f} s，班次规定 {shift.break_s:.0f} s", en)


def sweeping(view: RouteView, leg: Leg, row: list[Step]) -> Iterator[PlanFault]:
    """Check that a pass is swept on its street, in its direction, by a vehicle of the right kind."""
    rules, passes = view.rules, view.rules.passes
    k = passes.row_of.get(leg.item)
    if k is None:
        yield view.fault("unknown", f"没有清扫项“{leg.item}”", f"there is no pass {leg.item!r}")
        return
    if len(row) != 1 or row[0].row != passes.street[k]:
        yield view.fault("path_broken", f"{leg.item} 不在其道路上清扫", f"{leg.item} is not swept on its street")
        return
    street, side = row[0].row, int(passes.side[k])
    oneway = rules.streets.oneway[street] in (Oneway.FORWARD, Oneway.BACKWARD)
    if side != BOTH and not oneway and row[0].forward != (side != LEFT):
        en = f"{leg.item} is swept against its driving direction"
        yield view.fault("wrong_direction", f"{leg.item} 逆行清扫", en)
    small_only = rules.params.back_streets_small_only and rules.streets.road_class[street] == RoadClass.BACK_STREET
    if view.vehicle.kind not in ((VehicleKind.SMALL_SWEEPER,) if small_only else KINDS):
        en = f"{leg.item} is not for a {view.vehicle.key}"
        yield view.fault("unsuitable_vehicle", f"{leg.item} 不可由 {view.vehicle.key} 清扫", en)
    dirt_kg = float(passes.load_kg[k])
    if abs(leg.load_kg - dirt_kg) > TOLERANCE:
        en = f"{leg.item} has {dirt_kg:.1f} kg of dirt, the plan says {leg.load_kg:.1f} kg"
        yield view.fault("hopper_over", f"{leg.item} 有尘 {dirt_kg:.1f} kg，记 {leg.load_kg:.1f} kg", en)


def hopper(view: RouteView) -> Iterator[PlanFault]:
    """Check the load aboard."""
    aboard_kg, told, holds_kg = 0.0, False, view.vehicle.hopper_kg
    for leg in view.route.legs:
        if leg.kind is LegKind.UNLOAD and leg.load_kg < -aboard_kg - TOLERANCE:
            en = f"{-leg.load_kg:.0f} kg unloaded, {aboard_kg:.0f} kg aboard"
            yield view.fault("hopper_over", f"卸出 {-leg.load_kg:.0f} kg，车上 {aboard_kg:.0f} kg", en)
        idle = leg.kind not in (LegKind.SERVE, LegKind.UNLOAD)
        if (idle and abs(leg.load_kg) > TOLERANCE) or (leg.kind is LegKind.UNLOAD and leg.load_kg > TOLERANCE):
            en = f"the load changes by {leg.load_kg:.1f} kg at {clock(leg.start_s)}, by neither sweeping nor unloading"
            yield view.fault("hopper_over", f"{clock(leg.start_s)} 未清扫或卸料而载重变化 {leg.load_kg:.1f} kg", en)
        aboard_kg += leg.load_kg
        if aboard_kg > holds_kg + TOLERANCE and not told:
            told = True
            en = f"{aboard_kg:.0f} kg aboard at {clock(leg.end_s)}, the hopper holds {holds_kg:.0f} kg"
            yield view.fault("hopper_over", f"{clock(leg.end_s)} 载 {aboard_kg:.0f} kg，料斗 {holds_kg:.0f} kg", en)
    if aboard_kg > TOLERANCE:
        yield view.fault("not_emptied", f"收车时仍载 {aboard_kg:.0f} kg", f"it ends with {aboard_kg:.0f} kg aboard")


def water(view: RouteView) -> Iterator[PlanFault]:
    """Check the water that is sprayed: the vehicle's, by the metre swept."""
    for leg in view.route.legs:
        litres = -leg.water_l if leg.kind is not LegKind.REFILL else max(0.0, -leg.water_l)
        due_l = view.vehicle.water_lpm * leg.length_m if leg.kind is LegKind.SERVE else 0.0
        if abs(litres - due_l) > TOLERANCE:
            en = f"{litres:.1f} L sprayed at {clock(leg.start_s)}, {due_l:.1f} L expected"
            yield view.fault("wrong_water", f"{clock(leg.start_s)} 喷水 {litres:.1f} L，应为 {due_l:.1f} L", en)


def stands(view: RouteView) -> Iterator[PlanFault]:
    """Check that the route begins and ends at its depot, and unloads at dumps."""
    rules, most_m = view.rules, view.rules.params.snap_m + 1
    depot = rules.depots.get(view.route.depot)
    driven = [step for _, row in view.walk() for step in row]
    if depot is None:
        yield view.fault("unknown", f"没有停车场“{view.route.depot}”", f"there is no depot {view.route.depot!r}")
    elif driven and max(rules.away_m(depot, driven[0].row), rules.away_m(depot, driven[-1].row)) > most_m:
        yield view.fault("not_at_depot", f"起讫点不在停车场 {depot.id}", f"it does not begin and end at {depot.id}")
    last: Step | None = None
    for leg, row in view.walk():
        last = row[-1] if row else last
        if leg.kind is not LegKind.UNLOAD:
            continue
        dump = rules.dumps.get(leg.item)
        if dump is None:
            yield view.fault("unknown", f"没有卸料点“{leg.item}”", f"there is no dump {leg.item!r}")
        elif last is not None and rules.away_m(dump, last.row) > most_m:
            yield view.fault("not_at_dump", f"卸料时不在 {dump.id}", f"it unloads away from {dump.id}")
