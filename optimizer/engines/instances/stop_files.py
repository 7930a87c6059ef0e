"""What files of vehicle routing say of a stop, and the problem that those with truncated distances make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from pathlib import Path

import numpy as np

from optimizer.engines.instances.damage import damaged
from optimizer.engines.instances.figures import places
from optimizer.engines.vehicle_routing import Profile, Station, Stops, VehicleGroup, VehicleRoutingProblem
from optimizer.engines.vehicle_routing.stops import Int32Array, IntArray

# Figures as whole numbers have no more decimals than this.
_MOST_PLACES = 6
_TENTHS = 10


@dataclass(frozen=True)
class StopRow:
    """A stop, a depot or a station, all figures as written.

    Parameters
    ----------
    line
        Where in the file, from 1.
    id
        As written.
    x, y
        Where it is.
    demand
        What it adds to the load.
    earliest, latest
        Service begins between the two.
    service
        How long it takes.
    release
        The trip that serves it begins no earlier.
    """

    line: int
    id: str
    x: Decimal
    y: Decimal
    demand: Decimal
    earliest: Decimal
    latest: Decimal
    service: Decimal
    release: Decimal = Decimal(0)


@dataclass(frozen=True)
class Fleet:
    """Vehicles that are alike: how many, and what each holds."""

    n_vehicles: int
    capacity: Decimal


def scaled(values: Sequence[Decimal], n_places: int, rounding: str = ROUND_FLOOR) -> IntArray:
    """Return figures in units of their `n_places`-th decimal, rounded down unless said otherwise."""
    return np.array([int(v.scaleb(n_places).to_integral_value(rounding)) for v in values], dtype=np.int64)


def loads(rows: Sequence[StopRow], limits: Sequence[Decimal]) -> tuple[IntArray, list[int]]:
    """Return demands and limits of the load in one whole unit; what has more decimals than fit is rounded to be safe."""
    n_places = min(_MOST_PLACES, places([*(row.demand for row in rows), *limits]))
    demand = scaled([row.demand for row in rows], n_places, ROUND_CEILING)
    return demand, scaled(list(limits), n_places).tolist()


def check_loads(path: Path, rows: Sequence[StopRow], capacity: Decimal) -> None:
    """Refuse a stop that no vehicle can hold.

    Raises
    ------
    InputError
        Names its line.
    """
    for row in rows:
        if row.demand > capacity:
            raise damaged(
                path,
                row.line,
                f"需求 {row.demand} 超过容量 {capacity}，请改正",
                f"demand {row.demand} exceeds the capacity {capacity}; mend the line or the capacity",
            )


def truncated(rows: Sequence[StopRow]) -> Int32Array:
    """Return Euclidean distances cut off behind the first decimal, in tenths, shape (n, n)."""
    n_places = min(_MOST_PLACES, places([value for row in rows for value in (row.x, row.y)]))
    at = np.column_stack([scaled([row.x for row in rows], n_places), scaled([row.y for row in rows], n_places)])
    apart = (at[:, None, :] - at[None, :, :]).astype(np.float64)
    tenths = np.sqrt(_TENTHS**2 * (apart**2).sum(axis=2))
    found: Int32Array = np.floor(tenths / 10**n_places).astype(np.int32)
    return found


def truncated_problem(
    depot: StopRow, rows: Sequence[StopRow], fleet: Fleet, name: str, *, reloads: bool
) -> VehicleRoutingProblem:
    """Return stops around one depot as a problem in tenths of the file's units of length and time.

    Goods are brought, so that a vehicle is at its end with whatever it has on its list done; where it `reloads`, the depot
    is visited on the way as a station that takes no time, and release times count for the trip that begins there.
    """
    way = truncated([depot, *rows])
    demand, (capacity,) = loads(rows, [fleet.capacity])
    no_release = not any(row.release for row in rows)
    stops = Stops(
        place=np.arange(1, len(rows) + 1),
        demand=demand[:, None],
        value=np.ones(len(rows), dtype=np.int64),
        release_s=None if no_release else scaled([row.release for row in rows], 1),
    )
    profile = Profile(
        time_s=way,
        length_m=way,
        service_s=scaled([row.service for row in rows], 1),
        earliest_s=scaled([row.earliest for row in rows], 1),
        latest_s=scaled([row.latest for row in rows], 1),
    )
    opens, closes = scaled([depot.earliest, depot.latest], 1).tolist()
    group = VehicleGroup(0, 0, (capacity,), fleet.n_vehicles, earliest_s=opens, latest_s=closes)
    stations = (Station(0),) if reloads else ()
    return VehicleRoutingProblem(stops, (profile,), (group,), stations, must_end_empty=False, name=name)
