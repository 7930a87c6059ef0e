"""What a sweeping plan uses: energy, fuel, water, emissions and money, by the inventory's figures."""

from __future__ import annotations

from dataclasses import dataclass

from layers.units import M3_L
from optimizer.plan import Plan, Route
from resources import costs
from resources.inventory import Crew, Inventory

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
    driven_m = {key: sum(route_m(r) for r in routes if r.vehicle_type == key) for key in types}
    n_used = {key: len({r.vehicle for r in routes if r.vehicle_type == key}) for key in types}
    water_m3 = -sum(min(0.0, leg.water_l) for r in routes for leg in r.legs) / M3_L
    prices = inventory.prices
    cost_yuan = (
        sum(costs.vehicle_yuan(v, n_used[key], driven_m[key]) for key, v in types.items())
        + sum(costs.energy_yuan(v, prices, driven_m[key]) for key, v in types.items())
        + water_m3 * prices.water_yuan_m3
        + len(routes) * wage_yuan_shift(inventory)
    )
    return Usage(
        energy_kwh=sum(costs.energy_kwh(v, driven_m[key]) for key, v in types.items()),
        fuel_l=sum(costs.fuel_l(v, driven_m[key]) for key, v in types.items()),
        water_m3=water_m3,
        co2_kg=sum(costs.co2_kg(v, prices, driven_m[key]) for key, v in types.items()),
        cost_yuan=cost_yuan,
    )


def route_m(route: Route) -> float:
    """Return the metres of a route."""
    return sum(leg.length_m for leg in route.legs)


def wage_yuan_shift(inventory: Inventory) -> float:
    """Return the wages of one vehicle's crew for one shift, relief included; 0 where the inventory has no such crew."""
    crews: dict[str, Crew] = {c.key: c for c in inventory.crews}
    crew = crews.get(CREW)
    return costs.wages_yuan_day(crew, crew.n_per_vehicle) if crew else 0.0
