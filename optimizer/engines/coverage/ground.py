"""A coverage problem within one distance, as rows of sites with what covering them adds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.engines.coverage.kernels.state import NO_LIMIT, Ground
from optimizer.engines.coverage.lists import IntArray
from optimizer.engines.coverage.problem import TOLERANCE_M, Aim, CoverageProblem


@dataclass(frozen=True)
class Rows:
    """Rows that sites cover: customers, for gradual cover one a customer and step.

    Parameters
    ----------
    ground
        The rows and rules, for kernels.
    complete
        Whether all rows that are to be covered can be.
    """

    ground: Ground
    complete: bool

    @property
    def minimises(self) -> bool:
        """Whether cost is minimised, all rows being covered."""
        return bool(self.ground.limits[3])

    @property
    def needs(self) -> IntArray:
        """How many sites each row is to have where cost is minimised, shape (n_rows,)."""
        return self.ground.first + self.ground.second


def rows_of(problem: CoverageProblem, limit_m: float | None = None) -> Rows:
    """Return the rows of a problem.

    Parameters
    ----------
    problem
        What is asked.
    limit_m
        For a p-centre, the distance within which all are to be covered.
    """
    usable = ~problem.barred[problem.reach.sites]
    steps = [(step.limit_m, step.points) for step in problem.steps] if limit_m is None else [(limit_m, 1)]
    customers, sites, firsts, seconds = [], [], [], []
    n_before = 0
    for k, (step_m, points) in enumerate(steps):
        near = usable & (problem.reach.distance_m <= step_m + TOLERANCE_M)
        more = points - (steps[k + 1][1] if k + 1 < len(steps) else 0)
        customers.append(problem.reach.customers[near] + n_before)
        sites.append(problem.reach.sites[near])
        first, second = _worth(problem, more)
        firsts.append(first)
        seconds.append(second)
        n_before += problem.n_customers
    return _compressed(
        problem, np.concatenate(customers), np.concatenate(sites), np.concatenate(firsts), np.concatenate(seconds)
    )


def _worth(problem: CoverageProblem, points: int) -> tuple[IntArray, IntArray]:
    """Return what a first and a second site add to each customer."""
    if problem.aim is Aim.SET_COVER:
        return np.minimum(problem.needs, 1), np.maximum(problem.needs - 1, 0)
    if problem.aim is Aim.P_CENTRE:
        return np.minimum(problem.weight, 1), np.zeros(problem.n_customers, dtype=np.int64)
    backup = np.zeros(problem.n_customers, dtype=np.int64) if problem.backup_weight is None else problem.backup_weight
    return points * problem.weight, points * backup


def _compressed(problem: CoverageProblem, rows: IntArray, sites: IntArray, first: IntArray, second: IntArray) -> Rows:
    """Leave out rows that nothing depends on, and compress the others both ways."""
    n_each = np.bincount(rows, minlength=len(first))
    minimises = problem.aim is Aim.SET_COVER
    is_complete = (minimises and not (n_each < first + second).any()) or problem.aim is Aim.MAXIMAL
    is_complete |= problem.aim is Aim.P_CENTRE and not (n_each < first).any()
    second = np.where(n_each >= 2, second, 0)
    kept = (n_each > 0) & (first + second > 0)
    number = np.cumsum(kept) - 1
    inside = kept[rows]
    rows, sites = number[rows[inside]], sites[inside]
    by_row, by_site = np.lexsort((sites, rows)), np.lexsort((rows, sites))
    first, second = first[kept], second[kept]
    most = NO_LIMIT if problem.most_open is None else problem.most_open
    budget = NO_LIMIT if problem.budget is None else problem.budget
    near = np.concatenate([problem.pairs, problem.pairs[:, ::-1]])
    near = np.unique(near, axis=0)
    quotas = problem.quotas
    n_districts = len(quotas)
    ground = Ground(
        row_offsets=_offsets(rows, len(first)),
        row_sites=sites[by_row].astype(np.int64),
        site_offsets=_offsets(sites, problem.n_sites),
        site_rows=rows[by_site].astype(np.int64),
        first=first.astype(np.int64),
        second=second.astype(np.int64),
        price=problem.price,
        counts=(~problem.exists).astype(np.int64),
        fixed=problem.forced.astype(np.int64) - problem.barred.astype(np.int64),
        district=np.where(problem.districts < 0, n_districts, problem.districts).astype(np.int64),
        at_least=np.array([quota.at_least for quota in quotas] + [0], dtype=np.int64),
        at_most=np.array([_most(quota.at_most) for quota in quotas] + [NO_LIMIT], dtype=np.int64),
        near_offsets=_offsets(near[:, 0], problem.n_sites),
        near_sites=np.ascontiguousarray(near[:, 1]),
        limits=np.array([most, budget, int((first + second).sum()), int(minimises)], dtype=np.int64),
    )
    return Rows(ground, bool(is_complete))


def _most(value: int | None) -> int:
    return NO_LIMIT if value is None else value


def _offsets(keys: IntArray, n: int) -> IntArray:
    return np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=n))]).astype(np.int64)
