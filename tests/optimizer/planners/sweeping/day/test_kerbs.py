"""Which kerbs are swept how often, on the tiny city."""

from __future__ import annotations

import numpy as np
import pytest

from layers.kinds.streets import Oneway, RoadClass
from optimizer.check import object_of
from optimizer.planners.sweeping.day import kerbs
from optimizer.planners.sweeping.params import SweepingParams
from tests.cities import tiny_city
from tests.optimizer.planners.sweeping.conftest import with_streets


def passes(**params: object) -> kerbs.Passes:
    return kerbs.passes_of(tiny_city(), SweepingParams(**params))  # type: ignore[arg-type]


def items_of(found: kerbs.Passes, street: str) -> list[str]:
    return [i for i in found.items if object_of(i) == street]


def test_a_grade_1_street_has_both_kerbs_swept_twice() -> None:
    assert items_of(passes(), "s1") == ["s1:R", "s1:R#2", "s1:L", "s1:L#2"]


def test_a_grade_2_street_has_both_kerbs_swept_once() -> None:
    assert items_of(passes(), "s4") == ["s4:R", "s4:L"]


def test_right_kerb_goes_along_the_line_and_left_one_against_it() -> None:
    found = passes()
    assert found.forward[found.row_of["s4:R"]]
    assert not found.forward[found.row_of["s4:L"]]
    assert not found.reversible[found.row_of["s4:R"]]


@pytest.mark.parametrize(("street", "forward"), [("s8", True), ("s9", False)])
def test_a_one_way_street_has_both_kerbs_in_its_direction(street: str, forward: bool) -> None:
    found = passes()
    rows = [found.row_of[f"{street}:R"], found.row_of[f"{street}:L"]]
    assert found.forward[rows].tolist() == [forward, forward]


def test_a_narrow_alley_is_one_pass_in_either_direction() -> None:
    found = passes()
    assert items_of(found, "s11") == ["s11:B"]
    assert found.reversible[found.row_of["s11:B"]]


def test_a_one_way_alley_has_one_direction() -> None:
    oneway = np.full(12, Oneway.BACKWARD, dtype=np.int8)
    found = kerbs.passes_of(with_streets(oneway=oneway), SweepingParams())
    row = found.row_of["s11:B"]
    assert not found.reversible[row]
    assert not found.forward[row]


def test_width_of_an_alley_is_a_parameter() -> None:
    assert items_of(passes(alley_width_m=3.9), "s11") == ["s11:R", "s11:L"]


def test_areas_of_a_streets_passes_add_up_to_its_area_times_its_sweeps() -> None:
    found = passes()
    of_street = np.bincount(found.street, weights=found.area_m2)
    assert of_street[0] == pytest.approx(2 * 200 * 14)
    assert of_street[3] == pytest.approx(200 * 9)
    assert of_street[10] == pytest.approx(200 * 4)


def test_a_wide_strip_takes_several_passes_side_by_side() -> None:
    found = passes(strip_m=6.0, pass_width_m=2.5)
    # 6 m in passes of 2.5 m: three; but half of a 7 m street is 3.5 m: two
    assert len(items_of(found, "s4")) == 2 * 2
    assert len(items_of(found, "s1")) == 2 * 2 * 3
    assert found.n_sweep[[found.row_of["s1:R#3"], found.row_of["s1:R#4"]]].tolist() == [1, 2]


def test_dirt_lies_along_the_kerb() -> None:
    assert passes(dirt_kg_km=100.0).load_kg.tolist() == pytest.approx([20.0] * 28)


def test_a_class_left_to_hand_sweepers_is_asked_for_but_not_of_machines() -> None:
    found = passes(sweep_back_street=False)
    back = found.streets.road_class[found.street] == RoadClass.BACK_STREET
    assert back.any()
    assert not found.by_machine[back].any()
    assert found.by_machine[~back].all()


def test_blanks_of_a_ledger_are_filled_by_rule() -> None:
    city = with_streets(width_m=np.full(12, np.nan), cleaning_grade=None, swept_area_m2=None)
    found = kerbs.passes_of(city, SweepingParams())
    assert not np.isnan(found.area_m2).any()
    assert len(items_of(found, "s1")) == 4


def test_most_speed_goes_by_class() -> None:
    found = passes()
    speeds = kerbs.most_speed_mps(found.streets, SweepingParams())
    assert speeds[[0, 3, 6]].tolist() == pytest.approx([10 / 3.6, 8 / 3.6, 6 / 3.6])


def test_a_divided_street_has_four_kerbs_the_inner_ones_swept_with_the_traffic_beside_them() -> None:
    barrier = np.array([True] + [False] * 11)
    found = kerbs.passes_of(with_streets(centre_barrier=barrier), SweepingParams(n_passes_grade_1=1))
    assert items_of(found, "s1") == ["s1:R", "s1:L", "s1:RI", "s1:LI"]
    rows = [found.row_of[i] for i in items_of(found, "s1")]
    assert found.forward[rows].tolist() == [True, False, True, False]
    assert found.area_m2[rows].tolist() == pytest.approx([200 * 14 / 4] * 4)
    assert items_of(found, "s2") == ["s2:R", "s2:L"]


def test_a_barrier_on_a_one_way_street_parts_nothing_and_the_parameter_leaves_barriers_out() -> None:
    city = with_streets(centre_barrier=np.ones(12, dtype=bool))
    found = kerbs.passes_of(city, SweepingParams(n_passes_grade_1=1))
    assert items_of(found, "s8") == ["s8:R", "s8:L"]
    outer = kerbs.passes_of(city, SweepingParams(n_passes_grade_1=1, sweep_centre_barriers=False))
    assert items_of(outer, "s1") == ["s1:R", "s1:L"]


def test_strips_of_a_divided_street_fill_no_more_than_its_width() -> None:
    barrier = np.array([True] + [False] * 11)
    found = kerbs.passes_of(with_streets(centre_barrier=barrier), SweepingParams(n_passes_grade_1=1, strip_m=30.0))
    # 14 m in four parts of 3.5 m, each two passes of 2.4 m
    assert len(items_of(found, "s1")) == 8
    # 14 m in two parts of 7 m, each three passes
    assert len(items_of(found, "s2")) == 6
