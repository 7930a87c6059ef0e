"""The figures of the city, of each district, of each vehicle and of each shift."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.layer import F64, Bool
from layers.units import HOUR_S, KM_M, MINUTE_S, TONNE_KG
from optimizer.ground.cuts import district_names
from optimizer.ground.route_sums import span_s
from optimizer.kpi import Declared, Kpi
from optimizer.plan import LegKind
from optimizer.planners.sweeping.day.hand import hand_posts
from optimizer.planners.sweeping.kinds import KPI_KINDS
from optimizer.planners.sweeping.measuring.measured import Measured
from optimizer.planners.sweeping.measuring.money import DAYS_A_YEAR, crew_of
from optimizer.planners.sweeping.measuring.tally import Tally
from resources import costs

kpi = Declared(KPI_KINDS)


def figures(measured: Measured) -> Iterator[Kpi]:
    """Yield all figures but those that only the documents' targets ask for."""
    tally = Tally(measured)
    everywhere = np.ones(len(measured.passes.streets), dtype=bool)
    yield from rates(tally, everywhere, "city")
    yield from city_figures(measured, tally)
    names = district_names(measured.scenario.city, measured.passes.streets)
    for name in sorted({str(n) for n in names.tolist() if n}):
        yield from rates(tally, names == name, f"district {name}")
        yield from district_figures(measured, tally, names == name, f"district {name}")
    for kind, (listed, number) in (("vehicle", tally.vehicle), ("shift", tally.shift)):
        for k, name in enumerate(listed):
            mine = number == k
            yield from route_figures(tally, mine, f"{kind} {name}")
            if kind == "vehicle":
                yield kpi("compactness", tally.spread_m[k] / KM_M, f"vehicle {name}")
    yield from by_type(measured)


def rates(tally: Tally, streets: Bool, scope: str) -> Iterator[Kpi]:
    """Yield the mechanised rates of some streets, by area and by length, and the wet rate."""
    measured = tally.measured
    cuts = [("rate_by_area", measured.by_area, tally.classes), ("rate_by_length", measured.by_length, tally.classes)]
    cuts += [("mechanised_sweeping_rate", measured.swept, {"": streets})]
    cuts += [("wet_or_suction_sweeping_rate", measured.swept_wet, {"": streets})]
    for key, share, classes in cuts:
        for where, mask in classes.items():
            rate = share.pct(streets & mask)
            if rate is not None:
                yield kpi(key, rate, scope, where)


def city_figures(measured: Measured, tally: Tally) -> Iterator[Kpi]:
    """Yield the figures of the whole plan."""
    plan, passes = measured.plan, measured.passes
    yield kpi("required_km", float(passes.length_m[passes.by_machine].sum()) / KM_M)
    yield from route_figures(tally, np.ones(len(measured.legs.routes), dtype=bool), "city")
    yield kpi("n_vehicles", len({(r.vehicle, r.vehicle_type) for r in plan.routes}))
    yield kpi("n_routes", len(plan.routes))
    crew = crew_of(measured.inventory)
    if crew is not None:
        yield kpi("driver_posts", crew.n_per_vehicle * len(plan.routes))
        yield kpi("drivers", costs.heads(crew, crew.n_per_vehicle * len(plan.routes)))
    yield kpi("cost_of_year", float(tally.use.cost_yuan.sum()) * DAYS_A_YEAR)
    spans_h = [span_s(r) / HOUR_S for r in plan.routes]
    if spans_h:
        yield kpi("longest_route", max(spans_h))
        yield kpi("shortest_route", min(spans_h))
        if min(spans_h) > 0:
            yield kpi("balance", max(spans_h) / min(spans_h))
        yield kpi("compactness", float(tally.spread_m.mean()) / KM_M)
    yield kpi("dirt", float(passes.load_kg[measured.done].sum()) / TONNE_KG)
    yield kpi("streets_crossed", float(tally.crossed.sum()))
    yield from left_over(tally, np.ones(len(passes.streets), dtype=bool), "city")


def left_over(tally: Tally, streets: Bool, scope: str) -> Iterator[Kpi]:
    """Yield what machines leave, and the people that it takes to sweep by hand what no machine can enter."""
    passes = tally.measured.passes
    yield kpi("n_unserved", float(streets[passes.street[tally.left]].sum()), scope)
    area_m2, n_posts = hand_posts(tally.measured.inventory, tally.street_m2, tally.by_hand & streets)
    yield kpi("hand_swept_area", area_m2, scope)
    yield kpi("hand_sweepers", n_posts, scope)


def route_figures(tally: Tally, mine: Bool, scope: str) -> Iterator[Kpi]:
    """Yield what some routes did.

    Parameters
    ----------
    mine
        Which routes, shape (n_routes,).
    """
    yield from driven(float(tally.swept_m[mine].sum()) / KM_M, float(tally.deadhead_m[mine].sum()) / KM_M, scope)
    yield kpi("n_dump_trips", float(tally.n_dumped[mine].sum()), scope)
    yield kpi("n_tank_trips", float(tally.n_refilled[mine].sum()), scope)
    yield kpi("passes_in_excess", float(tally.n_streets_driven[mine].sum()), scope)
    yield from used([float(a[mine].sum()) for a in _amounts(tally)], float(tally.area_m2[mine].sum()), scope)
    yield kpi("peak_minutes", float(tally.peak_of_route_s[mine].sum()) / MINUTE_S, scope)
    ends_s = [r.legs[-1].end_s for r, own in zip(tally.measured.legs.routes, mine.tolist(), strict=True) if own and r.legs]
    if ends_s:
        yield kpi("finish_hour", max(ends_s) / HOUR_S, scope)


def district_figures(measured: Measured, tally: Tally, streets: Bool, scope: str) -> Iterator[Kpi]:
    """Yield what was done in a district; what routes use is shared out by the metres that they drive in it."""
    legs, passes = measured.legs, measured.passes
    here = np.append(streets, False)[tally.step_street]
    swept_km, deadhead_km = (
        float(tally.step_m[here & tally.doing(kind)[legs.step_leg]].sum()) / KM_M for kind in (LegKind.SERVE, LegKind.DRIVE)
    )
    yield from driven(swept_km, deadhead_km, scope)
    inside_m = np.bincount(
        legs.route[legs.step_leg[here]], weights=tally.step_m[here], minlength=len(legs.routes)
    )  # metres of each route in the district
    share: F64 = inside_m / np.maximum(tally.route_m, 1e-9)
    services = measured.services
    mine = streets[passes.street[services.row]]
    area_m2 = float(passes.area_m2[services.row[mine]].sum())
    yield from used([float((a * share).sum()) for a in _amounts(tally)], area_m2, scope)
    serves = tally.doing(LegKind.SERVE)
    there = np.zeros(len(legs.legs), dtype=bool)
    there[legs.step_leg[here]] = True
    yield kpi("peak_minutes", float(tally.peak_s[there & serves].sum()) / MINUTE_S, scope)
    if (there & serves).any():
        yield kpi("finish_hour", float(legs.end_s[there & serves].max()) / HOUR_S, scope)
    yield kpi("streets_crossed", float((tally.crossed & streets).sum()), scope)
    yield kpi("passes_in_excess", float((here & tally.doing(LegKind.DRIVE)[legs.step_leg]).sum()), scope)
    yield from left_over(tally, streets, scope)


def driven(swept_km: float, deadhead_km: float, scope: str) -> Iterator[Kpi]:
    """Yield kilometres."""
    yield kpi("swept_km", swept_km, scope)
    yield kpi("deadhead_km", deadhead_km, scope)
    if swept_km + deadhead_km > 0:
        yield kpi("deadhead_share", 100 * deadhead_km / (swept_km + deadhead_km), scope)


_USED = ("water", "energy", "fuel", "co2", "cost")


def _amounts(tally: Tally) -> tuple[F64, ...]:
    use = tally.use
    return use.water_m3, use.energy_kwh, use.fuel_l, use.co2_kg, use.cost_yuan


def used(amounts: list[float], area_m2: float, scope: str) -> Iterator[Kpi]:
    """Yield water, energy, emissions and money; the money also by the thousand square metres swept."""
    for key, amount in zip(_USED, amounts, strict=True):
        yield kpi(key, amount, scope)
    if area_m2 > 0:
        yield kpi("cost_per_1000_m2", 1000 * amounts[-1] / area_m2, scope)


def by_type(measured: Measured) -> Iterator[Kpi]:
    """Yield the vehicles of each type that the plan needs, beside those that the bureau has in service."""
    owned = measured.scenario.inventory
    for key, vehicle in measured.vehicles.items():
        n_used = len({r.vehicle for r in measured.plan.routes if r.vehicle_type == key})
        if n_used:
            there = owned.n_in_service(owned.vehicle_type(key))
            yield kpi("n_vehicles", n_used, f"type {vehicle.key}")
            yield kpi("vehicles_in_service", there, f"type {vehicle.key}")
            yield kpi("vehicles_missing", max(0, n_used - there), f"type {vehicle.key}")
