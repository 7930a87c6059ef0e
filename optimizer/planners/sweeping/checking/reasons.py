"""Check why passes are said to be unserved: what the city alone can tell must agree."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import numpy as np

from layers.layer import F64, Bool, Rows
from optimizer.ground.faults import wrong_reason
from optimizer.ground.fleet import mover_of
from optimizer.plan import Plan, PlanFault
from optimizer.planners.sweeping.checking.rules import ROUNDED, Rules
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.day.hours import never

# What a street keeps out, by the binding that says so; the others speak of hours, hoppers and ways.
_LIMITS = ("street_width", "height", "weight")
_OTHERS = (
    "closed",
    "banned",
    "no_vehicle",
    "not_connected",
    "shift_time",
    "hopper",
    "tank",
    "water",
    "stopped",
    "unplaced",
    "window",
    "lock",
)
# What is said of a binding that does not bind.
_PASSES = ("有车辆不受此限制", "a vehicle in service is not kept out")
_REFUTED = {
    "hopper": ("一遍的尘土不超过任何可用车辆的料斗", "no suitable vehicle's hopper is too small for it"),
    "tank": ("一遍的用水不超过任何可用车辆的水箱", "no suitable vehicle's tank is too small for it"),
    "water": ("可用车辆都不用水箱喷水", "no suitable vehicle sprays off a tank"),
}
_BINDINGS = frozenset((*_LIMITS, *_OTHERS))


def reasons(rules: Rules, plan: Plan, locked: AbstractSet[str]) -> Iterator[PlanFault]:
    """Check the binding and the amount of every unserved pass.

    A closed street must be told as closed, where its turn came, and no other may; a width, height or weight that is said to
    bind must keep out a vehicle that is in service and may sweep there, and all such vehicles must be kept out by something.
    Where a pass is said to be too much for a hopper or a tank it must be for some such vehicle's, and only where one sprays
    off a tank can water be too far.

    Parameters
    ----------
    locked
        Passes that are locked to a vehicle.
    """
    row_of = rules.passes.row_of
    known = [(u, row_of[u.item]) for u in plan.unserved if u.item in row_of]
    if not known:
        return
    rows: Rows = np.array([row for _, row in known], dtype=np.int64)
    street = rules.passes.street[rows]
    # lists, since thousands are looked at one by one
    closed = rules.streets.closed[street].tolist()
    binds = {key: mask[street].tolist() for key, mask in kept_out(rules).items()}
    binds |= {key: mask.tolist() for key, mask in too_much(rules, rows).items()}
    windows = rules.windows_s
    late = (np.zeros(len(rows), dtype=bool) if windows is None else never(windows[rows])).tolist()
    area = np.round(rules.passes.area_m2[rows], 1).tolist()
    for k, (unserved, _) in enumerate(known):
        if unserved.binding not in _BINDINGS:
            yield wrong_reason(unserved, "没有这种限制", "no such constraint")
        elif closed[k] and unserved.binding not in {"closed", "stopped"}:
            yield wrong_reason(unserved, "该路段已封闭", "the street is closed")
        elif unserved.binding == "closed" and not closed[k]:
            yield wrong_reason(unserved, "该路段未封闭", "the street is open")
        elif unserved.binding in binds and not binds[unserved.binding][k]:
            yield wrong_reason(unserved, *_REFUTED.get(unserved.binding, _PASSES))
        if unserved.binding == "window" and not late[k]:
            yield wrong_reason(unserved, "有班次可在其时段内清扫", "a shift has time for it in its hours")
        if unserved.binding == "lock" and unserved.item not in locked:
            yield wrong_reason(unserved, "它没有锁定", "it is not locked")
        if unserved.unit != "m²" or abs(unserved.amount - area[k]) > 0.1:
            yield wrong_reason(unserved, f"面积应为 {area[k]:.1f} m²", f"its area is {area[k]:.1f} m²")


def kept_out(rules: Rules) -> dict[str, Bool]:
    """Return for each kind of limit the streets where it keeps out a vehicle and none may pass all limits."""
    streets, n = rules.streets, len(rules.streets)
    some = {key: np.zeros(n, dtype=bool) for key in _LIMITS}
    none_passes = np.ones(n, dtype=bool)
    for vehicle in fleet.sweepers(rules.inventory):
        mover = mover_of(vehicle)
        limits: tuple[tuple[F64, float], ...] = (
            (streets.width_m, max(mover.width_m, mover.least_street_width_m)),
            (streets.max_height_m, mover.height_m),
            (streets.max_weight_kg, mover.weight_kg),
        )
        suited = fleet.suits(streets, vehicle, rules.params)
        with np.errstate(invalid="ignore"):
            stops = [allowed < needed for allowed, needed in limits]
        for key, stop in zip(_LIMITS, stops, strict=True):
            some[key] |= suited & stop
        none_passes &= ~suited | np.logical_or.reduce(stops)
    return {key: mask & none_passes for key, mask in some.items()}


def too_much(rules: Rules, rows: Rows) -> dict[str, Bool]:
    """Return where some suitable vehicle's hopper or tank is too small for a pass, or it needs a tank, shape (n,) each."""
    passes = rules.passes
    found = {key: np.zeros(len(rows), dtype=bool) for key in _REFUTED}
    for vehicle in fleet.sweepers(rules.inventory):
        suited = fleet.suits(passes.streets, vehicle, rules.params)[passes.street[rows]]
        found["hopper"] |= suited & (passes.load_kg[rows] > vehicle.hopper_kg - ROUNDED)
        found["tank"] |= suited & (passes.length_m[rows] > fleet.tank_m(vehicle) - ROUNDED)
        found["water"] |= suited & fleet.sprays(vehicle)
    return found
