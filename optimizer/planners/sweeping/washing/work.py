"""What is to be washed how often: read from the city and the parameters alone, without any solver."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from layers.city import City
from layers.errors import ParameterError
from layers.kinds.streets import Streets
from layers.layer import F64, Bool, Rows
from layers.text import Text
from layers.units import M3_L, mps
from optimizer.planners.sweeping.day import kerbs
from optimizer.planners.sweeping.day.fleet import LEAST_WET_C
from optimizer.planners.sweeping.day.kerbs import SIDES, Passes
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.washing.nights import Nights
from resources.inventory import VehicleKind, VehicleType

FLUSH, PAVEMENT = 0, 1
# What washes what: carriageways by washers, pavements from the tanks of water carts with people at the hoses.
KIND_OF_JOB = (VehicleKind.WASHER, VehicleKind.WATER_CART)
MARK = ("", "P")


@dataclass(frozen=True, eq=False)
class Washings(Passes):
    """Kerbs that are flushed and pavements that are washed, one a row; ids of pavements are ``street:PR`` and ``street:PL``.

    Parameters
    ----------
    job
        Shape (n,): `FLUSH` or `PAVEMENT`.
    interval_days
        Shape (n,): most days from one washing to the next.
    has_footway
        Shape (n,): False for a pavement that is asked for along a street without one.
    """

    job: Rows
    interval_days: Rows
    has_footway: Bool

    @cached_property
    def items(self) -> tuple[str, ...]:
        """Ids of the washings, as `Leg.item` writes them."""
        ids = self.streets.ids[self.street].tolist()
        sides = zip(self.job.tolist(), self.side.tolist(), strict=True)
        return tuple(f"{street}:{MARK[job]}{SIDES[side]}" for street, (job, side) in zip(ids, sides, strict=True))


def washings_of(city: City, params: SweepingParams) -> Washings:
    """Return all kerbs and pavements that are to be washed, carriageways first, in the order of the streets."""
    once = replace(
        params, n_passes_grade_1=1, n_passes_grade_2=1, n_passes_grade_3=1, strip_m=0.0, sweep_centre_barriers=False
    )
    every = kerbs.passes_of(city, once)
    flush, pavement = intervals_of(every.streets, params)
    rows = [np.flatnonzero(interval[every.street] > 0) for interval in (flush, pavement)]
    both = np.concatenate(rows)
    job = np.repeat([FLUSH, PAVEMENT], [len(r) for r in rows])
    street = every.street[both]
    interval = np.where(job == FLUSH, flush[street], pavement[street])
    length_m = every.length_m[both]
    return Washings(
        streets=every.streets,
        street=street,
        side=every.side[both],
        n_th=every.n_th[both],
        n_sweep=every.n_sweep[both],
        reversible=every.reversible[both],
        forward=every.forward[both],
        length_m=length_m,
        area_m2=np.where(job == FLUSH, every.area_m2[both], length_m * params.pavement_width_m),
        load_kg=np.zeros(len(both)),
        by_machine=np.ones(len(both), dtype=bool),
        job=job,
        interval_days=interval,
        has_footway=(job == FLUSH) | every.streets.footway[street],
    )


def intervals_of(streets: Streets, params: SweepingParams) -> tuple[Rows, Rows]:
    """Return the interval of flushing and of washing the pavement of each street, shape (n_streets,), days; 0 for never.

    Pavements are washed along streets that have them; where a street is marked for washing it is asked for all the same.
    """
    grade = np.clip(streets.cleaning_grade, 0, 3)
    fixed = (streets.wash | streets.key_area) & (params.fixed_wash_days > 0)
    flush_days = (0, params.flush_grade_1_days, params.flush_grade_2_days, params.flush_grade_3_days)
    pavement_days = (0, params.pavement_grade_1_days, params.pavement_grade_2_days, params.pavement_grade_3_days)
    flush = oftener(np.array(flush_days)[grade], fixed, params.fixed_wash_days)
    by_grade = np.where(streets.footway, np.array(pavement_days)[grade], 0)
    return flush, oftener(by_grade, streets.wash | (fixed & streets.footway), params.fixed_wash_days)


def oftener(interval: Rows, where: Bool, days: int) -> Rows:
    """Return intervals with the shorter of two in some places, where 0 is never."""
    if days <= 0:
        return interval.astype(np.int64)
    shorter = np.where(interval > 0, np.minimum(interval, days), days)
    return np.where(where, shorter, interval).astype(np.int64)


def most_speed_mps(job: Rows, params: SweepingParams) -> F64:
    """Return how fast each washing may be done, shape (n,), metres a second."""
    return np.where(job == FLUSH, mps(params.flush_speed_km_h), mps(params.pavement_speed_km_h))


def job_of(vehicle: VehicleType) -> int:
    """Return what a vehicle of a washing kind does."""
    return KIND_OF_JOB.index(vehicle.kind)


def water_lpm(vehicle: VehicleType, params: SweepingParams) -> float:
    """Return the litres that a metre of washing takes."""
    return vehicle.water_lpm if job_of(vehicle) == FLUSH else params.pavement_width_m * params.pavement_l_m2


def tank_l(vehicle: VehicleType, params: SweepingParams) -> float:
    """Return the litres that a turnout carries when it is filled."""
    if job_of(vehicle) == FLUSH:
        return vehicle.tank_l
    return min(vehicle.tank_l, params.turnout_water_t * M3_L)


def open_nights(params: SweepingParams) -> Nights:
    """Return the nights that are not too cold for water, ascending.

    Raises
    ------
    ParameterError
        Where the temperatures cannot be read, or are more than the nights.
    """
    parts = [p.strip() for p in params.nights_celsius.replace("，", ",").split(",")] if params.nights_celsius.strip() else []
    try:
        given = [float(p) for p in parts]
    except ValueError:
        given = [float("nan")]
    if any(not -60 <= c <= 60 for c in given) or len(given) > params.horizon_days:
        n = params.horizon_days
        zh = f"参数 nights_celsius 为“{params.nights_celsius}”；应为至多 {n} 个 -60 … 60 的温度（°C），逗号分开"
        en = f"parameter 'nights_celsius' is {params.nights_celsius!r}; expected at most {n} numbers of -60 … 60 by commas"
        raise ParameterError(Text(zh, en))
    nights = [*given, *[params.temperature_celsius] * (params.horizon_days - len(given))]
    return tuple(k for k, c in enumerate(nights) if c >= LEAST_WET_C)
