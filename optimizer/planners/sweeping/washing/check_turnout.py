"""Check turnouts by themselves: how they drive, what they wash, and their water."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from layers.layer import Rows
from layers.units import clock
from optimizer.plan import LegKind, PlanFault, Route
from optimizer.planners.sweeping.check_driving import Found, driving_faults
from optimizer.planners.sweeping.check_route import against_direction, hours, stands
from optimizer.planners.sweeping.rules import TOLERANCE
from optimizer.planners.sweeping.walk import Walk
from optimizer.planners.sweeping.washing import work
from optimizer.planners.sweeping.washing.places import refill_s
from optimizer.planners.sweeping.washing.work import KIND_OF_JOB, Washings

if TYPE_CHECKING:
    from optimizer.planners.sweeping.rules import Rules

# Sums of litres that were each rounded to the last place of a float.
_LITRES = 0.5


def turnout_faults(rules: Rules, routes: tuple[Route, ...]) -> list[PlanFault]:
    """Return all faults of turnouts by themselves, turnout by turnout.

    Parameters
    ----------
    routes
        Of vehicle types and shifts that the rules know; each turnout once, however often it goes out.
    """
    walk = Walk.of(rules, routes)
    found = [*hours(walk)]
    lost, first = np.unique(walk.route[walk.street < 0], return_index=True)
    for route, step in zip(lost.tolist(), np.flatnonzero(walk.street < 0)[first].tolist(), strict=True):
        name = walk.legs.step_names[step]
        found.append(walk.fault(route, "unknown", f"没有道路“{name}”", f"there is no street {name!r}"))
    kept = np.setdiff1d(np.arange(len(routes)), lost)
    rest = walk if len(lost) == 0 else Walk.of(rules, tuple(routes[k] for k in kept.tolist()))
    checks = (driving_faults, stands, legs_known, washing, sprayed, tanks, refills)
    found += [(int(kept[k]), fault) for check in checks for k, fault in check(rest)]
    return [fault for _, fault in sorted(found, key=lambda pair: pair[0])]


def legs_known(walk: Walk) -> Found:
    """Check that nothing is unloaded and no dirt is taken up: washers hold water alone."""
    table = walk.legs
    for k in np.flatnonzero(table.doing(LegKind.UNLOAD) | (np.abs(table.load_kg) > TOLERANCE)).tolist():
        yield walk.fault(int(table.route[k]), "unknown", "冲洗不收集尘土", "a washer takes up and unloads no dirt")


def washing(walk: Walk) -> Found:
    """Check that each washing is done on its street, in its direction, at its pace, by a vehicle for it."""
    table, washings = walk.legs, walk.rules.passes
    assert isinstance(washings, Washings)
    serves = np.flatnonzero(table.doing(LegKind.SERVE))
    row = np.array([washings.row_of.get(table.legs[k].item, -1) for k in serves.tolist()], dtype=np.int64)
    step = (np.cumsum(table.n_steps) - table.n_steps)[serves]
    for k in serves[row < 0].tolist():
        item = table.legs[k].item
        yield walk.fault(int(table.route[k]), "unknown", f"没有冲洗项“{item}”", f"nothing is to be washed at {item!r}")
    on = (row >= 0) & (table.n_steps[serves] == 1)
    on[on] = walk.street[step[on]] == washings.street[row[on]]
    for k in serves[(row >= 0) & ~on].tolist():
        item = table.legs[k].item
        yield walk.fault(
            int(table.route[k]), "path_broken", f"{item} 不在其道路上冲洗", f"{item} is not washed on its street"
        )
    yield from washed_wrongly(walk, serves[on], row[on], step[on])


def washed_wrongly(walk: Walk, serves: Rows, row: Rows, step: Rows) -> Found:
    """Name washings in the wrong direction, too fast, by the wrong kind of vehicle, or of a pavement that is not there."""
    table, washings = walk.legs, walk.rules.passes
    assert isinstance(washings, Washings)
    kinds = [v.kind for v in walk.vehicles]
    job = np.array([KIND_OF_JOB.index(kind) if kind in KIND_OF_JOB else -1 for kind in kinds], dtype=np.int64)
    least_s = washings.length_m[row] / work.most_speed_mps(washings.job[row], walk.rules.params)
    took_s = (table.end_s - table.start_s)[serves]
    wrong = {
        "wrong_direction": against_direction(walk, row, step),
        "unsuitable_vehicle": job[table.route[serves]] != washings.job[row],
        "no_pavement": ~washings.has_footway[row],
        "too_fast": took_s < least_s - TOLERANCE,
    }
    said = {
        "wrong_direction": ("逆行冲洗", "is washed against its driving direction"),
        "unsuitable_vehicle": ("不由该类车辆冲洗", "is not for a vehicle of this kind"),
        "no_pavement": ("没有人行道", "has no pavement"),
        "too_fast": ("冲洗过快", "is washed too fast"),
    }
    for code, hit in wrong.items():
        for k in serves[hit].tolist():
            item, (zh, en) = table.legs[k].item, said[code]
            yield walk.fault(int(table.route[k]), code, f"{item} {zh}", f"{item} {en}")


def sprayed(walk: Walk) -> Found:
    """Check the water that is sprayed: so much by the metre washed, none elsewhere."""
    table, params = walk.legs, walk.rules.params
    lpm = np.array([work.water_lpm(v, params) if v.kind in KIND_OF_JOB else 0.0 for v in walk.vehicles])
    due_l = np.where(table.doing(LegKind.SERVE), lpm[table.route] * table.length_m, 0.0)
    told_l = np.where(table.doing(LegKind.REFILL), np.maximum(0.0, -table.water_l), -table.water_l)
    for k in np.flatnonzero(np.abs(told_l - due_l) > TOLERANCE).tolist():
        when, told, due = clock(table.legs[k].start_s), f"{told_l[k]:.1f} L", f"{due_l[k]:.1f} L"
        en = f"{told} sprayed at {when}, {due} expected"
        yield walk.fault(int(table.route[k]), "wrong_water", f"{when} 喷水 {told}，应为 {due}", en)


def tanks(walk: Walk) -> Found:
    """Check that no more is sprayed than the tank holds, and that refills give back what was sprayed."""
    table = walk.legs
    for k, (route, vehicle) in enumerate(zip(table.routes, walk.vehicles, strict=True)):
        if vehicle.kind not in KIND_OF_JOB:
            continue
        holds_l, used_l = work.tank_l(vehicle, walk.rules.params), 0.0
        for leg in route.legs:
            if leg.kind is LegKind.REFILL and abs(leg.water_l - used_l) > _LITRES:
                zh = f"{clock(leg.start_s)} 加水 {leg.water_l:.0f} L，已用 {used_l:.0f} L"
                en = f"{leg.water_l:.0f} L filled at {clock(leg.start_s)}, {used_l:.0f} L were used"
                yield walk.fault(k, "wrong_refill", zh, en)
            used_l = 0.0 if leg.kind is LegKind.REFILL else used_l - leg.water_l
            if used_l > holds_l + _LITRES:
                zh = f"{clock(leg.end_s)} 已用 {used_l:.0f} L，水箱 {holds_l:.0f} L"
                en = f"{used_l:.0f} L used at {clock(leg.end_s)}, the tank holds {holds_l:.0f} L"
                yield walk.fault(k, "tank_empty", zh, en)
                break


def refills(walk: Walk) -> Found:
    """Check that each refill is at its water point, which is open then, and takes its time."""
    rules, table, most_m = walk.rules, walk.legs, walk.rules.params.snap_m + 1
    behind = np.cumsum(table.n_steps)
    steps = np.searchsorted(walk.route, np.arange(len(table.routes) + 1))
    for k in np.flatnonzero(table.doing(LegKind.REFILL)).tolist():
        leg, route, last = table.legs[k], int(table.route[k]), int(behind[k]) - 1
        # a tank is filled at the vehicle's own depot too, between two turnouts
        home = rules.depots.get(leg.item) if leg.item == table.routes[route].depot else None
        point = rules.dumps.get(leg.item, home)
        if point is None:
            zh, en = f"“{leg.item}”不是夜间开放的取水点", f"{leg.item!r} is no water point that is open at night"
            yield walk.fault(route, "not_at_water_point", zh, en)
            continue
        if last >= steps[route] and rules.away_m(point, int(walk.street[last])) > most_m:
            yield walk.fault(route, "not_at_water_point", f"加水时不在 {point.id}", f"it fills up away from {point.id}")
        vehicle = walk.vehicles[route]
        if vehicle.kind in KIND_OF_JOB:
            least_s = refill_s(point, vehicle, work.tank_l(vehicle, rules.params))
            if leg.end_s - leg.start_s < least_s - TOLERANCE:
                en = f"filling up at {point.id} takes less than {least_s:.0f} s"
                yield walk.fault(route, "too_fast", f"{point.id} 加水短于 {least_s:.0f} s", en)
