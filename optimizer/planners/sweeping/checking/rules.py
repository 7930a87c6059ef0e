"""What city, fleet and parameters allow, read anew for the checker; nothing here knows how plans are made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from layers.kinds.streets import Streets
from layers.layer import F64
from optimizer.ground.places import Place
from optimizer.ground.street_rules import StreetRules
from optimizer.planners.sweeping.day import fleet, kerbs
from optimizer.planners.sweeping.day.hours import windows_of
from optimizer.planners.sweeping.day.kerbs import Passes
from optimizer.planners.sweeping.day.places import Places
from optimizer.planners.sweeping.params import SweepingParams

# How much less a hopper or tank may hold in plans, kilograms or metres: they count in whole tenths, to the safe side.
ROUNDED = 0.2


@dataclass(frozen=True)
class Rules(StreetRules):
    """Hold what the city, the fleet and the parameters allow.

    Parameters
    ----------
    passes
        All passes of the day, with the streets completed.
    """

    params: SweepingParams
    passes: Passes
    places: Places

    @property
    def streets(self) -> Streets:
        """The streets, blanks filled."""
        return self.passes.streets

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
