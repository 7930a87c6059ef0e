"""Toilets that stand: what is wrong with each, what would mend it, what that costs, and which are mended in which year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layers.layer import F64
from optimizer.changes import ChangeKind
from optimizer.planners.toilets.reading.ground import KEEP, Ground
from optimizer.planners.toilets.reading.standing import UNKNOWN
from optimizer.planners.toilets.sizing.classes import extend_yuan, n_stalls_on, rebuild_yuan
from optimizer.planners.toilets.sizing.stalls import (
    Present,
    Stalls,
    least_stalls,
    ratio_for,
    stalls_for,
    waits_s,
    women_for,
)
from optimizer.planners.toilets.sizing.visits import Visits, hour_shares, open_hours, visits_of

_PERCENT = 100.0
# What can be wrong, the gravest first.
DRY, RATIO, WAIT, BARRIER = "dry", "ratio", "wait", "barrier"


@dataclass(frozen=True, slots=True)
class Work:
    """Hold what would mend a toilet that stands.

    Parameters
    ----------
    row
        Of the toilet among those that stand.
    wrong
        What is wrong, the gravest first.
    urgent
        Whether it is dry, or women have too few stalls where crowds gather: these go first.
    """

    row: int
    kind: ChangeKind
    wrong: tuple[str, ...]
    urgent: bool
    grade: int
    stalls: Stalls
    visits: Visits
    cost_yuan: float


def standing_visits(ground: Ground, row: int, uses_day: float) -> Visits:
    """Return who comes to a toilet that stands, in the hours that it is open."""
    params = ground.params
    return visits_of(uses_day, open_hours(ground.standing.hours[row]), hour_shares(params), params)


def work_on(ground: Ground, row: int, uses_day: float) -> Work | None:
    """Return what would mend a toilet; None where nothing is known to be wrong with it.

    Parameters
    ----------
    uses_day
        Uses of those who have it nearest once the new ones stand.
    """
    standing, params = ground.standing, ground.params
    crowded, grade = bool(ground.setting.crowded[row]), int(ground.setting.grade[row])
    visits = standing_visits(ground, row, uses_day)
    wrong = tuple(wrongs(ground, row, visits))
    if not wrong:
        return None
    by_sex = bool(standing.by_sex[row])
    present = Present(int(standing.n_women[row]), int(standing.n_men[row])) if by_sex else None
    n_now = max(0, int(standing.n_all[row]))
    stalls = stalls_for(visits, crowded, _room(ground, row, n_now), params, present)
    n_added = max(0, stalls.n_all - n_now)
    if DRY in wrong or n_added == 0:
        cost, kind = rebuild_yuan(stalls.n_all, grade, params), ChangeKind.REBUILD
    else:
        cost, kind = extend_yuan(n_now, n_added, grade, params), ChangeKind.EXTEND
    return Work(row, kind, wrong, DRY in wrong or (RATIO in wrong and crowded), grade, stalls, visits, float(round(cost)))


def wrongs(ground: Ground, row: int, visits: Visits) -> list[str]:
    """Return what is known to be wrong with a toilet that stands, the gravest first."""
    standing, params = ground.standing, ground.params
    found = [DRY] if standing.dry[row] else []
    if standing.by_sex[row]:
        women, men = int(standing.n_women[row]), int(standing.n_men[row])
        if women < women_for(men, ratio_for(bool(ground.setting.crowded[row]), params)):
            found.append(RATIO)
        if max(waits_s(visits, women, men, params)) > params.wait_most_s:
            found.append(WAIT)
    if standing.n_accessible[row] == 0:
        found.append(BARRIER)
    return found


def _room(ground: Ground, row: int, n_now: int) -> int:
    """Return how many stalls there is room for: by its land, else by what stands and may be added."""
    params = ground.params
    land, grade = float(ground.standing.land_m2[row]), int(ground.setting.grade[row])
    least = least_stalls(bool(ground.setting.crowded[row]), params)
    if not np.isnan(land):
        return max(least, n_stalls_on(land, grade, params))
    if ground.standing.n_all[row] == UNKNOWN:
        return 2 * least
    return max(least, math.floor(n_now * (1.0 + params.extension_share / _PERCENT)))


def all_works(ground: Ground, uses_day: F64) -> tuple[Work, ...]:
    """Return what would mend each toilet that stays and is not to be kept as it is.

    Parameters
    ----------
    uses_day
        By toilet that stands, shape (n_standing,).
    """
    rows = [
        row for row, item in enumerate(ground.standing.ids)
        if not ground.shut[row] and ground.locks.get(item) != KEEP
    ]  # fmt: skip
    found = (work_on(ground, row, float(uses_day[row])) for row in rows)
    return tuple(work for work in found if work is not None)


def in_order(works: Sequence[Work]) -> list[Work]:
    """Return works, dry toilets first, then the urgent, then the others by what is wrong, the busiest of each first."""
    rank = {DRY: 0, RATIO: 2, WAIT: 3, BARRIER: 4}
    return sorted(
        works, key=lambda w: (1 if w.urgent and w.wrong[0] != DRY else rank[w.wrong[0]], -w.visits.users_day, w.row)
    )
