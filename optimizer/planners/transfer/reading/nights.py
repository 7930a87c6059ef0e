"""When trucks unload: by quarter of an hour, from a collection plan that this one builds on, else evenly over the window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from layers.hours import parse_periods
from layers.layer import F64
from layers.units import DAY_S
from optimizer.check import object_of
from optimizer.plan import LegKind, Plan
from optimizer.planners.transfer.params import TransferParams

STEP_S = 900
N_STEPS = DAY_S // STEP_S


@dataclass(frozen=True, eq=False)
class Nights:
    """Hold when waste arrives at its station, by quarter of an hour of the day.

    Parameters
    ----------
    usual_share
        Of what no input plan tells of, shape (N_STEPS,); sums to 1.
    step_of
        The quarter in which the truck of an item unloads, by the item's name.
    """

    usual_share: F64
    step_of: dict[str, int]

    def arrivals(self, items: Iterable[tuple[str, float]]) -> F64:
        """Return the tonnes of each quarter of an hour, shape (N_STEPS,), of some items with their tonnes."""
        load_t = np.zeros(N_STEPS)
        for item, amount_t in items:
            step = self.step_of.get(item)
            if step is None:
                load_t += amount_t * self.usual_share
            else:
                load_t[step] += amount_t
        return load_t


def nights_of(inputs: tuple[Plan, ...], params: TransferParams) -> Nights:
    """Return when waste arrives: what the input plans unload, by the begin of the unloading behind each service.

    Trucks that come to another station than before are taken to come as late as they did.
    """
    step_of: dict[str, int] = {}
    for plan in inputs:
        for route in plan.routes:
            waiting: list[str] = []
            for leg in route.legs:
                if leg.kind is LegKind.SERVE:
                    waiting.append(leg.item)
                elif leg.kind is LegKind.UNLOAD:
                    step = int(leg.start_s % DAY_S) // STEP_S
                    step_of.update({item: step for item in waiting if object_of(item) != item})
                    waiting = []
    return Nights(open_share(params.night_window), step_of)


def open_share(periods: str) -> F64:
    """Return the share of each quarter of an hour in some periods of the day, shape (N_STEPS,); even where there is none."""
    inside_s = open_s(periods) if periods.strip() else np.full(N_STEPS, float(STEP_S))
    return np.asarray(inside_s / inside_s.sum())


def open_s(periods: str) -> F64:
    """Return the seconds of each quarter of an hour within daily periods, shape (N_STEPS,); all where none is given."""
    if not periods.strip():
        return np.full(N_STEPS, float(STEP_S))
    begin = np.arange(N_STEPS) * float(STEP_S)
    inside_s = np.zeros(N_STEPS)
    for start, end in parse_periods(periods):
        for days in (-1, 0, 1):
            a, b = start + days * DAY_S, end + days * DAY_S
            inside_s += np.maximum(0.0, np.minimum(begin + STEP_S, b) - np.maximum(begin, a))
    return np.minimum(inside_s, float(STEP_S))
