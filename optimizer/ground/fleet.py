"""Vehicles in service, their names, and when streets are closed to them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layers.hours import Periods, parse_periods
from layers.kinds.streets import Streets
from layers.layer import F64, Bool, Rows
from layers.network import Mover
from layers.units import DAY_S
from resources.inventory import Inventory, Shift, VehicleKind, VehicleType


def mover_of(vehicle: VehicleType) -> Mover:
    """Return the vehicle as the network sees it."""
    return Mover(
        key=vehicle.key,
        speed_mps=vehicle.driving_speed_mps,
        width_m=vehicle.width_m,
        height_m=vehicle.height_m,
        weight_kg=vehicle.weight_kg,
        least_street_width_m=vehicle.least_street_width_m,
    )


def in_service(inventory: Inventory, kinds: Sequence[VehicleKind]) -> tuple[VehicleType, ...]:
    """Return the vehicle types of some kinds that are in service, by kind in this order, the widest of each first."""
    types = [v for v in inventory.vehicle_types if v.kind in kinds and inventory.n_in_service(v) > 0]
    return tuple(sorted(types, key=lambda v: (kinds.index(v.kind), -v.least_street_width_m, v.key)))


def vehicle_name(vehicle: VehicleType, number: int) -> str:
    """Return the name of a type's vehicle, numbered from 1 over all depots."""
    return f"{vehicle.label.zh} {number:02d}"


def banned_in(streets: Streets, shift: Shift) -> Bool:
    """Return which streets are closed to sanitation vehicles at any time of a shift, shape (n,)."""
    texts, inverse = np.unique(streets.ban_periods, return_inverse=True)
    return np.array([overlaps(parse_periods(str(t)), shift.start_s, shift.end_s) for t in texts], dtype=bool)[inverse]


def overlaps(periods: Periods, start_s: float, end_s: float) -> bool:
    """Return whether any daily period touches the time from `start_s` to `end_s`, which may pass midnight."""
    return any(
        start + days * DAY_S < end_s and start_s < end + days * DAY_S for start, end in periods for days in (-1, 0, 1)
    )


def overlap(periods: Periods, start_s: F64, end_s: F64) -> Bool:
    """Return for each time from `start_s` to `end_s` whether any daily period touches it, shape (n,)."""
    touched = np.zeros(len(start_s), dtype=bool)
    for begin, end in periods:
        for days in (-1, 0, 1):
            touched |= (begin + days * DAY_S < end_s) & (start_s < end + days * DAY_S)
    return touched


def shared_out(n_vehicles: int, work: F64) -> Rows:
    """Return vehicles by depot: in proportion to work, the largest remainders rounded up, shape (n_depots,)."""
    if work.sum() <= 0:
        return np.zeros(len(work), dtype=np.int64)
    exact = n_vehicles * work / work.sum()
    whole: Rows = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[: n_vehicles - whole.sum()]] += 1
    return whole
