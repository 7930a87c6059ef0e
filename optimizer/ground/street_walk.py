"""The routes of a plan laid out street by street, for the checks: every rule is looked at for all streets at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from layers.hours import parse_periods
from layers.kinds.streets import Oneway
from layers.layer import F64, Bool, Rows
from layers.text import Text
from layers.units import clock
from optimizer.ground.fleet import overlap
from optimizer.ground.street_rules import StreetRules
from optimizer.leg_table import LegTable
from optimizer.plan import PlanFault, Route
from resources.inventory import Shift, VehicleType


@dataclass(frozen=True, eq=False)
class StreetWalk:
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

    rules: StreetRules
    legs: LegTable
    street: Rows
    forward: Bool

    @classmethod
    def of(cls, rules: StreetRules, routes: tuple[Route, ...]) -> Self:
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


_USE = {
    "street_closed": ("已封闭", "is closed"),
    "wrong_way": ("为单行，逆向行驶", "is one-way, the other way"),
    "street_too_narrow": ("太窄", "is too narrow"),
    "street_too_low": ("限高不足", "is too low"),
    "street_too_weak": ("限重不足", "bears too little weight"),
    "banned_hours": ("此时禁行", "is closed to sanitation vehicles then"),
}

Found = Iterator[tuple[int, PlanFault]]


def broken_rules(walk: StreetWalk) -> dict[str, Bool]:
    """Return which rules of use are broken on each street driven, shape (n_steps,) each."""
    streets, row, route = walk.rules.streets, walk.street, walk.route
    width_m = walk.of_vehicle(lambda v: max(v.width_m, v.least_street_width_m))
    return {
        "street_closed": streets.closed[row],
        "wrong_way": streets.oneway[row] == np.where(walk.forward, int(Oneway.BACKWARD), int(Oneway.FORWARD)),
        "street_too_narrow": streets.width_m[row] < width_m[route],
        "street_too_low": streets.max_height_m[row] < walk.of_vehicle(lambda v: v.height_m)[route],
        "street_too_weak": streets.max_weight_kg[row] < walk.of_vehicle(lambda v: v.weight_kg)[route],
        "banned_hours": banned_then(walk),
    }


def banned_then(walk: StreetWalk) -> Bool:
    """Return which streets are driven while they are closed to sanitation vehicles, shape (n_steps,)."""
    banned = np.zeros(len(walk.street), dtype=bool)
    periods = walk.rules.streets.ban_periods
    texts, number = np.unique(periods, return_inverse=True)
    for k, text in enumerate(texts.tolist()):
        if text:
            steps = np.flatnonzero(number[walk.street] == k)
            leg = walk.leg[steps]
            banned[steps] = overlap(parse_periods(text), walk.legs.start_s[leg], walk.legs.end_s[leg])
    return banned


def streets_used(walk: StreetWalk) -> Found:
    """Check that each street may be used by its vehicle, in its direction, at its time; told once a route and street."""
    n_streets = len(walk.rules.streets)
    for code, hit in broken_rules(walk).items():
        steps = np.flatnonzero(hit)
        _, first = np.unique(walk.route[steps] * n_streets + walk.street[steps], return_index=True)
        for k in steps[first].tolist():
            zh, en = _USE[code]
            name, when = walk.rules.streets.ids[walk.street[k]], clock(walk.legs.legs[walk.leg[k]].start_s)
            yield walk.fault(int(walk.route[k]), code, f"道路 {name} {zh}（{when}）", f"street {name} {en} ({when})")


def ends(walk: StreetWalk) -> tuple[Rows, Rows]:
    """Return the junctions at which each street driven is begun and left, shape (n_steps,) each."""
    along = walk.rules.ends[walk.street]
    turned = np.where(walk.forward[:, None], along, along[:, ::-1])
    return turned[:, 0], turned[:, 1]
