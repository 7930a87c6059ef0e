from __future__ import annotations

import numpy as np

from layers.districts import districts_at
from layers.kinds.places import Districts
from tests.cities import STEP_M, X0_M, Y0_M, tiny_city


def test_a_place_lies_in_the_district_that_holds_it() -> None:
    border = X0_M + 1.5 * STEP_M
    at = np.array([(X0_M, Y0_M), (X0_M + 500, Y0_M), (border, Y0_M), (X0_M, Y0_M - 101), (np.nan, np.nan)])
    assert districts_at(tiny_city()[Districts], at).tolist() == ["甲区", "乙区", "甲区", "", ""]


def test_a_city_without_districts_has_none() -> None:
    assert districts_at(Districts.empty(), np.zeros((2, 2))).tolist() == ["", ""]
    assert districts_at(tiny_city()[Districts], np.empty((0, 2))).tolist() == []
