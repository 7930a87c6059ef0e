"""Figures of city, districts, vehicles and shifts add up, and are what a person works out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.plan import Leg, LegKind, Outcome, Plan, Route
from optimizer.planners.sweeping.kpis import kpis
from optimizer.planners.sweeping.measuring.tally import within_s
from optimizer.scenario import Scenario
from tests.optimizer.planners.sweeping.conftest import changed, inventory, plan_of, scenario, with_streets

Figures = dict[tuple[str, str, str], float]


def found(asked: Scenario, plan: Plan) -> Figures:
    return {(k.id, k.scope, k.where): k.value for k in kpis(asked, plan)}


@pytest.fixture(scope="module")
def whole(solved: tuple[Scenario, Plan]) -> Figures:
    return found(*solved)


@pytest.mark.parametrize("key", ["swept_km", "deadhead_km", "n_dump_trips", "water", "energy", "fuel", "co2", "cost"])
@pytest.mark.parametrize("part", ["vehicle", "shift"])
def test_vehicles_and_shifts_add_up_to_the_city(whole: Figures, key: str, part: str) -> None:
    parts = [v for (k, scope, _), v in whole.items() if k == key and scope.startswith(f"{part} ")]
    assert len(parts) == 2 if part == "shift" else len(parts) >= 2
    assert sum(parts) == pytest.approx(whole[key, "city", ""])


@pytest.mark.parametrize(
    "key", ["swept_km", "deadhead_km", "water", "cost", "peak_minutes", "n_unserved", "hand_swept_area"]
)
def test_districts_add_up_to_the_city_where_every_street_is_in_one(whole: Figures, key: str) -> None:
    parts = [whole[key, f"district {name}", ""] for name in ("甲区", "乙区")]
    assert sum(parts) == pytest.approx(whole[key, "city", ""])


def test_rates_by_area_and_by_length(whole: Figures) -> None:
    done = 2 * 8400 + 5400 + 5600 + 800
    assert whole["rate_by_area", "city", ""] == pytest.approx(100 * done / (done + 300))
    assert whole["rate_by_length", "city", ""] == pytest.approx(100 * 27 / 28)
    assert whole["rate_by_area", "city", "area=city;road_class=main"] == 100
    assert whole["rate_by_length", "district 乙区", "area=city;road_class=secondary"] == 100


def test_a_street_that_no_machine_enters_takes_hand_sweepers(whole: Figures) -> None:
    # s12: 200 m x 1.5 m, and one person sweeps 6000 m2 a day
    assert whole["hand_swept_area", "city", ""] == 300
    assert whole["hand_sweepers", "city", ""] == 1
    assert whole["hand_sweepers", "district 甲区", ""] == 0


def test_hand_sweepers_are_told_with_the_norm() -> None:
    plan = plan_of(scenario(sweep_branch=False))
    # s7 to s10: 4 x 200 m x 7 m, and s12
    told = next(a for a in plan.assumed if a.what.en == "swept by hand")
    assert told.n_items == 5
    assert "5,900 m² that no machine enters" in told.rule.en
    assert "at 6,000 m² a person and day (norm; certainty M): 1 posts, 1 people with relief" in told.rule.en


def a_plan(*routes: Route) -> Plan:
    return Plan("sweeping", "t", Outcome.FEASIBLE, 0.0, None, routes=routes)


def a_route(name: str, shift: str, *legs: Leg) -> Route:
    return Route(f"{name}-{shift}", name, "sweeper", "depot1", shift, legs)


def test_a_plan_of_three_legs_by_hand() -> None:
    asked = scenario()
    # 08:50 to 09:10 on s1 (甲区), of which ten minutes are in the peak; back over s1; then s3 (乙区) by another vehicle
    first = a_route(
        "甲", "day",
        Leg(LegKind.SERVE, 31_800, 33_000, 200.0, ("s1",), "s1:R", 30.0, -140.0),
        Leg(LegKind.DRIVE, 33_000, 33_600, 200.0, ("-s1",)),
    )  # fmt: skip
    second = a_route("乙", "night", Leg(LegKind.SERVE, 79_200, 79_500, 200.0, ("s3",), "s3:R", 30.0, 0.0))
    got = found(asked, a_plan(first, second))
    assert got["peak_minutes", "city", ""] == pytest.approx(10)
    assert got["peak_minutes", "vehicle 甲", ""] == pytest.approx(10)
    assert got["peak_minutes", "district 乙区", ""] == 0
    assert got["deadhead_share", "vehicle 甲", ""] == 50
    assert got["passes_in_excess", "city", ""] == 1
    assert got["streets_crossed", "city", ""] == 0
    # 30 minutes and 5 minutes
    assert got["balance", "city", ""] == pytest.approx(6)
    assert got["finish_hour", "shift day", ""] == pytest.approx(33_600 / 3600)
    # one street each: nothing lies away from its middle
    assert got["compactness", "city", ""] == 0
    # half of what was swept was swept wet
    assert got["wet_or_suction_sweeping_rate", "district 甲区", ""] > 0
    assert got["wet_or_suction_sweeping_rate", "district 乙区", ""] == 0
    assert got["water", "city", ""] == pytest.approx(0.14)
    assert got["cost_per_1000_m2", "vehicle 甲", ""] == pytest.approx(got["cost", "vehicle 甲", ""] / 1.4)
    assert got["cost_of_year", "city", ""] == pytest.approx(365 * got["cost", "city", ""])


def test_a_street_that_two_vehicles_drive_is_crossed_and_streets_apart_spread() -> None:
    legs = [Leg(LegKind.SERVE, 33_000 + k, 33_001 + k, 200.0, (s,), f"{s}:R") for k, s in enumerate(("s1", "s3"))]
    got = found(scenario(), a_plan(a_route("甲", "day", *legs), a_route("乙", "day", replace(legs[0], item="s1:R#2"))))
    assert got["streets_crossed", "city", ""] == 1
    # middles of s1 and s3 are 400 m apart: each 200 m from the middle of both
    assert got["compactness", "vehicle 甲", ""] == pytest.approx(0.2)


def test_time_within_periods() -> None:
    start, end = np.array([0.0, 100.0, 86_400.0 + 50]), np.array([10.0, 300.0, 86_400.0 + 150])
    assert within_s(((100, 200),), start, end).tolist() == [0.0, 100.0, 50.0]


def test_vehicles_are_told_beside_those_in_service(whole: Figures) -> None:
    assert whole["vehicles_in_service", "type sweeper", ""] == 2
    assert whole["vehicles_missing", "type sweeper", ""] == 0
    assert whole["driver_posts", "city", ""] == whole["n_routes", "city", ""]
    assert whole["drivers", "city", ""] == pytest.approx(1.4 * whole["n_routes", "city", ""])


def test_below_four_degrees_nothing_is_sprayed_and_the_wet_rate_falls() -> None:
    cold = scenario(with_streets(key_area=np.ones(12, dtype=bool)), temperature_celsius=3.9)
    plan = plan_of(cold)
    assert plan.faults == ()
    got = found(cold, plan)
    assert got["water", "city", ""] == 0
    assert got["wet_or_suction_sweeping_rate", "city", ""] == 0
    assert got["rate_by_area", "city", ""] > 90
    assert any(a.what.en == "swept dry" for a in plan.assumed)


def test_a_suction_sweeper_counts_where_nothing_is_sprayed() -> None:
    cold = scenario(fleet=inventory(suction=True), temperature_celsius=0.0)
    got = found(cold, plan_of(cold))
    # all but the back street's pass of the small sweeper
    assert 90 < got["wet_or_suction_sweeping_rate", "city", ""] < 100


def test_key_areas_are_for_wet_or_suction_sweepers() -> None:
    key = with_streets(key_area=np.array([True] + [False] * 11))
    dry = inventory(water_lpm=0.0)
    plan = plan_of(scenario(key, dry))
    assert plan.faults == ()
    types = {leg.item: r.vehicle_type for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE}
    assert types["s1:R"] == "small_sweeper"
    assert types["s2:R"] == "sweeper"
    anything = plan_of(changed(scenario(key, dry), wet_key_areas=False))
    assert {r.vehicle_type for r in anything.routes for leg in r.legs if leg.item == "s1:R"} == {"sweeper"}
