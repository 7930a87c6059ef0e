"""The figures of the city, of districts, streams, types and stations."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.kinds.facilities import WastePoints
from layers.kinds.places import Population
from layers.layer import F64, Bool
from layers.units import HOUR_S, KM_M, TONNE_KG
from optimizer.ground.route_sums import span_s
from optimizer.ground.streams import FOOD, STREAMS
from optimizer.kpi import Declared, Kpi
from optimizer.plan import LegKind
from optimizer.planners.collection.kinds import KPI_KINDS
from optimizer.planners.collection.measuring.measured import Measured
from optimizer.planners.collection.measuring.money import crew_of
from optimizer.planners.collection.night.points import homes_xy_m
from optimizer.planners.collection.night.stations import food_capacity_t_day
from optimizer.timetable import station_load
from resources import costs

kpi = Declared(KPI_KINDS)


def figures(measured: Measured) -> Iterator[Kpi]:
    """Yield all figures but those that only the documents' targets ask for."""
    everything = np.ones(len(measured.night.tasks), dtype=bool)
    yield from tonnage(measured, everything, "city")
    yield from fleet_figures(measured)
    yield from hours_figures(measured)
    yield from money_figures(measured)
    yield from station_figures(measured)
    yield from point_figures(measured)
    names = np.array(measured.task_district, dtype=str)
    for name in sorted({n for n in names.tolist() if n}):
        yield from tonnage(measured, names == name, f"district {name}")
        yield kpi("n_unserved", float((~measured.done & (names == name)).sum()), f"district {name}")
    for number in measured.night.streams:
        yield from tonnage(measured, measured.night.tasks.stream == number, f"stream {STREAMS[number].key}")


def tonnage(measured: Measured, tasks: Bool, scope: str) -> Iterator[Kpi]:
    """Yield what is collected of some tasks, shape (n_tasks,), on an average of the planned days."""
    mine = tasks[measured.task]
    yield kpi("collected", float(measured.kg[mine].sum()) / TONNE_KG / measured.n_days, scope)
    asked_kg = float(np.maximum(0.0, measured.night.tasks.kg[tasks]).sum())
    if asked_kg > 0:
        done_kg = float(measured.night.tasks.kg[tasks & measured.done].sum())
        yield kpi("collected_share", 100 * done_kg / asked_kg, scope)
    if scope == "city":
        food = measured.night.tasks.stream[measured.task] == FOOD
        yield kpi("food_waste_collected", float(measured.kg[food].sum()) / TONNE_KG / measured.n_days)
        n_served = max(1, len(measured.task))
        if len(measured.task):
            yield kpi("points_in_window", 100 * float(measured.in_window.sum()) / n_served)
        yield kpi("n_unserved", float((~measured.done).sum()))


def fleet_figures(measured: Measured) -> Iterator[Kpi]:
    """Yield vehicles, routes and trips."""
    routes, days = measured.walk.legs.routes, measured.n_days
    yield kpi("n_vehicles", len({(r.vehicle_type, r.vehicle) for r in routes}))
    yield kpi("n_routes", len(routes) / days)
    yield kpi("n_trips", float(measured.walk.legs.doing(LegKind.UNLOAD).sum()) / days)
    owned = measured.scenario.inventory
    for key in sorted({r.vehicle_type for r in routes}):
        n_used = len({r.vehicle for r in routes if r.vehicle_type == key})
        there = owned.n_in_service(owned.vehicle_type(key))
        yield kpi("n_vehicles", n_used, f"type {key}")
        yield kpi("vehicles_in_service", there, f"type {key}")
        yield kpi("vehicles_missing", max(0, n_used - there), f"type {key}")
    crew = crew_of(measured.night.inventory)
    if crew is not None:
        yield kpi("crews", costs.heads(crew, crew.n_per_vehicle * len(routes) / days))
    left_km = range_left_km(measured)
    if left_km is not None:
        yield kpi("range_left", left_km)


def range_left_km(measured: Measured) -> float | None:
    """Return the least range that a vehicle comes back with; None where no type's range is known."""
    legs, left = measured.walk.legs, []
    for k, vehicle in enumerate(measured.walk.vehicles):
        span = slice(int(legs.first[k]), int(legs.first[k + 1]))
        charges = np.flatnonzero(legs.doing(LegKind.REFILL)[span])
        since = int(charges[-1]) if len(charges) else 0
        if vehicle.range_m > 0:
            left.append(vehicle.range_m - float(legs.length_m[span][since:].sum()))
    return min(left) / KM_M if left else None


def hours_figures(measured: Measured) -> Iterator[Kpi]:
    """Yield how long what takes."""
    days = measured.n_days
    spans_h = [span_s(r) / HOUR_S for r in measured.walk.legs.routes if r.legs]
    yield kpi("truck_hours", sum(spans_h) / days)
    yield kpi("driving_hours", measured.hours_of(LegKind.DRIVE) / days)
    yield kpi("service_hours", measured.hours_of(LegKind.SERVE) / days)
    yield kpi("unloading_hours", measured.hours_of(LegKind.UNLOAD) / days)
    yield kpi("waiting_hours", measured.hours_of(LegKind.WAIT) / days)
    yield kpi("driven_km", float(measured.walk.legs.length_m.sum()) / KM_M / days)
    if spans_h:
        yield kpi("longest_route", max(spans_h))
        yield kpi("shortest_route", min(spans_h))
        if min(spans_h) > 0:
            yield kpi("balance", max(spans_h) / min(spans_h))


def money_figures(measured: Measured) -> Iterator[Kpi]:
    """Yield energy, emissions and money of an average night."""
    use, days = measured.use, measured.n_days
    for key, amounts in (("energy", use.energy_kwh), ("fuel", use.fuel_l), ("co2", use.co2_kg), ("cost", use.cost_yuan)):
        yield kpi(key, float(amounts.sum()) / days)
    tonnes = float(measured.kg.sum()) / TONNE_KG
    if tonnes > 0:
        yield kpi("cost_per_tonne", float(use.cost_yuan.sum()) / tonnes)


def station_figures(measured: Measured) -> Iterator[Kpi]:
    """Yield how busy the stations are."""
    peaks: dict[str, tuple[float, int, float]] = {}
    for load in station_load(measured.plan):
        before = peaks.get(load.station, (0.0, 0, 0.0))
        quarter, at_once, total = float(load.load_kg.max()), int(load.n_at_once.max()), float(load.load_kg.sum())
        peaks[load.station] = (max(before[0], quarter), max(before[1], at_once), max(before[2], total))
    for name, (quarter_kg, at_once, total_kg) in sorted(peaks.items()):
        yield kpi("station_peak", quarter_kg / TONNE_KG, f"station {name}")
        yield kpi("station_vehicles", at_once, f"station {name}")
        yield kpi("station_load", total_kg / TONNE_KG, f"station {name}")
    if peaks:
        yield kpi("station_peak", max(p[0] for p in peaks.values()) / TONNE_KG)
        yield kpi("station_vehicles", max(p[1] for p in peaks.values()))


def point_figures(measured: Measured) -> Iterator[Kpi]:
    """Yield how far homes are from points, how much comes together at one, and what the food-waste plants take."""
    away_m = homes_away_m(measured)
    if len(away_m):
        yield kpi("C1", float(away_m.max()))
        yield kpi("homes_in_reach", 100 * float((away_m <= measured.night.params.service_radius_m).mean()))
    at_point = np.bincount(measured.night.tasks.point, weights=np.maximum(0.0, measured.night.tasks.kg), minlength=1)
    yield kpi("C1.size", float(at_point.max()) / TONNE_KG)
    capacity = food_capacity_t_day(measured.night.city)
    if capacity is not None:
        yield kpi("food_waste_capacity", capacity)


def homes_away_m(measured: Measured) -> F64:
    """Return how far each home, else each inhabited point of the population grid, is from the nearest waste point."""
    import shapely

    city = measured.night.city
    homes = homes_xy_m(city)
    if not len(homes):
        people = city[Population]
        homes = people.geometry.coords[np.nan_to_num(people.n_residents) > 0]
    points = city[WastePoints].geometry.coords
    points = points[np.isfinite(points).all(axis=1)]
    if not len(homes) or not len(points):
        return np.empty(0)
    tree, at = shapely.STRtree(shapely.points(points)), shapely.points(homes)
    return np.asarray(shapely.distance(at, shapely.points(points)[tree.nearest(at)]), dtype=np.float64)
