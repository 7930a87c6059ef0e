"""Nights for turnouts, on cases that a person can check."""

from __future__ import annotations

from typing import Any

import numpy as np

from optimizer.planners.sweeping.washing.calendar import Room, Turnouts, calendar_of
from optimizer.planners.sweeping.washing.nights import gaps


def turnouts(intervals: list[int], **columns: Any) -> Turnouts:
    n = len(intervals)
    values: dict[str, Any] = {
        "site": np.zeros(n, dtype=np.int64),
        "work_s": np.full(n, 3600.0 * 5),
        "value": np.ones(n),
        "xy_m": np.zeros((n, 2)),
    }
    return Turnouts(interval_days=np.array(intervals), **{**values, **columns})


def room(horizon: int = 12, n_vehicles: int = 1, **columns: Any) -> Room:
    values: dict[str, Any] = {
        "open_nights": tuple(range(horizon)),
        "pool_of_site": np.zeros(1, dtype=np.int64),
        "night_s": np.array([6 * 3600.0]),
        "n_vehicles": np.array([n_vehicles]),
        "crewed": np.zeros(1, dtype=bool),
        "n_crews": 99,
    }
    return Room(horizon_days=horizon, **{**values, **columns})


def test_two_of_every_second_night_share_one_vehicle() -> None:
    found = calendar_of(turnouts([2, 2]), room(), 10, seed=1)
    assert sorted(found.nights) == [(0, 2, 4, 6, 8, 10), (1, 3, 5, 7, 9, 11)]
    assert found.needed().tolist() == [1]
    assert found.lost() == 0


def test_a_third_one_needs_a_second_vehicle() -> None:
    short = calendar_of(turnouts([2, 2, 2]), room(), 10, seed=1)
    assert short.lost() > 0
    assert sum(nights == () for nights in short.nights) == 1
    free = calendar_of(turnouts([2, 2, 2]), room().without_limit(), 10, seed=1)
    assert free.needed().tolist() == [2]
    assert calendar_of(turnouts([2, 2, 2]), room(n_vehicles=2), 10, seed=1).lost() == 0


def test_short_turnouts_share_a_night() -> None:
    found = calendar_of(turnouts([1, 1], work_s=np.array([2 * 3600.0, 3 * 3600.0])), room(), 10, seed=1)
    assert found.lost() == 0
    assert found.vehicles(0, 0) == [[1, 0]]  # the longer one first


def test_a_longer_interval_is_taken_where_the_fleet_is_too_small() -> None:
    found = calendar_of(turnouts([2, 3]), room(), 20, seed=1)
    # every second night is taken: every third one can only be washed every second night, on the others
    assert found.lost() == 0
    assert max(gaps(found.nights[1], 12)) == 2
    tight = calendar_of(turnouts([1, 3]), room(), 20, seed=1)
    assert tight.nights[0] == tuple(range(12))
    assert tight.nights[1] == ()


def test_crews_bound_the_night() -> None:
    asked = turnouts([12, 12])
    found = calendar_of(asked, room(n_vehicles=5, crewed=np.ones(1, dtype=bool), n_crews=1), 10, seed=1)
    assert found.crews().max() == 1
    assert found.lost() == 0


def test_nights_are_alike_in_work() -> None:
    found = calendar_of(turnouts([4] * 8), room(n_vehicles=5), 20, seed=1)
    assert found.n_out.sum(axis=0).tolist() == [2] * 12


def test_those_of_one_night_lie_together() -> None:
    far = np.array([[0.0, 0.0], [50_000.0, 0.0], [0.0, 100.0], [50_000.0, 100.0]])
    found = calendar_of(turnouts([2] * 4, xy_m=far), room(n_vehicles=2), 30, seed=1)
    assert found.nights[0] == found.nights[2]
    assert found.nights[1] == found.nights[3]
    assert found.nights[0] != found.nights[1]


def test_the_same_seed_gives_the_same_nights() -> None:
    asked = turnouts([2, 3, 3, 4, 6, 6, 12])
    twice = [calendar_of(asked, room(n_vehicles=2), 30, seed=7).nights for _ in range(2)]
    assert twice[0] == twice[1]


def test_taking_out_and_putting_back_leaves_all_as_it_was() -> None:
    found = calendar_of(turnouts([2, 3, 4]), room(n_vehicles=3), 0, seed=1)
    price, nights = found.price(), found.nights[1]
    found.take(1)
    found.give(1, nights)
    assert np.isclose(found.price(), price)
