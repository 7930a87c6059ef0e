"""What is fixed before the plan: the residents' council's decisions on streets, lots and rows, as locks."""

from __future__ import annotations

from layers.city import City
from layers.errors import InputError
from layers.kinds.parking import KerbBerths, Lots
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.scenario import Lock

OPEN, CLOSED, KEEP = "open", "closed", "keep"


def decisions_of(city: City, locks: tuple[Lock, ...]) -> dict[str, str]:
    """Return what is fixed, by item: ``open`` must have berths, ``closed`` must have none, ``keep`` stays as it is.

    Raises
    ------
    InputError
        Where a lock names nothing, or has another state.
    """
    for lock in locks:
        if not any(lock.item in city[kind].row_of for kind in (Streets, Lots, KerbBerths)):
            zh = f"锁定的“{lock.item}”不是道路、停车场地或现有泊位；请删去该锁定"
            raise InputError(
                Text(zh, f"lock on {lock.item!r}: there is no such street, lot or row of berths; remove the lock")
            )
        if lock.state not in (OPEN, CLOSED, KEEP):
            zh = f"锁定“{lock.item}”的状态为“{lock.state}”，应为 open、closed 或 keep"
            raise InputError(Text(zh, f"lock on {lock.item!r}: state {lock.state!r}, expected open, closed or keep"))
    return {lock.item: lock.state for lock in locks}
