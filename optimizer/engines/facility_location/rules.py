"""Rules on numbers of sites, told apart by how a bound can keep them: groups that do not overlap, and rows with a price."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats, Quota


@dataclass(frozen=True)
class Group:
    """Sites of which a number is open; no site is in two groups.

    Parameters
    ----------
    sites
        In rising order.
    at_least, at_most
        Number open; `at_most` is that of the sites where there is no limit.
    """

    sites: tuple[int, ...]
    at_least: int
    at_most: int


@dataclass(frozen=True, eq=False)
class PricedRows:
    """Rules a @ y >= b on the options chosen, each of which has a price in place of being kept.

    Parameters
    ----------
    a, b
        Shapes (n_rows, n_options) and (n_rows,).
    """

    a: Floats
    b: Floats


def group_of(problem: FacilityLocationProblem, quota: Quota) -> Group | None:
    """Return a quota as a group of sites, or None where some sizes of a site count and others do not."""
    counted = problem.counted(quota)
    counted = counted[problem.allowed[counted]]
    sites = np.unique(problem.options.site[counted])
    every = np.flatnonzero(np.isin(problem.options.site, sites) & problem.allowed)
    if len(every) != len(counted):
        return None
    most = len(sites) if quota.at_most is None else min(quota.at_most, len(sites))
    return Group(tuple(int(j) for j in sites), quota.at_least, most)


def rules_of(problem: FacilityLocationProblem, *, price_capacity: bool) -> tuple[tuple[Group, ...], PricedRows]:
    """Return the quotas that are groups of their own, and all others as rows, with that of all capacity where asked for."""
    groups: list[Group] = []
    rows: list[tuple[Floats, float]] = []
    taken: set[int] = set()
    for quota in problem.quotas:
        group = group_of(problem, quota)
        if group is not None and taken.isdisjoint(group.sites):
            groups.append(group)
            taken.update(group.sites)
        else:
            rows += _rows_of(problem, quota)
    if price_capacity:
        capacity = np.minimum(problem.options.capacity, problem.demand.sum())
        # A row is worth about a site, so that its price grows as those of the other rows do.
        mean = float(capacity.mean()) or 1.0
        rows.append((capacity / mean, float(problem.demand.sum()) / mean))
    a = np.array([row for row, _ in rows]).reshape(len(rows), problem.n_options)
    return tuple(groups), PricedRows(a, np.array([least for _, least in rows]))


def _rows_of(problem: FacilityLocationProblem, quota: Quota) -> list[tuple[Floats, float]]:
    counts = np.zeros(problem.n_options)
    counts[problem.counted(quota)] = 1.0
    found = [(counts, float(quota.at_least))] if quota.at_least > 0 else []
    if quota.at_most is not None:
        found.append((-counts, -float(quota.at_most)))
    return found
