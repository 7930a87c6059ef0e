"""What city, fleet and parameters allow, read anew for the checker; nothing here knows how plans are made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from layers.city import City
from layers.kinds.junctions import TurnRule, Turns
from layers.kinds.streets import Streets
from layers.layer import F64, Bool, Rows
from optimizer.planners.sweeping.day import fleet, kerbs
from optimizer.planners.sweeping.day.hours import windows_of
from optimizer.planners.sweeping.day.kerbs import Passes
from optimizer.planners.sweeping.day.places import Place, Places
from optimizer.planners.sweeping.params import SweepingParams
from resources.inventory import Inventory, Shift, VehicleType

# What rounding may hide: seconds, metres, kilograms.
TOLERANCE = 0.05
# How much less a hopper or tank may hold in plans, kilograms or metres: they count in whole tenths, to the safe side.
ROUNDED = 0.2


@dataclass(frozen=True)
class Rules:
    """Hold what the city, the fleet and the parameters allow.

    Parameters
    ----------
    passes
        All passes of the day, with the streets completed.
    """

    city: City
    inventory: Inventory
    params: SweepingParams
    passes: Passes
    places: Places

    @property
    def streets(self) -> Streets:
        """The streets, blanks filled."""
        return self.passes.streets

    @cached_property
    def lengths_m(self) -> F64:
        """Length of each street, shape (n_streets,)."""
        return kerbs.lengths_m(self.streets)

    @cached_property
    def windows_s(self) -> F64 | None:
        """When each pass may be swept, as `hours.windows_of` returns it."""
        shifts = fleet.shifts_of(self.inventory, self.params)
        return windows_of(self.passes, shifts, fleet.sweepers(self.inventory), self.params)

    @cached_property
    def most_mps(self) -> F64:
        """Most speed of sweeping on each street, shape (n_streets,)."""
        return kerbs.most_speed_mps(self.streets, self.params)

    @cached_property
    def _number_of(self) -> dict[str, int]:
        """Number of each junction."""
        every = dict.fromkeys([*self.streets.from_junction.tolist(), *self.streets.to_junction.tolist()])
        return {name: k for k, name in enumerate(every)}

    @cached_property
    def ends(self) -> Rows:
        """Junctions of each street, by number, along its drawn line, shape (n_streets, 2)."""
        columns = (self.streets.from_junction, self.streets.to_junction)
        return np.array([[self._number_of[name] for name in c.tolist()] for c in columns], dtype=np.int64).T

    def turns_of(self, rule: TurnRule) -> Rows:
        """Return the turns of a rule between streets that are there: row from, junction, row to, shape (n, 3)."""
        turns, known, junctions = self.city[Turns], self.streets.row_of, self._number_of
        columns = (turns.from_street.tolist(), turns.via_junction.tolist(), turns.to_street.tolist(), turns.rule.tolist())
        listed = [
            (known[a], junctions[v], known[b])
            for a, v, b, r in zip(*columns, strict=True)
            if r == rule and a in known and b in known and v in junctions
        ]
        return np.array(listed, dtype=np.int64).reshape(-1, 3)

    def forbidden(self, turns: Rows) -> Bool:
        """Return which turns are forbidden, shape (n,): banned, or others than the only one allowed.

        Parameters
        ----------
        turns
            Shape (n, 3), as `turns_of` returns them.
        """
        banned, only = self.turns_of(TurnRule.BANNED), self.turns_of(TurnRule.ONLY)
        bound = np.isin(self._key(turns[:, :2]), self._key(only[:, :2])) & ~np.isin(self._key(turns), self._key(only))
        return np.asarray(bound | np.isin(self._key(turns), self._key(banned)))

    def _key(self, rows: Rows) -> Rows:
        """Return one number for each row of two or three, shape (n,)."""
        size = len(self.streets) + len(self._number_of) + 1
        return np.asarray(rows @ size ** np.arange(rows.shape[1], dtype=np.int64))

    @cached_property
    def vehicles(self) -> dict[str, VehicleType]:
        """Vehicle types by key."""
        return {v.key: v for v in self.inventory.vehicle_types}

    @cached_property
    def shifts(self) -> dict[str, Shift]:
        """Shifts by key."""
        return {s.key: s for s in self.inventory.shifts}

    @cached_property
    def depots(self) -> dict[str, Place]:
        """Depots by id."""
        return {p.id: p for p in self.places.depots}

    @cached_property
    def dumps(self) -> dict[str, Place]:
        """Dumps by id."""
        return {p.id: p for p in self.places.dumps}

    @cached_property
    def water(self) -> dict[str, Place]:
        """Water points by id."""
        return {p.id: p for p in self.places.water}

    def away_m(self, place: Place, row: int) -> float:
        """Return how far a place lies from a street's line, metres."""
        xy = self.streets.geometry.row(row)
        point = np.array([place.x_m, place.y_m])
        start, step = xy[:-1], np.diff(xy, axis=0)
        squared = np.maximum((step**2).sum(axis=1), 1e-12)
        share = np.clip(((point - start) * step).sum(axis=1) / squared, 0, 1)
        return float(np.hypot(*(start + share[:, None] * step - point).T).min())
