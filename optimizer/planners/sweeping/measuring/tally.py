"""Add up what a plan's legs did by any parting of its routes (vehicles, shifts) or of its streets (districts)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from layers.hours import Periods, parse_periods
from layers.kinds.streets import RoadClass
from layers.layer import F64, Bool, Rows
from layers.units import DAY_S
from optimizer.ground.street_rules import street_lengths_m
from optimizer.plan import LegKind
from optimizer.planners.sweeping.day import kerbs
from optimizer.planners.sweeping.day.hand import by_hand
from optimizer.planners.sweeping.measuring.measured import Measured
from optimizer.planners.sweeping.measuring.money import Use, use_of

_CLASSES = {
    "": tuple(RoadClass),
    "area=city;road_class=main": (RoadClass.MAIN,),
    "area=city;road_class=secondary": (RoadClass.SECONDARY,),
    "area=city;road_class=main,secondary": (RoadClass.MAIN, RoadClass.SECONDARY),
}


@dataclass(frozen=True, eq=False)
class Tally:
    """Hold a measured plan, its legs and its streets driven as arrays."""

    measured: Measured

    @cached_property
    def classes(self) -> dict[str, Bool]:
        """Streets of the road classes that rates are told for, shape (n_streets,), by what a figure calls them."""
        road_class = self.measured.passes.streets.road_class
        return {where: np.isin(road_class, classes) for where, classes in _CLASSES.items()}

    @cached_property
    def use(self) -> Use:
        """What each route uses."""
        return use_of(self.measured.legs.routes, self.measured.inventory)

    @cached_property
    def step_street(self) -> Rows:
        """Row of each street driven, shape (n_steps,); -1 for one that does not exist."""
        row_of = self.measured.passes.streets.row_of
        names = self.measured.legs.step_names
        return np.array([row_of.get(n, row_of.get(n.removeprefix("-"), -1)) for n in names], dtype=np.int64)

    @cached_property
    def step_m(self) -> F64:
        """Metres driven of each street, shape (n_steps,): a leg's length, shared out by its streets' lengths."""
        legs = self.measured.legs
        whole_m = np.append(street_lengths_m(self.measured.passes.streets), 0.0)[self.step_street]
        of_leg_m = np.bincount(legs.step_leg, weights=whole_m, minlength=len(legs.legs))
        scale = legs.length_m / np.maximum(of_leg_m, 1e-9)
        return np.asarray(whole_m * scale[legs.step_leg])

    @cached_property
    def route_m(self) -> F64:
        """Metres of each route, shape (n_routes,)."""
        return self.by_route(self.measured.legs.length_m)

    @cached_property
    def swept_m(self) -> F64:
        """Metres that each route sweeps, shape (n_routes,)."""
        return self.by_route(self.measured.legs.length_m * self.doing(LegKind.SERVE))

    @cached_property
    def deadhead_m(self) -> F64:
        """Metres that each route drives without sweeping, shape (n_routes,)."""
        return self.by_route(self.measured.legs.length_m * self.doing(LegKind.DRIVE))

    @cached_property
    def n_dumped(self) -> F64:
        """How often each route unloads, shape (n_routes,)."""
        return self.by_route(self.doing(LegKind.UNLOAD).astype(np.float64))

    @cached_property
    def n_refilled(self) -> F64:
        """How often each route takes water, shape (n_routes,)."""
        return self.by_route(self.doing(LegKind.REFILL).astype(np.float64))

    @cached_property
    def n_streets_driven(self) -> F64:
        """Streets that each route drives without sweeping, every time counted, shape (n_routes,)."""
        return self.by_route(np.where(self.doing(LegKind.DRIVE), self.measured.legs.n_steps, 0.0))

    @cached_property
    def peak_of_route_s(self) -> F64:
        """Seconds that each route sweeps within the traffic peaks, shape (n_routes,)."""
        return self.by_route(self.peak_s)

    @cached_property
    def left(self) -> Rows:
        """Rows of the passes that are told as unserved, shape (n,)."""
        row_of = self.measured.passes.row_of
        rows = [row_of[u.item] for u in self.measured.plan.unserved if u.item in row_of]
        return np.array(rows, dtype=np.int64)

    @cached_property
    def street_m2(self) -> F64:
        """Area of each street, shape (n_streets,)."""
        return kerbs.areas_m2(self.measured.passes.streets)

    @cached_property
    def by_hand(self) -> Bool:
        """Which streets are swept by hand, shape (n_streets,)."""
        return by_hand(self.measured.passes, self.measured.plan)

    def by_route(self, amount: F64) -> F64:
        """Return the sums of an amount of each leg by route, shape (n_routes,)."""
        legs = self.measured.legs
        return np.bincount(legs.route, weights=amount, minlength=len(legs.routes)).astype(np.float64)

    def doing(self, kind: LegKind) -> Bool:
        """Return which legs are of a kind, shape (n_legs,)."""
        return self.measured.legs.doing(kind)

    @cached_property
    def peak_s(self) -> F64:
        """Seconds of each leg that sweeping takes of the traffic peaks, shape (n_legs,)."""
        legs = self.measured.legs
        inside_s = within_s(parse_periods(self.measured.params.peak_periods), legs.start_s, legs.end_s)
        return np.where(self.doing(LegKind.SERVE), inside_s, 0.0)

    @cached_property
    def area_m2(self) -> F64:
        """Area that each route sweeps, shape (n_routes,)."""
        services = self.measured.services
        area_m2 = self.measured.passes.area_m2[services.row]
        return np.bincount(services.route, weights=area_m2, minlength=len(self.measured.legs.routes)).astype(np.float64)

    @cached_property
    def vehicle(self) -> tuple[tuple[str, ...], Rows]:
        """Names of the vehicles, and the number of each route's, shape (n_routes,)."""
        return numbered([route.vehicle for route in self.measured.legs.routes])

    @cached_property
    def shift(self) -> tuple[tuple[str, ...], Rows]:
        """Keys of the shifts, and the number of each route's, shape (n_routes,)."""
        return numbered([route.shift for route in self.measured.legs.routes])

    @cached_property
    def spread_m(self) -> F64:
        """How far each vehicle's swept streets lie from their middle, root mean square by length, shape (n_vehicles,)."""
        names, number = self.vehicle
        services, passes = self.measured.services, self.measured.passes
        of_vehicle, weight = number[services.route], passes.length_m[services.row]
        boxes = passes.streets.geometry.bounds[passes.street[services.row]]
        at = (boxes[:, :2] + boxes[:, 2:]) / 2
        whole = np.maximum(np.bincount(of_vehicle, weights=weight, minlength=len(names)), 1e-9)
        middle = np.column_stack(
            [np.bincount(of_vehicle, weights=weight * at[:, k], minlength=len(names)) / whole for k in (0, 1)]
        )
        squared = ((at - middle[of_vehicle]) ** 2).sum(axis=1)
        return np.sqrt(np.bincount(of_vehicle, weights=weight * squared, minlength=len(names)) / whole)

    @cached_property
    def crossed(self) -> Bool:
        """Which streets several vehicles drive, sweeping or not, shape (n_streets,)."""
        legs, n_vehicles = self.measured.legs, len(self.vehicle[0])
        known = self.step_street >= 0
        by = self.vehicle[1][legs.route[legs.step_leg[known]]]
        pairs = np.unique(self.step_street[known] * n_vehicles + by)
        n_by = np.bincount(pairs // max(1, n_vehicles), minlength=len(self.measured.passes.streets))
        return np.asarray(n_by > 1)


def numbered(names: list[str]) -> tuple[tuple[str, ...], Rows]:
    """Return the different names in their first order, and the number of each."""
    order = {name: k for k, name in enumerate(dict.fromkeys(names))}
    return tuple(order), np.array([order[name] for name in names], dtype=np.int64)


def within_s(periods: Periods, start_s: F64, end_s: F64) -> F64:
    """Return how many seconds of each time lie in some daily periods that do not overlap, shape (n,)."""
    inside = np.zeros(len(start_s))
    for begin, end in periods:
        for days in (-1, 0, 1):
            shared = np.minimum(end_s, end + days * DAY_S) - np.maximum(start_s, begin + days * DAY_S)
            inside += np.maximum(0.0, shared)
    return inside
