"""Figures of a calendar, on the tiny city where each can be counted by hand."""

from __future__ import annotations

import pytest

from layers.units import HOUR_S
from optimizer.kpi import Kpi
from optimizer.plan import Plan
from optimizer.planners.sweeping.washing.bound import least_turnouts
from optimizer.planners.sweeping.washing.problem import shift_of, washers
from optimizer.planners.sweeping.washing.work import FLUSH, washings_of
from optimizer.scenario import Scenario
from tests.optimizer.planners.sweeping.washing.conftest import calendar, plan_of

Washed = tuple[Scenario, Plan]


def figure(plan: Plan, key: str, scope: str = "city") -> float:
    found: list[Kpi] = [k for k in plan.kpis if k.id == key and k.scope == scope]
    assert len(found) == 1
    return found[0].value


def test_kilometres_of_a_fortnight(washed: Washed) -> None:
    _, plan = washed
    # row 1: 6 kerbs of 0.2 km, 7 times; row 2: 6 kerbs, 5 times; four branches of two kerbs and an alley of one, once and
    # s1 is marked and washed no oftener for it
    times = round((figure(plan, "flushed_km") - 6 * 0.2 * 7 - 8 * 0.2 - 0.2) / (6 * 0.2))
    assert times >= 5
    # pavements of row 1 twice (every 7 days), of row 2 once
    assert figure(plan, "pavement_km") == pytest.approx(6 * 0.2 * 2 + 6 * 0.2)


def test_flushes_a_week_are_those_of_the_standard(washed: Washed) -> None:
    _, plan = washed
    assert figure(plan, "S2.flush.1") == pytest.approx(3.5)
    assert figure(plan, "S2.flush.2") >= 2.5


def test_intervals_kept_leave_out_what_no_vehicle_enters(washed: Washed) -> None:
    _, plan = washed
    # all but the alley s12: 0.2 km of 20 kerbs, two alleys and 12 pavements
    whole_km = 20 * 0.2 + 2 * 0.2 + 12 * 0.2
    assert figure(plan, "intervals_kept") == pytest.approx(100 * (1 - 0.2 / whole_km))
    assert figure(plan, "interval_overrun") == 0
    assert figure(plan, "washings_missing") == 1
    assert figure(plan, "never_washed") == 1


def test_turnouts_of_a_year_and_their_people(washed: Washed) -> None:
    _, plan = washed
    carts = sum(r.vehicle_type == "water_cart" for r in plan.routes)
    assert figure(plan, "washing_turnouts") == pytest.approx(carts * 365 / 14)
    assert figure(plan, "person_turnouts") == carts * 8 + len(plan.routes) - carts


def test_water_is_what_kilometres_take(washed: Washed) -> None:
    _, plan = washed
    flushed = {"washer": 0.7, "small_washer": 0.35, "water_cart": 6.0}
    litres = sum(flushed[r.vehicle_type] * leg.length_m for r in plan.routes for leg in r.legs if leg.kind == "serve")
    assert figure(plan, "water") == pytest.approx(litres / 1000)


def test_the_longest_interval_of_marked_streets(washed: Washed) -> None:
    _, plan = washed
    # s1 alone is marked; its kerbs are flushed every second night
    assert figure(plan, "washing_interval") <= 2


def test_no_calendar_has_fewer_turnouts_than_the_bound() -> None:
    # 0.1 m/s: row 1 takes 12,000 s every night, 21,600 s are there
    asked = calendar(flush_grade_1_days=1, flush_grade_2_days=0, flush_grade_3_days=0, flush_speed_km_h=1.0)
    params = asked.params
    found = washings_of(asked.city, params)  # type: ignore[arg-type]
    rows = (found.job == FLUSH).nonzero()[0]
    shift = shift_of(asked.inventory, params)  # type: ignore[arg-type]
    bound = least_turnouts(found, rows, washers(asked.inventory), params, shift)  # type: ignore[arg-type]
    # six kerbs at 1 km/h are 4,320 s a night, fourteen nights; a night has 6 h: 60,480 s and the water's share
    assert bound == -(-(6 * 720 * 14 + 14 * 6 * 200 * 0.7 / 10_000 * 900) // (6 * HOUR_S + 900))
    plan = plan_of(asked)
    assert figure(plan, "turnouts") >= figure(plan, "turnouts_bound")
