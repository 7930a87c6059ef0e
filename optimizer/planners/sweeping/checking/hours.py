"""Check when passes are swept: off the peaks, the first sweep in time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.text import Text
from layers.units import clock
from optimizer.ground.street_rules import TOLERANCE
from optimizer.leg_table import LegTable
from optimizer.plan import PlanFault, Route
from optimizer.planners.sweeping.checking.rules import Rules
from optimizer.planners.sweeping.day.hours import inside


def hours_kept(rules: Rules, routes: tuple[Route, ...]) -> Iterator[PlanFault]:
    """Yield the passes that are swept at an hour at which they may not be."""
    windows = rules.windows_s
    if windows is None:
        return
    table, row_of = LegTable.of(routes), rules.passes.row_of
    serves, rows = table.served(row_of)
    serves, rows = serves[rows >= 0], rows[rows >= 0]
    right = inside(windows[rows], table.start_s[serves], table.end_s[serves], TOLERANCE)
    for n in np.flatnonzero(~right).tolist():
        leg, route = table.legs[serves[n]], table.routes[table.route[serves[n]]]
        runs = f"{clock(leg.start_s)}-{clock(leg.end_s)}"
        open_then = ", ".join(f"{clock(a)}-{clock(b)}" for a, b in windows[rows[n]].tolist() if b >= a) or "-"
        zh = f"路线 {route.id}：{leg.item} 在 {runs} 清扫，只可在 {open_then}"
        en = f"route {route.id}: {leg.item} is swept {runs}, allowed is {open_then}"
        yield PlanFault("wrong_hours", route.id, Text(zh, en))
