"""Locks and orders, whatever is served."""

from __future__ import annotations

import numpy as np

from optimizer.engines.bonds import (
    Lock,
    allowed_by,
    broken_lock,
    broken_orders,
    lock_faults,
    names_vehicles,
    order_faults,
)


def test_locks_that_cannot_be_meant_are_told() -> None:
    locks = (Lock(9, 0), Lock(1, 7), Lock(1, 0, 5), Lock(2, 1, 5))
    assert lock_faults(locks, 4, (2, None), "bin") == [
        "locks[0]: bin 9, there are 4",
        "locks[1]: group 7, there are 2",
        "locks[2]: bin 1 is locked twice, once is expected",
        "locks[2]: vehicle 5 of group 0, there are 2",
    ]


def test_orders_that_cannot_be_meant_are_told() -> None:
    assert order_faults(((0, 1), (1, 8)), 4, "bin") == [
        "orders[1]: bin 1 stands in orders twice, once is expected",
        "orders[1]: bin 8, there are 4",
    ]


def test_a_locked_item_is_for_its_group_alone() -> None:
    may = np.array([[True, True], [True, False]])
    assert allowed_by((Lock(0, 1),), may, 2, 2).tolist() == [[False, True], [True, False]]
    assert allowed_by((Lock(1, 0),), None, 2, 2).tolist() == [[True, True], [True, False]]
    assert may.all(axis=1).tolist() == [True, False]  # what was asked stays as it was


def test_a_lock_is_broken_by_another_group_or_vehicle() -> None:
    assert not names_vehicles((Lock(0, 1),))
    assert names_vehicles((Lock(0, 1), Lock(1, 1, 0)))
    assert broken_lock(Lock(0, 1), 1, 3, "bin") is None
    assert broken_lock(Lock(0, 1, 3), 1, 3, "bin") is None
    assert broken_lock(Lock(0, 1), 0, None, "bin") == "bin 0 is on group 0 vehicle None, it is locked to group 1"
    assert broken_lock(Lock(0, 1, 3), 1, 2, "bin") == "bin 0 is on group 1 vehicle 2, it is locked to group 1 vehicle 3"


def test_an_order_is_kept_by_one_route_and_in_its_sequence() -> None:
    orders = ((0, 1, 2),)
    assert list(broken_orders(orders, [(0, 5, 1, 2)], "bin")) == []
    assert list(broken_orders(orders, [(0,), (2,)], "bin")) == [
        "bin 0 is on route 0, bin 2 on route 1; one route is expected"
    ]
    assert list(broken_orders(orders, [(), (2, 0)], "bin")) == ["route 1: serves bin 2 before bin 0"]
