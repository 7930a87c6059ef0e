"""What a plan is judged by in each mode: one number, smaller is better, taken from routes and unserved tasks alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layers.layer import Rows
from layers.units import KM_M
from optimizer.ground.route_sums import route_m
from optimizer.plan import Route, Unserved
from optimizer.planners.collection.measuring import money
from optimizer.planners.collection.night.reading import Night
from resources import costs

# A kilogram that is left outweighs what it costs to fetch it.
_KG_YUAN = 1000.0
# Bindings that streets, fleet and data make by themselves: no search changes what they keep uncollected.
OUT_OF_REACH = frozenset((
    "no_street", "street_width", "coordinates", "amount", "duplicate", "capacity", "no_station", "not_connected",
    "no_vehicle", "window",
))  # fmt: skip


def objective(night: Night, routes: Sequence[Route], left: Sequence[Unserved]) -> float:
    """Return the objective.

    For the cheapest fleet: the cost of the planned days in yuan, and a thousand for each kilogram left within reach. Else
    the kilograms left within reach, plus a share below 1 of what is to be least: nothing saved pays for anything left.
    """
    params, weight = night.params, weights(night)
    lost = sum(int(weight[night.tasks.row_of[u.item]]) for u in left if within_reach(u) and u.item in night.tasks.row_of)
    if params.mode == "fleet":
        return lost * _KG_YUAN + float(money.use_of(routes, night.inventory, params).cost_yuan.sum())
    return lost + _share(night, routes)


def within_reach(unserved: Unserved) -> bool:
    """Tell whether another plan could serve what is left."""
    return unserved.binding not in OUT_OF_REACH


def weights(night: Night) -> Rows:
    """Return what each task is worth: its kilograms, at least 1."""
    return np.maximum(1, np.rint(night.tasks.kg)).astype(np.int64)


def _share(night: Night, routes: Sequence[Route]) -> float:
    params = night.params
    n_days = len(night.day_shares)
    most_km, most_yuan = most(night)
    if params.mode == "all" and params.least == "km":
        return sum(route_m(route) for route in routes) / KM_M / most_km / n_days
    return float(money.use_of(routes, night.inventory, params).cost_yuan.sum()) / most_yuan / n_days


def most(night: Night) -> tuple[float, float]:
    """Return kilometres and yuan that no night of the whole fleet exceeds."""
    shifts = {r.shift.key: r.shift for r in night.rounds}.values()
    work_s = sum(s.end_s - s.start_s for s in shifts)
    wage_yuan = money.wage_yuan_s(night.inventory, night.params) * work_s
    most_km, most_yuan = 1.0, 1.0
    for vehicle in night.vehicles:
        n, km = night.inventory.n_in_service(vehicle), work_s * vehicle.driving_speed_mps / KM_M
        most_km += n * km
        most_yuan += n * (vehicle.fixed_yuan_day + wage_yuan + km * costs.yuan_km(vehicle, night.inventory.prices))
    return most_km, most_yuan
