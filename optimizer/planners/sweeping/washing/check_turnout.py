"""Check turnouts by themselves: how they drive, what they wash, and their water."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from layers.layer import Rows
from optimizer.ground.places import Place
from optimizer.ground.street_rules import TOLERANCE
from optimizer.ground.street_walk import Found
from optimizer.plan import Leg, LegKind, PlanFault, Route
from optimizer.planners.sweeping.checking.route import against_direction, faults_by_route, served, sprayed_wrongly
from optimizer.planners.sweeping.checking.tanks import refills, tanks
from optimizer.planners.sweeping.checking.walk import Walk
from optimizer.planners.sweeping.day.water import refill_s
from optimizer.planners.sweeping.washing import work
from optimizer.planners.sweeping.washing.work import KIND_OF_JOB, Washings

if TYPE_CHECKING:
    from optimizer.planners.sweeping.checking.rules import Rules


def turnout_faults(rules: Rules, routes: tuple[Route, ...]) -> list[PlanFault]:
    """Return all faults of turnouts by themselves, turnout by turnout.

    Parameters
    ----------
    routes
        Of vehicle types and shifts that the rules know; each turnout once, however often it goes out.
    """
    return faults_by_route(rules, routes, (legs_known, washing, sprayed, tanks_kept, refilled))


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


def tanks_kept(walk: Walk) -> Found:
    """Check that no washer sprays more than its tank holds, and that refills give back what was sprayed."""
    params = walk.rules.params
    yield from tanks(walk, walk.of_vehicle(lambda v: work.tank_l(v, params) if v.kind in KIND_OF_JOB else np.nan))


def refilled(walk: Walk) -> Found:
    """Check the refills: at water points that are open at night, or at the vehicle's own depot between two turnouts."""
    rules, table = walk.rules, walk.legs

    def point_of(route: int, leg: Leg) -> Place | None:
        home = rules.depots.get(leg.item) if leg.item == table.routes[route].depot else None
        return rules.dumps.get(leg.item, home)

    def least_s(route: int, point: Place) -> float:
        vehicle = walk.vehicles[route]
        return refill_s(point, vehicle, work.tank_l(vehicle, rules.params)) if vehicle.kind in KIND_OF_JOB else 0.0

    yield from refills(walk, point_of, least_s, ("夜间", "at night"))
