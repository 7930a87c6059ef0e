"""Who comes by hour."""

from __future__ import annotations

import numpy as np
import pytest

from layers.hours import parse_periods
from optimizer.params import with_values
from optimizer.planners.toilets.params import ToiletsParams
from optimizer.planners.toilets.sizing.visits import hour_shares, open_hours, users_of, visits_of


def test_hours_that_pass_midnight_are_open_on_both_sides() -> None:
    found = open_hours(parse_periods("22:30-01:00"))
    assert found.tolist() == [1.0] + [0.0] * 21 + [0.5, 1.0]
    assert open_hours(()).tolist() == [1.0] * 24


def test_who_comes_while_it_is_closed_does_not_count() -> None:
    shares = ",".join(["0"] * 8 + ["3", "1"] + ["0"] * 14)
    params = with_values(ToiletsParams(), {"hour_shares": shares, "women_share": 60.0})
    open_late = open_hours(parse_periods("09:00-10:00"))
    visits = visits_of(400.0, open_late, hour_shares(params), params)
    assert (visits.users_day, visits.women_peak_hour, visits.men_peak_hour) == pytest.approx((100.0, 60.0, 40.0))


def test_uses_are_shares_of_residents_workers_and_visitors() -> None:
    found = users_of(np.array([100.0]), np.array([100.0]), np.array([100.0]), ToiletsParams())
    assert found.tolist() == pytest.approx([2.0 + 3.0 + 12.0])
