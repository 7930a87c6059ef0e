"""The routes of a plan laid out street by street, for the checks: every rule is looked at for all streets at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from layers.layer import F64, Bool, Rows
from layers.text import Text
from optimizer.leg_table import LegTable
from optimizer.plan import PlanFault, Route
from optimizer.planners.sweeping.checking.rules import Rules
from resources.inventory import Shift, VehicleType


@dataclass(frozen=True, eq=False)
class Walk:
    """Hold routes of known vehicles in known shifts, with the streets that they drive.

    Parameters
    ----------
    rules
        What is allowed.
    legs
        All legs.
    street
        Row of each street driven, in order, shape (n_steps,); -1 for one that does not exist.
    forward
        Whether it is driven along its drawn line, shape (n_steps,).
    """

    rules: Rules
    legs: LegTable
    street: Rows
    forward: Bool

    @classmethod
    def of(cls, rules: Rules, routes: tuple[Route, ...]) -> Walk:
        """Lay out some routes."""
        legs, row_of = LegTable.of(routes), rules.streets.row_of
        names = legs.step_names
        against = [name not in row_of and name.startswith("-") for name in names]
        plain = (name[1:] if back else name for name, back in zip(names, against, strict=True))
        street = np.array([row_of.get(name, -1) for name in plain], dtype=np.int64)
        return cls(rules, legs, street, ~np.array(against, dtype=bool))

    @property
    def leg(self) -> Rows:
        """Leg of each street driven, shape (n_steps,)."""
        return self.legs.step_leg

    @cached_property
    def route(self) -> Rows:
        """Route of each street driven, shape (n_steps,)."""
        return self.legs.route[self.leg]

    @cached_property
    def vehicles(self) -> tuple[VehicleType, ...]:
        """Vehicle type of each route."""
        return tuple(self.rules.vehicles[route.vehicle_type] for route in self.legs.routes)

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """Shift of each route."""
        return tuple(self.rules.shifts[route.shift] for route in self.legs.routes)

    def of_vehicle(self, figure: Callable[[VehicleType], float]) -> F64:
        """Return a figure of each route's vehicle, shape (n_routes,)."""
        return np.array([figure(vehicle) for vehicle in self.vehicles], dtype=np.float64)

    def fault(self, route: int, code: str, zh: str, en: str) -> tuple[int, PlanFault]:
        """Return a fault of a route, behind the route's number."""
        key = self.legs.routes[route].id
        return route, PlanFault(code, key, Text(f"路线 {key}：{zh}", f"route {key}: {en}"))
