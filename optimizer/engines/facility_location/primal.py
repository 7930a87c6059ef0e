"""The best plan so far, and how sets of open sites are made into plans and bettered."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from layers.layer import Bool
from optimizer.engines.facility_location.assigning import assigned, options_of
from optimizer.engines.facility_location.checker import faults
from optimizer.engines.facility_location.kernels.swaps import best_move
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats
from optimizer.engines.facility_location.repairing import SiteRules
from optimizer.engines.facility_location.solution import LocationPlan, plan_cost

# Closed sites that are tried for each that is open, nearest to paying first.
N_ENTERING = 12


class Best:
    """The best plan so far.

    Parameters
    ----------
    problem
        What is asked.
    """

    def __init__(self, problem: FacilityLocationProblem) -> None:
        self.problem = problem
        self.plan: LocationPlan | None = None
        self.cost = np.inf
        self._rules = SiteRules(problem)
        self._tried: dict[bytes, float] = {}
        self._is_plain = not (problem.is_capacitated or problem.quotas or problem.apart)

    def take(self, plan: LocationPlan | None) -> float:
        """Keep a plan where it is right and the best; return its cost, `inf` where it is neither right nor a plan."""
        if plan is None:
            return float("inf")
        cost = plan_cost(self.problem, plan)
        if cost < self.cost:
            if faults(self.problem, plan):
                return float("inf")
            self.plan, self.cost = plan, cost
        return cost

    def try_sites(self, is_open: Bool, likely: Floats, ends: Callable[[], bool]) -> float:
        """Make the best of a set of open sites; a set that was tried before costs what it did.

        Parameters
        ----------
        is_open
            Shape (n_sites,).
        likely
            Shape (n_sites,): the less, the sooner a site is opened where the rules ask for more.
        ends
            Asked whether to stop.
        """
        wanted = self._rules.near_to(is_open, likely)
        key = np.packbits(wanted).tobytes()
        if key not in self._tried:
            if self._is_plain:
                wanted = exchanged(self.problem, wanted, ends)
            self._tried[key] = self.take(assigned(self.problem, wanted))
        return self._tried[key]

    def descend(self, likely: Floats, ends: Callable[[], bool]) -> None:
        """Open, close or exchange one site of the best plan after the other while that saves.

        Parameters
        ----------
        likely
            Shape (n_sites,): what opening each costs by the bound; the least are tried.
        ends
            Asked before each try.
        """
        improved = self.plan is not None and not self._is_plain
        while improved and self.plan is not None:
            before = self.cost
            sites = np.array(self.plan.sites(self.problem), dtype=np.int64)
            is_open = np.isin(np.arange(self.problem.n_sites), sites)
            entering = [int(j) for j in np.argsort(likely, kind="stable") if not is_open[j]][:N_ENTERING]
            moves = [(j, r) for j in (*entering, -1) for r in (-1, *sites.tolist()) if (j, r) != (-1, -1)]
            for j, r in moves:
                if ends():
                    return
                changed = is_open.copy()
                if j >= 0:
                    changed[j] = True
                if r >= 0:
                    changed[r] = False
                self.try_sites(changed, likely, ends)
                if self.cost < before:
                    break
            improved = self.cost < before


def exchanged(problem: FacilityLocationProblem, is_open: Bool, ends: Callable[[], bool]) -> Bool:
    """Open, close and exchange sites where capacities do not bind until nothing saves."""
    is_open = is_open.copy()
    cost = np.ascontiguousarray(problem.serve_cost.T)
    reach = float(cost[np.isfinite(cost)].sum()) + 1.0
    cost = np.where(np.isfinite(cost), cost, reach)
    fixed = np.zeros(problem.n_sites)
    every = options_of(problem, np.ones(problem.n_sites, dtype=np.bool_))
    fixed[problem.options.site[every]] = problem.net_cost[every]
    may = np.isin(np.arange(problem.n_sites), problem.options.site[every])
    leave = ~np.isin(np.arange(problem.n_sites), problem.must_open)
    n = problem.n_customers
    scratch = np.zeros(n, dtype=np.int64), np.zeros(n), np.zeros(n), np.zeros(problem.n_sites)
    move = np.zeros(2, dtype=np.int64)
    while not ends():
        n_open = int(is_open.sum())
        exact = problem.n_open is not None and problem.n_open_exactly
        rules = may, leave, not exact and (problem.n_open is None or n_open < problem.n_open), not exact and n_open > 1
        if best_move(cost, fixed, is_open, rules, scratch, move) <= 0:
            break
        if move[0] >= 0:
            is_open[move[0]] = True
        if move[1] >= 0:
            is_open[move[1]] = False
    return is_open
