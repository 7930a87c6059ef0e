"""Who has no toilet within reach, which crowds have none within their limit, and the smallest change that would give one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.layer import Rows
from layers.text import Text
from layers.units import KM2_M2
from optimizer.plan import Draft, Unserved
from optimizer.planners.toilets.explaining.binding import Near, against_rule, held_back, too_far
from optimizer.planners.toilets.problem import ToiletsProblem
from optimizer.planners.toilets.reading.ground import CLOSED, Ground


def left_out(problem: ToiletsProblem, draft: Draft) -> Iterator[Unserved]:
    """Yield all people without a toilet within reach; those spread by area, by district."""
    ground = problem.ground
    walk_m = {a.item: a.distance_m for a in draft.assignments}
    length_m = np.array([walk_m.get(item, np.inf) for item in ground.people.ids])
    people, params = ground.people, ground.params
    limit_m = np.where(people.is_crowd, params.crowd_m, params.far_m)
    amount = np.where(people.is_crowd, people.n_visitors, people.n_living)
    far = np.flatnonzero((length_m > limit_m + 1e-6) & ((amount > 0) | people.is_crowd))
    if people.spread:
        yield from _by_district(ground, far[~people.is_crowd[far]])
        far = far[people.is_crowd[far]]
    far = far[np.lexsort((-amount[far], ~people.is_crowd[far]))]
    chosen = {c.item for c in draft.changes}
    nearest = _nearest_candidates(problem, chosen)
    for row in far.tolist():
        told = float(length_m[row]), float(limit_m[row]), float(amount[row])
        yield _one(problem, row, told, (nearest["fit"].get(row), nearest["broken"].get(row), chosen))


def _nearest_candidates(problem: ToiletsProblem, chosen: set[str]) -> dict[str, dict[int, Near]]:
    """Return for everyone the nearest candidate that suits and was not chosen, and the nearest that breaks a rule."""
    ground = problem.ground
    n, walks = len(ground.standing), ground.walks
    found: dict[str, dict[int, Near]] = {"fit": {}, "broken": {}}
    of_candidates = np.flatnonzero(walks.end >= n)
    order = of_candidates[np.argsort(-walks.length_m[of_candidates], kind="stable")]
    for k in order.tolist():
        row = int(walks.end[k]) - n
        if ground.candidates.ids[row] not in chosen:
            kind = "broken" if row in ground.broken or ground.locks.get(ground.candidates.ids[row]) == CLOSED else "fit"
            found[kind][int(walks.start[k])] = (float(walks.length_m[k]), row)
    return found


def _one(
    problem: ToiletsProblem,
    row: int,
    told: tuple[float, float, float],
    nearest: tuple[Near | None, Near | None, set[str]],
) -> Unserved:
    ground = problem.ground
    length_m, limit_m, amount = told
    item, people = ground.people.ids[row], ground.people
    if not ground.reached[row]:
        off_m = float(ground.people_at.distance_m[row])
        zh = f"距可步行道路 {off_m:.0f} m，超过 {ground.params.snap_m:.0f} m"
        en = f"{off_m:.0f} m from the nearest street that is walked, above {ground.params.snap_m:.0f} m"
        return Unserved(item, "off_network", Text(zh, en), Text("补充附近道路", "add the streets near it"), amount, "people")
    fit, broken, chosen = nearest
    if fit is not None and fit[0] <= limit_m + 1e-6:
        key, why, change = held_back(problem, fit, chosen)
    elif broken is not None and broken[0] <= limit_m + 1e-6:
        key, why, change = against_rule(ground, broken)
    else:
        key, why, change = too_far(ground, fit, limit_m)
    way = f"{length_m:.1f} m" if np.isfinite(length_m) else "–"
    what = Text("人流密集处", "a crowd place, ") if people.is_crowd[row] else Text("", "")
    zh = f"{what.zh}最近公厕步行 {way}，上限 {limit_m:.0f} m；{why.zh}"
    en = f"{what.en}{way} to the nearest toilet, at most {limit_m:.0f} m is asked for; {why.en}"
    return Unserved(item, key, Text(zh, en), change, amount, "people")


def _by_district(ground: Ground, rows: Rows) -> Iterator[Unserved]:
    """Yield people who were spread by area and have none within reach, one line a district and reason."""
    people, names = ground.people, ground.areas
    for district in np.unique(people.district[rows]).tolist():
        own = rows[people.district[rows] == district]
        item = names.ids[district] if district >= 0 else names.ids[0]
        for key, part in (("off_network", own[~ground.reached[own]]), ("beyond_reach", own[ground.reached[own]])):
            if not len(part):
                continue
            amount, area_km2 = float(people.n_living[part].sum()), len(part) * ground.params.spread_step_m**2 / KM2_M2
            zh = "不在步行路网上" if key == "off_network" else f"最近公厕超过 {ground.params.far_m:.0f} m"
            en = "off the network" if key == "off_network" else f"farther than {ground.params.far_m:.0f} m from any toilet"
            zh = f"{zh}：{area_km2:.1f} km²，按面积计 {amount:,.0f} 人（假定）"
            en = f"{en}: {area_km2:.1f} km2, {amount:,.0f} people by area (assumed)"
            yield Unserved(item, key, Text(zh, en), None, amount, "people")
