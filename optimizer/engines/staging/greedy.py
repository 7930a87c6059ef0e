"""A first plan: what is asked for first, then the most gain for the money, each work in its best year that has room."""

from __future__ import annotations

import numpy as np

from optimizer.engines.staging.problem import UNDONE, Ints, StagingPlan, StagingProblem


class Room:
    """What budgets, numbers and order still leave for each work.

    Parameters
    ----------
    problem
        What is asked.
    years
        Year of each work so far; changed by `put`.
    """

    def __init__(self, problem: StagingProblem, years: Ints) -> None:
        self.problem, self.years = problem, years
        self.spent = np.zeros(problem.n_years, dtype=np.int64)
        for work in np.flatnonzero(years != UNDONE):
            self.spent[years[work]] += problem.cost[work]

    def put(self, work: int, year: int) -> None:
        """Do a work in a year."""
        self.years[work] = year
        self.spent[year] += self.problem.cost[work]

    def money(self, year: int) -> int:
        """Return what may still be spent in a year."""
        return int(self.problem.allowance(self.spent)[year])

    def full_quota(self, work: int, year: int) -> int | None:
        """Return the quota that has no room for a work in a year; None for none."""
        for k, quota in enumerate(self.problem.quotas):
            if quota.at_most is None or work not in quota.works or quota.year not in (None, year):
                continue
            others = self.years[[w for w in set(quota.works) if w != work]]
            n = int((others != UNDONE).sum() if quota.year is None else (others == year).sum())
            if n >= quota.at_most:
                return k
        return None

    def in_order(self, work: int, year: int) -> int | None:
        """Return the work that is out of order with a work in a year; None for none."""
        for first, second in self.problem.before:
            if second == work and not 0 <= self.years[first] < year:
                return first
            if first == work and self.years[second] != UNDONE and self.years[second] <= year:
                return second
        return None

    def has(self, work: int, year: int) -> bool:
        """Say whether a work that is not done could be done in a year."""
        fits = int(self.problem.cost[work]) <= self.money(year)
        return fits and self.full_quota(work, year) is None and self.in_order(work, year) is None


def greedy_plan(problem: StagingProblem) -> StagingPlan | None:
    """Return a plan that keeps all limits; None where the works whose year is given pass one."""
    room = Room(problem, problem.given.copy())
    for work, year in problem.fixed:
        if room.full_quota(work, year) is not None or room.in_order(work, year) is not None:
            return None
    if (problem.allowance(room.spent) < 0).any():
        return None
    best = problem.gain.max(axis=1, initial=0) / np.maximum(problem.cost, 1)
    order = np.argsort(-best, kind="stable").tolist()
    for quota in sorted(problem.quotas, key=lambda q: -q.at_least):
        for year in range(problem.n_years) if quota.year is None else (quota.year,):
            _fill(room, [w for w in order if w in quota.works], year, quota.at_least)
    for works in ([w for w in order if w in problem.must], order):
        for work in works:
            if room.years[work] == UNDONE:
                _place(room, work)
    return StagingPlan(tuple(int(year) for year in room.years))


def _fill(room: Room, works: list[int], year: int, at_least: int) -> None:
    """Do the best works of a group in a year until there are as many as are asked for."""
    n = sum(int(room.years[w]) == year for w in works)
    for work in works:
        if n >= at_least:
            return
        if room.years[work] == UNDONE and room.has(work, year):
            room.put(work, year)
            n += 1


def _place(room: Room, work: int) -> None:
    for year in np.argsort(-room.problem.gain[work], kind="stable").tolist():
        if room.has(work, year):
            room.put(work, year)
            return
