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
MOST_STOPS_IN_ROUNDS = 600
# Share of the budget in which our own search makes the first plan, where vehicles make several trips: on C2_2_01R0.25 it
# came to +1.57 % in 16 s of processor time and on R201R0.25 to +1.88 % in 13 s, PyVRP in 60 s to +2.63 % and +2.14 %.
FIRST_SHARE = 0.7


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
    """Search with PyVRP in rounds where it can be told all, and with our own search where it cannot."""
    from optimizer.engines.vehicle_routing.search import search

    if not _goes_in_rounds(problem):
        return search(problem, budget, begin.seed, begin.start, told, begin.threads)
    from optimizer.engines.vehicle_routing.pyvrp_rounds import search_in_rounds

    if not problem.stations:
        return search_in_rounds(problem, budget, begin.seed, begin.start, told)
    first = search(problem, budget.part(FIRST_SHARE), begin.seed, begin.start, _from(told, 0.0, FIRST_SHARE), begin.threads)
    n_steps = None if budget.n_steps is None else max(0, budget.n_steps - first.n_steps)
    left = replace(budget, n_steps=n_steps)
    found = search_in_rounds(problem, left, begin.seed, first.plan, _from(told, FIRST_SHARE, 1.0))
    return replace(found, n_steps=first.n_steps + found.n_steps)


def _goes_in_rounds(problem: VehicleRoutingProblem) -> bool:
    """Tell whether PyVRP can be told all of a problem, and its routes be chosen one by one."""
    if not problem.serve_all or problem.n_stops > MOST_STOPS_IN_ROUNDS:
        return False
    from optimizer.engines.vehicle_routing.pool import can_pool
    from optimizer.engines.vehicle_routing.pyvrp_model import left_out

    return can_pool(problem) and not left_out(problem)


def _from(told: Told, begin: float, end: float) -> Told:
    """Tell of a part of the work as of a share of the whole."""

    def part(share: float, key: tuple[int, int], plan: Callable[[], object]) -> bool:
        return told(begin + (end - begin) * share, key, plan)

    return part


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
