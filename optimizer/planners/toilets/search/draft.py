"""Make a draft of what is decided: changes, who goes where, the toilets as they will be, who is left out and why."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from layers.geometry import Geometry
from layers.kinds.facilities import Toilets
from layers.layer import F64
from layers.text import Text
from optimizer.changes import Change, ChangeKind
from optimizer.plan import Assignment, Draft, ExtraLayer, Outcome
from optimizer.planners.toilets.measuring.goal import objective
from optimizer.planners.toilets.reading.ground import CLOSED, Ground
from optimizer.planners.toilets.search.choice import Choice
from optimizer.planners.toilets.search.columns import LABELS, STANDS, WORDS
from optimizer.planners.toilets.search.works import standing_visits
from optimizer.planners.toilets.sizing.stalls import Stalls, waits_s
from optimizer.planners.toilets.sizing.visits import Visits

LAYER = Toilets.KIND
AFTER = Text("规划后的公厕", "Toilets as planned")
_GRADES = "一二三"
_WRONG = {
    "dry": Text("旱厕", "dry"),
    "ratio": Text("厕位比不足", "too few stalls for women"),
    "wait": Text("高峰排队", "queues at the peak"),
    "barrier": Text("无无障碍厕位", "no barrier-free stall"),
}


def draft_of(ground: Ground, choice: Choice, outcome: Outcome, bound: float | None = None) -> Draft:
    """Return a draft without verdicts."""
    built = [row for row in choice.built if ground.candidates.ids[row] in choice.year]
    return Draft(
        outcome,
        objective(ground, built, choice.length_m),
        bound,
        changes=tuple(changes(ground, choice)),
        assignments=tuple(assignments(ground, choice)),
        extra_layers=(toilets_after(ground, choice),),
    )


def changes(ground: Ground, choice: Choice) -> Iterator[Change]:
    """Yield what is built, mended and closed."""
    n = len(ground.standing)
    for row, size in choice.built.items():
        item, (x_m, y_m) = ground.candidates.ids[row], ground.candidates.xy_m[row].tolist()
        if item in choice.year:
            told = label(size.grade, size.stalls)
            yield _change(ChangeKind.BUILD, item, (x_m, y_m), told, choice.year[item], (size.cost_yuan, size.stalls))
    for work in choice.works:
        item, (x_m, y_m) = ground.standing.ids[work.row], ground.standing.xy_m[work.row].tolist()
        if item in choice.year:
            why = _WRONG[work.wrong[0]]
            told = label(work.grade, work.stalls)
            told = Text(f"{told.zh}（{why.zh}）", f"{told.en} ({why.en})")
            yield _change(work.kind, item, (x_m, y_m), told, choice.year[item], (work.cost_yuan, work.stalls))
    for row in range(n):
        if ground.locks.get(ground.standing.ids[row]) == CLOSED:
            x_m, y_m = ground.standing.xy_m[row].tolist()
            yield Change(ChangeKind.CLOSE, ground.standing.ids[row], LAYER, x_m, y_m, Text("关闭", "closed"), 1)


def _change(
    kind: ChangeKind, item: str, at: tuple[float, float], told: Text, year: int, what: tuple[float, Stalls]
) -> Change:
    return Change(kind, item, LAYER, *at, told, year, float(what[0]), float(what[1].n_all), "stalls")


def label(grade: int, stalls: Stalls) -> Text:
    """Return a toilet in one line: class and stalls."""
    return Text(
        f"{_GRADES[grade - 1]}类公厕：女 {stalls.n_women}、男 {stalls.n_men}（小便位 {stalls.n_urinals}）、"
        f"无障碍第三卫生间 {stalls.n_shared}",
        f"class {grade}: {stalls.n_women} for women, {stalls.n_men} for men ({stalls.n_urinals} urinals),"
        f" {stalls.n_shared} shared and barrier-free",
    )


def assignments(ground: Ground, choice: Choice) -> Iterator[Assignment]:
    """Yield who goes where: everyone on the network to the nearest toilet."""
    people = ground.people
    names = (*ground.standing.ids, *ground.candidates.ids)
    amount = np.where(people.is_crowd, people.n_visitors, people.n_living)
    for row in np.flatnonzero(choice.serving >= 0).tolist():
        site = int(choice.serving[row])
        yield Assignment(people.ids[row], names[site], float(amount[row]), "people", round(float(choice.length_m[row]), 3))


def toilets_after(ground: Ground, choice: Choice) -> ExtraLayer:
    """Return all toilets that there will be, with class, stalls, who comes and how long they wait."""
    n, rows = len(ground.standing), list[dict[str, Any]]()
    works = {w.row: w for w in choice.works if ground.standing.ids[w.row] in choice.year}
    people = _people_by_site(ground, choice)
    for row in np.flatnonzero(~ground.shut).tolist():
        visits = standing_visits(ground, row, float(choice.users_day[row]))
        work = works.get(row)
        told: tuple[str, int, Stalls | None, int, float]
        if work is not None:
            told = (str(work.kind), work.grade, work.stalls, choice.year[ground.standing.ids[row]], work.cost_yuan)
        else:
            told = (STANDS, int(ground.setting.grade[row]), None, 0, 0.0)
        rows.append(_row(ground, row, told, visits, float(people[row])))
    for candidate, size in choice.built.items():
        item = ground.candidates.ids[candidate]
        if item in choice.year:
            told = (str(ChangeKind.BUILD), size.grade, size.stalls, choice.year[item], size.cost_yuan)
            rows.append(_row(ground, n + candidate, told, size.visits, float(people[n + candidate])))
    xy_m = np.array([row.pop("xy_m") for row in rows], dtype=np.float64).reshape(-1, 2)
    near_m = _nearest_other(xy_m)
    for toilet, apart_m in zip(rows, near_m.tolist(), strict=True):
        toilet["nearest_other_m"] = apart_m
    names = list(rows[0]) if rows else []
    return ExtraLayer(
        AFTER, Geometry.points(xy_m), {name: tuple(row[name] for row in rows) for name in names}, LABELS, WORDS
    )


def _row(
    ground: Ground, site: int, told: tuple[str, int, Stalls | None, int, float], visits: Visits, people: float
) -> dict[str, Any]:
    work, grade, stalls, year, cost_yuan = told
    n, standing, unknown = len(ground.standing), ground.standing, float("nan")
    women, men, urinals, shared, accessible = (unknown,) * 5
    if stalls is not None:
        women, men, urinals, shared = (float(v) for v in (stalls.n_women, stalls.n_men, stalls.n_urinals, stalls.n_shared))
        accessible = shared
    else:
        if standing.by_sex[site]:
            women, men = float(standing.n_women[site]), float(standing.n_men[site])
        if standing.n_accessible[site] >= 0:
            accessible = float(standing.n_accessible[site])
    waits = waits_s(visits, int(women), int(men), ground.params) if not math.isnan(women) else (unknown, unknown)
    return {
        "xy_m": (ground.standing.xy_m[site] if site < n else ground.candidates.xy_m[site - n]).tolist(),
        "id": standing.ids[site] if site < n else ground.candidates.ids[site - n],
        "work": work,
        "class": float(grade),
        "year": float(year),
        "cost_yuan": cost_yuan,
        "women": women,
        "men": men,
        "urinals": urinals,
        "shared": shared,
        "barrier_free": accessible,
        "dry": float(site < n and bool(standing.dry[site]) and work == STANDS),
        "crowded": float(ground.setting.crowded[site]),
        "people_within_reach": people,
        "users_a_day": round(visits.users_day, 3),
        "wait_women_s": waits[0],
        "wait_men_s": waits[1],
    }


def _people_by_site(ground: Ground, choice: Choice) -> F64:
    inside = (choice.serving >= 0) & (choice.length_m <= ground.params.far_m + 1e-6)
    n = len(ground.standing) + len(ground.candidates)
    amount = ground.people.n_living + ground.people.n_visitors
    return np.bincount(choice.serving[inside], weights=amount[inside], minlength=n).astype(np.float64)


def _nearest_other(xy_m: F64) -> F64:
    """Return how far the nearest other toilet is as the crow flies, NaN where there is none."""
    if len(xy_m) < 2:
        return np.full(len(xy_m), np.nan)
    from scipy.spatial import cKDTree

    found: F64 = np.asarray(cKDTree(xy_m).query(xy_m, k=2)[0])[:, 1]
    return found
