"""What a night costs: vehicles by the night and the kilometre, energy, and crews by the hour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layers.layer import F64
from optimizer.ground.route_sums import route_m, span_s
from optimizer.plan import Route
from optimizer.planners.collection.params import CollectionParams
from resources import costs
from resources.inventory import Crew, Inventory

CREW = "collection"


@dataclass(frozen=True, eq=False)
class Use:
    """Hold what each of some routes uses, arrays of shape (n_routes,)."""

    energy_kwh: F64
    fuel_l: F64
    co2_kg: F64
    cost_yuan: F64


def crew_of(inventory: Inventory) -> Crew | None:
    """Return the crew that collects, where the inventory has it."""
    return inventory.crew(CREW)


def wage_yuan_s(inventory: Inventory, params: CollectionParams) -> float:
    """Return the wages of one vehicle's crew for a second, relief included; 0 where the inventory has no such crew."""
    crew = crew_of(inventory)
    return costs.wages_yuan_day(crew, crew.n_per_vehicle) / params.paid_day_s if crew else 0.0


def paid_s(route: Route, inventory: Inventory) -> float:
    """Return the seconds that a route's crew is paid for: from leaving to the end, and the work at the depot."""
    if not route.legs:
        return 0.0
    shift = inventory.shift_of.get(route.shift)
    beside_s = shift.before_s + shift.after_s if shift else 0.0
    return span_s(route) + beside_s


def use_of(routes: Sequence[Route], inventory: Inventory, params: CollectionParams) -> Use:
    """Return what each route uses; a vehicle that is out twice in a day shares its cost of the day."""
    types, prices = inventory.type_of, inventory.prices
    wage = wage_yuan_s(inventory, params)
    n_out = Counter((r.vehicle_type, r.vehicle, r.day) for r in routes)
    rows: list[tuple[float, float, float, float]] = []
    for route in routes:
        vehicle, wages = types.get(route.vehicle_type), wage * paid_s(route, inventory)
        if vehicle is None:
            rows.append((0.0, 0.0, 0.0, wages))
            continue
        driven_m = route_m(route)
        days = 1 / n_out[route.vehicle_type, route.vehicle, route.day]
        yuan = costs.vehicle_yuan(vehicle, days, driven_m) + costs.energy_yuan(vehicle, prices, driven_m) + wages
        amounts = (
            costs.energy_kwh(vehicle, driven_m),
            costs.fuel_l(vehicle, driven_m),
            costs.co2_kg(vehicle, prices, driven_m),
        )
        rows.append((*amounts, yuan))
    return Use(*np.array(rows, dtype=np.float64).reshape(-1, 4).T)
