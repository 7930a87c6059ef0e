"""Plan a whole city by parts: regions first, then windows over neighbouring routes, again and again.

The windows follow POPMUSIC (Taillard & Voss 2002): a few routes that lie together are a problem of their own, solved from
where they are, and put back when better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from optimizer.engines.arc_routing.deadhead import Hubs, PathFinder, Stopped
from optimizer.engines.arc_routing.problem import UNREACHABLE, ArcRoutingProblem, IntArray
from optimizer.engines.arc_routing.regions import bases_of, deal, nearest_base, regions
from optimizer.engines.arc_routing.search import Search
from optimizer.engines.arc_routing.sector import Vehicles, sector_of
from optimizer.engines.arc_routing.solution import RoutePlan, VehicleRoute
from optimizer.engines.arc_routing.ties import Ties
from optimizer.engines.budget import Budget, spend

# Tasks in one part: enough for several vehicles, few enough for small matrices.
MOST_TASKS_IN_REGION = 240
MOST_TASKS_IN_WINDOW = 260
MOST_LOST_IN_WINDOW = 60
SPARE_IN_WINDOW = 2
# Steps for each task of a part, at first and in a window.
STEPS_AT_FIRST = 1
STEPS_IN_WINDOW = 40
# Windows start from a good plan, so they are searched less hot.
HEAT_IN_WINDOW = 0.1


class Patchwork:
    """A plan of a large problem under work, with the cost of each of its routes."""

    def __init__(self, problem: ArcRoutingProblem, places: tuple[Hubs, PathFinder], seed: int) -> None:
        self.problem = problem
        self.places = places
        self.routes: dict[int, tuple[VehicleRoute, int]] = {}
        self.route_of: IntArray = np.full(problem.n_tasks, -1, dtype=np.int64)
        self.n_used = [0] * len(problem.groups)
        self.ties = Ties(problem)
        self.n_steps = 0
        self.n_searches = 0
        self.seed = seed
        self._next = 0
        self._dice = np.random.default_rng(seed)
        self._worth = problem.worth

    @property
    def plan(self) -> RoutePlan:
        """The plan as it is."""
        return RoutePlan(tuple(route for _, (route, _) in sorted(self.routes.items())))

    @property
    def cost(self) -> int:
        """Its cost."""
        return sum(cost for _, cost in self.routes.values())

    @property
    def n_lost(self) -> int:
        """Number of tasks without a route."""
        return int((self.route_of < 0).sum())

    def start_from(self, routes: Sequence[tuple[VehicleRoute, int]]) -> None:
        """Take over routes with their costs."""
        for route, cost in routes:
            self.routes[self._next] = (route, cost)
            self.route_of[list(route.tasks)] = self._next
            self.n_used[route.group] += 1
            self.ties.take(route, self._next)
            self._next += 1

    def drop(self, keys: Sequence[int]) -> None:
        """Take routes out."""
        for key in keys:
            route, _ = self.routes.pop(key)
            self.route_of[list(route.tasks)] = -1
            self.n_used[route.group] -= 1
            self.ties.give_back(route)

    def spare(self, group: int, most: int) -> int:
        """Return how many vehicles of a group are idle, at most `most`."""
        return self.problem.groups[group].n_idle(self.n_used[group], most)

    def search(self, tasks: IntArray, vehicles: Sequence[Vehicles], budget: Budget) -> Search:
        """Make a search over some tasks and vehicles."""
        self.n_searches += 1
        sector = sector_of(self.problem, tasks, vehicles, self.places, budget.stopped)
        return Search(sector, self.seed * 1_000_003 + self.n_searches)

    def lay_out(self, budget: Budget, told: Callable[[float], object]) -> None:
        """Make a first plan, region by region."""
        parts = self.ties.bring_together(self._parts())
        for k, (tasks, n_vehicles) in enumerate(parts):
            if budget.over:
                return
            if sum(n_vehicles):
                self._solve_part(tasks, self.ties.vehicles(n_vehicles, k), budget)
            told((k + 1) / len(parts))

    def _parts(self) -> list[tuple[IntArray, list[int]]]:
        bases = bases_of(self.problem)
        if not bases:
            return []
        of_base = nearest_base(self.problem, self.places[0], list(bases))
        found = []
        for k, groups in enumerate(bases.values()):
            tasks = np.flatnonzero(of_base == k)
            if not len(tasks):
                continue
            cut = regions(self.problem, tasks, MOST_TASKS_IN_REGION, self.places[1])
            work = [
                float(self.problem.tasks.time_s[part, 0].sum() + self.problem.tasks.demand[part, 0].sum()) for part in cut
            ]
            n_tasks = [len(part) for part in cut]
            dealt = [[0] * len(self.problem.groups) for _ in cut]
            for group in groups:
                for j, n in enumerate(deal(self.problem.groups[group].n_vehicles, work, n_tasks)):
                    dealt[j][group] = n
            found += list(zip(cut, dealt, strict=True))
        return found

    def _solve_part(self, tasks: IntArray, vehicles: Sequence[Vehicles], budget: Budget) -> None:
        search = self.search(tasks, vehicles, budget)
        search.build(budget)
        search.run(self._steps(STEPS_AT_FIRST * len(tasks), budget, 0.3), lambda _: False)
        self.n_steps += search.n_steps
        self.start_from(search.costed_rows())

    def _steps(self, n_steps: int, budget: Budget, heat: float) -> Budget:
        if budget.n_steps is not None:
            n_steps = max(0, min(n_steps, budget.n_steps - self.n_steps))
        return Budget(n_steps, budget.until_s, budget.stopped, heat)

    def improve(self, budget: Budget, told: Callable[[float], object]) -> None:
        """Search one window after another until the budget is spent."""
        spend(self, lambda: self._improve_window(budget), budget, told)

    def _improve_window(self, budget: Budget) -> None:
        keys, lost = self._window(int(self._dice.integers(self.problem.n_tasks)))
        olds = [self.routes[key] for key in keys]
        tasks = np.array(sorted([t for route, _ in olds for t in route.tasks] + lost), dtype=np.int64)
        n_vehicles = [self.spare(g, SPARE_IN_WINDOW) for g in range(len(self.problem.groups))]
        for route, _ in olds:
            n_vehicles[route.group] += 1
        if not len(tasks) or not sum(n_vehicles):
            return
        search = self.search(tasks, self.ties.vehicles_of(n_vehicles, [route for route, _ in olds], lost), budget)
        search.start_from([route for route, _ in olds])
        begun_at = search.objective
        if lost:
            search.build(budget)
        search.run(self._steps(STEPS_IN_WINDOW * len(tasks), budget, HEAT_IN_WINDOW), lambda _: False)
        self.n_steps += search.n_steps
        lost_value = int(self._worth[lost].sum())
        before = begun_at if self.problem.terms.are_wanted else sum(cost for _, cost in olds)
        if (search.lost_value, search.objective) < (lost_value, before):
            self.drop(keys)
            self.start_from(search.costed_rows())

    def _window(self, seed_task: int) -> tuple[list[int], list[int]]:
        """Return routes, and tasks without one, near a task."""
        entry = self.problem.tasks.entry[:, 0]
        far = self.places[1].table(entry[seed_task : seed_task + 1], entry, lambda: False).cost[0]
        keys: dict[int, None] = {}
        lost: list[int] = []
        n_tasks = 0
        for task in np.argsort(far, kind="stable"):
            if far[task] >= UNREACHABLE:
                break
            key = int(self.route_of[task])
            if key < 0:
                if len(lost) < MOST_LOST_IN_WINDOW:
                    lost.append(int(task))
            elif key not in keys:
                n_more = len(self.routes[key][0].tasks)
                if keys and n_tasks + n_more > MOST_TASKS_IN_WINDOW:
                    break
                keys[key] = None
                n_tasks += n_more
        keys.update(dict.fromkeys(self.ties.holders(lost)))
        return list(keys), lost


def solve_by_parts(work: Patchwork, budget: Budget, told: Callable[[float], object]) -> bool:
    """Lay out and improve; True when it was not stopped before its first plan was whole."""
    try:
        if not work.routes:
            work.lay_out(budget, lambda share: told(0.2 * share))
        work.improve(budget, lambda share: told(0.2 + 0.8 * share))
    except Stopped:
        return False
    return True
