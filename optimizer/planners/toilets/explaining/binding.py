"""What binds where people or a crowd have no toilet within their limit, and the smallest change that would give one."""

from __future__ import annotations

import numpy as np

from layers.text import Text
from optimizer.planners.toilets.problem import ToiletsProblem
from optimizer.planners.toilets.reading.ground import Ground

# Way to a candidate, and its row.
Near = tuple[float, int]
Told = tuple[str, Text, Text]


def held_back(problem: ToiletsProblem, fit: Near, chosen: set[str]) -> Told:
    """Return why a candidate that suits and is within the limit is not built, and what would have to change.

    Parameters
    ----------
    chosen
        Ids of all that is changed.
    """
    ground, (way_m, row) = problem.ground, fit
    name = ground.candidates.ids[row]
    build = Text(f"增建 {name}（步行 {way_m:.0f} m）", f"build at {name} too, a walk of {way_m:.0f} m")
    other = _too_near(problem, row, chosen)
    if other is not None:
        return _spacing(ground, (row, other), way_m)
    district = next((d for d in problem.siting.districts if d.row == int(ground.candidates.district[row])), None)
    own = [k for k, item in enumerate(ground.candidates.ids) if item in chosen]
    if district is not None and sum(int(ground.candidates.district[k]) == district.row for k in own) >= district.n_at_most:
        area = ground.areas.names[district.row]
        why = Text(
            f"{area}新建已达 {district.n_at_most} 座的上限（每年新建数或密度）",
            f"{area} has the {district.n_at_most} new ones that numbers a year or density allow",
        )
        return "number", why, Text(f"{area}多建一座：{build.zh}", f"one more in {area}: {build.en}")
    if ground.params.budget_yuan > 0:
        yuan = problem.sizes[row].cost_yuan
        why = Text("预算用于能服务更多人的地点", "the budget goes to places that serve more people")
        return "budget", why, Text(f"预算增加 {yuan:,.0f} 元：{build.zh}", f"{yuan:,.0f} yuan more: {build.en}")
    why = Text(f"备选 {name} 与其他地点不能同时建", f"candidate {name} cannot be built together with others")
    return "exchange", why, build


def _too_near(problem: ToiletsProblem, row: int, chosen: set[str]) -> int | None:
    """Return a candidate that is built and too near to another for both, None where there is none."""
    siting, ids = problem.siting, problem.ground.candidates.ids
    site = siting.site_of(row)
    pairs = siting.problem.pairs
    others = [b if a == site else a for a, b in pairs[(pairs == site).any(axis=1)].tolist()]
    rows = [siting.candidate_of(other) for other in others]
    return next((other for other in rows if other >= 0 and ids[other] in chosen), None)


def _spacing(ground: Ground, pair: tuple[int, int], way_m: float) -> Told:
    names, n = [ground.candidates.ids[k] for k in pair], len(ground.standing)
    apart_m = float(np.hypot(*(ground.candidates.xy_m[pair[0]] - ground.candidates.xy_m[pair[1]])))
    asked_m = float(max(ground.setting.spacing_m[n + k] for k in pair))
    share = int(ground.params.spacing_share * apart_m / asked_m)
    why = Text(
        f"备选 {names[0]}（步行 {way_m:.0f} m）距新建的 {names[1]} 仅 {apart_m:.0f} m，间距应不小于 {asked_m:.0f} m",
        f"candidate {names[0]}, a walk of {way_m:.0f} m, is {apart_m:.0f} m from {names[1]}, which is built,"
        f" {asked_m:.0f} m are to be kept",
    )
    change = Text(
        f"间距下限的比例由 {ground.params.spacing_share:g} % 降至 {share} %，或改建在 {names[0]}",
        f"a share of {share} % of the spacing for {ground.params.spacing_share:g} %, or {names[0]} in place of {names[1]}",
    )
    return "spacing", why, change


def against_rule(ground: Ground, broken: Near) -> Told:
    """Return which rule the nearest candidate breaks, and that it would have to be allowed."""
    way_m, row = broken
    name, rule = ground.candidates.ids[row], ground.broken.get(row)
    if rule is None:
        why = Text(
            f"备选 {name}（步行 {way_m:.0f} m）已锁定不建", f"candidate {name}, a walk of {way_m:.0f} m, is locked out"
        )
        return "must_not", why, Text(f"解除 {name} 的锁定", f"take the lock from {name}")
    why = Text(
        f"备选 {name}（步行 {way_m:.0f} m）不符规定：{rule.text.zh}",
        f"candidate {name}, a walk of {way_m:.0f} m, breaks a rule: {rule.text.en}",
    )
    return "rule", why, Text(f"允许 {name}（{rule.text.zh}）", f"allow {name} ({rule.text.en})")


def too_far(ground: Ground, fit: Near | None, limit_m: float) -> Told:
    """Return that there is no candidate within a limit, and the nearest beyond it that suits where one is known."""
    why = Text("可达范围内没有备选地点", "there is no candidate within reach")
    zh, en = f"在步行 {limit_m:.0f} m 内增加一处备选地点", f"one more candidate within a walk of {limit_m:.0f} m"
    if fit is not None:
        way_m, name = fit[0], ground.candidates.ids[fit[1]]
        zh, en = f"{zh}，或限值放宽至 {way_m:.0f} m（{name}）", f"{en}, or {way_m:.0f} m allowed, to {name}"
    return "no_candidate", why, Text(zh, en)
