"""Classes of toilets: where each belongs, how much land and floor it takes, what it costs."""

from __future__ import annotations

import math

from optimizer.planners.toilets.params import ToiletsParams
from optimizer.planners.toilets.sizing.stalls import Stalls

CLASSES = (1, 2, 3)
_PERCENT = 100.0


def land_m2(grade: int, params: ToiletsParams) -> float:
    """Return the least land of a class."""
    return (params.land_1_m2, params.land_2_m2, params.land_3_m2)[grade - 1]


def area_m2(grade: int, params: ToiletsParams) -> float:
    """Return the floor for a stall of a class."""
    return (params.area_1_m2, params.area_2_m2, params.area_3_m2)[grade - 1]


def floor_m2(stalls: Stalls, grade: int, params: ToiletsParams) -> float:
    """Return the floor that stalls take."""
    return stalls.n_all * area_m2(grade, params)


def n_stalls_on(site_m2: float, grade: int, params: ToiletsParams) -> int:
    """Return how many stalls of a class there is room for on some land."""
    return math.floor(site_m2 * params.floor_share / _PERCENT / area_m2(grade, params) + 1e-9)


def land_used_m2(stalls: Stalls, grade: int, params: ToiletsParams) -> float:
    """Return the land that a new toilet takes of its site: that of its class, or more where its stalls need it."""
    return max(land_m2(grade, params), floor_m2(stalls, grade, params) / (params.floor_share / _PERCENT))


def build_yuan(stalls: Stalls, grade: int, price_yuan_m2: float, params: ToiletsParams) -> float:
    """Return what a new toilet costs: its floor, and its land at a price."""
    return floor_m2(stalls, grade, params) * params.build_yuan_m2 + land_used_m2(stalls, grade, params) * price_yuan_m2


def rebuild_yuan(n_rebuilt: int, grade: int, params: ToiletsParams) -> float:
    """Return what rebuilding some stalls costs."""
    return n_rebuilt * area_m2(grade, params) * params.rebuild_yuan_m2


def extend_yuan(n_kept: int, n_added: int, grade: int, params: ToiletsParams) -> float:
    """Return what an extension costs: the new stalls as built, those that are there as rebuilt by a half."""
    area = area_m2(grade, params)
    return area * (n_added * params.build_yuan_m2 + n_kept * params.rebuild_yuan_m2 / 2)
