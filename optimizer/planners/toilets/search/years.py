"""Which work is done in which year: numbers by district and year, a budget by year, the most urgent first."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.planners.toilets.params import ToiletsParams

NEW, MENDED = "new", "mended"


@dataclass(frozen=True, slots=True)
class Task:
    """Hold one work that waits for its year, in the order in which tasks are to be done.

    Parameters
    ----------
    item
        Id of the toilet or candidate.
    kind
        ``new`` or ``mended``.
    district
        Row of the district, -1 for none.
    must
        Whether it is done even where numbers forbid it: a dry toilet, or a place that is locked to be built.
    """

    item: str
    kind: str
    district: int
    must: bool
    cost_yuan: float


def years_of(tasks: Sequence[Task], params: ToiletsParams) -> dict[str, int]:
    """Return the year of each work that is done, from 1 on.

    Works go in their order to the first year with room: no more of a kind in a district than its share of the years, and
    no more money than a year's budget. What must be done goes before all other work.
    """
    most = {kind: _a_year(tasks, kind, params) for kind in (NEW, MENDED)}
    spent_yuan = [0.0] * params.n_years
    done: Counter[tuple[str, int, int]] = Counter()
    found: dict[str, int] = {}
    for task in sorted(tasks, key=lambda t: not t.must):
        for year in range(params.n_years):
            key = (task.kind, task.district, year)
            is_full = done[key] >= most[task.kind].get(task.district, 0) and not task.must
            is_dear = params.budget_yuan > 0 and spent_yuan[year] + task.cost_yuan > params.budget_yuan + 0.5
            if is_full or is_dear:
                continue
            done[key] += 1
            spent_yuan[year] += task.cost_yuan
            found[task.item] = year + 1
            break
    return found


def _a_year(tasks: Sequence[Task], kind: str, params: ToiletsParams) -> dict[int, int]:
    """Return how many works of a kind a district has in a year: as many as come to an even share, within the limits."""
    least = params.n_new_least if kind == NEW else params.n_upgraded_least
    most = max(least, params.n_new_most if kind == NEW else params.n_upgraded_most)
    count = Counter(task.district for task in tasks if task.kind == kind)
    return {district: min(most, max(least, math.ceil(n / params.n_years))) for district, n in count.items()}
