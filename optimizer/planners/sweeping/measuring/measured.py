"""What a plan did, as arrays beside the passes: read from its legs alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from layers.layer import F64, Bool, Rows
from layers.units import KM_M
from optimizer.leg_table import LegTable
from optimizer.plan import LegKind, Plan
from optimizer.planners.sweeping.day import fleet, kerbs
from optimizer.planners.sweeping.day.kerbs import SIDES, Passes, counted_in_rate
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.scenario import Scenario
from resources.inventory import Inventory, VehicleType


@dataclass(frozen=True, eq=False)
class Services:
    """Hold the passes that a plan does, one a row.

    Parameters
    ----------
    row
        Of the pass, shape (n,).
    start_s, end_s
        When, shape (n,).
    water_l
        Water sprayed, shape (n,).
    vehicles
        Vehicle type of each route.
    route
        Number of the route, shape (n,).
    """

    row: Rows
    start_s: F64
    end_s: F64
    water_l: F64
    vehicles: tuple[VehicleType, ...]
    route: Rows

    def by(self, wanted: Callable[[VehicleType], bool]) -> Bool:
        """Return which passes are done by vehicles of some kind, shape (n,)."""
        return np.array([wanted(vehicle) for vehicle in self.vehicles], dtype=bool)[self.route]


@dataclass(frozen=True, eq=False)
class Share:
    """Hold what each street asks for and what of it was done, shape (n_streets,), in the same unit."""

    asked_value: F64
    done: F64

    def pct(self, streets: Bool) -> float | None:
        """Return the share that was done of some streets; None where they ask for nothing."""
        asked = float(self.asked_value[streets].sum())
        return 100 * float(self.done[streets].sum()) / asked if asked > 0 else None


@dataclass(frozen=True, eq=False)
class Measured:
    """Hold a plan beside what the day asks for."""

    scenario: Scenario
    plan: Plan
    passes: Passes

    @classmethod
    def of(cls, scenario: Scenario, plan: Plan) -> Measured:
        """Read a plan."""
        params = scenario.params
        assert isinstance(params, SweepingParams)
        return cls(scenario, plan, kerbs.passes_of(scenario.city, params))

    @property
    def params(self) -> SweepingParams:
        """The planner's parameters."""
        params = self.scenario.params
        assert isinstance(params, SweepingParams)
        return params

    @cached_property
    def vehicles(self) -> dict[str, VehicleType]:
        """Vehicle types by key."""
        return self.inventory.type_of

    @cached_property
    def inventory(self) -> Inventory:
        """The inventory as the question has it."""
        return fleet.offered(self.scenario.inventory, self.params)

    @cached_property
    def legs(self) -> LegTable:
        """Legs of vehicles of known types."""
        return LegTable.of(tuple(r for r in self.plan.routes if r.vehicle_type in self.vehicles))

    @cached_property
    def services(self) -> Services:
        """What the plan's vehicles of known types sweep."""
        legs = self.legs
        which, row = legs.served(self.passes.row_of)
        which, row = which[row >= 0], row[row >= 0]
        vehicles = tuple(self.vehicles[route.vehicle_type] for route in legs.routes)
        water_l = np.maximum(0.0, -legs.water_l[which])
        return Services(row, legs.start_s[which], legs.end_s[which], water_l, vehicles, legs.route[which])

    def among(self, rows: Rows) -> Bool:
        """Return which passes are among some rows, shape (n_passes,)."""
        mask = np.zeros(len(self.passes), dtype=bool)
        mask[rows] = True
        return mask

    @cached_property
    def done(self) -> Bool:
        """Which passes were done, shape (n_passes,)."""
        return self.among(self.services.row)

    @cached_property
    def wet(self) -> Bool:
        """Which passes were done wet, or by suction, shape (n_passes,)."""
        services = self.services
        return self.among(services.row[(services.water_l > 0) | services.by(lambda vehicle: vehicle.suction)])

    @cached_property
    def amount(self) -> F64:
        """Weight of each pass in a rate, shape (n_passes,): its area in square metres, or its length in metres."""
        return counted_in_rate(self.passes, self.params)

    @cached_property
    def by_area(self) -> Share:
        """What was swept, by area."""
        return self._share(self.passes.area_m2, self.done)

    @cached_property
    def by_length(self) -> Share:
        """What was swept, by length."""
        return self._share(self.passes.length_m, self.done)

    @property
    def swept(self) -> Share:
        """What was swept, by what the rate is of."""
        return self.by_length if self.params.rate_of == "length" else self.by_area

    @cached_property
    def swept_wet(self) -> Share:
        """What was swept wet or by suction, by what the rate is of."""
        return self._share(self.amount, self.wet)

    @cached_property
    def begun(self) -> Share:
        """Kerbs that a machine swept at least once, by what the rate is of."""
        kerb = self.passes.street * len(SIDES) + self.passes.side
        # all strips of the first sweep, so that a wide kerb weighs as much as its area
        first = np.where(self.passes.n_sweep == 1, self.amount, 0.0)
        return self._share(first, np.isin(kerb, kerb[self.done]))

    def _share(self, amount: F64, hit: Bool) -> Share:
        street, n_streets = self.passes.street, len(self.passes.streets)
        asked, done = (
            np.bincount(street, weights=w, minlength=n_streets).astype(np.float64)
            for w in (amount, np.where(hit, amount, 0.0))
        )
        return Share(asked, done)

    def km(self, *kinds: LegKind) -> float:
        """Return the kilometres of legs of some kinds."""
        return sum(leg.length_m for route in self.plan.routes for leg in route.legs if leg.kind in kinds) / KM_M
