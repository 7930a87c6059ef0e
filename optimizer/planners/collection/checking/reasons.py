"""Check what is said of tasks that are left: what the city alone can tell must agree."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from layers.text import Text
from optimizer.ground.faults import wrong_reason
from optimizer.plan import LegKind, Plan, PlanFault
from optimizer.planners.collection.checking.rules import Rules
from optimizer.planners.collection.night.fleet import layouts

# What the reading of the city finds; the other bindings are the fleet's, the hours' and the stations'.
OF_CITY = frozenset(("no_street", "street_width", "coordinates", "amount", "duplicate"))
_OTHERS = frozenset((
    "capacity", "no_station", "not_connected", "window", "shift_time", "throughput", "range", "fleet_time", "lock",
    "stopped", "not_driven",
))  # fmt: skip
_KG = 0.1


def work_done(rules: Rules, plan: Plan) -> Iterator[PlanFault]:
    """Check that each task is served or listed, and that nothing else is listed."""
    tasks = rules.night.tasks
    served = {leg.item for route in plan.routes for leg in route.legs if leg.kind is LegKind.SERVE}
    listed = {u.item for u in plan.unserved}
    for item in sorted(tasks.row_of.keys() - served - listed):
        yield PlanFault(
            "not_explained", item, Text(f"{item} 既未收集也未说明", f"{item} is neither collected nor explained")
        )
    for item in sorted(listed - tasks.row_of.keys()):
        yield PlanFault("unknown", item, Text(f"没有收集项“{item}”", f"there is nothing to collect at {item!r}"))


def reasons(rules: Rules, plan: Plan, locked: AbstractSet[str]) -> Iterator[PlanFault]:
    """Check the binding and the kilograms of every task that is left.

    Parameters
    ----------
    locked
        Items that are locked to a vehicle.
    """
    night = rules.night
    for unserved in plan.unserved:
        row = night.tasks.row_of.get(unserved.item)
        if row is None:
            continue
        kg, kept_out = float(night.tasks.kg[row]), night.kept_out.get(row)
        if unserved.unit != "kg" or abs(unserved.amount - kg) > _KG:
            yield wrong_reason(unserved, f"重量应为 {kg:.1f} kg", f"it has {kg:.1f} kg")
        if unserved.binding not in OF_CITY | _OTHERS:
            yield wrong_reason(unserved, "没有这种限制", "no such constraint")
        elif (kept_out is not None or unserved.binding in OF_CITY) and (
            kept_out is None or kept_out.binding != unserved.binding
        ):
            found = kept_out.binding if kept_out else "-"
            yield wrong_reason(unserved, f"城市数据的限制为 {found}", f"the city's data say {found}")
        elif unserved.binding == "capacity" and _fits(rules, row):
            yield wrong_reason(unserved, "有车辆装得下", "a vehicle holds as much")
        elif unserved.binding == "lock" and unserved.item not in locked:
            yield wrong_reason(unserved, "它没有锁定", "it is not locked")


def _fits(rules: Rules, row: int) -> bool:
    """Return whether every type that may come holds a task's heaviest day."""
    night = rules.night
    kg, stream = float(night.tasks.kg[row]) * max(night.day_shares), int(night.tasks.stream[row])
    point, shift = int(night.tasks.point[row]), night.rounds[int(night.tasks.round[row])].shift
    views = [(v, night.view(v.key, shift.key)) for v in night.vehicles]
    may = [v for v, view in views if view is not None and view.there[point]]
    return bool(may) and all(any(lay.holds(stream) >= kg + _KG for lay in layouts(v, night.streams)) for v in may)
