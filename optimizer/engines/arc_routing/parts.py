"""Anneal parts of one plan side by side, and cut it into other parts round after round.

A step of the search changes neighbouring routes only, so that parts of a plan can be searched at the same time, and a step
within a part costs less than one within the whole. All parts are as hot as the whole would be and hand back the plan they
are at, not the best they have seen: round after round they make up one long annealing. Which parts there are and what dice
they have does not depend on the number of threads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from optimizer.engines.arc_routing.deadhead import Stopped
from optimizer.engines.arc_routing.part_ways import PartWays
from optimizer.engines.arc_routing.problem import ArcRoutingProblem, IntArray
from optimizer.engines.arc_routing.search import HEAT_FIRST, Search, heat_at
from optimizer.engines.arc_routing.sector import Sector, sector_from
from optimizer.engines.arc_routing.solution import RoutePlan, VehicleRoute
from optimizer.engines.budget import Budget, share_spent

# A part has at least so many tasks, and so many routes.
TASKS_IN_PART = 90
ROUTES_IN_PART = 4
# A whole annealing has at most so many rounds, and each at least so many steps a task.
MOST_ROUNDS = 60
LEAST_STEPS_A_TASK = 2
# Where time is limited, a round takes at least so long; the first has this many steps a task.
ROUND_S = 0.25
FIRST_STEPS_A_TASK = 0.5

Costed = tuple[VehicleRoute, int]


@dataclass(frozen=True)
class Slice:
    """One part's share of a round.

    Parameters
    ----------
    tasks
        Of the part, ascending.
    begin
        The routes where it begins, with their costs.
    spare
        Idle vehicles of each group that it may use.
    seed
        Of its dice.
    n_steps
        To take.
    heats
        At the first and at the last of them, in units of cost.
    """

    tasks: IntArray
    begin: tuple[Costed, ...]
    spare: tuple[int, ...]
    seed: int
    n_steps: int
    heats: tuple[float, float]


@dataclass(frozen=True)
class Answer:
    """What became of a part: the plan it is at, and the best it has seen with the value that this leaves out."""

    now: list[Costed]
    best: list[Costed]
    best_lost: int
    n_steps: int


class Parts:
    """A plan under work, with its best so far.

    Parameters
    ----------
    problem
        The whole.
    ways
        Where parts take their ways from.
    seed
        Same problem, seed and steps: same plan.
    n_threads
        Parts searched at a time.
    hottest
        Heat at the beginning, as a share of the mean cost of a task: less where a good plan is to be kept.
    penalty
        Shape (n_tasks,): what leaving each task out weighs; by default as in a problem of the part's tasks alone.
    """

    def __init__(
        self,
        problem: ArcRoutingProblem,
        ways: PartWays,
        seed: int,
        n_threads: int,
        hottest: float = HEAT_FIRST,
        penalty: IntArray | None = None,
    ) -> None:
        self.problem = problem
        self.ways = ways
        self.n_threads = n_threads
        self.n_steps = 0
        self.best: list[Costed] = []
        self.key = (1 << 60, 1 << 60)
        self._hottest = hottest
        self._penalty = penalty
        self._now: list[Costed] = []
        self._dice = np.random.default_rng(seed)

    @property
    def plan(self) -> RoutePlan:
        """The best plan so far."""
        return RoutePlan(tuple(route for route, _ in self.best))

    def begin(self, costed: Sequence[Costed]) -> None:
        """Begin at routes with their costs."""
        served = [task for route, _ in costed for task in route.tasks]
        self.best = self._now = list(costed)
        self.key = (int(np.delete(self.problem.worth, served).sum()), sum(cost for _, cost in costed))

    def run(self, budget: Budget, told: Callable[[float], bool]) -> None:
        """Anneal until the budget is spent or `told`, called after each round with the share spent, says so."""
        began_s = perf_counter()
        n_tasks = self.problem.n_tasks
        pace = _Pace(budget, n_tasks)
        with ThreadPoolExecutor(max_workers=self.n_threads) as pool:
            share = 0.0
            while share < 1.0 and not budget.over:
                n_steps = pace.next_round(self.n_steps)
                then = min(1.0, pace.share_after(n_steps, share))
                scale = budget.heat * max(1e-3, sum(cost for _, cost in self._now) / n_tasks)
                heats = (scale * heat_at(share, n_tasks, self._hottest), scale * heat_at(then, n_tasks, self._hottest))
                clock_s = perf_counter()
                try:
                    slices = self._slices(n_steps, heats, budget.stopped)
                except Stopped:
                    return
                answers = list(pool.map(lambda part: self._search(part, budget), slices))
                self._take(answers)
                pace.took(sum(answer.n_steps for answer in answers), perf_counter() - clock_s)
                share = min(1.0, share_spent(budget, self.n_steps, began_s))
                if told(share):
                    return

    def _take(self, answers: Sequence[Answer]) -> None:
        self._now = [costed for answer in answers for costed in answer.now]
        self.n_steps += max(1, sum(answer.n_steps for answer in answers))
        best = [costed for answer in answers for costed in answer.best]
        key = (sum(answer.best_lost for answer in answers), sum(cost for _, cost in best))
        if key < self.key:
            self.best, self.key = best, key

    def _slices(self, n_steps: int, heats: tuple[float, float], stopped: Callable[[], bool]) -> list[Slice]:
        """Cut the plan into parts of neighbouring routes, and share the steps out by tasks.

        A task without a route lies in a part as a route of its own would.
        """
        own = [np.array(route.tasks, dtype=np.int64) for route, _ in self._now]
        n_tasks, n_routes = self.problem.n_tasks, len(own)
        most = max(TASKS_IN_PART, ROUTES_IN_PART * n_tasks // max(1, n_routes))
        lost = np.setdiff1d(np.arange(n_tasks), np.concatenate([*own, np.zeros(0, dtype=np.int64)]))
        own += list(lost[:, None])
        groups = self._halved(list(range(len(own))), own, 2 * most, stopped) or [[]]
        seeds = self._dice.integers(1 << 40, size=len(groups))
        spare = self._spare(len(groups))
        found = []
        for k, group in enumerate(groups):
            tasks = np.sort(np.concatenate([own[r] for r in group]))
            share = max(1, n_steps * len(tasks) // n_tasks)
            begin = tuple(self._now[r] for r in group if r < n_routes)
            found.append(Slice(tasks, begin, spare[k], int(seeds[k]), share, heats))
        return found

    def _halved(self, group: list[int], own: Sequence[IntArray], most: int, stopped: Callable[[], bool]) -> list[list[int]]:
        """Halve a group of routes across a direction drawn by lot until no group has more than `most` tasks."""
        sizes = np.array([len(own[r]) for r in group])
        if len(group) < 2 or sizes.sum() <= most:
            return [group] if group else []
        tasks = np.concatenate([own[r] for r in group])
        from_here = self.ways.far(tasks, int(self._dice.integers(len(tasks))), stopped)
        from_there = self.ways.far(tasks, int(np.argmax(from_here)), stopped)
        of_route = np.repeat(np.arange(len(group)), sizes)
        key = np.bincount(of_route, weights=(from_here - from_there).astype(np.float64)) / sizes
        order = np.argsort(key, kind="stable")
        half = int(np.searchsorted(np.cumsum(sizes[order]), sizes.sum() / 2)) + 1
        half = min(half, len(group) - 1)
        first, second = ([group[int(k)] for k in side] for side in (order[:half], order[half:]))
        return self._halved(first, own, most, stopped) + self._halved(second, own, most, stopped)

    def _search(self, part: Slice, budget: Budget) -> Answer:
        """Search one part; stopped before it has begun, it stays as it is."""
        try:
            if budget.over:
                raise Stopped
            search = Search(self._sector(part, budget.stopped), part.seed)
        except Stopped:
            served = [task for route, _ in part.begin for task in route.tasks]
            lost = int(self.problem.worth[np.setdiff1d(part.tasks, served)].sum())
            return Answer(list(part.begin), list(part.begin), lost, 0)
        search.start_from([route for route, _ in part.begin])
        search.anneal(part.n_steps, part.heats, budget)
        now = search.costed_rows(search.routes)
        best = search.costed_rows(search.best)
        return Answer(now, best, search.lost_value, search.n_steps)

    def _sector(self, part: Slice, stopped: Callable[[], bool]) -> Sector:
        n_used = [sum(route.group == g for route, _ in part.begin) for g in range(len(self.problem.groups))]
        vehicles = [n + spare for n, spare in zip(n_used, part.spare, strict=True)]
        sector = sector_from(self.problem, part.tasks, vehicles, self.ways.tables(part.tasks, stopped))
        if self._penalty is None:
            return sector
        return replace(sector, model=sector.model._replace(penalty=self._penalty[part.tasks]))

    def _spare(self, n_parts: int) -> list[tuple[int, ...]]:
        """Deal idle vehicles out: one of each group to each part, fewer where there are not so many."""
        dealt = np.zeros((n_parts, len(self.problem.groups)), dtype=np.int64)
        for g, group in enumerate(self.problem.groups):
            n_idle = group.n_idle(sum(route.group == g for route, _ in self._now), n_parts)
            dealt[self._dice.permutation(n_parts)[:n_idle], g] = 1
        return [tuple(int(n) for n in row) for row in dealt]


@dataclass
class _Pace:
    """How many steps a round has."""

    budget: Budget
    n_tasks: int
    n_steps: int = 0
    rate: float = 0.0
    began_s: float = 0.0

    def __post_init__(self) -> None:
        self.began_s = perf_counter()
        if self.budget.n_steps is not None:
            n_rounds = max(1, min(MOST_ROUNDS, self.budget.n_steps // max(1, LEAST_STEPS_A_TASK * self.n_tasks)))
            self.n_steps = -(-self.budget.n_steps // n_rounds)
        else:
            self.n_steps = max(1, int(FIRST_STEPS_A_TASK * self.n_tasks))

    def next_round(self, n_done: int) -> int:
        if self.budget.n_steps is not None:
            return max(1, min(self.n_steps, self.budget.n_steps - n_done))
        return self.n_steps

    def share_after(self, n_steps: int, share: float) -> float:
        if self.budget.n_steps is not None:
            return share + n_steps / max(1, self.budget.n_steps)
        if self.budget.until_s is None or self.rate == 0.0:
            return share
        return share + n_steps / self.rate / max(1e-9, self.budget.until_s - self.began_s)

    def took(self, n_steps: int, seconds: float) -> None:
        """Learn from a round how many steps the next has, where time is limited."""
        if self.budget.n_steps is not None:
            return
        self.rate = n_steps / max(1e-6, seconds)
        all_s = 0.0 if self.budget.until_s is None else self.budget.until_s - self.began_s
        self.n_steps = max(1, int(min(4.0 * self.n_steps, self.rate * max(ROUND_S, all_s / MOST_ROUNDS))))


def may_be_parted(problem: ArcRoutingProblem) -> bool:
    """Tell whether parts of a plan can be searched without knowing of one another."""
    terms = problem.terms
    return not (problem.locks or problem.orders or terms.balance or terms.compactness or terms.change)
