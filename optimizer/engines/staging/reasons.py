"""Why a work is not done in an earlier year in which it would gain more."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from layers.text import Text
from optimizer.engines.staging.greedy import Room
from optimizer.engines.staging.problem import UNDONE, StagingPlan, StagingProblem


class Waits(Enum):
    """What keeps a work from a year while the others stay as they are, in words."""

    BUDGET = Text("该年预算不足", "the year's budget has no room for it")
    QUOTA = Text("该年同类项目已达上限", "its group has as many works as the year may have")
    ORDER = Text("须在另一项目之后", "it has to wait for another work, or another waits for it")
    GIVEN = Text("年份已指定", "its year is given")
    FREE = Text("其他安排收益更高", "nothing alone: the plan as a whole gains more so")


@dataclass(frozen=True)
class Wait:
    """Why a work is not done in a year.

    Parameters
    ----------
    year
        In which it would gain more.
    what
        What keeps it from that year.
    by
        How much money is missing, the full quota, or the other work; None where there is none.
    """

    year: int
    what: Waits
    by: int | None = None


def why_not_earlier(problem: StagingProblem, plan: StagingPlan, work: int) -> tuple[Wait, ...]:
    """Return, for each year in which a work would gain more than where it is, what keeps it from that year.

    Parameters
    ----------
    problem, plan
        What was asked, and the answer.
    work
        Which one; it may be undone.
    """
    own = plan.years[work]
    now = 0 if own == UNDONE else int(problem.gain[work, own])
    years = np.array(plan.years, dtype=np.int64)
    years[work] = UNDONE
    room = Room(problem, years)
    return tuple(
        _wait(room, work, year, given=bool(problem.given[work] != UNDONE))
        for year in range(problem.n_years)
        if year != own and problem.gain[work, year] > now
    )


def _wait(room: Room, work: int, year: int, *, given: bool) -> Wait:
    if given:
        return Wait(year, Waits.GIVEN)
    missing = int(room.problem.cost[work]) - room.money(year)
    if missing > 0:
        return Wait(year, Waits.BUDGET, missing)
    if (quota := room.full_quota(work, year)) is not None:
        return Wait(year, Waits.QUOTA, quota)
    if (other := room.in_order(work, year)) is not None:
        return Wait(year, Waits.ORDER, other)
    return Wait(year, Waits.FREE)
