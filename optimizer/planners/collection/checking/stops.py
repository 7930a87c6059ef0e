"""Check the services: of a known point, in its window, long enough, by a vehicle that may, with its kilograms."""

from __future__ import annotations

import numpy as np

from layers.layer import F64, Rows
from layers.units import clock
from optimizer.ground.street_rules import TOLERANCE
from optimizer.ground.street_walk import Found
from optimizer.plan import LegKind
from optimizer.planners.collection.checking.walk import Walk
from optimizer.planners.collection.night.fleet import KINDS
from optimizer.planners.collection.night.tasks import is_noisy, window_of


def service_faults(walk: Walk) -> Found:
    """Yield what is wrong with services."""
    serves = np.flatnonzero(walk.legs.doing(LegKind.SERVE))
    for k in serves[walk.task[serves] < 0].tolist():
        item = walk.legs.legs[k].item
        yield walk.fault(
            int(walk.legs.route[k]), "unknown", f"没有收集项“{item}”", f"there is nothing to collect at {item!r}"
        )
    serves = serves[walk.task[serves] >= 0]
    yield from _windows(walk, serves)
    yield from _amounts(walk, serves)
    for k, vehicle in enumerate(walk.vehicles):
        if vehicle.kind not in KINDS:
            zh, en = f"{vehicle.key} 不是收运车", f"a {vehicle.key} is no collection vehicle"
            yield walk.fault(k, "unsuitable_vehicle", zh, en)


def stay_faults(walk: Walk) -> Found:
    """Yield services that are shorter than their task takes."""
    serves = np.flatnonzero(walk.task >= 0)
    tasks, legs = walk.rules.night.tasks, walk.legs
    due_s, took_s = tasks.service_s[walk.task[serves]], (legs.end_s - legs.start_s)[serves]
    for k in np.flatnonzero(took_s < due_s - TOLERANCE).tolist():
        item = legs.legs[serves[k]].item
        zh, en = (
            f"{item} 停留 {took_s[k]:.0f} s，至少 {due_s[k]:.0f} s",
            f"{item} takes {took_s[k]:.0f} s, at least {due_s[k]:.0f} s",
        )
        yield walk.fault(int(legs.route[serves[k]]), "too_short", zh, en)


def _windows(walk: Walk, serves: Rows) -> Found:
    """Check windows; a service that only the quiet hours forbid is told as such."""
    legs, night = walk.legs, walk.rules.night
    rows, route = walk.task[serves], legs.route[serves]
    start_s, end_s = legs.start_s[serves], legs.end_s[serves]
    from_s, to_s = night.tasks.from_s[rows], night.tasks.to_s[rows]
    outside = (start_s < from_s - TOLERANCE) | (end_s > to_s + TOLERANCE)
    quiet_from_s, quiet_to_s = quiet_windows(walk, serves)
    loud = ~outside & ((start_s < quiet_from_s - TOLERANCE) | (end_s > quiet_to_s + TOLERANCE))
    for k in np.flatnonzero(outside | loud).tolist():
        runs, item = f"{clock(start_s[k])}-{clock(end_s[k])}", legs.legs[serves[k]].item
        if outside[k]:
            hours = f"{clock(from_s[k])}-{clock(to_s[k])}"
            zh, en = f"{item} 在 {runs} 收集，时段为 {hours}", f"{item} is served {runs}, its window is {hours}"
            yield walk.fault(int(route[k]), "outside_window", zh, en)
        else:
            zh, en = f"{item} 在 {runs} 由有噪声的车收集", f"{item} is served {runs} by a noisy vehicle in quiet hours"
            yield walk.fault(int(route[k]), "not_quiet", zh, en)


def quiet_windows(walk: Walk, serves: Rows) -> tuple[F64, F64]:
    """Return when each service's vehicle may serve its task, quiet hours told in, shape (n,) each."""
    night = walk.rules.night
    rows, route = walk.task[serves], walk.legs.route[serves]
    found = np.empty((2, len(rows)))
    residential = night.points.residential[night.tasks.point]
    for noisy in (False, True):
        mine = np.array([is_noisy(v) == noisy for v in walk.vehicles], dtype=bool)[route]
        if mine.any():
            vehicle = next(v for v in walk.vehicles if is_noisy(v) == noisy)
            found[:, mine] = np.stack(window_of(night.tasks, residential, vehicle, night.params))[:, rows[mine]]
    return found[0], found[1]


def _amounts(walk: Walk, serves: Rows) -> Found:
    night, legs = walk.rules.night, walk.legs
    days = np.array([r.day for r in legs.routes], dtype=np.int64)[legs.route[serves]]
    share = np.array(night.day_shares)[np.clip(days, 0, len(night.day_shares) - 1)]
    due_kg, told_kg = night.tasks.kg[walk.task[serves]] * share, legs.load_kg[serves]
    for k in np.flatnonzero(np.abs(due_kg - told_kg) > TOLERANCE).tolist():
        item = legs.legs[serves[k]].item
        zh, en = (
            f"{item} 有 {due_kg[k]:.1f} kg，记 {told_kg[k]:.1f} kg",
            f"{item} has {due_kg[k]:.1f} kg, the plan says {told_kg[k]:.1f} kg",
        )
        yield walk.fault(int(legs.route[serves[k]]), "wrong_load", zh, en)
