"""A proven bound: centres and plants have prices in place of their capacities, and what is left has one stage.

At any prices of at least 0 the cheapest way onward is a cost of the station, and the Lagrangian bound of the problem of one
stage, with what centres are worth at these prices, is one of the staged problem (Geoffrion 1974, doi 10.1007/BFb0120690).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from layers.layer import Bool
from optimizer.engines.facility_location.lagrangian import Lagrangian
from optimizer.engines.facility_location.master import Master
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats
from optimizer.engines.facility_location.rules import rules_of
from optimizer.engines.facility_location.stages.flat import Flat, Prices, Ways, cheapest_ways
from optimizer.engines.facility_location.stages.problem import StagedProblem

# Rounds of the customers' prices for each step of those of centres and plants.
INNER_ROUNDS = 20
# Of all added up, so much is taken off for the rounding of sums.
ROUNDING = 1e-10


@dataclass(frozen=True, eq=False)
class Node:
    """Centres that are open and that may be, and what is proven of them.

    Parameters
    ----------
    must, may
        Shape (n_centres,).
    value
        No plan within the node costs less.
    prices
        That prove it.
    customer_price
        Shape (n_pairs,): with which the next ones begin; None at first.
    flow
        Shape (n_centres,): what goes by each centre at these prices.
    """

    must: Bool
    may: Bool
    value: float
    prices: Prices
    customer_price: Floats | None
    flow: Floats


class Bounding:
    """Bounds of nodes.

    Parameters
    ----------
    problem
        What is asked.
    flat
        Its one stage.
    ends
        Asked after each round whether to end.
    """

    def __init__(self, problem: StagedProblem, flat: Flat, ends: Callable[[], bool]) -> None:
        self._problem, self._flat, self._ends = problem, flat, ends
        self.n_rounds = 0
        options = problem.centres.options
        self.capacity = np.minimum(options.capacity, problem.total)
        empty = np.zeros((0, problem.centres.n_sites))
        self._stub = FacilityLocationProblem(np.zeros(0), empty, options, quotas=problem.centres.quotas)
        self._groups = rules_of(self._stub, price_capacity=False)[0]
        self._is_limited = np.isfinite(problem.plant_capacity)

    def root(self) -> Node:
        """Return the node of all plans, with nothing proven: each centre asks for its cost by unit of its capacity."""
        n, stage = self._problem.centres.n_sites, self._problem.centres
        sites = np.arange(n)
        may = np.isin(sites, stage.options.site[stage.allowed])
        must = np.isin(sites, stage.must_open)
        rate = np.divide(stage.options.fixed_cost, self.capacity, out=np.zeros(stage.n_options), where=self.capacity > 0)
        least = np.full(n, np.inf)
        np.minimum.at(least, stage.options.site, rate)
        first = np.where(np.isfinite(least) & ~must, least, 0.0)
        prices = Prices(first, np.zeros_like(self._problem.plant_capacity))
        return Node(must, may, 0.0, prices, None, np.zeros(n))

    def raised(self, node: Node, upper: float, n_steps: int) -> Node:
        """Return the node with the best bound of some steps of its prices; `inf` where it has no plan at all."""
        best, prices, customer = node, node.prices, node.customer_price
        step = 1.0
        for _ in range(n_steps):
            if self._ends() or best.value >= upper:
                break
            ways = cheapest_ways(self._problem, prices, node.may)
            asked = self._flat.problem(ways.cost)
            if not np.isfinite(asked.serve_cost).any(axis=1).all():
                return replace(node, value=np.inf)
            lagrangian = self._rounds(asked, customer, upper)
            if lagrangian is None:
                break
            customer = lagrangian.best.price
            worth, opened = self._centres(prices, node)
            taken = float((prices.plant[self._is_limited] * self._problem.plant_capacity[self._is_limited]).sum())
            value = lagrangian.best.value + worth - taken
            value -= ROUNDING * (abs(lagrangian.best.value) + abs(worth) + taken)
            by_centre, by_plant = self._flows(asked, ways, lagrangian)
            if value > best.value or best.customer_price is None:
                best = replace(node, value=max(value, node.value), prices=prices, customer_price=customer, flow=by_centre)
            else:
                step *= 0.7
            prices = self._moved(prices, (by_centre - opened, by_plant), (step, value, upper))
        return best

    def _rounds(self, asked: FacilityLocationProblem, customer: Floats | None, upper: float) -> Lagrangian | None:
        lagrangian = Lagrangian(asked)
        if customer is not None:
            lagrangian.start(customer, 0.5)
        for _ in range(INNER_ROUNDS * (3 if customer is None else 1)):
            if self._ends() or lagrangian.is_done:
                break
            lagrangian.round(upper)
            self.n_rounds += 1
        return lagrangian if np.isfinite(lagrangian.best.value) else None

    def _centres(self, prices: Prices, node: Node) -> tuple[float, Floats]:
        """Return the least sum of what centres cost above what their capacity is paid for, and the capacity then open."""
        options, allowed = self._problem.centres.options, self._problem.centres.allowed
        worth = options.fixed_cost - prices.centre[options.site] * self.capacity
        worth[~allowed | ~node.may[options.site]] = np.inf
        by_site = np.full(len(node.may), np.inf)
        np.minimum.at(by_site, options.site, worth)
        choice = Master(self._stub, self._groups, (node.must, node.may), by_capacity=False).choose(by_site)
        opened = np.zeros(len(node.may))
        for k in np.flatnonzero(np.isfinite(worth)):
            site = int(options.site[k])
            if choice.share[site] > 0 and worth[k] == by_site[site]:
                opened[site] = self.capacity[k]
        return choice.value, opened

    def _flows(self, asked: FacilityLocationProblem, ways: Ways, lagrangian: Lagrangian) -> tuple[Floats, Floats]:
        """Return what goes by each centre and to each plant where all go to the cheapest station that is likely open."""
        likely = lagrangian.share >= 0.5 * float(lagrangian.share.max(initial=0.0))
        cost = np.where(likely[None, :], asked.serve_cost, np.inf)
        lost = ~np.isfinite(cost).any(axis=1)
        cost[lost] = asked.serve_cost[lost]
        station = cost.argmin(axis=1)
        product = self._flat.product
        centre, plant = ways.centre[product, station], ways.plant[product, station]
        by_centre = np.bincount(centre[centre >= 0], self._flat.demand[centre >= 0], minlength=self._problem.centres.n_sites)
        by_plant = np.zeros_like(self._problem.plant_capacity)
        np.add.at(by_plant, (product, plant), self._flat.demand)
        return by_centre.astype(np.float64), by_plant

    def _moved(self, prices: Prices, flows: tuple[Floats, Floats], aim: tuple[float, float, float]) -> Prices:
        """Return prices a step higher where more goes than there is room for, and lower where less does."""
        over, by_plant = flows
        step, value, upper = aim
        most = np.where(self._is_limited, self._problem.plant_capacity, 0.0)
        over_plant = np.where(self._is_limited, by_plant - most, 0.0)
        over_plant[(over_plant < 0) & (prices.plant <= 0)] = 0.0
        over = np.where((over < 0) & (prices.centre <= 0), 0.0, over)
        norm = float((over**2).sum() + (over_plant**2).sum())
        if norm <= 0:
            return prices
        gap = max(upper - value, 1e-4 * abs(value)) if np.isfinite(upper) else 0.05 * abs(value) + 1.0
        length = step * gap / norm
        return Prices(np.maximum(0.0, prices.centre + length * over), np.maximum(0.0, prices.plant + length * over_plant))
