"""What is to be washed, how often, and with how much water."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.errors import ParameterError
from layers.kinds.facilities import WaterPoints
from optimizer.planners.sweeping.day.water import open_points, open_through, refill_s
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.washing.work import open_nights, tank_l, washings_of, water_lpm
from resources.io import default_inventory
from tests.cities import tiny_city
from tests.optimizer.planners.sweeping.washing.conftest import washing_city

ASKED = SweepingParams(mode="washing", pavement_grade_2_days=28)


def intervals(params: SweepingParams = ASKED) -> dict[str, int]:
    found = washings_of(washing_city(), params)
    return dict(zip(found.items, found.interval_days.tolist(), strict=True))


def test_carriageways_and_pavements_by_grade() -> None:
    found = intervals()
    assert found["s1:R"] == found["s2:L"] == 2
    assert found["s4:R"] == 3
    assert found["s7:R"] == 28
    assert found["s2:PR"] == 7
    assert found["s5:PL"] == 28
    assert "s7:PR" not in found  # grade 3
    assert found["s11:B"] == 28  # a narrow alley is flushed in one pass


def test_streets_marked_for_washing_are_washed_as_often_as_these() -> None:
    found = intervals(replace(ASKED, flush_grade_1_days=14, pavement_grade_1_days=0))
    assert found["s1:R"] == found["s1:PR"] == 7
    assert found["s2:R"] == 14
    assert "s2:PR" not in found


def test_a_marked_street_without_a_pavement_is_asked_for_and_known_to_have_none() -> None:
    city = washing_city(wash=np.arange(12) == 10)
    found = washings_of(city, ASKED)
    row = found.row_of["s11:PB"]
    assert not found.has_footway[row]
    assert found.has_footway.sum() == len(found) - 1


def test_zero_is_never() -> None:
    never = replace(ASKED, flush_grade_1_days=0, flush_grade_2_days=0, flush_grade_3_days=0, fixed_wash_days=0)
    assert not any(":P" not in item for item in intervals(never) if not item.startswith("s1:"))


def test_a_pavement_takes_water_by_its_area_and_ten_tonnes_a_tank() -> None:
    types = {v.key: v for v in default_inventory().vehicle_types}
    assert water_lpm(types["water_cart"], ASKED) == pytest.approx(6.0)  # 3 m wide, 2 L/m2
    assert tank_l(types["water_cart"], ASKED) == 10_000  # its tank holds 12 m3
    assert water_lpm(types["washer"], ASKED) == pytest.approx(0.7)
    assert tank_l(types["washer"], ASKED) == 10_000


def test_cold_nights_are_closed() -> None:
    assert open_nights(replace(ASKED, horizon_days=5, nights_celsius="5,3.9,4")) == (0, 2, 3, 4)
    assert open_nights(replace(ASKED, horizon_days=3, temperature_celsius=0.0, nights_celsius="6")) == (0,)


@pytest.mark.parametrize("text", ["5,warm", "99", "1,2,3,4"])
def test_temperatures_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ParameterError, match="nights_celsius"):
        open_nights(replace(ASKED, horizon_days=3, nights_celsius=text))


def test_water_points_must_be_open_all_through_the_night() -> None:
    shift = default_inventory().shift("night")
    texts = np.array(["", "00:00-24:00", "05:00-22:00", "21:00-06:00", "21:00-01:00,01:00-06:00"])
    assert open_through(texts, shift) == [True, True, False, True, True]


def test_a_slow_point_takes_longer_to_fill_a_tank() -> None:
    layer = tiny_city()[WaterPoints]
    (point,), n_shut = open_points(layer, (default_inventory().shift("night"),), set())
    washer = next(v for v in default_inventory().vehicle_types if v.key == "washer")
    assert n_shut == 0
    assert refill_s(point, washer, 10_000) == 1000.0  # 10 L/s
    assert refill_s(point, washer, 5_000) == washer.refill_s
