"""Locks on sites: what must be open, must not, or stays as it is."""

from __future__ import annotations

from dataclasses import dataclass

from layers.errors import InputError
from layers.meant import meant
from layers.text import Text
from optimizer.planners.transfer.reading.sites import Sites
from optimizer.scenario import Lock

STATES = ("open", "closed", "keep")


@dataclass(frozen=True)
class Locked:
    """Hold the ids of sites by what their lock says."""

    must: frozenset[str] = frozenset()
    must_not: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()


def locked_by(locks: tuple[Lock, ...], sites: Sites) -> Locked:
    """Return what locks say of sites.

    Raises
    ------
    InputError
        Where a lock names no site, says no known state, or contradicts another one.
    """
    by_state: dict[str, set[str]] = {state: set() for state in STATES}
    for lock in locks:
        if lock.item not in sites.row_of:
            hint = meant(lock.item, sites.row_of)
            raise InputError(
                Text(f"锁定的“{lock.item}”不是站址{hint.zh}", f"the lock on {lock.item!r} names no site{hint.en}")
            )
        if lock.state not in by_state:
            wanted = " | ".join(STATES)
            zh = f"对“{lock.item}”的锁定为“{lock.state}”；应为 {wanted}"
            raise InputError(Text(zh, f"the lock on {lock.item!r} says {lock.state!r}; expected {wanted}"))
        by_state[lock.state].add(lock.item)
    must, must_not, keep = (frozenset(by_state[s]) for s in STATES)
    for item in sorted((must & must_not) | (must_not & keep)):
        zh = f"对“{item}”的锁定相互矛盾：既要开设又要关闭"
        raise InputError(Text(zh, f"the locks on {item!r} contradict one another: open, and closed"))
    return Locked(must, must_not, keep)
