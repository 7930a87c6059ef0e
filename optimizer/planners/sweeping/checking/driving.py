"""Check how routes drive: street by street, turn by turn, and at what pace."""

from __future__ import annotations

import numpy as np

from layers.layer import F64, Bool, Rows
from layers.units import kmh
from optimizer.ground.street_rules import TOLERANCE
from optimizer.ground.street_walk import Found, ends, streets_used
from optimizer.plan import LegKind
from optimizer.planners.sweeping.checking.walk import Walk


def driving_faults(walk: Walk) -> Found:
    """Yield what is wrong with the streets that routes drive and the time that they take for them."""
    yield from streets_used(walk)
    yield from joined(walk)
    yield from unloading(walk)
    yield from lengths(walk)
    yield from pace(walk)


def joined(walk: Walk) -> Found:
    """Check that the streets driven hang together, turn by turn."""
    before = np.flatnonzero(walk.route[1:] == walk.route[:-1])
    after = before + 1
    # from a dump or a water point a vehicle drives on along its street, but cannot sweep it from its start
    legs = walk.legs
    dumps = legs.doing(LegKind.UNLOAD, LegKind.REFILL).astype(np.int64)
    n_dumps: Rows = np.cumsum(dumps) - dumps
    at_dump: Bool = n_dumps[walk.leg[after]] > n_dumps[walk.leg[before]]
    same = (walk.street[before] == walk.street[after]) & (walk.forward[before] == walk.forward[after])
    turns = ~(at_dump & same & legs.doing(LegKind.DRIVE)[walk.leg[after]])
    before, after = before[turns], after[turns]
    begin, end = ends(walk)
    apart = end[before] != begin[after]
    chain = np.column_stack([walk.street[before], end[before], walk.street[after]])
    banned = walk.rules.forbidden(chain) & ~apart
    ids = walk.rules.streets.ids
    for k in np.flatnonzero(apart | banned).tolist():
        where = f"{ids[walk.street[before[k]]]} > {ids[walk.street[after[k]]]}"
        route = int(walk.route[before[k]])
        if apart[k]:
            yield walk.fault(route, "path_broken", f"{where} 不相接", f"{where} do not meet")
        else:
            yield walk.fault(route, "banned_turn", f"禁止转向 {where}", f"the turn {where} is forbidden")


def unloading(walk: Walk) -> Found:
    """Check that each unloading takes its time."""
    legs = walk.legs
    least_s = walk.of_vehicle(lambda v: v.unload_s)[legs.route]
    for k in np.flatnonzero(legs.doing(LegKind.UNLOAD) & (legs.end_s - legs.start_s < least_s - TOLERANCE)).tolist():
        item, least = legs.legs[k].item, f"{least_s[k]:.0f} s"
        en = f"unloading at {item} takes less than {least}"
        yield walk.fault(int(legs.route[k]), "too_fast", f"{item} 卸料短于 {least}", en)


def on_the_way(walk: Walk) -> Bool:
    """Return which legs are measured by their streets: driving and sweeping, shape (n_legs,)."""
    return walk.legs.doing(LegKind.DRIVE, LegKind.SERVE)


def in_part(walk: Walk) -> tuple[Bool, Bool]:
    """Return the drives whose first, and whose last, street may be driven in part: at depots, dumps and water points."""
    legs = walk.legs
    first, last = np.zeros(len(legs.legs), dtype=bool), np.zeros(len(legs.legs), dtype=bool)
    moving = np.flatnonzero(~legs.doing(LegKind.BREAK, LegKind.WAIT))
    dump, edge = legs.doing(LegKind.UNLOAD, LegKind.REFILL)[moving], np.diff(legs.route[moving], prepend=-1, append=-1) != 0
    first[moving] = edge[:-1] | np.append(False, dump)[:-1]
    last[moving] = edge[1:] | np.append(dump, False)[1:]
    drives = legs.doing(LegKind.DRIVE)
    return first & drives, last & drives


def whole_m(walk: Walk) -> F64:
    """Return the metres of each leg's streets, shape (n_legs,)."""
    metres = walk.rules.lengths_m[walk.street]
    return np.bincount(walk.leg, weights=metres, minlength=len(walk.legs.legs)).astype(np.float64)


def lengths(walk: Walk) -> Found:
    """Check the length of each leg against its streets."""
    legs, n_steps, most_m = walk.legs, walk.legs.n_steps, whole_m(walk)
    edges = np.append(np.cumsum(n_steps) - n_steps, 0)[:-1]
    driven = n_steps > 0
    metres = np.append(walk.rules.lengths_m[walk.street], 0.0)
    first_m = np.where(driven, metres[np.where(driven, edges, 0)], 0.0)
    last_m = np.where(driven, metres[np.where(driven, edges + n_steps - 1, 0)], 0.0)
    first, last = in_part(walk)
    least_m = most_m - np.where(first, first_m, 0.0) - np.where(last & ~(first & (n_steps == 1)), last_m, 0.0)
    wrong = (legs.length_m < least_m - 1) | (legs.length_m > most_m + 1)
    for k in np.flatnonzero(wrong & on_the_way(walk)).tolist():
        zh, en = named(walk, k)
        told, streets = f"{legs.length_m[k]:.0f} m", f"{most_m[k]:.0f} m"
        yield walk.fault(
            int(legs.route[k]),
            "wrong_length",
            f"{zh} 记 {told}，道路共 {streets}",
            f"{en} has {told}, its streets {streets}",
        )


def pace(walk: Walk) -> Found:
    """Check the time of each leg against its streets; what is not driven of them is taken as the slowest part."""
    legs, rules = walk.legs, walk.rules
    sweeping = legs.doing(LegKind.SERVE)[walk.leg]
    swept_mps = np.minimum(walk.of_vehicle(lambda v: v.working_speed_mps)[walk.route], rules.most_mps[walk.street])
    driven_mps = np.fmin(walk.of_vehicle(lambda v: v.driving_speed_mps)[walk.route], rules.streets.speed_mps[walk.street])
    most_mps = np.where(sweeping, swept_mps, driven_mps)
    slowest_mps = np.full(len(legs.legs), np.inf)
    np.minimum.at(slowest_mps, walk.leg, most_mps)
    slowest_mps[legs.n_steps == 0] = 1.0
    with np.errstate(divide="ignore", invalid="ignore"):  # nobody drives at a speed of zero, however long it takes
        least_s = np.bincount(walk.leg, weights=rules.lengths_m[walk.street] / most_mps, minlength=len(legs.legs))
        least_s = least_s - (whole_m(walk) - legs.length_m) / slowest_mps
    least_s = np.where(slowest_mps > 0, least_s, np.inf)
    took_s = legs.end_s - legs.start_s
    for k in np.flatnonzero(on_the_way(walk) & (took_s < least_s - TOLERANCE)).tolist():
        zh, en = named(walk, k)
        speed, took = f"{kmh(legs.length_m[k] / max(took_s[k], 1e-9)):.1f} km/h", f"{took_s[k]:.0f} s"
        yield walk.fault(
            int(legs.route[k]),
            "too_fast",
            f"{zh} {speed}，用时 {took}，至少 {least_s[k]:.0f} s",
            f"{en} at {speed} takes {took}, at least {least_s[k]:.0f} s",
        )


def named(walk: Walk, k: int) -> tuple[str, str]:
    """Return what to call a leg."""
    item = walk.legs.legs[k].item
    return (item, item) if item else ("行驶", "a drive")
