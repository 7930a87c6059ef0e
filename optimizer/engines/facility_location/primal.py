"""The best plan so far, and how sets of open sites are made into plans and bettered."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from layers.layer import Bool
from optimizer.engines.facility_location.assigning import assigned
from optimizer.engines.facility_location.checker import faults
from optimizer.engines.facility_location.exchanging import Exchanges
from optimizer.engines.facility_location.near import NearLists
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
    lists
        The nearest sites, where capacities do not bind.
    """

    def __init__(self, problem: FacilityLocationProblem, lists: NearLists | None = None) -> None:
        self.problem = problem
        self.plan: LocationPlan | None = None
        self.cost = np.inf
        self._rules = SiteRules(problem)
        self._tried: dict[bytes, float] = {}
        self._exchanges = None if lists is None else Exchanges(problem, lists)

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
            self._tried[key] = self._made(wanted, ends)
        return self._tried[key]

    def try_exactly(self, is_open: Bool) -> None:
        """Keep the plan of just these sites where it is right and the best."""
        self.take(assigned(self.problem, is_open, lambda: False))

    def _made(self, wanted: Bool, ends: Callable[[], bool]) -> float:
        if self._exchanges is not None:
            wanted, cost = self._exchanges.improved(wanted, ends)
            # Plans of many customers take longer to write down than to price.
            if cost >= self.cost:
                return cost
        return self.take(assigned(self.problem, wanted, ends))

    def descend(self, likely: Floats, ends: Callable[[], bool]) -> None:
        """Open, close or exchange one site of the best plan after the other while that saves.

        Parameters
        ----------
        likely
            Shape (n_sites,): what opening each costs by the bound; the least are tried.
        ends
            Asked before each try.
        """
        improved = self.plan is not None and self._exchanges is None
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
