"""What no plan can beat, proven by time alone: sweeping takes its seconds, and shifts have so many.

Driving, dumps and directions are left out, and every pass is swept by whichever vehicle is quickest there, so that the
bounds hold for any plan; they are as far from the best plan as driving without sweeping is long.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from layers.layer import F64, Bool, Rows
from layers.units import HOUR_S, KM_M
from optimizer.plan import Unserved
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.day.kerbs import Passes, most_speed_mps
from optimizer.planners.sweeping.measuring import money
from optimizer.planners.sweeping.measuring.goal import Goal, reachable
from optimizer.planners.sweeping.params import SweepingParams
from resources import costs
from resources.inventory import Inventory, Shift, VehicleType


def bound_of(goal: Goal, may: Bool) -> float | None:
    """Return a proven lower bound of a question's objective; None where there is no vehicle, or nothing is proven.

    Parameters
    ----------
    may
        Which passes are for machines and some vehicle can sweep them, shape (n_passes,): the others are in no objective.
    """
    vehicles = fleet.sweepers(goal.inventory)
    if not vehicles:
        return None
    least_s = least_service_s(goal.passes, goal.params, vehicles)
    if goal.params.mode == "fleet":
        return least_cost_yuan(goal, may, least_s)
    values = goal.values.astype(np.float64)[may]
    most = most_worth(values, least_s[may], sweeping_s(goal.inventory, goal.params))
    # values are whole numbers, and so is what is lost of them
    lost = float(np.ceil(values.sum() - most - 1e-6))
    return lost if lost > 0 else least_share(goal, may, least_s)


def most_rate_pct(passes: Passes, inventory: Inventory, params: SweepingParams, left: Sequence[Unserved]) -> float | None:
    """Return the rate that no plan of the fleet exceeds, percent, by area or length as asked; None where nothing is asked.

    Parameters
    ----------
    left
        Of any plan: what it tells to be out of reach is left out.
    """
    amount = passes.length_m if params.rate_of == "length" else passes.area_m2
    vehicles, whole = fleet.sweepers(inventory), float(amount.sum())
    if whole <= 0 or not vehicles:
        return None
    may = reachable(passes, left)
    least_s = least_service_s(passes, params, vehicles)[may]
    return 100 * most_worth(amount[may], least_s, sweeping_s(inventory, params)) / whole


def least_share(goal: Goal, may: Bool, least_s: F64) -> float | None:
    """Return the least share of what is to be least, where all within reach is swept; None where any share may be.

    It is no more than 1: leaving out a pass costs 1 or more.
    """
    time_s, km = float(least_s[may].sum()), float(goal.passes.length_m[may].sum()) / KM_M
    if goal.params.mode == "rate":
        return min(1.0, time_s / max(HOUR_S, goal.fleet_s))
    if goal.params.least == "balance":
        return None
    most_km, most_yuan = goal.most
    if goal.params.least == "km":
        return min(1.0, km / most_km)
    a_second, a_km = cheapest_yuan(goal)
    return min(1.0, (time_s * a_second + km * a_km) / most_yuan)


def least_service_s(passes: Passes, params: SweepingParams, vehicles: tuple[VehicleType, ...]) -> F64:
    """Return the seconds that the quickest vehicle takes for each pass, shape (n_passes,)."""
    fastest_mps = max(v.working_speed_mps for v in vehicles)
    return np.asarray(passes.length_m / np.minimum(fastest_mps, most_speed_mps(passes.streets, params)[passes.street]))


def sweeping_s(inventory: Inventory, params: SweepingParams) -> float:
    """Return the seconds that all vehicles in service have for driving and sweeping in a day."""
    n_vehicles = sum(inventory.n_in_service(v) for v in fleet.sweepers(inventory))
    return n_vehicles * sum(net_s(shift) for shift in fleet.shifts_of(inventory, params))


def net_s(shift: Shift) -> float:
    """Return the seconds of a shift that are left for driving and sweeping."""
    return max(0.0, shift.end_s - shift.start_s - shift.before_s - shift.after_s - shift.break_s)


def most_worth(worth: F64, time_s: F64, limit_s: float) -> float:
    """Return the most that can be had in some time, the last one in part (the knapsack's relaxation)."""
    order, part = best_first(worth, time_s, time_s, limit_s)
    return float((worth[order] * part).sum())


def least_cost_yuan(goal: Goal, may: Bool, least_s: F64) -> float:
    """Return what reaching the rate costs at least: vehicles and drivers for its seconds of sweeping, and its kilometres."""
    time_s, length_m = 0.0, 0.0
    amount = goal.amount
    for mask in goal.scopes():
        here = mask & may
        wanted = min(float(amount[mask].sum()) * goal.params.target_rate_pct / 100, float(amount[here].sum()))
        time_s += least_use(amount[here], least_s[here], wanted)
        length_m += least_use(amount[here], goal.passes.length_m[here], wanted)
    a_second, a_km = cheapest_yuan(goal)
    return time_s * a_second + length_m / KM_M * a_km


def least_use(amount: F64, use: F64, wanted: float) -> float:
    """Return the least use that makes up an amount, the last one in part."""
    order, part = best_first(amount, use, amount, wanted)
    return float((use[order] * part).sum())


def best_first(worth: F64, price: F64, size: F64, room: float) -> tuple[Rows, F64]:
    """Return the order of what is worth most for its price, and the part of each that is taken until a room is full.

    Parameters
    ----------
    worth, price, size
        Of each, shape (n,).
    room
        What the sizes fill.
    """
    order = np.argsort(-worth / np.maximum(price, 1e-9), kind="stable")
    before = np.cumsum(size[order]) - size[order]
    return order, np.clip((room - before) / np.maximum(size[order], 1e-9), 0.0, 1.0)


def cheapest_yuan(goal: Goal) -> tuple[float, float]:
    """Return the least that a second of a shift costs, whatever vehicle and shifts, and the least that a kilometre costs."""
    inventory = goal.inventory
    shifts, wage_yuan = fleet.shifts_of(inventory, goal.params), money.wage_yuan_shift(inventory)
    seconds, kms = [], []
    for vehicle in fleet.sweepers(inventory):
        for n in range(1, len(shifts) + 1):
            for some in itertools.combinations(shifts, n):
                time_s = sum(net_s(shift) for shift in some)
                seconds.append((vehicle.fixed_yuan_day + n * wage_yuan) / max(time_s, 1e-9))
        kms.append(costs.yuan_km(vehicle, inventory.prices))
    return min(seconds), min(kms)
