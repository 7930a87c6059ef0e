"""The engine's front door."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from optimizer.engines.arc_routing.aims import plan_terms
from optimizer.engines.arc_routing.deadhead import Hubs, Stopped, hubs_of, path_finder
from optimizer.engines.arc_routing.methods import Begin, Places, search_by_size
from optimizer.engines.arc_routing.problem import ArcRoutingProblem
from optimizer.engines.arc_routing.reasons import why_unserved
from optimizer.engines.arc_routing.schedule import plan_cost
from optimizer.engines.arc_routing.solution import Reason, Result, RoutePlan, Unserved
from optimizer.engines.budget import Budget
from optimizer.engines.limits import ROUTING, Engine, Limits
from optimizer.engines.outcome import Found, Outcome
from optimizer.engines.peers import refuse_engine
from optimizer.engines.watch import Watch
from optimizer.monitor import Monitor, Silent

# The bound is proven beside the search for so many tasks.
MOST_TASKS_BOUNDED = 3000
# Seconds for the bound before the search: a share of the time limit, and at most.
BOUND_SHARE = 0.1
BOUND_MOST_S = 6.0


def solve(  # noqa: PLR0913 - what is asked, and one argument an option
    problem: ArcRoutingProblem,
    *,
    limits: Limits | None = None,
    seed: int = 0,
    monitor: Monitor | None = None,
    engine: Engine = Engine.JINGCHENG,
    start: RoutePlan | None = None,
    threads: int = 1,
) -> Result:
    """Search for the best plan: most value served, then least cost.

    Parameters
    ----------
    problem
        What is asked.
    limits
        How long to search.
    seed
        Same problem, seed and work limit: same plan.
    monitor
        Told of progress and of better plans (as `RoutePlan`); asked at least every 0.1 s whether to stop.
    engine
        The search to use.
    start
        A plan without faults, such as an earlier one: the result is never worse. Our own search begins at it.
    threads
        That may search side by side; within a work limit the plan does not depend on it. Peers use one.

    Returns
    -------
    Result
        Always with a plan; what it leaves out is listed with reasons.
    """
    refuse_engine(engine, ROUTING)
    began = perf_counter()
    watch = Watch(monitor or Silent(), "arc routing")
    limits = limits or Limits()
    until_s = None if limits.time_limit_s is None else began + limits.time_limit_s
    finder = path_finder(problem.network)
    try:
        hubs = hubs_of(problem, finder, watch.stopped)
    except Stopped:
        return _nothing(problem, start or RoutePlan(), began)
    watch.bound = _bound(problem, limits, watch)
    budget = Budget(limits.n_steps, until_s, watch.stopped)
    if engine is not Engine.JINGCHENG:
        plan, n_steps = _by_peer(problem, (hubs, finder), budget, (engine, seed), watch)
        found = Found(plan, plan_cost(problem, plan), n_steps)
    else:
        found = search_by_size(problem, (hubs, finder), budget, Begin(seed, start, threads), watch)
    return _result(problem, _best_of(problem, found, start), hubs, watch, began)


def _bound(problem: ArcRoutingProblem, limits: Limits, watch: Watch) -> int | None:
    """Return the proven bound, where it is cheap."""
    if problem.n_tasks > MOST_TASKS_BOUNDED or watch.stopped():
        return None
    from optimizer.engines.arc_routing.bounds import lower_bound

    share_s = BOUND_SHARE * (limits.time_limit_s or BOUND_MOST_S / BOUND_SHARE)
    until_s = perf_counter() + min(BOUND_MOST_S, share_s)
    return lower_bound(problem, lambda: watch.stopped() or perf_counter() > until_s)


def _best_of(problem: ArcRoutingProblem, found: Found[RoutePlan], start: RoutePlan | None) -> Found[RoutePlan]:
    """Return the plan begun at where the search found no better."""
    if start is None:
        return found
    cost = plan_cost(problem, start)
    old, new = (int(problem.worth[sorted(plan.served)].sum()) for plan in (start, found.plan))
    before, after = cost + plan_terms(problem, start), found.cost + plan_terms(problem, found.plan)
    return replace(found, plan=start, cost=cost) if (-old, before) < (-new, after) else found


def _by_peer(
    problem: ArcRoutingProblem, places: Places, budget: Budget, chosen: tuple[Engine, int], watch: Watch
) -> tuple[RoutePlan, int]:
    """Let another solver search; it is loaded when asked for, which takes longer than a small problem's search."""
    engine, seed = chosen
    if engine is Engine.ORTOOLS:
        from optimizer.engines.arc_routing.ortools_engine import solve_with_ortools

        return solve_with_ortools(problem, places, budget, watch.told)
    from optimizer.engines.arc_routing.pyvrp_engine import solve_with_pyvrp

    return solve_with_pyvrp(problem, places[1], budget, seed, watch.told)


def _result(problem: ArcRoutingProblem, found: Found[RoutePlan], hubs: Hubs, watch: Watch, began: float) -> Result:
    lost = set(range(problem.n_tasks)) - found.plan.served
    terms = plan_terms(problem, found.plan)
    if not lost and watch.bound is not None and found.cost + terms <= watch.bound:
        outcome = Outcome.OPTIMAL
    elif watch.stopped():
        outcome = Outcome.STOPPED
    else:
        outcome = Outcome.INFEASIBLE if lost and problem.serve_all else Outcome.FEASIBLE
    value = int(problem.tasks.value[sorted(found.plan.served)].sum())
    unserved = why_unserved(problem, lost, hubs)
    seconds = perf_counter() - began
    told = (outcome, found.plan, found.cost, value, unserved, watch.bound, found.n_steps, seconds)
    return Result(*told, terms=terms, threads=found.threads)


def _nothing(problem: ArcRoutingProblem, start: RoutePlan, began: float) -> Result:
    """Return the result of a search that was stopped before it had begun."""
    lost = sorted(set(range(problem.n_tasks)) - start.served)
    unserved = tuple(Unserved(task, Reason.NOT_TRIED) for task in lost)
    value = int(problem.tasks.value[sorted(start.served)].sum())
    cost = plan_cost(problem, start)
    seconds, terms = perf_counter() - began, plan_terms(problem, start)
    return Result(Outcome.STOPPED, start, cost, value, unserved, None, 0, seconds, terms)
