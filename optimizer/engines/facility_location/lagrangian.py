"""The Lagrangian bound: each customer has a price in place of the rule that it is served.

What is left is a knapsack of customers for each option and a choice of sites (Geoffrion & McBride 1978, doi
10.1080/05695557808975181; Beasley 1993, doi 10.1016/0377-2217(93)90118-7; single source with whole knapsacks: Holmberg,
Ronnqvist & Yuan 1999, doi 10.1016/S0377-2217(98)00008-3). Prices follow deflected subgradients (Held, Wolfe & Crowder 1974,
doi 10.1007/BF01580223).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from layers.layer import Bool
from optimizer.engines.facility_location.kernels.knapsack import fill, fill_whole, whole_worth_of_all, worth_of_all
from optimizer.engines.facility_location.master import Choice, Master
from optimizer.engines.facility_location.near import NearKnapsacks, NearLists
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats, Ints
from optimizer.engines.facility_location.rules import rules_of

# Cells of a table of whole knapsacks, above which customers are taken in part.
MOST_CELLS = 4_000_000
# Share of the last direction in the next one.
DEFLECTION = 0.7
# Rounds without a better bound after which steps are halved, and the step at which prices stand still.
PATIENCE = 15
LEAST_STEP = 2e-4
# How much of the shares of open sites is kept from round to round.
MEMORY = 0.9
# Of all added up, so much is taken off a bound for the rounding of sums.
ROUNDING = 1e-11


class Knapsacks:
    """The knapsacks of all options at given prices."""

    def __init__(self, problem: FacilityLocationProblem) -> None:
        n, total = problem.n_customers, float(problem.demand.sum())
        self.problem = problem
        self.most_price = np.full(n, np.inf)
        self.cost = np.ascontiguousarray(problem.serve_cost.T)
        self.demand = np.ascontiguousarray(problem.demand, dtype=np.float64)
        self.site = problem.options.site.astype(np.int64)
        self._by_site = np.argsort(self.site, kind="stable")
        self._begin = np.concatenate([[0], np.cumsum(np.bincount(self.site, minlength=problem.n_sites))]).astype(np.int64)
        self.capacity = np.minimum(problem.options.capacity, total + 1.0)
        whole = bool((self.demand % 1 == 0).all())
        width = int(self.capacity.max(initial=0)) + 2
        self.is_whole = problem.single_source and problem.is_capacitated and whole and n * width <= MOST_CELLS
        self._scratch = np.zeros(n), np.zeros(n, dtype=np.int64), np.zeros(n)
        if self.is_whole:
            self._whole = self.demand.astype(np.int64), np.floor(self.capacity).astype(np.int64)
            self._table = np.zeros(width), np.zeros((n, width), dtype=np.int8), self._scratch[2]

    def worth(self, price: Floats) -> Floats:
        """Return what the best filling of each option is worth, shape (n_options,)."""
        worth = np.zeros(len(self.site))
        if self.is_whole:
            demand, capacity = self._whole
            whole_worth_of_all(self.cost, price, demand, (self.site, capacity), self._table, worth)
        else:
            options = self._by_site, self._begin, self.capacity
            worth_of_all(self.cost, price, self.demand, options, self._scratch, worth)
        return worth

    def first_prices(self) -> Floats:
        """Return the cost of the second-best site: at this price a customer pays for one site beyond serving."""
        problem = self.problem
        costs = np.sort(np.partition(problem.serve_cost, min(1, problem.n_sites - 1), axis=1)[:, :2], axis=1)
        return np.where(np.isfinite(costs[:, -1]), costs[:, -1], np.where(np.isfinite(costs[:, 0]), costs[:, 0], 0.0))

    def served(self, price: Floats, share: Floats, options: Ints) -> Floats:
        """Return how many times each customer is served by the sites that are open, shape (n_customers,).

        Parameters
        ----------
        price
            Shape (n_customers,).
        share
            Shape (n_sites,): how far each site is open.
        options
            Of each open site in rising order, the option that it is open in.
        """
        served = np.zeros(self.problem.n_customers)
        for j, k in zip(np.flatnonzero(share > 0), options, strict=True):
            served += share[j] * self._filled(price, int(k))
        return served

    def _filled(self, price: Floats, option: int) -> Floats:
        """Return the share of each customer in an option's best filling; the array is used again."""
        cost = self.cost[self.site[option]]
        if self.is_whole:
            demand, capacity = self._whole
            fill_whole(cost, price, demand, int(capacity[option]), *self._table)
        else:
            fill(cost, price, self.demand, float(self.capacity[option]), *self._scratch)
        return self._scratch[2]


@dataclass(frozen=True)
class Bound:
    """What prices prove.

    Parameters
    ----------
    value
        No plan costs less.
    price
        Shape (n_customers,).
    to_open, to_close
        Shape (n_sites,): by how much the bound rises where the site must be open, or closed.
    rule_price
        Of each rule on sites that has a price.
    """

    value: float
    price: Floats
    to_open: Floats
    to_close: Floats
    rule_price: Floats


@dataclass(frozen=True)
class Locks:
    """Sites that are open, and sites that may be, shape (n_sites,) each."""

    must: Bool
    may: Bool


def locks_of(problem: FacilityLocationProblem) -> Locks:
    """Return the locks of a problem."""
    sites = np.arange(problem.n_sites)
    return Locks(np.isin(sites, problem.must_open), np.isin(sites, problem.options.site[problem.allowed]))


class Lagrangian:
    """Prices, and the best bound that they proved.

    Parameters
    ----------
    problem
        What is asked.
    lists
        The nearest sites, where capacities do not bind.
    locks
        Sites that are open and that may be; those of the problem where none are given.
    """

    def __init__(self, problem: FacilityLocationProblem, lists: NearLists | None = None, locks: Locks | None = None) -> None:
        self.problem = problem
        self.locks = locks_of(problem) if locks is None else locks
        self._allowed = problem.allowed & self.locks.may[problem.options.site]
        self.knapsacks = Knapsacks(problem) if lists is None else NearKnapsacks(problem, lists)
        self.price = self.knapsacks.first_prices()
        self.raised_open = np.zeros(problem.n_sites)
        self.raised_close = np.zeros(problem.n_sites)
        self.n_rounds = 0
        self.likely, self.share = np.zeros(problem.n_sites), np.zeros(problem.n_sites)
        sizes = np.bincount(problem.options.site[problem.allowed], minlength=problem.n_sites)
        by_capacity = problem.is_capacitated and problem.n_open is None and not problem.quotas and sizes.max(initial=0) <= 1
        groups, self._rules = rules_of(problem, price_capacity=problem.is_capacitated and not by_capacity)
        self._master = Master(problem, groups, (self.locks.must, self.locks.may), by_capacity=by_capacity)
        self._rule_price = np.zeros(len(self._rules.b))
        self.best = Bound(-np.inf, self.price, np.zeros(problem.n_sites), np.zeros(problem.n_sites), self._rule_price)
        self._rule_step = _step_of_rules(problem, self.price)
        self._direction = np.zeros(problem.n_customers + len(self._rules.b))
        self._step, self._idle = 1.5, 0

    @property
    def is_done(self) -> bool:
        """Whether prices hardly move any more."""
        return self._step < LEAST_STEP

    def start(self, price: Floats, step: float) -> None:
        """Begin at other prices, with another length of step."""
        self.price, self._step = price.copy(), step

    def round(self, upper: float) -> Bool:
        """Take one step towards a better bound, and return the sites that are open at these prices."""
        worth = self.knapsacks.worth(self.price) + self.problem.net_cost - self._rule_price @ self._rules.a
        worth[~self._allowed] = np.inf
        by_site = np.full(self.problem.n_sites, np.inf)
        np.minimum.at(by_site, self.problem.options.site, worth)
        self.likely = by_site
        choice = self._master.choose(by_site)
        total = float(self.price.sum()) + float(self._rule_price @ self._rules.b) + self.problem.base_cost
        value = total + choice.value
        value -= ROUNDING * (abs(total) + abs(choice.value) + float(np.abs(self.price).sum()))
        self._keep(value, choice)
        self._move(self._missing(choice, worth, by_site), value, upper)
        self.n_rounds += 1
        self.share = MEMORY * self.share + (1 - MEMORY) * choice.share
        return choice.share > 0.5

    def closed(self, upper: float) -> Bool:
        """Return the sites that no plan below `upper` opens."""
        return self.raised_open > upper

    def opened(self, upper: float) -> Bool:
        """Return the sites that every plan below `upper` opens."""
        return self.raised_close > upper

    def _keep(self, value: float, choice: Choice) -> None:
        """Keep what these prices prove: of all sites at once, and of each that is turned the other way."""
        np.maximum(self.raised_open, value + choice.to_open, out=self.raised_open)
        np.maximum(self.raised_close, value + choice.to_close, out=self.raised_close)
        if value > self.best.value:
            self._idle = 0 if value > self.best.value + 1e-6 * abs(value) else self._idle + 1
            self.best = Bound(value, self.price.copy(), choice.to_open, choice.to_close, self._rule_price.copy())
        else:
            self._idle += 1

    def _missing(self, choice: Choice, worth: Floats, by_site: Floats) -> Floats:
        """Return by how much each customer is served too little, and each rule with a price is not kept."""
        kept = np.zeros(len(self._rules.b))
        chosen = np.full(self.problem.n_sites, self.problem.n_options)
        cheapest = np.flatnonzero(worth == by_site[self.problem.options.site])
        np.minimum.at(chosen, self.problem.options.site[cheapest], cheapest)
        is_open = np.flatnonzero(choice.share > 0)
        served = self.knapsacks.served(self.price, choice.share, chosen[is_open])
        if len(kept):
            kept = self._rules.a[:, chosen[is_open]] @ choice.share[is_open]
        broken = self._rules.b - kept
        # A rule that is kept and has no price is as it should be.
        broken[(broken < 0) & (self._rule_price <= 0)] = 0.0
        return np.concatenate([1.0 - served, self._rule_step * broken])

    def _move(self, missing: Floats, value: float, upper: float) -> None:
        self._direction = missing + DEFLECTION * self._direction
        norm = float(self._direction @ self._direction)
        aim = upper if np.isfinite(upper) else value + 0.1 * abs(value) + 1.0
        if norm > 0:
            change = self._step * max(aim - value, 1e-6 * abs(value)) / norm * self._direction
            n = self.problem.n_customers
            self.price = np.minimum(self.price + change[:n], self.knapsacks.most_price)
            self._rule_price = np.maximum(0.0, self._rule_price + self._rule_step * change[n:])
        if self._idle >= PATIENCE:
            self._step, self._idle = self._step / 2, 0
            self.price, self._rule_price = self.best.price.copy(), self.best.rule_price.copy()
            self._direction[:] = 0.0
        if not missing.any():
            self._step = 0.0


def _step_of_rules(problem: FacilityLocationProblem, price: Floats) -> float:
    """Return by how much more than a customer's the price of a rule moves, which grows to a site's cost."""
    site, customer = float(np.abs(problem.net_cost).mean()), float(np.abs(price).mean())
    return float(np.sqrt(site / customer)) if site > 0 and customer > 0 else 1.0


def rounds(lagrangian: Lagrangian, upper: Callable[[Bool], float], ends: Callable[[], bool]) -> None:
    """Take steps until prices stand still; `upper` is told the open sites and returns the cost of the best plan."""
    best = upper(np.zeros(lagrangian.problem.n_sites, dtype=np.bool_))
    while not lagrangian.is_done and not ends() and lagrangian.best.value < best:
        best = upper(lagrangian.round(best))
