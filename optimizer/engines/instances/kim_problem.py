"""Make a problem of what a file of the family waste-vrptw says.

Lengths are feet, or the decimals of feet that the file gives; times are tenths of seconds, those of ways rounded up so that
what fits by them fits by the file's own figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from optimizer.engines.instances.figures import places
from optimizer.engines.instances.stop_files import StopRow, loads, scaled
from optimizer.engines.vehicle_routing import Break, Profile, Station, Stops, VehicleGroup, VehicleRoutingProblem
from optimizer.engines.vehicle_routing.stops import UNREACHABLE, Int32Array, IntArray

FEET_A_MILE = 5280
_TENTHS_AN_HOUR = 36000
# Lunch begins between 11:00 and 12:00, in tenths of seconds.
_LUNCH = (11 * _TENTHS_AN_HOUR, 12 * _TENTHS_AN_HOUR)
_SPEED_PLACES = 3


@dataclass(frozen=True)
class WasteFile:
    """What a file says; times in seconds, places in feet, amounts in cubic yards.

    Parameters
    ----------
    depot, stops, landfills
        The rows of the table by their type.
    capacity
        What a vehicle holds.
    capacity_a_day, stops_a_day
        Most that a vehicle takes aboard, and at how many stops, in a day.
    lunch_s
        How long lunch is.
    speed_mph
        Miles an hour.
    """

    depot: StopRow
    stops: tuple[StopRow, ...]
    landfills: tuple[StopRow, ...]
    capacity: Decimal
    capacity_a_day: Decimal
    stops_a_day: int
    lunch_s: Decimal
    speed_mph: Decimal

    @property
    def rows(self) -> tuple[StopRow, ...]:
        """All places: the depot, the stops, the landfills."""
        return (self.depot, *self.stops, *self.landfills)


def waste_problem(file: WasteFile, name: str) -> tuple[VehicleRoutingProblem, int]:
    """Return the problem, and how many of its units of length are a mile."""
    length, n_places = _lengths(file)
    profile = Profile(
        time_s=_times(length, n_places, file.speed_mph),
        length_m=length.astype(np.int32),
        service_s=scaled([row.service for row in file.stops], 1),
        earliest_s=scaled([row.earliest for row in file.stops], 1),
        latest_s=scaled([row.latest for row in file.stops], 1),
    )
    demand, capacity, on_route = _amounts(file)
    n_stops = len(file.stops)
    stops = Stops(np.arange(1, n_stops + 1), demand, np.ones(n_stops, dtype=np.int64))
    opens, closes, lunch = scaled([file.depot.earliest, file.depot.latest, file.lunch_s], 1).tolist()
    group = VehicleGroup(
        start_place=0,
        end_place=0,
        capacity=capacity,
        n_vehicles=n_stops,
        earliest_s=opens,
        latest_s=closes,
        route_capacity=on_route,
        fixed_cost=_more_than_any_distance(length, n_stops),
        breaks=(Break(lunch, *_LUNCH),) if lunch else (),
    )
    stations = tuple(_station(row, 1 + n_stops + k) for k, row in enumerate(file.landfills))
    return VehicleRoutingProblem(stops, (profile,), (group,), stations, name=name), FEET_A_MILE * 10**n_places


def _lengths(file: WasteFile) -> tuple[IntArray, int]:
    """Return Manhattan distances and how many decimals of a foot their unit is; as many as the file gives and as fit."""
    n_places = places([value for row in file.rows for value in (row.x, row.y)])
    while True:
        at = [scaled([getattr(row, axis) for row in file.rows], n_places) for axis in ("x", "y")]
        length = sum((np.abs(values[:, None] - values[None, :]) for values in at), np.zeros(1, dtype=np.int64))
        if n_places == 0 or length.max() < UNREACHABLE:
            return length, n_places
        n_places -= 1


def _times(length: IntArray, n_places: int, speed_mph: Decimal) -> Int32Array:
    """Return driving times in tenths of seconds, rounded up."""
    speed = int(speed_mph.scaleb(_SPEED_PLACES))
    per_tenth = FEET_A_MILE * speed * 10**n_places
    found: Int32Array = (-(-length * (_TENTHS_AN_HOUR * 10**_SPEED_PLACES) // per_tenth)).astype(np.int32)
    return found


def _amounts(file: WasteFile) -> tuple[IntArray, tuple[int, ...], tuple[int | None, ...]]:
    """Return demands, what a vehicle holds, and what it may take in a day; limits that nothing can reach are left away."""
    demand, (capacity, a_day) = loads(file.stops, [file.capacity, file.capacity_a_day])
    limit = a_day if demand.sum() > a_day else None
    if len(file.stops) <= file.stops_a_day:
        return demand[:, None], (capacity,), (limit,)
    # The number of stops is a load of its own: one a stop, and as many as a day allows.
    both = np.column_stack([demand, np.ones_like(demand)])
    return both, (capacity, file.stops_a_day), (limit, file.stops_a_day)


def _more_than_any_distance(length: IntArray, n_stops: int) -> int:
    """Return more than a plan's distance: each stop's way to the depot and to its nearest landfill, there and back."""
    stop = slice(1, n_stops + 1)
    return int(2 * (length[0, stop].sum() + length[stop, n_stops + 1 :].min(axis=1).sum())) + 1


def _station(row: StopRow, place: int) -> Station:
    """Return a landfill; the file gives when a visit may begin."""
    visit, earliest, latest = scaled([row.service, row.earliest, row.latest], 1).tolist()
    return Station(place, visit_s=visit, open_s=((earliest, latest + visit),))
