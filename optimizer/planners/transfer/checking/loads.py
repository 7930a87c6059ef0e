"""Who goes where: every item once, in full, to an open station; and no station beyond what it takes at the peak."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

import numpy as np

from layers.kinds.facilities import Plants, WastePoints
from layers.text import Text
from layers.units import KM_M
from optimizer.changes import ChangeKind
from optimizer.check import object_of
from optimizer.plan import Assignment, Plan, PlanFault
from optimizer.planners.transfer.checking.ground import Ground
from optimizer.planners.transfer.checking.ways import taking_plants
from optimizer.planners.transfer.checking.works import OPENS

_TOLERANCE = 1e-6
# A way may be shorter than the straight line by the two ends' distance from their street, and by rounding.
_SHORTER_M = 5.0


def sizes(ground: Ground, plan: Plan) -> dict[str, float]:
    """Return the capacity of each open station, t/d."""
    changed = {c.item for c in plan.changes}
    found = {s.id: s.capacity_t_day for s in ground.sites.values() if s.stands and s.id not in changed}
    return found | {c.item: c.size for c in plan.changes if c.kind in OPENS}


def load_faults(ground: Ground, plan: Plan) -> Iterator[PlanFault]:
    """Name items that are served wrongly or not told of, closed stations that are used, and overfull ones."""
    wanted, capacity = ground.waste_t_day, sizes(ground, plan)
    brought = to_stations(ground, plan)
    times = Counter(a.item for a in brought)
    times.update(u.item for u in plan.unserved)
    for item in sorted(wanted.keys() | times.keys()):
        n = times.get(item, 0)
        if n != 1 and item in wanted:
            yield _fault("not_once", item, f"{item} 被列 {n} 次", f"{item} is told {n} times, once is expected")
        elif item not in wanted:
            yield _fault("no_waste", item, f"{item} 没有垃圾", f"{item} has no waste to bring")
    load: dict[str, float] = {}
    for a in brought:
        load[a.server] = load.get(a.server, 0.0) + a.amount
        if a.server not in capacity:
            yield _fault(
                "not_open", a.item, f"{a.item} 去未开放的 {a.server}", f"{a.item} goes to {a.server}, which is not open"
            )
        given = wanted.get(a.item, a.amount)
        if not math.isclose(given, a.amount, rel_tol=_TOLERANCE, abs_tol=1e-9):
            yield _fault(
                "wrong_amount",
                a.item,
                f"{a.item} 记为 {a.amount:g} t/d，应为 {given:g}",
                f"{a.item} brings {a.amount:g} t/d, it has {given:g}",
            )
    peak = ground.params.peak_factor
    for server, t_day in sorted(load.items()):
        most = capacity.get(server, math.inf)
        if peak * t_day > most * (1 + _TOLERANCE):
            zh = f"{server} 高峰 {peak * t_day:.2f} t/d，能力 {most:g}"
            yield _fault("overloaded", server, zh, f"{server} gets {peak * t_day:.2f} t/d at the peak, it takes {most:g}")
    yield from _short_faults(ground, plan)
    yield from _onward_faults(ground, plan)


def to_stations(ground: Ground, plan: Plan) -> list[Assignment]:
    """Return who brings waste to stations; the rest is what these send on to plants."""
    plants = ground.city[Plants].row_of
    return [a for a in plan.assignments if a.server not in plants]


def _onward_faults(ground: Ground, plan: Plan) -> Iterator[PlanFault]:
    """Name stations that send on more or less of a stream than they get, or to a plant that does not take it."""
    plants = ground.city[Plants]
    got: dict[str, float] = {}
    for a in to_stations(ground, plan):
        key = f"{a.server}:{a.item.rpartition(':')[2]}"
        got[key] = got.get(key, 0.0) + a.amount
    sent: dict[str, float] = {}
    for a in plan.assignments:
        if a.server not in plants.row_of:
            continue
        sent[a.item] = sent.get(a.item, 0.0) + a.amount
        taking = taking_plants(ground, a.item.rpartition(":")[2])
        if plants.row_of[a.server] not in taking:
            yield _fault(
                "wrong_plant",
                a.item,
                f"{a.server} 不接收 {a.item}",
                f"{a.item} is sent to {a.server}, which does not take it",
            )
    for key in sorted(got.keys() | sent.keys()):
        there = len(taking_plants(ground, key.rpartition(":")[2])) > 0
        a_day, on = got.get(key, 0.0), sent.get(key, 0.0)
        if there and not math.isclose(a_day, on, rel_tol=_TOLERANCE, abs_tol=1e-9):
            yield _fault(
                "not_sent_on", key, f"{key} 收 {a_day:g}、转 {on:g} t/d", f"{key} gets {a_day:g} t/d and sends on {on:g}"
            )


def _fault(code: str, where: str, zh: str, en: str) -> PlanFault:
    return PlanFault(code, where, Text(zh, en))


def _short_faults(ground: Ground, plan: Plan) -> Iterator[PlanFault]:
    """Name ways that are shorter than a straight line, and capacities that were left unused for waste that none takes."""
    points = ground.city[WastePoints]
    known = [a for a in to_stations(ground, plan) if a.server in ground.sites and object_of(a.item) in points.row_of]
    if known:
        import shapely

        xy_m = points.geometry.coords[[points.row_of[object_of(a.item)] for a in known]]
        shapes = np.array([ground.sites[a.server].shape for a in known], dtype=object)
        straight_m = shapely.distance(shapely.points(xy_m), shapes)
        slack_m = ground.params.point_snap_m + ground.params.snap_m + _SHORTER_M
        for k in np.flatnonzero([not a.distance_m >= s - slack_m for a, s in zip(known, straight_m, strict=True)]).tolist():
            a, metres = known[k], float(straight_m[k])
            zh = f"{a.item} 到 {a.server} 记为 {a.distance_m:.0f} m，直线 {metres / KM_M:.2f} km"
            yield _fault(
                "too_short",
                a.item,
                zh,
                f"{a.item} to {a.server} is given as {a.distance_m:.0f} m, {metres / KM_M:.2f} km straight",
            )
    left = [u for u in plan.unserved if u.binding == "capacity"]
    if left:
        room = _room(ground, plan)
        for u in left:
            if u.item in ground.waste_t_day and room >= ground.waste_t_day[u.item] * ground.params.peak_factor:
                text = Text(f"{u.item} 未安排，但有站还有余量", f"{u.item} is left, but a station has room for it")
                yield PlanFault("wrong_reason", u.item, text)


def _room(ground: Ground, plan: Plan) -> float:
    """Return the most that any open station could take besides, t/d at the peak."""
    load: dict[str, float] = {}
    for a in to_stations(ground, plan):
        load[a.server] = load.get(a.server, 0.0) + a.amount * ground.params.peak_factor
    return max((size - load.get(server, 0.0) for server, size in sizes(ground, plan).items()), default=0.0)


def closes(plan: Plan) -> int:
    """Return how many stations are closed."""
    return sum(c.kind is ChangeKind.CLOSE for c in plan.changes)
