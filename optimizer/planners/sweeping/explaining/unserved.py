"""Say of every pass that is not swept what binds, with figures, and the smallest change where it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from layers.layer import Bool, Rows
from layers.network import LeftOut
from layers.text import Text
from layers.units import MINUTE_S
from optimizer.engines.arc_routing.solution import Reason
from optimizer.engines.arc_routing.solution import Unserved as Missed
from optimizer.plan import Unserved
from optimizer.planners.sweeping.day.kerbs import Passes
from optimizer.planners.sweeping.search.joint import Joint
from optimizer.planners.sweeping.search.units import TENTHS, Unit
from resources.inventory import VehicleType

# What is told of a pass whose turn had not come when the run ended.
NOT_BEGUN = (
    "stopped",
    Text("计算在排到它之前结束", "the run ended before its turn came"),
    Text("延长计算时间", "a longer search time"),
)


@dataclass(frozen=True, eq=False)
class Barriers:
    """Hold what keeps vehicles from streets.

    Parameters
    ----------
    vehicles
        Types in service.
    suited
        For each type: which streets its kind may sweep, shape (n_streets,).
    left_out
        For each type: streets that are not in its network, by id.
    banned
        Streets closed to sanitation vehicles in every shift, shape (n_streets,).
    too_late
        Passes whose first sweep would be done too late in every shift, shape (n_passes,); None where that is not asked.
    first_by
        The time that is asked, ``HH:MM``.
    locked_to
        Names of the vehicles that alone may sweep passes and cannot, where others could, by the pass's row.
    """

    vehicles: tuple[VehicleType, ...]
    suited: tuple[Bool, ...]
    left_out: tuple[Mapping[str, LeftOut], ...]
    banned: Bool
    too_late: Bool | None = None
    first_by: str = ""
    locked_to: Mapping[int, str] = field(default_factory=dict)


def unreachable(passes: Passes, rows: Rows, barriers: Barriers) -> tuple[Unserved, ...]:
    """Return the passes that no vehicle can sweep, with what keeps it away."""
    of_street: dict[int, tuple[str, Text, Text | None]] = {}
    found = []
    for row in rows.tolist():
        street = int(passes.street[row])
        if barriers.too_late is not None and barriers.too_late[row] and not passes.streets.closed[street]:
            found.append(left(passes, row, *late(barriers.first_by)))
            continue
        if row in barriers.locked_to:
            cannot = Text("它不能清扫此路", "which cannot sweep it")
            found.append(left(passes, row, *locked(barriers.locked_to[row], cannot, _LIFT)))
            continue
        if street not in of_street:
            of_street[street] = barrier(passes, street, barriers)
        found.append(left(passes, row, *of_street[street]))
    return tuple(found)


_LIFT = Text("取消锁定，或锁定给其他车辆", "lift the lock, or lock it to another vehicle")


def locked(vehicle: str, reason: Text, change: Text | None) -> tuple[str, Text, Text | None]:
    """Return binding, reason and smallest change of a pass that is left since it is locked to a vehicle."""
    return "lock", Text(f"锁定给“{vehicle}”：{reason.zh}", f"locked to {vehicle!r}: {reason.en}"), change


def late(first_by: str) -> tuple[str, Text, Text | None]:
    """Return binding, reason and smallest change of a first sweep that no shift does in time."""
    zh, en = (
        f"首遍须在 {first_by} 前完成，各班次都在其后",
        f"first to be swept by {first_by}, all shifts are later",
    )
    reason = Text(zh, en)
    return "window", reason, Text(f"增加 {first_by} 前的班次", f"a shift before {first_by}")


def left(passes: Passes, row: int, binding: str, reason: Text, change: Text | None = None) -> Unserved:
    """Return one pass as unserved."""
    return Unserved(passes.items[row], binding, reason, change, passes.told_m2[row], "m²")


def barrier(passes: Passes, street: int, barriers: Barriers) -> tuple[str, Text, Text | None]:
    """Return binding, reason and smallest change of a street that no vehicle can sweep."""
    streets = passes.streets
    if streets.closed[street]:
        return "closed", Text("道路封闭", "the street is closed"), Text("开放该路段", "open the street")
    if barriers.banned[street]:
        periods = streets.ban_periods[street]
        return "banned", Text(f"所有班次都与禁行时段 {periods} 重叠", f"every shift overlaps its ban, {periods}"), None
    suited = [k for k, mask in enumerate(barriers.suited) if mask[street]]
    if not suited:
        reason = Text(
            "没有可进入背街小巷的小型车辆出勤", "no small sweeper is in service, and others are kept off back streets"
        )
        width_m = streets.width_m[street]
        zh = f"增加一辆能进 {width_m:.1f} m 宽道路的小型扫路车"
        return "no_vehicle", reason, Text(zh, f"a small sweeper that fits a street {width_m:.1f} m wide")
    name = str(streets.ids[street])
    reasons = [(barriers.left_out[k][name], barriers.vehicles[k]) for k in suited if name in barriers.left_out[k]]
    if len(reasons) < len(suited):  # a vehicle comes here, but not this way round
        reason = Text("允许的清扫方向不可通行", "it cannot be driven in the direction in which this kerb is swept")
        return "not_connected", reason, None
    return described(*min(reasons, key=lambda pair: (_ORDER.index(pair[0].reason), pair[0].limit)))


_ORDER = ("no_junction", "not_connected", "too_heavy", "too_low", "too_narrow", "closed", "banned", "no_walkers")


def described(why: LeftOut, vehicle: VehicleType) -> tuple[str, Text, Text | None]:
    """Return binding, reason and smallest change for a street that the best suited vehicle cannot use."""
    zh, en = vehicle.label.zh, vehicle.label.en
    if why.reason == "too_narrow":
        reason = Text(
            f"{zh}需要 {why.limit:.1f} m 宽，此路 {why.value:.1f} m",
            f"{en} needs {why.limit:.1f} m: the street is {why.value:.1f} m wide",
        )
        change = Text(
            f"可在 {why.value:.1f} m 宽道路作业的车辆",
            f"a vehicle that works in streets {why.value:.1f} m wide, or sweeping by hand",
        )
        return "street_width", reason, change
    if why.reason == "too_low":
        reason = Text(
            f"限高 {why.value:.1f} m，{zh}高 {why.limit:.1f} m",
            f"height limit {why.value:.1f} m: {en} is {why.limit:.1f} m high",
        )
        return (
            "height",
            reason,
            Text(f"高度不超过 {why.value:.1f} m 的车辆", f"a vehicle no higher than {why.value:.1f} m"),
        )
    if why.reason == "too_heavy":
        reason = Text(
            f"限重 {why.value:.0f} kg，{zh}重 {why.limit:.0f} kg",
            f"weight limit {why.value:.0f} kg: {en} weighs {why.limit:.0f} kg",
        )
        return (
            "weight",
            reason,
            Text(f"总重不超过 {why.value:.0f} kg 的车辆", f"a vehicle no heavier than {why.value:.0f} kg"),
        )
    reason = Text(f"{zh}无法从其余路网到达并返回", f"{en} cannot drive there from the rest of the network and back")
    return "not_connected", reason, None


def missed(passes: Passes, fleet: Joint, tasks: tuple[Missed, ...]) -> tuple[Unserved, ...]:
    """Return what the engine left out."""
    told: dict[tuple[int, Reason, int, int], tuple[str, Text, Text | None]] = {}
    found = []
    rows = fleet.tasks.tolist()
    for task in tasks:
        unit = fleet.told_by(task)
        key = (id(unit), task.reason, task.missing, task.resource)
        if key not in told:
            told[key] = engine_reason(unit, task)
        row, why = rows[task.task], told[key]
        if row in fleet.locked_to and task.reason is not Reason.NOT_TRIED:
            # its vehicle has no time: whether another one had is not known
            why = locked(fleet.locked_to[row], why[1], None if task.reason is Reason.NO_ROOM else _LIFT)
        found.append(left(passes, row, *why))
    return tuple(found)


def engine_reason(unit: Unit, task: Missed) -> tuple[str, Text, Text | None]:
    """Return binding, reason and smallest change for a task that the engine left out."""
    if task.reason is Reason.NOT_TRIED:
        return NOT_BEGUN
    shifts_zh = "、".join(s.label.zh for s in unit.shifts)
    shifts_en = ", ".join(s.label.en for s in unit.shifts)
    zh, en, depot = unit.vehicle.label.zh, unit.vehicle.label.en, unit.depot.places[0].id
    if task.reason is Reason.NO_ROOM:
        reason = Text(
            f"停车场 {depot} 的 {unit.n_at_depot} 辆 {zh} 在班次（{shifts_zh}）内已排满",
            f"the {unit.n_at_depot} {en} of depot {depot} have no time left in their shifts ({shifts_en})",
        )
        return "shift_time", reason, None
    if task.reason is Reason.NO_SHIFT:
        minutes = int(np.ceil(task.missing / TENTHS / MINUTE_S))
        reason = Text(
            f"单独清扫它也超出班次（{shifts_zh}）{minutes} 分钟",
            f"sweeping it alone takes {minutes} min more than a shift ({shifts_en})",
        )
        return "shift_time", reason, Text(f"班次延长 {minutes} 分钟", f"+{minutes} min of shift")
    if task.reason is Reason.NO_CAPACITY and task.resource:
        over_l = task.missing / TENTHS * unit.vehicle.water_lpm
        reason = Text(
            f"一遍的用水超过{zh}水箱 {unit.vehicle.tank_l:.0f} L 达 {over_l:.0f} L",
            f"one pass takes {over_l:.0f} L more than the tank of {en} holds ({unit.vehicle.tank_l:.0f} L)",
        )
        return "tank", reason, Text(f"水箱加大 {over_l:.0f} L", f"+{over_l:.0f} L of tank")
    if task.reason is Reason.NO_CAPACITY:
        over_kg = task.missing / TENTHS
        reason = Text(
            f"一遍的尘土超过{zh}料斗 {unit.vehicle.hopper_kg:.0f} kg 达 {over_kg:.1f} kg",
            f"one pass takes {over_kg:.1f} kg more than the hopper of {en} holds ({unit.vehicle.hopper_kg:.0f} kg)",
        )
        return "hopper", reason, Text(f"料斗加大 {over_kg:.1f} kg", f"+{over_kg:.1f} kg of hopper")
    if task.reason is Reason.NO_GROUP:
        reason = Text("它只能在其他班次清扫", "it may not be swept in these shifts")
        return "banned", reason, None
    reason = Text(f"{zh}无法从停车场 {depot} 到达并返回", f"{en} cannot drive there from depot {depot} and back")
    return "not_connected", reason, None


def not_begun(passes: Passes, rows: Rows) -> tuple[Unserved, ...]:
    """Return passes whose turn had not come when the run ended."""
    return tuple(left(passes, row, *NOT_BEGUN) for row in rows.tolist())
