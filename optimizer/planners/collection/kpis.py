"""Measure a collection plan from the plan and the city alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from layers.layer import Bool
from layers.units import MINUTE_S
from optimizer.ground.cuts import streets_where
from optimizer.ground.streams import FOOD
from optimizer.kpi import Kpi
from optimizer.plan import Plan
from optimizer.planners.collection.checking.loads import load_faults
from optimizer.planners.collection.measuring.figures import figures, kpi
from optimizer.planners.collection.measuring.measured import Measured
from optimizer.scenario import Scenario
from resources.inventory import VehicleKind
from resources.targets import load_targets, where_key

# A vehicle is small where it weighs no more than this, laden: light trucks by GB/T 15089 are up to 3.5 t, medium to 12 t.
_SMALL_KG = 12_000.0


def kpis(scenario: Scenario, plan: Plan) -> tuple[Kpi, ...]:
    """Return all figures of a plan."""
    measured = Measured.of(scenario, plan)
    found = [*figures(measured), *asked(measured)]
    return tuple({(k.id, k.scope, k.where): k for k in found}.values())


def asked(measured: Measured) -> Iterator[Kpi]:
    """Yield what the documents' targets ask for, where the plan and the city can tell; the rest stays not measured."""
    names = np.array(measured.task_district, dtype=str)
    for target in load_targets():
        if target.planner != "collection" or target.metric not in _MEASURES:
            continue
        if target.metric == "breaches_of_fixed_time_fixed_point" and measured.n_days == 1:
            continue  # a single night has no other to compare its times with
        tasks = tasks_where(measured, target.where)
        if tasks is None:
            continue
        where = where_key(target.where)
        yield kpi(target.metric, _MEASURES[target.metric](measured, tasks), "city", where)
        if target.per == "district":
            for name in sorted({n for n in names.tolist() if n}):
                value = _MEASURES[target.metric](measured, tasks & (names == name))
                yield kpi(target.metric, value, f"district {name}", where)


def tasks_where(measured: Measured, where: Mapping[str, str | Sequence[str]]) -> Bool | None:
    """Return the tasks that a target's scope names, shape (n_tasks,); None where the city's data cannot tell.

    Residential are points on small streets near homes; the pilot streets are the city's key areas.
    """
    night = measured.night
    area = where.get("area", "city")
    if area == "residential":
        return night.points.residential[night.tasks.point]
    streets = streets_where(night.city, night.streets, dict(where) | {"area": "key" if area == "pilot" else area})
    if streets is None:
        return None
    street = night.points.street[night.tasks.point]
    if area == "city" and "street_flag" not in where:
        return np.ones(len(night.tasks), dtype=bool)  # points on no street among them
    return np.asarray((street >= 0) & streets[np.maximum(street, 0)])


def outside_window(measured: Measured, tasks: Bool) -> float:
    """Return how many services of some tasks are outside their window; what is not collected is told as unserved."""
    return float((~measured.in_window & tasks[measured.task]).sum())


def sealed_share(measured: Measured, tasks: Bool) -> float:
    """Return the share of the tonnage that sealed vehicles carry, percent."""
    mine = tasks[measured.task]
    sealed = np.array([v.sealed for v in measured.walk.vehicles], dtype=bool)
    total = float(measured.kg[mine].sum())
    return 100 * float(measured.kg[mine & sealed[measured.route]].sum()) / total if total > 0 else 100.0


def fleet_types(measured: Measured, tasks: Bool) -> float:
    """Return how many vehicles used are none of those listed: electric, small and sealed, or bin-lifting."""
    used = {measured.walk.legs.routes[r].vehicle: measured.walk.vehicles[r] for r in measured.route[tasks[measured.task]]}
    listed = [
        v.electric or (v.sealed and v.weight_kg <= _SMALL_KG) or v.kind is VehicleKind.BIN_LIFTER for v in used.values()
    ]
    return float(len(listed) - sum(listed))


def not_timed(measured: Measured, tasks: Bool) -> float:
    """Return how many tasks are served on some day at a time that is off the heaviest day's by more than is allowed."""
    mine = tasks[measured.task]
    task, start_s = measured.task[mine], measured.walk.legs.start_s[measured.serves][mine]
    day = np.array([r.day for r in measured.walk.legs.routes], dtype=np.int64)[measured.route[mine]]
    base_s = np.full(len(measured.night.tasks), np.nan)
    heaviest = day == measured.night.base_day
    base_s[task[heaviest]] = start_s[heaviest]
    off = np.abs(start_s - base_s[task]) > measured.night.params.tolerance_min * MINUTE_S + 1
    return float(len(np.unique(task[off])))


def shop_round(measured: Measured, tasks: Bool) -> float:
    """Return how many tasks of the pilot streets are not collected in their window, or not at their fixed time."""
    left = tasks & ~measured.done
    return float(left.sum()) + outside_window(measured, tasks) + not_timed(measured, tasks)


def streams_apart(measured: Measured, tasks: Bool) -> float:
    """Return how many routes mix streams, and how many tasks of food waste are left: Wuhan's rule asks for both."""
    mixed = {k for k, fault in load_faults(measured.walk) if fault.code == "streams_mixed"}
    food_left = tasks & ~measured.done & (measured.night.tasks.stream == FOOD)
    return float(len(mixed)) + float(food_left.sum())


def loud(measured: Measured, tasks: Bool) -> float:
    """Return how many services disturb residents."""
    return float((measured.loud & tasks[measured.task]).sum())


def points_served(measured: Measured, tasks: Bool) -> float:
    """Return how many points are served."""
    return float(len(np.unique(measured.night.tasks.point[measured.task[tasks[measured.task]]])))


_MEASURES = {
    "breaches_of_collection_window": outside_window,
    "sealed_tonnage_share": sealed_share,
    "breaches_of_fleet_types": fleet_types,
    "breaches_of_fixed_time_fixed_point": not_timed,
    "breaches_of_shop_front_round": shop_round,
    "breaches_of_streams_collected_apart": streams_apart,
    "breaches_of_quiet_collection": loud,
    "loading_points_served": points_served,
}
