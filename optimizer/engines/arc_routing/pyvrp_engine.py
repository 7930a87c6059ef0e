"""PyVRP on the same problem, to be compared with: each task is a group of clients of which one is visited."""

from __future__ import annotations

import pyvrp
from pyvrp.IteratedLocalSearch import IteratedLocalSearchParams

from layers.text import Text
from optimizer.engines.arc_routing.deadhead import PathFinder, Stopped
from optimizer.engines.arc_routing.problem import ArcRoutingProblem
from optimizer.engines.arc_routing.pyvrp_model import pyvrp_model
from optimizer.engines.arc_routing.solution import RoutePlan
from optimizer.engines.budget import Budget
from optimizer.engines.peers import refuse_asked, refuse_more
from optimizer.engines.pyvrp_watch import PyvrpWatch
from optimizer.engines.watch import Told

# The matrix is square over all directions of all tasks, so it grows fast: 3,000 tasks take 0.6 GB.
MOST_TASKS = 3000


def solve_with_pyvrp(
    problem: ArcRoutingProblem, finder: PathFinder, budget: Budget, seed: int, told: Told
) -> tuple[RoutePlan, int]:
    """Search with PyVRP (Wouda, Lan & Kool 2024, doi 10.1287/ijoc.2023.0055); return its best plan and its iterations.

    An iteration is a step of the budget. Where PyVRP finds nothing feasible, the plan is empty.

    Raises
    ------
    ParameterError
        With what PyVRP cannot say, or with more than 3,000 tasks.
    """
    refuse(problem)
    try:
        model = pyvrp_model(problem, finder, budget.stopped)
    except Stopped:
        return RoutePlan(), 0
    if model is None or budget.n_steps == 0:
        return RoutePlan(), 0
    watch = PyvrpWatch(model, budget, told)
    params = pyvrp.SolveParams(ils=IteratedLocalSearchParams(callbacks=watch))
    result = pyvrp.solve(model.data, watch, seed=seed, collect_stats=False, params=params)
    return (model.plan(result.best) if result.best.is_feasible() else RoutePlan()), result.num_iterations


def refuse(problem: ArcRoutingProblem) -> None:
    """Refuse what this engine cannot do, each by its name."""
    refuse_more("pyvrp", problem.n_tasks, MOST_TASKS)
    facilities = problem.facilities
    asked = (
        (Text("休息", "breaks"), any(group.breaks for group in problem.groups)),
        (Text("锁定到某一辆车", "locks to one vehicle"), any(lock.vehicle is not None for lock in problem.locks)),
        (Text("固定顺序", "orders"), bool(problem.orders)),
        (
            Text("均衡、紧凑或变动项", "terms for balance, compactness or change"),
            bool(problem.terms.balance or problem.terms.compactness or problem.terms.change),
        ),
        (
            Text("只清空部分资源的设施", "facilities that reset some resources only"),
            not all(f.reset_of(k) for f in facilities for k in range(problem.n_resources)),
        ),
        (Text("一天内多次开放的设施", "facilities that open more than once"), any(len(f.open_s) > 1 for f in facilities)),
        (
            Text("收车前须经过有开放时间的设施", "opening hours of a facility that ends every route"),
            problem.ends_reset and any(f.open_s for f in facilities),
        ),
    )
    refuse_asked("pyvrp", asked)
