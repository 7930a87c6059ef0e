"""The abstract vehicle-routing problem: stops with loads, vehicles, stations to be emptied and charged at.

Several trips with time windows, after the field's names: multi-trip VRP with time windows and intermediate facilities (Kim,
Kim & Sahoo 2006, doi 10.1016/j.cor.2005.02.045; Cattaruzza, Absi & Feillet 2016, doi 10.1007/s10288-016-0306-2).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from layers.errors import InputError
from optimizer.engines.bonds import Lock, allowed_by, lock_faults, names_vehicles, order_faults
from optimizer.engines.vehicle_routing.fleet import Station, VehicleGroup
from optimizer.engines.vehicle_routing.stops import BoolArray, IntArray, Profile, Stops
from optimizer.engines.vehicle_routing.terms import Terms


@dataclass(frozen=True)
class VehicleRoutingProblem:
    """Serve stops with vehicles: all of them, or the most valuable ones that a limited fleet can serve, at least cost.

    Parameters
    ----------
    stops, groups, stations
        As named.
    profiles
        How types of vehicle see the places; a group names one.
    must_end_empty
        Whether a vehicle that took anything aboard must visit a station that takes it before its end; else the end empties
        it, as a depot does from which goods are delivered.
    serve_all
        Whether leaving a stop out makes a plan infeasible; else the value served is maximised first.
    locks
        Stops that are bound to a group or a vehicle; at most one a stop.
    orders
        Each a sequence of stops: those of them that are served are served by one route, in this order. A stop stands in one
        order at most.
    terms
        What is wanted beside low cost.
    """

    stops: Stops
    profiles: tuple[Profile, ...]
    groups: tuple[VehicleGroup, ...]
    stations: tuple[Station, ...] = ()
    must_end_empty: bool = True
    serve_all: bool = True
    locks: tuple[Lock, ...] = ()
    orders: tuple[tuple[int, ...], ...] = ()
    terms: Terms = field(default_factory=Terms)
    name: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Refuse a problem that cannot be meant, with all its faults at once."""
        found = [] if self.groups else ["groups: at least one vehicle group is expected"]
        found += [] if self.profiles else ["profiles: at least one is expected"]
        if not found:
            found = self.stops.faults(self.n_places, len(self.groups))
        if not found:
            n_loads = self.stops.n_loads
            for k, profile in enumerate(self.profiles):
                found += profile.faults(f"profiles[{k}]", self.n_places, self.n_stops)
            for k, group in enumerate(self.groups):
                found += group.faults(f"groups[{k}]", self.n_places, n_loads, len(self.profiles))
            for k, station in enumerate(self.stations):
                found += station.faults(f"stations[{k}]", self.n_places, n_loads)
            found += lock_faults(self.locks, self.n_stops, [group.n_vehicles for group in self.groups], "stop")
            found += order_faults(self.orders, self.n_stops, "stop")
        if found:
            raise InputError("vehicle-routing problem: " + "; ".join(found))

    @property
    def n_stops(self) -> int:
        """Number of stops."""
        return self.stops.n_stops

    @property
    def n_loads(self) -> int:
        """Number of loads."""
        return self.stops.n_loads

    @property
    def n_places(self) -> int:
        """Number of places."""
        return len(self.profiles[0].time_s)

    @property
    def worth(self) -> IntArray:
        """What leaving each stop out costs a plan, shape (n_stops,): its value; 1 where all are to be served."""
        return np.ones(self.n_stops, dtype=np.int64) if self.serve_all else self.stops.value

    @cached_property
    def allowed(self) -> BoolArray:
        """Which groups may serve which stops, locks counted, shape (n_stops, n_groups)."""
        return allowed_by(self.locks, self.stops.allowed, self.n_stops, len(self.groups))

    @property
    def numbers_vehicles(self) -> bool:
        """Whether it matters which vehicle of a group drives a route, so that routes carry its number."""
        return self.terms.change > 0 or names_vehicles(self.locks)
