"""One part of the night as an abstract vehicle-routing problem.

Engines count in whole numbers: here seconds, tenths of a kilogram and metres, rounded to the safe side, and ten-thousandths
of a yuan.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.layer import F64, Bool, Rows
from layers.network import matrix
from layers.units import HOUR_S, KM_M
from optimizer.engines.bonds import Lock
from optimizer.engines.breaks import Break
from optimizer.engines.vehicle_routing.fleet import Station, VehicleGroup
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.stops import UNREACHABLE, Int32Array, Profile, Stops
from optimizer.ground.streams import STREAMS
from optimizer.planners.collection.measuring.money import wage_yuan_s
from optimizer.planners.collection.night.fleet import Round
from optimizer.planners.collection.night.reading import Night
from optimizer.planners.collection.night.tasks import is_noisy, window_of
from optimizer.planners.collection.night.views import View, take
from optimizer.planners.collection.search.dealing import Crew
from optimizer.planners.collection.search.parts import Part, shift_share
from resources import costs
from resources.inventory import Shift, VehicleType

TENTHS = 10
COST_YUAN = 10_000  # units of the engine's cost in a yuan
# A task that is locked is worth so many times as much to the search: it comes before all that is not.
LOCK_FACTOR = 1000


@dataclass(frozen=True, eq=False)
class Unit:
    """Hold a part with its crews and the engine's problem.

    Parameters
    ----------
    part, crews
        One vehicle group of the problem a crew.
    views
        One profile of the problem each: how the crews that name it see the streets, and whether they disturb.
    places
        Numbers of the view's places, one a row of the problem's matrices.
    n_stations
        Stations of the problem that take waste; behind them stand the depots that charge.
    share
        Amounts, of the daily average.
    problem
        For the engine.
    """

    part: Part
    crews: tuple[Crew, ...]
    views: tuple[View, ...]
    places: Rows
    n_stations: int
    share: float
    problem: VehicleRoutingProblem

    @property
    def shift(self) -> Shift:
        """The part's shift."""
        return self.part.shift

    def view(self, crew: int) -> View:
        """Return how a crew sees the streets."""
        return self.views[self.problem.groups[crew].profile]


def unit_of(night: Night, part: Part, crews: tuple[Crew, ...], owner: dict[int, tuple[str, int]]) -> Unit:
    """Return a part as the engine's problem.

    Parameters
    ----------
    owner
        Type and number of the vehicle that alone may do a task, by the task's row.
    """
    n_points, n_depots = len(night.xy_m), len(night.places.depots)
    points, place_of = np.unique(night.tasks.point[part.tasks], return_inverse=True)
    used_depots = sorted({crew.depot for crew in crews})
    places = np.concatenate([points, n_points + np.array(used_depots, dtype=np.int64), n_points + n_depots + part.stations])
    depot_at = {d: len(points) + k for k, d in enumerate(used_depots)}
    station_at = len(points) + len(used_depots) + np.arange(len(part.stations))
    kinds: list[tuple[View, bool, VehicleType]] = []
    for crew in crews:
        view = night.view(crew.vehicle.key, part.shift.key)
        assert view is not None
        if not any(k[0] is view and k[1] == is_noisy(crew.vehicle) for k in kinds):
            kinds.append((view, is_noisy(crew.vehicle), crew.vehicle))
    ways: dict[int, tuple[Int32Array, Int32Array]] = {}
    for view, *_ in kinds:
        if id(view) not in ways:
            ways[id(view)] = ways_of(night, view, places)
    profiles = tuple(_profile(night, part, ways[id(view)], vehicle) for view, _, vehicle in kinds)
    of_kind = [
        next(
            k
            for k, v in enumerate(kinds)
            if v[0] is night.view(c.vehicle.key, part.shift.key) and v[1] == is_noisy(c.vehicle)
        )
        for c in crews
    ]
    groups = tuple(
        _group(night, (part, crew), depot_at[crew.depot], kind) for crew, kind in zip(crews, of_kind, strict=True)
    )
    stations = _stations(night, part, crews, station_at)
    chargers = _chargers(night, (part, crews), depot_at)
    problem = VehicleRoutingProblem(
        stops=_stops(night, part, place_of, (crews, owner)),
        profiles=profiles,
        groups=groups,
        stations=(*stations, *chargers),
        serve_all=False,
        locks=_locks(part, crews, owner),
        name=f"{part.shift.key}",
    )
    return Unit(
        part, crews, tuple(view for view, *_ in kinds), places, len(stations), night.day_shares[night.base_day], problem
    )


def ways_of(night: Night, view: View, places: Rows) -> tuple[Int32Array, Int32Array]:
    """Return seconds and metres between some places, whole numbers, shape (n, n); `UNREACHABLE` where there is no way."""
    n = len(places)
    time_s, length_m = np.full((n, n), UNREACHABLE, dtype=np.int32), np.full((n, n), UNREACHABLE, dtype=np.int32)
    here = np.flatnonzero(view.there[places])
    if len(here):
        on = take(view.places, places[here])
        found = matrix(view.router, on, on)
        seconds = np.ceil(found.time_s * night.params.drive_time_factor + night.params.approach_s - 1e-3)
        known = np.isfinite(seconds)
        time_s[np.ix_(here, here)] = np.where(known, np.where(known, seconds, 0), UNREACHABLE)
        length_m[np.ix_(here, here)] = np.where(known, np.ceil(np.where(known, found.length_m, 0)), UNREACHABLE)
    np.fill_diagonal(time_s, 0)
    np.fill_diagonal(length_m, 0)
    return time_s, length_m


def _profile(night: Night, part: Part, ways: tuple[Int32Array, Int32Array], vehicle: VehicleType) -> Profile:
    tasks, rows = night.tasks, part.tasks
    from_s, to_s = window_of(tasks, night.points.residential[tasks.point], vehicle, night.params)
    service_s = tasks.service_s[rows].astype(np.int64)
    earliest = np.ceil(from_s[rows]).astype(np.int64)
    return Profile(
        time_s=ways[0],
        length_m=ways[1],
        service_s=service_s,
        earliest_s=earliest,
        latest_s=np.floor(to_s[rows]).astype(np.int64) - service_s,
    )


def _group(night: Night, of: tuple[Part, Crew], home: int, profile: int) -> VehicleGroup:
    (part, crew), params = of, night.params
    vehicle, shift = crew.vehicle, part.shift
    begin, end = shift.start_s + shift.before_s, shift.end_s - shift.after_s
    wage_s = wage_yuan_s(night.inventory, params)
    fixed = vehicle.fixed_yuan_day + wage_s * (shift.before_s + shift.after_s)
    by = {
        "fixed": fixed * COST_YUAN,
        "m": costs.yuan_km(vehicle, night.inventory.prices) / KM_M * COST_YUAN,
        "s": wage_s * COST_YUAN,
    }
    if params.mode == "all" and params.least == "km":
        by = {"fixed": 0.0, "m": KM_M, "s": 0.0}
    return VehicleGroup(
        start_place=home,
        end_place=home,
        capacity=tuple(int(crew.layout.holds(s) * TENTHS + 1e-6) for s in range(len(STREAMS))),
        n_vehicles=len(crew.numbers),
        earliest_s=int(np.ceil(begin)),
        latest_s=int(end),
        shift_s=int(params.route_most_h * HOUR_S) if params.route_most_h > 0 else None,
        range_m=int(vehicle.range_m) if may_run_dry(vehicle, shift) else None,
        fixed_cost=round(by["fixed"]),
        cost_m=round(by["m"]),
        cost_s=round(by["s"]),
        breaks=_breaks(shift),
        profile=profile,
    )


def may_run_dry(vehicle: VehicleType, shift: Shift) -> bool:
    """Tell whether a type could drive farther in a shift than one charge or tank lasts."""
    return 0 < vehicle.range_m < vehicle.driving_speed_mps * (shift.end_s - shift.start_s)


def _breaks(shift: Shift) -> tuple[Break, ...]:
    """Return the shift's break, to be taken in its middle half."""
    if shift.break_s <= 0:
        return ()
    quarter = (shift.end_s - shift.start_s) / 4
    latest = shift.start_s + 3 * quarter - shift.break_s
    return (
        Break(
            int(np.ceil(shift.start_s + quarter)), int(max(latest, shift.start_s + quarter + 1)), int(np.ceil(shift.break_s))
        ),
    )


def _stations(night: Night, part: Part, crews: tuple[Crew, ...], at: Rows) -> tuple[Station, ...]:
    """Return the part's stations; a visit takes as long as the slowest of its vehicles."""
    visit_s = int(np.ceil(max((crew.vehicle.unload_s for crew in crews), default=0.0)))
    share = shift_share(night, part.shift)
    found = []
    for number, place in zip(part.stations.tolist(), at.tolist(), strict=True):
        station = night.places.stations[number]
        spans = station.open_in(part.shift.start_s, part.shift.end_s)
        most = None if np.isinf(station.capacity_kg) else int(station.capacity_kg * share * TENTHS)
        open_s = tuple((int(np.ceil(a)), int(b)) for a, b in spans) or ((0, 0),)
        found.append(Station(place=place, visit_s=visit_s, open_s=open_s, bays=station.n_bays, throughput=most))
    return tuple(found)


def _chargers(night: Night, of: tuple[Part, tuple[Crew, ...]], depot_at: dict[int, int]) -> tuple[Station, ...]:
    """Return depots where the crews that may run dry can charge."""
    part, crews = of
    dry = [c.vehicle for c in crews if c.vehicle.electric and c.vehicle.charge_s > 0 and may_run_dry(c.vehicle, part.shift)]
    if not dry:
        return ()
    visit_s, none = int(np.ceil(max(v.charge_s for v in dry))), (False,) * len(STREAMS)
    charging = [at for d, at in depot_at.items() if night.places.depots[d].id in night.places.charging]
    return tuple(Station(place=at, visit_s=visit_s, takes=none, charges=True) for at in charging)


def _stops(night: Night, part: Part, place: Rows, of: tuple[tuple[Crew, ...], dict[int, tuple[str, int]]]) -> Stops:
    tasks, rows, share = night.tasks, part.tasks, night.day_shares[night.base_day]
    demand = np.zeros((len(rows), len(STREAMS)), dtype=np.int64)
    demand[np.arange(len(rows)), tasks.stream[rows]] = tenths(tasks.kg[rows] * share)
    value = np.maximum(1, np.rint(tasks.kg[rows])).astype(np.int64)
    value[[k for k, row in enumerate(rows.tolist()) if row in of[1]]] *= LOCK_FACTOR
    return Stops(place=place.astype(np.int64), demand=demand, value=value, allowed=_allowed(night, part, of))


def _allowed(night: Night, part: Part, of: tuple[tuple[Crew, ...], dict[int, tuple[str, int]]]) -> Bool:
    """Return which crews may serve which stops; none those that are locked to a vehicle of another part."""
    crews, owner = of
    point, stream = night.tasks.point[part.tasks], night.tasks.stream[part.tasks]
    here = {(crew.vehicle.key, number) for crew in crews for number in crew.numbers}
    away = np.array([row in owner and owner[row] not in here for row in part.tasks.tolist()], dtype=bool)
    columns = []
    for crew in crews:
        view = night.view(crew.vehicle.key, part.shift.key)
        assert view is not None
        columns.append(view.there[point] & np.isin(stream, crew.layout.streams) & ~away)
    return np.column_stack(columns) if columns else np.zeros((len(point), 0), dtype=bool)


def tenths(kg: F64) -> Rows:
    """Return whole tenths of a kilogram, rounded up."""
    return np.ceil(np.asarray(kg) * TENTHS - 1e-6).astype(np.int64)


def _locks(part: Part, crews: tuple[Crew, ...], owner: dict[int, tuple[str, int]]) -> tuple[Lock, ...]:
    found = []
    for k, row in enumerate(part.tasks.tolist()):
        if row in owner:
            key, number = owner[row]
            for g, crew in enumerate(crews):
                if crew.vehicle.key == key and number in crew.numbers:
                    found.append(Lock(k, g, crew.numbers.index(number)))
    return tuple(found)


def round_of(night: Night, shift: Shift) -> Round:
    """Return the first round that a shift works."""
    return next(r for r in night.rounds if r.shift.key == shift.key)
