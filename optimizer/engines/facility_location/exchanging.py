"""Open, close and exchange sites where capacities do not bind, many at a time where they touch no customer in common."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from layers.layer import Bool
from optimizer.engines.facility_location.kernels.near import drop_those_that_touch, nearest_two, price_exchanges
from optimizer.engines.facility_location.near import NearLists, reach_of
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats, Ints

# What saves less, as a share of the cost, is rounding.
LEAST_SAVING = 1e-12


class Exchanges:
    """Betters sets of open sites.

    Parameters
    ----------
    problem, lists
        What is asked, and its lists.
    """

    def __init__(self, problem: FacilityLocationProblem, lists: NearLists) -> None:
        self._problem, self._lists = problem, lists
        self._leave = ~np.isin(np.arange(problem.n_sites), problem.must_open)
        self._exact = problem.n_open is not None and problem.n_open_exactly
        self._reach = reach_of(problem)
        n, m = problem.serve_cost.shape
        self._two = np.zeros(n, dtype=np.int64), np.zeros(n), np.zeros(n, dtype=np.int64), np.zeros(n)
        self._gain, self._place = np.zeros(m), np.zeros(m, dtype=np.int64)

    def cost(self, is_open: Bool) -> float:
        """Return what the sites cost with each customer served from the nearest; `inf` where one may be served by none."""
        total = self._priced(is_open)
        return float("inf") if (self._two[0] < 0).any() else total

    def improved(self, is_open: Bool, ends: Callable[[], bool]) -> tuple[Bool, float]:
        """Return sites, with their cost, from which no single site opened, closed or exchanged saves."""
        cost = self._priced(is_open)
        while not ends():
            changed = self._changed(is_open, cost)
            if changed is None:
                break
            now = self._priced(changed)
            if now >= cost:  # but for rounding there is nothing to save
                break
            is_open, cost = changed, now
        return is_open, self.cost(is_open)

    def _priced(self, is_open: Bool) -> float:
        """Return the cost with a high price for each customer that is served by none, and note who serves whom."""
        opened = np.flatnonzero(is_open)
        lists = self._lists.site, self._lists.cost, self._problem.serve_cost
        nearest_two(lists, (is_open, opened), self._reach, self._two)
        return float(self._two[1].sum()) + float(self._lists.fixed[opened].sum()) + self._problem.base_cost

    def _changed(self, is_open: Bool, cost: float) -> Bool | None:
        """Return the sites after what saves most, None where nothing saves; `cost` is theirs, just priced."""
        opened = np.flatnonzero(is_open)
        saved = self._savings(is_open, opened)
        least = LEAST_SAVING * max(1.0, abs(cost))
        pairs = saved.max(axis=0, initial=-np.inf), saved.argmax(axis=0)
        best = float(pairs[0].max(initial=-np.inf))
        found = is_open.copy()
        alone = self._alone(is_open, opened)
        if alone[0] > max(best, least):
            found[alone[1]] = not found[alone[1]]
            return found
        if best <= least:
            return None
        for site, other in self._apart(opened, pairs, least):
            found[site], found[other] = True, False
        return found

    def _savings(self, is_open: Bool, opened: Ints) -> Floats:
        """Return what each exchange saves, shape (n_sites, n_open): `-inf` where it may not be."""
        self._loss, both = np.zeros(len(opened)), np.zeros((self._problem.n_sites, len(opened)))
        self._place[opened] = np.arange(len(opened))
        lists = self._lists.site, self._lists.cost
        price_exchanges(lists, self._two, (is_open, opened, self._lists.fixed), self._place, (self._gain, self._loss, both))
        both += self._gain[:, None]
        both -= self._loss[None, :]
        both[is_open | ~self._lists.may] = -np.inf
        both[:, ~self._leave[opened]] = -np.inf
        return both

    def _alone(self, is_open: Bool, opened: Ints) -> tuple[float, int]:
        """Return what opening or closing one site saves at the most, and the site."""
        if self._exact or not len(opened):
            return -np.inf, -1
        n_most = self._problem.n_open
        may_add = n_most is None or len(opened) < n_most
        gain = np.where(self._lists.may & ~is_open & may_add, self._gain, -np.inf)
        loss = np.where(self._leave[opened] & (len(opened) > 1), self._loss, np.inf)
        enter, leave = int(gain.argmax()), int(loss.argmin())
        return max((float(gain[enter]), enter), (-float(loss[leave]), int(opened[leave])))

    def _apart(self, opened: Ints, pairs: tuple[Floats, Ints], least: float) -> list[tuple[int, int]]:
        """Return exchanges that save, one for each open site at the most, and touch no customer that a better one does."""
        order = [int(r) for r in np.argsort(-pairs[0], kind="stable") if pairs[0][r] > least]
        enters = [int(pairs[1][r]) for r in order]
        chosen = [k for k, site in enumerate(enters) if enters.index(site) == k]
        found = [(enters[k], int(opened[order[k]])) for k in chosen]
        rank = np.full(self._problem.n_sites, len(found), dtype=np.int64)
        for k, (site, other) in enumerate(found):
            rank[site] = rank[other] = k
        kept = np.ones(len(found), dtype=np.bool_)
        drop_those_that_touch((self._lists.site, self._lists.cost), self._two, rank, kept)
        return [pair for pair, stays in zip(found, kept, strict=True) if stays]
