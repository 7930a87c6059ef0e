"""What no calendar can go below: for the objective, and for the number of turnouts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layers.layer import F64, Rows
from layers.units import HOUR_S
from optimizer.plan import Unserved
from optimizer.planners.sweeping.measuring.goal import reachable
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.search.proven import most_worth, net_s
from optimizer.planners.sweeping.washing import work
from optimizer.planners.sweeping.washing.nights import least_washings
from optimizer.planners.sweeping.washing.problem import WashingProblem
from optimizer.planners.sweeping.washing.work import Washings
from resources.inventory import Shift, VehicleType


def least_work_s(washings: Washings, vehicles: tuple[VehicleType, ...], params: SweepingParams) -> F64:
    """Return the least seconds that one washing of each row takes: at the speed of the quickest vehicle, shape (n,)."""
    most_mps = work.most_speed_mps(washings.job, params)
    quickest = np.zeros(len(washings))
    for job in range(len(work.KIND_OF_JOB)):
        speeds = [v.working_speed_mps for v in vehicles if work.job_of(v) == job]
        quickest[washings.job == job] = max(speeds, default=np.inf)
    return np.asarray(washings.length_m / np.minimum(quickest, most_mps))


def n_asked(washings: Washings, params: SweepingParams) -> Rows:
    """Return the fewest washings of each row in the horizon that keep its interval, shape (n,)."""
    days, back = np.unique(washings.interval_days, return_inverse=True)
    least = [least_washings(int(d), params.horizon_days) for d in days.tolist()]
    return np.array(least, dtype=np.int64).reshape(-1)[back]


def least_objective(problem: WashingProblem, left: Sequence[Unserved]) -> float:
    """Return what no calendar's objective goes below.

    Nights have so many seconds, and washings and the refills that they take use them up: what does not fit is lost. Where
    all fits, either all is washed, which takes at least its service time, or one is left out, which costs 1 or more.

    Parameters
    ----------
    left
        Of any calendar: what it tells to be out of reach is left out.
    """
    washings, params = problem.washings, problem.params
    may, asked = reachable(washings, left), n_asked(washings, params)
    work_s = least_work_s(washings, problem.vehicles, params) * asked
    lost = 0.0
    for job in range(len(work.KIND_OF_JOB)):
        rows = np.flatnonzero(may & (washings.job == job))
        values = (problem.values * asked)[rows].astype(np.float64)
        lost += values.sum() - most_worth(values, *nights_use(problem, rows, asked))
    if lost > 1e-6:
        return float(np.ceil(lost - 1e-6))
    return min(1.0, float(work_s[may].sum()) / max(HOUR_S, problem.fleet_s))


def nights_use(problem: WashingProblem, rows: Rows, asked: Rows) -> tuple[F64, float]:
    """Return the least seconds that washing rows of one job as often as asked takes, refills told in, and what there are.

    Every turnout begins with a full tank, so that it has the time of one refill more.
    """
    washings, params, room = problem.washings, problem.params, problem.room
    own = [k for k, v in enumerate(problem.vehicles) if len(rows) and work.job_of(v) == washings.job[rows[0]]]
    if not own:
        return np.zeros(len(rows)), 0.0
    vehicles = [problem.vehicles[k] for k in own]
    litres = washings.length_m[rows] * min(work.water_lpm(v, params) for v in vehicles)
    fill_s, tank_l = min(v.refill_s for v in vehicles), max(work.tank_l(v, params) for v in vehicles)
    each_s = least_work_s(washings, problem.vehicles, params)[rows] + litres / tank_l * fill_s
    n_out = int(room.n_vehicles[own].sum())
    if washings.job[rows[0]] == work.PAVEMENT:
        n_out = min(n_out, room.n_crews)
    room_s = n_out * len(room.open_nights) * (problem.night_work_s + fill_s)
    return each_s * asked[rows], room_s


def least_turnouts(
    washings: Washings, rows: Rows, vehicles: tuple[VehicleType, ...], params: SweepingParams, shift: Shift
) -> int:
    """Return the fewest turnouts in the horizon that wash some rows as often as asked.

    By time: every turnout begins with a full tank and has the shift less its preparation and break. Washing takes its time
    at the quickest vehicle's speed, and every tank beyond the first of a turnout takes a refill.

    Parameters
    ----------
    rows
        Of one job.
    """
    own = [v for v in vehicles if len(rows) and work.job_of(v) == washings.job[rows[0]]]
    if not own:
        return 0
    room_s = net_s(shift)
    asked = n_asked(washings, params)[rows]
    service_s = float((least_work_s(washings, vehicles, params)[rows] * asked).sum())
    # the litres of the thriftiest vehicle, in the largest tank, filled in the shortest time
    litres = float((washings.length_m[rows] * asked).sum()) * min(work.water_lpm(v, params) for v in own)
    tanks, fill_s = litres / max(work.tank_l(v, params) for v in own), min(v.refill_s for v in own)
    return int(np.ceil((service_s + tanks * fill_s) / (room_s + fill_s) - 1e-9))
