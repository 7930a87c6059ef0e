"""A staging problem: works, what each costs and gains by year, budgets and numbers; and a plan for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from layers.errors import ParameterError
from optimizer.engines.outcome import Outcome

Ints = NDArray[np.int64]
# Year of a work that is not done.
UNDONE = -1
# What all works together may gain or cost at the most: sums of several such figures stay exact.
MOST_SUM = 2**50


@dataclass(frozen=True)
class YearQuota:
    """How many works of a group are to be done in a year.

    Parameters
    ----------
    works
        The group; groups may overlap.
    year
        From 0; None for all years together.
    at_least
        Number done. What cannot be reached is told as a shortage.
    at_most
        None for no upper limit.
    """

    works: tuple[int, ...]
    year: int | None = None
    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True)
class StagingProblem:
    """Do works in years: as many as must be, then of most gain (a knapsack of several periods with precedence).

    The resource-constrained selection and scheduling of projects with one renewable budget a year (Kolisch & Meyer 2006,
    doi 10.1007/978-0-387-33768-5_9). Budgets are never passed; numbers that cannot be reached within them are shortages,
    of which there are as few as can be before gain counts.

    Parameters
    ----------
    cost
        Of each work, 0 or more, shape (n_works,).
    gain
        Of doing each work in each year, 0 or more, shape (n_works, n_years): what it saves until the end of the plan, say.
    budget
        Most to be spent in each year, shape (n_years,).
    carry_over
        Whether what a year leaves may be spent later.
    must
        Works that are to be done in some year; one that is not is a shortage.
    quotas
        Numbers by group and year.
    before
        Pairs: the first is done in an earlier year than the second, or the second is not done.
    fixed
        Works whose year is given, with that year.
    """

    cost: Ints
    gain: Ints
    budget: Ints
    carry_over: bool = False
    must: tuple[int, ...] = ()
    quotas: tuple[YearQuota, ...] = ()
    before: tuple[tuple[int, int], ...] = ()
    fixed: tuple[tuple[int, int], ...] = ()
    name: str = field(default="problem", compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        found = self._shape_faults() or [*self._figure_faults(), *self._place_faults()]
        if found:
            raise ParameterError(f"{self.name}: " + "; ".join(found))

    @property
    def n_works(self) -> int:
        """Number of works."""
        return len(self.cost)

    @property
    def n_years(self) -> int:
        """Number of years."""
        return len(self.budget)

    @cached_property
    def given(self) -> Ints:
        """Year that each work is fixed to, `UNDONE` where it is free, shape (n_works,)."""
        years = np.full(self.n_works, UNDONE, dtype=np.int64)
        for work, year in self.fixed:
            years[work] = year
        return years

    def allowance(self, spent: Ints) -> Ints:
        """Return what each year may still spend, shape (n_years,), after what each has spent.

        With money carried over, what is left of a year is the least of what is left in it and in all later ones.
        """
        if not self.carry_over:
            return self.budget - spent
        left = np.cumsum(self.budget - spent)
        return np.minimum.accumulate(left[::-1])[::-1]

    def _shape_faults(self) -> list[str]:
        wanted = (self.n_works, self.n_years)
        return [] if self.gain.shape == wanted else [f"gain has the shape {self.gain.shape}, {wanted} is expected"]

    def _figure_faults(self) -> list[str]:
        found = []
        for name, values in (("cost", self.cost), ("gain", self.gain), ("budget", self.budget)):
            if values.size and values.min() < 0:
                at = tuple(int(k) for k in np.argwhere(values < 0)[0])
                found.append(f"{name}{list(at)} is {values[at]}, a number of at least 0 is expected")
            if float(values.sum(dtype=np.float64)) > MOST_SUM:
                found.append(f"{name}: the sum is {values.sum(dtype=np.float64):.3g}, at most {MOST_SUM} is expected")
        return found

    def _place_faults(self) -> list[str]:
        works = {
            "must": self.must,
            "quotas": [work for quota in self.quotas for work in quota.works],
            "before": [work for pair in self.before for work in pair],
            "fixed": [work for work, _ in self.fixed],
        }
        years = {
            "quotas": [quota.year for quota in self.quotas if quota.year is not None],
            "fixed": [year for _, year in self.fixed],
        }
        return [
            f"{name}: {what} {k}, there are {n}"
            for what, n, named in (("work", self.n_works, works), ("year", self.n_years, years))
            for name, given in named.items()
            for k in given
            if not 0 <= k < n
        ]


@dataclass(frozen=True)
class StagingPlan:
    """The year of each work, `UNDONE` for none; one entry a work."""

    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Shortage:
    """What cannot be reached within the budgets and the upper limits.

    Parameters
    ----------
    quota
        Index of the quota; None where it is a work that must be done.
    work
        That work; None where it is a quota.
    n_missing
        How many works are missing.
    least_cost
        What the cheapest works of the group that are not done then would cost; 0 where there are none.
    """

    quota: int | None
    work: int | None
    n_missing: int
    least_cost: int


@dataclass(frozen=True)
class Result:
    """What a search found.

    Parameters
    ----------
    outcome
        Infeasible where there are shortages; the plan has as few as were found.
    plan
        The best plan.
    gain
        Of the plan.
    bound
        Proven: no plan with as few shortages gains more; None where nothing is proven.
    shortages
        What cannot be reached, or, where `fewest_proven` is false, was not.
    fewest_proven
        Whether no plan is proven to have fewer.
    n_steps
        Conflicts of the solver.
    seconds
        Wall-clock time.
    """

    outcome: Outcome
    plan: StagingPlan
    gain: int
    bound: int | None
    shortages: tuple[Shortage, ...]
    fewest_proven: bool
    n_steps: int
    seconds: float


def gain_of(problem: StagingProblem, plan: StagingPlan) -> int:
    """Return what a plan gains."""
    return sum(int(problem.gain[work, year]) for work, year in enumerate(plan.years) if year != UNDONE)


def shortages(problem: StagingProblem, plan: StagingPlan) -> tuple[Shortage, ...]:
    """Return what a plan does not reach."""
    found = []
    for k, quota in enumerate(problem.quotas):
        done = [w for w in set(quota.works) if _counts(plan.years[w], quota)]
        if len(done) < quota.at_least:
            others = sorted(int(problem.cost[w]) for w in set(quota.works) - set(done))
            missing = quota.at_least - len(done)
            found.append(Shortage(k, None, missing, sum(others[:missing])))
    undone = [work for work in problem.must if plan.years[work] == UNDONE]
    found += [Shortage(None, work, 1, int(problem.cost[work])) for work in undone]
    return tuple(found)


def _counts(year: int, quota: YearQuota) -> bool:
    return year != UNDONE if quota.year is None else year == quota.year
