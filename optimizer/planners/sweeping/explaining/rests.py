"""Time that vehicles have left in their shifts, as a plan's routes show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.plan import LegKind, Route
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.day.fleet import tank_m
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.search.proven import net_s
from resources.inventory import Inventory, Shift, VehicleType


@dataclass(frozen=True)
class Rest:
    """Hold time that is left to a vehicle of one type of one depot in one shift, and how far its tank still lasts.

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
    left_m
        Metres that may be swept with what the tank still holds; infinite where nothing is sprayed off one.
    """

    vehicle: VehicleType
    shift: Shift
    depot: str
    name: str
    idle_s: float
    end_s: float
    left_m: float


def rests_of(routes: Sequence[Route], inventory: Inventory, params: SweepingParams) -> tuple[Rest, ...]:
    """Return the longest rests of each type, shift and depot, and the whole shift where a vehicle of the type stays in.

    Of a type, shift and depot the longest rest comes first, then shorter ones of vehicles that have more water left. Where
    the cheapest fleet is asked for, vehicles that stay in are not part of it.
    """
    shifts = {s.key: s for s in fleet.shifts_of(inventory, params)}
    types = {v.key: v for v in fleet.sweepers(inventory)}
    known = [r for r in routes if r.shift in shifts and r.vehicle_type in types and r.legs]
    rests: dict[tuple[str, str, str], list[Rest]] = {}
    for route in known:
        rest = _rest(route, types[route.vehicle_type], shifts[route.shift])
        rests.setdefault((route.vehicle_type, route.shift, route.depot), []).append(rest)
    found = [rest for of_depot in rests.values() for rest in _worth_looking_at(of_depot)]
    for vehicle in types.values():
        for shift in shifts.values():
            n_out = len({r.vehicle for r in known if r.vehicle_type == vehicle.key and r.shift == shift.key})
            if params.mode != "fleet" and n_out < inventory.n_in_service(vehicle):
                found.append(Rest(vehicle, shift, "", "", net_s(shift), shift.end_s - shift.after_s, tank_m(vehicle)))
    return tuple(found)


def _rest(route: Route, vehicle: VehicleType, shift: Shift) -> Rest:
    """Return what a route leaves."""
    end_s = shift.end_s - shift.after_s
    return Rest(vehicle, shift, route.depot, route.vehicle, idle_s(route, shift), end_s, left_m(route, vehicle))


def _worth_looking_at(rests: Sequence[Rest]) -> list[Rest]:
    """Return the rests that no other beats in both time and water, the longest first."""
    found: list[Rest] = []
    for rest in sorted(rests, key=lambda r: (-r.idle_s, -r.left_m)):
        if not found or rest.left_m > found[-1].left_m:
            found.append(rest)
    return found


def left_m(route: Route, vehicle: VehicleType) -> float:
    """Return how many metres the tank still lasts behind a route: it was full at the start, and is at each refill."""
    swept_m = 0.0
    for leg in route.legs:
        swept_m = 0.0 if leg.kind is LegKind.REFILL else swept_m + leg.length_m * (leg.kind is LegKind.SERVE)
    return tank_m(vehicle) - swept_m


def idle_s(route: Route, shift: Shift) -> float:
    """Return the seconds that are left behind a route."""
    rested = any(leg.kind is LegKind.BREAK for leg in route.legs)
    return shift.end_s - shift.after_s - route.legs[-1].end_s - (0.0 if rested else shift.break_s)
