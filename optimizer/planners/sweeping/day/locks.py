"""Keep what the drivers know better: passes that are locked to one vehicle, which alone may sweep them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from layers.errors import InputError
from layers.layer import Bool, Rows
from layers.text import Text
from optimizer.ground.fleet import vehicle_name
from optimizer.planners.sweeping.day.kerbs import Passes
from optimizer.scenario import Lock
from resources.inventory import VehicleType

# A pass that is locked is worth so many times as much to the search: it comes before all that is not.
LOCK_FACTOR = 1000


@dataclass(frozen=True, eq=False)
class Locks:
    """Hold the vehicle of each locked pass.

    Parameters
    ----------
    owner
        Key of the type and number of the vehicle, from 1, by the pass's row.
    names
        The vehicle's name, by the pass's row.
    """

    owner: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, locks: Sequence[Lock], passes: Passes, fleet: Iterable[tuple[VehicleType, int]]) -> Locks:
        """Read a scenario's locks.

        Parameters
        ----------
        fleet
            Types, and how many vehicles of each can be planned with.

        Raises
        ------
        InputError
            Where a lock names no pass of the day or no vehicle that can be planned with, or a place in its order.
        """
        known = {vehicle_name(v, number): (v.key, number) for v, n in fleet for number in range(1, n + 1)}
        wanted = [lock for lock in locks if lock.vehicle or lock.position >= 0]
        for lock in wanted:
            require(lock, passes, known)
        owner = {passes.row_of[lock.item]: known[lock.vehicle] for lock in wanted}
        return cls(owner, {passes.row_of[lock.item]: lock.vehicle for lock in wanted})

    def held(self, rows: Rows) -> Bool:
        """Return which of some passes are locked, shape (n,)."""
        return self._among(rows, lambda _owner, _number: True)

    def away_from(self, key: str, rows: Rows) -> Bool:
        """Return which of some passes are locked to a vehicle of another type, shape (n,)."""
        return self._among(rows, lambda owner, _number: owner != key)

    def numbers(self, key: str) -> set[int]:
        """Return the vehicles of a type that have passes of their own."""
        return {number for owner, number in self.owner.values() if owner == key}

    def closed_to(self, key: str, numbers: range, rows: Rows) -> Rows:
        """Return the places in `rows` of the passes that some vehicles of a type may not sweep, ascending."""
        return np.flatnonzero(self._among(rows, lambda owner, number: owner != key or number not in numbers))

    def _among(self, rows: Rows, is_such: Callable[[str, int], bool]) -> Bool:
        """Return which of some passes are locked to a vehicle that is such, by its type and number, shape (n,)."""
        return np.isin(rows, np.array([row for row, owner in self.owner.items() if is_such(*owner)], dtype=np.int64))

    def parted(self, key: str, n_before: int, n: int) -> list[range]:
        """Return the numbers of `n` vehicles of a type behind `n_before`, each that has passes of its own by itself."""
        alone = self.numbers(key)
        found: list[range] = []
        for number in range(n_before + 1, n_before + n + 1):
            joins = bool(found) and number not in alone and number - 1 not in alone
            found[-1:] = [range(found[-1].start, number + 1)] if joins else [*found[-1:], range(number, number + 1)]
        return found


NO_LOCKS = Locks()


def require(lock: Lock, passes: Passes, known: Mapping[str, tuple[str, int]]) -> None:
    """See that a lock can be kept.

    Raises
    ------
    InputError
        Where it names no pass of the day, no vehicle in service, or a place in the vehicle's order.
    """
    if lock.item not in passes.row_of:
        zh = f"锁定：“{lock.item}”不是当日的清扫任务；请取消这个锁定，或恢复该路段的清扫遍数"
        en = f"lock: {lock.item!r} is no pass of this day; lift the lock, or sweep the street as often as before"
        raise InputError(Text(zh, en))
    if lock.position >= 0:
        place = lock.position + 1
        zh = f"锁定：“{lock.item}”锁定为第 {place} 个；清扫只锁定车辆，不锁定次序，请改为只锁定车辆"
        en = f"lock: {lock.item!r} is locked to place {place}; sweeping keeps vehicles, not places: name a vehicle alone"
        raise InputError(Text(zh, en))
    if lock.vehicle not in known:
        names = "、".join(known)
        zh = f"锁定：“{lock.item}”锁定给“{lock.vehicle}”，它不在可出勤车辆中；请取消锁定，或改为：{names}"
        en = f"lock: {lock.item!r} is locked to {lock.vehicle!r}, which is not in service; lift it, or name one of: {names}"
        raise InputError(Text(zh, en))
