"""The largest that a new toilet at each candidate can come to: what is paid for it is then known before sites are chosen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.layer import F64
from optimizer.planners.toilets.params import ToiletsParams
from optimizer.planners.toilets.reading.ground import Ground
from optimizer.planners.toilets.sizing.classes import build_yuan, land_m2, n_stalls_on
from optimizer.planners.toilets.sizing.stalls import Stalls, least_stalls, stalls_for
from optimizer.planners.toilets.sizing.visits import Visits, hour_shares, users_of, visits_of

# Where land is not known, so many times that of its class is taken to be there.
_UNKNOWN_LAND_RATIO = 3.0
_ALWAYS: F64 = np.ones(24)


@dataclass(frozen=True, slots=True)
class Size:
    """Hold a toilet's class, stalls and cost."""

    grade: int
    stalls: Stalls
    visits: Visits
    cost_yuan: float


def uses_day(ground: Ground) -> F64:
    """Return how many uses of a toilet the people of each place make in a day, shape (n_people,)."""
    people = ground.people
    return users_of(people.n_residents, people.n_jobs, people.n_visitors, ground.params)


def new_size(ground: Ground, candidate: int, uses: float) -> Size:
    """Return the size of a new toilet, open day and night, for the uses of those who go there."""
    params = ground.params
    k = len(ground.standing) + candidate
    grade, crowded = int(ground.setting.grade[k]), bool(ground.setting.crowded[k])
    visits = visits_of(uses, _ALWAYS, hour_shares(params), params)
    n_most = max(least_stalls(crowded, params), n_stalls_on(site_m2(ground, candidate), grade, params))
    stalls = stalls_for(visits, crowded, n_most, params)
    price_yuan_m2 = float(np.nan_to_num(ground.candidates.price_yuan_m2[candidate]))
    return Size(grade, stalls, visits, build_yuan(stalls, grade, price_yuan_m2, params))


def site_m2(ground: Ground, candidate: int) -> float:
    """Return the land of a candidate; where it is not known, some times that of its class."""
    params: ToiletsParams = ground.params
    known = float(ground.candidates.land_m2[candidate])
    grade = int(ground.setting.grade[len(ground.standing) + candidate])
    return _UNKNOWN_LAND_RATIO * land_m2(grade, params) if np.isnan(known) else known


def largest_sizes(ground: Ground) -> tuple[Size, ...]:
    """Return what each candidate would come to if all within reach went there who have it nearer than any that stands."""
    n_standing = len(ground.standing)
    _, today_m = ground.nearest(np.flatnonzero(~ground.shut))
    walks, uses = ground.walks, uses_day(ground)
    gained = (walks.end >= n_standing) & (walks.length_m <= ground.params.far_m) & (walks.length_m < today_m[walks.start])
    total = np.bincount(walks.end[gained] - n_standing, weights=uses[walks.start[gained]], minlength=len(ground.candidates))
    return tuple(new_size(ground, row, float(total[row])) for row in range(len(ground.candidates)))
