"""Branch and bound on sites where capacities do not bind: each part of the tree is bounded by prices of its own.

Prices alone leave a gap where few sites serve many (Christofides & Beasley 1982, doi 10.1016/0377-2217(82)90161-5, close it
the same way). A child begins at its parent's prices, so that a few rounds do.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from optimizer.engines.budget import Budget
from optimizer.engines.facility_location.lagrangian import Lagrangian, Locks
from optimizer.engines.facility_location.near import NearLists
from optimizer.engines.facility_location.primal import Best
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats

# Rounds of prices for each part, and the step that they begin with.
NODE_ROUNDS, NODE_STEP = 40, 0.5
# Of these every so many makes a plan at the most.
PLAN_EVERY = 10
# From which share on a site is not in doubt.
SURE = 0.98
# A plan this near its bound, as a share, is the best; so near a whole number counts as one.
SAME, WHOLE = 1e-9, 1e-6


@dataclass(frozen=True, order=True)
class Part:
    """A part of all plans: those with some sites open and others closed.

    Parameters
    ----------
    bound
        No plan of it costs less.
    number
        In order of making.
    price
        Of the customers, that prove the bound.
    share
        Shape (n_sites,): how often each site was open at the last prices.
    locks
        The sites that are open, and those that may be.
    """

    bound: float
    number: int
    price: Floats = field(compare=False)
    share: Floats = field(compare=False)
    locks: Locks = field(compare=False)


class Branching:
    """Splits the part with the least bound by the site that is most in doubt, until the best plan is proven.

    Parameters
    ----------
    root
        Prices of the whole problem.
    lists
        Its lists.
    best
        The best plan; bettered on the way.
    plan_every
        After how many rounds of prices each a plan is made.
    """

    def __init__(self, root: Lagrangian, lists: NearLists, best: Best, plan_every: int) -> None:
        self._problem, self._lists, self._best = root.problem, lists, best
        self._is_whole = _is_whole(root.problem)
        self._plan_every = max(PLAN_EVERY, plan_every)
        self._parts = [Part(root.best.value, 0, root.best.price, root.share, root.locks)]
        self.n_rounds = 0
        self._n_made = 0

    @property
    def bound(self) -> float:
        """What no plan costs less than."""
        lowest = self._parts[0].bound if self._parts else self._best.cost
        if self._is_whole and np.isfinite(lowest):
            lowest = float(np.ceil(lowest - WHOLE))
        return min(lowest, self._best.cost)

    def run(self, budget: Budget, told: Callable[[int], None]) -> None:
        """Split parts until none can hold a better plan, or the budget is spent; `told` of the rounds after each."""

        def over() -> bool:
            return budget.over or (budget.n_steps is not None and self.n_rounds >= budget.n_steps)

        while self._parts and not over():
            if self._parts[0].bound >= self._enough():
                self._parts.clear()
                return
            part = self._parts[0]
            children = [self._bounded(part, locks, over) for locks in self._split(part)]
            if over():  # a child that was cut short is no better than its parent, and the parent still stands
                return
            heapq.heappop(self._parts)
            for child in children:
                if child is not None and child.bound < self._enough():
                    heapq.heappush(self._parts, child)
            told(self.n_rounds)

    def _enough(self) -> float:
        """Return the bound from which on a part holds no better plan."""
        cost = self._best.cost
        return cost - 1.0 + WHOLE if self._is_whole else cost - SAME * max(1.0, abs(cost))

    def _split(self, part: Part) -> list[Locks]:
        """Return the locks of both halves: with the site in doubt, and without."""
        free = part.locks.may & ~part.locks.must
        if not free.any():
            return []
        doubt = np.where(free & (part.share <= SURE), part.share, 0.0)
        site = int(np.argmax(doubt if doubt.any() else np.where(free, part.share, -1.0)))
        with_it, without = part.locks.must.copy(), part.locks.may.copy()
        with_it[site], without[site] = True, False
        return [Locks(with_it, part.locks.may), Locks(part.locks.must, without)]

    def _bounded(self, parent: Part, locks: Locks, over: Callable[[], bool]) -> Part | None:
        """Return a part with its bound; None where it holds no plan."""
        n_open = self._problem.n_open
        if n_open is not None:
            if locks.must.sum() > n_open or (self._problem.n_open_exactly and locks.may.sum() < n_open):
                return None
            if locks.must.sum() == n_open:
                locks = Locks(locks.must, locks.must)
        if not locks.may.any():
            return None
        prices = Lagrangian(self._problem, self._lists, locks)
        prices.start(parent.price, NODE_STEP)
        while prices.n_rounds < NODE_ROUNDS and not prices.is_done and prices.best.value < self._enough() and not over():
            is_open = prices.round(self._best.cost)
            if prices.n_rounds % self._plan_every == 1:
                self._best.try_sites(is_open, prices.likely, over)
            self.n_rounds += 1
        bound, enough = max(parent.bound, prices.best.value), self._enough()
        must, may = locks.must | prices.opened(enough), locks.may & ~prices.closed(enough)
        if not (locks.may & ~locks.must).any():
            self._best.try_exactly(locks.must)
            bound = np.inf
        self._n_made += 1
        return Part(bound, self._n_made, prices.best.price, prices.share, Locks(must, may | must))


def _is_whole(problem: FacilityLocationProblem) -> bool:
    """Tell whether all costs are whole numbers, and so those of plans: each customer is served by one site."""
    rows = (problem.serve_cost[k] for k in range(problem.n_customers))
    whole = all(bool((row[np.isfinite(row)] % 1 == 0).all()) for row in rows)
    return whole and bool((problem.net_cost % 1 == 0).all()) and problem.base_cost % 1 == 0
