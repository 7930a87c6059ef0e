"""Measure every berth: clear distances, widths, size, overlap, and whether it lies where it is said to be."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
import shapely

from layers.kinds.parking import Lots
from optimizer.changes import ChangeKind
from optimizer.plan import PlanFault
from optimizer.planners.parking.checking.facts import KEPT, LOT, NEW, REMOVED, Facts, fault
from optimizer.planners.parking.reading.supply import free_width_m, may_hold

# Outlines are given to the millimetre; a straight row may leave a bent kerb by so much.
_ROUNDING_M, _BENT_M, _OVERLAP_M2 = 0.005, 0.3, 0.02


def berth_faults(facts: Facts) -> Iterator[PlanFault]:
    """Yield what is wrong with berths."""
    yield from _clear(facts)
    yield from _sizes(facts)
    yield from _overlaps(facts)
    yield from _widths(facts)
    yield from _lots(facts)
    yield from _numbers(facts)
    yield from _standing(facts)


def _clear(facts: Facts) -> Iterator[PlanFault]:
    """Yield berths of the plan's own that are too near to what they are kept clear of."""
    own = [k for k, b in enumerate(facts.berths) if b["state"] == NEW and b["side"] != LOT and facts.row_of(b) is None]
    shapes = facts.shapes[own]
    for rule in facts.ground.rules:
        if not (len(rule.things) and len(own)):
            continue
        hit, thing = shapely.STRtree(rule.things).query(shapes, "dwithin", rule.distance_m - _ROUNDING_M)
        for k in np.unique(hit).tolist():
            away_m = float(shapely.distance(shapes[k], rule.things[thing[hit == k]]).min())
            item = str(facts.berths[own[k]]["id"])
            zh = f"泊位 {item} 距{rule.label.zh} {away_m:.1f} m，应不小于 {rule.distance_m:g} m"
            yield fault(
                "keep_clear",
                item,
                zh,
                f"berth {item} is {away_m:.1f} m from {rule.label.en}, at least {rule.distance_m:g} m",
            )


def _sizes(facts: Facts) -> Iterator[PlanFault]:
    """Yield parallel berths that are smaller than asked, and outlines that are no four-cornered shape."""
    params = facts.ground.params
    for berth, shape in zip(facts.berths, facts.shapes, strict=True):
        if berth["state"] != NEW or facts.row_of(berth) is not None:
            continue
        corners = shapely.get_coordinates(shape)[:4]
        sides = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
        item = str(berth["id"])
        if len(corners) < 4 or shape.area < 1.0:
            yield fault("wrong_size", item, f"泊位 {item} 不是四边形", f"berth {item} has no four corners")
        elif berth["side"] != LOT and berth["angle_deg"] == 0:
            long_m, wide_m = float(max(sides)), float(min(sides))
            if long_m < params.berth_length_m - _ROUNDING_M or wide_m < params.berth_width_m - _ROUNDING_M:
                zh = f"泊位 {item} 为 {long_m:.2f} × {wide_m:.2f} m，应不小于 {params.berth_length_m:g} × {params.berth_width_m:g} m"
                en = f"berth {item} is {long_m:.2f} x {wide_m:.2f} m, at least {params.berth_length_m:g} x {params.berth_width_m:g} m"
                yield fault("wrong_size", item, zh, en)
        elif shape.area < 12.0 - _ROUNDING_M:
            yield fault(
                "wrong_size",
                item,
                f"泊位 {item} 面积 {shape.area:.1f} m²，应不小于 12 m²",
                f"berth {item}: {shape.area:.1f} m2, at least 12",
            )


def _overlaps(facts: Facts) -> Iterator[PlanFault]:
    there = [k for k, b in enumerate(facts.berths) if b["state"] != REMOVED and not (b["state"] == KEPT or facts.row_of(b))]
    stays = [k for k, b in enumerate(facts.berths) if b["state"] != REMOVED]
    own, all_of = facts.shapes[there], facts.shapes[stays]
    one, other = shapely.STRtree(all_of).query(own, "intersects") if len(all_of) else (np.empty(0, int), np.empty(0, int))
    first, second = np.array(there, dtype=np.int64)[one], np.array(stays, dtype=np.int64)[other]
    differ = first != second
    first, second = first[differ], second[differ]
    area = shapely.area(shapely.intersection(facts.shapes[first], facts.shapes[second]))
    for k in np.flatnonzero(area > _OVERLAP_M2).tolist():
        a, b = str(facts.berths[first[k]]["id"]), str(facts.berths[second[k]]["id"])
        if a < b or second[k] not in set(there):
            yield fault(
                "overlap", a, f"泊位 {a} 与 {b} 重叠 {area[k]:.2f} m²", f"berths {a} and {b} overlap by {area[k]:.2f} m2"
            )


def _widths(facts: Facts) -> Iterator[PlanFault]:
    """Yield streets that are too narrow for their berths, and berths that stand outside their carriageway."""
    ground, params = facts.ground, facts.ground.params
    streets, width_m = ground.streets, free_width_m(ground.streets, params)
    may = may_hold(streets, params)
    by_street = defaultdict[int, list[int]](list)
    for k, berth in enumerate(facts.berths):
        if berth["state"] == NEW and berth["side"] != LOT and facts.row_of(berth) is None:
            by_street[streets.row_of.get(str(berth["place"]), -1)].append(k)
    for street, rows in by_street.items():
        if street < 0:
            yield fault(
                "unknown_place",
                str(facts.berths[rows[0]]["place"]),
                "泊位所在道路不存在",
                "a berth lies at no street of the city",
            )
            continue
        item, line, half_m = str(streets.ids[street]), streets.geometry.shapely[street], float(streets.width_m[street]) / 2
        corners = shapely.get_coordinates(facts.shapes[rows]).reshape(len(rows), -1, 2)
        away_m = shapely.distance(line, shapely.points(corners))
        deep_m = {side: 0.0 for side in ("L", "R")}
        for k, out in zip(rows, away_m, strict=True):
            berth = facts.berths[k]
            if out.max() > half_m + _BENT_M:
                zh = f"泊位 {berth['id']} 超出车行道 {out.max() - half_m:.2f} m"
                yield fault(
                    "off_kerb",
                    str(berth["id"]),
                    zh,
                    f"berth {berth['id']} is {out.max() - half_m:.2f} m outside the carriageway",
                )
            deep_m[str(berth["side"])] = max(deep_m[str(berth["side"])], float(berth_depth(berth, params.berth_width_m)))
        n_sides, one_way = sum(d > 0 for d in deep_m.values()), facts.is_one_way(street)
        table_m = {
            (True, 1): params.one_one_m, (True, 2): params.one_both_m, (False, 1): params.two_one_m, (False, 2): params.two_both_m,
        }[one_way, n_sides]  # fmt: skip
        free_m = float(width_m[street]) - sum(deep_m.values())
        if not may[street] or width_m[street] < table_m - 1e-9 or free_m < params.fire_m - _ROUNDING_M:
            zh = f"道路 {item} 可用宽 {width_m[street]:.1f} m，{n_sides} 侧设泊位需 {table_m:g} m，余宽 {free_m:.1f} m（消防 {params.fire_m:g} m）"
            en = f"street {item}: {width_m[street]:.1f} m wide, {table_m:g} m for berths on {n_sides} sides, {free_m:.1f} m stay free of {params.fire_m:g}"
            yield fault("too_narrow", item, zh, en)


def berth_depth(berth: dict[str, object], parallel_m: float) -> float:
    """Return how far a berth reaches into the carriageway, by its angle and the length of its sides."""
    angle = math.radians(float(str(berth["angle_deg"])))
    return float(str(berth["deep_m"])) * (math.sin(angle) if 0 < angle < math.pi / 2 else 1.0) if angle else parallel_m


def _lots(facts: Facts) -> Iterator[PlanFault]:
    """Yield stalls that reach beyond their lot."""
    lots = facts.ground.city[Lots]
    outlines = (
        shapely.buffer(shapely.make_valid(lots.geometry.shapely), _BENT_M / 10) if len(lots) else np.empty(0, dtype=object)
    )
    for berth, shape in zip(facts.berths, facts.shapes, strict=True):
        if berth["side"] != LOT:
            continue
        row = lots.row_of.get(str(berth["place"]), -1)
        if row < 0 or not shapely.covers(outlines[row], shape):
            yield fault(
                "off_kerb", str(berth["id"]), f"泊位 {berth['id']} 超出场地", f"berth {berth['id']} reaches beyond its lot"
            )


def _numbers(facts: Facts) -> Iterator[PlanFault]:
    """Yield changes whose berths are drawn in another number."""
    drawn = Counter((str(b["place"]), str(b["side"])) for b in facts.berths if b["state"] == NEW and facts.row_of(b) is None)
    for change in facts.plan.changes:
        if change.kind is ChangeKind.MARK_BERTHS:
            place, _, side = change.item.rpartition(":")
        elif change.kind is ChangeKind.BUILD:
            place, side = change.item, LOT
        else:
            continue
        n = drawn.pop((place, side), 0)
        if n != round(change.size):
            zh, en = (
                f"{change.item} 记为 {change.size:.0f} 个泊位，图上为 {n} 个",
                f"{change.item}: {change.size:.0f} berths are told, {n} drawn",
            )
            yield fault("not_drawn", change.item, zh, en)
    for (place, side), n in drawn.items():
        yield fault(
            "not_drawn",
            place,
            f"{place} {side} 图上有 {n} 个泊位而无变更",
            f"{place} {side}: {n} berths are drawn without a change",
        )


def _standing(facts: Facts) -> Iterator[PlanFault]:
    """Yield berths that stand and break a rule but are kept without a decision, and decisions that are not kept."""
    drawn = {str(b["id"]): str(b["state"]) for b in facts.berths}
    if not facts.plan.extra_layers:
        return
    for row in facts.ground.standing:
        for k, why in enumerate(row.broken, start=1):
            item, state = f"{row.item}#{k}", drawn.get(f"{row.item}#{k}", "")
            if not row.decision:
                if why and state != REMOVED:
                    words = "、".join(why)
                    yield fault(
                        "kept_breach",
                        item,
                        f"泊位 {item} 违反 {words} 而未清除",
                        f"berth {item} breaks {', '.join(why)} and is kept",
                    )
                elif not why and state != KEPT:
                    yield fault(
                        "removed_unasked",
                        item,
                        f"泊位 {item} 符合规定却被清除",
                        f"berth {item} keeps all rules and is removed",
                    )
            elif state != {"keep": KEPT, "add": NEW, "remove": REMOVED}[row.decision]:
                yield fault(
                    "decision_broken",
                    item,
                    f"泊位 {item}：未执行议事会决定",
                    f"berth {item}: the council's decision is not kept",
                )
