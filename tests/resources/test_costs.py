from __future__ import annotations

from dataclasses import replace

import pytest

from layers.text import Text
from resources.costs import annuity, co2_kg, energy_kwh, energy_yuan, fuel_l, heads, vehicle_yuan, wages_yuan_day, yuan_km
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


def test_a_kilometre_costs_wear_and_energy() -> None:
    assert yuan_km(DIESEL, PRICES) == 2 + 4
    assert yuan_km(ELECTRIC, PRICES) == 2 + 2


def test_an_annuity_pays_off_an_investment() -> None:
    assert annuity(0.0, 10) == 0.1
    assert annuity(0.05, 2) * (1 / 1.05 + 1 / 1.05**2) == pytest.approx(1.0)
