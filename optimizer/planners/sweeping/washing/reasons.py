"""Say of everything that is not washed as often as asked what binds, with figures, and the smallest change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.layer import Rows
from layers.text import Text
from layers.units import MINUTE_S
from optimizer.engines.arc_routing.solution import Reason
from optimizer.engines.arc_routing.solution import Unserved as Missed
from optimizer.plan import Unserved
from optimizer.planners.sweeping.day.fleet import LEAST_WET_C
from optimizer.planners.sweeping.explaining import unserved
from optimizer.planners.sweeping.explaining.unserved import NOT_BEGUN, Barriers, left
from optimizer.planners.sweeping.search.units import TENTHS, Unit
from optimizer.planners.sweeping.washing.calendar import Calendar, Room
from optimizer.planners.sweeping.washing.nights import missing
from optimizer.planners.sweeping.washing.work import PAVEMENT, Washings
from resources.inventory import VehicleType


@dataclass(frozen=True)
class Shortage:
    """Hold what a calendar in which every interval is kept takes beyond what there is.

    Parameters
    ----------
    vehicles
        Of each type, by key, with the number that is short; those of which there are enough are not among them.
    n_crews
        Crews a night.
    """

    vehicles: tuple[tuple[VehicleType, int], ...]
    n_crews: int

    @classmethod
    def between(cls, free: Calendar, room: Room, vehicles: tuple[VehicleType, ...]) -> Shortage:
        """Compare a calendar without limits with what there is."""
        short = np.maximum(0, free.needed() - room.n_vehicles).tolist()
        lacking = tuple((vehicle, n) for vehicle, n in zip(vehicles, short, strict=True) if n)
        return cls(lacking, max(0, int(free.crews().max(initial=0)) - room.n_crews))

    def change(self, vehicle: VehicleType, *, crewed: bool) -> Text | None:
        """Return what would let a type's turnouts keep all intervals; None where nothing of its own is short."""
        n = {v.key: n for v, n in self.vehicles}.get(vehicle.key, 0)
        zh = [f"增加 {n} 辆 {vehicle.label.zh}"] if n else []
        en = [f"{n} more {vehicle.label.en}"] if n else []
        if crewed and self.n_crews:
            zh.append(f"每夜增加 {self.n_crews} 个班组")
            en.append(f"{self.n_crews} more crews a night")
        return Text("、".join(zh), " and ".join(en)) if zh else None


def unreachable(washings: Washings, rows: Rows, barriers: tuple[Barriers, ...]) -> tuple[Unserved, ...]:
    """Return the washings that no vehicle can do, with what keeps it away.

    Parameters
    ----------
    barriers
        For each job.
    """
    return tuple(left(washings, row, *_barrier(washings, row, barriers)) for row in rows.tolist())


def _barrier(washings: Washings, row: int, barriers: tuple[Barriers, ...]) -> tuple[str, Text, Text | None]:
    if not washings.has_footway[row]:
        reason = Text("冲洗路段没有人行道", "the street is marked for washing and has no pavement")
        change = Text("核对人行道属性，或取消冲洗标记", "correct the street's footway, or do not mark it for washing")
        return "no_footway", reason, change
    job = int(washings.job[row])
    if not barriers[job].vehicles:
        kind = Text("洒水车", "water cart") if job == PAVEMENT else Text("清洗车", "washer")
        reason = Text(f"没有可出勤的{kind.zh}", f"no {kind.en} is in service")
        return "no_vehicle", reason, Text(f"增加一辆{kind.zh}", f"one more {kind.en}")
    return unserved.barrier(washings, int(washings.street[row]), barriers[job])


def missed(washings: Washings, unit: Unit, tasks: tuple[Missed, ...]) -> tuple[Unserved, ...]:
    """Return what the engine left out of a unit."""
    return tuple(left(washings, int(unit.tasks[task.task]), *_engine_reason(unit, task)) for task in tasks)


def _engine_reason(unit: Unit, task: Missed) -> tuple[str, Text, Text | None]:
    name, depot = unit.vehicle.label, unit.depot.places[0].id
    if task.reason is Reason.NOT_TRIED:
        return NOT_BEGUN
    if task.reason is Reason.NO_CAPACITY:
        over = task.missing / TENTHS
        reason = Text(f"一次冲洗比{name.zh}一箱水多用 {over:.0f} L", f"it takes {over:.0f} L more than a tank of {name.en}")
        return "tank", reason, Text(f"每车多装 {over:.0f} L", f"+{over:.0f} L aboard")
    if task.reason is Reason.NO_SHIFT:
        minutes = int(np.ceil(task.missing / TENTHS / MINUTE_S))
        reason = Text(f"单独冲洗它也超出班次 {minutes} 分钟", f"washing it alone takes {minutes} min more than the shift")
        return "shift_time", reason, Text(f"班次延长 {minutes} 分钟", f"+{minutes} min of shift")
    if task.reason is Reason.NO_ROOM:
        reason = Text(f"停车场 {depot} 各班出车都已排满", f"the turnouts cut for depot {depot} have no time left")
        return "shift_time", reason, Text("延长计算时间", "a longer search time")
    reason = Text(f"{name.zh}无法从停车场 {depot} 到达并返回", f"{name.en} cannot drive there from depot {depot} and back")
    return "not_connected", reason, None


def left_out(
    washings: Washings, rows: tuple[int, ...], nights: tuple[int, ...], room: Room, change: Text | None
) -> tuple[Unserved, ...]:
    """Return the washings of a turnout that goes out less often than asked; none where it keeps its interval.

    The item is the kerb where it is never washed, else the first washing that is missing: ``s1:R#9`` behind eight.
    """
    days = int(washings.interval_days[rows[0]])
    n_missing = missing(nights, days, room.horizon_days)
    if not n_missing:
        return ()
    frost = room.horizon_days - len(room.open_nights)
    n_asked = len(nights) + n_missing
    if frost and change is None:
        binding = "temperature"
        reason = Text(
            f"{frost} 夜低于 {LEAST_WET_C:.0f} °C：应洗 {n_asked} 次，排 {len(nights)} 次",
            f"{frost} nights are below {LEAST_WET_C:.0f} °C: washed {len(nights)} times, {n_asked} are asked",
        )
    else:
        binding = "too_few_turnouts"
        reason = Text(
            f"每夜班组不足：应洗 {n_asked} 次，排 {len(nights)} 次",
            f"too few turnouts a night: washed {len(nights)} times, {n_asked} are asked",
        )
    number = f"#{len(nights) + 1}" if nights else ""
    return tuple(
        Unserved(
            f"{washings.items[row]}{number}",
            binding,
            reason,
            change,
            round(float(washings.area_m2[row]) * n_missing, 1),
            "m²",
        )
        for row in rows
    )
