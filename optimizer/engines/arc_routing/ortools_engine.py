"""OR-Tools' routing solver on the same problem, to be compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp

from layers.text import Text
from optimizer.engines.arc_routing.deadhead import Hubs, PathFinder, Stopped
from optimizer.engines.arc_routing.fill import ENDLESS_S
from optimizer.engines.arc_routing.peers import vehicles_for
from optimizer.engines.arc_routing.problem import UNREACHABLE, ArcRoutingProblem, IntArray
from optimizer.engines.arc_routing.sector import Sector, sector_of
from optimizer.engines.arc_routing.solution import RoutePlan, Stop, StopKind, VehicleRoute
from optimizer.engines.budget import Budget
from optimizer.engines.ortools_search import BARRED, MUST_SERVE, Successor, search_routing
from optimizer.engines.peers import refuse_asked, refuse_more
from optimizer.engines.watch import Told

# The matrix is square over all modes, so it grows fast.
MOST_TASKS = 1500


@dataclass(frozen=True)
class _Model:
    """The routing model and what its numbers mean: nodes 0 .. n_modes - 1 are modes, then starts and ends of vehicles."""

    manager: Any
    routing: Any
    sector: Sector
    modes: IntArray
    vehicle_group: IntArray

    def plan(self, next_of: Successor) -> RoutePlan:
        """Read a plan off the successors of all nodes."""
        routes = []
        for vehicle, group in enumerate(self.vehicle_group):
            stops = []
            at = next_of(self.routing.Start(vehicle))
            while not self.routing.IsEnd(at):
                mode = int(self.modes[self.manager.IndexToNode(at)])
                stops.append(Stop(StopKind.SERVE, mode))
                at = next_of(at)
            if stops:
                routes.append(VehicleRoute(int(group), tuple(stops)))
        return RoutePlan(tuple(routes))

    def lost(self, next_of: Successor) -> int:
        """Return how many tasks a solution leaves out."""
        routing = self.routing
        n_served = sum(not routing.IsStart(i) and next_of(i) != i for i in range(routing.Size()))
        return len(self.sector.tasks) - n_served


def solve_with_ortools(
    problem: ArcRoutingProblem, places: tuple[Hubs, PathFinder], budget: Budget, told: Told
) -> tuple[RoutePlan, int]:
    """Search with OR-Tools; return its best plan and how many solutions it went through.

    Raises
    ------
    ParameterError
        With what the model here does not know, or with more than 1,500 tasks.
    """
    refuse(problem)
    n_vehicles = [vehicles_for(problem, group) for group in range(len(problem.groups))]
    if not problem.n_tasks or not sum(n_vehicles):
        return RoutePlan(), 0
    try:
        sector = sector_of(problem, np.arange(problem.n_tasks), n_vehicles, places, budget.stopped)
    except Stopped:
        return RoutePlan(), 0
    model = _build(sector)
    plan, n_solutions = search_routing(model, budget, told)
    return plan or RoutePlan(), n_solutions


def refuse(problem: ArcRoutingProblem) -> None:
    """Refuse what this engine cannot do, each by its name."""
    tasks, facilities = problem.tasks, problem.facilities
    refuse_asked(
        "ortools",
        (
            (Text("多种资源", "several resources"), problem.n_resources > 1),
            (Text("途中的卸料点或取水点", "places to empty or fill vehicles"), bool(facilities)),
            (Text("时间窗", "time windows"), tasks.windows_s is not None),
            (Text("休息", "breaks"), any(group.breaks for group in problem.groups)),
            (Text("不同路网的车辆", "profiles"), bool(problem.profiles)),
            (Text("锁定", "locks"), bool(problem.locks)),
            (Text("固定顺序", "orders"), bool(problem.orders)),
            (Text("均衡、紧凑或变动项", "terms for balance, compactness or change"), problem.terms.are_wanted),
        ),
    )
    refuse_more("ortools", problem.n_tasks, MOST_TASKS)


def _build(sector: Sector) -> _Model:
    model, problem = sector.model, sector.problem
    usable = np.repeat(model.reversible, 2) | (np.arange(model.entry.shape[1]) % 2 == 0)
    modes = np.flatnonzero(usable).astype(np.int64)
    groups, n_modes = len(problem.groups), len(modes)
    vehicles = model.slot_group
    manager = pywrapcp.RoutingIndexManager(
        n_modes + 2 * groups,
        len(vehicles),
        [int(n_modes + g) for g in vehicles],
        [int(n_modes + groups + g) for g in vehicles],
    )
    routing = pywrapcp.RoutingModel(manager)
    leave = np.concatenate([model.exit[0, modes], model.start, model.end])
    enter = np.concatenate([model.entry[0, modes], model.start, model.end])
    pad = np.zeros(2 * groups, dtype=np.int64)
    cost = _with_service(model.cost[0, 0][np.ix_(leave, enter)], np.concatenate([model.serve_cost[0, modes], pad]))
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(cost.tolist()))
    load = routing.RegisterUnaryTransitVector(np.concatenate([model.demand[0, modes >> 1], pad]).tolist())
    routing.AddDimensionWithVehicleCapacity(load, 0, [int(model.capacity[g, 0]) for g in vehicles], True, "load")
    if any(group.shift_s is not None for group in problem.groups):
        time = _with_service(model.time[0, 0][np.ix_(leave, enter)], np.concatenate([model.serve_time[0, modes], pad]))
        shifts = [int(min(ENDLESS_S, model.shift[g] - model.setup[g])) for g in vehicles]
        drive = routing.RegisterTransitMatrix(time.tolist())
        routing.AddDimensionWithVehicleCapacity(drive, 0, [max(0, s) for s in shifts], True, "time")
    for vehicle, group in enumerate(vehicles):
        routing.SetFixedCostOfVehicle(int(model.fixed[group]), vehicle)
    found = _Model(manager, routing, sector, modes, vehicles)
    _add_tasks(found)
    return found


def _with_service(way: np.ndarray[tuple[int, int], np.dtype[np.int32]], service: IntArray) -> IntArray:
    """Return ways plus the service at their ends, shape (n, n), barred where there is no way."""
    return np.where(way >= UNREACHABLE, BARRED, way.astype(np.int64) + service[None, :])


def _add_tasks(found: _Model) -> None:
    """Let each task be served in one of its modes, or left out at a price."""
    model, problem = found.sector.model, found.sector.problem
    place = {int(mode): k for k, mode in enumerate(found.modes)}
    worth = MUST_SERVE // max(1, int(model.value.sum()))
    for task in range(problem.n_tasks):
        nodes = [place[mode] for mode in (2 * task, 2 * task + 1) if mode in place]
        indices = [found.manager.NodeToIndex(node) for node in nodes]
        found.routing.AddDisjunction(indices, MUST_SERVE if problem.serve_all else worth * int(model.value[task]), 1)
        if not problem.allowed.all():
            may = [v for v, group in enumerate(found.vehicle_group) if model.allowed[task, group]]
            for index in indices:
                found.routing.VehicleVar(index).SetValues([-1, *may])
