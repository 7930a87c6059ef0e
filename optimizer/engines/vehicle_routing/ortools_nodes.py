"""The nodes of OR-Tools' routing model, and the ways between them as a group's vehicles see them.

Nodes are the stops, copies of the stations, and a start and an end for each group.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp

from optimizer.engines.ortools_search import BARRED
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.pyvrp_views import Views
from optimizer.engines.vehicle_routing.stops import UNREACHABLE, IntArray


@dataclass(frozen=True)
class OrtoolsNodes:
    """A problem's nodes: stops, then `n_copies` of each station, then start and end of each group.

    Parameters
    ----------
    problem
        What is asked.
    n_copies
        Visits to each station that there can be.
    ends_through_stations
        Whether the way from a stop to the end leads through the best station, where vehicles must end empty: only so can a
        search add a stop in one step. Otherwise the last visit to a station is one of the copies, with its hours.
    """

    problem: VehicleRoutingProblem
    n_copies: int
    ends_through_stations: bool

    @cached_property
    def lasts(self) -> list[IntArray]:
        """For each group the station on the way from each stop to its end, -1 for none."""
        if not (self.ends_through_stations and self.problem.must_end_empty):
            return [np.full(self.problem.n_stops, -1, dtype=np.int64) for _ in self.problem.groups]
        views = Views(self.problem)
        return [views.home(g)[2] for g in range(len(self.problem.groups))]

    @property
    def n_hubs(self) -> int:
        """Number of the nodes before the starts and ends."""
        return self.problem.n_stops + self.n_copies * len(self.problem.stations)

    @cached_property
    def vehicles(self) -> list[tuple[int, int]]:
        """Group and number of each vehicle; no more of a group than there are stops."""
        n = self.problem.n_stops
        return [(g, v) for g, group in enumerate(self.problem.groups) for v in range(min(group.n_vehicles, n))]

    @cached_property
    def places(self) -> IntArray:
        """The row of the problem's matrices for each node."""
        stations = [station.place for station in self.problem.stations for _ in range(self.n_copies)]
        ends = [place for group in self.problem.groups for place in (group.start_place, group.end_place)]
        return np.concatenate([self.problem.stops.place, np.array([*stations, *ends], dtype=np.int64)])

    def station_of(self, node: int) -> int | None:
        """Return the station that a node is a copy of; None for other nodes."""
        k = node - self.problem.n_stops
        return k // self.n_copies if 0 <= k < self.n_copies * len(self.problem.stations) else None

    def node_of(self, station: int, copy: int) -> int:
        """Return the node of a copy of a station."""
        return self.problem.n_stops + station * self.n_copies + copy

    @cached_property
    def manager(self) -> Any:
        """What counts nodes once for each vehicle that starts or ends there."""
        starts = [self.n_hubs + 2 * g for g, _ in self.vehicles]
        ends = [self.n_hubs + 2 * g + 1 for g, _ in self.vehicles]
        return pywrapcp.RoutingIndexManager(len(self.places), len(self.vehicles), starts, ends)

    def ways(self, g: int, key: str) -> IntArray:
        """Return seconds or metres between all nodes as a group sees them."""
        profile = self.problem.profiles[self.problem.groups[g].profile]
        ways = getattr(profile, key).astype(np.int64)
        ways[ways >= UNREACHABLE] = BARRED
        matrix: IntArray = ways[np.ix_(self.places, self.places)]
        for group, last in enumerate(self.lasts):
            through, end = last >= 0, self.n_hubs + 2 * group + 1
            at, station = self.problem.stops.place[through], np.array([s.place for s in self.problem.stations])
            if through.any():
                home = ways[at, station[last[through]]] + ways[station[last[through]], self.places[end]]
                matrix[: self.problem.n_stops, end][through] = home
        return matrix

    def at_last(self, key: str) -> IntArray:
        """Return what the visits on the ways to the ends cost or take, shape (n_nodes, n_nodes)."""
        found = np.zeros((len(self.places), len(self.places)), dtype=np.int64)
        amounts = np.array([getattr(station, key) for station in self.problem.stations] + [0], dtype=np.int64)
        for group, last in enumerate(self.lasts):
            found[: self.problem.n_stops, self.n_hubs + 2 * group + 1] = amounts[last]
        return found

    def stays(self, g: int) -> IntArray:
        """Return the seconds of a visit at each node."""
        service = self.problem.profiles[self.problem.groups[g].profile].service_s
        stations = [station.visit_s for station in self.problem.stations for _ in range(self.n_copies)]
        return np.concatenate([service, np.array([*stations, *[0] * (2 * len(self.problem.groups))], dtype=np.int64)])
