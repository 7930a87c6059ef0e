"""Keep what the drivers know better: tasks that are locked to one vehicle, which alone may do them."""

from __future__ import annotations

from collections.abc import Sequence

from layers.errors import InputError
from layers.kinds.facilities import WastePoints
from layers.text import Text
from optimizer.ground.fleet import vehicle_name
from optimizer.planners.collection.night.reading import Night
from optimizer.scenario import Lock


def owners(night: Night, locks: Sequence[Lock]) -> dict[int, tuple[str, int]]:
    """Return type and number of the vehicle that alone may do a task, by the task's row.

    A lock may name a task, or a waste point, which stands for all its tasks.

    Raises
    ------
    InputError
        Where a lock names no task, no vehicle in service, or a place in the vehicle's order.
    """
    known = {vehicle_name(v, n): (v.key, n) for v in night.vehicles for n in range(1, night.inventory.n_in_service(v) + 1)}
    found: dict[int, tuple[str, int]] = {}
    for lock in locks:
        if not lock.vehicle and lock.position < 0:
            continue
        rows = _rows(night, lock.item)
        _require(lock, rows, known)
        found |= dict.fromkeys(rows, known[lock.vehicle])
    return found


def _rows(night: Night, item: str) -> list[int]:
    if item in night.tasks.row_of:
        return [night.tasks.row_of[item]]
    point = night.city[WastePoints].row_of.get(item, -1)
    return [k for k, row in enumerate(night.tasks.point.tolist()) if row == point]


def _require(lock: Lock, rows: list[int], known: dict[str, tuple[str, int]]) -> None:
    if not rows:
        zh = f"锁定：“{lock.item}”不是本夜要收集的收集点；请取消这个锁定"
        raise InputError(Text(zh, f"lock: {lock.item!r} is nothing that is collected this night; lift the lock"))
    if lock.position >= 0:
        place = lock.position + 1
        zh = f"锁定：“{lock.item}”锁定为第 {place} 个；收运只锁定车辆，请改为只锁定车辆"
        en = f"lock: {lock.item!r} is locked to place {place}; collection keeps vehicles, not places: name a vehicle alone"
        raise InputError(Text(zh, en))
    if lock.vehicle not in known:
        names = "、".join(list(known)[:20])
        zh = f"锁定：“{lock.item}”锁定给“{lock.vehicle}”，它不在可出勤车辆中；请取消锁定，或改为：{names}"
        en = f"lock: {lock.item!r} is locked to {lock.vehicle!r}, which is not in service; lift it, or name one of: {names}"
        raise InputError(Text(zh, en))
