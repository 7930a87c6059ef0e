"""The figures of a plan of toilets, for the city and by district."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from layers.layer import F64, Bool
from optimizer.changes import ChangeKind
from optimizer.kpi import Declared, Kpi
from optimizer.plan import Plan
from optimizer.planners.toilets.explaining.clauses import rows_of
from optimizer.planners.toilets.kinds import KPI_KINDS, OLD
from optimizer.planners.toilets.measuring.shares import gini, share_pct
from optimizer.planners.toilets.reading.ground import Ground
from optimizer.planners.toilets.sizing.stalls import ratio_for

kpi = Declared(KPI_KINDS)
_CROWDED, _BUILT = "area=crowded", "area=built_up"
_MENDED = (ChangeKind.REBUILD, ChangeKind.EXTEND)


@dataclass(frozen=True, eq=False)
class Measured:
    """Hold a plan laid out for its figures.

    Parameters
    ----------
    walk_m, walk_today_m
        Everyone's way to the nearest toilet after the plan and before it, infinite where there is none, shape (n_people,).
    night_m
        To the nearest that is open at night.
    after
        Toilets as planned, by column.
    """

    ground: Ground
    plan: Plan
    walk_m: F64
    walk_today_m: F64
    night_m: F64
    after: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, ground: Ground, plan: Plan) -> Measured:
        """Lay out a plan."""
        told = {a.item: a.distance_m for a in plan.assignments}
        walk_m = np.array([told.get(item, np.inf) for item in ground.people.ids])
        _, today_m = ground.nearest(np.arange(len(ground.standing)))
        after = tuple(row for layer in plan.extra_layers[:1] for row in rows_of(layer))
        return cls(ground, plan, walk_m, today_m, _night(ground, after), after)


def _night(ground: Ground, after: tuple[dict[str, Any], ...]) -> F64:
    """Return everyone's way to the nearest toilet that is open at night."""
    at_s, n = ground.params.night_at_s, len(ground.standing)
    row_of = {item: k for k, item in enumerate((*ground.standing.ids, *ground.candidates.ids))}
    rows = [row_of[row["id"]] for row in after if row["id"] in row_of]
    awake = [row for row in rows if row >= n or _open_at(ground, row, at_s)]
    return ground.nearest(np.array(sorted(awake), dtype=np.int64))[1]


def _open_at(ground: Ground, row: int, at_s: float) -> bool:
    hours = ground.standing.hours[row]
    return not hours or any(a <= t < b for a, b in hours for t in (at_s, at_s + 86_400))


def figures(measured: Measured) -> Iterator[Kpi]:
    """Yield all figures."""
    ground = measured.ground
    everyone = np.ones(len(ground.people), dtype=bool)
    yield from walks(measured, everyone, "city")
    yield from _numbers(measured, None, "city")
    for row, name in enumerate(ground.areas.names):
        scope = f"district {name}"
        yield from walks(measured, ground.people.district == row, scope)
        yield from _numbers(measured, row, scope)
    yield from _crowds(measured)
    yield from _stalls(measured)
    yield from _money(measured)


def walks(measured: Measured, mine: Bool, scope: str) -> Iterator[Kpi]:
    """Yield shares of residents and workers, of all and of old quarters; those off the network are told apart."""
    ground = measured.ground
    params, people = ground.params, ground.people
    living = np.where(mine, people.n_living, 0.0)
    off = share_pct(living, ~ground.reached)
    if off is not None:
        yield kpi("people_off_network", off, scope)
    on = np.where(ground.reached, living, 0.0)
    for where, count in (("", on), (OLD, np.where(people.old, on, 0.0))):
        for key, length_m, limit_m in (
            ("people_near", measured.walk_m, params.near_m), ("people_within_reach", measured.walk_m, params.far_m),
            ("people_near_today", measured.walk_today_m, params.near_m),
            ("people_within_reach_today", measured.walk_today_m, params.far_m),
            ("people_near_at_night", measured.night_m, params.near_m),
        ):  # fmt: skip
            share = share_pct(count, length_m <= limit_m + 1e-6)
            if share is not None:
                yield kpi(key, share, scope, where)
        has = np.isfinite(measured.walk_m) & (count > 0)
        if has.any():
            yield kpi("mean_walk", float(np.average(measured.walk_m[has], weights=count[has])), scope, where)
            yield kpi("farthest_walk", float(measured.walk_m[has].max()), scope, where)
            yield kpi("gini_of_walks", gini(measured.walk_m[has], count[has]) or 0.0, scope, where)


def _numbers(measured: Measured, district: int | None, scope: str) -> Iterator[Kpi]:
    """Yield numbers and densities; works as the fewest of any year, since they are asked for each year."""
    ground, n_years = measured.ground, measured.ground.params.n_years
    standing, areas = ground.standing, ground.areas
    site = {i: int(d) for i, d in zip(ground.candidates.ids, ground.candidates.district.tolist(), strict=True)}
    place = {i: int(d) for i, d in zip(standing.ids, standing.district.tolist(), strict=True)}
    new: Counter[int] = Counter()
    mended: Counter[int] = Counter()
    for change in measured.plan.changes:
        own = site.get(change.item, -1) if change.kind is ChangeKind.BUILD else place.get(change.item, -1)
        if district is None or own == district:
            new[change.year] += change.kind is ChangeKind.BUILD
            mended[change.year] += change.kind in _MENDED
    inside = standing.counts if district is None else standing.counts & (standing.district == district)
    n_today, n_after = int(inside.sum()), int((inside & ~ground.shut).sum()) + sum(new.values())
    km2 = float(areas.built_km2.sum() if district is None else areas.built_km2[district])
    yield kpi("n_toilets", n_after, scope)
    yield kpi("built_up_area", km2, scope)
    if km2 > 0:
        yield kpi("toilet_density", n_after / km2, scope, _BUILT)
        yield kpi("toilet_density_today", n_today / km2, scope, _BUILT)
    years = range(1, n_years + 1)
    yield kpi("toilets_new", min(new[y] for y in years), scope)
    yield kpi("toilets_upgraded", min(mended[y] for y in years), scope)
    yield kpi("toilets_built_rebuilt_extended", min(new[y] + mended[y] for y in years), scope)


def _crowds(measured: Measured) -> Iterator[Kpi]:
    people, limit_m = measured.ground.people, measured.ground.params.crowd_m
    counted = people.is_crowd
    within = counted & (measured.walk_m <= limit_m + 1e-6)
    yield kpi("crowd_places_beyond", int(counted.sum() - within.sum()))
    if counted.any():
        yield kpi("crowd_places_within", 100.0 * float(within.sum()) / float(counted.sum()))


def _stalls(measured: Measured) -> Iterator[Kpi]:
    """Yield stalls and waits; the worst ratio of crowded places only where all their stalls are known by sex."""
    params, after = measured.ground.params, measured.after
    known = [row for row in after if row["women"] == row["women"] and row["men"] > 0]
    yield kpi("toilets_without_stalls_by_sex", len(after) - len(known))
    crowded = [row for row in after if row["crowded"]]
    ratios = [row["women"] / row["men"] for row in crowded if row in known]
    if crowded and len(ratios) == len(crowded):
        yield kpi("female_to_male_stalls", min(ratios), "city", _CROWDED)
    if known:
        low = [row for row in known if row["women"] < ratio_for(bool(row["crowded"]), params) * row["men"] - 1e-9]
        yield kpi("toilets_below_ratio", len(low))
        waits = [max(row["wait_women_s"], row["wait_men_s"]) for row in known]
        yield kpi("longest_wait", max((wait for wait in waits if math.isfinite(wait)), default=0.0))
        yield kpi("toilets_overrun", sum(math.isinf(wait) for wait in waits))
        yield kpi("toilets_with_queues", sum(wait > params.wait_most_s for wait in waits))
        yield kpi("stalls", sum(row["women"] + row["men"] + np.nan_to_num(row["shared"]) for row in known))
    yield kpi("dry_toilets_left", sum(row["dry"] > 0 for row in after))


def _money(measured: Measured) -> Iterator[Kpi]:
    by_year: Counter[int] = Counter()
    for change in measured.plan.changes:
        by_year[change.year] += change.cost_yuan  # type: ignore[assignment]
    yield kpi("cost", float(sum(by_year.values())))
    yield kpi("cost_of_dearest_year", float(max(by_year.values(), default=0.0)))
