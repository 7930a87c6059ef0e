"""Time that vehicles have left in their shifts, as a plan's routes show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.plan import LegKind, Route
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.search.proven import net_s
from resources.inventory import Inventory, Shift, VehicleType


@dataclass(frozen=True)
class Rest:
    """Hold the longest time that is left to vehicles of one type of one depot in one shift.

    Parameters
    ----------
    vehicle
        The type.
    name
        The vehicle that has it; empty where it is one that does not go out in this shift.
    depot
        Where it stands; empty where it may stand at any.
    idle_s
        Seconds between coming back and the end of the shift, less what is kept for a break not yet taken.
    end_s
        When it ends.
    """

    vehicle: VehicleType
    shift: Shift
    depot: str
    name: str
    idle_s: float
    end_s: float


def rests_of(routes: Sequence[Route], inventory: Inventory, params: SweepingParams) -> tuple[Rest, ...]:
    """Return the longest rest of each type, shift and depot, and the whole shift where a vehicle of the type stays in.

    Where the cheapest fleet is asked for, vehicles that stay in are not part of it.
    """
    shifts = {s.key: s for s in fleet.shifts_of(inventory, params)}
    types = {v.key: v for v in fleet.sweepers(inventory)}
    known = [r for r in routes if r.shift in shifts and r.vehicle_type in types and r.legs]
    longest: dict[tuple[str, str, str], Rest] = {}
    for route in known:
        shift = shifts[route.shift]
        rest = Rest(
            types[route.vehicle_type], shift, route.depot, route.vehicle, idle_s(route, shift), shift.end_s - shift.after_s
        )
        key = (route.vehicle_type, route.shift, route.depot)
        if key not in longest or rest.idle_s > longest[key].idle_s:
            longest[key] = rest
    found = list(longest.values())
    for vehicle in types.values():
        for shift in shifts.values():
            n_out = len({r.vehicle for r in known if r.vehicle_type == vehicle.key and r.shift == shift.key})
            if params.mode != "fleet" and n_out < inventory.n_in_service(vehicle):
                found.append(Rest(vehicle, shift, "", "", net_s(shift), shift.end_s - shift.after_s))
    return tuple(found)


def idle_s(route: Route, shift: Shift) -> float:
    """Return the seconds that are left behind a route."""
    rested = any(leg.kind is LegKind.BREAK for leg in route.legs)
    return shift.end_s - shift.after_s - route.legs[-1].end_s - (0.0 if rested else shift.break_s)
