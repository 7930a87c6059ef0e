"""Which work is done in which year: numbers by district and year, a budget by year, those that serve most first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.engines.limits import Limits
from optimizer.engines.staging import UNDONE, StagingProblem, YearQuota
from optimizer.engines.staging import solve as stage
from optimizer.planners.toilets.params import ToiletsParams

NEW, MENDED = "new", "mended"
# Seconds and conflicts of the engine for the years of one plan.
_LIMITS = Limits(2.0, 20_000)


@dataclass(frozen=True, slots=True)
class Task:
    """Hold one work that waits for its year.

    Parameters
    ----------
    item
        Id of the toilet or candidate.
    kind
        ``new`` or ``mended``.
    place
        Row of the district, -1 for none.
    must
        Whether it goes before all others: a dry toilet, or a new one.
    n_points
        What a year of it is worth.
    """

    item: str
    kind: str
    place: int
    must: bool
    n_points: int
    cost_yuan: float


def years_of(tasks: Sequence[Task], params: ToiletsParams) -> dict[str, int]:
    """Return the year of each work that is done, from 1 on.

    Those that must be done first; of the others as many as are asked for in each district and year, then those that are
    worth most as early as can be, within the numbers and the budget of each year.
    """
    first = tuple(task for task in tasks if task.must)
    early = _staged(first, params, {})
    return _staged(tasks, params, early)


def _staged(tasks: Sequence[Task], params: ToiletsParams, fixed: Mapping[str, int]) -> dict[str, int]:
    """Return the year of each work, some of which are fixed."""
    if not tasks:
        return {}
    years = np.arange(params.n_years, 0, -1)
    cost = np.array([math.ceil(task.cost_yuan) for task in tasks], dtype=np.int64)
    budget = math.floor(params.budget_yuan) if params.budget_yuan > 0 else int(cost.sum())
    problem = StagingProblem(
        cost=cost,
        gain=np.array([task.n_points for task in tasks], dtype=np.int64)[:, None] * years[None, :],
        budget=np.full(params.n_years, budget, dtype=np.int64),
        must=tuple(k for k, task in enumerate(tasks) if task.must and task.item not in fixed),
        quotas=tuple(_quotas(tasks, params)),
        fixed=tuple((k, fixed[task.item] - 1) for k, task in enumerate(tasks) if task.item in fixed),
    )
    plan = stage(problem, limits=_LIMITS, seed=params.seed).plan
    return {task.item: year + 1 for task, year in zip(tasks, plan.years, strict=True) if year != UNDONE}


def _quotas(tasks: Sequence[Task], params: ToiletsParams) -> list[YearQuota]:
    """Return the numbers of each district and year, and of the city; no more is asked for than there are works."""
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for k, task in enumerate(tasks):
        groups[task.kind, task.place].append(k)
    found = []
    for (kind, _), works in groups.items():
        new = kind == NEW
        least, most = (params.n_new_least, params.n_new_most) if new else (params.n_upgraded_least, params.n_upgraded_most)
        n_must = sum(tasks[k].must for k in works)
        most = max(most, math.ceil(n_must / params.n_years))
        least = min(least, len(works) // params.n_years)
        found += [YearQuota(tuple(works), year, least, most) for year in range(params.n_years)]
    every = tuple(range(len(tasks)))
    least = min(params.n_works_least, len(tasks) // params.n_years)
    return [*found, *(YearQuota(every, year, least) for year in range(params.n_years))]
