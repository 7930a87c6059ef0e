"""State a vehicle-routing problem in PyVRP's words, and read its solutions.

A client for each stop, a depot for each start, end and station, a vehicle type for each group, matrices for each view that
groups have of the ways (see `pyvrp_views`). What PyVRP has no words for is left out, and `left_out` tells what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyvrp

from layers.text import Text
from optimizer.engines.prizes import prizes_of
from optimizer.engines.vehicle_routing.fitting import fitted
from optimizer.engines.vehicle_routing.fleet import VehicleGroup
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.pyvrp_views import BARRED, Int64Matrix, Views
from optimizer.engines.vehicle_routing.schedule import Step
from optimizer.engines.vehicle_routing.solution import RoutePlan, VisitKind
from optimizer.engines.vehicle_routing.stops import IntArray

ENDLESS = int(np.iinfo(np.int64).max)


def left_out(problem: VehicleRoutingProblem) -> tuple[Text, ...]:
    """Return what of a problem PyVRP cannot be told."""
    groups, stations, views = problem.groups, problem.stations, Views(problem)
    held = [[load for load, amount in enumerate(group.capacity) if amount] for group in groups]
    ends = [[stations[k] for k in views.stations_of(g)] for g in range(len(groups))]
    asked = (
        (Text("泊位", "bays"), any(it.bays is not None for it in stations)),
        (Text("站点处理量", "throughput of stations"), any(it.throughput is not None for it in stations)),
        (Text("一天内多次开放的站点", "stations that open more than once"), any(len(it.open_s) > 1 for it in stations)),
        (
            Text("只接收车上部分载荷的站点", "stations that take a part of what a vehicle holds"),
            any(len({it.takes_load(load) for load in loads}) > 1 for it in stations for loads in held),
        ),
        (
            Text("收车前须经过有开放时间的站点", "opening hours of several stations of which one ends every route"),
            problem.must_end_empty and any(len(its) > 1 and any(it.open_s for it in its) for its in ends),
        ),
        (Text("休息", "breaks"), any(group.breaks for group in groups)),
        (Text("驾驶时限", "limits of driving"), any(group.driving_s is not None for group in groups)),
        (Text("续航里程", "ranges"), any(group.range_m is not None for group in groups)),
        (
            Text("全程总量限制", "limits of what a route takes aboard in all"),
            any(most is not None for group in groups for most in group.route_capacity),
        ),
        (Text("随车型而变的时间窗", "windows that depend on the vehicle"), views.has_windows_by_type),
        (Text("锁定到某一辆车", "locks to one vehicle"), any(lock.vehicle is not None for lock in problem.locks)),
        (Text("固定顺序", "orders"), bool(problem.orders)),
        (Text("均衡或变动项", "terms for balance or change"), problem.terms.are_wanted),
    )
    return tuple(name for name, is_asked in asked if is_asked)


@dataclass(frozen=True)
class PyvrpModel:
    """A problem in PyVRP's words, and what its numbers mean.

    Parameters
    ----------
    problem
        What is asked.
    data
        For PyVRP.
    groups
        The group of each vehicle type.
    stops
        The stop of each client.
    last
        For each group the station that the way from each stop to the end leads through, -1 for none.
    """

    problem: VehicleRoutingProblem
    data: pyvrp.ProblemData
    groups: tuple[int, ...]
    stops: IntArray
    last: dict[int, IntArray]

    def plan(self, solution: pyvrp.Solution) -> RoutePlan:
        """Return a solution's routes, with times, as far as they can be driven with all that PyVRP was not told."""
        routes = [route for route in solution.routes() if route.num_clients()]
        return fitted(self.problem, [(self.groups[route.vehicle_type()], self._steps(route)) for route in routes])

    def _steps(self, route: pyvrp.Route) -> list[Step]:
        """Return what a route does; stations at which nothing is unloaded are left out."""
        group = self.groups[route.vehicle_type()]
        steps: list[Step] = []
        for activity in route.schedule()[1:-1]:
            if activity.is_client():
                steps.append((VisitKind.STOP, int(self.stops[activity.idx])))
            elif steps and steps[-1][0] is VisitKind.STOP:
                steps.append((VisitKind.STATION, activity.idx - 2 * len(self.problem.groups)))
        if steps[-1][0] is VisitKind.STOP:
            last = int(self.last[group][steps[-1][1]])
            steps += [(VisitKind.STATION, last)] if last >= 0 else []
        elif not self.problem.must_end_empty:
            steps.pop()
        return steps

    def solution(self, plan: RoutePlan) -> pyvrp.Solution:
        """Return the solution that a plan stands for; breaks and the last visits to stations are understood."""
        client = {int(stop): k for k, stop in enumerate(self.stops)}
        routes = []
        for route in plan.routes:
            visits = [visit for visit in route.visits if visit.kind is not VisitKind.BREAK]
            if self.problem.must_end_empty and visits and visits[-1].kind is VisitKind.STATION:
                visits.pop()
            activities = [
                pyvrp.Activity(pyvrp.ActivityType.CLIENT, client[visit.index])
                if visit.kind is VisitKind.STOP
                else pyvrp.Activity(pyvrp.ActivityType.DEPOT, 2 * len(self.problem.groups) + visit.index)
                for visit in visits
            ]
            if activities:
                routes.append(pyvrp.Route(self.data, activities, self.groups.index(route.group)))
        return pyvrp.Solution(self.data, routes)

    def key(self, solution: pyvrp.Solution) -> tuple[int, int]:
        """Return the value lost and the cost."""
        served = {int(self.stops[a.idx]) for route in solution.routes() for a in route if a.is_client()}
        lost = int(self.problem.worth.sum() - self.problem.worth[sorted(served)].sum())
        return lost, int(solution.distance_cost() + solution.duration_cost() + solution.fixed_vehicle_cost())


def pyvrp_model(problem: VehicleRoutingProblem) -> PyvrpModel | None:
    """State `problem` in PyVRP's words; None where there is nothing that could be served."""
    views = Views(problem)
    groups = tuple(g for g in range(len(problem.groups)) if views.may[:, g].any())
    stops = np.flatnonzero(views.may.any(axis=1)).astype(np.int64)
    if not groups:
        return None
    number, matrices = _seen(views, groups)
    # PyVRP's stubs ask for an array type that no array has.
    distances: list[Any] = [cost for cost, _ in matrices]
    durations: list[Any] = [time_s for _, time_s in matrices]
    origin_s = min(0, *(group.earliest_s for group in problem.groups))
    data = pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in range(len(views.places))],
        clients=_clients(views, stops, matrices, origin_s),
        depots=_depots(views, origin_s),
        vehicle_types=[_vehicle_type(views, g, number[g], origin_s) for g in groups],
        distance_matrices=distances,
        duration_matrices=durations,
    )
    return PyvrpModel(problem, data, groups, stops, {g: views.home(g)[2] for g in groups})


def _seen(views: Views, groups: tuple[int, ...]) -> tuple[dict[int, int], list[tuple[Int64Matrix, Int64Matrix]]]:
    """Return the number of each group's matrices, and these: one pair for all groups that see the same."""
    alike: dict[tuple[int, int, bytes], list[int]] = {}
    for g in groups:
        group = views.problem.groups[g]
        alike.setdefault((group.profile, group.cost_m, views.may[:, g].tobytes()), []).append(g)
    number = {g: k for k, members in enumerate(alike.values()) for g in members}
    return number, [views.matrices(members[0], members) for members in alike.values()]


def _clients(
    views: Views, stops: IntArray, matrices: list[tuple[Int64Matrix, Int64Matrix]], origin_s: int
) -> list[pyvrp.Client]:
    problem = views.problem
    prizes = np.zeros(len(stops), dtype=np.int64) if problem.serve_all else _prizes(problem, stops, matrices)
    release_s = problem.stops.release_s
    clients = []
    for stop, prize in zip(stops.tolist(), prizes.tolist(), strict=True):
        early_s, late_s = views.windows_s[stop].tolist()
        clients.append(
            pyvrp.Client(
                views.n_hubs + stop,
                pickup=[int(amount) for amount in problem.stops.demand[stop]],
                service_duration=int(views.shortest_service_s[stop]),
                tw_early=max(0, early_s - origin_s),
                tw_late=late_s - origin_s,
                release_time=0 if release_s is None else max(0, int(release_s[stop]) - origin_s),
                prize=prize,
                required=problem.serve_all,
            )
        )
    return clients


def _prizes(problem: VehicleRoutingProblem, stops: IntArray, matrices: list[tuple[Int64Matrix, Int64Matrix]]) -> IntArray:
    """Return what leaving each of some stops out costs."""
    way = 2 * max(_largest(cost) for cost, _ in matrices)
    alone = way + max(g.fixed_cost + g.cost_s * _longest_s(g) for g in problem.groups if g.n_vehicles)
    return prizes_of(problem.stops.value[stops], min(alone, BARRED))


def _longest_s(group: VehicleGroup) -> int:
    """Return the most seconds that a route of a group may take."""
    hours_s = group.latest_s - group.earliest_s
    return hours_s if group.shift_s is None else min(hours_s, group.shift_s)


def _largest(matrix: Int64Matrix) -> int:
    return int(matrix[matrix < BARRED].max(initial=0))


def _depots(views: Views, origin_s: int) -> list[pyvrp.Depot]:
    """Return start and end of each group, and the stations."""
    problem = views.problem
    found = []
    for g, group in enumerate(problem.groups):
        found.append(pyvrp.Depot(2 * g))
        early_s, late_s = group.earliest_s, group.latest_s
        its = [problem.stations[k] for k in views.stations_of(g)]
        if problem.must_end_empty and its and all(it.open_s for it in its):
            time_s = problem.profiles[group.profile].time_s
            home_s = [it.visit_s + int(time_s[it.place, group.end_place]) for it in its]
            early_s = max(early_s, min(it.open_s[0][0] + more for it, more in zip(its, home_s, strict=True)))
            shut_s = [it.open_s[-1][1] - it.visit_s + more for it, more in zip(its, home_s, strict=True)]
            late_s = min(late_s, max(shut_s))
        found.append(pyvrp.Depot(2 * g + 1, tw_early=early_s - origin_s, tw_late=max(early_s, late_s) - origin_s))
    for k, station in enumerate(problem.stations):
        spans = sorted(station.open_s) or [(origin_s, ENDLESS + origin_s)]
        early_s, late_s = max(spans[0][0], origin_s), spans[-1][1] - station.visit_s
        found.append(pyvrp.Depot(views.station_at(k), tw_early=early_s - origin_s, tw_late=max(early_s, late_s) - origin_s))
    return found


def _vehicle_type(views: Views, g: int, view: int, origin_s: int) -> pyvrp.VehicleType:
    group = views.problem.groups[g]
    reloads = [views.station_at(k) for k in views.stations_of(g)]
    return pyvrp.VehicleType(
        num_available=min(group.n_vehicles, views.problem.n_stops),
        capacity=list(group.capacity),
        start_depot=2 * g,
        end_depot=2 * g + 1,
        fixed_cost=group.fixed_cost,
        tw_early=group.earliest_s - origin_s,
        tw_late=group.latest_s - origin_s,
        shift_duration=ENDLESS if group.shift_s is None else group.shift_s,
        unit_duration_cost=group.cost_s,
        profile=view,
        reload_depots=reloads,
        max_reloads=views.problem.n_stops if group.n_trips is None else max(0, group.n_trips - 1),
    )
