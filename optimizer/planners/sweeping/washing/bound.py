"""What no calendar can go below: for the objective, and for the number of turnouts."""

from __future__ import annotations

import numpy as np

from layers.layer import F64, Rows
from optimizer.planners.sweeping.params import SweepingParams
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


def least_objective(problem: WashingProblem) -> float:
    """Return what no calendar's objective goes below.

    A washing is worth 1 or more and all the fleet's time less than 1, so that leaving one out never pays: either all that
    vehicles can reach is washed, which takes at least its service time, or more than that is lost.
    """
    washings = problem.washings
    lost = [washings.row_of[u.item] for u in problem.unserved if u.item in washings.row_of]
    asked, values = n_asked(washings, problem.params), problem.values
    served = np.ones(len(washings), dtype=bool)
    served[lost] = False
    work_s = float((least_work_s(washings, problem.vehicles, problem.params) * asked)[served].sum())
    return float((values * asked)[~served].sum()) + min(1.0, work_s / problem.fleet_s)


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
    room_s = shift.end_s - shift.start_s - shift.before_s - shift.after_s - shift.break_s
    asked = n_asked(washings, params)[rows]
    service_s = float((least_work_s(washings, vehicles, params)[rows] * asked).sum())
    # the litres of the thriftiest vehicle, in the largest tank, filled in the shortest time
    litres = float((washings.length_m[rows] * asked).sum()) * min(work.water_lpm(v, params) for v in own)
    tanks, fill_s = litres / max(work.tank_l(v, params) for v in own), min(v.refill_s for v in own)
    return int(np.ceil((service_s + tanks * fill_s) / (room_s + fill_s) - 1e-9))
