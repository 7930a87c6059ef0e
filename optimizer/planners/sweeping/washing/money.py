"""What a calendar uses: water, energy, fuel, emissions and money, by the inventory's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.planners.sweeping.day.hand import CREW as HAND_CREW
from optimizer.planners.sweeping.measuring.money import CREW, used_by
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.washing.work import KIND_OF_JOB, PAVEMENT
from optimizer.repeats import Repeated
from resources import costs
from resources.inventory import Inventory


@dataclass(frozen=True, slots=True)
class Bill:
    """Hold what a whole calendar uses."""

    energy_kwh: float
    fuel_l: float
    water_m3: float
    co2_kg: float
    cost_yuan: float


def bill_of(turnouts: Sequence[Repeated], inventory: Inventory, params: SweepingParams) -> Bill:
    """Return what a calendar uses.

    The cost is that of vehicles (for each night that they are out, and by the kilometre), energy, water and people: a driver
    for each turnout, and on pavements people at the hoses, paid as hand sweepers.
    """
    types, prices = inventory.type_of, inventory.prices
    sums = [0.0] * 5
    for same in turnouts:
        vehicle, n = types.get(same.route.vehicle_type), len(same.days)
        if vehicle is None:
            continue
        n_hands = params.n_turnout_people - 1 if vehicle.kind is KIND_OF_JOB[PAVEMENT] else 0
        *amounts, cost_yuan = used_by(vehicle, prices, same.route, 1.0)
        each = (*amounts, cost_yuan + wages_yuan(inventory, CREW, 1) + wages_yuan(inventory, HAND_CREW, n_hands))
        sums = [whole + n * one for whole, one in zip(sums, each, strict=True)]
    return Bill(*sums)


def wages_yuan(inventory: Inventory, key: str, n_people: int) -> float:
    """Return the wages of people for one night, relief included; 0 where the inventory has no such crew."""
    crew = inventory.crew(key)
    return costs.wages_yuan_day(crew, n_people) if crew else 0.0
