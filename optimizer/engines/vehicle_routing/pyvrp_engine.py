"""PyVRP as an engine of vehicle routing (Wouda, Lan & Kool 2024, doi 10.1287/ijoc.2023.0055)."""

from __future__ import annotations

import pyvrp
from pyvrp.IteratedLocalSearch import IteratedLocalSearchParams

from optimizer.engines.budget import Budget
from optimizer.engines.peers import refuse_asked
from optimizer.engines.pyvrp_watch import PyvrpWatch
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.pyvrp_model import left_out, pyvrp_model
from optimizer.engines.vehicle_routing.solution import RoutePlan
from optimizer.engines.watch import Told


def refuse(problem: VehicleRoutingProblem) -> None:
    """Refuse what PyVRP cannot be told.

    Raises
    ------
    ParameterError
        With the name of each.
    """
    refuse_asked("pyvrp", [(name, True) for name in left_out(problem)])


def search_with_pyvrp(
    problem: VehicleRoutingProblem, budget: Budget, seed: int, start: RoutePlan | None, told: Told
) -> tuple[RoutePlan, int]:
    """Search with PyVRP, from a plan or from nothing; return its best plan and its iterations, the steps of the budget.

    What PyVRP cannot be told is kept by what is left of its routes (see `fitting`). Where it finds nothing feasible, its
    present solution is taken, as far as it goes.
    """
    model = pyvrp_model(problem)
    if model is None or budget.n_steps == 0:
        return start or RoutePlan(), 0
    watch = PyvrpWatch(model, budget, told)
    params = pyvrp.SolveParams(ils=IteratedLocalSearchParams(callbacks=watch))
    first = model.solution(start) if start is not None and start.routes else None
    result = pyvrp.solve(model.data, watch, seed=seed, collect_stats=False, params=params, initial_solution=first)
    best = result.best if result.best.is_feasible() else watch.current
    return model.plan(best or result.best), result.num_iterations
