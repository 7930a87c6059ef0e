"""Say of every task that is not collected what binds, with figures, and the smallest change where it is known."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from layers.text import Text
from layers.units import MINUTE_S, clock
from optimizer.engines.vehicle_routing import Reason
from optimizer.engines.vehicle_routing import Unserved as Missed
from optimizer.ground.streams import STREAMS
from optimizer.plan import Unserved
from optimizer.planners.collection.night.fleet import layouts
from optimizer.planners.collection.night.points import listed
from optimizer.planners.collection.night.reading import Night
from optimizer.planners.collection.search.unit import TENTHS, Unit

Why = tuple[str, Text, Text | None]

NOT_BEGUN: Why = (
    "stopped",
    Text("计算在排到它之前结束", "the run ended before its turn came"),
    Text("延长计算时间", "a longer search time"),
)
_LIFT = Text("取消锁定，或锁定给其他车辆", "lift the lock, or lock it to another vehicle")

_ELSEWHERE: Why = (
    "lock",
    Text(
        "锁定的车辆本夜收另一类垃圾、在另一片作业，或进不了其道路",
        "the vehicle that it is locked to takes other waste this night, works in another part, or may not enter its street",
    ),
    _LIFT,
)


def left(night: Night, row: int, why: Why) -> Unserved:
    """Return one task as unserved, with the kilograms of an average day."""
    return listed(night.tasks.items[row], why, float(night.tasks.kg[row]))


def not_begun(night: Night, rows: Iterable[int]) -> tuple[Unserved, ...]:
    """Return tasks whose turn had not come when the run ended."""
    return tuple(left(night, row, NOT_BEGUN) for row in rows)


def missed(night: Night, unit: Unit, tasks: Iterable[Missed], owner: dict[int, tuple[str, int]]) -> tuple[Unserved, ...]:
    """Return what the engine left out.

    Parameters
    ----------
    owner
        Type and number of the vehicle that alone may do a task, by the task's row.
    """
    found = []
    for task in tasks:
        row = int(unit.part.tasks[task.stop])
        why = engine_reason(night, unit, task, row)
        elsewhere = task.reason is Reason.NO_LOCKED or (task.reason is Reason.NO_GROUP and why[0] == "fleet_time")
        if row in owner and elsewhere:
            why = _ELSEWHERE
        elif row in owner and task.reason not in (Reason.NOT_TRIED, Reason.NO_GROUP):
            why = (
                "lock",
                Text(f"锁定的车辆做不了：{why[1].zh}", f"the vehicle that it is locked to cannot: {why[1].en}"),
                _LIFT,
            )
        found.append(left(night, row, why))
    return tuple(found)


def engine_reason(night: Night, unit: Unit, task: Missed, row: int) -> Why:
    """Return binding, reason and smallest change for a task that the engine left out."""
    stream = STREAMS[int(night.tasks.stream[row])]
    if task.reason is Reason.NOT_TRIED:
        return NOT_BEGUN
    if task.reason is Reason.NO_CAPACITY:
        kg = float(night.tasks.kg[row] * unit.share)
        return _too_heavy(kg, kg - task.missing / TENTHS)
    if task.reason is Reason.NO_WINDOW:
        return _too_late(night, row, task.missing)
    if task.reason is Reason.NO_SHIFT:
        minutes = _minutes(task.missing)
        reason = Text(f"单独收集它也超出班次 {minutes} 分钟", f"collecting it alone takes {minutes} min more than the shift")
        return "shift_time", reason, Text(f"班次延长 {minutes} 分钟", f"+{minutes} min of shift")
    if task.reason is Reason.NO_THROUGHPUT:
        amount = _amount(task.missing / TENTHS)
        reason = Text("附近卸料站本夜的处理量已满", "the stations of its part take no more this night")
        change = Text(f"增加 {amount} 处理量", f"+{amount} of a station's capacity")
        return "throughput", reason, change if task.missing > 0 else None
    if task.reason is Reason.NO_RANGE:
        km = task.missing / 1000
        return (
            "range",
            Text(f"超出续航 {km:.1f} km", f"{km:.1f} km beyond the range"),
            Text("途中充电", "charging on the way"),
        )
    if task.reason is Reason.NO_GROUP:
        return no_crew(night, row)
    return _others(unit, task, stream.label)


def no_crew(night: Night, row: int) -> Why:
    """Return why no crew of its part takes a task: no type may enter its street, none holds it, or no vehicle is left."""
    stream, kg = int(night.tasks.stream[row]), float(night.tasks.kg[row] * max(night.day_shares))
    point, shift = int(night.tasks.point[row]), night.rounds[int(night.tasks.round[row])].shift
    views = [(v, night.view(v.key, shift.key)) for v in night.vehicles]
    may = [v for v, view in views if view is not None and view.there[point]]
    if not may:
        reason = Text("本班次没有车型可进入其道路", "no vehicle type may enter its street in this shift")
        return "not_connected", reason, Text("更窄的车辆，或另一班次", "a narrower vehicle, or another shift")
    most_kg = max(layout.holds(stream) for v in may for layout in layouts(v, night.streams))
    if most_kg < kg:
        return _too_heavy(kg, most_kg)
    label = STREAMS[stream].label
    fits = [v for v in may if any(layout.holds(stream) >= kg for layout in layouts(v, night.streams))]
    zh, en = "、".join(v.label.zh for v in fits), ", ".join(v.label.en for v in fits)
    reason = Text(f"本片没有剩余车辆收{label.zh}", f"no vehicle of its part was left for {label.en}")
    return "fleet_time", reason, Text(f"增加一辆收{label.zh}的车（{zh}）", f"one more vehicle for {label.en} ({en})")


def _others(unit: Unit, task: Missed, stream: Text) -> Why:
    if task.reason is Reason.NO_ROOM:
        types = {crew.vehicle.key: crew.vehicle.label for crew in unit.crews}
        n = sum(len(crew.numbers) for crew in unit.crews)
        zh, en = "、".join(t.zh for t in types.values()), ", ".join(t.en for t in types.values())
        reason = Text(
            f"本片 {n} 辆车（{zh}）在时段内已排满", f"the {n} vehicles of its part ({en}) have no time left in its window"
        )
        return "fleet_time", reason, Text(f"增加一辆收{stream.zh}的车", f"one more vehicle for {stream.en}")
    if task.reason is Reason.NO_STATION:
        reason = Text("没有开放时能到达的卸料站", "no station can be reached while it is open")
        return "no_station", reason, Text("延长卸料站开放时间", "longer hours of a station")
    return "not_connected", Text("没有车辆能到达并返回", "no vehicle can drive there and back"), None


def _too_heavy(kg: float, most_kg: float) -> Why:
    over_kg = kg - most_kg
    reason = Text(
        f"一次 {kg:.0f} kg，超过车厢 {most_kg:.0f} kg，多 {over_kg:.0f} kg",
        f"{kg:.0f} kg at one stop are {over_kg:.0f} kg more than a truck holds ({most_kg:.0f} kg)",
    )
    return (
        "capacity",
        reason,
        Text(f"分成两处，或容量不小于 {kg:.0f} kg 的车", f"two points, or a truck that holds {kg:.0f} kg"),
    )


def _too_late(night: Night, row: int, missing_s: int) -> Why:
    from_s, to_s = float(night.tasks.from_s[row]), float(night.tasks.to_s[row])
    minutes = _minutes(missing_s)
    hours = f"{clock(from_s)}-{clock(to_s)}"
    reason = Text(
        f"时段 {hours} 内没有车辆赶得到，差 {minutes} 分钟",
        f"no vehicle can be there within {hours}: {minutes} min too late",
    )
    return "window", reason, Text(f"时段延长 {minutes} 分钟", f"+{minutes} min of its window")


def _amount(kg: float) -> str:
    """Return kilograms rounded up, in tonnes from a hundred kilograms on."""
    return f"{np.ceil(kg / 100 - 1e-9) / 10:.1f} t" if kg >= 100 else f"{np.ceil(kg - 1e-9):.0f} kg"


def _minutes(seconds: float) -> int:
    return max(1, int(np.ceil(seconds / MINUTE_S)))
