"""Bounds by hand: seconds of sweeping against seconds of shifts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.text import Text
from optimizer.plan import Unserved
from optimizer.planners.sweeping.day import kerbs
from optimizer.planners.sweeping.measuring.goal import goal_of
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.search.proven import bound_of, cheapest_yuan, least_use, most_rate_pct, most_worth
from tests.cities import tiny_city
from tests.optimizer.planners.sweeping.conftest import inventory, plan_of, scenario
from tests.optimizer.planners.sweeping.test_model import short_shift


def test_the_most_worth_in_a_time_takes_the_last_in_part() -> None:
    worth, time_s = np.array([10.0, 30.0, 4.0]), np.array([10.0, 10.0, 1.0])
    # 4 in one second, 30 in ten, and half of the ten
    assert most_worth(worth, time_s, 16.0) == pytest.approx(39)
    assert most_worth(worth, time_s, 100.0) == pytest.approx(44)
    assert most_worth(worth, time_s, 0.0) == 0


def test_the_least_use_for_an_amount() -> None:
    assert least_use(np.array([10.0, 20.0]), np.array([5.0, 5.0]), 25.0) == pytest.approx(7.5)


def test_a_plan_of_a_short_shift_is_no_better_than_its_bound() -> None:
    plan = plan_of(short_shift(35))
    assert plan.bound is not None
    assert plan.bound <= plan.objective


def test_no_plan_of_a_fleet_that_lacks_time_exceeds_the_proven_rate() -> None:
    # two vehicles have 17 min each; 12 kerbs at 90 s and 9 at 120 s take 36 min
    plan = plan_of(short_shift(17))
    figures = {k.id: k.value for k in plan.kpis if k.scope == "city" and not k.where}
    assert plan.bound is not None
    assert 0 < plan.bound <= plan.objective
    assert figures["mechanised_sweeping_rate"] <= figures["most_rate"] < 99
    assert plan.answer is not None
    assert plan.answer.en.endswith(f"; no plan of this fleet exceeds {figures['most_rate']:.2f} % (proven)")


def test_where_all_within_reach_is_swept_no_higher_rate_is_possible() -> None:
    plan = plan_of(scenario())
    assert plan.answer is not None
    assert plan.answer.en == "rate 98.96 %: all within reach is swept, no plan of this fleet has a higher one (proven)"


def test_by_hand_no_plan_has_a_rate_above() -> None:
    asked, params = scenario(), SweepingParams(shifts="night", n_passes_grade_1=1, rate_of="length")
    passes = kerbs.passes_of(asked.city, params)
    base = inventory(1, 0)
    shift = replace(base.shift("night"), start_s=0.0, end_s=840.0, before_s=0.0, after_s=0.0, break_s=0.0)
    little = replace(base, shifts=(shift,))
    lane = Unserved("s12:B", "street_width", Text("", ""))
    # in 840 s nine kerbs at 90 s and a third of the tenth, of 22 of 200 m
    assert most_rate_pct(passes, little, params, (lane,)) == pytest.approx(100 * (9 + 30 / 90) / 22)
    assert most_rate_pct(passes, base, params, (lane,)) == pytest.approx(100 * 21 / 22)
    assert most_rate_pct(passes, inventory(0, 0), params, (lane,)) is None


def test_nothing_is_swept_in_no_time() -> None:
    asked = scenario()
    params = SweepingParams(shifts="night")
    passes = kerbs.passes_of(asked.city, params)
    goal = goal_of(asked.city, passes, inventory(0, 0), params)
    assert bound_of(goal, np.ones(len(passes), dtype=bool)) is None


def test_the_cheapest_second_is_that_of_both_shifts_of_a_small_sweeper() -> None:
    city, params = tiny_city(), SweepingParams(mode="fleet")
    base = inventory()
    goal = goal_of(city, kerbs.passes_of(city, params), base, params)
    wages = 1.4 * 6500 / (365 / 12)
    night = base.shift("night")
    net = [7 * 3600 - s.before_s - s.after_s - s.break_s for s in (night, base.shift("day"))]
    a_second, a_km = cheapest_yuan(goal)
    assert a_second == pytest.approx((260 + 2 * wages) / sum(net))
    assert a_km == pytest.approx(1.0 + 0.9 * 0.75)
