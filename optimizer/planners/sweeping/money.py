"""What a sweeping plan uses: energy, fuel, water, emissions and money, by the inventory's figures."""

from __future__ import annotations

from dataclasses import dataclass

from layers.units import KM_M, M3_L
from optimizer.plan import Plan, Route
from resources.inventory import Crew, Inventory

# Wages are monthly; a month has so many days, and relief already stands in the crew's factor.
DAYS_A_MONTH = 30
CREW = "sweeping"


@dataclass(frozen=True, slots=True)
class Usage:
    """Hold what a plan uses in a day."""

    energy_kwh: float
    fuel_l: float
    water_m3: float
    co2_kg: float
    cost_yuan: float


def usage_of(plan: Plan, inventory: Inventory) -> Usage:
    """Return what a plan uses in a day.

    The cost is that of vehicles (each for the day, and by the kilometre), energy, water and drivers; each route is a shift
    for the people on it.
    """
    types = {v.key: v for v in inventory.vehicle_types}
    routes = [r for r in plan.routes if r.vehicle_type in types]
    energy_kwh = sum(types[r.vehicle_type].energy_kwh_km * route_km(r) for r in routes)
    fuel_l = sum(types[r.vehicle_type].fuel_l_km * route_km(r) for r in routes)
    water_m3 = -sum(min(0.0, leg.water_l) for r in routes for leg in r.legs) / M3_L
    prices = inventory.prices
    vehicles = {(r.vehicle, r.vehicle_type) for r in routes}
    cost_yuan = (
        sum(types[key].fixed_yuan_day for _, key in sorted(vehicles))
        + sum(types[r.vehicle_type].running_yuan_km * route_km(r) for r in routes)
        + energy_kwh * prices.electricity_yuan_kwh
        + fuel_l * prices.diesel_yuan_l
        + water_m3 * prices.water_yuan_m3
        + len(routes) * wage_yuan_shift(inventory)
    )
    co2_kg = energy_kwh * prices.grid_kg_co2_kwh + fuel_l * prices.diesel_kg_co2_l
    return Usage(energy_kwh, fuel_l, water_m3, co2_kg, cost_yuan)


def route_km(route: Route) -> float:
    """Return the kilometres of a route."""
    return sum(leg.length_m for leg in route.legs) / KM_M


def wage_yuan_shift(inventory: Inventory) -> float:
    """Return the wages of one vehicle's crew for one shift, relief included; 0 where the inventory has no such crew."""
    crews: dict[str, Crew] = {c.key: c for c in inventory.crews}
    crew = crews.get(CREW)
    return crew.n_per_vehicle * crew.relief_factor * crew.wage_yuan_month / DAYS_A_MONTH if crew else 0.0
