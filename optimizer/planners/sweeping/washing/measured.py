"""What a calendar does, beside what is asked: read from its routes alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from layers.layer import F64, Rows
from layers.units import HOUR_S
from optimizer.ground.route_sums import span_s
from optimizer.plan import LegKind, Route, Unserved
from optimizer.planners.sweeping.measuring.goal import reachable
from optimizer.planners.sweeping.washing.nights import Nights, missing
from optimizer.planners.sweeping.washing.work import Washings
from optimizer.repeats import distinct


def nights_of(washings: Washings, routes: Sequence[Route], horizon_days: int) -> list[Nights]:
    """Return the nights on which each row is washed, ascending; nights outside the horizon are left out."""
    nights: list[set[int]] = [set() for _ in range(len(washings))]
    row_of = washings.row_of
    for same in distinct(routes):
        days = {d for d in same.days if 0 <= d < horizon_days}
        for row in {row_of[leg.item] for leg in same.route.legs if leg.kind is LegKind.SERVE and leg.item in row_of}:
            nights[row] |= days
    return [tuple(sorted(found)) for found in nights]


def of_each(washings: Washings, nights: list[Nights], horizon_days: int, figure: Callable[[Nights, int, int], int]) -> Rows:
    """Return a figure of each row's nights, interval and horizon, shape (n,), worked out once for each that differs."""
    days = washings.interval_days.tolist()
    known = {key: figure(*key, horizon_days) for key in set(zip(nights, days, strict=True))}
    return np.array([known[key] for key in zip(nights, days, strict=True)], dtype=np.int64)


def missing_of(washings: Washings, nights: list[Nights], horizon_days: int) -> Rows:
    """Return how many washings of each row are missing, shape (n,)."""
    return of_each(washings, nights, horizon_days, missing)


def objective_of(
    washings: Washings, values: Rows, fleet_s: float, n_missing: Rows, routes: Sequence[Route], left: Sequence[Unserved]
) -> float:
    """Return the objective, smaller is better: the value of the washings missing, plus the share of the fleet's time used.

    Values are whole square metres, weighted (see `fleet.values_of`), and the share is below 1, so that no time saved ever
    pays for a washing that is missing. What is left because it is out of every vehicle's reach is not counted.
    """
    lost = float((values * n_missing)[reachable(washings, left)].sum())
    return lost + sum(span_s(r) for r in routes) / max(HOUR_S, fleet_s)


def hours_by_night(routes: Sequence[Route], horizon_days: int) -> F64:
    """Return the hours out of each night, shape (horizon_days,)."""
    hours = np.zeros(horizon_days)
    for route in routes:
        hours[route.day] += span_s(route) / HOUR_S
    return hours
