"""Check a week: each point at its time on every day, by the same vehicle."""

from __future__ import annotations

from collections.abc import Iterator

from layers.text import Text
from layers.units import MINUTE_S, clock
from optimizer.plan import LegKind, PlanFault, Route
from optimizer.planners.collection.checking.rules import Rules

_TOLERANCE_S = 0.5


def week_faults(rules: Rules, routes: tuple[Route, ...]) -> Iterator[PlanFault]:
    """Yield items that are served at another time, by another vehicle, or on some days alone."""
    n_days = len(rules.night.day_shares)
    if n_days < 2:
        return
    times: dict[str, dict[int, tuple[float, str]]] = {}
    for route in routes:
        for leg in route.legs:
            if leg.kind is LegKind.SERVE:
                times.setdefault(leg.item, {})[route.day] = (leg.start_s, route.vehicle)
    most_s = rules.params.tolerance_min * MINUTE_S
    for item, days in sorted(times.items()):
        if len(days) < n_days:
            en = f"{item} is served on {len(days)} of {n_days} days"
            yield PlanFault("not_every_day", item, Text(f"{item} 只在 {n_days} 天中的 {len(days)} 天收集", en))
            continue
        base_s, vehicle = days[rules.night.base_day]
        off = max(days.values(), key=lambda d: abs(d[0] - base_s))
        if abs(off[0] - base_s) > most_s + _TOLERANCE_S:
            zh = f"{item} 的时刻从 {clock(base_s)} 到 {clock(off[0])}，超过 {rules.params.tolerance_min:g} 分钟"
            en = f"{item} moves from {clock(base_s)} to {clock(off[0])}, more than {rules.params.tolerance_min:g} min"
            yield PlanFault("time_moved", item, Text(zh, en))
        if {who for _, who in days.values()} != {vehicle}:
            yield PlanFault("vehicle_moved", item, Text(f"{item} 各日车辆不同", f"{item} is served by several vehicles"))
