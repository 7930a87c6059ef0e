"""Measure every berth: clear distances, size, overlap, and whether as many are drawn as are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import shapely

from layers.kinds.parking import Lots
from optimizer.changes import ChangeKind
from optimizer.plan import PlanFault
from optimizer.planners.parking.checking.facts import KEPT, LOT, NEW, REMOVED, Facts, fault
from optimizer.planners.parking.reading.stalls import stalls_of

# Outlines are given to the millimetre.
_ROUNDING_M, _ROUNDING_M2, _OVERLAP_M2, _LOT_M = 0.005, 0.05, 0.02, 0.03
# Least that any stall of a lot covers: 2.5 m by the 5.3 m of a square one (JGJ 100-2015 as it is quoted, certainty B).
_LOT_M2 = 13.2


def berth_faults(facts: Facts) -> Iterator[PlanFault]:
    """Yield what is wrong with berths."""
    yield from _clear(facts)
    yield from _sizes(facts)
    yield from _overlaps(facts)
    yield from _lots(facts)
    yield from _numbers(facts)
    yield from _standing(facts)


def _clear(facts: Facts) -> Iterator[PlanFault]:
    """Yield berths of the plan's own that are too near to what they are kept clear of."""
    own = [k for k in facts.own if facts.berths[k]["side"] != LOT]
    shapes = facts.shapes[own]
    for rule in facts.ground.rules if own else ():
        if not len(rule.things):
            continue
        hit, thing = shapely.STRtree(rule.things).query(shapes, "dwithin", rule.distance_m - _ROUNDING_M)
        for k in np.unique(hit).tolist():
            away_m = float(shapely.distance(shapes[k], rule.things[thing[hit == k]]).min())
            item, label = str(facts.berths[own[k]]["id"]), rule.label
            zh = f"泊位 {item} 距{label.zh} {away_m:.1f} m，应不小于 {rule.distance_m:g} m"
            en = f"berth {item} is {away_m:.1f} m from {label.en}, at least {rule.distance_m:g} m"
            yield fault("keep_clear", item, zh, en)


def _sizes(facts: Facts) -> Iterator[PlanFault]:
    """Yield berths that are smaller than their kind: parallel ones by both sides, others by their area."""
    params, own = facts.ground.params, facts.own
    least_m2 = {float(s.angle_deg): s.along_m * s.deep_m for s in stalls_of(params)}
    sides, area_m2 = facts.sides_m[own], shapely.area(facts.shapes[own])
    long_m, wide_m = sides.max(axis=1, initial=0.0), sides.min(axis=1, initial=np.inf)
    for at, k in enumerate(own):
        berth, item = facts.berths[k], str(facts.berths[k]["id"])
        wanted = _LOT_M2 if berth["side"] == LOT else least_m2.get(float(berth["angle_deg"]), np.inf)
        small = area_m2[at] < wanted - _ROUNDING_M2
        if berth["side"] != LOT and berth["angle_deg"] == 0:
            small |= long_m[at] < params.berth_length_m - _ROUNDING_M or wide_m[at] < params.berth_width_m - _ROUNDING_M
        if small:
            zh = f"泊位 {item} 为 {long_m[at]:.2f} × {wide_m[at]:.2f} m，小于规定（{wanted:.1f} m²）"
            en = f"berth {item} is {long_m[at]:.2f} x {wide_m[at]:.2f} m, too small ({wanted:.1f} m2 are expected)"
            yield fault("wrong_size", item, zh, en)


def _overlaps(facts: Facts) -> Iterator[PlanFault]:
    """Yield berths of the plan's own that cover ground of another one that is there."""
    own = np.array(facts.own, dtype=np.int64)
    there = np.array([k for k, b in enumerate(facts.berths) if b["state"] != REMOVED], dtype=np.int64)
    if not len(own):
        return
    one, other = shapely.STRtree(facts.shapes[there]).query(facts.shapes[own], "intersects")
    first, second = own[one], there[other]
    # each pair once; a berth that stands is no pair's first
    once = (first < second) | ~np.isin(second, own)
    first, second = first[once & (first != second)], second[once & (first != second)]
    area_m2 = shapely.area(shapely.intersection(facts.shapes[first], facts.shapes[second]))
    for k in np.flatnonzero(area_m2 > _OVERLAP_M2).tolist():
        a, b = str(facts.berths[first[k]]["id"]), str(facts.berths[second[k]]["id"])
        en = f"berths {a} and {b} overlap by {area_m2[k]:.2f} m2"
        yield fault("overlap", a, f"泊位 {a} 与 {b} 重叠 {area_m2[k]:.2f} m²", en)


def _lots(facts: Facts) -> Iterator[PlanFault]:
    """Yield stalls that reach beyond their lot."""
    lots = facts.ground.city[Lots]
    outlines = shapely.buffer(shapely.make_valid(lots.geometry.shapely), _LOT_M)
    for berth, shape in zip(facts.berths, facts.shapes, strict=True):
        if berth["side"] != LOT:
            continue
        row, item = lots.row_of.get(str(berth["place"]), -1), str(berth["id"])
        if row < 0 or not shapely.covers(outlines[row], shape):
            yield fault("off_kerb", item, f"泊位 {item} 超出场地", f"berth {item} reaches beyond its lot")


def _numbers(facts: Facts) -> Iterator[PlanFault]:
    """Yield changes whose berths are drawn in another number."""
    if not facts.plan.extra_layers:
        return
    drawn = Counter((str(facts.berths[k]["place"]), str(facts.berths[k]["side"])) for k in facts.own)
    for change in facts.plan.changes:
        if change.kind is ChangeKind.MARK_BERTHS:
            place, _, side = change.item.rpartition(":")
        elif change.kind is ChangeKind.BUILD:
            place, side = change.item, LOT
        else:
            continue
        n = drawn.pop((place, side), 0)
        if n != round(change.size):
            en = f"{change.item}: {change.size:.0f} berths are told, {n} drawn"
            yield fault("not_drawn", change.item, f"{change.item} 记为 {change.size:.0f} 个泊位，图上为 {n} 个", en)
    for (place, side), n in drawn.items():
        en = f"{place} {side}: {n} berths are drawn without a change"
        yield fault("not_drawn", place, f"{place} {side} 图上有 {n} 个泊位而无变更", en)


def _standing(facts: Facts) -> Iterator[PlanFault]:
    """Yield berths that stand and break a rule but are kept without a decision, and decisions that are not kept."""
    drawn = {str(b["id"]): str(b["state"]) for b in facts.berths}
    for row in facts.ground.standing if facts.plan.extra_layers else ():
        for k, why in enumerate(row.broken, start=1):
            item = f"{row.item}#{k}"
            state = drawn.get(item, "")
            if row.decision:
                if state != {"keep": KEPT, "add": NEW, "remove": REMOVED}[row.decision]:
                    en = f"berth {item}: the council's decision is not kept"
                    yield fault("decision_broken", item, f"泊位 {item}：未执行议事会决定", en)
            elif why and state != REMOVED:
                en = f"berth {item} breaks {', '.join(why)} and is kept"
                yield fault("kept_breach", item, f"泊位 {item} 违反 {'、'.join(why)} 而未清除", en)
            elif not why and state != KEPT:
                en = f"berth {item} keeps all rules and is removed"
                yield fault("removed_unasked", item, f"泊位 {item} 符合规定却被清除", en)
