"""What a plan is judged by in each mode: one number, smaller is better, taken from routes and unserved passes alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from layers.city import City
from layers.kinds.streets import RoadClass
from layers.layer import F64, Bool, Rows, Str
from layers.units import HOUR_S, KM_M
from optimizer.ground.cuts import district_names
from optimizer.ground.route_sums import route_m, span_s
from optimizer.plan import Route, Unserved
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.day.kerbs import Passes, counted_in_rate, most_speed_mps
from optimizer.planners.sweeping.measuring import money
from optimizer.planners.sweeping.params import SweepingParams
from resources import costs
from resources.inventory import Inventory

# A point of the rate that is missing outweighs any cost of a day.
_POINT_YUAN = 1e7
# How much more a pass is worth that the rate needs, and how many points more than the rate are looked at.
_NEEDED, _SPARE_PCT = 8, 5.0
# Bindings that streets, fleet and hours make by themselves: no search changes what they keep undone.
OUT_OF_REACH = frozenset((
    "street_width", "height", "weight", "closed", "banned", "no_vehicle", "not_connected", "hopper", "window",
    "no_footway", "tank",
))  # fmt: skip


@dataclass(frozen=True, eq=False)
class Goal:
    """Hold what is needed to judge a plan.

    Parameters
    ----------
    passes
        All that the day asks for.
    values
        Worth of each pass, whole square metres, weighted, shape (n_passes,).
    district
        Name of each pass's district, shape (n_passes,).
    inventory
        As the question has it (`fleet.offered`).
    """

    passes: Passes
    values: Rows
    district: Str
    inventory: Inventory
    params: SweepingParams

    def objective(self, routes: Sequence[Route], left: Sequence[Unserved]) -> float:
        """Return the objective.

        For the cheapest fleet: the cost of the day in yuan, and ten million for each point by which the rate falls short.
        Else the value left unswept of what is within reach, plus a share below 1 of what is to be least, so that nothing
        saved ever pays for a kerb left unswept: of the fleet's time, its cost, its kilometres, or the longest shift.
        """
        if self.params.mode == "fleet":
            short_pct = max(0.0, self.params.target_rate_pct - self.rate_pct(self.unswept(left)))
            return short_pct * _POINT_YUAN + money.cost_yuan(routes, self.inventory)
        in_reach = [u.item for u in left if u.binding not in OUT_OF_REACH]
        lost = sum(int(self.values[self.passes.row_of[item]]) for item in in_reach if item in self.passes.row_of)
        if self.params.mode == "rate":
            return lost + sum(span_s(route) for route in routes) / max(HOUR_S, self.fleet_s)
        return lost + self._share(routes)

    @property
    def fleet_s(self) -> float:
        """Working time of all vehicles in all shifts together, seconds."""
        vehicles, shifts = fleet.sweepers(self.inventory), fleet.shifts_of(self.inventory, self.params)
        return fleet.fleet_s(self.inventory, vehicles, shifts)

    def _share(self, routes: Sequence[Route]) -> float:
        if self.params.least == "balance":
            spans_s = [span_s(route) for route in routes]
            shifts = fleet.shifts_of(self.inventory, self.params)
            return (max(spans_s) - min(spans_s)) / max(s.end_s - s.start_s for s in shifts) if spans_s else 0.0
        most_km, most_yuan = self.most
        if self.params.least == "km":
            return sum(route_m(route) for route in routes) / KM_M / most_km
        return money.cost_yuan(routes, self.inventory) / most_yuan

    @property
    def most(self) -> tuple[float, float]:
        """Kilometres and yuan that no day of the whole fleet exceeds."""
        shifts = fleet.shifts_of(self.inventory, self.params)
        work_s, wage_yuan = sum(s.end_s - s.start_s for s in shifts), money.wage_yuan_shift(self.inventory)
        prices = self.inventory.prices
        most_km, most_yuan = 1.0, 1.0
        for vehicle in fleet.sweepers(self.inventory):
            n, km = self.inventory.n_in_service(vehicle), work_s * vehicle.driving_speed_mps / KM_M
            a_km = costs.yuan_km(vehicle, prices) + vehicle.water_lpm * prices.water_yuan_m3
            most_km += n * km
            most_yuan += n * (vehicle.fixed_yuan_day + len(shifts) * wage_yuan + km * a_km)
        return most_km, most_yuan

    def unswept(self, left: Sequence[Unserved]) -> Bool:
        """Return which passes machines do not sweep: those left, and those of streets for hand sweepers, shape (n,)."""
        mask = ~self.passes.by_machine
        mask[[self.passes.row_of[u.item] for u in left if u.item in self.passes.row_of]] = True
        return mask

    @property
    def amount(self) -> F64:
        """What each pass counts in a rate: its area or its length, shape (n_passes,)."""
        return counted_in_rate(self.passes, self.params)

    def rate_pct(self, unswept: Bool) -> float:
        """Return the rate that the target is of, percent: the lowest of the districts, where each must reach it."""
        amount, rates = self.amount, []
        for mask in self.scopes():
            whole = float(amount[mask].sum())
            if whole > 0:
                rates.append(100 * float(amount[mask & ~unswept].sum()) / whole)
        return min(rates, default=100.0)

    def scopes(self) -> list[Bool]:
        """Return the passes that each rate is of: the whole city's or each district's, of the classes that count."""
        counts = counted(self.passes, self.params)
        if not self.params.target_each_district:
            return [counts]
        return [counts & (self.district == name) for name in np.unique(self.district[counts]) if name]


def reachable(passes: Passes, left: Sequence[Unserved]) -> Bool:
    """Return which passes are for machines and not out of their reach, shape (n,)."""
    mask = passes.by_machine.copy()
    mask[[passes.row_of[u.item] for u in left if u.binding in OUT_OF_REACH and u.item in passes.row_of]] = False
    return mask


def goal_of(city: City, passes: Passes, inventory: Inventory, params: SweepingParams) -> Goal:
    """Return what plans of a question are judged by.

    Parameters
    ----------
    inventory
        As the question has it.
    """
    district = district_names(city, passes.streets)[passes.street]
    goal = Goal(passes, fleet.values_of(passes, params), district, inventory, params)
    return replace(goal, values=needed_first(goal)) if params.mode == "fleet" else goal


def needed_first(goal: Goal) -> Rows:
    """Return what each pass is worth to a fleet that is only to reach a rate: its area (or length), more where `needed`."""
    points: Rows = np.maximum(1, np.rint(goal.amount * np.where(needed(goal), _NEEDED, 1))).astype(np.int64)
    return points


def needed(goal: Goal) -> Bool:
    """Return which passes reach the rate soonest by the second of sweeping, in each scope that must reach it, shape (n,).

    Some points more than that are among them, since some passes will prove out of reach.
    """
    passes, params, amount = goal.passes, goal.params, goal.amount
    service_s = passes.length_m / most_speed_mps(passes.streets, params)[passes.street]
    chosen = np.zeros(len(passes), dtype=bool)
    for mask in goal.scopes():
        rows = np.flatnonzero(mask & passes.by_machine)
        order = rows[np.argsort(-amount[rows] / service_s[rows], kind="stable")]
        wanted = amount[mask].sum() * (params.target_rate_pct + _SPARE_PCT) / 100
        chosen[order[np.cumsum(amount[order]) - amount[order] < wanted]] = True
    return chosen


def counted(passes: Passes, params: SweepingParams) -> Bool:
    """Return which passes the target's rate is of, shape (n,)."""
    main = {"all": tuple(RoadClass), "main_secondary": (RoadClass.MAIN, RoadClass.SECONDARY), "main": (RoadClass.MAIN,)}
    return np.asarray(np.isin(passes.streets.road_class, main[params.target_of])[passes.street])
