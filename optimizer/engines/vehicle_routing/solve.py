"""The engine's front door."""

from __future__ import annotations

from time import perf_counter

from optimizer.engines.budget import Budget
from optimizer.engines.limits import ROUTING, Engine, Limits
from optimizer.engines.outcome import Found, Outcome
from optimizer.engines.peers import refuse_engine
from optimizer.engines.vehicle_routing.aims import plan_terms
from optimizer.engines.vehicle_routing.methods import Begin, search_of
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.reasons import why_unserved
from optimizer.engines.vehicle_routing.schedule import plan_cost
from optimizer.engines.vehicle_routing.solution import Result, RoutePlan
from optimizer.engines.watch import Watch
from optimizer.monitor import Monitor, Silent

# Seconds for the bound before the search: a share of the time limit, and at most.
BOUND_SHARE = 0.1
BOUND_MOST_S = 6.0


def solve(  # noqa: PLR0913 - what is asked, and one argument an option
    problem: VehicleRoutingProblem,
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
    watch = Watch(monitor or Silent(), "vehicle routing")
    limits = limits or Limits()
    until_s = None if limits.time_limit_s is None else began + limits.time_limit_s
    budget = Budget(limits.n_steps, until_s, watch.stopped)
    watch.bound = _bound(problem, limits, watch)
    found = search_of(engine)(problem, budget, Begin(seed, start, threads), watch.told)
    return _result(problem, _best_of(problem, found, start), watch, began)


def _bound(problem: VehicleRoutingProblem, limits: Limits, watch: Watch) -> int | None:
    """Return the proven bound, where it is cheap."""
    if not problem.serve_all or watch.stopped():
        return None
    from optimizer.engines.vehicle_routing.bounds import lower_bound

    share_s = BOUND_SHARE * (limits.time_limit_s or BOUND_MOST_S / BOUND_SHARE)
    until_s = perf_counter() + min(BOUND_MOST_S, share_s)
    return lower_bound(problem, lambda: watch.stopped() or perf_counter() > until_s)


def _best_of(problem: VehicleRoutingProblem, found: Found[RoutePlan], start: RoutePlan | None) -> Found[RoutePlan]:
    """Return the plan begun at where the search found no better."""
    if start is None:
        return found
    old, new = _key(problem, start), _key(problem, found.plan)
    return found if new <= old else Found(start, plan_cost(problem, start), found.n_steps, found.threads)


def _key(problem: VehicleRoutingProblem, plan: RoutePlan) -> tuple[int, float]:
    """Return the value served (less is better, so negative) and the cost with what is weighed beside."""
    return -int(problem.worth[sorted(plan.served)].sum()), plan_cost(problem, plan) + plan_terms(problem, plan)


def _result(problem: VehicleRoutingProblem, found: Found[RoutePlan], watch: Watch, began: float) -> Result:
    lost = sorted(set(range(problem.n_stops)) - found.plan.served)
    terms = plan_terms(problem, found.plan)
    if not lost and watch.bound is not None and found.cost + terms <= watch.bound:
        outcome = Outcome.OPTIMAL
    elif watch.stopped():
        outcome = Outcome.STOPPED
    else:
        outcome = Outcome.INFEASIBLE if lost and problem.serve_all else Outcome.FEASIBLE
    value = int(problem.stops.value[sorted(found.plan.served)].sum())
    unserved = why_unserved(problem, found.plan)
    seconds = perf_counter() - began
    told = (outcome, found.plan, found.cost, value, unserved, watch.bound, found.n_steps, seconds)
    return Result(*told, terms=terms, threads=found.threads)
