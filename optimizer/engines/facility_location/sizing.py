"""Choose the size class of each open site: the cheapest with room, changed where quotas count some classes only."""

from __future__ import annotations

import numpy as np

from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats, Ints

# Loads are sums of floating numbers.
ROUNDING = 1e-9


def sized(problem: FacilityLocationProblem, sites: Ints, load: Floats) -> tuple[int, ...]:
    """Return an option of each site that holds its load, in rising order.

    Parameters
    ----------
    problem
        What is asked.
    sites, load
        That are open, each of which has an option with room enough, and what each serves.
    """
    fits = []
    for site, taken in zip(sites, load, strict=True):
        own = np.flatnonzero((problem.options.site == site) & problem.allowed)
        own = own[problem.options.capacity[own] >= taken * (1 - ROUNDING)]
        fits.append(own[np.argsort(problem.net_cost[own], kind="stable")])
    chosen = [int(own[0]) for own in fits]
    for quota in problem.quotas:
        if quota.options:
            counted = set(problem.counted(quota).tolist())
            _until(problem, (fits, chosen), counted, quota.at_least)
            if quota.at_most is not None:
                others = set(range(problem.n_options)) - counted
                _until(problem, (fits, chosen), others, len(sites) - quota.at_most)
    return tuple(sorted(chosen))


def _until(problem: FacilityLocationProblem, told: tuple[list[Ints], list[int]], wanted: set[int], least: int) -> None:
    """Change options to wanted ones, the cheapest change first, until so many are chosen."""
    fits, chosen = told
    missing = least - len(wanted.intersection(chosen))
    changes = []
    for place, own in enumerate(fits):
        instead = [int(k) for k in own if int(k) in wanted]
        if chosen[place] not in wanted and instead:
            changes.append((float(problem.net_cost[instead[0]] - problem.net_cost[chosen[place]]), place, instead[0]))
    for _, place, option in sorted(changes)[: max(0, missing)]:
        chosen[place] = option
