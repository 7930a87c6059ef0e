"""Search a problem in the way that suits what it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from optimizer.engines.budget import Budget
from optimizer.engines.limits import Engine
from optimizer.engines.outcome import Found
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.schedule import plan_cost
from optimizer.engines.vehicle_routing.solution import RoutePlan
from optimizer.engines.watch import Told

# More stops are not handed to PyVRP by the front door: its first descent looks at no flag.
MOST_STOPS_FOR_PYVRP = 600


@dataclass(frozen=True)
class Begin:
    """Where a search begins: dice, plan, and how many threads it may use."""

    seed: int
    start: RoutePlan | None
    threads: int


Search = Callable[[VehicleRoutingProblem, Budget, Begin, Told], Found[RoutePlan]]


def search_of(engine: Engine) -> Search:
    """Return the search of an engine; solvers and compiled code are loaded when it is called."""
    return {Engine.JINGCHENG: _by_kind, Engine.PYVRP: _by_pyvrp, Engine.ORTOOLS: _by_ortools}[engine]


def _by_kind(problem: VehicleRoutingProblem, budget: Budget, begin: Begin, told: Told) -> Found[RoutePlan]:
    """Search with PyVRP where vehicles make one trip and it can be told all, and with our own search where not."""
    if _suits_pyvrp(problem):
        return _with_pyvrp(problem, budget, begin, told)
    from optimizer.engines.vehicle_routing.search import search

    return search(problem, budget, begin.seed, begin.start, told, begin.threads)


def _suits_pyvrp(problem: VehicleRoutingProblem) -> bool:
    """Tell whether PyVRP is the better search: there it is ahead of ours on C1 and R1 of Solomon; behind it with trips."""
    if problem.stations or not problem.serve_all or problem.n_stops > MOST_STOPS_FOR_PYVRP:
        return False
    from optimizer.engines.vehicle_routing.pyvrp_model import left_out

    return not left_out(problem)


def _by_pyvrp(problem: VehicleRoutingProblem, budget: Budget, begin: Begin, told: Told) -> Found[RoutePlan]:
    """Let PyVRP search as it is shipped."""
    from optimizer.engines.vehicle_routing.pyvrp_engine import refuse

    refuse(problem)
    return _with_pyvrp(problem, budget, replace(begin, start=None), told)


def _with_pyvrp(problem: VehicleRoutingProblem, budget: Budget, begin: Begin, told: Told) -> Found[RoutePlan]:
    from optimizer.engines.vehicle_routing.pyvrp_engine import search_with_pyvrp

    plan, n_steps = search_with_pyvrp(problem, budget, begin.seed, begin.start, told)
    return Found(plan, plan_cost(problem, plan), n_steps)


def _by_ortools(problem: VehicleRoutingProblem, budget: Budget, _begin: Begin, told: Told) -> Found[RoutePlan]:
    """Let OR-Tools search."""
    from optimizer.engines.vehicle_routing.ortools_engine import search_with_ortools

    plan, n_steps = search_with_ortools(problem, budget, told)
    return Found(plan, plan_cost(problem, plan), n_steps)
