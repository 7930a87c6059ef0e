"""Check stalls, waits, room, cost and years of the toilets as planned."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from layers.kinds.places import CrowdPlaces
from layers.text import Text
from layers.units import DAY_S, HOUR_S
from optimizer.changes import Change, ChangeKind
from optimizer.plan import Plan, PlanFault
from optimizer.planners.toilets.checking.facts import Facts

_PERCENT = 100.0
_MINUTES = 1440
_CLOSE = 1e-6


def stall_faults(facts: Facts, plan: Plan) -> Iterator[PlanFault]:
    """Check each toilet as planned."""
    uses = _uses(facts, plan)
    wanted = {facts.item_of[site] for site in facts.open_sites.tolist()}
    for item in sorted(wanted ^ facts.after.keys()):
        yield _fault(
            "not_listed", item, "规划后公厕表缺少或多出此座", "is missing among the toilets as planned, or none of them"
        )
    for item in sorted(wanted & facts.after.keys()):
        row, change = facts.after[item], facts.built.get(item) or facts.mended.get(item)
        if change is None:
            yield from _stands(facts, item, row)
        else:
            yield from _stalls(facts, item, row, change)
            yield from _cost(facts, item, row, change)
        yield from _waits(facts, item, row, uses.get(item, 0.0))


def _fault(code: str, item: str, zh: str, en: str) -> PlanFault:
    return PlanFault(code, item, Text(f"{item}：{zh}" if item else zh, f"{item}: {en}" if item else en))


def _stands(facts: Facts, item: str, row: dict[str, Any]) -> Iterator[PlanFault]:
    standing, k = facts.ground.standing, facts.standing_row[item]
    women, men = int(standing.n_women[k]), int(standing.n_men[k])
    if women >= 0 and men >= 0 and (row["women"], row["men"]) != (women, men):
        zh, en = "未改造而厕位不同", f"is not mended, and its stalls differ: {row['women']}, {row['men']} of {women}, {men}"
        yield _fault("wrong_stalls", item, zh, en)
    if bool(standing.dry[k]) != bool(row["dry"]):
        yield _fault("wrong_dry", item, "旱厕状态有误", "is said to be dry, or not to be, against the city")


def _stalls(facts: Facts, item: str, row: dict[str, Any], change: Change) -> Iterator[PlanFault]:
    """Check whole numbers, ratio and room of a toilet that is built or mended."""
    params = facts.ground.params
    counts = [float(row[name]) for name in ("women", "men", "urinals", "shared")]
    if any(n != round(n) or n < 0 for n in counts) or counts[2] >= counts[1]:
        yield _fault("not_whole", item, f"厕位数不成立：{counts}", f"stalls cannot be so: {counts}")
        return
    women, men, _, shared = counts
    crowds = facts.ground.city[CrowdPlaces].geometry.coords
    away_m = np.hypot(*(crowds - np.array([change.x_m, change.y_m])).T).min() if len(crowds) else math.inf
    asked = params.crowded_ratio if away_m <= params.crowd_m else params.other_ratio
    if women < asked * men - _CLOSE:
        zh, en = (
            f"女 {women:.0f} 男 {men:.0f}，应为 {asked:g} 倍",
            f"{women:.0f} women's and {men:.0f} men's, {asked:g} times are asked for",
        )
        yield _fault("ratio", item, zh, en)
    n_all = women + men + shared
    if abs(n_all - change.size) > _CLOSE or shared < 1:
        yield _fault(
            "wrong_size",
            item,
            f"厕位合计 {n_all:.0f}，记为 {change.size:g}",
            f"{n_all:.0f} stalls, {change.size:g} are told",
        )
    most = _room(facts, item, int(row["class"]), asked)
    if n_all > most:
        yield _fault(
            "no_room", item, f"{n_all:.0f} 个厕位，最多容纳 {most:.0f}", f"{n_all:.0f} stalls, there is room for {most:.0f}"
        )


def _room(facts: Facts, item: str, grade: int, ratio: float) -> float:
    ground, params = facts.ground, facts.ground.params
    area = {1: params.area_1_m2, 2: params.area_2_m2, 3: params.area_3_m2}[grade]
    least = {1: params.land_1_m2, 2: params.land_2_m2, 3: params.land_3_m2}[grade]
    smallest = params.n_least_men + math.ceil(ratio * params.n_least_men - _CLOSE) + 1
    new = item in facts.built
    land = ground.candidates.land_m2[facts.candidate_row[item]] if new else ground.standing.land_m2[facts.standing_row[item]]
    if not math.isnan(land) or new:
        floor = (3 * least if math.isnan(land) else float(land)) * params.floor_share / _PERCENT
        return max(smallest, math.floor(floor / area + _CLOSE))
    n_now = int(ground.standing.n_all[facts.standing_row[item]])
    return 2 * smallest if n_now < 0 else max(smallest, math.floor(n_now * (1 + params.extension_share / _PERCENT)))


def _cost(facts: Facts, item: str, row: dict[str, Any], change: Change) -> Iterator[PlanFault]:
    ground, params = facts.ground, facts.ground.params
    grade, n_all = int(row["class"]), row["women"] + row["men"] + row["shared"]
    area = {1: params.area_1_m2, 2: params.area_2_m2, 3: params.area_3_m2}[grade]
    if change.kind is ChangeKind.BUILD:
        land = max(
            {1: params.land_1_m2, 2: params.land_2_m2, 3: params.land_3_m2}[grade],
            n_all * area / (params.floor_share / _PERCENT),
        )
        price = float(ground.candidates.price_yuan_m2[facts.candidate_row[item]])
        wanted = n_all * area * params.build_yuan_m2 + land * (0.0 if math.isnan(price) else price)
    elif change.kind is ChangeKind.EXTEND:
        n_now = max(0, int(ground.standing.n_all[facts.standing_row[item]]))
        wanted = area * ((n_all - n_now) * params.build_yuan_m2 + n_now * params.rebuild_yuan_m2 / 2)
    else:
        wanted = n_all * area * params.rebuild_yuan_m2
    if abs(wanted - change.cost_yuan) > 1.0:
        yield _fault(
            "wrong_cost",
            item,
            f"费用记为 {change.cost_yuan:.0f}，应为 {wanted:.0f}",
            f"{change.cost_yuan:.0f} yuan are told, it is {wanted:.0f}",
        )


def _uses(facts: Facts, plan: Plan) -> Counter[str]:
    """Return uses a day of each toilet by those within reach."""
    people, params = facts.ground.people, facts.ground.params
    row_of = {item: row for row, item in enumerate(people.ids)}
    found: Counter[str] = Counter()
    for a in plan.assignments:
        if a.item in row_of and a.distance_m <= params.far_m + 1e-3:
            k = row_of[a.item]
            day = params.uses_resident_share * people.n_residents[k] + params.uses_job_share * people.n_jobs[k]
            found[a.server] += (day + params.uses_visitor_share * people.n_visitors[k]) / _PERCENT
    return found


def _waits(facts: Facts, item: str, row: dict[str, Any], uses_day: float) -> Iterator[PlanFault]:
    if math.isnan(row["women"]):
        return
    peak = uses_day * _peak_share(facts, item)
    params = facts.ground.params
    women = params.women_share / _PERCENT
    for sex, share, service_s in (("women", women, params.women_s), ("men", 1 - women, params.men_s)):
        again = mean_wait_s(peak * share / HOUR_S, service_s, int(row[sex]), params.service_spread_factor)
        told = float(row[f"wait_{sex}_s"])
        if not math.isclose(again, told, rel_tol=1e-3, abs_tol=0.01):
            yield _fault(
                "wrong_wait",
                item,
                f"等候记为 {told:.1f} s，应为 {again:.1f} s",
                f"a wait of {told:.1f} s is told, it is {again:.1f} s",
            )


def _peak_share(facts: Facts, item: str) -> float:
    """Return the share of a day's uses in the busiest hour, of those in which a toilet is open, minute by minute."""
    parts = [float(part) for part in facts.ground.params.hour_shares.replace("，", ",").split(",") if part.strip()]
    hours = facts.ground.standing.hours[facts.standing_row[item]] if item in facts.standing_row else ()
    minute_s = np.arange(_MINUTES) * (DAY_S / _MINUTES)
    awake = np.zeros(_MINUTES, dtype=bool) if hours else np.ones(_MINUTES, dtype=bool)
    for start_s, end_s in hours:
        awake |= (minute_s >= start_s) & (minute_s < end_s) | (minute_s + DAY_S >= start_s) & (minute_s + DAY_S < end_s)
    open_share = awake.reshape(24, -1).mean(axis=1)
    return float((np.array(parts) / sum(parts) * open_share).max())


def mean_wait_s(arrivals_s: float, service_s: float, n_stalls: int, spread_factor: float) -> float:
    """Return the mean wait by the formula of Allen and Cunneen, from the probabilities of M/M/c themselves.

    Parameters
    ----------
    arrivals_s
        People a second.
    """
    load = arrivals_s * service_s
    if load <= 0:
        return 0.0
    if n_stalls <= load:
        return math.inf
    logs = [n * math.log(load) - math.lgamma(n + 1) for n in range(n_stalls)]
    last = n_stalls * math.log(load) - math.lgamma(n_stalls + 1) - math.log(1 - load / n_stalls)
    top = max(*logs, last)
    waits = math.exp(last - top) / (sum(math.exp(x - top) for x in logs) + math.exp(last - top))
    return waits / (n_stalls / service_s - arrivals_s) * (1 + spread_factor) / 2


def money_faults(facts: Facts) -> Iterator[PlanFault]:
    """Check that no year costs more than its budget, and that dry toilets that are left are told."""
    params = facts.ground.params
    by_year: Counter[int] = Counter()
    for change in facts.plan.changes:
        by_year[change.year] += change.cost_yuan  # type: ignore[assignment]
    for year, spent in sorted(by_year.items()):
        if params.budget_yuan > 0 and spent > params.budget_yuan + 1.0:
            zh, en = (
                f"第 {year} 年 {spent:.0f} 元，预算 {params.budget_yuan:.0f}",
                f"year {year} costs {spent:.0f} yuan of {params.budget_yuan:.0f}",
            )
            yield _fault("over_budget", "", zh, en)
    left = {
        facts.item_of[s]
        for s in facts.open_sites.tolist()
        if s < len(facts.ground.standing) and facts.ground.standing.dry[s]
    }
    told = {v.item for v in facts.plan.verdicts if v.rule == "dry" and not v.kept}
    for item in sorted(left - facts.mended.keys() - told):
        yield _fault("dry_left", item, "旱厕未改造也未说明", "is dry, and neither rebuilt nor told")
