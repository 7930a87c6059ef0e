"""The routes of a plan laid out for the checks: every leg, every street, and every gap between two stops."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from layers.layer import Rows
from optimizer.ground.street_walk import StreetWalk
from optimizer.plan import LegKind
from optimizer.planners.collection.checking.rules import Rules
from optimizer.planners.collection.night.views import View

STOPS = (LegKind.SERVE, LegKind.UNLOAD, LegKind.REFILL)


@dataclass(frozen=True, eq=False)
class Walk(StreetWalk):
    """Hold routes of known types in known shifts; see `StreetWalk`.

    A gap is what lies between two stops, or between a stop and the depot: a route with n stops has n + 1 gaps.
    """

    rules: Rules

    @cached_property
    def is_stop(self) -> Rows:
        """Whether each leg is a stop, a wait at a named point among them, shape (n_legs,)."""
        at_point = [leg.kind is LegKind.WAIT and bool(leg.item) for leg in self.legs.legs]
        stops: Rows = (self.legs.doing(*STOPS) | np.array(at_point, dtype=bool)).astype(np.int64)
        return stops

    @cached_property
    def gap(self) -> Rows:
        """Gap of each leg that is no stop, and for a stop the one before it, shape (n_legs,)."""
        return np.asarray(np.cumsum(self.is_stop) - self.is_stop + self.legs.route)

    @property
    def n_gaps(self) -> int:
        """Number of gaps of all routes."""
        return int(self.is_stop.sum()) + len(self.legs.routes)

    @cached_property
    def gap_route(self) -> Rows:
        """Route of each gap, shape (n_gaps,)."""
        n_stops = np.bincount(self.legs.route, weights=self.is_stop, minlength=len(self.legs.routes)).astype(np.int64)
        return np.repeat(np.arange(len(self.legs.routes)), n_stops + 1)

    @cached_property
    def views(self) -> tuple[View | None, ...]:
        """How the vehicle of each route sees the streets."""
        return tuple(self.rules.night.view(r.vehicle_type, r.shift) for r in self.legs.routes)

    @cached_property
    def task(self) -> Rows:
        """Row of the task that each leg serves, shape (n_legs,); -1 for none or an unknown one."""
        rows = np.full(len(self.legs.legs), -1, dtype=np.int64)
        which, row = self.legs.served(self.rules.night.tasks.row_of)
        rows[which] = row
        return rows

    @cached_property
    def place(self) -> Rows:
        """Number of the place of each stop among the view's places, shape (n_legs,); -1 where there is none."""
        place_of, point = self.rules.place_of, self.rules.night.tasks.point
        known = np.where(self.task >= 0, point[np.maximum(self.task, 0)] if len(point) else -1, -1)
        others = np.flatnonzero(self.legs.doing(LegKind.UNLOAD, LegKind.REFILL))
        known[others] = [place_of.get(self.legs.legs[k].item, -1) for k in others.tolist()]
        row_of = self.rules.night.tasks.row_of
        for k in np.flatnonzero((self.is_stop == 1) & self.legs.doing(LegKind.WAIT)).tolist():
            known[k] = int(point[row_of[item]]) if (item := self.legs.legs[k].item) in row_of else -1
        return known

    @cached_property
    def gap_places(self) -> tuple[Rows, Rows]:
        """Where each gap begins and ends, shape (n_gaps,) each; -1 where that is not known."""
        homes = np.array([self.rules.place_of.get(r.depot, -1) for r in self.legs.routes], dtype=np.int64)
        begin, end = homes[self.gap_route], homes[self.gap_route]
        stops = np.flatnonzero(self.is_stop)
        end[self.gap[stops]] = self.place[stops]
        begin[self.gap[stops] + 1] = self.place[stops]
        return begin, end
