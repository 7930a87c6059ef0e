"""Which streets a mover may use at an hour, and how fast; each refusal has its reason and figures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from layers.errors import InputError
from layers.hours import Periods, parse_periods
from layers.kinds.streets import RoadClass, Streets
from layers.network.graph import LeftOut
from layers.network.mover import Mover
from layers.text import Text
from layers.units import DAY_S

Bool = NDArray[np.bool_]
F64 = NDArray[np.float64]


def refusals(streets: Streets, mover: Mover, at_s: float | None) -> tuple[Bool, tuple[LeftOut, ...]]:
    """Return which streets the mover may use, and why it may not use the others.

    A value that is not known refuses nobody.

    Parameters
    ----------
    at_s
        Time of day for bans by hour, seconds after midnight; None ignores them.
    """
    n = len(streets)
    nothing = np.full(n, np.nan)
    with np.errstate(invalid="ignore"):
        rules: list[tuple[str, Bool, F64, float]] = [("closed", streets.closed, nothing, np.nan)]
        if mover.walker:
            rules.append(("no_walkers", streets.road_class == RoadClass.EXPRESSWAY, nothing, np.nan))
        else:
            need_m = max(mover.width_m, mover.least_street_width_m)
            rules += [
                ("too_narrow", streets.width_m < need_m, streets.width_m, need_m),
                ("too_low", streets.max_height_m < mover.height_m, streets.max_height_m, mover.height_m),
                ("too_heavy", streets.max_weight_kg < mover.weight_kg, streets.max_weight_kg, mover.weight_kg),
            ]
            if at_s is not None:
                rules.append(("banned", banned(streets, at_s), nothing, np.nan))
    usable = np.ones(n, dtype=bool)
    left_out: list[LeftOut] = []
    for reason, hit, value, limit in rules:
        rows = np.flatnonzero(hit & usable)
        left_out += [LeftOut(str(streets.ids[row]), reason, float(value[row]), limit) for row in rows]
        usable &= ~hit
    return usable, tuple(left_out)


def banned(streets: Streets, at_s: float) -> Bool:
    """Return which streets are closed to sanitation vehicles at a time of day, shape (n,)."""
    texts, inverse = np.unique(streets.ban_periods, return_inverse=True)
    return np.array([_holds(parse_periods(str(t)), at_s) for t in texts], dtype=bool)[inverse]


def speeds_mps(streets: Streets, mover: Mover, at_s: float | None) -> F64:
    """Return how fast the mover drives each street: its own speed, the street's, or the street's at that hour.

    Raises
    ------
    InputError
        Where a street's speeds by hour cannot be read.
    """
    if mover.walker:
        return np.full(len(streets), mover.speed_mps)
    speed = np.where(np.isnan(streets.speed_mps), mover.speed_mps, streets.speed_mps)
    if at_s is not None:
        texts, inverse = np.unique(streets.speed_by_hour, return_inverse=True)
        speed = speed * np.array([_share(str(t), at_s) for t in texts])[inverse]
    return np.minimum(speed, mover.speed_mps)


def _share(text: str, at_s: float) -> float:
    for part in (p for p in text.split(";") if p.strip()):
        period, _, share = part.partition("=")
        try:
            value = float(share)
        except ValueError:
            value = float("nan")
        if not 0 < value <= 2:
            zh = f"分时速度系数“{part}”无法识别；应为 HH:MM-HH:MM=0.6，系数在 0 与 2 之间"
            raise InputError(Text(zh, f"speed by hour {part!r}: expected HH:MM-HH:MM=0.6, with a share between 0 and 2"))
        if _holds(parse_periods(period), at_s):
            return value
    return 1.0


def _holds(periods: Periods, at_s: float) -> bool:
    return any(start <= t < end for start, end in periods for t in (at_s % DAY_S, at_s % DAY_S + DAY_S))
