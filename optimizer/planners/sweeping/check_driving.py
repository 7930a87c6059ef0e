"""Check how one route drives: street by street, turn by turn, and at what pace."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.hours import parse_periods
from layers.kinds.streets import Oneway
from layers.units import clock, kmh
from optimizer.plan import Leg, LegKind, PlanFault
from optimizer.planners.sweeping.fleet import overlaps
from optimizer.planners.sweeping.rules import TOLERANCE, RouteView, Step

_USE = {
    "street_closed": ("已封闭", "is closed"),
    "wrong_way": ("为单行，逆向行驶", "is one-way, the other way"),
    "street_too_narrow": ("太窄", "is too narrow"),
    "street_too_low": ("限高不足", "is too low"),
    "street_too_weak": ("限重不足", "bears too little weight"),
    "banned_hours": ("此时禁行", "is closed to sanitation vehicles then"),
}


def driving_faults(view: RouteView) -> Iterator[PlanFault]:
    """Yield what is wrong with the streets that a route drives and the time that it takes for them."""
    yield from streets_used(view)
    yield from joined(view)
    moving = [(leg, row) for leg, row in view.walk() if leg.kind not in (LegKind.BREAK, LegKind.WAIT)]
    kinds = [None, *(leg.kind for leg, _ in moving), None]
    for k, (leg, row) in enumerate(moving):
        if leg.kind is LegKind.UNLOAD:
            if leg.end_s - leg.start_s < view.vehicle.unload_s - TOLERANCE:
                en = f"unloading at {leg.item} takes less than {view.vehicle.unload_s:.0f} s"
                yield view.fault("too_fast", f"{leg.item} 卸料短于 {view.vehicle.unload_s:.0f} s", en)
            continue
        # only from and to a depot or a dump may a street be driven in part
        at_place = (kinds[k] in (None, LegKind.UNLOAD), kinds[k + 2] in (None, LegKind.UNLOAD))
        yield from pace(view, leg, row, at_place if leg.kind is LegKind.DRIVE else (False, False))


def broken_rules(view: RouteView, leg: Leg, step: Step) -> dict[str, bool]:
    """Return which rules of use a vehicle breaks on a street."""
    streets, vehicle, row = view.rules.streets, view.vehicle, step.row
    periods = str(streets.ban_periods[row])
    return {
        "street_closed": bool(streets.closed[row]),
        "wrong_way": bool(streets.oneway[row] == (Oneway.BACKWARD if step.forward else Oneway.FORWARD)),
        "street_too_narrow": bool(streets.width_m[row] < max(vehicle.width_m, vehicle.least_street_width_m)),
        "street_too_low": bool(streets.max_height_m[row] < vehicle.height_m),
        "street_too_weak": bool(streets.max_weight_kg[row] < vehicle.weight_kg),
        "banned_hours": bool(periods) and overlaps(parse_periods(periods), leg.start_s, leg.end_s),
    }


def streets_used(view: RouteView) -> Iterator[PlanFault]:
    """Check that each street may be used by this vehicle, in this direction, at this time."""
    seen: set[tuple[str, int]] = set()
    for leg, row in view.walk():
        for step in row:
            for code, hit in broken_rules(view, leg, step).items():
                if hit and (code, step.row) not in seen:
                    seen.add((code, step.row))
                    zh, en = _USE[code]
                    name, when = view.rules.streets.ids[step.row], clock(leg.start_s)
                    yield view.fault(code, f"道路 {name} {zh}（{when}）", f"street {name} {en} ({when})")


def joined(view: RouteView) -> Iterator[PlanFault]:
    """Check that the streets driven hang together, turn by turn."""
    before: Step | None = None
    at_place = True
    for leg, row in view.walk():
        for step in row:
            # from a dump a vehicle drives on along the street that it stands on, but cannot sweep it from its start
            same = before is not None and (step.row, step.forward) == (before.row, before.forward)
            goes_on = at_place and same and leg.kind is LegKind.DRIVE
            if before is not None and not goes_on:
                yield from turn(view, before, step)
            before, at_place = step, False
        at_place = at_place or leg.kind is LegKind.UNLOAD


def turn(view: RouteView, before: Step, after: Step) -> Iterator[PlanFault]:
    """Check one turn."""
    where = f"{view.rules.streets.ids[before.row]} > {view.rules.streets.ids[after.row]}"
    if before.end != after.start:
        yield view.fault("path_broken", f"{where} 不相接", f"{where} do not meet")
    elif not view.rules.turn_allowed(before, after):
        yield view.fault("banned_turn", f"禁止转向 {where}", f"the turn {where} is forbidden")


def pace(view: RouteView, leg: Leg, row: list[Step], at_place: tuple[bool, bool]) -> Iterator[PlanFault]:
    """Check length and time of a leg against its streets; at places their first and last may be driven in part."""
    lengths = [view.rules.lengths_m[s.row] for s in row]
    whole = list(lengths)
    for end, part in zip((0, -1), at_place, strict=True):
        if part and whole:
            whole[end] = 0.0
    name_zh, name_en = (leg.item, leg.item) if leg.item else ("行驶", "a drive")
    if not sum(whole) - 1 <= leg.length_m <= sum(lengths) + 1:
        zh = f"{name_zh} 记 {leg.length_m:.0f} m，道路共 {sum(lengths):.0f} m"
        yield view.fault("wrong_length", zh, f"{name_en} has {leg.length_m:.0f} m, its streets {sum(lengths):.0f} m")
    if leg.kind is LegKind.SERVE:
        most = [min(view.vehicle.working_speed_mps, view.rules.most_mps[s.row]) for s in row]
    else:
        most = [float(np.fmin(view.vehicle.driving_speed_mps, view.rules.streets.speed_mps[s.row])) for s in row]
    # what is not driven of the streets is taken as the slowest part
    least_s = sum(m / v for m, v in zip(lengths, most, strict=True))
    least_s -= (sum(lengths) - leg.length_m) / min(most, default=1.0)
    took_s = leg.end_s - leg.start_s
    if took_s < least_s - TOLERANCE:
        speed = f"{kmh(leg.length_m / max(took_s, 1e-9)):.1f} km/h"
        zh = f"{name_zh} {speed}，用时 {took_s:.0f} s，至少 {least_s:.0f} s"
        yield view.fault("too_fast", zh, f"{name_en} at {speed} takes {took_s:.0f} s, at least {least_s:.0f} s")
