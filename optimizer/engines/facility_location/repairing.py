"""Bring a set of sites near to what the rules on sites let be: locks, distances, quotas, number and capacity, one by one."""

from __future__ import annotations

import numpy as np

from layers.layer import Bool
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats, Ints


class SiteRules:
    """The rules on sites of a problem, and which sets of sites keep them.

    Parameters
    ----------
    problem
        What is asked.
    """

    def __init__(self, problem: FacilityLocationProblem) -> None:
        sites = np.arange(problem.n_sites)
        self._must = np.isin(sites, problem.must_open)
        self._may = np.isin(sites, problem.options.site[problem.allowed])
        self._demand = float(problem.demand.sum())
        self._room = np.zeros(problem.n_sites)
        room = np.minimum(problem.options.capacity, self._demand)[problem.allowed]
        np.maximum.at(self._room, problem.options.site[problem.allowed], room)
        self._near: dict[int, list[int]] = {}
        for one, other in (*problem.apart, *((b, a) for a, b in problem.apart)):
            self._near.setdefault(one, []).append(other)
        self._groups: list[tuple[Bool, int, int]] = []
        for quota in problem.quotas:
            own = np.isin(sites, problem.options.site[problem.counted(quota)])
            # A site of which some sizes count can be open in another, so that only the least number binds it.
            binds = quota.at_most is not None and not quota.options
            self._groups.append((own, quota.at_least, int(quota.at_most or 0) if binds else problem.n_sites))
        if problem.n_open is not None:
            least = problem.n_open if problem.n_open_exactly else 0
            self._groups.append((np.ones(problem.n_sites, dtype=np.bool_), least, problem.n_open))

    def near_to(self, wanted: Bool, likely: Floats) -> Bool:
        """Return a set of sites near to the one wanted that breaks none of the rules, as far as one is found.

        Parameters
        ----------
        wanted
            Shape (n_sites,).
        likely
            Shape (n_sites,): the less, the sooner a site is opened and the later it is closed.
        """
        is_open = (wanted & self._may) | self._must
        order = np.argsort(likely, kind="stable")
        self._thin_out(is_open, order)
        for own, least, most in self._groups:
            for j in order[::-1]:
                if int((is_open & own).sum()) <= most:
                    break
                if is_open[j] and own[j] and self._may_close(is_open, int(j)):
                    is_open[j] = False
            self._open_until(is_open, order[own[order]], own.astype(np.float64), least)
        self._open_until(is_open, order, self._room, self._demand)
        if not is_open.any():
            is_open[order[self._may[order]][:1]] = True
        return is_open

    def _open_until(self, is_open: Bool, order: Ints, worth: Floats, enough: float) -> None:
        """Open sites in order until their worths add up to enough."""
        have = float(worth[is_open].sum())
        for j in order:
            if have >= enough:
                return
            if worth[j] > 0 and self._may_open(is_open, int(j)):
                is_open[j] = True
                have += float(worth[j])

    def _thin_out(self, is_open: Bool, order: Ints) -> None:
        """Close sites too near to likelier ones, or to those that must be open."""
        if self._near:
            for j in (*order[self._must[order]], *order[~self._must[order]]):
                if is_open[j]:
                    near = [k for k in self._near.get(int(j), ()) if not self._must[k]]
                    is_open[near] = False

    def _may_open(self, is_open: Bool, j: int) -> bool:
        if is_open[j] or not self._may[j] or any(is_open[k] for k in self._near.get(j, ())):
            return False
        return all(not own[j] or int((is_open & own).sum()) < most for own, _, most in self._groups)

    def _may_close(self, is_open: Bool, j: int) -> bool:
        if self._must[j]:
            return False
        return all(not own[j] or int((is_open & own).sum()) > least for own, least, _ in self._groups)
