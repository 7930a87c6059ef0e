"""Whole numbers of stalls: enough for the peak, women to men as the code asks, within the room that there is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from layers.units import HOUR_S
from optimizer.planners.toilets.params import ToiletsParams
from optimizer.planners.toilets.sizing.queue import wait_s
from optimizer.planners.toilets.sizing.visits import Visits

# More stalls than any toilet has: where they do not do, no number would.
_MOST_STALLS = 400
_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class Stalls:
    """Count the stalls of a toilet.

    Parameters
    ----------
    n_women
        Women's.
    n_men
        Men's, urinals among them.
    n_urinals
        Of the men's.
    n_shared
        For all, each of them barrier-free.
    """

    n_women: int
    n_men: int
    n_urinals: int
    n_shared: int

    @property
    def n_all(self) -> int:
        """All stalls."""
        return self.n_women + self.n_men + self.n_shared


@dataclass(frozen=True, slots=True)
class Present:
    """Count what stands there already; zeros for a new toilet."""

    n_women: int = 0
    n_men: int = 0


def ratio_for(crowded: bool, params: ToiletsParams) -> float:
    """Return how many women's stalls there are to be for one of the men's."""
    return params.crowded_ratio if crowded else params.other_ratio


def women_for(n_men: int, ratio: float) -> int:
    """Return the least number of women's stalls beside some of the men's."""
    return math.ceil(ratio * n_men - 1e-9)


def stalls_for(visits: Visits, crowded: bool, n_most: int, params: ToiletsParams, present: Present | None = None) -> Stalls:
    """Return the stalls of a toilet: as few as do for the peak, and no fewer for women than there are.

    Where the room does not hold them all, those are left that make the longer of both waits shortest.

    Parameters
    ----------
    visits
        Who comes.
    crowded
        Whether crowds gather there.
    n_most
        Stalls that there is room for, at least enough for the least toilet.
    present
        What stands there; None for a new toilet.
    """
    present, ratio = present or Present(), ratio_for(crowded, params)
    need_men = max(params.n_least_men, _enough(visits.men_peak_hour, params.men_s, params))
    need_women = max(present.n_women, _enough(visits.women_peak_hour, params.women_s, params))
    for n_men in range(max(present.n_men, need_men), need_men - 1, -1):
        n_women = max(need_women, women_for(n_men, ratio))
        if n_women + n_men + 1 <= n_most:
            return _with_urinals(n_women, n_men, params)
    return _squeezed(visits, ratio, n_most, params)


def least_stalls(crowded: bool, params: ToiletsParams) -> int:
    """Return how many stalls the least toilet has."""
    return params.n_least_men + women_for(params.n_least_men, ratio_for(crowded, params)) + 1


def _squeezed(visits: Visits, ratio: float, n_most: int, params: ToiletsParams) -> Stalls:
    """Return the best division of a room that is too small."""
    best, split = math.inf, (women_for(params.n_least_men, ratio), params.n_least_men)
    for n_men in range(params.n_least_men, n_most):
        n_women = n_most - 1 - n_men
        if n_women < women_for(n_men, ratio):
            break
        worst_s = max(waits_s(visits, n_women, n_men, params))
        if worst_s < best or n_men == params.n_least_men:
            best, split = worst_s, (n_women, n_men)
    return _with_urinals(*split, params)


def _with_urinals(n_women: int, n_men: int, params: ToiletsParams) -> Stalls:
    n_urinals = min(n_men - 1, math.floor(params.urinals_share / _PERCENT * n_men))
    return Stalls(n_women, n_men, n_urinals, 1)


def _enough(users_hour: float, service_s: float, params: ToiletsParams) -> int:
    n_stalls = max(1, math.floor(users_hour / HOUR_S * service_s))
    while (
        n_stalls < _MOST_STALLS
        and wait_s(users_hour, service_s, n_stalls, params.service_spread_factor) > params.wait_most_s
    ):
        n_stalls += 1
    return n_stalls


def waits_s(visits: Visits, n_women: int, n_men: int, params: ToiletsParams) -> tuple[float, float]:
    """Return the mean waits of women and of men at the peak, seconds."""
    spread = params.service_spread_factor
    return (
        wait_s(visits.women_peak_hour, params.women_s, n_women, spread),
        wait_s(visits.men_peak_hour, params.men_s, n_men, spread),
    )
