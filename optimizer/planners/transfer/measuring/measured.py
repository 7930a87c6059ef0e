"""A plan laid side by side with its question: arrays that the figures are taken from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from layers.layer import F64, Rows, Str
from layers.units import KM_M
from optimizer.plan import Plan
from optimizer.planners.transfer.measuring.goal import Cost, cost_of
from optimizer.planners.transfer.measuring.stations import closed, opened
from optimizer.planners.transfer.reading.nights import open_s
from optimizer.planners.transfer.reading.question import Question, question_of
from optimizer.planners.transfer.reading.sites import district_of
from optimizer.planners.transfer.reading.works import Work, WorkKind
from optimizer.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Measured:
    """Hold a plan and its question.

    Parameters
    ----------
    stations
        Work of each open site.
    item, site, t_day, km
        Of each assignment that the question knows, shape (n,).
    """

    question: Question
    plan: Plan
    stations: dict[int, Work]
    item: Rows
    site: Rows
    t_day: F64
    km: F64

    @staticmethod
    def of(scenario: Scenario, plan: Plan) -> Measured:
        """Return a plan measured against its scenario."""
        question = question_of(scenario)
        items, sites = question.waste.row_of, question.sites.row_of
        known = [a for a in plan.assignments if a.item in items and a.server in sites]
        item = np.array([items[a.item] for a in known], dtype=np.int64)
        site = np.array([sites[a.server] for a in known], dtype=np.int64)
        t_day = np.array([a.amount for a in known], dtype=np.float64)
        km = np.array([a.distance_m for a in known], dtype=np.float64) / KM_M
        return Measured(question, plan, opened(question, plan.changes), item, site, t_day, km)

    @cached_property
    def cost(self) -> Cost:
        """What it comes to."""
        return cost_of(self.question, self.plan.changes, self.plan.assignments, self.plan.unserved)

    @cached_property
    def load_t_day(self) -> F64:
        """Load of each site on the average day, shape (n_sites,)."""
        return np.bincount(self.site, weights=self.t_day, minlength=len(self.question.sites)).astype(np.float64)

    @cached_property
    def closed(self) -> list[int]:
        """Stations that are closed."""
        return closed(self.question, self.plan.changes)

    @cached_property
    def waste_district(self) -> Str:
        """District of each item, by name, shape (n_items,)."""
        from layers.districts import with_districts
        from layers.kinds.facilities import WastePoints
        from layers.kinds.places import Districts

        city = self.question.city
        points, names = with_districts(city[WastePoints], city[Districts]), district_of(city)
        named = np.array([names.get(d, "") for d in points.district.tolist()], dtype=str)
        return named[self.question.waste.point]

    def count(self, kind: WorkKind) -> int:
        """Return how many stations have a work of a kind."""
        return sum(work.kind is kind for work in self.stations.values())

    def night(self, site: int) -> tuple[float, float, float]:
        """Return a station's busiest quarter of an hour, tonnes unloaded while it is closed, and tonnes beyond its bays.

        On a day of the peak season. A station that is built or rebuilt is open whenever trucks come.
        """
        question, mine = self.question, np.flatnonzero(self.site == site)
        names = question.waste.items
        peak = question.params.peak_factor
        load_t = peak * question.nights.arrivals((names[self.item[k]], float(self.t_day[k])) for k in mine.tolist())
        work = self.stations[site]
        hours = str(question.sites.hours[site]) if work.kind is WorkKind.KEEP else ""
        open_share = open_s(hours) / open_s("")
        most_t = self.n_bays(site) * question.params.bay_t_hour / 4
        return float(load_t.max()), float((load_t * (1 - open_share)).sum()), float(np.maximum(0.0, load_t - most_t).sum())

    def n_bays(self, site: int) -> int:
        """Return the bays of an open station: its own where it is kept and says them, else as its size asks."""
        work, own = self.stations[site], int(self.question.sites.n_bays[site])
        if work.kind is WorkKind.KEEP and own > 0:
            return own
        return max(own, 1, int(np.ceil(work.size_t_day / self.question.params.bay_t_day)))
