"""Who parks where: no more cars than want a berth, no more than there are berths, no walk longer than allowed or told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from optimizer.plan import PlanFault
from optimizer.planners.parking.checking.facts import Facts, fault
from optimizer.planners.parking.reading.demand import PERIODS

_ROUNDING_M = 0.01


def car_faults(facts: Facts) -> Iterator[PlanFault]:
    """Yield what is wrong with who parks where."""
    ground = facts.ground
    zone_of = {item: k for k, item in enumerate(ground.demand.ids)}
    period_of = {p.hour: k for k, p in enumerate(PERIODS)}
    walk_m = _walks(facts)
    parked, wanted = defaultdict[tuple[str, int], float](float), defaultdict[tuple[int, int], float](float)
    for a in facts.plan.assignments:
        zone, period = zone_of.get(a.item, -1), period_of.get(a.hour, -1)
        way_m = walk_m.get((zone, a.server))
        if zone < 0 or period < 0 or not a.amount > 0 or a.amount != round(a.amount):
            en = f"{a.amount} cars of {a.item} at {a.hour}:00: no such place or period, or no whole cars"
            yield fault("too_full", a.item, f"{a.item} {a.hour}:00 的 {a.amount} 辆车不成立", en)
            continue
        if way_m is None or abs(way_m - a.distance_m) > _ROUNDING_M:
            told = "∞" if way_m is None else f"{way_m:.1f}"
            zh = f"{a.item} 到 {a.server} 步行 {told} m，记为 {a.distance_m:.1f} m，上限 {ground.reach_m[zone]:g} m"
            en = (
                f"{a.item} to {a.server}: {told} m to walk, told as {a.distance_m:.1f} m, at most {ground.reach_m[zone]:g} m"
            )
            yield fault("too_far", a.item, zh, en)
        parked[a.server, period] += a.amount
        wanted[zone, period] += a.amount
    berths = facts.n_berths
    for (server, period), n in parked.items():
        if facts.plan.extra_layers and n > berths[server]:
            label = PERIODS[period].label
            zh = f"{server} {label.zh}停 {n:.0f} 辆，只有 {berths[server]} 个泊位"
            yield fault("too_full", server, zh, f"{server}, {label.en}: {n:.0f} cars, {berths[server]} berths")
    for (zone, period), n in wanted.items():
        most = int(ground.demand.n_wanting[period, zone])
        if n > most:
            item = ground.demand.ids[zone]
            yield fault(
                "too_full", item, f"{item} 停放 {n:.0f} 辆，需求只有 {most}", f"{item}: {n:.0f} cars parked, {most} want to"
            )


def _walks(facts: Facts) -> dict[tuple[int, str], float]:
    """Return all walks within reach, by row of the demand and place."""
    ground = facts.ground
    servers = sorted({a.server for a in facts.plan.assignments})
    lots = {lot.item: lot.at_m for lot in ground.lots}
    known = [s for s in servers if s in lots or s in ground.streets.row_of]
    if not known:
        return {}
    middles = ground.middle_m(np.array([ground.streets.row_of.get(s, 0) for s in known], dtype=np.int64))
    xy_m = np.array([lots[s] if s in lots else middles[k] for k, s in enumerate(known)])
    walks = ground.walks(xy_m)
    return {
        (zone, known[place]): m
        for zone, place, m in zip(walks.start.tolist(), walks.end.tolist(), walks.length_m.tolist(), strict=True)
    }
