"""Measure a sweeping plan from the plan and the city alone.

The mechanised sweeping rate is what machines sweep over what is to be swept, in a day: areas (or lengths) of passes done
over those of all passes asked for, those of streets that are left to hand sweepers among them. A kerb that wants two
passes and gets one counts half. The mechanised operation rate counts each kerb once: swept by a machine at all, or not.
"""

from __future__ import annotations

from collections.abc import Iterator

from layers.hours import parse_periods
from layers.kinds.streets import RoadClass
from layers.layer import Bool
from optimizer.ground.cuts import district_names, streets_where
from optimizer.ground.fleet import overlap
from optimizer.kpi import Kpi
from optimizer.plan import Plan
from optimizer.planners.sweeping.day.fleet import KINDS
from optimizer.planners.sweeping.day.kerbs import areas_m2
from optimizer.planners.sweeping.measuring.figures import figures, kpi
from optimizer.planners.sweeping.measuring.measured import Measured
from optimizer.scenario import Scenario
from resources.inventory import VehicleKind
from resources.targets import load_targets, where_key


def kpis(scenario: Scenario, plan: Plan) -> tuple[Kpi, ...]:
    """Return all figures of a plan."""
    measured = Measured.of(scenario, plan)
    found = [*figures(measured), *asked(measured)]
    unique = {(k.id, k.scope, k.where): k for k in found}
    return tuple(unique.values())


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
    return measured.swept.pct(streets)


def operation_rate(measured: Measured, streets: Bool) -> float | None:
    """Return the share of the kerbs that a machine swept at all, percent."""
    return measured.begun.pct(streets)


def wet_rate(measured: Measured, streets: Bool) -> float | None:
    """Return the share of the passes that was done wet or by suction, percent."""
    return measured.swept_wet.pct(streets)


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
