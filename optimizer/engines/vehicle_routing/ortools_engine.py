"""OR-Tools' routing solver as an engine of vehicle routing, and as a judge of plans."""

from __future__ import annotations

from collections import Counter

from layers.text import Text
from optimizer.engines.budget import Budget
from optimizer.engines.ortools_search import search_routing
from optimizer.engines.peers import refuse_asked, refuse_more
from optimizer.engines.vehicle_routing.ortools_model import OrtoolsModel, left_out
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.solution import RoutePlan, VisitKind
from optimizer.engines.watch import Told

# The matrices are square over all nodes, as lists, so they grow fast.
MOST_STOPS = 1500
# Copies of each station: as many visits to it as a plan may need, and at most.
MOST_COPIES = 60


def search_with_ortools(problem: VehicleRoutingProblem, budget: Budget, told: Told) -> tuple[RoutePlan, int]:
    """Search with OR-Tools; return its best plan and how many solutions it went through.

    Raises
    ------
    ParameterError
        With what the model does not know, or with more than 1,500 stops.
    """
    refuse_asked("ortools", [(name, True) for name in left_out(problem)])
    refuse_more("ortools", problem.n_stops, MOST_STOPS, Text("停靠点", "stops"))
    model = OrtoolsModel(problem, _copies(problem), ends_through_stations=True)
    if not problem.n_stops or not model.vehicles or budget.n_steps == 0:
        return RoutePlan(), 0
    plan, n_solutions = search_routing(model, budget, told)
    return plan or RoutePlan(), n_solutions


def _copies(problem: VehicleRoutingProblem) -> int:
    """Return how many visits to each station to offer: twice what the loads need, and one for each vehicle."""
    if not problem.stations:
        return 1
    totals = problem.stops.demand.sum(axis=0)
    largest = [max(group.capacity[load] for group in problem.groups) for load in range(problem.n_loads)]
    needed = sum(-(-int(total) // max(1, most)) for total, most in zip(totals, largest, strict=True))
    vehicles = sum(group.n_vehicles for group in problem.groups)
    return max(2, min(MOST_COPIES, problem.n_stops + 1, 2 * needed + min(vehicles, needed)))


def feasible_by_ortools(problem: VehicleRoutingProblem, plan: RoutePlan) -> bool:
    """Tell whether OR-Tools finds times for a plan's routes as they stand, by all that its model knows of the problem.

    Breaks of the plan are not handed over: it takes its own. What the model does not know, `left_out` tells.
    """
    visits = Counter(v.index for route in plan.routes for v in route.visits if v.kind is VisitKind.STATION)
    model = OrtoolsModel(problem, max(1, *visits.values(), 1), ends_through_stations=False)
    numbers = {vehicle: k for k, vehicle in enumerate(model.vehicles)}
    routes: list[list[int]] = [[] for _ in model.vehicles]
    n_used: Counter[int] = Counter()
    seen: Counter[int] = Counter()
    for route in plan.routes:
        number = route.vehicle if problem.numbers_vehicles and route.vehicle is not None else n_used[route.group]
        n_used[route.group] += 1
        if (route.group, number) not in numbers:
            return False
        nodes = routes[numbers[route.group, number]]
        for visit in route.visits:
            if visit.kind is VisitKind.STOP:
                nodes.append(visit.index)
            elif visit.kind is VisitKind.STATION:
                nodes.append(model.node_of(visit.index, seen[visit.index]))
                seen[visit.index] += 1
    indices = [[model.manager.NodeToIndex(node) for node in nodes] for nodes in routes]
    model.routing.CloseModel()
    return model.routing.ReadAssignmentFromRoutes(indices, True) is not None
