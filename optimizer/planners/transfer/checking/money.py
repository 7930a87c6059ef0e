"""What works cost, and what the plan comes to a year, worked out anew."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from layers.districts import names_of
from layers.kinds.facilities import Plants
from layers.kinds.places import DistrictRing, Districts
from layers.layer import F64
from layers.text import Text
from layers.units import HOUR_S, KM_M, TONNE_KG
from optimizer.changes import Change, ChangeKind
from optimizer.plan import Plan, PlanFault
from optimizer.planners.transfer.checking.ground import CLASSES, Ground, Site, class_mark, lot_m2
from optimizer.planners.transfer.checking.loads import closes, sizes
from optimizer.planners.transfer.checking.numbers import counted
from optimizer.planners.transfer.checking.ways import truck

_TOLERANCE = 1e-6


def _by_class(text: str, mark: str) -> float:
    return float(text.replace("，", ",").split(",")[CLASSES.index(mark)])


def parts_yuan(ground: Ground, site: Site, change: Change) -> tuple[float, float, float]:
    """Return what is paid once for land, buildings and equipment of a work."""
    params, size, mark = ground.params, change.size, class_mark(change.size)
    building, equipment = (_by_class(t, mark) for t in (params.building_yuan_t, params.equipment_yuan_t))
    if change.kind is ChangeKind.BUILD:
        return min(site.land_m2, lot_m2(size)) * site.land_yuan_m2, building * size, equipment * size
    if change.kind is ChangeKind.REBUILD:
        return 0.0, building * size * params.rebuild_pct / 100, equipment * size
    more = size - site.capacity_t_day
    return 0.0, building * more, equipment * more


def cost_faults(ground: Ground, plan: Plan) -> Iterator[PlanFault]:
    """Name works whose cost is given wrongly."""
    for change in plan.changes:
        site = ground.sites.get(change.item)
        if site is None:
            continue
        once = ground.params.close_yuan if change.kind is ChangeKind.CLOSE else sum(parts_yuan(ground, site, change))
        if not math.isclose(once, change.cost_yuan, rel_tol=_TOLERANCE, abs_tol=0.01):
            zh = f"{change.item} 投资记为 {change.cost_yuan:.0f} 元，应为 {once:.0f}"
            yield PlanFault(
                "wrong_cost", change.item, Text(zh, f"{change.item} costs {once:.0f} yuan, not {change.cost_yuan:.0f}")
            )


def objective(ground: Ground, plan: Plan) -> float:
    """Return what a plan comes to, yuan a year."""
    params = ground.params
    a_year = 365.0
    once = _paid_a_year(ground, plan)
    running = sum(_by_class(params.running_yuan_t, class_mark(size)) * size for size in sizes(ground, plan).values())
    people = sum(weighted(ground, ground.sites[item]) for item in sizes(ground, plan) if item in ground.sites)
    plants = ground.city[Plants].row_of
    haul = sum(a.amount * a.distance_m for a in plan.assignments if a.server not in plants) / KM_M * haul_price(ground)
    onward = sum(a.amount * a.distance_m for a in plan.assignments if a.server in plants) / KM_M
    left = sum(u.amount for u in plan.unserved if u.binding in ("capacity", "stopped"))
    goals = _missing(ground, plan) * params.goal_yuan_year if params.targets == "goal" else 0.0
    by_day = haul + onward * params.onward_yuan_t_km + left * params.unserved_yuan_t
    return once + running + people * params.nuisance_yuan + a_year * by_day + goals


def _paid_a_year(ground: Ground, plan: Plan) -> float:
    params, sums = ground.params, [0.0, 0.0, 0.0]
    for change in plan.changes:
        if change.item in ground.sites and change.kind is not ChangeKind.CLOSE:
            sums = [a + b for a, b in zip(sums, parts_yuan(ground, ground.sites[change.item], change), strict=True)]
    sums[1] += closes(plan) * params.close_yuan
    lives = (params.land_life_year, params.building_life_year, params.equipment_life_year)
    return sum(paid * _rate(params.interest_pct / 100, life) for paid, life in zip(sums, lives, strict=True))


def _rate(interest: float, n_years: int) -> float:
    """Return the yearly payment for one yuan: its present value over the years is one."""
    return 1.0 / sum((1 + interest) ** -k for k in range(1, n_years + 1))


def weighted(ground: Ground, site: Site) -> float:
    """Return the people near a site, less the farther they are, and by the wind."""
    import shapely

    params, (xy_m, people, _) = ground.params, ground.places
    if params.nuisance_m <= 0 or not len(xy_m):
        return 0.0
    near = np.maximum(0.0, 1 - ground.away_m(site) / params.nuisance_m)
    if params.wind_from_deg >= 0:
        middle = shapely.get_coordinates(shapely.centroid(site.shape))[0]
        near = near * (1 - params.wind_share * _cosines(xy_m - middle, params.wind_from_deg))
    return float((people * near).sum())


def _cosines(way_m: F64, from_deg: float) -> F64:
    """Return the cosine between each way and where the wind comes from."""
    bearing = np.arctan2(way_m[:, 0], way_m[:, 1])
    return np.where(np.hypot(way_m[:, 0], way_m[:, 1]) > 0, np.cos(bearing - np.radians(from_deg)), 0.0)


def haul_price(ground: Ground) -> float:
    """Return yuan for a tonne and kilometre to the station, the way back included."""
    params, inventory = ground.params, ground.scenario.inventory
    if params.haul_yuan_t_km > 0:
        return params.haul_yuan_t_km
    vehicle, crew, prices = truck(ground), inventory.crew("collection"), inventory.prices
    wage = crew.n_per_vehicle * crew.relief_factor * crew.wage_yuan_month * 12 / 365 if crew else 0.0
    energy = vehicle.energy_kwh_km * prices.electricity_yuan_kwh + vehicle.fuel_l_km * prices.diesel_yuan_l
    an_hour = (vehicle.fixed_yuan_day + wage) / 8
    a_km = vehicle.running_yuan_km + energy + an_hour * KM_M / params.haul_mps / HOUR_S
    return 2 * a_km / (vehicle.hopper_kg / TONNE_KG * params.haul_load_pct / 100)


def _missing(ground: Ground, plan: Plan) -> int:
    """Return how many stations are missing of all numbers wanted."""
    params, districts = ground.params, ground.city[Districts]
    n = 0
    for name, ring in zip(names_of(districts).tolist(), districts.ring.tolist(), strict=True):
        built, compacting = counted(ground, plan, name)
        wanted = params.n_central if ring == DistrictRing.CENTRAL else params.n_outer
        n += max(0, wanted - built) + max(0, params.n_compacting - compacting)
    largest = max(sizes(ground, plan).values(), default=0.0)
    return n + (1 if params.centre_t_day > 0 and largest < params.centre_t_day else 0)
