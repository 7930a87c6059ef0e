"""Check where toilets are built: land, network, distances, spacing, numbers of districts, locks."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

import numpy as np

from layers.kinds.facilities import WaterPoints
from layers.kinds.places import CrowdPlaces, SensitiveKind, SensitivePlaces
from layers.layer import F64
from layers.text import Text
from optimizer.changes import ChangeKind
from optimizer.ground.faults import lock_broken
from optimizer.plan import PlanFault
from optimizer.planners.toilets.checking.facts import Facts
from optimizer.planners.toilets.reading.ground import CLOSED, KEEP, OPEN

_TOLERANCE_M = 1e-3
_PERCENT = 100.0


def site_faults(facts: Facts) -> Iterator[PlanFault]:
    """Check all new toilets by themselves, and against one another."""
    yield from _known(facts)
    for item in facts.built:
        yield from _suits(facts, item)
    yield from _spacing(facts)


def _fault(code: str, item: str, zh: str, en: str) -> PlanFault:
    return PlanFault(code, item, Text(f"{item}：{zh}" if item else zh, f"{item}: {en}" if item else en))


def _known(facts: Facts) -> Iterator[PlanFault]:
    for item, n in Counter(c.item for c in facts.plan.changes).items():
        if n > 1:
            yield _fault("twice", item, f"出现 {n} 次", f"is changed {n} times")
    for change in facts.plan.changes:
        new = change.kind is ChangeKind.BUILD
        rows = facts.candidate_row if new else facts.standing_row
        if change.item not in rows:
            yield _fault("unknown", change.item, "没有此公厕或备选地点", "there is no such toilet or candidate")
            continue
        xy_m = (facts.ground.candidates if new else facts.ground.standing).xy_m[rows[change.item]]
        if math.dist(xy_m.tolist(), (change.x_m, change.y_m)) > 1.0:
            yield _fault("wrong_place", change.item, "位置与城市数据不符", "stands elsewhere in the city")
        if not 1 <= change.year <= facts.ground.params.n_years:
            zh, en = f"年份 {change.year} 不在计划内", f"year {change.year} is not one of {facts.ground.params.n_years}"
            yield _fault("wrong_year", change.item, zh, en)


def _suits(facts: Facts, item: str) -> Iterator[PlanFault]:
    """Check one new toilet against the rules of its place."""
    ground, params, row = facts.ground, facts.ground.params, facts.candidate_row[item]
    site, xy_m = len(ground.standing) + row, ground.candidates.xy_m[row]
    if ground.candidates.district[row] < 0:
        yield _fault("outside", item, "不在任何行政区内", "lies in no district")
    if ground.sites_at.distance_m[site] > params.snap_m:
        off_m = ground.sites_at.distance_m[site]
        yield _fault("off_network", item, f"距道路 {off_m:.0f} m", f"lies {off_m:.0f} m from a street that is walked")
    grade = int(facts.after.get(item, {}).get("class", 0))
    least = {1: params.land_1_m2, 2: params.land_2_m2}.get(grade, params.land_3_m2)
    land = float(ground.candidates.land_m2[row])
    if land < least:
        yield _fault(
            "land", item, f"用地 {land:.0f} m²，需 {least:.0f} m²", f"{land:.0f} m2 of land, {least:.0f} are needed"
        )
    crowded = _near(xy_m, ground.city[CrowdPlaces].geometry.coords) <= params.crowd_m
    if (grade == 1 and not crowded) or (crowded and grade not in (0, 1)):
        yield _fault("wrong_class", item, f"{grade} 类与位置不符", f"class {grade} does not belong there")
    sensitive = ground.city[SensitivePlaces]
    schools = sensitive.geometry.coords[sensitive.sensitive == SensitiveKind.SCHOOL]
    for others in (schools, ground.city[WaterPoints].geometry.coords):
        away_m = _near(xy_m, others)
        if away_m < params.apart_m - _TOLERANCE_M:
            zh, en = (
                f"距学校或水源 {away_m:.0f} m",
                f"{away_m:.0f} m from a school or water, {params.apart_m:.0f} m are asked for",
            )
            yield _fault("too_close", item, zh, en)


def _near(xy_m: F64, others_m: F64) -> float:
    return float(np.hypot(*(others_m - xy_m).T).min()) if len(others_m) else math.inf


def least_spacing_m(facts: Facts, xy_m: F64) -> float:
    """Return how far a new toilet is to stand from any other."""
    params, city = facts.ground.params, facts.ground.city
    sensitive = city[SensitivePlaces]
    if _near(xy_m, city[CrowdPlaces].geometry.coords) <= params.crowd_m:
        code_m = params.spacing_commercial_m
    elif _near(xy_m, sensitive.geometry.coords[sensitive.sensitive == SensitiveKind.HOME]) <= params.homes_m:
        code_m = params.spacing_residential_m
    else:
        code_m = 0.0
    return code_m * params.spacing_share / _PERCENT


def _spacing(facts: Facts) -> Iterator[PlanFault]:
    ground, n = facts.ground, len(facts.ground.standing)
    every_m = np.vstack([ground.standing.xy_m, ground.candidates.xy_m])
    opened = facts.open_sites
    for item in facts.built:
        site = n + facts.candidate_row[item]
        others = opened[opened != site]
        if not len(others):
            continue
        away_m = np.hypot(*(every_m[others] - every_m[site]).T)
        k, asked_m = int(np.argmin(away_m)), least_spacing_m(facts, every_m[site])
        if away_m[k] < asked_m - _TOLERANCE_M:
            other = facts.item_of[int(others[k])]
            zh = f"距 {other} 仅 {away_m[k]:.0f} m，应不小于 {asked_m:.0f} m"
            yield _fault("spacing", item, zh, f"{away_m[k]:.0f} m from {other}, {asked_m:.0f} m are asked for")


def lock_faults(facts: Facts) -> Iterator[PlanFault]:
    """Check that what is locked is as it was locked."""
    shut = {c.item for c in facts.of_kind(ChangeKind.CLOSE)}
    for item, state in facts.ground.locks.items():
        stands = item in facts.standing_row
        broken = {
            OPEN: item in shut if stands else item not in facts.built,
            CLOSED: item not in shut if stands else item in facts.built,
            KEEP: item in shut or item in facts.mended if stands else item in facts.built,
        }[state]
        if broken:
            yield lock_broken(item)
    for item in shut:
        if facts.ground.locks.get(item) != CLOSED:
            yield _fault("closed_unasked", item, "未要求关闭", "is closed, which nobody asked for")


def quota_faults(facts: Facts) -> Iterator[PlanFault]:
    """Check numbers of districts: none above what is allowed, and each that is below what is wanted told as missed."""
    ground, params = facts.ground, facts.ground.params
    shut = {c.item for c in facts.of_kind(ChangeKind.CLOSE)}
    told = {(v.item, v.rule): v.kept for v in facts.plan.verdicts}
    for row, name in enumerate(ground.areas.names):
        km2 = float(ground.areas.built_m2[row]) / 1e6
        if km2 <= 0:
            continue
        stay = [i for i, k in facts.standing_row.items() if ground.standing.counts[k] and ground.standing.district[k] == row]
        n_old = sum(item not in shut for item in stay)
        n_new = sum(int(ground.candidates.district[facts.candidate_row[item]]) == row for item in facts.built)
        density = (n_old + n_new) / km2
        if n_new and density > params.density_most_ratio + 1e-9:
            zh, en = f"新建 {n_new} 座后密度 {density:.2f}", f"{n_new} new toilets make {density:.2f} a km2"
            yield _fault("density_most", name, zh, f"{en}, at most {params.density_most_ratio:g} is allowed")
        wanted = params.n_new_least * params.n_years
        for rule, kept in (("density_least", density >= params.density_least_ratio - 1e-9), ("new_least", n_new >= wanted)):
            if told.get((name, rule)) != kept:
                zh, en = "结论缺失或有误", f"{'kept' if kept else 'missed'}, and the plan says otherwise or nothing"
                yield _fault("quota_not_told", name, f"{rule} {zh}", f"{rule} is {en}")
