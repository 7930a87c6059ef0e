"""Who goes where: every item once, in full, to an open station; and no station beyond what it takes at the peak."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

import numpy as np

from layers.kinds.facilities import WastePoints
from layers.text import Text
from layers.units import KM_M
from optimizer.changes import ChangeKind
from optimizer.check import object_of
from optimizer.plan import Plan, PlanFault
from optimizer.planners.transfer.checking.ground import Ground
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
    times = Counter(a.item for a in plan.assignments)
    times.update(u.item for u in plan.unserved)
    for item in sorted(wanted.keys() | times.keys()):
        n = times.get(item, 0)
        if n != 1 and item in wanted:
            yield _fault("not_once", item, f"{item} 被列 {n} 次", f"{item} is told {n} times, once is expected")
        elif item not in wanted:
            yield _fault("no_waste", item, f"{item} 没有垃圾", f"{item} has no waste to bring")
    load: Counter[str] = Counter()
    for a in plan.assignments:
        load[a.server] += a.amount
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


def _fault(code: str, where: str, zh: str, en: str) -> PlanFault:
    return PlanFault(code, where, Text(zh, en))


def _short_faults(ground: Ground, plan: Plan) -> Iterator[PlanFault]:
    """Name ways that are shorter than a straight line, and capacities that were left unused for waste that none takes."""
    points = ground.city[WastePoints]
    known = [a for a in plan.assignments if a.server in ground.sites and object_of(a.item) in points.row_of]
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
    load: Counter[str] = Counter()
    for a in plan.assignments:
        load[a.server] += a.amount * ground.params.peak_factor
    return max((size - load[server] for server, size in sizes(ground, plan).items()), default=0.0)


def closes(plan: Plan) -> int:
    """Return how many stations are closed."""
    return sum(c.kind is ChangeKind.CLOSE for c in plan.changes)
