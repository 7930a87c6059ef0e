"""Check turnouts by themselves: how they drive, what they wash, and their water."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from layers.layer import Rows
from layers.units import clock
from optimizer.plan import LegKind, PlanFault, Route
from optimizer.planners.sweeping.checking.driving import Found
from optimizer.planners.sweeping.checking.route import against_direction, faults_by_route, served, sprayed_wrongly
from optimizer.planners.sweeping.checking.rules import TOLERANCE
from optimizer.planners.sweeping.checking.walk import Walk
from optimizer.planners.sweeping.washing import work
from optimizer.planners.sweeping.washing.places import refill_s
from optimizer.planners.sweeping.washing.work import KIND_OF_JOB, Washings

if TYPE_CHECKING:
    from optimizer.planners.sweeping.checking.rules import Rules

# Sums of litres that were each rounded to the last place of a float.
_LITRES = 0.5


def turnout_faults(rules: Rules, routes: tuple[Route, ...]) -> list[PlanFault]:
    """Return all faults of turnouts by themselves, turnout by turnout.

    Parameters
    ----------
    routes
        Of vehicle types and shifts that the rules know; each turnout once, however often it goes out.
    """
    return faults_by_route(rules, routes, (legs_known, washing, sprayed, tanks, refills))


def legs_known(walk: Walk) -> Found:
    """Check that nothing is unloaded and no dirt is taken up: washers hold water alone."""
    table = walk.legs
    for k in np.flatnonzero(table.doing(LegKind.UNLOAD) | (np.abs(table.load_kg) > TOLERANCE)).tolist():
        yield walk.fault(int(table.route[k]), "unknown", "冲洗不收集尘土", "a washer takes up and unloads no dirt")


def washing(walk: Walk) -> Found:
    """Check that each washing is done on its street, in its direction, at its pace, by a vehicle for it."""
    table = walk.legs
    serves, row, step, on = served(walk)
    for k in serves[row < 0].tolist():
        item = table.legs[k].item
        yield walk.fault(int(table.route[k]), "unknown", f"没有冲洗项“{item}”", f"nothing is to be washed at {item!r}")
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
    params = walk.rules.params
    lpm = walk.of_vehicle(lambda v: work.water_lpm(v, params) if v.kind in KIND_OF_JOB else 0.0)
    yield from sprayed_wrongly(walk, lpm)


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
