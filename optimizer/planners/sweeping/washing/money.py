"""What a calendar uses: water, energy, fuel, emissions and money, by the inventory's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layers.units import M3_L
from optimizer.planners.sweeping.hand import CREW as HAND_CREW
from optimizer.planners.sweeping.money import CREW, route_m
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.washing.work import KIND_OF_JOB, PAVEMENT
from optimizer.repeats import Repeated
from resources import costs
from resources.inventory import Inventory


@dataclass(frozen=True, slots=True)
class Bill:
    """Hold what a whole calendar uses."""

    water_m3: float
    energy_kwh: float
    fuel_l: float
    co2_kg: float
    cost_yuan: float


def bill_of(turnouts: Sequence[Repeated], inventory: Inventory, params: SweepingParams) -> Bill:
    """Return what a calendar uses.

    The cost is that of vehicles (for each night that they are out, and by the kilometre), energy, water and people: a driver
    for each turnout, and on pavements people at the hoses, paid as hand sweepers.
    """
    types, prices = {v.key: v for v in inventory.vehicle_types}, inventory.prices
    sums = [0.0] * 5
    for same in turnouts:
        vehicle, n, metres = types.get(same.route.vehicle_type), len(same.days), route_m(same.route)
        if vehicle is None:
            continue
        n_hands = params.n_turnout_people - 1 if vehicle.kind is KIND_OF_JOB[PAVEMENT] else 0
        water_m3 = -sum(min(0.0, leg.water_l) for leg in same.route.legs) / M3_L
        cost_yuan = (
            costs.vehicle_yuan(vehicle, 1.0, metres)
            + costs.energy_yuan(vehicle, prices, metres)
            + water_m3 * prices.water_yuan_m3
            + wages_yuan(inventory, CREW, 1)
            + wages_yuan(inventory, HAND_CREW, n_hands)
        )
        each = (
            water_m3,
            costs.energy_kwh(vehicle, metres),
            costs.fuel_l(vehicle, metres),
            costs.co2_kg(vehicle, prices, metres),
            cost_yuan,
        )
        sums = [whole + n * one for whole, one in zip(sums, each, strict=True)]
    return Bill(*sums)


def wages_yuan(inventory: Inventory, key: str, n_people: int) -> float:
    """Return the wages of people for one night, relief included; 0 where the inventory has no such crew."""
    crew = next((c for c in inventory.crews if c.key == key), None)
    return costs.wages_yuan_day(crew, n_people) if crew else 0.0
