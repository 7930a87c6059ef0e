"""What a sweeping plan uses, route by route: energy, fuel, water, emissions and money, by the inventory's figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layers.layer import F64
from layers.units import M3_L
from optimizer.ground.route_sums import route_m
from optimizer.plan import Route
from resources import costs
from resources.inventory import Crew, Inventory, Prices, VehicleType

CREW = "sweeping"
DAYS_A_YEAR = 365


@dataclass(frozen=True, eq=False)
class Use:
    """Hold what each of some routes uses, arrays of shape (n_routes,)."""

    energy_kwh: F64
    fuel_l: F64
    water_m3: F64
    co2_kg: F64
    cost_yuan: F64


def use_of(routes: Sequence[Route], inventory: Inventory) -> Use:
    """Return what each route uses.

    Its cost is the vehicle's for the day (shared by the shifts that the vehicle is out in) and by the kilometre, energy,
    water, and the wages of one shift. A route of a vehicle type that the inventory lacks uses nothing but its driver.
    """
    types, prices, wage_yuan = inventory.type_of, inventory.prices, wage_yuan_shift(inventory)
    n_out = Counter((r.vehicle_type, r.vehicle, r.day) for r in routes)
    rows: list[tuple[float, ...]] = []
    for route in routes:
        vehicle = types.get(route.vehicle_type)
        if vehicle is None:
            rows.append((0.0, 0.0, sprayed_m3(route), 0.0, wage_yuan))
            continue
        days = 1 / n_out[route.vehicle_type, route.vehicle, route.day]
        *amounts, cost_yuan = used_by(vehicle, prices, route, days)
        rows.append((*amounts, cost_yuan + wage_yuan))
    return Use(*np.array(rows, dtype=np.float64).reshape(-1, 5).T)


def used_by(vehicle: VehicleType, prices: Prices, route: Route, days: float) -> tuple[float, float, float, float, float]:
    """Return what a route uses in its share of the vehicle's day: kWh, litres of fuel, m³, kg of CO2, yuan without wages."""
    driven_m, water_m3 = route_m(route), sprayed_m3(route)
    energy_kwh, fuel_l = costs.energy_kwh(vehicle, driven_m), costs.fuel_l(vehicle, driven_m)
    cost_yuan = costs.vehicle_yuan(vehicle, days, driven_m) + costs.energy_yuan(vehicle, prices, driven_m)
    cost_yuan += water_m3 * prices.water_yuan_m3
    return energy_kwh, fuel_l, water_m3, costs.co2_kg(vehicle, prices, driven_m), cost_yuan


def cost_yuan(routes: Sequence[Route], inventory: Inventory) -> float:
    """Return what all routes together cost in a day."""
    return float(use_of(routes, inventory).cost_yuan.sum())


def sprayed_m3(route: Route) -> float:
    """Return the water that a route sprays."""
    return -sum(min(0.0, leg.water_l) for leg in route.legs) / M3_L


def crew_of(inventory: Inventory) -> Crew | None:
    """Return the crew that drives sweepers, where the inventory has it."""
    return inventory.crew(CREW)


def wage_yuan_shift(inventory: Inventory) -> float:
    """Return the wages of one vehicle's crew for one shift, relief included; 0 where the inventory has no such crew."""
    crew = crew_of(inventory)
    return costs.wages_yuan_day(crew, crew.n_per_vehicle) if crew else 0.0
