"""What people have fixed beforehand of what an engine serves: who serves an item, and which items follow one another.

An item is a task of arc routing, or a stop of vehicle routing; the functions are given the engine's word for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from layers.layer import Bool


@dataclass(frozen=True)
class Lock:
    """An item that only one group, or one vehicle of it, may serve.

    Parameters
    ----------
    item
        Its index.
    group
        The vehicle group.
    vehicle
        The number of the vehicle within the group; None means any.
    """

    item: int
    group: int
    vehicle: int | None = None


def lock_faults(locks: Sequence[Lock], n_items: int, n_vehicles: Sequence[int | None], word: str) -> list[str]:
    """Return what is wrong with locks, one line each.

    Parameters
    ----------
    locks
        At most one an item.
    n_items
        How many items there are.
    n_vehicles
        Of each group; None: no limit.
    word
        For an item.
    """
    found = []
    seen: set[int] = set()
    for k, lock in enumerate(locks):
        if not 0 <= lock.item < n_items:
            found.append(f"locks[{k}]: {word} {lock.item}, there are {n_items}")
        if lock.item in seen:
            found.append(f"locks[{k}]: {word} {lock.item} is locked twice, once is expected")
        seen.add(lock.item)
        if not 0 <= lock.group < len(n_vehicles):
            found.append(f"locks[{k}]: group {lock.group}, there are {len(n_vehicles)}")
        elif lock.vehicle is not None:
            there_are = n_vehicles[lock.group]
            if lock.vehicle < 0 or (there_are is not None and lock.vehicle >= there_are):
                found.append(f"locks[{k}]: vehicle {lock.vehicle} of group {lock.group}, there are {there_are}")
    return found


def order_faults(orders: Sequence[Sequence[int]], n_items: int, word: str) -> list[str]:
    """Return what is wrong with orders, one line each: an item stands in one at most."""
    found = []
    seen: set[int] = set()
    for k, order in enumerate(orders):
        for item in order:
            if not 0 <= item < n_items:
                found.append(f"orders[{k}]: {word} {item}, there are {n_items}")
            if item in seen:
                found.append(f"orders[{k}]: {word} {item} stands in orders twice, once is expected")
            seen.add(item)
    return found


def allowed_by(locks: Sequence[Lock], may: Bool | None, n_items: int, n_groups: int) -> Bool:
    """Return which groups may serve which items, locks counted, shape (n_items, n_groups); `may` is None where all may."""
    allowed = np.ones((n_items, n_groups), dtype=np.bool_) if may is None else may.copy()
    for lock in locks:
        allowed[lock.item, np.arange(n_groups) != lock.group] = False
    return allowed


def names_vehicles(locks: Sequence[Lock]) -> bool:
    """Tell whether some lock is to one vehicle of its group."""
    return any(lock.vehicle is not None for lock in locks)


def broken_lock(lock: Lock, group: int, vehicle: int | None, word: str) -> str | None:
    """Return what is wrong where a vehicle serves a locked item; None where it is the one."""
    if group == lock.group and (lock.vehicle is None or vehicle == lock.vehicle):
        return None
    wanted = f"group {lock.group}" + ("" if lock.vehicle is None else f" vehicle {lock.vehicle}")
    return f"{word} {lock.item} is on group {group} vehicle {vehicle}, it is locked to {wanted}"


def broken_orders(orders: Sequence[Sequence[int]], served: Sequence[Sequence[int]], word: str) -> Iterator[str]:
    """Yield what is wrong where the items that each route serves, in its order, break orders."""
    place_of = {item: (k, i) for k, items in enumerate(served) for i, item in enumerate(items)}
    for order in orders:
        for first, second in pairwise([item for item in order if item in place_of]):
            (k, i), (other, j) = place_of[first], place_of[second]
            if k != other:
                yield f"{word} {first} is on route {k}, {word} {second} on route {other}; one route is expected"
            elif i > j:
                yield f"route {k}: serves {word} {second} before {word} {first}"
