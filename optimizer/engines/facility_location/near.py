"""The sites nearest to each customer: all that is looked at where capacities do not bind; large problems stay small.

A customer whose price is no higher than the cost of the first site that its list leaves out is worth nothing to any site
left out: the bound that the lists prove is one of the whole problem (Avella, Sassano & Vasil'ev 2007, doi
10.1007/s10107-005-0700-6, take ways of serving in and out by the same argument).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from layers.layer import Bool
from optimizer.engines.facility_location.kernels.near import served_times, worth_of_lists
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats, Ints

# Lists are whole up to so many sites; beyond, so many times as long as the sites are many for each that is open.
WHOLE_UP_TO, TIMES_AS_MANY = 1000, 8
# Entries of all lists: at least so many where there are more ways, and at most.
LEAST_ENTRIES, MOST_ENTRIES = 4_000_000, 20_000_000
# Rows that are sorted at once.
BLOCK = 512


@dataclass(frozen=True)
class NearLists:
    """The nearest sites of each customer, nearest first.

    Parameters
    ----------
    site, cost
        Shape (n_customers, length): sites, and the cost of serving the customer from there, `inf` where it may not be.
    beyond
        Shape (n_customers,): the cost of the nearest site that is not listed, `inf` where all are.
    fixed
        Shape (n_sites,): the least that opening each costs; 0 where it may not be opened.
    may
        Shape (n_sites,): whether it may be opened.
    """

    site: Ints
    cost: Floats
    beyond: Floats
    fixed: Floats
    may: Bool


def is_plain(problem: FacilityLocationProblem) -> bool:
    """Tell whether nothing but the number of sites and locks binds what is open."""
    return not (problem.is_capacitated or problem.quotas or problem.apart)


def near_lists(problem: FacilityLocationProblem) -> NearLists:
    """Return the lists of a problem in which capacities do not bind."""
    n, m = problem.serve_cost.shape
    fixed = np.full(m, np.inf)
    np.minimum.at(fixed, problem.options.site[problem.allowed], problem.net_cost[problem.allowed])
    may = np.isfinite(fixed)
    length = _length(n, m, problem.n_open)
    site, cost = np.zeros((n, length), dtype=np.int64), np.zeros((n, length))
    beyond = np.full(n, np.inf)
    for start in range(0, n, BLOCK):
        rows = slice(start, min(n, start + BLOCK))
        block = np.where(may[None, :], problem.serve_cost[rows], np.inf)
        if length < m:
            order = np.argpartition(block, length, axis=1)
            beyond[rows] = np.take_along_axis(block, order[:, length : length + 1], axis=1)[:, 0]
            order = order[:, :length]
            kept = np.take_along_axis(block, order, axis=1)
            inner = np.argsort(kept, axis=1, kind="stable")
            order = np.take_along_axis(order, inner, axis=1)
        else:
            order = np.argsort(block, axis=1, kind="stable")
        site[rows] = order
        cost[rows] = np.take_along_axis(block, order, axis=1)
    return NearLists(site, cost, beyond, np.where(may, fixed, 0.0), may)


def _length(n: int, m: int, n_open: int | None) -> int:
    if m <= WHOLE_UP_TO:
        return m
    wanted = max(LEAST_ENTRIES // n, 0 if n_open is None else ceil(TIMES_AS_MANY * m / max(1, n_open)))
    return max(2, min(m, wanted, MOST_ENTRIES // n))


def reach_of(problem: FacilityLocationProblem) -> float:
    """Return a cost that is above that of any plan which serves all, and above all costs of serving one."""
    blocks = (problem.serve_cost[k : k + BLOCK] for k in range(0, problem.n_customers, BLOCK))
    farthest = (float(np.where(np.isfinite(block), block, 0.0).max(initial=0.0)) for block in blocks)
    return (problem.n_customers + 1) * (max(farthest, default=0.0) + 1.0)


class NearKnapsacks:
    """What serving is worth at given prices, where any number of customers can be served from a site."""

    def __init__(self, problem: FacilityLocationProblem, lists: NearLists) -> None:
        self._problem, self._lists = problem, lists
        self.most_price = lists.beyond

    def first_prices(self) -> Floats:
        """Return what serving costs each customer from as far as it is likely to be served from."""
        n_open, m = self._problem.n_open, self._problem.n_sites
        near = 1 if n_open is None else round(m / max(1, n_open))
        nearest, costs = self._lists.cost[:, 0], self._lists.cost[:, min(near, self._lists.cost.shape[1] - 1)]
        return np.where(np.isfinite(costs), costs, np.where(np.isfinite(nearest), nearest, 0.0))

    def worth(self, price: Floats) -> Floats:
        """Return what each option's customers are worth, shape (n_options,): 0 or less."""
        by_site = np.zeros(self._problem.n_sites)
        worth_of_lists(self._lists.site, self._lists.cost, price, by_site)
        worth: Floats = by_site[self._problem.options.site]
        return worth

    def served(self, price: Floats, share: Floats, _: Ints) -> Floats:
        """Return how many times each customer is served by the sites that are open, shape (n_customers,)."""
        times = np.zeros(self._problem.n_customers)
        served_times(self._lists.site, self._lists.cost, price, share, times)
        return times
