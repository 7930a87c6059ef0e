"""Is every home still reached, and is nobody sent round too far? By the streets alone, for each kind of vehicle."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimizer.changes import ChangeKind
from optimizer.plan import PlanFault
from optimizer.planners.parking.checking.facts import Facts, fault
from optimizer.planners.parking.measuring.detours import detours_of
from optimizer.planners.parking.reading.driving import may_turn_one_way


def driving_faults(facts: Facts) -> Iterator[PlanFault]:
    """Yield what is wrong with one-ways."""
    ground, directions = facts.ground, facts.directions
    may = may_turn_one_way(ground.city, ground.params) & ~ground.fixed
    changed = {c.item for c in facts.plan.changes if c.kind is ChangeKind.ONE_WAY}
    if facts.plan.extra_layers:
        for item in sorted(changed ^ set(directions)):
            yield fault(
                "one_way", item, f"道路 {item} 的单行变更与图上不符", f"street {item}: changed and drawn one-ways differ"
            )
    for item, direction in directions.items():
        row = ground.streets.row_of.get(item, -1)
        if row < 0 or direction not in ("forward", "backward") or not may[row]:
            yield fault("one_way", item, f"道路 {item} 不得改单行", f"street {item} may not be made one-way")
    ways = detours_of(ground, directions)
    for item in ways.cut_off:
        yield fault("cut_off", item, f"道路 {item} 改单行后不再通达", f"street {item} is no longer reached")
    params = ground.params
    for item, extra_m in ways.too_far:
        told = f"{extra_m:.0f} m" if np.isfinite(extra_m) else "∞"
        zh = f"道路 {item} 改单行后绕行 {told}，上限 {params.detour_m:g} m、{params.detour_s:g} s"
        yield fault(
            "detour", item, zh, f"street {item}: {told} round, at most {params.detour_m:g} m and {params.detour_s:g} s"
        )
