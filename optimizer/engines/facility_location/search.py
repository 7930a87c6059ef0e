"""Our own search: prices and the bound they prove, plans on the way, and a programme over what is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from layers.layer import Bool
from optimizer.engines.budget import Budget, share_spent
from optimizer.engines.facility_location.lagrangian import Lagrangian, rounds
from optimizer.engines.facility_location.near import NearLists, is_plain, near_lists
from optimizer.engines.facility_location.primal import Best
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats
from optimizer.engines.facility_location.programme import Scope, whole
from optimizer.engines.facility_location.solution import LocationPlan

# Of the budget: for prices, and for exchanges after them; the programme has what is left.
PRICE_SHARE = 0.5
EXCHANGE_SHARE = 0.3
# Rounds of prices at the most, and of these every so many makes a plan where that takes a flow.
MOST_ROUNDS = 2000
PLAN_EVERY = 8
# The same where lists of near sites are long: above so many entries; below, each round makes a plan.
LONG, PLAN_EVERY_LONG = 1_000_000, 50
# More ways of serving are not handed to the programme: HiGHS does not end in a minute.
MOST_WAYS = 150_000
# A plan this near its bound, as a share, is the best.
SAME = 1e-9

# Told of the share spent, the best plan with its cost, and the bound.
Told = Callable[[float, LocationPlan | None, float, float], None]


@dataclass(frozen=True)
class Searched:
    """What a search found; `forced_in`, `forced_out`: what any plan with a site open, or closed, costs at the least.

    `prices` are of the customers.
    """

    plan: LocationPlan | None
    cost: float
    bound: float
    n_steps: int
    forced_in: Floats | None = None
    forced_out: Floats | None = None
    prices: Floats | None = None


def search(problem: FacilityLocationProblem, budget: Budget, start: LocationPlan | None, told: Told) -> Searched:
    """Search by prices, exchanges and a programme, in this order, until the plan is proven or the budget spent."""
    lists = near_lists(problem) if is_plain(problem) else None
    best, lagrangian = Best(problem, lists), Lagrangian(problem, lists)
    best.take(start)
    began_s, every = perf_counter(), plan_every(lists)
    most = MOST_ROUNDS if budget.n_steps is None else min(MOST_ROUNDS, int(PRICE_SHARE * budget.n_steps))

    def price(part: Budget, share: float) -> None:
        """Take rounds of prices until they stand still or a part of the budget is spent."""

        def upper(is_open: Bool) -> float:
            n = lagrangian.n_rounds
            if n % every == 0 if n else every < PLAN_EVERY_LONG:
                best.try_sites(is_open, lagrangian.likely, lambda: part.over)
            told(share * share_spent(part, n, began_s), best.plan, best.cost, lagrangian.best.value)
            return best.cost

        rounds(lagrangian, upper, lambda: part.over or lagrangian.n_rounds >= most)

    price(budget.part(PRICE_SHARE), PRICE_SHARE)
    tries = _Tries(budget)
    best.descend(lagrangian.raised_open, tries.within(budget.part(EXCHANGE_SHARE)))
    told(PRICE_SHARE + EXCHANGE_SHARE, best.plan, best.cost, lagrangian.best.value)
    if lists is None and not budget.over and _n_ways(lagrangian, best) > MOST_WAYS:
        # No programme would end: prices and exchanges have what is left.
        price(budget, 1.0)
        best.descend(lagrangian.raised_open, tries.within(budget))
    n_steps, bound = lagrangian.n_rounds + tries.n, lagrangian.best.value
    if not is_proven(best.cost, bound) and not budget.over:
        if lists is None:
            bound, n_more = _close(lagrangian, best, budget, n_steps)
        else:
            bound, n_more = _branch(lagrangian, lists, best, replace(budget, n_steps=left_of(budget, n_steps)), told)
        n_steps += n_more
    forced = lagrangian.raised_open, lagrangian.raised_close
    return Searched(best.plan, best.cost, min(bound, best.cost), n_steps, *forced, lagrangian.best.price)


def plan_every(lists: NearLists | None) -> int:
    """Return after how many rounds of prices each a plan is made."""
    if lists is None:
        return PLAN_EVERY
    return 1 if lists.site.size <= LONG else PLAN_EVERY_LONG


def is_proven(cost: float, bound: float) -> bool:
    """Tell whether a plan is the best, but for rounding."""
    return bool(np.isfinite(cost) and bound >= cost - SAME * max(1.0, abs(cost)))


class _Tries:
    """Counts tries of exchanges, which are steps too."""

    def __init__(self, budget: Budget) -> None:
        self.n = 0
        self._most = None if budget.n_steps is None else int(EXCHANGE_SHARE * budget.n_steps)

    def within(self, part: Budget) -> Callable[[], bool]:
        """Return what counts a try and tells whether there is to be no more."""

        def over() -> bool:
            self.n += 1
            return part.over or (self._most is not None and self.n > self._most)

        return over


def _n_ways(lagrangian: Lagrangian, best: Best) -> int:
    """Return how many ways of serving a plan better than the best may use."""
    return int(scope_left(lagrangian, best.cost).pairs.sum())


def scope_left(lagrangian: Lagrangian, upper: float) -> Scope:
    """Return what a plan that costs no more than `upper` may consist of.

    A site is left out where the bound with it open is above that. So is a way of serving, where each customer is served in
    whole: the customer's price less what serving costs is the most that it can be worth.
    """
    problem = lagrangian.problem
    scope = whole(problem)
    if not np.isfinite(upper):
        return scope
    slack = upper * (1 + SAME)
    closed, opened = lagrangian.closed(slack), lagrangian.opened(slack)
    pairs = scope.pairs & ~closed[None, :]
    if problem.single_source or not problem.is_capacitated:
        best = lagrangian.best
        extra = np.maximum(0.0, problem.serve_cost - best.price[:, None])
        pairs = pairs & (best.value + best.to_open[None, :] + extra <= slack)
    fixed = tuple(int(j) for j in np.flatnonzero(opened))
    return Scope(scope.options & ~closed[problem.options.site], pairs, fixed)


def left_of(budget: Budget, n_done: int) -> int | None:
    """Return the steps that are left; None for any number."""
    return None if budget.n_steps is None else max(0, budget.n_steps - n_done)


def _branch(lagrangian: Lagrangian, lists: NearLists, best: Best, budget: Budget, told: Told) -> tuple[float, int]:
    """Split by sites what prices leave open; return the bound that this proves, and the rounds of prices."""
    from optimizer.engines.facility_location.branching import Branching

    began_s = perf_counter()
    branching = Branching(lagrangian, lists, best, plan_every(lists))

    def tell(n_rounds: int) -> None:
        done = PRICE_SHARE + (1 - PRICE_SHARE) * share_spent(budget, n_rounds, began_s)
        told(min(1.0, done), best.plan, best.cost, branching.bound)

    branching.run(budget, tell)
    return branching.bound, branching.n_rounds


def _close(lagrangian: Lagrangian, best: Best, budget: Budget, n_done: int) -> tuple[float, int]:
    """Search what is left by a programme; return the bound that this proves, and the nodes."""
    from optimizer.engines.facility_location.highs_engine import solve_with_highs

    scope, known = scope_left(lagrangian, best.cost), lagrangian.best.value
    left = left_of(budget, n_done)
    if int(scope.pairs.sum()) > MOST_WAYS or (left is not None and left < 1):
        return known, 0
    plan, bound, n_nodes = solve_with_highs(best.problem, scope, replace(budget, n_steps=left))
    upper = best.cost
    best.take(plan)
    return max(known, min(upper, bound)), n_nodes
