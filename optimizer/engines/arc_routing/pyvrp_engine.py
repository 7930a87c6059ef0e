"""PyVRP on the same problem, to be compared with: each task is a group of clients of which one is visited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import pyvrp
from pyvrp.IteratedLocalSearch import IteratedLocalSearchCallbacks, IteratedLocalSearchParams

from layers.text import Text
from optimizer.engines.arc_routing.deadhead import PathFinder, Stopped
from optimizer.engines.arc_routing.problem import ArcRoutingProblem
from optimizer.engines.arc_routing.pyvrp_model import PyvrpModel, pyvrp_model
from optimizer.engines.arc_routing.solution import RoutePlan
from optimizer.engines.budget import Budget, share_spent
from optimizer.engines.peers import refuse_asked, refuse_more
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
    watch = _Watch(model, budget, told)
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


@dataclass
class _Watch(IteratedLocalSearchCallbacks):
    """Stands between PyVRP and the caller: counts iterations, looks at clock and flag at each, keeps the best."""

    model: PyvrpModel
    budget: Budget
    told: Told
    n_done: int = -1
    began_s: float = 0.0
    done: bool = False
    best: pyvrp.Solution | None = None

    def __call__(self, best_cost: int) -> bool:
        """Tell PyVRP whether to stop; called before each iteration."""
        self.n_done += 1
        if self.n_done == 0:
            self.began_s = perf_counter()
        share = min(1.0, share_spent(self.budget, self.n_done, self.began_s))
        if self.best is not None:
            self.done = self.told(share, self.model.key(self.best), self._plan_of(self.best))
        out_of_steps = self.budget.n_steps is not None and self.n_done >= self.budget.n_steps
        return self.done or out_of_steps or self.budget.over

    def _plan_of(self, best: pyvrp.Solution) -> Callable[[], RoutePlan]:
        return lambda: self.model.plan(best)

    def on_start(self, ils: pyvrp.IteratedLocalSearch) -> None:
        """Take up the first solution where it is one."""
        self.on_best(ils.initial_solution)

    def on_best(self, best: pyvrp.Solution) -> None:
        """Take up a better solution."""
        if best.is_feasible():
            self.best = best
