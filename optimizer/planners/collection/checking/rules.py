"""What city, fleet and parameters allow, for the checker; nothing here knows how plans are made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from layers.kinds.streets import Streets
from optimizer.ground.places import Place
from optimizer.ground.street_rules import StreetRules
from optimizer.planners.collection.night.reading import Night
from optimizer.planners.collection.night.stations import Station
from optimizer.planners.collection.params import CollectionParams


@dataclass(frozen=True)
class Rules(StreetRules):
    """Hold what the city, the fleet and the parameters allow.

    Parameters
    ----------
    night
        What is asked and what there is.
    """

    night: Night

    @classmethod
    def of(cls, night: Night) -> Rules:
        """Return the rules of a night."""
        return cls(night.city, night.inventory, night)

    @property
    def streets(self) -> Streets:
        """The streets, blanks filled."""
        return self.night.streets

    @property
    def params(self) -> CollectionParams:
        """What is asked."""
        return self.night.params

    @cached_property
    def depots(self) -> dict[str, Place]:
        """Depots by id."""
        return {p.id: p for p in self.night.places.depots}

    @cached_property
    def stations(self) -> dict[str, Station]:
        """Stations by id."""
        return {s.id: s for s in self.night.places.stations}

    @cached_property
    def place_of(self) -> dict[str, int]:
        """Number of each depot and station among a view's places."""
        n_points = len(self.night.xy_m)
        return {p.id: n_points + k for k, p in reversed(list(enumerate(self.night.facilities)))}
