"""Vehicles by street, by shift and by depot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import ParameterError
from layers.kinds.streets import Streets
from optimizer.ground.fleet import overlaps, shared_out
from optimizer.ground.networks import shift_groups
from optimizer.planners.sweeping.day import fleet, kerbs
from optimizer.planners.sweeping.params import SweepingParams
from resources.io import default_inventory
from tests.cities import tiny_city
from tests.optimizer.planners.sweeping.conftest import inventory

DAY_S = 86_400


def test_full_size_sweepers_come_first_and_types_without_vehicles_not_at_all() -> None:
    assert [v.key for v in fleet.sweepers(inventory(2, 1))] == ["sweeper", "small_sweeper"]
    assert [v.key for v in fleet.sweepers(inventory(0, 1))] == ["small_sweeper"]


def test_an_unknown_shift_is_refused_with_those_there_are() -> None:
    with pytest.raises(ParameterError, match=r"'nigth'; the inventory has: night, morning, day"):
        fleet.shifts_of(default_inventory(), SweepingParams(shifts="nigth"))


def test_shifts_keep_the_order_of_the_parameter() -> None:
    shifts = fleet.shifts_of(default_inventory(), SweepingParams(shifts="day, night"))
    assert [s.key for s in shifts] == ["day", "night"]


@pytest.mark.parametrize(
    ("period", "start_h", "end_h", "touches"),
    [((7, 9), 9, 16, False), ((7, 9), 8, 16, True), ((7, 9), 22, 29, False), ((7, 9), 22, 32, True), ((22, 29), 4, 6, True)],
)
def test_a_period_touches_a_shift_over_midnight_too(
    period: tuple[int, int], start_h: int, end_h: int, touches: bool
) -> None:
    periods = ((period[0] * 3600, period[1] * 3600),)
    assert overlaps(periods, start_h * 3600, end_h * 3600) is touches


def test_shifts_with_the_same_bans_are_one_group() -> None:
    shifts = fleet.shifts_of(default_inventory(), SweepingParams())
    streets = kerbs.completed(tiny_city()[Streets])
    assert [len(g.shifts) for g in shift_groups(streets, shifts)] == [2]
    bans = np.array(["09:00-10:00"] + [""] * 11)
    groups = shift_groups(replace(streets, ban_periods=bans), shifts)
    assert [[s.key for s in g.shifts] for g in groups] == [["night"], ["day"]]
    assert groups[1].banned.tolist() == [True] + [False] * 11


def test_the_second_sweep_of_a_day_goes_to_the_second_shift() -> None:
    shifts = fleet.shifts_of(default_inventory(), SweepingParams())
    passes = kerbs.passes_of(tiny_city(), SweepingParams())
    choices = fleet.shift_choices(passes, shift_groups(passes.streets, shifts), shifts)
    assert choices[passes.row_of["s1:R"]].tolist() == [True, False]
    assert choices[passes.row_of["s1:R#2"]].tolist() == [False, True]
    assert choices[passes.row_of["s4:R"]].tolist() == [True, True]


def test_back_streets_are_for_small_ones() -> None:
    streets = kerbs.completed(tiny_city()[Streets])
    large, small = fleet.sweepers(inventory())
    assert fleet.suits(streets, large, SweepingParams()).tolist() == [True] * 10 + [False] * 2
    assert fleet.suits(streets, large, SweepingParams(back_streets_small_only=False)).all()
    assert fleet.suits(streets, small, SweepingParams()).all()


def test_main_roads_and_key_areas_are_worth_more() -> None:
    passes = kerbs.passes_of(tiny_city(), SweepingParams())
    values = fleet.values_of(passes, SweepingParams(priority_main_factor=4))
    assert values[passes.row_of["s1:R"]] == 4 * 1400
    assert values[passes.row_of["s7:R"]] == 700


@settings(max_examples=50)
@given(n=st.integers(0, 200), work=st.lists(st.floats(0, 1e5), min_size=1, max_size=12))
def test_every_vehicle_is_given_to_a_depot_within_one_of_its_share(n: int, work: list[float]) -> None:
    given_out = shared_out(n, np.array(work))
    if sum(work) == 0:
        assert given_out.sum() == 0
        return
    assert given_out.sum() == n
    assert (np.abs(given_out - n * np.array(work) / sum(work)) < 1 + 1e-9).all()


def test_a_depot_without_a_vehicle_hands_its_work_to_the_next() -> None:
    cost_s = np.array([[1.0, 9.0], [1.0, 9.0], [9.0, 1.0]])
    depot_of, vehicles = fleet.dealt(1, np.array([100.0, 100.0, 10.0]), cost_s)
    assert depot_of.tolist() == [0, 0, 0]
    assert vehicles.tolist() == [1, 0]


@pytest.mark.parametrize("shifts", ["evening,collection", "night,morning"])
def test_shifts_that_overlap_are_refused(shifts: str) -> None:
    # 18:00-22:00 and 18:30-22:30; 22:00-05:00 and, the next day, 04:00-07:00
    with pytest.raises(ParameterError, match="overlap; the same vehicles work in all shifts"):
        fleet.shifts_of(default_inventory(), SweepingParams(shifts=shifts))


def test_a_shift_that_is_named_twice_is_refused() -> None:
    with pytest.raises(ParameterError, match="name each shift once"):
        fleet.shifts_of(inventory(), SweepingParams(shifts="night, day,night"))
