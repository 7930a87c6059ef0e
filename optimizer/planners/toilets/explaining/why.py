"""Say of a toilet, a candidate, people or any place of the city why it is as it is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.network import nearest_walks, walks_within
from layers.text import Text
from optimizer.changes import Change
from optimizer.names import place_of
from optimizer.plan import Plan
from optimizer.planners.toilets.explaining.clauses import rows_of
from optimizer.planners.toilets.problem import ToiletsProblem
from optimizer.planners.toilets.reading.ground import Ground, part
from optimizer.planners.toilets.reading.suits import apart_m, setting_of
from optimizer.planners.toilets.search.columns import DONE


def explain(problem: ToiletsProblem, plan: Plan, item: str) -> Text:
    """Return why a toilet, a candidate, a place of people, a district, or any place (``at:X,Y``) is as it is in a plan."""
    ground = problem.ground
    lines = list(_lines(problem, plan, item))
    at = place_of(item)
    if at is not None and item not in (*ground.people.ids, *ground.candidates.ids):
        lines += _place(problem, plan, at)
    if not lines:
        return Text(f"方案没有涉及“{item}”", f"the plan has nothing to say of {item!r}")
    return Text("；".join(line.zh for line in lines), "; ".join(line.en for line in lines))


def _lines(problem: ToiletsProblem, plan: Plan, item: str) -> Iterator[Text]:
    for row in (r for layer in plan.extra_layers[:1] for r in rows_of(layer)):
        if row["id"] == item:
            yield _toilet(row)
    yield from (_change(c) for c in plan.changes if c.item == item)
    for v in plan.verdicts:
        if v.item == item or (v.item and v.item in _district_names(problem.ground, item)):
            source = f"（{v.clause}，{v.certainty}）" if v.clause else ""
            yield Text(f"{'✓' if v.kept else '✕'} {v.text.zh}{source}", f"{'kept' if v.kept else 'not kept'}: {v.text.en}")
    for u in plan.unserved:
        if u.item == item:
            yield u.reason
            if u.smallest_change is not None:
                yield Text(f"最小改动：{u.smallest_change.zh}", f"smallest change: {u.smallest_change.en}")
    for a in plan.assignments:
        if a.item == item:
            zh = f"{a.amount:,.0f} 人，最近公厕 {a.server}，步行 {a.distance_m:.0f} m"
            yield Text(zh, f"{a.amount:,.0f} people, {a.distance_m:.0f} m to the nearest toilet, {a.server}")


def _change(change: Change) -> Text:
    done, label = DONE.get(change.kind), change.label
    return label if done is None else Text(f"{done.zh}{label.zh}", f"{done.en}, {label.en}")


def _district_names(ground: Ground, item: str) -> tuple[str, ...]:
    return tuple(name for name, key in zip(ground.areas.names, ground.areas.ids, strict=True) if item in (name, key))


def _toilet(row: dict[str, object]) -> Text:
    people, users = float(str(row["people_within_reach"])), float(str(row["users_a_day"]))
    near = float(str(row["nearest_other_m"]))
    zh = f"服务 {people:,.0f} 人，日使用约 {users:,.0f} 次，最近公厕 {near:.0f} m"
    return Text(zh, f"{people:,.0f} people go there, about {users:,.0f} uses a day, {near:.0f} m to the nearest other")


def _place(problem: ToiletsProblem, plan: Plan, at: tuple[float, float]) -> Iterator[Text]:
    """Yield what lies about a place: the way to the nearest toilet, and what building there would do."""
    ground, params = problem.ground, problem.ground.params
    xy_m = np.array([at])
    here = ground.at(xy_m)
    off_m = float(here.distance_m[0])
    if off_m > params.snap_m:
        zh = f"距可步行道路 {off_m:.0f} m，超过 {params.snap_m:.0f} m，不能设公厕"
        yield Text(zh, f"{off_m:.0f} m from a street that is walked, above {params.snap_m:.0f} m: no toilet can stand there")
        return
    names = (*ground.standing.ids, *ground.candidates.ids)
    opened = _open_sites(ground, plan)
    found = nearest_walks(ground.network, here, part(ground.sites_at, opened))
    if len(found.start):
        name, way_m = names[int(opened[found.end[0]])], float(found.length_m[0])
        yield Text(f"最近公厕 {name}，步行 {way_m:.0f} m", f"{way_m:.0f} m to the nearest toilet, {name}")
    yield from _rules_at(problem, plan, xy_m)
    walk_m = {a.item: a.distance_m for a in plan.assignments}
    near = walks_within(ground.network, part(ground.people_at, np.flatnonzero(ground.reached)), here, params.far_m)
    rows = np.flatnonzero(ground.reached)[near.start]
    gained = [r for r in rows.tolist() if walk_m.get(ground.people.ids[r], np.inf) > params.far_m]
    n_people = float(ground.people.n_living[gained].sum())
    zh = f"若在此新建，新增 {params.far_m:.0f} m 内人口 {n_people:,.0f}"
    yield Text(zh, f"a toilet here would bring {n_people:,.0f} more people within {params.far_m:.0f} m of one")


def _open_sites(ground: Ground, plan: Plan) -> np.ndarray:
    names = (*ground.standing.ids, *ground.candidates.ids)
    there = {str(row["id"]) for layer in plan.extra_layers[:1] for row in rows_of(layer)}
    sites = np.array([k for k, name in enumerate(names) if name in there], dtype=np.int64)
    return sites[ground.on_network[sites]]


def _rules_at(problem: ToiletsProblem, plan: Plan, xy_m: np.ndarray) -> Iterator[Text]:
    ground = problem.ground
    setting = setting_of(ground.city, xy_m, ground.params)
    built = [(c.x_m, c.y_m) for c in plan.changes if str(c.kind) == "build"]
    others = np.vstack([ground.standing.xy_m[~ground.shut], np.array(built).reshape(-1, 2)])
    away_m, asked_m = float(apart_m(xy_m, others)[0]), float(setting.spacing_m[0])
    if away_m < asked_m:
        zh = f"距最近公厕直线 {away_m:.0f} m，小于间距 {asked_m:.0f} m，不能新建"
        yield Text(
            zh, f"{away_m:.0f} m from another toilet as the crow flies, {asked_m:.0f} m are asked for: none can be built"
        )
    row = int(ground.areas.holding(xy_m)[0])
    for v in plan.verdicts:
        if row >= 0 and v.item == ground.areas.names[row] and v.rule in ("density_least", "density_most", "new_least"):
            yield v.text
