"""How each toilet that is built or mended stands against the clauses of the codes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from layers.text import Text
from optimizer.changes import Verdict
from optimizer.plan import ExtraLayer
from optimizer.planners.toilets.reading.ground import Ground
from optimizer.planners.toilets.sizing.classes import land_m2
from optimizer.planners.toilets.sizing.stalls import ratio_for
from resources.standards import load_standards

# Keys that are no rows of the standards themselves, with the row that they rest on.
RESTS_ON = {"spacing": "W4.residential", "land": "W1.residential", "density": "W1"}


def cited(rule: str) -> tuple[str, str]:
    """Return clause and certainty of a standard, or of the one that a key rests on; empty where there is none."""
    key = RESTS_ON.get(rule, rule)
    found = next((s for s in load_standards() if s.id == key), None)
    return ("", "") if found is None else (found.clause, str(found.source.certainty))


def verdict(item: str, rule: str, kept: bool, text: Text, at: tuple[float, float] | None = None) -> Verdict:
    """Return a verdict with its clause and certainty."""
    clause, certainty = cited(rule)
    x_m, y_m = (None, None) if at is None else at
    return Verdict(item, rule, kept, text, clause, certainty, x_m=x_m, y_m=y_m)


def rows_of(layer: ExtraLayer) -> Iterator[dict[str, Any]]:
    """Yield the rows of the toilets as planned, by column."""
    names = list(layer.values)
    for k, values in enumerate(zip(*layer.values.values(), strict=True)):
        x_m, y_m = layer.geometry.coords[k].tolist()
        yield {**dict(zip(names, values, strict=True)), "x_m": x_m, "y_m": y_m}


def clause_list(ground: Ground, row: Mapping[str, Any]) -> Iterator[Verdict]:
    """Yield how a toilet that is built or mended stands against the clauses."""
    params, item, at = ground.params, str(row["id"]), (float(row["x_m"]), float(row["y_m"]))
    crowded, women, men = bool(row["crowded"]), int(row["women"]), int(row["men"])
    wanted = ratio_for(crowded, params)
    rule = "W3.crowded" if crowded else "W3.other"
    zh = f"女厕位 {women}、男厕位 {men}，比值 {women / men:.2f}，应不低于 {wanted:g}"
    en = f"{women} stalls for women, {men} for men: {women / men:.2f}, at least {wanted:g} is asked for"
    yield verdict(item, rule, women >= wanted * men - 1e-9, Text(zh, en), at)
    wait_s = max(float(row["wait_women_s"]), float(row["wait_men_s"]))
    zh = f"高峰平均等候 {wait_s:.0f} s，上限 {params.wait_most_s:.0f} s"
    en = f"a mean wait of {wait_s:.0f} s at the peak, at most {params.wait_most_s:.0f} s is asked for"
    if math.isinf(wait_s):
        zh = f"高峰来人超出厕位能力（用地至多容纳这些厕位），等候不断增长；日使用约 {row['users_a_day']:,.0f} 次"
        en = f"more come at the peak than the stalls serve that there is room for: {row['users_a_day']:,.0f} uses a day"
    yield verdict(item, "wait", wait_s <= params.wait_most_s, Text(zh, en), at)
    yield verdict(item, "barrier", row["barrier_free"] >= 1, Text(
        f"无障碍厕位 {row['barrier_free']:.0f}", f"{row['barrier_free']:.0f} barrier-free stalls"
    ), at)  # fmt: skip
    if row["work"] == "build":
        yield from _of_new(ground, row, at)


def _of_new(ground: Ground, row: Mapping[str, Any], at: tuple[float, float]) -> Iterator[Verdict]:
    params, item = ground.params, str(row["id"])
    candidate = ground.candidates.ids.index(item)
    near_m, k = float(row["nearest_other_m"]), len(ground.standing) + candidate
    spacing_m, grade = float(ground.setting.spacing_m[k]), int(row["class"])
    kind = "commercial" if ground.setting.crowded[k] else "residential" if ground.setting.residential[k] else ""
    asked = {"commercial": params.spacing_commercial_m, "residential": params.spacing_residential_m}.get(kind, 0.0)
    if kind and not math.isnan(near_m):
        rule = f"W4.{kind}"
        zh = f"距最近公厕 {near_m:.0f} m；规范间距下限 {asked:.0f} m，本方案要求 {spacing_m:.0f} m"
        en = f"{near_m:.0f} m to the nearest other; the code has {asked:.0f} m or more, this plan asks for {spacing_m:.0f} m"
        yield verdict(item, rule, near_m >= asked - 1e-6, Text(zh, en), at)
    yield verdict(item, "W6", True, Text(
        f"距学校、取水点不小于 {params.apart_m:.0f} m", f"{params.apart_m:.0f} m or more from schools and water points"
    ), at)  # fmt: skip
    land = float(ground.candidates.land_m2[candidate])
    if not math.isnan(land):
        least = land_m2(grade, params)
        zh, en = f"用地 {land:.0f} m²，需 {least:.0f} m²", f"{land:.0f} m2 of land, {least:.0f} m2 are needed"
        yield verdict(item, "land", land >= least, Text(zh, en), at)
