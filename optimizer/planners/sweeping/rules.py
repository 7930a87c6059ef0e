"""What city, fleet and parameters allow, read anew for the checker; nothing here knows how plans are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from layers.city import City
from layers.kinds.junctions import TurnRule, Turns
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.plan import Leg, PlanFault, Route
from optimizer.planners.sweeping import kerbs
from optimizer.planners.sweeping.kerbs import Passes
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.places import Place, Places
from resources.inventory import Inventory, Shift, VehicleType

# What rounding may hide: seconds, metres, kilograms.
TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one street as a leg drives it."""

    row: int
    forward: bool
    start: str
    end: str


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
    def lengths_m(self) -> list[float]:
        """Length of each street."""
        return [float(x) for x in kerbs.lengths_m(self.streets)]

    @cached_property
    def most_mps(self) -> list[float]:
        """Most speed of sweeping on each street."""
        return [float(x) for x in kerbs.most_speed_mps(self.streets, self.params)]

    @cached_property
    def ends(self) -> list[tuple[str, str]]:
        """Junctions of each street, along its drawn line."""
        return list(zip(self.streets.from_junction.tolist(), self.streets.to_junction.tolist(), strict=True))

    @cached_property
    def bans(self) -> set[tuple[str, str, str]]:
        """Turns that are forbidden, as (from street, junction, to street)."""
        return self._turns(TurnRule.BANNED)

    @cached_property
    def only(self) -> dict[tuple[str, str], set[str]]:
        """Streets that must be turned into, by (from street, junction)."""
        found: dict[tuple[str, str], set[str]] = {}
        for start, via, to in self._turns(TurnRule.ONLY):
            found.setdefault((start, via), set()).add(to)
        return found

    def _turns(self, rule: TurnRule) -> set[tuple[str, str, str]]:
        turns, known = self.city[Turns], self.streets.row_of
        columns = (turns.from_street.tolist(), turns.via_junction.tolist(), turns.to_street.tolist(), turns.rule.tolist())
        return {(a, v, b) for a, v, b, r in zip(*columns, strict=True) if r == rule and a in known and b in known}

    def step(self, name: str) -> Step | None:
        """Return a street as `Leg.path` writes it, None where there is none of that id."""
        row_of = self.streets.row_of
        forward = name in row_of or not name.startswith("-")
        row = row_of.get(name if forward else name[1:])
        if row is None:
            return None
        start, end = self.ends[row]
        return Step(row, forward, start, end) if forward else Step(row, forward, end, start)

    def turn_allowed(self, before: Step, after: Step) -> bool:
        """Return whether a vehicle may go from one street into the next."""
        ids = self.streets.ids
        start, to = str(ids[before.row]), str(ids[after.row])
        if (start, before.end, to) in self.bans:
            return False
        wanted = self.only.get((start, before.end))
        return wanted is None or to in wanted

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

    def away_m(self, place: Place, row: int) -> float:
        """Return how far a place lies from a street's line, metres."""
        xy = self.streets.geometry.row(row)
        point = np.array([place.x_m, place.y_m])
        start, step = xy[:-1], np.diff(xy, axis=0)
        squared = np.maximum((step**2).sum(axis=1), 1e-12)
        share = np.clip(((point - start) * step).sum(axis=1) / squared, 0, 1)
        return float(np.hypot(*(start + share[:, None] * step - point).T).min())


@dataclass(frozen=True)
class RouteView:
    """Hold one route with the vehicle and shift that it names."""

    rules: Rules
    route: Route
    vehicle: VehicleType
    shift: Shift

    def fault(self, code: str, zh: str, en: str) -> PlanFault:
        """Return a fault of this route."""
        return PlanFault(code, self.route.id, Text(f"路线 {self.route.id}：{zh}", f"route {self.route.id}: {en}"))

    @cached_property
    def steps(self) -> list[list[Step | None]]:
        """Streets of each leg; None for one that does not exist."""
        return [[self.rules.step(name) for name in leg.path] for leg in self.route.legs]

    def unknown_street(self) -> str | None:
        """Return the first street that does not exist."""
        for leg, row in zip(self.route.legs, self.steps, strict=True):
            for name, step in zip(leg.path, row, strict=True):
                if step is None:
                    return name
        return None

    def walk(self) -> Iterator[tuple[Leg, list[Step]]]:
        """Yield each leg with its streets."""
        for leg, row in zip(self.route.legs, self.steps, strict=True):
            yield leg, [step for step in row if step is not None]
