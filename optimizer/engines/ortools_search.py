"""Run OR-Tools' routing solver within a budget, for any model of its."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any, Protocol, TypeVar

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from optimizer.engines.budget import Budget
from optimizer.engines.watch import Told

Plan_co = TypeVar("Plan_co", covariant=True)
Successor = Callable[[int], int]

# The flag is looked at on every 256th call: then it costs nothing.
CALLS_BETWEEN_LOOKS = 256
# Calls in which no solution is met count for a step: on a tiny problem there may be none to come.
CALLS_A_STEP = 500
# Cost of a way that does not exist, and of what must be served and is not.
BARRED = 1 << 44
MUST_SERVE = 1 << 38


class ReadsSuccessors(Protocol[Plan_co]):
    """A routing model, and what knows what its solutions mean."""

    @property
    def routing(self) -> Any:
        """The `pywrapcp.RoutingModel`."""
        ...

    def plan(self, next_of: Successor) -> Plan_co:
        """Read a plan off the successors of all nodes."""
        ...

    def lost(self, next_of: Successor) -> int:
        """Return the value of what a solution leaves out."""
        ...


def search_routing(reader: ReadsSuccessors[Plan_co], budget: Budget, told: Told) -> tuple[Plan_co | None, int]:
    """Search by guided local search from the cheapest arcs on; return the best plan and the number of solutions met.

    Parameters
    ----------
    reader
        The model, and what its solutions mean.
    budget
        A solution is a step, and so are `CALLS_A_STEP` looks at the limit.
    told
        Told of each better solution.
    """
    routing = reader.routing
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PATH_CHEAPEST_ARC
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    if budget.n_steps is not None:
        parameters.solution_limit = max(1, budget.n_steps)
    began = perf_counter()
    if budget.until_s is not None:
        left_s = max(0.05, budget.until_s - began)
        parameters.time_limit.FromMilliseconds(int(left_s * 1000))
    n_calls = 0
    done = False

    def over() -> bool:
        nonlocal n_calls
        n_calls += 1
        spent = budget.n_steps is not None and n_calls > budget.n_steps * CALLS_A_STEP
        return done or spent or (n_calls % CALLS_BETWEEN_LOOKS == 1 and budget.stopped())

    n_solutions = 0
    best = BARRED * BARRED

    def at_solution() -> None:
        nonlocal n_solutions, best, done
        n_solutions += 1
        cost = routing.CostVar().Max()
        if cost >= best:
            return
        best = cost

        def next_of(i: int) -> int:
            return int(routing.NextVar(i).Value())

        share = 0.0 if budget.until_s is None else (perf_counter() - began) / max(1e-9, budget.until_s - began)
        done = told(min(1.0, share), (reader.lost(next_of), cost), lambda: reader.plan(next_of))

    routing.AddSearchMonitor(routing.solver().CustomLimit(over))
    routing.AddAtSolutionCallback(at_solution)
    solution = routing.SolveWithParameters(parameters)
    if solution is None:
        return None, n_solutions
    return reader.plan(lambda i: int(solution.Value(routing.NextVar(i)))), n_solutions
