"""Is this plan right? No solver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from optimizer.engines.staging.problem import UNDONE, StagingPlan, StagingProblem


class FaultKind(Enum):
    """What can be wrong with a plan."""

    WRONG_LENGTH = "not one year a work"
    UNKNOWN_YEAR = "unknown year"
    OVER_BUDGET = "more is spent than there is"
    QUOTA_PASSED = "more works than the quota"
    TOO_SOON = "done no later than what comes before it"
    NOT_AS_FIXED = "not done in the year that is given"
    WRONG_GAIN = "wrong gain"


@dataclass(frozen=True)
class PlanFault:
    """One thing that is wrong: the rule, and where, by what value, and what was expected."""

    kind: FaultKind
    text: str


def faults(problem: StagingProblem, plan: StagingPlan, *, claimed_gain: int | None = None) -> tuple[PlanFault, ...]:
    """Return everything that is wrong with a plan; what it does not reach is told by `shortages`, and is no fault.

    Parameters
    ----------
    problem, plan
        What was asked, and the answer.
    claimed_gain
        What it is said to gain, checked when given.
    """
    if len(plan.years) != problem.n_works:
        text = f"{len(plan.years)} years are given for {problem.n_works} works"
        return (PlanFault(FaultKind.WRONG_LENGTH, text),)
    strange = [(w, year) for w, year in enumerate(plan.years) if not UNDONE <= year < problem.n_years]
    if strange:
        kind = FaultKind.UNKNOWN_YEAR
        return tuple(PlanFault(kind, f"work {w} in year {year}, there are {problem.n_years}") for w, year in strange)
    found = [*_spending(problem, plan), *_numbers(problem, plan), *_order(problem, plan)]
    if claimed_gain is not None:
        gain = sum(int(problem.gain[w][year]) for w, year in enumerate(plan.years) if year >= 0)
        if gain != claimed_gain:
            found.append(PlanFault(FaultKind.WRONG_GAIN, f"it is said to gain {claimed_gain}, it gains {gain}"))
    return tuple(found)


def _spending(problem: StagingProblem, plan: StagingPlan) -> Iterator[PlanFault]:
    kept = 0
    for year in range(problem.n_years):
        spent = sum(int(problem.cost[w]) for w, when in enumerate(plan.years) if when == year)
        there = int(problem.budget[year]) + kept
        if spent > there:
            yield PlanFault(FaultKind.OVER_BUDGET, f"year {year} spends {spent}, there is {there}")
        kept = max(0, there - spent) if problem.carry_over else 0


def _numbers(problem: StagingProblem, plan: StagingPlan) -> Iterator[PlanFault]:
    for k, quota in enumerate(problem.quotas):
        years = [plan.years[w] for w in set(quota.works)]
        n = sum(year != UNDONE if quota.year is None else year == quota.year for year in years)
        if quota.at_most is not None and n > quota.at_most:
            yield PlanFault(FaultKind.QUOTA_PASSED, f"quota {k}: {n} works are done, at most {quota.at_most}")


def _order(problem: StagingProblem, plan: StagingPlan) -> Iterator[PlanFault]:
    for first, second in problem.before:
        early, late = plan.years[first], plan.years[second]
        if late != UNDONE and (early == UNDONE or early >= late):
            yield PlanFault(FaultKind.TOO_SOON, f"work {second} in year {late}, work {first} before it in {early}")
    for work, year in problem.fixed:
        if plan.years[work] != year:
            yield PlanFault(FaultKind.NOT_AS_FIXED, f"work {work} in year {plan.years[work]}, {year} is given")
