"""What the engine is asked: sites with sizes, clusters of waste, numbers by district; and what its answer means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.layer import F64, Rows
from optimizer.engines.facility_location import FacilityLocationProblem, Options, Quota
from optimizer.planners.transfer.measuring.goal import DAYS_A_YEAR
from optimizer.planners.transfer.reading.money import closing_yuan_year, works_yuan_year
from optimizer.planners.transfer.reading.question import Question
from optimizer.planners.transfer.search.clusters import Clusters, clusters_of, joined, most_gained


@dataclass(frozen=True, eq=False)
class Asked:
    """Hold the engine's problem, and what its rows stand for.

    Its first sites are those of `sites`, its first options the works of the question; what follows stands for stations that
    are missing and for waste left.

    Parameters
    ----------
    problem
        In yuan a year, and tonnes of a peak day.
    constant_yuan_year
        What the objective has beside: closing stations that cannot be open.
    clusters
        The engine's customers.
    sites
        Rows of the sites that can be open.
    km
        From each item to each of these sites.
    cost_yuan_year
        Of bringing each item to each of these sites, and on to its plant.
    joining_yuan_year
        What joining items to clusters can cost at the most.
    """

    problem: FacilityLocationProblem
    constant_yuan_year: float
    clusters: Clusters
    sites: Rows
    km: F64
    cost_yuan_year: F64
    joining_yuan_year: float

    @property
    def column_of(self) -> dict[int, int]:
        """Column of each site."""
        return {int(site): k for k, site in enumerate(self.sites.tolist())}


def work_yuan_year(question: Question) -> F64:
    """Return what each work costs a year beside hauls, shape (n_works,): annuity, running and nuisance."""
    found = [
        works_yuan_year(work.bill, question.params) + work.bill.running_yuan_year + question.nuisance_yuan_year[work.place]
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
    params, waste, offers, sites = question.params, question.waste, question.offers, question.sites
    rows = np.array(sorted(offers.of_site), dtype=np.int64)
    column = {int(site): k for k, site in enumerate(rows.tolist())}
    onward_km = question.ends.km[rows][:, waste.stream].T
    each = question.haul_yuan_t_km * km + params.onward_yuan_t_km * onward_km
    cost = DAYS_A_YEAR * waste.t_day[:, None] * each
    clusters = clusters_of(waste, params.n_clusters)
    extras = _extras(question, clusters, len(rows))
    closing = np.where(rows < sites.n_standing, closing_yuan_year(params), 0.0)
    must = question.locked.must | question.locked.keep
    problem = FacilityLocationProblem(
        demand=clusters.t_day * params.peak_factor,
        serve_cost=np.column_stack([joined(clusters, cost), extras.serve_yuan]),
        options=Options(
            np.array(
                [column[w.place] for w in offers.works] + [len(rows) + k for k in range(len(extras.fixed_yuan))],
                dtype=np.int64,
            ),
            np.concatenate([work_yuan_year(question), extras.fixed_yuan]),
            np.concatenate([[w.size_t_day for w in offers.works], extras.capacity_t_day]),
        ),
        must_open=tuple(column[s] for item in sorted(must) if (s := sites.row_of[item]) in column),
        quotas=extras.quotas,
        closing_cost=np.concatenate([closing, np.zeros(len(extras.fixed_yuan))]),
        name="transfer stations",
    )
    n_gone = sites.n_standing - int((rows < sites.n_standing).sum())
    joining = most_gained(clusters, waste.t_day, cost) if clusters.side_m else 0.0
    return Asked(problem, closing_yuan_year(params) * n_gone, clusters, rows, km, cost, joining)


@dataclass(frozen=True, eq=False)
class _Extras:
    """Hold the engine's sites that stand for stations that are missing or for waste left, and the numbers wanted."""

    fixed_yuan: F64
    capacity_t_day: F64
    serve_yuan: F64
    quotas: tuple[Quota, ...]


def _extras(question: Question, clusters: Clusters, n_sites: int) -> _Extras:
    """Return what stands beside the works: a missing station costs and takes nothing, waste left has a price."""
    params, offers = question.params, question.offers
    fixed: list[float] = []
    quotas: list[Quota] = []
    for ask in question.asks:
        n_wanted = ask.wanted.n_wanted
        if params.targets == "goal":
            dummies = range(n_sites + len(fixed), n_sites + len(fixed) + n_wanted)
            fixed += [params.goal_yuan_year] * n_wanted
            quotas.append(Quota(tuple(dummies), n_wanted, None, tuple(sorted(ask.works))))
        elif ask.wanted.n_asked:
            quotas.append(Quota((), ask.wanted.n_asked, None, tuple(sorted(ask.works))))
    capacity, serve = [0.0] * len(fixed), [np.full(len(clusters), np.inf)] * len(fixed)
    most_t_day = sum(max(offers.works[k].size_t_day for k in own) for own in offers.of_site.values())
    if most_t_day < params.peak_factor * clusters.t_day.sum():
        fixed.append(0.0)
        capacity.append(np.inf)
        serve.append(DAYS_A_YEAR * params.unserved_yuan_t * clusters.t_day)
    columns = np.column_stack(serve) if serve else np.empty((len(clusters), 0))
    return _Extras(np.array(fixed), np.array(capacity), columns, tuple(quotas))
