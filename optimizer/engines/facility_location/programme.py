"""A facility-location problem as a mixed-integer programme, whole or restricted to some options and ways of serving.

The strong form: no more than its size of a customer is served by a site, beside the capacity of each option (Cornuejols,
Sridharan & Thizy 1991, doi 10.1016/0377-2217(91)90261-S).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.layer import Bool
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats, Ints
from optimizer.engines.facility_location.solution import LocationPlan, Short, Supply
from optimizer.engines.highs import Programme, Rows

# A share below this is the solver's rounding.
LEAST_SHARE = 1e-7


@dataclass(frozen=True)
class Scope:
    """What of a problem a programme may choose from.

    Parameters
    ----------
    options
        Shape (n_options,): may be open.
    pairs
        Shape (n_customers, n_sites): may serve.
    fixed_open
        Sites that are open in any plan that is looked for.
    """

    options: Bool
    pairs: Bool
    fixed_open: tuple[int, ...] = ()


def whole(problem: FacilityLocationProblem) -> Scope:
    """Return the scope of all that a problem allows."""
    return Scope(problem.allowed, np.isfinite(problem.serve_cost), problem.must_open)


@dataclass(frozen=True, eq=False)
class Model:
    """A problem as a programme: first a column an option, then one a way of serving, all from 0 to 1.

    Parameters
    ----------
    options, customer, site
        Rows of the problem's options, and the ends of each way of serving.
    programme
        To be solved; its first rows say that each customer is served, its next ones that sites serve where they are open.
    soft
        Rows on the number of sites, what they say, and of which site or quota.
    capacity_row
        That of all capacity; None where capacities do not bind.
    """

    options: Ints
    customer: Ints
    site: Ints
    programme: Programme
    soft: tuple[tuple[int, Short, int], ...]
    capacity_row: int | None

    def plan(self, x: Floats) -> LocationPlan:
        """Return the plan that a solution states."""
        n = len(self.options)
        chosen = tuple(int(k) for k in self.options[x[:n] > 0.5])
        share = x[n:]
        kept = np.flatnonzero(share > (0.5 if self.programme.is_whole[n:].any() else LEAST_SHARE))
        total = np.zeros(int(self.customer.max(initial=-1)) + 1)
        np.add.at(total, self.customer[kept], share[kept])
        order = kept[np.lexsort((self.site[kept], self.customer[kept]))]
        found = [(int(self.site[k]), int(self.customer[k]), float(share[k] / total[self.customer[k]])) for k in order]
        return LocationPlan(chosen, tuple(Supply(*one) for one in found))


def model_of(problem: FacilityLocationProblem, scope: Scope) -> Model:
    """Return the programme of a problem within a scope."""
    options = np.flatnonzero(scope.options & problem.allowed)
    site_of = problem.options.site[options]
    may = scope.pairs & np.isfinite(problem.serve_cost)
    may = may & np.isin(np.arange(problem.n_sites), site_of)[None, :]
    customer, site = np.nonzero(may)
    fixed, serving = problem.net_cost[options], problem.serve_cost[customer, site]
    rows = Rows()
    n, ways = len(options), len(options) + np.arange(len(customer))
    ones = np.ones(problem.n_customers)
    rows.add(customer, ways, np.ones(len(ways)), (ones, ones))
    _serve_where_open(rows, (site_of, site, ways))
    capacity_row = _capacities(problem, rows, (options, customer, site, ways))
    soft = _number_rules(problem, scope, rows, options)
    cost = np.concatenate([fixed, serving])
    is_whole = np.concatenate([np.ones(n, dtype=np.bool_), np.full(len(ways), problem.single_source)])
    programme = rows.programme(cost, np.zeros(len(cost)), np.ones(len(cost)), is_whole)
    return Model(options, customer, site, programme, soft, capacity_row)


def _serve_where_open(rows: Rows, parts: tuple[Ints, Ints, Ints]) -> None:
    """Let a site serve only where one of its options is open."""
    site_of, site, ways = parts
    n = len(ways)
    by_site = {int(s): np.flatnonzero(site_of == s) for s in np.unique(site_of)}
    n_classes = np.array([len(by_site[int(s)]) for s in site], dtype=np.int64)
    column = np.concatenate([ways, *(by_site[int(s)] for s in site)]).astype(np.int64)
    row = np.concatenate([np.arange(n), np.repeat(np.arange(n), n_classes)])
    value = np.concatenate([np.ones(n), -np.ones(len(row) - n)])
    rows.add(row, column, value, (np.full(n, -np.inf), np.zeros(n)))


def _capacities(problem: FacilityLocationProblem, rows: Rows, parts: tuple[Ints, Ints, Ints, Ints]) -> int | None:
    """Keep the load of each site within the capacity of its open option, and the capacity of all above the demand.

    Returns the row of the latter; None where there is none.
    """
    options, customer, site, ways = parts
    total = float(problem.demand.sum())
    capacity = np.minimum(problem.options.capacity[options], total)
    site_of = problem.options.site[options]
    for s in np.unique(site_of):
        own, served = np.flatnonzero(site_of == s), np.flatnonzero(site == s)
        if (capacity[own] < total).any():
            column = np.concatenate([ways[served], own])
            value = np.concatenate([problem.demand[customer[served]], -capacity[own]])
            zeros = np.zeros(len(column), dtype=np.int64)
            rows.add(zeros, column, value, (np.array([-np.inf]), np.zeros(1)))
    if not (capacity < total).any():
        return None
    rows.one(np.arange(len(options)), (total, np.inf), capacity)
    return rows.n - 1


def _number_rules(
    problem: FacilityLocationProblem, scope: Scope, rows: Rows, options: Ints
) -> tuple[tuple[int, Short, int], ...]:
    """State how many sites are open, and which may not be together; return the rows that the user set."""
    site_of, soft = problem.options.site[options], []
    for s in np.unique(site_of):
        if (site_of == s).sum() > 1:
            rows.one(np.flatnonzero(site_of == s), (0.0, 1.0))
    if problem.n_open is not None:
        soft.append((rows.n, Short.NUMBER, 0))
        rows.one(np.arange(len(site_of)), (problem.n_open if problem.n_open_exactly else 0.0, problem.n_open))
    for s in sorted({*problem.must_open, *scope.fixed_open}):
        soft.append((rows.n, Short.MUST, s))
        rows.one(np.flatnonzero(site_of == s), (1.0, 1.0))
    for k, quota in enumerate(problem.quotas):
        soft.append((rows.n, Short.QUOTA, k))
        most = np.inf if quota.at_most is None else float(quota.at_most)
        rows.one(np.flatnonzero(np.isin(options, problem.counted(quota))), (float(quota.at_least), most))
    for pair in problem.apart:
        rows.one(np.flatnonzero(np.isin(site_of, pair)), (0.0, 1.0))
    return tuple(soft)
