"""State a vehicle-routing problem in the words of OR-Tools' routing solver, and read its solutions.

A load is a dimension that only visits to stations lower: the visit takes the largest capacity off, and slack makes up for
what was not aboard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp

from layers.text import Text
from optimizer.engines.ortools_search import BARRED, MUST_SERVE, Successor
from optimizer.engines.vehicle_routing.bays import ALWAYS
from optimizer.engines.vehicle_routing.fitting import fitted
from optimizer.engines.vehicle_routing.fleet import Station
from optimizer.engines.vehicle_routing.ortools_nodes import OrtoolsNodes
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.pyvrp_views import Views
from optimizer.engines.vehicle_routing.schedule import Step
from optimizer.engines.vehicle_routing.solution import RoutePlan, VisitKind

# Time that no limit bounds.
ENDLESS_S = 1 << 40


def left_out(problem: VehicleRoutingProblem) -> tuple[Text, ...]:
    """Return what of a problem the model here does not know."""
    groups, stations, stops = problem.groups, problem.stations, problem.stops
    asked = (
        (Text("泊位", "bays"), any(it.bays is not None for it in stations)),
        (Text("站点处理量", "throughput of stations"), any(it.throughput is not None for it in stations)),
        (
            Text("途中充电", "charging on the way"),
            any(it.charges for it in stations) and any(group.range_m is not None for group in groups),
        ),
        (
            Text(
                "收车前须经过的、有开放时间或只接收部分载荷的站点",
                "stations with hours, or for some loads, that end every route",
            ),
            (problem.must_end_empty and any(it.open_s for it in stations)) or not _take_all(problem),
        ),
        (Text("放行时间", "release times"), stops.release_s is not None and bool((stops.release_s > 0).any())),
        (Text("随车型而变的时间窗", "windows that depend on the vehicle"), Views(problem).has_windows_by_type),
        (Text("固定顺序", "orders"), bool(problem.orders)),
        (Text("均衡或变动项", "terms for balance or change"), problem.terms.are_wanted),
    )
    return tuple(name for name, is_asked in asked if is_asked)


def _take_all(problem: VehicleRoutingProblem) -> bool:
    """Tell whether each station takes all that a vehicle of each group can hold, or nothing of it."""
    held = [[load for load, amount in enumerate(group.capacity) if amount] for group in problem.groups]
    return all(len({it.takes_load(load) for load in loads}) <= 1 for it in problem.stations for loads in held)


@dataclass(frozen=True)
class OrtoolsModel(OrtoolsNodes):
    """The routing model over the nodes of a problem."""

    @cached_property
    def routing(self) -> Any:
        """The `pywrapcp.RoutingModel`."""
        routing = pywrapcp.RoutingModel(self.manager)
        self._add_costs(routing)
        self._add_loads(routing)
        self._add_ways(routing)
        self._add_time(routing)
        self._add_stops(routing)
        return routing

    def _add_costs(self, routing: Any) -> None:
        visits = [s.visit_cost for s in self.problem.stations for _ in range(self.n_copies)]
        extra = np.array([0] * self.problem.n_stops + visits + [0] * (2 * len(self.problem.groups)), dtype=np.int64)
        known: dict[tuple[int, int], int] = {}
        for vehicle, (g, _) in enumerate(self.vehicles):
            group = self.problem.groups[g]
            key = (group.profile, group.cost_m)
            if key not in known:
                cost = group.cost_m * self.ways(g, "length_m") + extra + self.at_last("visit_cost")
                known[key] = routing.RegisterTransitMatrix(cost.tolist())
            routing.SetArcCostEvaluatorOfVehicle(known[key], vehicle)
            routing.SetFixedCostOfVehicle(group.fixed_cost, vehicle)

    def _add_loads(self, routing: Any) -> None:
        problem = self.problem
        pad = 2 * len(problem.groups)
        for load in range(problem.n_loads):
            capacities = [problem.groups[g].capacity[load] for g, _ in self.vehicles]
            most = max(capacities)
            emptied = [-most if s.takes_load(load) else 0 for s in problem.stations for _ in range(self.n_copies)]
            taken = problem.stops.demand[:, load].tolist()
            amounts = routing.RegisterUnaryTransitVector([*taken, *emptied, *[0] * pad])
            routing.AddDimensionWithVehicleCapacity(amounts, most, capacities, True, f"load {load}")
            dimension = routing.GetDimensionOrDie(f"load {load}")
            for node in range(self.n_hubs):
                station = self.station_of(node)
                if station is None or not problem.stations[station].takes_load(load):
                    dimension.SlackVar(self.manager.NodeToIndex(node)).SetValue(0)
            for vehicle in range(len(self.vehicles)):
                dimension.SlackVar(routing.Start(vehicle)).SetValue(0)
                if problem.must_end_empty and not self.ends_through_stations:
                    dimension.CumulVar(routing.End(vehicle)).SetMax(0)
            if any(group.most_on_route(load) is not None for group in problem.groups):
                in_all = routing.RegisterUnaryTransitVector([*taken, *[0] * (len(emptied) + pad)])
                limits = [self._limit(g, load, sum(taken)) for g, _ in self.vehicles]
                routing.AddDimensionWithVehicleCapacity(in_all, 0, limits, True, f"in all {load}")

    def _limit(self, g: int, load: int, total: int) -> int:
        most = self.problem.groups[g].most_on_route(load)
        return total if most is None else most

    def _add_ways(self, routing: Any) -> None:
        """Limit driving, ranges and trips."""
        groups = self.problem.groups
        for key, matrix in (("driving_s", "time_s"), ("range_m", "length_m")):
            limits = [getattr(groups[g], key) for g, _ in self.vehicles]
            if any(limit is not None for limit in limits):
                ways = self._registered(routing, matrix)
                most = [BARRED - 1 if limit is None else limit for limit in limits]
                routing.AddDimensionWithVehicleTransitAndCapacity(ways, 0, most, True, key)
        if any(group.n_trips is not None for group in groups):
            n = self.n_copies * len(self.problem.stations)
            visits = routing.RegisterUnaryTransitVector([*[0] * self.problem.n_stops, *[1] * n, *[0] * (2 * len(groups))])
            spare = 0 if self.problem.must_end_empty and not self.ends_through_stations else 1
            most = [n if groups[g].n_trips is None else max(0, (groups[g].n_trips or 0) - spare) for g, _ in self.vehicles]
            routing.AddDimensionWithVehicleCapacity(visits, 0, most, True, "trips")

    def _registered(self, routing: Any, key: str, stay: bool = False) -> list[int]:
        """Register ways for each vehicle, with the visit at their beginning or without."""
        known: dict[int, int] = {}
        for g, _ in self.vehicles:
            profile = self.problem.groups[g].profile
            if profile not in known:
                matrix = self.ways(g, key)
                if stay:
                    matrix = matrix + self.stays(g)[:, None] + self.at_last("visit_s")
                known[profile] = routing.RegisterTransitMatrix(matrix.tolist())
        return [known[self.problem.groups[g].profile] for g, _ in self.vehicles]

    def _add_time(self, routing: Any) -> None:
        problem = self.problem
        latest = [problem.groups[g].latest_s for g, _ in self.vehicles]
        ways = self._registered(routing, "time_s", stay=True)
        routing.AddDimensionWithVehicleTransitAndCapacity(ways, ENDLESS_S, latest, False, "time")
        time = routing.GetDimensionOrDie("time")
        windows_s = Views(problem).windows_s
        for node in range(self.n_hubs):
            at, station = time.CumulVar(self.manager.NodeToIndex(node)), self.station_of(node)
            if station is not None:
                spans = _begins(problem.stations[station])
                if spans:
                    _within(at, spans)
                else:
                    routing.ActiveVar(self.manager.NodeToIndex(node)).SetValue(0)
            elif windows_s[node, 0] <= windows_s[node, 1]:
                at.SetRange(max(0, int(windows_s[node, 0])), min(ENDLESS_S, int(windows_s[node, 1])))
        self._add_shifts(routing, time)

    def _add_shifts(self, routing: Any, time: Any) -> None:
        for vehicle, (g, _) in enumerate(self.vehicles):
            group = self.problem.groups[g]
            time.CumulVar(routing.Start(vehicle)).SetMin(group.earliest_s)
            time.CumulVar(routing.End(vehicle)).SetMin(group.earliest_s)
            if group.shift_s is not None:
                time.SetSpanUpperBoundForVehicle(group.shift_s, vehicle)
            time.SetSpanCostCoefficientForVehicle(group.cost_s, vehicle)
            if group.breaks:
                self._add_breaks(routing, time, vehicle)
            for end in (routing.Start(vehicle), routing.End(vehicle)):
                routing.AddVariableMinimizedByFinalizer(time.CumulVar(end))

    def _add_breaks(self, routing: Any, time: Any, vehicle: int) -> None:
        g, _ = self.vehicles[vehicle]
        rests = [
            routing.solver().FixedDurationIntervalVar(rest.earliest_s, rest.latest_s, rest.duration_s, False, f"break {k}")
            for k, rest in enumerate(self.problem.groups[g].breaks)
        ]
        stays = self.stays(g)
        visits = [
            int(stays[self.n_hubs + 2 * self._group_of(routing, i)])
            if routing.IsStart(i)
            else int(stays[self.manager.IndexToNode(i)])
            for i in range(routing.Size())
        ]
        time.SetBreakIntervalsOfVehicle(rests, vehicle, visits)

    def _group_of(self, routing: Any, start: int) -> int:
        return next(g for v, (g, _) in enumerate(self.vehicles) if routing.Start(v) == start)

    def _add_stops(self, routing: Any) -> None:
        """Let each stop be served by who may, or left out at a price; copies of stations may be left out."""
        problem, may = self.problem, Views(self.problem).may
        locked = {lock.item: lock.vehicle for lock in problem.locks if lock.vehicle is not None}
        worth = MUST_SERVE // max(1, int(problem.worth.sum()))
        for stop in range(problem.n_stops):
            index = self.manager.NodeToIndex(stop)
            price = MUST_SERVE if problem.serve_all else worth * int(problem.worth[stop])
            routing.AddDisjunction([index], price)
            its = [v for v, (g, number) in enumerate(self.vehicles) if may[stop, g] and locked.get(stop, number) == number]
            routing.VehicleVar(index).SetValues([-1, *its])
        for node in range(problem.n_stops, self.n_hubs):
            routing.AddDisjunction([self.manager.NodeToIndex(node)], 0)

    def plan(self, next_of: Successor) -> RoutePlan:
        """Read a plan off the successors of all nodes, with times."""
        proposed: list[tuple[int, list[Step]]] = []
        for vehicle, (g, _) in enumerate(self.vehicles):
            steps: list[Step] = []
            at = next_of(self.routing.Start(vehicle))
            while not self.routing.IsEnd(at):
                node = self.manager.IndexToNode(at)
                station = self.station_of(node)
                steps.append((VisitKind.STOP, node) if station is None else (VisitKind.STATION, station))
                at = next_of(at)
            if steps and steps[-1][0] is VisitKind.STOP and self.lasts[g][steps[-1][1]] >= 0:
                steps.append((VisitKind.STATION, int(self.lasts[g][steps[-1][1]])))
            if any(kind is VisitKind.STOP for kind, _ in steps):
                proposed.append((g, steps))
        return fitted(self.problem, proposed)

    def lost(self, next_of: Successor) -> int:
        """Return the value of the stops that a solution leaves out."""
        out = [s for s in range(self.problem.n_stops) if next_of(self.manager.NodeToIndex(s)) == self.manager.NodeToIndex(s)]
        return int(self.problem.worth[out].sum())


def _begins(station: Station) -> list[tuple[int, int]]:
    """Return the times (from, to) at which a visit may begin, so that the station stays open until its end."""
    spans = sorted((from_s, to_s - station.visit_s) for from_s, to_s in station.open_s or (ALWAYS,))
    return [(from_s, to_s) for from_s, to_s in spans if max(0, from_s) <= to_s]


def _within(at: Any, spans: Sequence[tuple[int, int]]) -> None:
    """Let a visit begin only within one of these times."""
    at.SetRange(max(0, spans[0][0]), max(to_s for _, to_s in spans))
    reached = spans[0][1]
    for from_s, to_s in spans[1:]:
        if from_s > reached + 1:
            at.RemoveInterval(reached + 1, from_s - 1)
        reached = max(reached, to_s)
