"""Which vehicles sweep which streets, and how they are shared out between depots."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np

from layers.errors import ParameterError
from layers.kinds.streets import RoadClass, Streets
from layers.layer import F64, Bool, Rows
from layers.text import Text
from layers.units import clock, mps
from optimizer.ground.fleet import in_service, overlaps, shared_out
from optimizer.ground.networks import ShiftGroup
from optimizer.planners.sweeping.day.kerbs import Passes
from optimizer.planners.sweeping.params import SweepingParams
from resources.inventory import Inventory, Shift, VehicleKind, VehicleType
from resources.standards import standard

KINDS = (VehicleKind.SWEEPER, VehicleKind.SMALL_SWEEPER)
# Pace of a day's work, driving told in, and room beyond it, for a fleet that is to be enough.
_SLOW_MPS, _AMPLE = mps(4.0), 4 / 3
LEAST_WET_C = standard("S5").value


def sweepers(inventory: Inventory) -> tuple[VehicleType, ...]:
    """Return the sweepers that can be planned with, full-size ones first, the widest of each kind first."""
    return in_service(inventory, KINDS)


def shifts_of(inventory: Inventory, params: SweepingParams) -> tuple[Shift, ...]:
    """Return the shifts that the parameter names, in its order.

    Raises
    ------
    ParameterError
        Where the inventory has no such shift, none is named, one is named twice, or two overlap: the same vehicles go out in
        all of them, every day.
    """
    known = inventory.shift_of
    keys = [k.strip() for k in params.shifts.replace("，", ",").split(",") if k.strip()]
    wrong = [k for k in keys if k not in known]
    if wrong or not keys:
        zh = f"参数 shifts 为“{params.shifts}”；资源库中的班次：{'、'.join(known)}"
        raise ParameterError(Text(zh, f"parameter 'shifts' is {params.shifts!r}; the inventory has: {', '.join(known)}"))
    if len(set(keys)) < len(keys):
        zh = f"参数 shifts 为“{params.shifts}”；同一班次只能写一次"
        raise ParameterError(Text(zh, f"parameter 'shifts' is {params.shifts!r}; name each shift once"))
    shifts = tuple(known[k] for k in keys)
    for a, b in itertools.combinations(shifts, 2):
        if overlaps(((round(a.start_s), round(a.end_s)),), b.start_s, b.end_s):
            spans = [f"{s.key} {clock(s.start_s)}-{clock(s.end_s)}" for s in (a, b)]
            zh = f"参数 shifts 中的班次重叠：{' 与 '.join(spans)}；同一辆车每天每班都出车，请选不重叠的班次"
            en = f"parameter 'shifts': {' and '.join(spans)} overlap; the same vehicles work in all shifts, name others"
            raise ParameterError(Text(zh, en))
    return shifts


def offered(inventory: Inventory, params: SweepingParams) -> Inventory:
    """Return the inventory as the question has it.

    Below the temperature for wet work nothing sprays; where the cheapest fleet is asked for, there are as many sweepers of
    each type as may be bought.
    """
    types = inventory.vehicle_types
    if not wet_allowed(params):
        types = tuple(replace(v, water_lpm=0.0) for v in types)
    if params.mode == "fleet":
        n_owned = round(params.n_vehicles_most / max(1e-9, 1 - inventory.spare_ratio))
        types = tuple(replace(v, n_owned=n_owned) if v.kind in KINDS else v for v in types)
    return replace(inventory, vehicle_types=types)


def wet_allowed(params: SweepingParams) -> bool:
    """Return whether it is warm enough to spray water."""
    return params.temperature_celsius >= LEAST_WET_C


def tank_m(vehicle: VehicleType) -> float:
    """Return how far a tank lasts, metres of sweeping; infinite where nothing is sprayed, or no tank is given."""
    return vehicle.tank_l / vehicle.water_lpm if vehicle.water_lpm > 0 and vehicle.tank_l > 0 else np.inf


def sprays(vehicle: VehicleType) -> bool:
    """Tell whether a type sweeps wet off a tank that must be filled again."""
    return bool(np.isfinite(tank_m(vehicle)))


def holds(passes: Passes, rows: Rows, vehicle: VehicleType, spare: float = 0.0) -> Bool:
    """Return which passes a type's hopper and tank are large enough for, shape (n,).

    Parameters
    ----------
    spare
        Kilograms of the hopper and metres of the tank that must be left beside.
    """
    dirt_kg, length_m = passes.load_kg[rows] + spare, passes.length_m[rows] + spare
    return np.asarray((dirt_kg <= vehicle.hopper_kg) & (length_m <= tank_m(vehicle)))


def fleet_s(inventory: Inventory, vehicles: tuple[VehicleType, ...], shifts: tuple[Shift, ...]) -> float:
    """Return the working time of all vehicles in all shifts together, seconds."""
    return float(sum(inventory.n_in_service(v) for v in vehicles) * sum(s.end_s - s.start_s for s in shifts))


def to_begin_with(
    passes: Passes,
    vehicles: tuple[VehicleType, ...],
    shifts: tuple[Shift, ...],
    inventory: Inventory,
    params: SweepingParams,
) -> Rows:
    """Return how many vehicles of each type are planned with, shape (n_types,): those in service.

    Where the cheapest fleet is asked for, a third more than sweeping all passes that a type may sweep takes at 4 km/h, all
    driving told in.
    """
    there = np.array([inventory.n_in_service(v) for v in vehicles], dtype=np.int64)
    if params.mode != "fleet":
        return there
    work_s = sum(s.end_s - s.start_s - s.before_s - s.after_s - s.break_s for s in shifts)
    may = [suits(passes.streets, v, params)[passes.street] & passes.by_machine for v in vehicles]
    enough = [np.ceil(_AMPLE * passes.length_m[mask].sum() / _SLOW_MPS / max(1.0, work_s)) for mask in may]
    return np.minimum(there, np.maximum(1, np.array(enough, dtype=np.int64)))


def suits(streets: Streets, vehicle: VehicleType, params: SweepingParams) -> Bool:
    """Return which streets a vehicle may sweep by its kind, shape (n,).

    Back streets are for small ones, key areas for those that spray or suck, as far as the parameters say so.
    """
    may = np.ones(len(streets), dtype=bool)
    if vehicle.kind is not VehicleKind.SMALL_SWEEPER and params.back_streets_small_only:
        may &= streets.road_class != RoadClass.BACK_STREET
    if params.wet_key_areas and wet_allowed(params) and not (vehicle.water_lpm > 0 or vehicle.suction):
        may &= ~streets.key_area
    return may


def values_of(passes: Passes, params: SweepingParams) -> Rows:
    """Return what each pass is worth where the fleet cannot sweep all, shape (n,).

    Its area in square metres, times a weight for main and secondary roads (the documents' targets are set for them), times
    another for key areas. Main roads are wide and quick to sweep, so that they also come first by area a minute.
    """
    streets = passes.streets
    main = np.isin(streets.road_class, (RoadClass.MAIN, RoadClass.SECONDARY))
    weight = np.where(main, params.priority_main_factor, 1) * np.where(streets.key_area, params.priority_key_factor, 1)
    points: Rows = np.maximum(1, np.rint(passes.area_m2 * weight[passes.street])).astype(np.int64)
    return points


def dealt(n_vehicles: int, work_s: F64, cost_s: F64) -> tuple[Rows, Rows]:
    """Give each task its depot and each depot its vehicles.

    Each task goes to the nearest depot; vehicles are shared out in proportion to the work; the depot with least work among
    those that got none is left out and the dealing is done again.

    Parameters
    ----------
    n_vehicles
        At least one.
    work_s
        Shape (n_tasks,): seconds of service.
    cost_s
        Shape (n_tasks, n_depots): how far each depot is; infinite where it cannot be used.

    Returns
    -------
    tuple
        Depot of each task, shape (n_tasks,), and vehicles of each depot, shape (n_depots,).
    """
    cost = cost_s.copy()
    while True:
        nearest = np.argmin(cost, axis=1)
        work: F64 = np.bincount(nearest, weights=work_s, minlength=cost.shape[1]).astype(np.float64)
        vehicles = shared_out(n_vehicles, work)
        bare = np.flatnonzero((vehicles == 0) & (work > 0))
        if len(bare) == 0:
            return nearest, vehicles
        cost[:, bare[np.argmin(work[bare])]] = np.inf


def shift_choices(passes: Passes, groups: tuple[ShiftGroup, ...], listed: tuple[Shift, ...]) -> Bool:
    """Return in which shifts each pass may be done, shape (n, n_shifts), shifts in the order of the groups.

    A kerb that is swept several times a day has its sweeps spread over the shifts as they are listed; one that is swept
    once may be swept in any shift in which it is not banned.
    """
    shifts = [s for g in groups for s in g.shifts]
    open_in = ~np.column_stack([g.banned[passes.street] for g in groups for _ in g.shifts])
    place = np.array([listed.index(s) for s in shifts])
    turn = np.minimum(len(shifts) - 1, (passes.n_sweep - 1) * len(shifts) // np.maximum(passes.n_sweeps, 1))
    wanted = place[None, :] == turn[:, None]
    wanted |= (passes.n_sweeps <= 1)[:, None]
    chosen = wanted & open_in
    return np.where(chosen.any(axis=1)[:, None], chosen, open_in)
