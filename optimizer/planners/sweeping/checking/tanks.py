"""Check vehicles' water: none sprayed that the tank does not hold, and every refill at its water point, in its time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from layers.layer import F64
from layers.units import clock
from optimizer.ground.places import Place
from optimizer.ground.street_rules import TOLERANCE
from optimizer.ground.street_walk import Found
from optimizer.plan import Leg, LegKind
from optimizer.planners.sweeping.checking.standing import Standing
from optimizer.planners.sweeping.checking.walk import Walk

# Sums of litres that were each rounded to the last place of a float.
_LITRES = 0.5


def used_l(walk: Walk) -> F64:
    """Return the litres that are sprayed by the end of each leg since the last refill before it, shape (n_legs,)."""
    table = walk.legs
    fills = table.doing(LegKind.REFILL)
    total_l = np.append(0.0, np.cumsum(np.where(fills, 0.0, -table.water_l)))
    begins = np.append(True, fills[:-1])
    begins[table.first[:-1][np.diff(table.first) > 0]] = True
    begun_at = np.maximum.accumulate(np.where(begins, np.arange(len(fills)), 0))
    return np.asarray(total_l[1:] - total_l[begun_at])


def tanks(walk: Walk, holds_l: F64) -> Found:
    """Check that no more is sprayed than the tank holds, and that refills give back what was sprayed.

    Parameters
    ----------
    holds_l
        Litres of each route's tank, shape (n_routes,); NaN where it is not looked at.
    """
    table = walk.legs
    if not len(table.legs):
        return
    used = used_l(walk)
    fills, looked_at = table.doing(LegKind.REFILL), ~np.isnan(holds_l)[table.route]
    for k in np.flatnonzero(fills & looked_at & (np.abs(table.water_l - used) > _LITRES)).tolist():
        when, told, due = clock(table.legs[k].start_s), f"{table.water_l[k]:.0f} L", f"{used[k]:.0f} L"
        en = f"{told} filled at {when}, {due} were used"
        yield walk.fault(int(table.route[k]), "wrong_refill", f"{when} 加水 {told}，已用 {due}", en)
    over = np.flatnonzero(used > holds_l[table.route] + _LITRES)
    for k in over[np.unique(table.route[over], return_index=True)[1]].tolist():  # told once a route
        route, when = int(table.route[k]), clock(table.legs[k].end_s)
        zh = f"{when} 已用 {used[k]:.0f} L，水箱 {holds_l[route]:.0f} L"
        en = f"{used[k]:.0f} L used at {when}, the tank holds {holds_l[route]:.0f} L"
        yield walk.fault(route, "tank_empty", zh, en)


def refills(
    walk: Walk, point_of: Callable[[int, Leg], Place | None], least_s: Callable[[int, Place], float], hours: tuple[str, str]
) -> Found:
    """Check that each refill is at its water point, which is open then, and takes its time.

    Parameters
    ----------
    point_of
        The place of a route's refill, by the route's number; None where it may not be.
    least_s
        The time that a refill of a route's vehicle takes at a place.
    hours
        When water points must be open, in Chinese and in English.
    """
    table, standing = walk.legs, Standing(walk)
    behind = np.cumsum(table.n_steps)
    steps = np.searchsorted(walk.route, np.arange(len(table.routes) + 1))
    for k in np.flatnonzero(table.doing(LegKind.REFILL)).tolist():
        leg, route, last = table.legs[k], int(table.route[k]), int(behind[k]) - 1
        point = point_of(route, leg)
        if point is None:
            zh, en = f"“{leg.item}”不是{hours[0]}开放的取水点", f"{leg.item!r} is no water point that is open {hours[1]}"
            yield walk.fault(route, "not_at_water_point", zh, en)
            continue
        if last >= steps[route] and not standing.at(point, last):
            yield walk.fault(route, "not_at_water_point", f"加水时不在 {point.id}", f"it fills up away from {point.id}")
        due_s = least_s(route, point)
        if leg.end_s - leg.start_s < due_s - TOLERANCE:
            en = f"filling up at {point.id} takes less than {due_s:.0f} s"
            yield walk.fault(route, "too_fast", f"{point.id} 加水短于 {due_s:.0f} s", en)
