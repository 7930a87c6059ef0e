"""What no plan can beat, proven by time alone: sweeping takes its seconds, and shifts have so many.

Driving, dumps and directions are left out, and every pass is swept by whichever vehicle is quickest there, so that the
bounds hold for any plan; they are as far from the best plan as driving without sweeping is long.
"""

from __future__ import annotations

import itertools

import numpy as np

from layers.layer import F64, Bool
from layers.units import KM_M
from optimizer.planners.sweeping import fleet, money
from optimizer.planners.sweeping.goal import Goal
from optimizer.planners.sweeping.kerbs import most_speed_mps
from resources.inventory import Shift, VehicleType


def bound_of(goal: Goal, reachable: Bool) -> float | None:
    """Return a proven lower bound of a question's objective; None where there is no vehicle.

    Parameters
    ----------
    reachable
        Which passes some vehicle can sweep, shape (n_passes,).
    """
    vehicles, shifts = fleet.sweepers(goal.inventory), fleet.shifts_of(goal.inventory, goal.params)
    if not vehicles:
        return None
    least_s = least_service_s(goal, vehicles)
    if goal.params.mode == "fleet":
        return least_cost_yuan(goal, reachable, least_s)
    time_s = sum(goal.inventory.n_in_service(v) for v in vehicles) * sum(net_s(shift) for shift in shifts)
    values = goal.values.astype(np.float64)
    wanted = goal.passes.by_machine
    most = most_worth(values[wanted & reachable], least_s[wanted & reachable], time_s)
    # values are whole numbers, and so is what is lost of them
    return float(np.ceil(values[wanted].sum() - most - 1e-6))


def least_service_s(goal: Goal, vehicles: tuple[VehicleType, ...]) -> F64:
    """Return the seconds that the quickest vehicle takes for each pass, shape (n_passes,)."""
    fastest_mps = max(v.working_speed_mps for v in vehicles)
    streets = goal.passes.streets
    return np.asarray(
        goal.passes.length_m / np.minimum(fastest_mps, most_speed_mps(streets, goal.params)[goal.passes.street])
    )


def net_s(shift: Shift) -> float:
    """Return the seconds of a shift that are left for driving and sweeping."""
    return max(0.0, shift.end_s - shift.start_s - shift.before_s - shift.after_s - shift.break_s)


def most_worth(worth: F64, time_s: F64, limit_s: float) -> float:
    """Return the most that can be had in some time, the last one in part (the knapsack's relaxation)."""
    order = np.argsort(-worth / np.maximum(time_s, 1e-9), kind="stable")
    before_s = np.cumsum(time_s[order]) - time_s[order]
    part = np.clip((limit_s - before_s) / np.maximum(time_s[order], 1e-9), 0.0, 1.0)
    return float((worth[order] * part).sum())


def least_cost_yuan(goal: Goal, reachable: Bool, least_s: F64) -> float:
    """Return what reaching the rate costs at least: vehicles and drivers for its seconds of sweeping, and its kilometres."""
    time_s, length_m = 0.0, 0.0
    amount = goal.amount
    for mask in goal.scopes():
        may = mask & reachable & goal.passes.by_machine
        wanted = min(float(amount[mask].sum()) * goal.params.target_rate_pct / 100, float(amount[may].sum()))
        time_s += least_use(amount[may], least_s[may], wanted)
        length_m += least_use(amount[may], goal.passes.length_m[may], wanted)
    a_second, a_km = cheapest_yuan(goal)
    return time_s * a_second + length_m / KM_M * a_km


def least_use(amount: F64, use: F64, wanted: float) -> float:
    """Return the least use that makes up an amount, the last one in part."""
    order = np.argsort(-amount / np.maximum(use, 1e-9), kind="stable")
    before = np.cumsum(amount[order]) - amount[order]
    part = np.clip((wanted - before) / np.maximum(amount[order], 1e-9), 0.0, 1.0)
    return float((use[order] * part).sum())


def cheapest_yuan(goal: Goal) -> tuple[float, float]:
    """Return the least that a second of a shift costs, whatever vehicle and shifts, and the least that a kilometre costs."""
    inventory, prices = goal.inventory, goal.inventory.prices
    shifts, wage_yuan = fleet.shifts_of(inventory, goal.params), money.wage_yuan_shift(inventory)
    seconds, kms = [], []
    for vehicle in fleet.sweepers(inventory):
        for n in range(1, len(shifts) + 1):
            for some in itertools.combinations(shifts, n):
                time_s = sum(net_s(shift) for shift in some)
                seconds.append((vehicle.fixed_yuan_day + n * wage_yuan) / max(time_s, 1e-9))
        energy_yuan = vehicle.energy_kwh_km * prices.electricity_yuan_kwh + vehicle.fuel_l_km * prices.diesel_yuan_l
        kms.append(vehicle.running_yuan_km + energy_yuan)
    return min(seconds), min(kms)
