"""The engine's front door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from time import perf_counter

import numpy as np

from layers.errors import ParameterError
from optimizer.engines.arc_routing.aims import plan_terms
from optimizer.engines.arc_routing.chains import search_in_chains
from optimizer.engines.arc_routing.citywide import Citywide, solve_citywide
from optimizer.engines.arc_routing.deadhead import Hubs, PathFinder, Stopped, Terminals, hubs_of, path_finder
from optimizer.engines.arc_routing.decompose import Patchwork, solve_by_parts
from optimizer.engines.arc_routing.full_loads import may_be_filled, routes_of_loads
from optimizer.engines.arc_routing.part_ways import LaidWays, SoughtWays
from optimizer.engines.arc_routing.parts import Costed, Parts, may_be_parted
from optimizer.engines.arc_routing.problem import ArcRoutingProblem
from optimizer.engines.arc_routing.reasons import why_unserved
from optimizer.engines.arc_routing.schedule import measures, plan_cost
from optimizer.engines.arc_routing.search import HEAT_FIRST, Budget, Search
from optimizer.engines.arc_routing.sector import Sector, all_vehicles, sector_from, tables_of
from optimizer.engines.arc_routing.solution import Outcome, Reason, Result, RoutePlan, Unserved, VehicleRoute
from optimizer.engines.arc_routing.watch import Watch
from optimizer.engines.arc_routing.windows import may_cut
from optimizer.monitor import Monitor, Silent

# Up to so many tasks are searched in chains; more, in parts side by side, whose steps cost less and may be taken at once:
# on egl-g1-A (347 tasks) 20 s on one thread came to +0.85 % in parts and +1.31 % in one chain.
MOST_TASKS_IN_CHAINS = 240
# More than so many begin at a good plan, and are not as hot: from a bad one parts take too long. Where capacity is all that
# counts these are full loads. Others are first searched in windows, for a share of the budget: on a mixed grid of 2,504
# tasks 60 s came to 564,862, and to 561,952 in parts alone.
MOST_TASKS_IN_PARTS_ALONE = 700
WINDOWS_SHARE, HEAT_FROM_GOOD = 0.3, 0.3
# More are searched in windows, or in parts that seek their own ways where capacity is all that counts: one table of all
# takes 0.8 s for 2,500 tasks, in which no stop is heard, and grows with the square. On a mixed grid
# of 2,504 tasks 40 s on one thread came to 596,793 for all at once and to 650,446 in regions and windows.
MOST_TASKS_IN_ONE_TABLE = 2600
# The bound is proven beside the search for so many tasks.
MOST_TASKS_BOUNDED = 3000
# Steps where the caller limits nothing.
DEFAULT_STEPS = 100_000
# Seconds for the bound before the search: a share of the time limit, and at most.
BOUND_SHARE = 0.1
BOUND_MOST_S = 6.0

Places = tuple[Hubs, PathFinder]


class Engine(Enum):
    """Which search is used."""

    JINGCHENG = "jingcheng"
    ORTOOLS = "ortools"
    PYVRP = "pyvrp"


@dataclass(frozen=True)
class Limits:
    """How long a search goes on; with no limit at all, `DEFAULT_STEPS` steps.

    Parameters
    ----------
    time_limit_s
        Seconds from the call on: ways, bound and search.
    work_limit
        Steps of search; a run that only this limits can be repeated to the letter.
    """

    time_limit_s: float | None = None
    work_limit: int | None = None

    def __post_init__(self) -> None:
        """Refuse limits that make no sense."""
        for name, value, unit in (("time limit", self.time_limit_s, " s"), ("work limit", self.work_limit, " steps")):
            if value is not None and not value >= 0:
                raise ParameterError(f"arc routing: {name} is {value}{unit}; expected 0 or more; give another {name}")

    @property
    def n_steps(self) -> int | None:
        """Steps allowed."""
        if self.work_limit is None and self.time_limit_s is None:
            return DEFAULT_STEPS
        return self.work_limit


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
        A plan without faults to begin at, such as an earlier one; the result is never worse. Only for Engine.JINGCHENG.
    threads
        That may search side by side; within a work limit the plan does not depend on it. Peers use one.

    Returns
    -------
    Result
        Always with a plan; what it leaves out is listed with reasons.
    """
    began = perf_counter()
    watch = Watch(monitor or Silent())
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
        found = _Found(plan, plan_cost(problem, plan), n_steps)
    elif _goes_by_parts(problem):
        found = _by_parts(problem, (hubs, finder), budget, _Begin(seed, start, threads), watch)
    elif problem.n_tasks <= MOST_TASKS_IN_ONE_TABLE:
        found = _at_once(problem, (hubs, finder), budget, _Begin(seed, start, threads), watch)
    else:
        found = _by_windows(problem, (hubs, finder), budget, _Begin(seed, start, threads), watch)
    return _result(problem, _best_of(problem, found, start), hubs, watch, began)


def _goes_by_parts(problem: ArcRoutingProblem) -> bool:
    """Tell whether parts of a plan are searched: where there are enough tasks, and something to begin at."""
    if problem.n_tasks <= MOST_TASKS_IN_CHAINS or not may_be_parted(problem):
        return False
    return problem.n_tasks <= MOST_TASKS_IN_ONE_TABLE or may_be_filled(problem)


def _bound(problem: ArcRoutingProblem, limits: Limits, watch: Watch) -> int | None:
    """Return the proven bound, where it is cheap."""
    if problem.n_tasks > MOST_TASKS_BOUNDED or watch.stopped():
        return None
    from optimizer.engines.arc_routing.bounds import lower_bound

    share_s = BOUND_SHARE * (limits.time_limit_s or BOUND_MOST_S / BOUND_SHARE)
    until_s = perf_counter() + min(BOUND_MOST_S, share_s)
    return lower_bound(problem, lambda: watch.stopped() or perf_counter() > until_s)


@dataclass(frozen=True)
class _Begin:
    """Where a search begins: dice, plan, and how many threads it may use."""

    seed: int
    start: RoutePlan | None
    threads: int

    @property
    def routes(self) -> tuple[VehicleRoute, ...]:
        """The routes of the plan."""
        return () if self.start is None else self.start.routes


@dataclass(frozen=True)
class _Found:
    """What an engine hands back: a plan with its cost, the steps taken, and the threads that took them."""

    plan: RoutePlan
    cost: int
    n_steps: int
    threads: int = 1


def _best_of(problem: ArcRoutingProblem, found: _Found, start: RoutePlan | None) -> _Found:
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


def _at_once(problem: ArcRoutingProblem, places: Places, budget: Budget, begin: _Begin, watch: Watch) -> _Found:
    try:
        sector = _whole(problem, places, budget.stopped)[0]
    except Stopped:
        return _Found(RoutePlan(), 0, 0)
    chains = search_in_chains(sector, begin.routes, budget, (begin.seed, begin.threads), watch.told)
    costed = chains.best.costed_rows()
    plan = RoutePlan(tuple(route for route, _ in costed))
    return _Found(plan, sum(cost for _, cost in costed), chains.n_steps, chains.threads)


def _whole(problem: ArcRoutingProblem, places: Places, stopped: Callable[[], bool]) -> tuple[Sector, list[Terminals]]:
    """Return all tasks and vehicles as one sector, with the ways between all places."""
    tasks = np.arange(problem.n_tasks, dtype=np.int64)
    tables = tables_of(problem, tasks, places, stopped)
    return sector_from(problem, tasks, all_vehicles(problem), tables), tables


def _by_parts(problem: ArcRoutingProblem, places: Places, budget: Budget, begin: _Begin, watch: Watch) -> _Found:
    """Begin at the plan given, or at one that is quickly made, and search it in parts."""
    costed, hottest, n_before = None, HEAT_FIRST, 0
    if problem.n_tasks > MOST_TASKS_IN_PARTS_ALONE and begin.start is None:
        if may_be_filled(problem):
            hottest = HEAT_FROM_GOOD
            costed, n_before = routes_of_loads(problem, places, begin.seed, budget)
        elif may_cut(problem):
            hottest = HEAT_FROM_GOOD
            watch.span = (0.0, WINDOWS_SHARE)
            first = _by_windows(problem, places, budget.part(WINDOWS_SHARE), begin, watch)
            watch.span = (WINDOWS_SHARE, 1.0)
            begin, n_before = replace(begin, start=first.plan), first.n_steps
    try:
        parts = _parts(problem, places, begin, (costed, hottest), budget)
    except Stopped:
        plan = begin.start or RoutePlan()
        return _Found(plan, plan_cost(problem, plan), n_before)
    if budget.n_steps is not None:
        budget = replace(budget, n_steps=max(0, budget.n_steps - n_before))
    parts.run(budget, lambda share: watch.told(share, parts.key, lambda: parts.plan))
    return _Found(parts.plan, parts.key[1], n_before + parts.n_steps, begin.threads)


def _parts(
    problem: ArcRoutingProblem,
    places: Places,
    begin: _Begin,
    made: tuple[list[Costed] | None, float],
    budget: Budget,
) -> Parts:
    """Return a plan ready to be searched in parts, from routes `made` before; small ones with one table of ways."""
    costed, hottest = made
    if costed is not None or problem.n_tasks > MOST_TASKS_IN_ONE_TABLE:
        parts = Parts(problem, SoughtWays(problem, places, begin.threads), begin.seed, begin.threads, hottest)
        if costed is None:
            costs = [0 if m is None else m.cost for m in measures(problem, begin.start or RoutePlan())]
            costed = list(zip(begin.routes, costs, strict=True))
        parts.begin(costed)
        return parts
    sector, tables = _whole(problem, places, budget.stopped)
    search = Search(sector, begin.seed)
    if begin.routes:
        search.start_from(begin.routes)
    search.build(budget)
    parts = Parts(problem, LaidWays(problem, tables), begin.seed, begin.threads, hottest, sector.model.penalty)
    parts.begin(search.costed_rows())
    return parts


def _by_windows(problem: ArcRoutingProblem, places: Places, budget: Budget, begin: _Begin, watch: Watch) -> _Found:
    if may_cut(problem):
        city = Citywide(problem, places, begin.seed, begin.threads)
        if begin.start is not None:
            city.start_from(begin.start)
        solve_citywide(city, budget, lambda share: watch.told(share, (city.lost_value, city.cost), lambda: city.plan))
        return _Found(city.plan, city.cost, city.n_steps, begin.threads)
    work = Patchwork(problem, places, begin.seed)
    if begin.start is not None:
        costs = [0 if m is None else m.cost for m in measures(problem, begin.start)]
        work.start_from(list(zip(begin.start.routes, costs, strict=True)))
    solve_by_parts(work, budget, lambda share: watch.told(share, (work.n_lost, work.cost), lambda: work.plan))
    return _Found(work.plan, work.cost, work.n_steps)


def _result(problem: ArcRoutingProblem, found: _Found, hubs: Hubs, watch: Watch, began: float) -> Result:
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
