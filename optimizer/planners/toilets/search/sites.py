"""State the choice of sites as the coverage engine takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from layers.errors import InputError
from layers.layer import Bool, Rows
from layers.text import Text
from optimizer.engines.coverage import Aim, CoverageProblem, Quota, Step, lists_of
from optimizer.planners.toilets.reading.ground import CLOSED, OPEN, Ground
from optimizer.planners.toilets.search.quotas import District, districts_of
from optimizer.planners.toilets.search.sizes import Size

# Points of who has a toilet near, and of who has one within reach.
NEAR_POINTS, FAR_POINTS = 2, 1


@dataclass(frozen=True, eq=False)
class Siting:
    """Hold the engine's question.

    Parameters
    ----------
    problem
        Its sites are the toilets that stand and stay, then the candidates that suit; its customers all people.
    standing, usable
        Rows of its sites among the toilets that stand, and among the candidates.
    districts
        Numbers by district, in the order of its quotas.
    crowd_weight
        What a crowd place counts beside its visitors, so that those within the limit come first.
    """

    problem: CoverageProblem
    standing: Rows
    usable: Rows
    districts: tuple[District, ...]
    crowd_weight: int

    def candidate_of(self, site: int) -> int:
        """Return the candidate that a site is, -1 for a toilet that stands."""
        return int(self.usable[site - len(self.standing)]) if site >= len(self.standing) else -1

    def site_of(self, candidate: int) -> int:
        """Return the site of a candidate, -1 where it does not suit."""
        found = np.flatnonzero(self.usable == candidate)
        return int(found[0]) + len(self.standing) if len(found) else -1


def usable_of(ground: Ground) -> tuple[Rows, Rows]:
    """Return the candidates that may be chosen, and pairs of which only one may be, shape (n, 2).

    Raises
    ------
    InputError
        Where a candidate must be chosen that breaks a rule.
    """
    for row, broken in ground.broken.items():
        item = ground.candidates.ids[row]
        if ground.locks.get(item) == OPEN:
            zh = f"备选地点“{item}”锁定为必建，但{broken.text.zh}；请解除锁定或放宽该项规定"
            en = f"candidate {item!r} is locked to be built, but {broken.text.en}; remove the lock or ease the rule"
            raise InputError(Text(zh, en))
    kept = [
        row for row, item in enumerate(ground.candidates.ids)
        if row not in ground.broken and ground.locks.get(item) != CLOSED
    ]  # fmt: skip
    usable = np.array(kept, dtype=np.int64)
    return usable, pairs_of(ground, usable)


def pairs_of(ground: Ground, usable: Rows) -> Rows:
    """Return the pairs of candidates that are nearer to one another than the greater of their spacings, shape (n, 2)."""
    import shapely

    spacing_m = ground.setting.spacing_m[len(ground.standing) :]
    xy_m = ground.candidates.xy_m
    if not len(usable) or spacing_m[usable].max() <= 0:
        return np.zeros((0, 2), dtype=np.int64)
    points = shapely.points(xy_m[usable])
    a, b = shapely.STRtree(points).query(points, predicate="dwithin", distance=float(spacing_m[usable].max()))
    a, b = usable[a[a < b]], usable[b[a < b]]
    apart_m = np.hypot(*(xy_m[a] - xy_m[b]).T)
    near = apart_m < np.maximum(spacing_m[a], spacing_m[b]) - 1e-6
    return np.column_stack([a[near], b[near]])


def siting_of(ground: Ground, sizes: Sequence[Size]) -> Siting:
    """Return the engine's question.

    Parameters
    ----------
    sizes
        Of all candidates.
    """
    usable, pairs = usable_of(ground)
    districts = districts_of(ground, usable, pairs)
    standing = np.flatnonzero(~ground.shut)
    weight, crowd_weight = weights(ground)
    problem = _problem(ground, (standing, usable), pairs, districts, weight)
    cost = np.array([0] * len(standing) + [round(sizes[row].cost_yuan) for row in usable], dtype=np.int64)
    return Siting(replace(problem, cost=cost), standing, usable, districts, crowd_weight)


def weights(ground: Ground) -> tuple[Rows, int]:
    """Return what everyone counts, shape (n_people,), and what crowd places count beside their visitors.

    A crowd place counts as much more as all people together that any one site has near: none of them is left out for
    more people elsewhere, unless a budget or a quota asks for it.
    """
    people, params = ground.people, ground.params
    counted = people.n_counted(params)
    factor = np.ones(len(people))
    if params.worst_first == "old_quarter":
        factor[people.old] = params.worst_factor
    elif params.worst_first == "district":
        factor[_below(ground)] = params.worst_factor
    weight = np.rint(counted * factor).astype(np.int64)
    near = ground.walks.length_m <= params.far_m
    each = np.bincount(
        ground.walks.end[near], weights=weight[ground.walks.start[near]] * ~people.is_crowd[ground.walks.start[near]]
    )
    most = int(each.max(initial=0)) + 1 if people.is_crowd.any() else 0
    return weight + np.where(people.is_crowd, most, 0), most


def _below(ground: Ground) -> Bool:
    """Return the people of districts whose share within reach today is below the city's."""
    people = ground.people
    _, length_m = ground.nearest(np.flatnonzero(~ground.shut))
    has, living = length_m <= ground.params.far_m, people.n_living
    n = len(ground.areas)
    every = np.bincount(people.district + 1, weights=living, minlength=n + 1)
    reached = np.bincount(people.district + 1, weights=living * has, minlength=n + 1)
    below = reached * max(1e-9, every.sum()) < every * reached.sum()
    return np.asarray(below[people.district + 1] & (people.district >= 0))


def _problem(
    ground: Ground, sites: tuple[Rows, Rows], pairs: Rows, districts: tuple[District, ...], weight: Rows
) -> CoverageProblem:
    standing, usable = sites
    n_sites, n_all = len(standing) + len(usable), len(ground.standing)
    site_of = np.full(n_all + len(ground.candidates), -1, dtype=np.int64)
    site_of[standing] = np.arange(len(standing))
    site_of[n_all + usable] = len(standing) + np.arange(len(usable))
    walks, params = ground.walks, ground.params
    # crowds have their own limit, which is a rule and no wish
    limit_m = np.where(ground.people.is_crowd, params.crowd_m, max(params.far_m, params.near_m))
    kept = (site_of[walks.end] >= 0) & (walks.length_m <= limit_m[walks.start] + 1e-6)
    reach = lists_of(walks.start[kept], site_of[walks.end[kept]], walks.length_m[kept], (len(ground.people), n_sites))
    place = {district.row: k for k, district in enumerate(districts)}
    there = np.where(ground.standing.counts[standing], ground.standing.district[standing], -1)
    own = np.concatenate([there, ground.candidates.district[usable]])
    exists = np.arange(n_sites) < len(standing)
    must = np.array(
        [False] * len(standing) + [ground.locks.get(ground.candidates.ids[r]) == OPEN for r in usable], dtype=bool
    )
    aim = Aim.MAXIMAL if params.aim == "cover" else Aim.SET_COVER
    far = Step(params.far_m, FAR_POINTS)
    steps = (Step(params.near_m, NEAR_POINTS), far) if aim is Aim.MAXIMAL and params.near_m < params.far_m else (far,)
    n_total = {d.row: (d.n_standing + d.n_at_least, d.n_standing + d.n_at_most) for d in districts}
    if aim is Aim.SET_COVER:
        weight = np.where(np.bincount(reach.customers, minlength=len(weight)) > 0, weight, 0)
    return CoverageProblem(
        aim=aim,
        reach=reach,
        steps=steps,
        cost=np.zeros(n_sites, dtype=np.int64),
        weight=weight,
        existing=exists,
        must=must,
        district=np.array([place.get(int(d), -1) for d in own], dtype=np.int64),
        quotas=tuple(Quota(*n_total[d.row]) for d in districts),
        too_near=site_of[n_all + pairs],
    )
