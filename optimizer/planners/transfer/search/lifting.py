"""A bound for every item by a few clusters: items of one station together, at what another one costs them more at the least.

For any reference cost of each item, an item served elsewhere costs its reference and the difference; of a cluster the least
difference by tonne is no more than that of any of its items. So a plan for the items costs no less than one for the clusters
at these differences, and the plan whose costs are the references costs exactly as much in both.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from layers.layer import F64, Rows
from optimizer.engines.facility_location import FacilityLocationProblem, LocationPlan, Supply
from optimizer.planners.transfer.reading.question import Question
from optimizer.planners.transfer.search.answering import Answer
from optimizer.planners.transfer.search.asking import Asked
from optimizer.planners.transfer.search.clusters import Clusters


def areas(question: Question, asked: Asked, answer: Answer, n_bands: int) -> Clusters:
    """Return the items by station and stream, each cut into bands by what the next best station costs more."""
    waste = question.waste
    at = _columns(asked, answer)
    more = asked.cost_yuan_year / waste.t_day[:, None]
    own = more[np.arange(len(waste)), at].copy()
    more[np.arange(len(waste)), at] = np.inf
    regret = more.min(axis=1) - own if more.shape[1] > 1 else np.zeros(len(waste))
    cuts = np.quantile(regret, np.linspace(0, 1, n_bands + 1)[1:-1])
    keys = np.column_stack([at, waste.stream, np.digitize(regret, cuts)])
    _, of_item = np.unique(keys, axis=0, return_inverse=True)
    rows: Rows = of_item.reshape(-1).astype(np.int64)
    n = int(rows.max()) + 1
    stream: Rows = np.zeros(n, dtype=np.int64)
    stream[rows] = waste.stream
    return Clusters(rows, stream, np.bincount(rows, weights=waste.t_day, minlength=n).astype(np.float64), 0.0)


def _columns(asked: Asked, answer: Answer) -> Rows:
    column = asked.column_of
    return np.array([column[site] for site in answer.site_of.tolist()], dtype=np.int64)


def lifted(
    question: Question, asked: Asked, answer: Answer, clusters: Clusters
) -> tuple[FacilityLocationProblem, float, LocationPlan]:
    """Return a problem whose plans cost no more than those of the items, what it leaves out, and the answer as its plan.

    Parameters
    ----------
    answer
        Serves every item.
    clusters
        Each of items that the answer brings to one station.
    """
    waste, at = question.waste, _columns(asked, answer)
    reference = asked.cost_yuan_year[np.arange(len(waste)), at]
    differ = (asked.cost_yuan_year - reference[:, None]) / waste.t_day[:, None]
    least = np.full((len(clusters), differ.shape[1]), np.inf)
    np.minimum.at(least, clusters.of_item, differ)
    serve = least * clusters.t_day[:, None]
    # the engine takes no cost below 0
    shift: F64 = np.maximum(0.0, -serve.min(axis=1))
    extra = np.full((len(clusters), asked.problem.n_sites - serve.shape[1]), np.inf)
    problem = replace(
        asked.problem,
        demand=clusters.t_day * question.params.peak_factor,
        serve_cost=np.column_stack([serve + shift[:, None], extra]),
    )
    constant = asked.constant_yuan_year + float(reference.sum() - shift.sum())
    return problem, constant, _as_plan(asked, answer, clusters, at)


def item_problem(question: Question, asked: Asked) -> FacilityLocationProblem:
    """Return the problem of all items one by one."""
    extra = np.full((len(question.waste), asked.problem.n_sites - asked.cost_yuan_year.shape[1]), np.inf)
    return replace(
        asked.problem,
        demand=question.waste.t_day * question.params.peak_factor,
        serve_cost=np.column_stack([asked.cost_yuan_year, extra]),
    )


def item_prices(question: Question, asked: Asked, answer: Answer, clusters: Clusters, prices: F64) -> F64:
    """Return prices of the items at which their bound is no lower than that of the clusters at theirs.

    An item's price is its reference cost and its share, by tonnes, of what its cluster's price is above the references:
    then no site is worth more to an item than to its share of the cluster.

    Parameters
    ----------
    answer, clusters
        As `lifted` got them.
    prices
        Of the clusters in the problem that `lifted` returned, shape (n_clusters,).
    """
    problem, _, _ = lifted(question, asked, answer, clusters)
    waste, at = question.waste, _columns(asked, answer)
    reference = asked.cost_yuan_year[np.arange(len(waste)), at]
    shift = problem.serve_cost[np.arange(len(clusters)), _own_columns(clusters, at)]
    each = (prices - shift) / clusters.t_day
    found: F64 = reference + each[clusters.of_item] * waste.t_day
    return found


def _own_columns(clusters: Clusters, at: Rows) -> Rows:
    """Return the site that each cluster is brought to: serving it there costs what the problem's costs were raised by."""
    own: Rows = np.zeros(len(clusters), dtype=np.int64)
    own[clusters.of_item] = at
    return own


def _as_plan(asked: Asked, answer: Answer, clusters: Clusters, at: Rows) -> LocationPlan:
    station = _own_columns(clusters, at)
    options = [*answer.work_of.values(), *answer.extras]
    return LocationPlan(tuple(sorted(options)), tuple(Supply(int(s), c) for c, s in enumerate(station.tolist())))
