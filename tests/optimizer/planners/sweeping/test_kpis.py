"""Figures of the tiny city's plan, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.kpi import Kpi
from optimizer.plan import LegKind, Outcome, Plan
from optimizer.planners.sweeping.kpis import kpis, operation_rate
from optimizer.planners.sweeping.measuring.measured import Measured
from optimizer.scenario import Scenario
from resources.inventory import VehicleKind
from resources.judge import State, judge_all
from resources.targets import load_targets
from tests.optimizer.planners.sweeping.conftest import changed, inventory, scenario, with_streets

Solved = tuple[Scenario, Plan]
MAIN = "area=city;road_class=main,secondary"


def figures(solved: Solved) -> dict[tuple[str, str, str], float]:
    return {(k.id, k.scope, k.where): k.value for k in kpis(*solved)}


def city(solved: Solved, key: str) -> float:
    return figures(solved)[key, "city", ""]


def test_the_rate_is_area_swept_over_area_to_be_swept(solved: Solved) -> None:
    # main 3 x 200 m x 14 m twice, secondary 3 x 200 x 9, branch 4 x 200 x 7, s11 200 x 4; s12 (200 x 1.5) is left
    done = 2 * 8400 + 5400 + 5600 + 800
    assert city(solved, "mechanised_sweeping_rate") == pytest.approx(100 * done / (done + 300))


def test_the_rate_by_length_is_another_figure(solved: Solved) -> None:
    asked, plan = solved
    by_length = changed(asked, rate_of="length")
    assert city((by_length, plan), "mechanised_sweeping_rate") == pytest.approx(100 * 27 / 28)


def test_each_district_has_its_own_rate(solved: Solved) -> None:
    found = figures(solved)
    assert found["mechanised_sweeping_rate", "district 甲区", ""] == 100
    # 乙区: s3 twice, s6, s9, s10, and the lane that is left
    done = 2 * 2800 + 1800 + 2 * 1400
    assert found["mechanised_sweeping_rate", "district 乙区", ""] == pytest.approx(100 * done / (done + 300))


def test_a_sweep_left_out_counts_half_of_a_kerb_but_the_kerb_was_begun(solved: Solved) -> None:
    asked, plan = solved

    def without(item: str) -> Plan:
        routes = [replace(r, legs=tuple(x for x in r.legs if x.item != item)) for r in plan.routes]
        return replace(plan, routes=tuple(routes))

    found = figures((asked, without("s1:R#2")))
    main_and_secondary = 2 * 8400 + 5400
    rate = 100 * (main_and_secondary - 1400) / main_and_secondary
    assert found["mechanised_sweeping_rate", "city", MAIN] == pytest.approx(rate)
    assert found["mechanised_operation_rate", "city", "area=city;road_class=main"] == 100


def test_a_kerb_weighs_its_whole_area_however_many_strips_it_has(solved: Solved) -> None:
    asked, plan = solved
    # strips of 2.4 m: main roads (14 m) two on either side, secondary (9 m), branch (7 m) two as well, lanes one
    wide = changed(asked, strip_m=4.8)
    first = {"s1:R", "s4:R"}
    routes = [
        replace(r, legs=tuple(x for x in r.legs if x.kind is not LegKind.SERVE or x.item in first)) for r in plan.routes
    ]
    found = figures((wide, replace(plan, routes=tuple(routes))))
    # 14 x 200 / 2 of the 3 x 14 x 200
    assert found["mechanised_operation_rate", "city", "area=city;road_class=main"] == pytest.approx(100 / 6)
    whole = 8400 + 5400 + 5600 + 800 + 300
    measured = Measured.of(wide, replace(plan, routes=tuple(routes)))
    every = np.ones(12, dtype=bool)
    assert operation_rate(measured, every) == pytest.approx(100 * (1400 + 900) / whole)


def test_hand_swept_classes_stay_in_the_rate(solved: Solved) -> None:
    asked, plan = solved
    by_hand = changed(asked, sweep_back_street=False)
    assert city((by_hand, plan), "required_km") == pytest.approx(26 * 0.2)
    assert city((by_hand, plan), "mechanised_sweeping_rate") < 100


def test_kilometres_trips_and_dirt(solved: Solved) -> None:
    _, plan = solved
    assert city(solved, "swept_km") == pytest.approx(27 * 0.2)
    driven = sum(leg.length_m for r in plan.routes for leg in r.legs if leg.kind is LegKind.DRIVE) / 1000
    assert city(solved, "deadhead_km") == pytest.approx(driven)
    assert city(solved, "deadhead_share") == pytest.approx(100 * driven / (driven + 5.4))
    assert city(solved, "dirt") == pytest.approx(27 * 0.030)
    assert city(solved, "n_dump_trips") == sum(leg.kind is LegKind.UNLOAD for r in plan.routes for leg in r.legs)
    assert city(solved, "n_unserved") == 1


def test_water_energy_and_money_go_by_the_inventory(solved: Solved) -> None:
    asked, plan = solved
    # 26 passes of 200 m at 0.70 L/m, one at 0.025 L/m
    assert city(solved, "water") == pytest.approx((26 * 200 * 0.70 + 200 * 0.025) / 1000)
    small_km = sum(x.length_m for r in plan.routes if r.vehicle_type == "small_sweeper" for x in r.legs) / 1000
    large_km = sum(x.length_m for r in plan.routes if r.vehicle_type == "sweeper" for x in r.legs) / 1000
    large, small = (asked.inventory.vehicle_type(k) for k in ("sweeper", "small_sweeper"))
    prices = asked.inventory.prices
    assert city(solved, "energy") == pytest.approx(small_km * small.energy_kwh_km)
    assert city(solved, "fuel") == pytest.approx(large_km * large.fuel_l_km)
    co2 = small_km * small.energy_kwh_km * prices.grid_kg_co2_kwh + large_km * large.fuel_l_km * prices.diesel_kg_co2_l
    assert city(solved, "co2") == pytest.approx(co2)
    crew = next(c for c in asked.inventory.crews if c.key == "sweeping")
    n_large = len({r.vehicle for r in plan.routes if r.vehicle_type == "sweeper"})
    cost = (
        n_large * large.fixed_yuan_day
        + small.fixed_yuan_day
        + large_km * (large.running_yuan_km + large.fuel_l_km * prices.diesel_yuan_l)
        + small_km * (small.running_yuan_km + small.energy_kwh_km * prices.electricity_yuan_kwh)
        + city(solved, "water") * prices.water_yuan_m3
        + len(plan.routes) * crew.n_per_vehicle * crew.relief_factor * crew.wage_yuan_month / (365 / 12)
    )
    assert city(solved, "cost") == pytest.approx(cost)


def test_rules_that_are_kept_have_no_breaches(solved: Solved) -> None:
    verdicts = judge_all([t for t in load_targets() if t.planner == "sweeping"], kpis(*solved))
    states = {v.target.id: v.state for v in verdicts}
    assert states["nanjing.small-sweepers"] is State.MET
    assert states["wuhan.staggered-sweep"] is State.MET
    assert states["nanjing.split-crews"] is State.MET
    assert states["nanjing.sweep-rate-85"] is State.MET
    assert states["district.wash-cycle"] is State.NOT_MEASURED
    # the tiny city has no key area and no contract section
    assert states["finegrain.wet-sweep"] is State.NOT_MEASURED
    assert states["wuhan.market-share"] is State.NOT_MEASURED


def measured(found: tuple[Kpi, ...], key: str) -> float:
    return next(k.value for k in found if k.id == key)


def test_sweeping_in_the_peak_is_counted(solved: Solved) -> None:
    asked, plan = solved
    busy = changed(asked, peak_periods="09:00-23:59")
    assert measured(kpis(busy, plan), "breaches_of_sweeping_outside_peaks") == 27


def test_full_size_vehicles_in_back_streets_are_counted(solved: Solved) -> None:
    asked, plan = solved
    spoilt = replace(plan, routes=tuple(replace(r, vehicle_type="sweeper") for r in plan.routes))
    assert measured(kpis(asked, spoilt), "breaches_of_narrow_streets_by_small_sweepers") == 1


def test_collecting_crews_on_the_broom_are_counted(solved: Solved) -> None:
    asked, plan = solved
    base = inventory()
    collector = replace(base.vehicle_types[0], key="truck", kind=VehicleKind.COLLECTION)
    mixed = replace(asked, inventory=replace(base, vehicle_types=(*base.vehicle_types, collector)))
    spoilt = replace(plan, routes=tuple(replace(r, vehicle_type="truck") for r in plan.routes))
    assert measured(kpis(mixed, spoilt), "breaches_of_sweeping_and_collection_apart") == 1


def test_contract_sections_and_key_areas_are_measured_where_there_are_any(solved: Solved) -> None:
    _, plan = solved
    sections = np.array(["A"] * 3 + [""] * 9)
    marked = scenario(with_streets(contract_section=sections, key_area=np.array([True] * 4 + [False] * 8)))
    found = {(k.id, k.where): k.value for k in kpis(marked, plan)}
    whole = 8400 + 5400 + 5600 + 800 + 300
    assert found["contracted_share", "area=city"] == pytest.approx(100 * 8400 / whole)
    assert found["wet_or_suction_sweeping_rate", "area=key"] == 100


def test_a_plan_without_routes_has_figures_too() -> None:
    asked = scenario()
    empty = Plan("sweeping", "t", Outcome.INFEASIBLE, 0.0, None)
    found = {(k.id, k.scope, k.where): k.value for k in kpis(asked, empty)}
    assert found["mechanised_sweeping_rate", "city", ""] == 0
    assert found["n_routes", "city", ""] == 0
    assert ("longest_route", "city", "") not in found
