"""What work costs and emits: vehicles, wages, energy, water and carbon dioxide. Plain arithmetic over the inventory."""

from __future__ import annotations

from dataclasses import dataclass

from layers.units import KM_M, M3_L
from resources.inventory import Crew, Prices, VehicleType

DAYS_A_MONTH = 365 / 12


@dataclass(frozen=True, slots=True)
class Bill:
    """Hold the cost of some work.

    Parameters
    ----------
    vehicles_yuan
        Fixed and running cost of the vehicles, without energy.
    wages_yuan
        With relief: heads, not posts.
    energy_yuan, water_yuan
        Electricity and diesel; water.
    """

    vehicles_yuan: float
    wages_yuan: float
    energy_yuan: float
    water_yuan: float

    @property
    def total_yuan(self) -> float:
        """Return the sum."""
        return self.vehicles_yuan + self.wages_yuan + self.energy_yuan + self.water_yuan

    def __add__(self, other: Bill) -> Bill:
        return Bill(
            self.vehicles_yuan + other.vehicles_yuan,
            self.wages_yuan + other.wages_yuan,
            self.energy_yuan + other.energy_yuan,
            self.water_yuan + other.water_yuan,
        )


@dataclass(frozen=True, slots=True)
class Use:
    """Hold what one vehicle did in a day.

    Parameters
    ----------
    driven_m
        All kilometres, at work and between works.
    worked_m
        At work, spraying.
    n_shifts
        Shifts that it was out for; each takes a crew.
    """

    driven_m: float
    worked_m: float = 0.0
    n_shifts: int = 1


def vehicle_yuan(vehicle: VehicleType, n_vehicle_days: float, driven_m: float) -> float:
    """Return what vehicles cost without energy and crew: by the day and by the kilometre."""
    return vehicle.fixed_yuan_day * n_vehicle_days + vehicle.running_yuan_km * driven_m / KM_M


def heads(crew: Crew, n_posts: float) -> float:
    """Return how many people must be employed to fill posts every day."""
    return n_posts * crew.relief_factor


def wages_yuan_day(crew: Crew, n_posts: float) -> float:
    """Return the wages of a day for posts, with those who are off duty paid as well."""
    return heads(crew, n_posts) * crew.wage_yuan_month / DAYS_A_MONTH


def energy_kwh(vehicle: VehicleType, driven_m: float) -> float:
    """Return the electricity for a distance."""
    return vehicle.energy_kwh_km * driven_m / KM_M


def fuel_l(vehicle: VehicleType, driven_m: float) -> float:
    """Return the diesel for a distance."""
    return vehicle.fuel_l_km * driven_m / KM_M


def water_m3(vehicle: VehicleType, worked_m: float) -> float:
    """Return the water sprayed over a distance of work."""
    return vehicle.water_lpm * worked_m / M3_L


def energy_yuan(vehicle: VehicleType, prices: Prices, driven_m: float) -> float:
    """Return what electricity and diesel cost for a distance."""
    electricity = energy_kwh(vehicle, driven_m) * prices.electricity_yuan_kwh
    return electricity + fuel_l(vehicle, driven_m) * prices.diesel_yuan_l


def co2_kg(vehicle: VehicleType, prices: Prices, driven_m: float) -> float:
    """Return the carbon dioxide for a distance: of the power station or of the exhaust."""
    grid = energy_kwh(vehicle, driven_m) * prices.grid_kg_co2_kwh
    return grid + fuel_l(vehicle, driven_m) * prices.diesel_kg_co2_l


def day_bill(vehicle: VehicleType, crew: Crew, prices: Prices, use: Use) -> Bill:
    """Return the cost of one vehicle's day."""
    return Bill(
        vehicle_yuan(vehicle, 1.0, use.driven_m),
        wages_yuan_day(crew, crew.n_per_vehicle * use.n_shifts),
        energy_yuan(vehicle, prices, use.driven_m),
        water_m3(vehicle, use.worked_m) * prices.water_yuan_m3,
    )
