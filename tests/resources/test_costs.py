from __future__ import annotations

from dataclasses import replace

import pytest

from layers.text import Text
from resources.costs import (
    Use,
    co2_kg,
    day_bill,
    energy_kwh,
    energy_yuan,
    fuel_l,
    heads,
    vehicle_yuan,
    wages_yuan_day,
    water_m3,
)
from resources.inventory import Crew, Prices, VehicleKind, VehicleType

CREW = Crew(key="c", label=Text("", ""), n_posts=10, n_per_vehicle=2, relief_factor=1.5, wage_yuan_month=7300)
PRICES = Prices(
    electricity_yuan_kwh=1.0, diesel_yuan_l=8.0, water_yuan_m3=5.0, grid_kg_co2_kwh=0.5, diesel_kg_co2_l=2.6,
    hand_m2_day=6000,
)  # fmt: skip
DIESEL = VehicleType(
    key="d", label=Text("", ""), kind=VehicleKind.SWEEPER, n_owned=1, width_m=2, height_m=3, weight_kg=1,
    least_street_width_m=4, working_speed_mps=2, driving_speed_mps=10, water_lpm=0.7, fuel_l_km=0.5,
    fixed_yuan_day=400, running_yuan_km=2,
)  # fmt: skip
ELECTRIC = replace(DIESEL, fuel_l_km=0.0, energy_kwh_km=2.0)


def test_a_vehicle_costs_by_the_day_and_by_the_kilometre() -> None:
    assert vehicle_yuan(DIESEL, 3, 50_000) == 3 * 400 + 50 * 2


def test_posts_are_not_heads() -> None:
    assert heads(CREW, 10) == 15
    assert wages_yuan_day(CREW, 10) == pytest.approx(15 * 7300 * 12 / 365)


def test_energy_and_emissions_by_distance() -> None:
    assert fuel_l(DIESEL, 40_000) == 20
    assert energy_kwh(ELECTRIC, 40_000) == 80
    assert energy_yuan(DIESEL, PRICES, 40_000) == 160
    assert energy_yuan(ELECTRIC, PRICES, 40_000) == 80
    assert co2_kg(DIESEL, PRICES, 40_000) == pytest.approx(52)
    assert co2_kg(ELECTRIC, PRICES, 40_000) == 40


def test_water_by_working_distance() -> None:
    assert water_m3(DIESEL, 10_000) == pytest.approx(7)


def test_a_day_is_billed_whole() -> None:
    bill = day_bill(DIESEL, CREW, PRICES, Use(driven_m=40_000, worked_m=10_000, n_shifts=2))
    assert bill.wages_yuan == pytest.approx(4 * 1.5 * 240)
    assert (bill.vehicles_yuan, bill.energy_yuan) == (480, 160)
    assert bill.water_yuan == pytest.approx(35)
    assert bill.total_yuan == pytest.approx(480 + 1440 + 160 + 35)
    assert (bill + bill).total_yuan == pytest.approx(2 * bill.total_yuan)
