"""Measure a sweeping plan from the plan and the city alone.

The mechanised sweeping rate is what machines sweep over what is to be swept, in a day: areas (or lengths) of passes done
over those of all passes asked for, those of streets that are left to hand sweepers among them. A kerb that wants two
passes and gets one counts half. The mechanised operation rate counts each kerb once: swept by a machine at all, or not.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.hours import parse_periods
from layers.kinds.streets import RoadClass
from layers.layer import Bool
from layers.units import HOUR_S, KM_M, TONNE_KG
from optimizer.kpi import Kpi
from optimizer.plan import LegKind, Plan
from optimizer.planners.sweeping.cuts import district_names, streets_where
from optimizer.planners.sweeping.fleet import KINDS, overlap
from optimizer.planners.sweeping.kerbs import areas_m2
from optimizer.planners.sweeping.kinds import KPI_KINDS
from optimizer.planners.sweeping.measured import Measured, span_s
from optimizer.planners.sweeping.money import usage_of
from optimizer.scenario import Scenario
from resources.inventory import VehicleKind
from resources.targets import load_targets, where_key

_UNITS = {kind.id: kind.unit for kind in KPI_KINDS}


def kpis(scenario: Scenario, plan: Plan) -> tuple[Kpi, ...]:
    """Return all figures of a plan."""
    measured = Measured.of(scenario, plan)
    found = [*totals(measured), *districts(measured), *asked(measured)]
    unique = {(k.id, k.scope, k.where): k for k in found}
    return tuple(unique.values())


def kpi(key: str, value: float, scope: str = "city", where: str = "") -> Kpi:
    """Return a figure in its declared unit."""
    return Kpi(key, float(value), _UNITS[key], scope, where)


def totals(measured: Measured) -> Iterator[Kpi]:
    """Yield the figures of the whole plan."""
    plan, passes = measured.plan, measured.passes
    everywhere = np.ones(len(passes), dtype=bool)
    rate = measured.rate_pct(measured.done, everywhere)
    if rate is not None:
        yield kpi("mechanised_sweeping_rate", rate)
    swept_km, deadhead_km = measured.km(LegKind.SERVE), measured.km(LegKind.DRIVE)
    yield kpi("required_km", float(passes.length_m[passes.by_machine].sum()) / KM_M)
    yield kpi("swept_km", swept_km)
    yield kpi("deadhead_km", deadhead_km)
    if swept_km + deadhead_km > 0:
        yield kpi("deadhead_share", 100 * deadhead_km / (swept_km + deadhead_km))
    yield kpi("n_vehicles", len({(r.vehicle, r.vehicle_type) for r in plan.routes}))
    yield kpi("n_routes", len(plan.routes))
    if plan.routes:
        spans_h = [span_s(r) / HOUR_S for r in plan.routes]
        yield kpi("longest_route", max(spans_h))
        yield kpi("shortest_route", min(spans_h))
        yield kpi("finish_hour", max(r.legs[-1].end_s for r in plan.routes if r.legs) / HOUR_S)
    yield kpi("n_dump_trips", sum(leg.kind is LegKind.UNLOAD for r in plan.routes for leg in r.legs))
    yield kpi("dirt", float(passes.load_kg[measured.done].sum()) / TONNE_KG)
    used = usage_of(plan, measured.scenario.inventory)
    yield kpi("water", used.water_m3)
    yield kpi("energy", used.energy_kwh)
    yield kpi("fuel", used.fuel_l)
    yield kpi("co2", used.co2_kg)
    yield kpi("cost", used.cost_yuan)
    yield kpi("n_unserved", len(plan.unserved))


def districts(measured: Measured) -> Iterator[Kpi]:
    """Yield the sweeping rate of each district."""
    names = district_names(measured.scenario.city, measured.passes.streets)
    of_pass = names[measured.passes.street]
    for name in sorted({str(n) for n in names.tolist() if n}):
        rate = measured.rate_pct(measured.done, of_pass == name)
        if rate is not None:
            yield kpi("mechanised_sweeping_rate", rate, f"district {name}")


def asked(measured: Measured) -> Iterator[Kpi]:
    """Yield what the documents' targets ask for, where the plan and the city can tell; the rest stays not measured."""
    streets = measured.passes.streets
    names = district_names(measured.scenario.city, streets)
    for target in load_targets():
        if target.planner != "sweeping" or target.metric not in _MEASURES:
            continue
        mask = streets_where(measured.scenario.city, streets, target.where)
        if mask is None:
            continue
        yield from cut(measured, target.metric, mask, ("city", where_key(target.where)))
        if target.per == "district":
            for name in sorted({str(n) for n in names.tolist() if n}):
                yield from cut(
                    measured, target.metric, mask & (names == name), (f"district {name}", where_key(target.where))
                )


def cut(measured: Measured, metric: str, streets: Bool, at: tuple[str, str]) -> Iterator[Kpi]:
    """Yield one metric over some streets, if it can be measured there."""
    value = _MEASURES[metric](measured, streets)
    if value is not None:
        yield kpi(metric, value, *at)


def sweeping_rate(measured: Measured, streets: Bool) -> float | None:
    """Return the share of the passes that was done, percent."""
    return measured.rate_pct(measured.done, streets[measured.passes.street])


def operation_rate(measured: Measured, streets: Bool) -> float | None:
    """Return the share of the kerbs that a machine swept at all, percent."""
    # all strips of the first sweep, so that a wide kerb weighs as much as its area
    first = measured.passes.n_sweep == 1
    return measured.rate_pct(measured.begun, first & streets[measured.passes.street])


def wet_rate(measured: Measured, streets: Bool) -> float | None:
    """Return the share of the passes that was done by vehicles that spray water, percent."""
    return measured.rate_pct(measured.wet, streets[measured.passes.street])


def narrow_breaches(measured: Measured, streets: Bool) -> float:
    """Return how many passes of back streets a full-size vehicle swept."""
    services, passes = measured.services, measured.passes
    back = streets & (passes.streets.road_class == RoadClass.BACK_STREET)
    large = services.by(lambda vehicle: vehicle.kind is not VehicleKind.SMALL_SWEEPER)
    return float((large & back[passes.street[services.row]]).sum())


def crew_breaches(measured: Measured, streets: Bool) -> float:
    """Return how many passes were swept by vehicles that also collect: all but sweepers."""
    services = measured.services
    others = services.by(lambda vehicle: vehicle.kind not in KINDS)
    return float((others & streets[measured.passes.street[services.row]]).sum())


def peak_breaches(measured: Measured, streets: Bool) -> float:
    """Return how many passes were swept, wholly or in part, within the traffic peaks."""
    services = measured.services
    in_peak = overlap(parse_periods(measured.params.peak_periods), services.start_s, services.end_s)
    return float((in_peak & streets[measured.passes.street[services.row]]).sum())


def contracted_area_m2(measured: Measured, streets: Bool) -> float | None:
    """Return the area of streets in contract sections; None where the city names no section."""
    sections = measured.passes.streets.contract_section != ""
    if not sections.any():
        return None
    return float(areas_m2(measured.passes.streets)[streets & sections].sum())


def contracted_share(measured: Measured, streets: Bool) -> float | None:
    """Return the share of the streets' area that lies in contract sections, percent."""
    area_m2, whole_m2 = contracted_area_m2(measured, streets), float(areas_m2(measured.passes.streets)[streets].sum())
    return None if area_m2 is None or whole_m2 <= 0 else 100 * area_m2 / whole_m2


_MEASURES = {
    "mechanised_sweeping_rate": sweeping_rate,
    "mechanised_operation_rate": operation_rate,
    "wet_or_suction_sweeping_rate": wet_rate,
    "breaches_of_narrow_streets_by_small_sweepers": narrow_breaches,
    "breaches_of_sweeping_and_collection_apart": crew_breaches,
    "breaches_of_sweeping_outside_peaks": peak_breaches,
    "contracted_share": contracted_share,
    "contracted_sweeping_area": contracted_area_m2,
}
