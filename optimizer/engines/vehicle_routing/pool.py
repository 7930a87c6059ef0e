"""Put a better plan together from routes that a search has met: a set partitioning over a pool.

A search drops good routes for the sake of others; choosing anew among all that it met finds plans that no small step leads
to (Rochat & Taillard 1995, doi 10.1007/BF02430370; Subramanian, Uchoa & Ochi 2013, doi 10.1016/j.cor.2013.01.013).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ortools.linear_solver import pywraplp

from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.schedule import measure
from optimizer.engines.vehicle_routing.solution import RoutePlan, VehicleRoute

# Routes kept; beyond it the oldest go, which come from the worst plans.
MOST_ROUTES = 20_000
# Nodes of a choice's tree, so that a run that only work limits can be repeated.
MOST_NODES = 2_000
# Seconds between two looks at the stop flag while a choice is made.
POLL_S = 0.05

_Key = tuple[int, frozenset[int]]


def can_pool(problem: VehicleRoutingProblem) -> bool:
    """Tell whether routes can be chosen one by one: nothing but their stops and the number of vehicles ties them."""
    tied = any(station.bays is not None or station.throughput is not None for station in problem.stations)
    return not (tied or problem.numbers_vehicles or problem.terms.are_wanted)


@dataclass
class RoutePool:
    """Keep the cheapest route met for each group and set of stops.

    Parameters
    ----------
    problem
        Whose routes they are; one that `can_pool`.
    """

    problem: VehicleRoutingProblem
    _routes: dict[_Key, tuple[int, VehicleRoute]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many routes there are."""
        return len(self._routes)

    def add(self, plan: RoutePlan) -> None:
        """Keep the routes of a plan without faults."""
        for route in plan.routes:
            if not route.visits:
                continue
            key, cost = (route.group, frozenset(route.stops)), measure(self.problem, route).cost
            known = self._routes.pop(key, None)
            self._routes[key] = (cost, route) if known is None or cost < known[0] else known
        while len(self._routes) > MOST_ROUTES:
            del self._routes[next(iter(self._routes))]

    def choose(self, plan: RoutePlan, limit_s: float | None, stopped: Callable[[], bool]) -> RoutePlan:
        """Return the cheapest plan that serves the same stops with routes of the pool; the plan itself where none is.

        Parameters
        ----------
        limit_s
            Seconds to look; None: as long as `MOST_NODES` take.
        stopped
            Asked now and then whether to give up.
        """
        self.add(plan)
        wanted = plan.served
        kept = [pair for (_, stops), pair in self._routes.items() if stops <= wanted]
        chosen = _partition(self.problem, plan, kept, limit_s, stopped)
        if chosen is None:
            return plan
        found = RoutePlan(tuple(replace(kept[k][1], vehicle=None) for k in chosen))
        before, after = (sum(measure(self.problem, route).cost for route in p.routes) for p in (plan, found))
        return found if after < before else plan


def _partition(
    problem: VehicleRoutingProblem,
    plan: RoutePlan,
    kept: list[tuple[int, VehicleRoute]],
    limit_s: float | None,
    stopped: Callable[[], bool],
) -> list[int] | None:
    """Return which routes serve each stop of a plan exactly once, cheapest first found; None where none was found."""
    solver = pywraplp.Solver.CreateSolver("SCIP")
    columns = [solver.BoolVar("") for _ in kept]
    rows = {stop: solver.RowConstraint(1, 1, "") for stop in plan.served}
    fleet = [solver.RowConstraint(0, group.n_vehicles, "") for group in problem.groups]
    objective = solver.Objective()
    for column, (cost, route) in zip(columns, kept, strict=True):
        objective.SetCoefficient(column, cost)
        fleet[route.group].SetCoefficient(column, 1)
        for stop in route.stops:
            rows[stop].SetCoefficient(column, 1)
    objective.SetMinimization()
    own = {(route.group, frozenset(route.stops)) for route in plan.routes}
    solver.SetHint(columns, [float((route.group, frozenset(route.stops)) in own) for _, route in kept])
    solver.SetSolverSpecificParametersAsString(f"limits/nodes = {MOST_NODES}\n")
    if limit_s is not None:
        solver.set_time_limit(max(1, int(1000 * limit_s)))
    if _status(solver, stopped) not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
        return None
    return [k for k, column in enumerate(columns) if column.solution_value() > 0.5]


def _status(solver: pywraplp.Solver, stopped: Callable[[], bool]) -> int:
    """Solve, and give up when the caller wants to stop; return how it ended."""
    status: list[int] = []
    thread = threading.Thread(target=lambda: status.append(int(solver.Solve())), daemon=True)
    thread.start()
    thread.join(POLL_S)
    while thread.is_alive():
        if stopped():
            solver.InterruptSolve()
        thread.join(POLL_S)
    return status[-1]
