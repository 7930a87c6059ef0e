"""Give a draft its reasons: numbers by district, each candidate that was not chosen, clauses, who is left out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from layers.text import Text
from optimizer.changes import ChangeKind, Verdict
from optimizer.engines.coverage import Result
from optimizer.plan import Draft
from optimizer.planners.toilets.explaining.clauses import clause_list, rows_of, verdict
from optimizer.planners.toilets.explaining.left_out import left_out
from optimizer.planners.toilets.measuring.shares import share_pct
from optimizer.planners.toilets.problem import ToiletsProblem
from optimizer.planners.toilets.reading.ground import CLOSED, Ground

_MENDED = (ChangeKind.REBUILD, ChangeKind.EXTEND)
# Districts that are named in one line.
_N_NAMED = 3


def with_reasons(problem: ToiletsProblem, draft: Draft, result: Result) -> Draft:
    """Return a draft with verdicts and with those who are left out."""
    ground = problem.ground
    after = list(rows_of(draft.extra_layers[0]))
    found = [*numbers(problem, draft), *not_chosen(problem, draft, result)]
    found += [v for row in after if row["work"] != "stands" for v in clause_list(ground, row)]
    found += [_dry(row) for row in after if row["dry"]]
    found += crowds(ground, draft)
    told = joined(answer(ground, draft), eased_note(problem, draft))
    return replace(draft, verdicts=tuple(found), unserved=tuple(left_out(problem, draft)), answer=told)


def answer(ground: Ground, draft: Draft) -> Text:
    """Return in one line what is done, and what share of the people on the network has a toilet within reach."""
    kinds = Counter(change.kind for change in draft.changes)
    n_new, n_mended = kinds[ChangeKind.BUILD], sum(kinds[kind] for kind in _MENDED)
    walk_m = {a.item: a.distance_m for a in draft.assignments}
    length_m = np.array([walk_m.get(item, math.inf) for item in ground.people.ids])
    _, today_m = ground.nearest(np.arange(len(ground.standing)))
    living, params = np.where(ground.reached, ground.people.n_living, 0.0), ground.params
    shares = [share_pct(living, way <= limit + 1e-6) or 0.0
              for limit in (params.near_m, params.far_m) for way in (today_m, length_m)]  # fmt: skip
    near, far = (f"{shares[k]:.1f} → {shares[k + 1]:.1f} %" for k in (0, 2))
    zh = f"新建 {n_new} 座、改扩建 {n_mended} 座；{params.near_m:.0f} m 内人口 {near}，{params.far_m:.0f} m 内 {far}"
    en = (
        f"{n_new} new, {n_mended} rebuilt or extended; people within {params.near_m:.0f} m {near},"
        f" within {params.far_m:.0f} m {far}"
    )
    return Text(zh, en)


def eased_note(problem: ToiletsProblem, draft: Draft) -> Text | None:
    """Return that the bound is of a question that asks less of some districts than was wanted; None where it is not so."""
    asked = zip(problem.siting.districts, problem.siting.problem.quotas, strict=True)
    eased = [
        problem.ground.areas.names[d.row]
        for d, quota in asked
        if quota.at_least < max(d.density.n_wanted, d.n_standing + d.new.n_wanted)
    ]
    if not eased or draft.bound is None:
        return None
    more = len(eased) > _N_NAMED
    zh = f"{'、'.join(eased[:_N_NAMED])}{f'等 {len(eased)} 个区' if more else ''}"
    en = f"{', '.join(eased[:_N_NAMED])}{f' and {len(eased) - _N_NAMED} more' if more else ''}"
    return Text(
        f"证明差距针对放宽后的问题：{zh}的数量只按能达到的要求",
        f"the gap is proven for an eased question: of {en} no more is asked than can be reached",
    )


def joined(first: Text, second: Text | None) -> Text:
    """Return two lines as one."""
    return first if second is None else Text(f"{first.zh}。{second.zh}", f"{first.en}; {second.en}")


def numbers(problem: ToiletsProblem, draft: Draft) -> Iterator[Verdict]:
    """Yield whether each district, and the city, gets what is wanted; and what is missing where it does not."""
    ground, params = problem.ground, problem.ground.params
    candidate = {item: row for row, item in enumerate(ground.candidates.ids)}
    standing = {item: row for row, item in enumerate(ground.standing.ids)}
    new = Counter(int(ground.candidates.district[candidate[c.item]]) for c in draft.changes if c.kind is ChangeKind.BUILD)
    mended = Counter(int(ground.standing.district[standing[c.item]]) for c in draft.changes if c.kind in _MENDED)
    for district in problem.siting.districts:
        row = district.row
        n_all = district.n_standing + new[row]
        yield _rule(district.new.verdict(new[row]), "new_least")
        yield _mended(ground, row, mended[row])
        if ground.areas.built_m2[row] > 0:
            yield _rule(district.density.verdict(n_all), "density_least")
            yield _above(ground, row, n_all)
    for row in np.flatnonzero(ground.areas.built_m2 <= 0).tolist():
        name = ground.areas.names[row]
        text = Text(f"{name}：建成区面积为 0，无法计算密度", f"{name}: built-up land of 0 m2, no density can be told")
        yield verdict(name, "zero_area", False, text)
    n_works, wanted = sum(new.values()) + sum(mended.values()), params.n_works_least * params.n_years
    zh, en = f"全市新改扩建 {n_works} 座，要求 {wanted}", f"city: {n_works} new, rebuilt and extended, wanted {wanted}"
    if n_works < wanted:
        zh, en = (
            f"{zh}；其余公厕没有已知缺陷，或受数量、预算限制",
            f"{en}; nothing is known to be wrong with the others, or numbers or money end it",
        )
    yield verdict("", "works_least", n_works >= wanted, Text(zh, en))


def crowds(ground: Ground, draft: Draft) -> Iterator[Verdict]:
    """Yield whether each crowd place has a toilet within its limit."""
    people, limit_m = ground.people, ground.params.crowd_m
    walk_m = {a.item: a.distance_m for a in draft.assignments}
    for row in np.flatnonzero(people.is_crowd).tolist():
        item, (x_m, y_m) = people.ids[row], people.xy_m[row].tolist()
        length_m = walk_m.get(item, math.inf)
        way_zh, way_en = (f"{length_m:.1f} m", f"{length_m:.1f} m") if math.isfinite(length_m) else ("无路可达", "no way")
        zh = f"日客流 {people.n_visitors[row]:,.0f}，至最近公厕步行 {way_zh}，上限 {limit_m:.0f} m"
        en = f"{people.n_visitors[row]:,.0f} visitors a day, {way_en} to the nearest toilet, wanted at most {limit_m:.0f} m"
        yield verdict(item, "W2", length_m <= limit_m + 1e-6, Text(zh, en), (x_m, y_m))


def _dry(row: Mapping[str, Any]) -> Verdict:
    text = Text("旱厕未改造：已锁定保持，或年度预算不足", "dry and not rebuilt: locked to be kept, or the budget ends")
    return verdict(str(row["id"]), "dry", False, text, (float(row["x_m"]), float(row["y_m"])))


def _rule(told: Verdict, rule: str) -> Verdict:
    clause = verdict("", "density" if rule == "density_least" else rule, True, told.text)
    return replace(told, rule=rule, clause=clause.clause, certainty=clause.certainty)


def _above(ground: Ground, row: int, n_all: int) -> Verdict:
    name, most = ground.areas.names[row], ground.params.density_most_ratio
    density = n_all / float(ground.areas.built_km2[row])
    zh = f"{name}：{n_all} 座，密度 {density:.2f} 座/km²，上限 {most:g}"
    en = f"{name}: {n_all} toilets, {density:.2f} a km2, at most {most:g} is asked for"
    if density > most + 1e-9:
        zh, en = f"{zh}；现状已超出，不再新建", f"{en}; there are more already, none is built"
    return replace(verdict(name, "density", density <= most + 1e-9, Text(zh, en)), rule="density_most")


def _mended(ground: Ground, row: int, n_mended: int) -> Verdict:
    name, wanted = ground.areas.names[row], ground.params.n_upgraded_least * ground.params.n_years
    n_there = int(((ground.standing.district == row) & ~ground.shut).sum())
    zh = f"{name}：提升改造 {n_mended} 座，要求 {wanted}"
    en = f"{name}: {n_mended} rebuilt and extended, wanted {wanted}"
    if n_mended < wanted:
        zh = f"{zh}；现有 {n_there} 座中最多需改造这些，其余没有已知缺陷或受数量、预算限制"
        en = f"{en}; of {n_there} that stand these are mended, the others have no known fault, or numbers or money end it"
    return verdict(name, "upgraded_least", n_mended >= wanted, Text(zh, en))


def not_chosen(problem: ToiletsProblem, draft: Draft, result: Result) -> Iterator[Verdict]:
    """Yield why each candidate was not chosen: the rule that it breaks, or what it would change."""
    ground, siting = problem.ground, problem.siting
    chosen = {change.item for change in draft.changes}
    closed = {siting.candidate_of(c.site): c for c in result.closed}
    picked = {siting.candidate_of(site) for site in result.plan.sites}
    for row, item in enumerate(ground.candidates.ids):
        if item in chosen:
            continue
        x_m, y_m = ground.candidates.xy_m[row].tolist()
        if row in ground.broken:
            broken = ground.broken[row]
            yield verdict(item, broken.rule, False, broken.text, (x_m, y_m))
        elif ground.locks.get(item) == CLOSED:
            text = Text("已锁定不建", "locked: it must not be built")
            yield verdict(item, "must_not", False, text, (x_m, y_m))
        elif row in picked:
            text = Text("当年数量或预算已满，未建", "numbers or money of the years end before it is built")
            yield verdict(item, "budget", False, text, (x_m, y_m))
        else:
            yield _weighed(problem, row, closed.get(row), (x_m, y_m))


def _weighed(problem: ToiletsProblem, row: int, closed: object, at: tuple[float, float]) -> Verdict:
    """Return why a candidate that suits was not chosen: a rule of the whole, or what it would change in place of others."""
    from optimizer.engines.coverage import Closed

    item = problem.ground.candidates.ids[row]
    if not isinstance(closed, Closed) or (closed.rule is None and closed.change is None):
        text = Text("与规定冲突：任何一处互换都不能保持各项规定", "no one exchange with it keeps all the rules")
        return verdict(item, "exchange", False, text, at)
    if closed.rule is not None:
        key = closed.rule.name.lower()
        return verdict(item, {"too_near": "spacing"}.get(key, key), False, closed.rule.value, at)
    names = [name_of(problem, site) for site in closed.in_place_of]
    is_cover = problem.ground.params.aim == "cover"
    change = closed.change or 0.0
    loss = -change if is_cover else change
    zh_for = f"，须换下 {'、'.join(names)}" if names else ""
    en_for = f" in place of {', '.join(names)}" if names else ""
    unit = Text("分", "points of people") if is_cover else Text("元", "yuan")
    zh = f"若建在此处{zh_for}，{'可达得分减少' if is_cover else '费用增加'} {loss:,.0f} {unit.zh}"
    en = f"built{en_for}, it would {'lose' if is_cover else 'add'} {loss:,.0f} {unit.en}"
    told = verdict(item, "cost", False, Text(zh, en), at)
    return replace(told, price=loss, price_unit="reach points" if is_cover else "yuan")


def name_of(problem: ToiletsProblem, site: int) -> str:
    """Return the id of an engine's site."""
    row = problem.siting.candidate_of(site)
    return (
        problem.ground.candidates.ids[row] if row >= 0 else problem.ground.standing.ids[int(problem.siting.standing[site])]
    )
