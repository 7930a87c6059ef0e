"""What streets allow, read from the city for checkers; nothing here knows how plans are made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from layers.city import City
from layers.kinds.junctions import TurnRule, Turns
from layers.kinds.streets import Streets
from layers.layer import F64, Bool, Rows
from optimizer.ground.places import Place
from resources.inventory import Inventory, Shift, VehicleType

# What rounding may hide: seconds, metres, kilograms.
TOLERANCE = 0.05


def street_lengths_m(streets: Streets) -> F64:
    """Return the length of each street: the given one, else that of its line, shape (n_streets,)."""
    return np.where(np.isnan(streets.length_m), streets.geometry.lengths_m(), streets.length_m)


@dataclass(frozen=True)
class StreetRules:
    """Hold the city and the inventory as the question has them."""

    city: City
    inventory: Inventory

    @property
    def streets(self) -> Streets:
        """The streets, blanks filled."""
        return self.city[Streets]

    @cached_property
    def lengths_m(self) -> F64:
        """Length of each street, shape (n_streets,)."""
        return street_lengths_m(self.streets)

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
        return self.inventory.type_of

    @cached_property
    def shifts(self) -> dict[str, Shift]:
        """Shifts by key."""
        return self.inventory.shift_of

    def away_m(self, place: Place, row: int) -> float:
        """Return how far a place lies from a street's line, metres."""
        xy = self.streets.geometry.row(row)
        point = np.array([place.x_m, place.y_m])
        start, step = xy[:-1], np.diff(xy, axis=0)
        squared = np.maximum((step**2).sum(axis=1), 1e-12)
        share = np.clip(((point - start) * step).sum(axis=1) / squared, 0, 1)
        return float(np.hypot(*(start + share[:, None] * step - point).T).min())
