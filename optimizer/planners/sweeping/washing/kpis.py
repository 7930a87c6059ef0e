"""Measure a washing calendar from the plan and the city alone.

Kilometres, hours, water, energy and emissions are those of the whole calendar, costs those of an average day and of a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from layers.layer import F64, Bool, Rows
from layers.units import HOUR_S, KM_M
from optimizer.ground.cuts import district_names, streets_where
from optimizer.ground.route_sums import span_s
from optimizer.kpi import Kpi
from optimizer.plan import LegKind, Plan
from optimizer.planners.sweeping.measuring.figures import kpi
from optimizer.planners.sweeping.measuring.money import DAYS_A_YEAR
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.washing import problem
from optimizer.planners.sweeping.washing.bound import least_turnouts
from optimizer.planners.sweeping.washing.measured import hours_by_night, missing_of, nights_of, of_each
from optimizer.planners.sweeping.washing.money import bill_of
from optimizer.planners.sweeping.washing.nights import Nights, gaps, overrun_days
from optimizer.planners.sweeping.washing.work import FLUSH, KIND_OF_JOB, PAVEMENT, Washings, washings_of
from optimizer.repeats import Repeated, distinct
from optimizer.scenario import Scenario
from resources.targets import load_targets, where_key

_WEEK_DAYS, _MONTH_DAYS = 7, DAYS_A_YEAR / 12


@dataclass(frozen=True, eq=False)
class Measured:
    """Hold a calendar beside what is asked."""

    scenario: Scenario
    plan: Plan
    params: SweepingParams
    washings: Washings

    @cached_property
    def same(self) -> tuple[Repeated, ...]:
        """Its turnouts, each once."""
        return distinct(self.plan.routes)

    @cached_property
    def nights(self) -> list[Nights]:
        """Nights on which each row is washed."""
        return nights_of(self.washings, self.plan.routes, self.params.horizon_days)

    @cached_property
    def times(self) -> Rows:
        """How often each row is washed, shape (n,)."""
        return np.array([len(nights) for nights in self.nights], dtype=np.int64)

    @cached_property
    def n_missing(self) -> Rows:
        """How many washings of each row are missing, shape (n,)."""
        return missing_of(self.washings, self.nights, self.params.horizon_days)

    @cached_property
    def overrun(self) -> Rows:
        """Days by which each row's longest interval is too long, shape (n,); 0 where it is never washed."""
        return of_each(self.washings, self.nights, self.params.horizon_days, overrun_days)


def kpis(scenario: Scenario, plan: Plan) -> tuple[Kpi, ...]:
    """Return all figures of a calendar."""
    params = scenario.params
    assert isinstance(params, SweepingParams)
    measured = Measured(scenario, plan, params, washings_of(scenario.city, params))
    everywhere = np.ones(len(measured.washings.streets), dtype=bool)
    found = [*kept(measured, everywhere, "city"), *turnouts(measured), *used(measured), *asked(measured)]
    names = district_names(scenario.city, measured.washings.streets)
    for name in sorted({str(n) for n in names.tolist() if n}):
        found += kept(measured, names == name, f"district {name}")
    return tuple(found)


def kept(measured: Measured, streets: Bool, scope: str) -> Iterator[Kpi]:
    """Yield how often streets are washed, against how often they are to be."""
    washings = measured.washings
    here = streets[washings.street]
    length_m = washings.length_m
    if here.any():
        on_time = length_m[here & (measured.n_missing == 0)].sum()
        yield kpi("intervals_kept", 100 * float(on_time / length_m[here].sum()), scope)
        yield kpi("interval_overrun", float(measured.overrun[here].max()), scope)
        yield kpi("never_washed", float((measured.times[here] == 0).sum()), scope)
    yield kpi("washings_missing", float(measured.n_missing[here].sum()), scope)
    for key, job in (("flushed_km", FLUSH), ("pavement_km", PAVEMENT)):
        yield kpi(key, float((length_m * measured.times)[here & (washings.job == job)].sum()) / KM_M, scope)
    grade = washings.streets.cleaning_grade[washings.street]
    for key, among, days in (
        ("S2.flush.1", (washings.job == FLUSH) & (grade == 1), _WEEK_DAYS),
        ("S2.flush.2", (washings.job == FLUSH) & (grade == 2), _WEEK_DAYS),
        ("S2.footway", washings.job == PAVEMENT, _MONTH_DAYS),
    ):
        mine = here & among & ~washings.streets.closed[washings.street]
        if mine.any():
            mean = float(np.average(measured.times[mine], weights=length_m[mine]))
            yield kpi(key, mean * days / measured.params.horizon_days, scope)


def turnouts(measured: Measured) -> Iterator[Kpi]:
    """Yield turnouts by night, and what each night holds."""
    plan, params, inventory = measured.plan, measured.params, measured.scenario.inventory
    horizon, types = params.horizon_days, inventory.type_of
    days = np.array([r.day for r in plan.routes], dtype=np.int64)
    on = np.bincount(days[(days >= 0) & (days < horizon)], minlength=horizon)
    vehicles, shift, washings = problem.washers(inventory), problem.shift_of(inventory, params), measured.washings
    crewed = sum(r.vehicle_type in types and types[r.vehicle_type].kind is KIND_OF_JOB[PAVEMENT] for r in plan.routes)
    yield kpi("turnouts", len(plan.routes))
    rows = [np.flatnonzero(washings.job == job) for job in (FLUSH, PAVEMENT)]
    yield kpi("turnouts_bound", sum(least_turnouts(washings, r, vehicles, params, shift) for r in rows))
    yield kpi("turnouts_night_most", float(on.max()))
    yield kpi("turnouts_night_least", float(on.min()))
    yield kpi("washing_turnouts", crewed * DAYS_A_YEAR / horizon)
    yield kpi("person_turnouts", crewed * params.n_turnout_people + len(plan.routes) - crewed)
    yield kpi("n_routes", len(plan.routes))
    yield kpi("n_vehicles", len({(r.vehicle_type, r.vehicle) for r in plan.routes}))
    yield kpi("n_unserved", len(plan.unserved))
    if plan.routes:
        hours = hours_by_night(plan.routes, horizon)
        if hours.min() > 0:
            yield kpi("night_balance", float(hours.max() / hours.min()))
        spans_h = [span_s(r) / HOUR_S for r in plan.routes]
        yield kpi("longest_route", max(spans_h))
        yield kpi("shortest_route", min(spans_h))
        yield kpi("finish_hour", max(r.legs[-1].end_s for r in plan.routes) / HOUR_S)
        yield kpi("night_spread", spread_m(measured) / KM_M)


def spread_m(measured: Measured) -> float:
    """Return how far, on average, a turnout of a night lies from the middle of those of its depot and type, metres."""
    washings, boxes = measured.washings, measured.washings.streets.geometry.bounds
    at: dict[tuple[str, str, int], list[F64]] = {}
    for same in measured.same:
        rows = [washings.row_of[leg.item] for leg in same.route.legs if leg.item in washings.row_of]
        if rows:
            middle = boxes[washings.street[rows]].reshape(-1, 2, 2).mean(axis=(0, 1))
            for night in same.days:
                at.setdefault((same.route.vehicle_type, same.route.depot, night), []).append(middle)
    away = [np.hypot(*(np.array(points) - np.mean(points, axis=0)).T) for points in at.values()]
    return float(np.concatenate(away).mean()) if away else 0.0


def used(measured: Measured) -> Iterator[Kpi]:
    """Yield kilometres, water, energy, emissions and money."""
    horizon = measured.params.horizon_days
    total = dict.fromkeys(LegKind, 0.0)
    n_refills = 0
    for same in measured.same:
        for leg in same.route.legs:
            total[leg.kind] += leg.length_m * len(same.days)
        n_refills += sum(leg.kind is LegKind.REFILL for leg in same.route.legs) * len(same.days)
    washed_m, deadhead_m = total[LegKind.SERVE], total[LegKind.DRIVE]
    yield kpi("deadhead_km", deadhead_m / KM_M)
    if washed_m + deadhead_m > 0:
        yield kpi("deadhead_share", 100 * deadhead_m / (washed_m + deadhead_m))
    yield kpi("n_tank_trips", n_refills)
    bill = bill_of(measured.same, measured.scenario.inventory, measured.params)
    yield kpi("water", bill.water_m3)
    yield kpi("energy", bill.energy_kwh)
    yield kpi("fuel", bill.fuel_l)
    yield kpi("co2", bill.co2_kg)
    yield kpi("cost", bill.cost_yuan / horizon)
    yield kpi("cost_of_year", bill.cost_yuan / horizon * DAYS_A_YEAR)


def asked(measured: Measured) -> Iterator[Kpi]:
    """Yield what the documents' targets ask for: the longest interval of any open street that they name."""
    for target in load_targets():
        if target.planner == "sweeping" and target.metric == "washing_interval":
            streets = streets_where(measured.scenario.city, measured.washings.streets, target.where)
            open_ones = None if streets is None else streets & ~measured.washings.streets.closed
            if open_ones is not None and open_ones.any():
                yield kpi("washing_interval", longest_gap_days(measured, open_ones), "city", where_key(target.where))


def longest_gap_days(measured: Measured, streets: Bool) -> float:
    """Return the most days between two washings of one street, by any of its kerbs; a year where it is never washed."""
    nights: dict[int, set[int]] = {int(street): set() for street in np.flatnonzero(streets)}
    for street, found in zip(measured.washings.street.tolist(), measured.nights, strict=True):
        if street in nights:
            nights[street].update(found)
    return float(max(max(gaps(sorted(n), measured.params.horizon_days), default=DAYS_A_YEAR) for n in nights.values()))
