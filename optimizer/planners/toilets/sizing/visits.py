"""Who comes to a toilet, by hour: from the people who have it nearest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.errors import ParameterError
from layers.hours import Periods
from layers.layer import F64
from layers.text import Text
from layers.units import DAY_S, HOUR_S
from optimizer.planners.toilets.params import ToiletsParams

_PERCENT = 100.0
_N_HOURS = 24


@dataclass(frozen=True, slots=True)
class Visits:
    """Hold who comes to a toilet.

    Parameters
    ----------
    users_day
        In a day, in the hours in which it is open.
    women_peak_hour, men_peak_hour
        In the busiest hour.
    """

    users_day: float
    women_peak_hour: float
    men_peak_hour: float


def hour_shares(params: ToiletsParams) -> F64:
    """Return the share of a day's users in each hour, shape (24,).

    Raises
    ------
    ParameterError
        Where the parameter is not 24 numbers of 0 or more.
    """
    try:
        shares = np.array([float(part) for part in params.hour_shares.replace("，", ",").split(",") if part.strip()])
    except ValueError:
        shares = np.zeros(0)
    if len(shares) != _N_HOURS or not (np.isfinite(shares) & (shares >= 0)).all() or shares.sum() <= 0:
        zh = f"参数 hour_shares 应为 24 个不小于 0 的数，现为 {len(shares)} 个：“{params.hour_shares}”；请逐小时给出"
        en = (
            f"parameter 'hour_shares': expected 24 numbers of 0 or more, one an hour, got {len(shares)}:"
            f" {params.hour_shares!r}; give one for each hour"
        )
        raise ParameterError(Text(zh, en))
    return np.asarray(shares / shares.sum())


def users_of(residents: F64, jobs: F64, visitors: F64, params: ToiletsParams) -> F64:
    """Return how many uses of a toilet people make in a day; all of one shape."""
    shares = (params.uses_resident_share, params.uses_job_share, params.uses_visitor_share)
    return np.asarray(sum(share / _PERCENT * n for share, n in zip(shares, (residents, jobs, visitors), strict=True)))


def open_hours(periods: Periods) -> F64:
    """Return the share of each hour of the day that a toilet is open, shape (24,); all of it where no hours are given."""
    if not periods:
        return np.ones(_N_HOURS)
    begin = np.arange(_N_HOURS, dtype=np.float64) * HOUR_S
    open_s = np.zeros(_N_HOURS)
    for start_s, end_s in periods:
        for later_s in (0, DAY_S):
            open_s += np.clip(np.minimum(end_s - later_s, begin + HOUR_S) - np.maximum(start_s - later_s, begin), 0, HOUR_S)
    return np.minimum(open_s / HOUR_S, 1.0)


def visits_of(uses_day: float, is_open: F64, shares: F64, params: ToiletsParams) -> Visits:
    """Return who comes to a toilet.

    Parameters
    ----------
    uses_day
        Uses that those who have it nearest make in a day, at any hour.
    is_open
        Share of each hour that it is open, shape (24,).
    shares
        Of a day's uses in each hour, shape (24,).
    """
    by_hour = uses_day * shares * is_open
    peak, women = float(by_hour.max()), params.women_share / _PERCENT
    return Visits(float(by_hour.sum()), peak * women, peak * (1.0 - women))
