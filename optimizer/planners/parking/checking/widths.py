"""Measure whether each street is wide enough for its berths, and whether they stand within its carriageway."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import shapely

from optimizer.plan import PlanFault
from optimizer.planners.parking.checking.facts import LOT, Facts, fault
from optimizer.planners.parking.reading.stalls import table_width_m
from optimizer.planners.parking.reading.supply import free_width_m, may_hold

# A straight row may leave a bent kerb by so much.
_BENT_M, _ROUNDING_M = 0.3, 0.005


def width_faults(facts: Facts) -> Iterator[PlanFault]:
    """Yield streets that are too narrow for their berths, and berths that stand outside their carriageway."""
    by_street = defaultdict[int, list[int]](list)
    for k in facts.own:
        if facts.berths[k]["side"] != LOT:
            by_street[facts.ground.streets.row_of.get(str(facts.berths[k]["place"]), -1)].append(k)
    lost = by_street.pop(-1, [])
    if lost:
        item = str(facts.berths[lost[0]]["place"])
        yield fault("unknown_place", item, "泊位所在道路不存在", f"{len(lost)} berths lie at no street of the city")
    params = facts.ground.params
    width_m, may = free_width_m(facts.ground.streets, params), may_hold(facts.ground.streets, params)
    for street, rows in by_street.items():
        yield from _outside(facts, street, rows)
        yield from _narrow(facts, street, rows, float(width_m[street]) if may[street] else 0.0)


def _outside(facts: Facts, street: int, rows: list[int]) -> Iterator[PlanFault]:
    streets = facts.ground.streets
    line, half_m = streets.geometry.shapely[street], float(streets.width_m[street]) / 2
    corners = facts.corners_m[rows]
    away_m = shapely.distance(line, shapely.points(corners)).max(axis=1)
    for at in np.flatnonzero(away_m > half_m + _BENT_M).tolist():
        item, out_m = str(facts.berths[rows[at]]["id"]), float(away_m[at]) - half_m
        yield fault(
            "off_kerb", item, f"泊位 {item} 超出车行道 {out_m:.2f} m", f"berth {item} is {out_m:.2f} m off its carriageway"
        )


def _narrow(facts: Facts, street: int, rows: list[int], width_m: float) -> Iterator[PlanFault]:
    params, deep_m = facts.ground.params, defaultdict[str, float](float)
    for k in rows:
        berth = facts.berths[k]
        deep_m[str(berth["side"])] = max(deep_m[str(berth["side"])], depth_m(berth, params.berth_width_m))
    table_m = table_width_m(len(deep_m), facts.is_one_way(street), params)
    free_m = width_m - sum(deep_m.values())
    if width_m < table_m - 1e-9 or free_m < params.fire_m - _ROUNDING_M:
        item = str(facts.ground.streets.ids[street])
        zh = f"道路 {item} 可用宽 {width_m:.1f} m，{len(deep_m)} 侧设泊位需 {table_m:g} m"
        zh += f"；余宽 {free_m:.1f} m，消防需 {params.fire_m:g} m"
        en = (
            f"street {item}: {width_m:.1f} m wide, {table_m:g} m for berths on {len(deep_m)} kerbs; {free_m:.1f} m stay free"
        )
        yield fault("too_narrow", item, zh, f"{en}, {params.fire_m:g} m for fire engines")


def depth_m(berth: Mapping[str, Any], parallel_m: float) -> float:
    """Return how far a berth reaches into the carriageway, by its angle and the length of its sides."""
    angle = math.radians(float(berth["angle_deg"]))
    return float(berth["deep_m"]) * math.sin(angle) if angle else parallel_m
