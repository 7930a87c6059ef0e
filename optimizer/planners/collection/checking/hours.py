"""Check shifts, breaks, days, depots and the size of the fleet."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.text import Text
from layers.units import HOUR_S, clock
from optimizer.ground.street_rules import TOLERANCE
from optimizer.ground.street_walk import Found
from optimizer.plan import LegKind, PlanFault, Route
from optimizer.planners.collection.checking.rules import Rules
from optimizer.planners.collection.checking.walk import Walk


def hour_faults(walk: Walk) -> Found:
    """Check the shift, its break, and the depot of each route."""
    table = walk.legs
    asked = {r.shift.key for r in walk.rules.night.rounds}
    pauses = table.doing(LegKind.BREAK)
    rests_s = np.bincount(table.route[pauses], weights=(table.end_s - table.start_s)[pauses], minlength=len(table.routes))
    for k, (route, shift) in enumerate(zip(table.routes, walk.shifts, strict=True)):
        if route.depot not in walk.rules.depots:
            yield walk.fault(k, "unknown", f"没有停车场“{route.depot}”", f"there is no depot {route.depot!r}")
        if route.shift not in asked:
            yield walk.fault(k, "outside_shift", f"未要求班次“{route.shift}”", f"shift {route.shift!r} was not asked for")
        if not 0 <= route.day < len(walk.rules.night.day_shares):
            yield walk.fault(k, "outside_shift", f"第 {route.day} 日不在排班内", f"day {route.day} is not planned")
        first, last = shift.start_s + shift.before_s, shift.end_s - shift.after_s
        begin_s, end_s = (route.legs[0].start_s, route.legs[-1].end_s) if route.legs else (first, last)
        if begin_s < first - TOLERANCE or end_s > last + TOLERANCE:
            runs, allows = f"{clock(begin_s)}-{clock(end_s)}", f"{clock(first)}-{clock(last)}"
            yield walk.fault(k, "outside_shift", f"{runs}；班次允许 {allows}", f"it runs {runs}; the shift allows {allows}")
        most_s = walk.rules.night.params.route_most_h * HOUR_S
        if 0 < most_s < end_s - begin_s - TOLERANCE:
            out_h, most_h = (end_s - begin_s) / HOUR_S, most_s / HOUR_S
            zh, en = (
                f"出车 {out_h:.2f} h，最长 {most_h:.2f} h",
                f"it is out {out_h:.2f} h, at most {most_h:.2f} h is asked for",
            )
            yield walk.fault(k, "out_too_long", zh, en)
        middle_s = shift.start_s + 3 * (shift.end_s - shift.start_s) / 4
        if rests_s[k] + TOLERANCE < shift.break_s and end_s > middle_s - shift.break_s + TOLERANCE:
            zh, en = (
                f"休息 {rests_s[k]:.0f} s，班次规定 {shift.break_s:.0f} s",
                f"{rests_s[k]:.0f} s of break, the shift has {shift.break_s:.0f} s",
            )
            yield walk.fault(k, "no_break", zh, en)


def fleet_faults(rules: Rules, routes: tuple[Route, ...]) -> Iterator[PlanFault]:
    """Check that there are enough vehicles, and that each belongs to one depot."""
    for key, vehicle in rules.vehicles.items():
        used = {r.vehicle for r in routes if r.vehicle_type == key}
        there = rules.inventory.n_in_service(vehicle)
        if len(used) > there:
            zh, en = (
                f"{vehicle.label.zh} 用 {len(used)} 辆，可出勤 {there} 辆",
                f"{len(used)} {vehicle.label.en} used, {there} in service",
            )
            yield PlanFault("fleet_exceeded", key, Text(zh, en))
    homes: dict[str, set[str]] = {}
    for route in routes:
        homes.setdefault(route.vehicle, set()).add(route.depot)
    for name in sorted(name for name, depots in homes.items() if len(depots) > 1):
        at = ", ".join(sorted(homes[name]))
        yield PlanFault("two_depots", name, Text(f"{name} 从多个停车场出车：{at}", f"{name} starts at several depots: {at}"))
