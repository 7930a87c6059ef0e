"""Search a problem in the way that suits what it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from optimizer.engines.budget import Budget
from optimizer.engines.limits import Engine
from optimizer.engines.outcome import Found
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.schedule import plan_cost
from optimizer.engines.vehicle_routing.solution import RoutePlan
from optimizer.engines.watch import Told

# More stops are not handed to PyVRP by the front door: its first descent looks at no flag.
MOST_STOPS_IN_ROUNDS = 600


@dataclass(frozen=True)
class Begin:
    """Where a search begins: dice, plan, and how many threads it may use."""

    seed: int
    start: RoutePlan | None
    threads: int


Search = Callable[[VehicleRoutingProblem, Budget, Begin, Told], Found[RoutePlan]]


def search_of(engine: Engine) -> Search:
    """Return the search of an engine; other solvers are loaded when one asks for them."""
    return {Engine.JINGCHENG: _by_kind, Engine.PYVRP: _by_pyvrp, Engine.ORTOOLS: _by_ortools}[engine]


def _by_kind(problem: VehicleRoutingProblem, budget: Budget, begin: Begin, told: Told) -> Found[RoutePlan]:
    """Search with PyVRP in rounds where it can be told all, and with our own search where it cannot."""
    from optimizer.engines.vehicle_routing.pool import can_pool
    from optimizer.engines.vehicle_routing.pyvrp_engine import search_with_pyvrp
    from optimizer.engines.vehicle_routing.pyvrp_model import left_out
    from optimizer.engines.vehicle_routing.pyvrp_rounds import search_in_rounds

    is_small = problem.n_stops <= MOST_STOPS_IN_ROUNDS
    if problem.serve_all and is_small and can_pool(problem) and not left_out(problem):
        return search_in_rounds(problem, budget, begin.seed, begin.start, told)
    plan, n_steps = search_with_pyvrp(problem, budget, begin.seed, told)
    return Found(plan, plan_cost(problem, plan), n_steps)


def _by_pyvrp(problem: VehicleRoutingProblem, budget: Budget, begin: Begin, told: Told) -> Found[RoutePlan]:
    """Let PyVRP search as it is shipped."""
    from optimizer.engines.vehicle_routing.pyvrp_engine import refuse, search_with_pyvrp

    refuse(problem)
    plan, n_steps = search_with_pyvrp(problem, budget, begin.seed, told)
    return Found(plan, plan_cost(problem, plan), n_steps)


def _by_ortools(problem: VehicleRoutingProblem, budget: Budget, _begin: Begin, told: Told) -> Found[RoutePlan]:
    """Let OR-Tools search."""
    from optimizer.engines.vehicle_routing.ortools_engine import search_with_ortools

    plan, n_steps = search_with_ortools(problem, budget, told)
    return Found(plan, plan_cost(problem, plan), n_steps)
