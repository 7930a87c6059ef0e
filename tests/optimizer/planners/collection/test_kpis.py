"""Figures of the tiny city's plan, checked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.imported import import_plan
from optimizer.monitor import Silent
from optimizer.params import with_values
from optimizer.plan import LegKind, Plan
from optimizer.planners.collection.checks import faults
from optimizer.planners.collection.kpis import kpis
from optimizer.run import run
from optimizer.scenario import Scenario
from tests.optimizer.planners.collection.conftest import inventory, row, scenario, tiny_plan, with_legs
from tests.optimizer.planners.collection.test_checks import shifted


def figure(key: str, plan: Plan | None = None, asked: Scenario | None = None, scope: str = "city") -> float:
    found = [k.value for k in kpis(asked or scenario(), plan or tiny_plan()) if k.id == key and k.scope == scope]
    return found[0]


def test_all_is_collected() -> None:
    assert figure("collected") == pytest.approx((670 + 150) / 1000)
    assert figure("food_waste_collected") == pytest.approx(0.15)
    assert figure("collected_share") == 100
    assert figure("loading_points_served") == 5
    assert figure("points_in_window") == 100
    assert figure("sealed_tonnage_share") == 100
    assert figure("n_vehicles") == 2
    assert figure("n_trips") == 2
    assert figure("collected", scope="stream food") == pytest.approx(0.15)
    assert figure("station_load", scope="station ts1") == pytest.approx(0.82)
    assert figure("C1.size") == pytest.approx(0.26)


@pytest.mark.parametrize(
    "key",
    [
        "breaches_of_collection_window", "breaches_of_fleet_types",
        "breaches_of_streams_collected_apart", "breaches_of_quiet_collection", "breaches_of_shop_front_round",
    ],
)  # fmt: skip
def test_a_sound_plan_breaks_no_rule_of_the_documents(key: str) -> None:
    assert figure(key) == 0


def test_what_is_early_is_a_breach() -> None:
    route = tiny_plan().routes[0]
    n = sum(leg.kind is LegKind.SERVE for leg in route.legs)
    assert figure("breaches_of_collection_window", shifted(tiny_plan(), -3 * 3600)) == n


def test_today_and_a_plan_near_to_it_are_measured_by_one_window() -> None:
    # driven from half past six in the evening, half an hour before the window begins
    rows = [row(k, f"w{k}", 66_600 + 300 * k, 66_700 + 300 * k) for k in (1, 2, 3)]
    base = scenario(fleet=inventory(sealed_3t=1), streams="other", driven_type="sealed_3t")
    today = import_plan(base, rows)
    near = replace(base, params=with_values(base.params, {"near_input_min": 15.0}), inputs=(today,))
    for asked in (base, near):
        assert figure("points_in_window", today, asked) == 0
        assert figure("breaches_of_collection_window", today, asked) == 3
    # what is asked of the new plan is to be near, and it is
    assert "outside_window" not in {fault.code for fault in faults(near, today)}


def test_unsealed_and_unlisted_vehicles_count() -> None:
    fleet = inventory(sealed_3t=1, bin_lifter=1)
    types = tuple(replace(v, sealed=False, electric=False) if v.key == "sealed_3t" else v for v in fleet.vehicle_types)
    asked = scenario(fleet=replace(fleet, vehicle_types=types))
    assert figure("breaches_of_fleet_types", asked=asked) == 1
    carried = sum(
        leg.load_kg
        for r in tiny_plan().routes
        for leg in r.legs
        if leg.kind is LegKind.SERVE and r.vehicle_type == "bin_lifter"
    )
    assert figure("sealed_tonnage_share", asked=asked) == pytest.approx(100 * carried / 820)


def test_food_that_is_left_is_a_breach_and_lowers_its_share() -> None:
    route, k = next(
        (r, n)
        for r, own in enumerate(tiny_plan().routes)
        for n, leg in enumerate(own.legs)
        if leg.kind is LegKind.SERVE and leg.item.endswith(":FOOD")
    )
    kg = tiny_plan().routes[route].legs[k].load_kg
    less = with_legs(tiny_plan(), k, route=route)
    assert figure("breaches_of_streams_collected_apart", less) == 1
    assert figure("collected_share", less, scope="stream food") == pytest.approx(100 * (150 - kg) / 150)


def test_a_single_night_says_nothing_of_fixed_times_and_a_week_counts_points_off_the_heaviest_day() -> None:
    assert not [k for k in kpis(scenario(), tiny_plan()) if k.id == "breaches_of_fixed_time_fixed_point"]
    week = scenario(fleet=inventory(sealed_3t=1), streams="other", days="week", day_shares="1,1,1,1,1,1.2,1")
    plan = run(week, Silent())
    assert figure("breaches_of_fixed_time_fixed_point", plan, week) == 0
    # one day is 11 minutes late, ten are allowed; it is all five points'
    assert figure("breaches_of_fixed_time_fixed_point", shifted(plan, 11 * 60, 0), week) == 5
    assert figure("breaches_of_fixed_time_fixed_point", shifted(plan, 9 * 60, 0), week) == 0


def test_cost_is_vehicles_kilometres_and_paid_hours() -> None:
    asked, plan = scenario(), tiny_plan()
    inv = asked.inventory
    crew = inv.crew("collection")
    assert crew is not None
    wage_h = 2 * 1.4 * 5800 / (365 / 12) / 8
    total = 0.0
    for r in plan.routes:
        v = inv.vehicle_type(r.vehicle_type)
        km = sum(leg.length_m for leg in r.legs) / 1000
        hours = (r.legs[-1].end_s - r.legs[0].start_s) / 3600 + 25 / 60  # 10 min before, 15 after
        total += v.fixed_yuan_day + km * (v.running_yuan_km + v.energy_kwh_km * 0.75) + hours * wage_h
    assert figure("cost") == pytest.approx(total)
    assert figure("cost_per_tonne") == pytest.approx(total / 0.82)
