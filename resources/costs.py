"""What work costs and emits: vehicles, wages, energy and carbon dioxide. Plain arithmetic over the inventory."""

from __future__ import annotations

from layers.units import KM_M
from resources.inventory import Crew, Prices, VehicleType

DAYS_A_MONTH = 365 / 12


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


def energy_yuan(vehicle: VehicleType, prices: Prices, driven_m: float) -> float:
    """Return what electricity and diesel cost for a distance."""
    electricity = energy_kwh(vehicle, driven_m) * prices.electricity_yuan_kwh
    return electricity + fuel_l(vehicle, driven_m) * prices.diesel_yuan_l


def yuan_km(vehicle: VehicleType, prices: Prices) -> float:
    """Return what a kilometre costs without crew and water: wear and energy."""
    return vehicle.running_yuan_km + energy_yuan(vehicle, prices, KM_M)


def co2_kg(vehicle: VehicleType, prices: Prices, driven_m: float) -> float:
    """Return the carbon dioxide for a distance: of the power station or of the exhaust."""
    grid = energy_kwh(vehicle, driven_m) * prices.grid_kg_co2_kwh
    return grid + fuel_l(vehicle, driven_m) * prices.diesel_kg_co2_l


def annuity(rate: float, n_years: int) -> float:
    """Return the share of an investment that is paid each year, interest included, until it is paid off.

    Parameters
    ----------
    rate
        Interest a year, such as 0.04; 0 shares it out evenly.
    """
    return rate / (1 - (1 + rate) ** -n_years) if rate > 0 else 1 / n_years
