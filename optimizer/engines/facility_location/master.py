"""Choose sites at given worths: what is left of a problem when each customer has a price."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.layer import Bool
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats, Ints
from optimizer.engines.facility_location.rules import Group


@dataclass(frozen=True)
class Choice:
    """The cheapest choice of sites.

    Parameters
    ----------
    share
        Shape (n_sites,): 1 where open; one site may be open in part, to make up the capacity.
    value
        Of the choice: no plan has a lower sum of worths.
    to_open, to_close
        Shape (n_sites,): by how much the value rises at the least where a site that is closed must be open, and vice versa.
    """

    share: Floats
    value: float
    to_open: Floats
    to_close: Floats


class Master:
    """The rules on sites that the choice keeps: number, locks and groups that do not overlap, or else all capacity.

    Parameters
    ----------
    problem
        What is asked.
    groups
        No site is in two of them.
    locks
        Sites that are open, and that may be, shape (n_sites,) each.
    by_capacity
        Whether the sites chosen have room for all demand; not together with a number or groups.
    """

    def __init__(
        self, problem: FacilityLocationProblem, groups: tuple[Group, ...], locks: tuple[Bool, Bool], *, by_capacity: bool
    ) -> None:
        self._problem = problem
        self._groups = groups
        self._must, self._may = locks
        largest = np.zeros(problem.n_sites)
        capacity = np.minimum(problem.options.capacity, problem.demand.sum())
        np.maximum.at(largest, problem.options.site, capacity)
        self._capacity = np.where(self._may, largest, 0.0)
        self._least = float(problem.demand.sum())
        self._by_capacity = by_capacity
        self._exactly = problem.n_open is not None and problem.n_open_exactly

    def choose(self, worth: Floats) -> Choice:
        """Return the cheapest choice where each site is worth so much (`inf`: it may not be open)."""
        price = self._capacity_price(worth) if self._by_capacity else 0.0
        reduced = worth - price * self._capacity
        chosen = self._greedy(reduced)
        value = float(reduced[chosen].sum()) + price * self._least
        free = chosen & ~self._must
        others = reduced[~chosen & self._may]
        worst = max(0.0, float(reduced[free].max(initial=-np.inf)))
        cheapest = float(others.min(initial=np.inf))
        instead = cheapest if self._exactly else min(0.0, cheapest)
        to_open = np.where(chosen, 0.0, np.maximum(0.0, reduced - worst))
        paid = np.where(chosen, reduced, 0.0)
        to_close = np.where(free, np.maximum(0.0, instead - paid), np.where(chosen, np.inf, 0.0))
        share = chosen.astype(np.float64)
        if self._by_capacity:
            share = self._filled(share, reduced)
        return Choice(share, value, to_open, to_close)

    def _greedy(self, worth: Floats) -> Bool:
        """Return the cheapest sites that keep number and quotas: greedy is exact, since groups do not overlap."""
        chosen = self._must.copy()
        order = [int(j) for j in np.argsort(worth, kind="stable") if self._may[j]]
        for group in self._groups:
            own = [j for j in order if j in set(group.sites) and not chosen[j]]
            chosen[own[: max(0, group.at_least - int(chosen[list(group.sites)].sum()))]] = True
        room = {j: k for k, group in enumerate(self._groups) for j in group.sites}
        left = [group.at_most - int(chosen[list(group.sites)].sum()) for group in self._groups]
        n, most = int(chosen.sum()), self._problem.n_open
        for j in order:
            if (most is not None and n >= most) or (worth[j] >= 0 and not self._exactly):
                break
            if not chosen[j] and (j not in room or left[room[j]] > 0):
                chosen[j] = True
                n += 1
                if j in room:
                    left[room[j]] -= 1
        return chosen

    def _capacity_price(self, worth: Floats) -> float:
        """Return the price of capacity at which the sites that pay have room for all demand: the dual of that row."""
        inside = (worth < 0) | self._must
        missing = self._least - float(self._capacity[inside & self._may].sum())
        if missing <= 0:
            return 0.0
        rest = np.flatnonzero(self._may & ~inside & (self._capacity > 0))
        rate = worth[rest] / self._capacity[rest]
        order = np.argsort(rate, kind="stable")
        enough = np.flatnonzero(np.cumsum(self._capacity[rest][order]) >= missing)
        return float(rate[order][enough[0]]) if len(enough) else 0.0

    def _filled(self, share: Floats, reduced: Floats) -> Floats:
        """Open the sites that are just as good either way so far as capacity is missing."""
        missing = self._least - float(self._capacity[share > 0].sum())
        ties: Ints = np.flatnonzero((np.abs(reduced) < 1e-9 * (1 + np.abs(reduced))) & (share == 0) & self._may)
        for j in ties:
            if missing > 0 and self._capacity[j] > 0:
                share[j] = min(1.0, missing / self._capacity[j])
                missing -= self._capacity[j]
        return share
