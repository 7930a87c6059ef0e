"""What the engine is asked: sites with sizes, clusters of waste, numbers by district; and what its answer means."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from layers.layer import F64, Rows
from optimizer.engines.facility_location import FacilityLocationProblem, Options, Quota
from optimizer.planners.transfer.measuring.goal import DAYS_A_YEAR
from optimizer.planners.transfer.reading.money import closing_yuan_year, works_yuan_year
from optimizer.planners.transfer.reading.question import Question
from optimizer.planners.transfer.reading.wanted import Ask
from optimizer.planners.transfer.search.clusters import Clusters, clusters_of, joined, most_gained


@dataclass(frozen=True, eq=False)
class Asked:
    """Hold the engine's problem, and what its rows stand for.

    Parameters
    ----------
    problem
        In yuan a year, and tonnes of a peak day.
    constant_yuan_year
        What the objective has beside: closing every station that stands.
    work
        Work of each option; -1 for one that stands for a station that is missing, or for waste left.
    place
        Site of each of the engine's sites; -1 for the others.
    clusters
        The engine's customers.
    sites
        Rows of the sites that have a column in `km` and `cost_yuan_year`.
    km
        From each item to each of these sites.
    cost_yuan_year
        Of bringing each item to each of these sites, and on to its plant.
    joining_yuan_year
        What joining items to clusters can cost at the most.
    """

    problem: FacilityLocationProblem
    constant_yuan_year: float
    work: Rows
    place: Rows
    clusters: Clusters
    sites: Rows
    km: F64
    cost_yuan_year: F64
    joining_yuan_year: float

    @property
    def column_of(self) -> dict[int, int]:
        """Column of each site."""
        return {int(site): k for k, site in enumerate(self.sites.tolist())}

    def charged(self, charge_yuan_year: F64) -> FacilityLocationProblem:
        """Return the problem with more to pay for opening sites, shape (n_sites,) of all sites."""
        options = self.problem.options
        place = self.place[options.site]
        more = np.where(place >= 0, charge_yuan_year[np.maximum(place, 0)], 0.0)
        return replace(self.problem, options=replace(options, fixed_cost=options.fixed_cost + more))


def work_yuan_year(question: Question) -> F64:
    """Return what each work costs a year beside hauls, shape (n_works,): annuity, running and nuisance."""
    found = [
        works_yuan_year(work.bill, question.params) + work.bill.running_yuan_year + question.nuisance_yuan_year[work.site]
        for work in question.offers.works
    ]
    return np.array(found, dtype=np.float64)


def asked_of(question: Question, km: F64) -> Asked:
    """Return the engine's problem of a question.

    Parameters
    ----------
    km
        From each item to each site that has works, in the order of their rows, shape (n_items, n_open).
    """
    params, waste, offers = question.params, question.waste, question.offers
    sites = np.array(sorted(offers.of_site), dtype=np.int64)
    onward_km = question.ends.km[sites][:, waste.stream].T
    each = question.haul_yuan_t_km * km + params.onward_yuan_t_km * onward_km
    cost = DAYS_A_YEAR * waste.t_day[:, None] * each
    clusters = clusters_of(waste, params.n_clusters)
    rows = _Rows(question, sites)
    serve = joined(clusters, cost)[:, rows.column]
    demand = clusters.t_day * params.peak_factor
    extra_cost, extra_serve = _extras(question, rows, clusters, serve)
    problem = FacilityLocationProblem(
        demand=demand,
        serve_cost=np.column_stack([serve, extra_serve]),
        options=Options(
            np.concatenate([rows.site, len(rows.place) + np.arange(len(extra_cost))]).astype(np.int64),
            np.concatenate([rows.fixed, extra_cost]),
            np.concatenate([rows.capacity, rows.extra_capacity]),
        ),
        must_open=tuple(rows.must),
        quotas=tuple(rows.quotas),
        apart=tuple(rows.apart),
        name="transfer stations",
    )
    none = np.full(len(extra_cost), -1, dtype=np.int64)
    return Asked(
        problem, rows.constant, np.concatenate([rows.work, none]), np.concatenate([rows.place, none]), clusters, sites, km,
        cost, most_gained(clusters, waste.t_day, cost) if clusters.side_m else 0.0,
    )  # fmt: skip


class _Rows:
    """The engine's sites and options: the works of a site that count for the same numbers are one of its sites."""

    def __init__(self, question: Question, sites: Rows) -> None:
        self.place: list[int] = []
        self.column: list[int] = []
        self.site: list[int] = []
        self.work: list[int] = []
        self.extra_capacity = np.empty(0)
        self.apart: list[tuple[int, int]] = []
        self._groups_of: dict[int, list[int]] = {}
        self._group_of_work: dict[int, int] = {}
        for column, site in enumerate(sites.tolist()):
            self._add(question, column, site)
        self._price(question)
        self._lock(question)

    def _add(self, question: Question, column: int, site: int) -> None:
        """Add the works of a site, in groups."""
        groups: dict[frozenset[int], int] = {}
        for work in question.offers.of_site[site]:
            counts = frozenset(k for k, ask in enumerate(question.asks) if work in ask.works)
            if counts not in groups:
                groups[counts] = len(self.place)
                self.place.append(site)
                self.column.append(column)
            self.site.append(groups[counts])
            self.work.append(work)
            self._group_of_work[work] = groups[counts]
        own = list(groups.values())
        self._groups_of[site] = own
        self.apart += [(a, b) for n, a in enumerate(own) for b in own[n + 1 :]]

    def _price(self, question: Question) -> None:
        """Price the works; one that keeps a station spares what closing it costs."""
        works, sites = question.offers.works, question.sites
        closing = closing_yuan_year(question.params)
        spared = np.array([closing if sites.stands(works[k].site) else 0.0 for k in self.work])
        cost = work_yuan_year(question)[self.work] - spared
        # the engine takes no cost below 0: what is lost so is taken off the bound
        lost = np.maximum(0.0, -cost)
        self.fixed = np.maximum(0.0, cost)
        self.constant = closing * sites.n_standing - float(lost.sum())
        self.capacity = np.array([works[k].size_t_day for k in self.work], dtype=np.float64)

    def _lock(self, question: Question) -> None:
        """State what must be open, and the numbers wanted."""
        locked, sites = question.locked, question.sites
        self.must: list[int] = []
        self.quotas: list[Quota] = []
        for item in sorted(locked.must | locked.keep):
            groups = self._groups_of.get(sites.row_of[item], [])
            if len(groups) == 1:
                self.must += groups
            elif groups:
                self.quotas.append(Quota(tuple(groups), at_least=1))
        for ask in question.asks:
            groups = self.groups(ask)
            if question.params.targets == "must" and groups and not self._implied(question, ask):
                self.quotas.append(Quota(groups, at_least=ask.wanted.n_asked))

    def groups(self, ask: Ask) -> tuple[int, ...]:
        """Return the engine's sites that count for a number."""
        return tuple(sorted({self._group_of_work[k] for k in ask.works}))

    def _implied(self, question: Question, ask: Ask) -> bool:
        """Return whether another number of the same district cannot be reached without this one."""
        own = set(self.groups(ask))
        for other in question.asks:
            if other is ask or other.wanted.district != ask.wanted.district or other.key == ask.key:
                continue
            beside = {self.place[g] for g in self.groups(other) if g not in own}
            n_forced = other.wanted.n_asked - len(beside)
            if n_forced >= ask.wanted.n_asked and (n_forced > ask.wanted.n_asked or other.key < ask.key):
                return True
        return False


def _extras(question: Question, rows: _Rows, clusters: Clusters, serve: F64) -> tuple[F64, F64]:
    """Return cost and ways of serving of what stands for stations that are missing, and for waste left."""
    params, cost, columns, capacity = question.params, [], [], []
    if params.targets == "goal":
        for ask in question.asks:
            first = len(rows.place) + len(cost)
            cost += [params.goal_yuan_year] * ask.wanted.n_wanted
            columns += [np.full(len(clusters), np.inf)] * ask.wanted.n_wanted
            capacity += [0.0] * ask.wanted.n_wanted
            rows.quotas.append(
                Quota((*rows.groups(ask), *range(first, first + ask.wanted.n_wanted)), at_least=ask.wanted.n_wanted)
            )
    most_t_day = sum(max(question.offers.works[k].size_t_day for k in own) for own in question.offers.of_site.values())
    if most_t_day < params.peak_factor * clusters.t_day.sum() or not len(serve.T):
        cost.append(0.0)
        columns.append(DAYS_A_YEAR * params.unserved_yuan_t * clusters.t_day)
        capacity.append(np.inf)
    rows.extra_capacity = np.array(capacity)
    return np.array(cost), np.column_stack(columns) if columns else np.empty((len(clusters), 0))
