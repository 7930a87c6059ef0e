"""What keeps vehicles from a street, told truly where they differ."""

from __future__ import annotations

import numpy as np
import pytest

from layers.network import LeftOut
from optimizer.planners.sweeping.day import fleet, kerbs
from optimizer.planners.sweeping.explaining.unserved import Barriers, barrier
from optimizer.planners.sweeping.params import SweepingParams
from tests.cities import tiny_city
from tests.optimizer.planners.sweeping.conftest import inventory

TOO_HEAVY = LeftOut("s7", "too_heavy", 5000.0, 18_000.0)
NOT_CONNECTED = LeftOut("s7", "not_connected", np.nan, np.nan)
TOO_NARROW = LeftOut("s7", "too_narrow", 2.0, 3.5)


@pytest.mark.parametrize(
    ("large", "small", "binding"),
    [
        ({"s7": TOO_HEAVY}, {}, "not_connected"),  # the small one comes here, only not this way round
        ({"s7": TOO_HEAVY}, {"s7": NOT_CONNECTED}, "not_connected"),
        ({"s7": TOO_HEAVY}, {"s7": TOO_NARROW}, "weight"),
        ({"s7": TOO_NARROW}, {"s7": TOO_NARROW}, "street_width"),
        ({}, {}, "not_connected"),
    ],
)
def test_a_limit_binds_only_where_no_vehicle_passes(
    large: dict[str, LeftOut], small: dict[str, LeftOut], binding: str
) -> None:
    passes = kerbs.passes_of(tiny_city(), SweepingParams())
    every = np.ones(12, dtype=bool)
    barriers = Barriers(fleet.sweepers(inventory()), (every, every), (large, small), ~every)
    assert barrier(passes, passes.streets.row_of["s7"], barriers)[0] == binding
