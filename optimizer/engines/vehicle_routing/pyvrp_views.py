"""The ways of a vehicle-routing problem as PyVRP's matrices.

Locations are counted: start and end of each group, then the stations, then the stops. A way's cost holds the visit at its
end, its time the visit at its beginning, so that a time on the clock is the begin of a visit. Where vehicles must end empty,
the way of a group's vehicles to their end leads through the station that is best on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.stops import UNREACHABLE, BoolArray, IntArray

Int64Matrix = npt.NDArray[np.int64]

# What a way that does not exist costs and takes.
BARRED = 1 << 40


@dataclass(frozen=True)
class Views:
    """A problem's locations, and the matrices of its groups."""

    problem: VehicleRoutingProblem

    @property
    def n_hubs(self) -> int:
        """Number of locations before the stops."""
        return 2 * len(self.problem.groups) + len(self.problem.stations)

    @cached_property
    def places(self) -> IntArray:
        """The row of the problem's matrices for each location."""
        hubs = [place for g in self.problem.groups for place in (g.start_place, g.end_place)]
        hubs += [station.place for station in self.problem.stations]
        return np.concatenate([np.array(hubs, dtype=np.int64), self.problem.stops.place])

    def station_at(self, station: int) -> int:
        """Return the location of a station."""
        return 2 * len(self.problem.groups) + station

    def stations_of(self, group: int) -> list[int]:
        """Return the stations that empty a group's vehicles of all that they can hold."""
        holds = [load for load, amount in enumerate(self.problem.groups[group].capacity) if amount]
        return [k for k, it in enumerate(self.problem.stations) if holds and all(it.takes_load(load) for load in holds)]

    @cached_property
    def may(self) -> BoolArray:
        """Which groups can serve which stops, each alone, by access, way, capacity and hours, shape (n_stops, n_groups)."""
        problem = self.problem
        may = problem.allowed.copy()
        for g, group in enumerate(problem.groups):
            profile = problem.profiles[group.profile]
            home_s = self.home(g)[1]
            begin_s = np.maximum(
                group.earliest_s + profile.time_s[group.start_place, problem.stops.place], profile.earliest_s
            )
            may[:, g] &= (problem.stops.demand <= np.array(group.capacity)).all(axis=1)
            may[:, g] &= profile.time_s[group.start_place, problem.stops.place] < UNREACHABLE
            may[:, g] &= (home_s < UNREACHABLE) & (begin_s <= profile.latest_s)
            may[:, g] &= begin_s + profile.service_s + home_s <= group.latest_s
            may[:, g] &= group.n_vehicles > 0
            if problem.stops.release_s is not None:
                may[:, g] &= problem.stops.release_s <= profile.latest_s
        return may

    def home(self, g: int) -> tuple[IntArray, IntArray, IntArray]:
        """Return cost and seconds from each stop to a group's end, and the station on the way (-1: none)."""
        problem, group = self.problem, self.problem.groups[g]
        profile, at = problem.profiles[group.profile], problem.stops.place
        if not problem.must_end_empty:
            time_s = profile.time_s[at, group.end_place].astype(np.int64)
            cost = group.cost_m * profile.length_m[at, group.end_place].astype(np.int64)
            return cost, time_s, np.full(len(at), -1, dtype=np.int64)
        ks = self.stations_of(g)
        if not ks:
            nowhere = np.full(len(at), BARRED, dtype=np.int64)
            return nowhere, nowhere, np.full(len(at), -1, dtype=np.int64)
        through = np.array([problem.stations[k].place for k in ks])
        extra = np.array([[problem.stations[k].visit_cost, problem.stations[k].visit_s] for k in ks], dtype=np.int64)
        both = [m.astype(np.int64) for m in (profile.length_m, profile.time_s)]
        length_m, time_s = (m[np.ix_(at, through)] + m[through, group.end_place] for m in both)
        cost, time_s = group.cost_m * length_m + extra[:, 0], time_s + extra[:, 1]
        cost = np.where(time_s >= UNREACHABLE, BARRED, cost)
        best = np.lexsort((time_s, cost + group.cost_s * time_s), axis=1)[:, 0]
        row = np.arange(len(at))
        return cost[row, best], time_s[row, best], np.array(ks, dtype=np.int64)[best]

    def matrices(self, like: int, groups: list[int]) -> tuple[Int64Matrix, Int64Matrix]:
        """Return costs and seconds between locations for groups that see and may serve the same as the group `like`."""
        problem, group = self.problem, self.problem.groups[like]
        profile = problem.profiles[group.profile]
        spread = np.ix_(self.places, self.places)
        time_s = profile.time_s[spread].astype(np.int64)
        length_m = profile.length_m[spread].astype(np.int64)
        barred = (time_s >= UNREACHABLE) | (length_m >= UNREACHABLE)
        cost = group.cost_m * length_m
        stations = slice(2 * len(problem.groups), self.n_hubs)
        cost[:, stations] += np.array([it.visit_cost for it in problem.stations], dtype=np.int64)
        time_s[stations] += np.array([it.visit_s for it in problem.stations], dtype=np.int64)[:, None]
        time_s[self.n_hubs :] += (profile.service_s - self.shortest_service_s)[:, None]
        if problem.must_end_empty:
            for g in groups:
                home_cost, home_s, _ = self.home(g)
                cost[self.n_hubs :, 2 * g + 1] = home_cost
                time_s[self.n_hubs :, 2 * g + 1] = home_s + profile.service_s - self.shortest_service_s
                barred[self.n_hubs :, 2 * g + 1] = home_cost >= BARRED
        barred[:, self.n_hubs :] |= ~self.may[:, like]
        for matrix in (cost, time_s):
            matrix[barred] = BARRED
            np.fill_diagonal(matrix, 0)
        return cost, time_s

    @cached_property
    def shortest_service_s(self) -> IntArray:
        """The least time at each stop over all profiles, shape (n_stops,)."""
        least: IntArray = np.min([profile.service_s for profile in self.problem.profiles], axis=0)
        return least

    @cached_property
    def windows_s(self) -> IntArray:
        """From the earliest to the latest begin of each stop, over all groups that can serve it, shape (n_stops, 2)."""
        earliest = np.full(self.problem.n_stops, BARRED, dtype=np.int64)
        latest = np.full(self.problem.n_stops, -BARRED, dtype=np.int64)
        for g, group in enumerate(self.problem.groups):
            profile, can = self.problem.profiles[group.profile], self.may[:, g]
            earliest[can] = np.minimum(earliest, profile.earliest_s)[can]
            latest[can] = np.maximum(latest, profile.latest_s)[can]
        return np.stack([earliest, latest], axis=1)

    @property
    def has_windows_by_type(self) -> bool:
        """Whether a stop's window depends on the vehicle."""
        for g, group in enumerate(self.problem.groups):
            profile, can = self.problem.profiles[group.profile], self.may[:, g]
            own = np.stack([profile.earliest_s, profile.latest_s], axis=1)
            if (own[can] != self.windows_s[can]).any():
                return True
        return False
