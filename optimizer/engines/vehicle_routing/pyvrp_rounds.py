"""PyVRP in rounds: between them a better plan is put together from all good routes that it has met.

A long run of PyVRP ends in one neighbourhood; choosing anew among the routes of all its good solutions, and going on from
there, finds what it misses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import perf_counter

import pyvrp
from pyvrp.IteratedLocalSearch import IteratedLocalSearchParams

from optimizer.engines.budget import Budget
from optimizer.engines.outcome import Found
from optimizer.engines.pyvrp_watch import PyvrpWatch
from optimizer.engines.vehicle_routing.pool import RoutePool
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.pyvrp_model import PyvrpModel, pyvrp_model
from optimizer.engines.vehicle_routing.schedule import plan_cost
from optimizer.engines.vehicle_routing.solution import RoutePlan
from optimizer.engines.watch import Told

# Shares of the budget after which a plan is put together anew, and the search goes on from it. A long first run, since each
# begins with an empty history: in five equal rounds four of multitrip-vrptw with 200 stops came to +1.87 % in 60 s, to
# +1.43 % in one run.
ENDS = (0.7, 0.85, 1.0)
# Routes of solutions that cost so much more than the best are kept too.
NEAR_BEST = 1.01
# Share of the time that choosing anew may take, each time.
CHOICE_SHARE = 0.02

_Mark = tuple[int, int, int, int]


@dataclass
class _Gatherer(PyvrpWatch):
    """Keeps the routes of all good solutions; a route is known again by what it costs and takes."""

    routes: dict[_Mark, pyvrp.Route] = field(default_factory=dict)

    def on_iteration(
        self,
        current: pyvrp.Solution,
        candidate: pyvrp.Solution,
        best: pyvrp.Solution,
        cost_evaluator: pyvrp.CostEvaluator,
    ) -> None:
        """Keep the routes of a candidate that is nearly as good as the best."""
        super().on_iteration(current, candidate, best, cost_evaluator)
        if self.best is None or not candidate.is_feasible():
            return
        if _cost(candidate) <= NEAR_BEST * _cost(self.best):
            for route in candidate.routes():
                mark = (route.vehicle_type(), route.distance(), route.duration(), route.num_clients())
                self.routes.setdefault(mark, route)


def _cost(solution: pyvrp.Solution) -> int:
    return int(solution.distance_cost() + solution.duration_cost() + solution.fixed_vehicle_cost())


def search_in_rounds(
    problem: VehicleRoutingProblem, budget: Budget, seed: int, start: RoutePlan | None, told: Told
) -> Found[RoutePlan]:
    """Search with PyVRP and a pool of routes; for problems that PyVRP can be told all of.

    Parameters
    ----------
    problem
        One of which `left_out` names nothing and whose routes `can_pool`.
    budget
        An iteration of PyVRP is a step.
    seed
        Of the first round.
    start
        A plan to begin at.
    told
        Told of each better plan.
    """
    model = pyvrp_model(problem)
    plan = start or RoutePlan()
    if model is None or budget.n_steps == 0:
        return Found(plan, plan_cost(problem, plan), 0)
    pool, began_s, n_steps = RoutePool(problem), perf_counter(), 0
    for k in range(len(ENDS)):
        if budget.over:
            break
        part = _part(budget, k, began_s)
        watch = _Gatherer(model, part, _share_of(told, k))
        run = _run(model, watch, seed + k, plan if k or start else None)
        n_steps += run.num_iterations
        best = run.best if run.best.is_feasible() else watch.current
        plan = _better(problem, plan, model.plan(best or run.best))
        for route in watch.routes.values():
            timed = model.route(route)
            if timed is not None:
                pool.add(RoutePlan((timed,)))
        if not budget.over:
            plan = pool.choose(plan, _choice_s(budget, began_s), lambda: budget.over)
    return Found(plan, plan_cost(problem, plan), n_steps)


def _part(budget: Budget, k: int, began_s: float) -> Budget:
    """Return what round k may spend."""
    begins, ends = (0.0, *ENDS)[k], ENDS[k]
    n_steps = None if budget.n_steps is None else int(ends * budget.n_steps) - int(begins * budget.n_steps)
    if budget.until_s is None:
        return replace(budget, n_steps=n_steps)
    return replace(budget, n_steps=n_steps, until_s=began_s + ends * (budget.until_s - began_s))


def _choice_s(budget: Budget, began_s: float) -> float | None:
    return None if budget.until_s is None else CHOICE_SHARE * (budget.until_s - began_s)


def _share_of(told: Told, k: int) -> Told:
    begins, ends = (0.0, *ENDS)[k], ENDS[k]

    def part(share: float, key: tuple[int, int], plan: Callable[[], object]) -> bool:
        return told(begins + share * (ends - begins), key, plan)

    return part


def _run(model: PyvrpModel, watch: _Gatherer, seed: int, start: RoutePlan | None) -> pyvrp.Result:
    params = pyvrp.SolveParams(ils=IteratedLocalSearchParams(callbacks=watch))
    first = model.solution(start) if start is not None and start.routes else None
    return pyvrp.solve(model.data, watch, seed=seed, collect_stats=False, params=params, initial_solution=first)


def _better(problem: VehicleRoutingProblem, old: RoutePlan, new: RoutePlan) -> RoutePlan:
    """Return the plan that serves more value, or costs less."""
    keys = [(-int(problem.worth[sorted(plan.served)].sum()), plan_cost(problem, plan)) for plan in (old, new)]
    return new if keys[1] < keys[0] else old
