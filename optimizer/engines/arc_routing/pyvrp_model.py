"""State an arc-routing problem in PyVRP's words, and read its solutions.

Every direction of a task, and each of its windows, is a client; the clients of one task exclude one another. A matrix entry
is the way to a client and the service there; a vehicle type for each group, a matrix for each view of the network. Where
every route ends through a facility, the last way leads through the best one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyvrp
from pyvrp.constants import MAX_VALUE

from optimizer.engines.arc_routing.deadhead import PathFinder, Ways, path_finder
from optimizer.engines.arc_routing.peers import vehicles_for
from optimizer.engines.arc_routing.problem import UNREACHABLE, ArcRoutingProblem, IntArray
from optimizer.engines.arc_routing.solution import RoutePlan, Stop, StopKind, VehicleRoute
from optimizer.engines.prizes import prizes_of

Int64Matrix = npt.NDArray[np.int64]

# Leaving a task out weighs so many times the dearest way, where all are to be served.
WORTH_OF_TASK = 4


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
    modes
        The mode, 2 task + direction, of each client.
    depots
        For each depot the facility that it is, -1 for where vehicles start and end.
    last
        For each group the facility that the way from each location to the end leads through, -1 for none.
    """

    problem: ArcRoutingProblem
    data: pyvrp.ProblemData
    groups: tuple[int, ...]
    modes: IntArray
    depots: IntArray
    last: dict[int, IntArray]

    def plan(self, solution: pyvrp.Solution) -> RoutePlan:
        """Return a solution's routes."""
        return RoutePlan(tuple(self._route(route) for route in solution.routes() if route.num_clients()))

    def _route(self, route: pyvrp.Route) -> VehicleRoute:
        group = self.groups[route.vehicle_type()]
        stops = []
        at = -1
        for activity in route.schedule()[1:-1]:
            if activity.is_client():
                stops.append(Stop(StopKind.SERVE, int(self.modes[activity.idx])))
                at = self.data.client(activity.idx).location
            elif self.depots[activity.idx] >= 0:
                stops.append(Stop(StopKind.FACILITY, int(self.depots[activity.idx])))
        last = int(self.last[group][at])
        if last >= 0 and stops[-1].kind is StopKind.SERVE:
            stops.append(Stop(StopKind.FACILITY, last))
        return VehicleRoute(group, tuple(stops))

    def key(self, solution: pyvrp.Solution) -> tuple[int, int]:
        """Return the value lost and the cost."""
        return self._lost(solution), int(solution.distance_cost() + solution.fixed_vehicle_cost())

    def _lost(self, solution: pyvrp.Solution) -> int:
        value = self.problem.tasks.value
        served = {int(self.modes[a.idx]) >> 1 for route in solution.routes() for a in route if a.is_client()}
        if self.problem.serve_all:
            return self.problem.n_tasks - len(served)
        return int(value.sum() - value[sorted(served)].sum())


@dataclass(frozen=True)
class _Places:
    """The locations, as PyVRP counts them: two a group, one a facility, one a mode.

    Parameters
    ----------
    modes
        Of the locations behind `n_depots`.
    n_depots
        Starts and ends of groups, and facilities.
    """

    problem: ArcRoutingProblem
    modes: IntArray
    n_depots: int

    @property
    def n_groups(self) -> int:
        return len(self.problem.groups)

    def matrices(
        self, profile: int, finder: PathFinder, stopped: Callable[[], bool]
    ) -> tuple[Int64Matrix, Int64Matrix, IntArray]:
        """Return cost and seconds between locations as a profile sees them, and the facilities on the way to each end.

        Each entry holds the cost of its end and the stay at its beginning, so that a client's time is the begin of service.
        """
        tasks = self.problem.tasks_of_profile(profile)
        task, k = self.modes >> 1, self.modes & 1
        hubs = [node for g in self.problem.groups for node in (g.start_node, g.end_node)]
        hubs += [f.node for f in self.problem.facilities]
        enter = np.concatenate([np.array(hubs, dtype=np.int64), tasks.entry[task, k]])
        leave = np.concatenate([np.array(hubs, dtype=np.int64), tasks.exit[task, k]])
        ways = _ways(finder, leave, enter, stopped)
        pad = np.zeros(2 * self.n_groups, dtype=np.int64)
        ends_cost = np.concatenate([pad, [f.visit_cost for f in self.problem.facilities], tasks.cost[task, k]])
        stay_s = np.concatenate([pad, [f.visit_s for f in self.problem.facilities], tasks.time_s[task, k]])
        cost = ways.cost.astype(np.int64) + ends_cost.astype(np.int64)
        time_s = ways.time_s.astype(np.int64) + stay_s.astype(np.int64)[:, None]
        barred = ways.cost >= UNREACHABLE
        last = np.full((self.n_groups, len(enter)), -1, dtype=np.int64)
        if self.problem.ends_reset:
            for group in range(self.n_groups):
                self._end_through_facility(2 * group + 1, (cost, time_s, barred), last[group])
        for matrix in (cost, time_s):
            matrix[barred] = MAX_VALUE // 16
            np.fill_diagonal(matrix, 0)
        return cost, time_s, last

    def _end_through_facility(
        self, end: int, matrices: tuple[Int64Matrix, Int64Matrix, npt.NDArray[np.bool_]], last: IntArray
    ) -> None:
        """Lead the ways from all clients to location `end` through the facility that is best on the way."""
        cost, time_s, barred = matrices
        at = np.arange(2 * self.n_groups, self.n_depots)
        clients = slice(self.n_depots, None)
        through = cost[clients, at] + cost[at, end]
        through[barred[clients, at] | barred[at, end]] = 2 * UNREACHABLE
        best = np.argmin(through, axis=1)
        row = np.arange(len(best))
        time_s[clients, end] = (time_s[clients, at] + time_s[at, end])[row, best]
        cost[clients, end] = through[row, best]
        barred[clients, end] = through[row, best] >= 2 * UNREACHABLE
        last[clients] = best


def pyvrp_model(problem: ArcRoutingProblem, finder: PathFinder, stopped: Callable[[], bool]) -> PyvrpModel | None:
    """State `problem` in PyVRP's words; None where there is nothing to do or nobody to do it.

    Raises
    ------
    Stopped
        When asked to.
    """
    usable = np.flatnonzero(problem.tasks.used.ravel()).astype(np.int64)
    groups = tuple(g for g in range(len(problem.groups)) if vehicles_for(problem, g) and _leaves(problem, g))
    if not len(usable) or not groups:
        return None
    places = _Places(problem, usable, 2 * len(problem.groups) + len(problem.facilities))
    view_of, views, last = _views(problem, places, groups, finder, stopped)
    dearest = max(int(cost[cost < UNREACHABLE].max(initial=0)) for cost, _ in views)
    clients, of_task = _clients(places, dearest + max(g.fixed_cost for g in problem.groups))
    needed = problem.serve_all and any(g.n_vehicles is None for g in problem.groups)
    alone = _can_be_served(problem, places, [(g, views[view_of[g]][0]) for g in groups])
    # PyVRP's stubs ask for an array type that no array has.
    distances: list[Any] = [cost for cost, _ in views]
    durations: list[Any] = [time_s for _, time_s in views]
    data = pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in range(places.n_depots + len(usable))],
        clients=clients,
        depots=[*[pyvrp.Depot(k) for k in range(2 * len(problem.groups))], *_reload_depots(places)],
        vehicle_types=[_vehicle_type(problem, group, view_of[group]) for group in groups],
        distance_matrices=distances,
        duration_matrices=durations,
        groups=[pyvrp.ClientGroup(of_task[t], required=needed and bool(alone[t])) for t in range(problem.n_tasks)],
    )
    modes = usable[[client.location - places.n_depots for client in clients]]
    depots = np.concatenate([np.full(2 * len(problem.groups), -1), np.arange(len(problem.facilities))]).astype(np.int64)
    return PyvrpModel(problem, data, groups, modes, depots, last)


def _ways(finder: PathFinder, leave: IntArray, enter: IntArray, stopped: Callable[[], bool]) -> Ways:
    """Return the ways from where each location is left to where each is entered."""
    sources, row = np.unique(leave, return_inverse=True)
    targets, column = np.unique(enter, return_inverse=True)
    ways = finder.table(sources, targets, stopped)
    return Ways(ways.cost[np.ix_(row, column)], ways.time_s[np.ix_(row, column)])


def _leaves(problem: ArcRoutingProblem, group: int) -> bool:
    shift_s = problem.groups[group].shift_s
    return shift_s is None or shift_s > problem.groups[group].setup_s


def _views(
    problem: ArcRoutingProblem,
    places: _Places,
    groups: tuple[int, ...],
    finder: PathFinder,
    stopped: Callable[[], bool],
) -> tuple[dict[int, int], list[tuple[Int64Matrix, Int64Matrix]], dict[int, IntArray]]:
    """Return each group's matrices: one pair for all groups that see the same and may serve the same."""
    seen: dict[int, tuple[Int64Matrix, Int64Matrix, IntArray]] = {}
    number: dict[tuple[int, bytes], int] = {}
    views: list[tuple[Int64Matrix, Int64Matrix]] = []
    view_of = {}
    for group in groups:
        profile, may = problem.groups[group].profile, problem.allowed[:, group]
        key = (profile, may.tobytes())
        if key not in number:
            if profile not in seen:
                own = finder if profile == 0 else path_finder(problem.network_of_profile(profile))
                seen[profile] = places.matrices(profile, own, stopped)
            cost, time_s, _ = seen[profile]
            if not may.all():
                cost = cost.copy()
                shut = places.n_depots + np.flatnonzero(~may[places.modes >> 1])
                cost[:, shut] = MAX_VALUE // 16
                np.fill_diagonal(cost, 0)
            number[key] = len(views)
            views.append((cost, time_s))
        view_of[group] = number[key]
    return view_of, views, {group: seen[problem.groups[group].profile][2][group] for group in groups}


def _clients(places: _Places, dearest: int) -> tuple[list[pyvrp.Client], list[list[int]]]:
    """Return a client for each mode and window, and the clients of each task."""
    problem = places.problem
    windows = problem.tasks.windows_s
    prizes = prizes_of(problem.tasks.value, 2 * dearest)
    clients: list[pyvrp.Client] = []
    of_task: list[list[int]] = [[] for _ in range(problem.n_tasks)]
    for place, mode in enumerate(places.modes, start=places.n_depots):
        task, k = int(mode) >> 1, int(mode) & 1
        stay_s = max(int(problem.tasks_of_profile(p).time_s[task, k]) for p in range(len(problem.profiles) + 1))
        spans = [(0, np.iinfo(np.int64).max)] if windows is None else [(int(a), int(b) - stay_s) for a, b in windows[task]]
        for early_s, late_s in spans:
            if late_s >= early_s:
                of_task[task].append(len(clients))
                prize = WORTH_OF_TASK * dearest + 1 if problem.serve_all else int(prizes[task])
                demand = [int(d) for d in problem.tasks.demand[task]]
                clients.append(
                    pyvrp.Client(
                        place, pickup=demand, tw_early=early_s, tw_late=late_s, prize=prize, required=False, group=task
                    )
                )
    return clients, of_task


def _can_be_served(
    problem: ArcRoutingProblem, places: _Places, costs: list[tuple[int, Int64Matrix]]
) -> npt.NDArray[np.bool_]:
    """Tell which tasks some vehicle can drive to, hold and bring home."""
    can = np.zeros(problem.n_tasks, dtype=np.bool_)
    for group, cost in costs:
        there = (cost[2 * group, places.n_depots :] < UNREACHABLE) & (
            cost[places.n_depots :, 2 * group + 1] < 2 * UNREACHABLE
        )
        task = places.modes[there] >> 1
        can[task[(problem.tasks.demand[task] <= problem.groups[group].capacity).all(axis=1)]] = True
    return can


def _reload_depots(places: _Places) -> list[pyvrp.Depot]:
    found = []
    for k, facility in enumerate(places.problem.facilities, start=2 * places.n_groups):
        if facility.open_s:
            ((early_s, late_s),) = facility.open_s
            found.append(pyvrp.Depot(k, tw_early=early_s, tw_late=max(early_s, late_s - facility.visit_s)))
        else:
            found.append(pyvrp.Depot(k))
    return found


def _vehicle_type(problem: ArcRoutingProblem, group: int, view: int) -> pyvrp.VehicleType:
    vehicle = problem.groups[group]
    leave_s = vehicle.start_s + vehicle.setup_s if problem.is_timed else 0
    n_groups = len(problem.groups)
    endless = np.iinfo(np.int64).max
    return pyvrp.VehicleType(
        num_available=vehicles_for(problem, group),
        capacity=list(vehicle.capacity),
        start_depot=2 * group,
        end_depot=2 * group + 1,
        fixed_cost=vehicle.fixed_cost,
        tw_early=leave_s,
        start_late=leave_s if problem.is_timed else None,
        shift_duration=endless if vehicle.shift_s is None else vehicle.shift_s - vehicle.setup_s,
        profile=view,
        reload_depots=list(range(2 * n_groups, 2 * n_groups + len(problem.facilities))),
    )
