"""What a plan did, as arrays: read from its legs alone, beside what the night asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from layers.layer import F64, Bool, Rows
from layers.units import HOUR_S
from optimizer.plan import LegKind, Plan
from optimizer.planners.collection.checking.rules import Rules
from optimizer.planners.collection.checking.stops import quiet_windows
from optimizer.planners.collection.checking.walk import Walk
from optimizer.planners.collection.measuring.money import Use, use_of
from optimizer.planners.collection.night.reading import Night, night_of
from optimizer.scenario import Scenario

_TOLERANCE_S = 0.05


@dataclass(frozen=True, eq=False)
class Measured:
    """Hold a plan beside what the night asks for."""

    scenario: Scenario
    plan: Plan
    night: Night
    walk: Walk

    @classmethod
    def of(cls, scenario: Scenario, plan: Plan) -> Measured:
        """Read a plan; routes of unknown types and shifts are left out."""
        night = night_of(scenario)
        rules = Rules.of(night)
        known = tuple(r for r in plan.routes if r.vehicle_type in rules.vehicles and r.shift in rules.shifts)
        return cls(scenario, plan, night, Walk.of(rules, known))

    @property
    def n_days(self) -> int:
        """Days that are planned."""
        return len(self.night.day_shares)

    @cached_property
    def serves(self) -> Rows:
        """Legs that serve a known task."""
        return np.flatnonzero(self.walk.task >= 0)

    @cached_property
    def task(self) -> Rows:
        """Row of each service's task."""
        return self.walk.task[self.serves]

    @cached_property
    def route(self) -> Rows:
        """Route of each service."""
        return self.walk.legs.route[self.serves]

    @cached_property
    def kg(self) -> F64:
        """Kilograms of each service."""
        return self.walk.legs.load_kg[self.serves]

    @cached_property
    def in_window(self) -> Bool:
        """Which services begin and end in the window of their round; times near an earlier plan's do not stretch it."""
        rounds, legs = self.night.rounds, self.walk.legs
        number = self.night.tasks.round[self.task]
        from_s, to_s = np.array([r.from_s for r in rounds])[number], np.array([r.to_s for r in rounds])[number]
        early = legs.start_s[self.serves] < from_s - _TOLERANCE_S
        late = legs.end_s[self.serves] > to_s + _TOLERANCE_S
        return np.asarray(~early & ~late)

    @cached_property
    def loud(self) -> Bool:
        """Which services are by a noisy vehicle on a small street with homes in quiet hours."""
        from_s, to_s = quiet_windows(self.walk, self.serves)
        legs, tasks = self.walk.legs, self.night.tasks
        base_from, base_to = tasks.from_s[self.task], tasks.to_s[self.task]
        early = (legs.start_s[self.serves] < from_s - _TOLERANCE_S) & (from_s > base_from)
        late = (legs.end_s[self.serves] > to_s + _TOLERANCE_S) & (to_s < base_to)
        return np.asarray(early | late)

    @cached_property
    def done(self) -> Bool:
        """Which tasks are served, shape (n_tasks,)."""
        mask = np.zeros(len(self.night.tasks), dtype=bool)
        mask[self.task] = True
        return mask

    @cached_property
    def task_district(self) -> list[str]:
        """District of each task: its point's own, else its street's."""
        from layers.kinds.facilities import WastePoints
        from optimizer.ground.cuts import district_names

        points, night = self.night.city[WastePoints], self.night
        by_street = district_names(night.city, night.streets)
        street = night.points.street
        names = [
            own or (str(by_street[s]) if s >= 0 else "")
            for own, s in zip(points.district.tolist(), street.tolist(), strict=True)
        ]
        return [names[p] for p in night.tasks.point.tolist()]

    @cached_property
    def use(self) -> Use:
        """What routes use."""
        return use_of(self.walk.legs.routes, self.night.inventory, self.night.params)

    def hours_of(self, *kinds: LegKind) -> float:
        """Return the hours of legs of some kinds."""
        mask = self.walk.legs.doing(*kinds)
        return float((self.walk.legs.end_s - self.walk.legs.start_s)[mask].sum()) / HOUR_S
