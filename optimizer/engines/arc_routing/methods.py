"""Search a problem in the way that suits its size and what binds its vehicles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from optimizer.engines.arc_routing.chains import search_in_chains
from optimizer.engines.arc_routing.citywide import Citywide, costed_routes, solve_citywide
from optimizer.engines.arc_routing.deadhead import Hubs, PathFinder, Stopped, Terminals
from optimizer.engines.arc_routing.decompose import Patchwork, solve_by_parts
from optimizer.engines.arc_routing.full_loads import may_be_filled, routes_of_loads
from optimizer.engines.arc_routing.part_ways import LaidWays, SoughtWays
from optimizer.engines.arc_routing.parts import Costed, Parts, may_be_parted
from optimizer.engines.arc_routing.problem import ArcRoutingProblem
from optimizer.engines.arc_routing.schedule import plan_cost
from optimizer.engines.arc_routing.search import HEAT_FIRST, Search
from optimizer.engines.arc_routing.sector import Sector, all_vehicles, sector_from, tables_of
from optimizer.engines.arc_routing.solution import RoutePlan, VehicleRoute
from optimizer.engines.arc_routing.windows import may_cut
from optimizer.engines.budget import Budget
from optimizer.engines.outcome import Found
from optimizer.engines.watch import Watch

# Up to so many tasks are searched in chains; more, in parts side by side, whose steps cost less and may be taken at once:
# on egl-g1-A (347 tasks) 20 s on one thread came to +0.85 % in parts and +1.31 % in one chain.
MOST_TASKS_IN_CHAINS = 240
# More than so many begin at a good plan, and are not as hot: from a bad one parts take too long. Where capacity is all that
# counts these are full loads. Others are first searched in windows, for a share of the budget: on a mixed grid of 2,504
# tasks 60 s came to 564,862, and to 561,952 in parts alone.
MOST_TASKS_IN_PARTS_ALONE = 700
WINDOWS_SHARE, HEAT_FROM_GOOD = 0.3, 0.3
# More are searched in windows, or in parts that seek their own ways where capacity is all that counts: one table of all
# takes 0.8 s for 2,500 tasks, in which no stop is heard, and grows with the square. On a mixed grid of 2,504 tasks 40 s on
# one thread came to 596,793 for all at once and to 650,446 in regions and windows.
MOST_TASKS_IN_ONE_TABLE = 2600

Places = tuple[Hubs, PathFinder]


@dataclass(frozen=True)
class Begin:
    """Where a search begins: dice, plan, and how many threads it may use."""

    seed: int
    start: RoutePlan | None
    threads: int

    @property
    def routes(self) -> tuple[VehicleRoute, ...]:
        """The routes of the plan."""
        return () if self.start is None else self.start.routes


def search_by_size(
    problem: ArcRoutingProblem, places: Places, budget: Budget, begin: Begin, watch: Watch
) -> Found[RoutePlan]:
    """Search with the method for so many tasks, and return the best plan found."""
    if _goes_by_parts(problem):
        return _by_parts(problem, places, budget, begin, watch)
    if problem.n_tasks <= MOST_TASKS_IN_ONE_TABLE:
        return _at_once(problem, places, budget, begin, watch)
    return _by_windows(problem, places, budget, begin, watch)


def _goes_by_parts(problem: ArcRoutingProblem) -> bool:
    """Tell whether parts of a plan are searched: where there are enough tasks, and something to begin at."""
    if problem.n_tasks <= MOST_TASKS_IN_CHAINS or not may_be_parted(problem):
        return False
    return problem.n_tasks <= MOST_TASKS_IN_ONE_TABLE or may_be_filled(problem)


def _at_once(problem: ArcRoutingProblem, places: Places, budget: Budget, begin: Begin, watch: Watch) -> Found[RoutePlan]:
    try:
        sector = _whole(problem, places, budget.stopped)[0]
    except Stopped:
        return Found(RoutePlan(), 0, 0)
    chains = search_in_chains(sector, begin.routes, budget, (begin.seed, begin.threads), watch.told)
    costed = chains.best.costed_rows()
    plan = RoutePlan(tuple(route for route, _ in costed))
    return Found(plan, sum(cost for _, cost in costed), chains.n_steps, chains.threads)


def _whole(problem: ArcRoutingProblem, places: Places, stopped: Callable[[], bool]) -> tuple[Sector, list[Terminals]]:
    """Return all tasks and vehicles as one sector, with the ways between all places."""
    tasks = np.arange(problem.n_tasks, dtype=np.int64)
    tables = tables_of(problem, tasks, places, stopped)
    return sector_from(problem, tasks, all_vehicles(problem), tables), tables


def _by_parts(problem: ArcRoutingProblem, places: Places, budget: Budget, begin: Begin, watch: Watch) -> Found[RoutePlan]:
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
        return Found(plan, plan_cost(problem, plan), n_before)
    if budget.n_steps is not None:
        budget = replace(budget, n_steps=max(0, budget.n_steps - n_before))
    parts.run(budget, lambda share: watch.told(share, parts.key, lambda: parts.plan))
    return Found(parts.plan, parts.key[1], n_before + parts.n_steps, begin.threads)


def _parts(
    problem: ArcRoutingProblem,
    places: Places,
    begin: Begin,
    made: tuple[list[Costed] | None, float],
    budget: Budget,
) -> Parts:
    """Return a plan ready to be searched in parts, from routes `made` before; small ones with one table of ways."""
    costed, hottest = made
    if costed is not None or problem.n_tasks > MOST_TASKS_IN_ONE_TABLE:
        parts = Parts(problem, SoughtWays(problem, places, begin.threads), begin.seed, begin.threads, hottest)
        if costed is None:
            costed = _with_costs(problem, begin.start or RoutePlan())
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


def _by_windows(problem: ArcRoutingProblem, places: Places, budget: Budget, begin: Begin, watch: Watch) -> Found[RoutePlan]:
    if may_cut(problem):
        city = Citywide(problem, places, begin.seed, begin.threads)
        if begin.start is not None:
            city.start_from(costed_routes(problem, begin.start))
        solve_citywide(city, budget, lambda share: watch.told(share, (city.lost_value, city.cost), lambda: city.plan))
        return Found(city.plan, city.cost, city.n_steps, begin.threads)
    work = Patchwork(problem, places, begin.seed)
    if begin.start is not None:
        work.start_from(_with_costs(problem, begin.start))
    solve_by_parts(work, budget, lambda share: watch.told(share, (work.n_lost, work.cost), lambda: work.plan))
    return Found(work.plan, work.cost, work.n_steps)


def _with_costs(problem: ArcRoutingProblem, plan: RoutePlan) -> list[Costed]:
    """Return a plan's routes with what each costs."""
    return [(costed.route, costed.cost) for costed in costed_routes(problem, plan)]
