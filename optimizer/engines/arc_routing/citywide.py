"""Plan a whole city: a tour through each region first, then windows on stretches of neighbouring routes, side by side.

Windows of one batch share no route, no task and no vehicle. They are chosen before any of them is searched and their answers
are taken in the order in which they were chosen, so that a plan does not depend on the number of threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from optimizer.engines.arc_routing.deadhead import Hubs, PathFinder, Stopped
from optimizer.engines.arc_routing.districts import Region, regions_of
from optimizer.engines.arc_routing.framing import Frame, stretches_of
from optimizer.engines.arc_routing.problem import ArcRoutingProblem, IntArray
from optimizer.engines.arc_routing.reasons import why_unserved
from optimizer.engines.arc_routing.schedule import measures
from optimizer.engines.arc_routing.solution import Reason, RoutePlan, Unserved
from optimizer.engines.arc_routing.views import View, views_of
from optimizer.engines.arc_routing.windows import Costed, Patch, Stretch, Window, solve_window
from optimizer.engines.budget import Budget, spend

# Reasons why a task is left out, the one that is nearest to serving it first.
NEAREST_FIRST = (
    Reason.NO_ROOM,
    Reason.NO_SHIFT,
    Reason.NO_WINDOW,
    Reason.NO_CAPACITY,
    Reason.NO_WAY,
    Reason.NO_LOCKED,
    Reason.NO_GROUP,
)
# Windows that are chosen before any of them is searched.
N_ABREAST = 8
# Looks for a window that is free of those already chosen, for each of them.
N_LOOKS = 3
# Steps for each task of a part, at first and in a window; fewer where value decides: on the sample city 8 steps saved as
# many kilometres in 9 s as 25 did in 16 s.
STEPS_AT_FIRST = 0
STEPS_IN_WINDOW = 25
STEPS_FOR_VALUE = 8
# Windows start from a good plan, so they are searched less hot.
HEAT_AT_FIRST = 0.3
HEAT_IN_WINDOW = 0.1
# Times that idle vehicles are offered what is left.
N_ROUNDS = 4


class Citywide:
    """A plan of a large problem under work, with the cost of each of its routes.

    Parameters
    ----------
    problem
        What is asked.
    known
        Ways of the problem's own network, where they are at hand.
    seed
        Same problem, seed and steps: same plan.
    n_threads
        Windows searched at a time.
    stopped
        Asked while the ways are found.

    Raises
    ------
    Stopped
        When asked to before it is ready.
    """

    def __init__(
        self,
        problem: ArcRoutingProblem,
        known: tuple[Hubs, PathFinder] | None,
        seed: int,
        n_threads: int = 1,
        stopped: Callable[[], bool] = bool,
    ) -> None:
        self.problem = problem
        self.views = views_of(problem, n_threads, known, stopped)
        self.view_of_group = {g: view for view in self.views for g in view.groups}
        self.routes: dict[int, Costed] = {}
        self.route_of: IntArray = np.full(problem.n_tasks, -1, dtype=np.int64)
        self.n_used = [0] * len(problem.groups)
        self.n_steps = 0
        self.n_searches = 0
        self.seed = seed
        self.n_threads = n_threads
        self._next = 0
        self._dice = np.random.default_rng(seed)
        self._worth = problem.worth
        self._lock = threading.Lock()

    @property
    def plan(self) -> RoutePlan:
        """The plan as it is."""
        with self._lock:
            return RoutePlan(tuple(costed.route for _, costed in sorted(self.routes.items())))

    @property
    def costed(self) -> tuple[Costed, ...]:
        """Its routes, with what each costs and takes."""
        with self._lock:
            return tuple(costed for _, costed in sorted(self.routes.items()))

    @property
    def cost(self) -> int:
        """Its cost."""
        with self._lock:
            return sum(costed.cost for costed in self.routes.values())

    @property
    def n_lost(self) -> int:
        """Number of tasks without a route."""
        return int((self.route_of < 0).sum())

    @property
    def lost_value(self) -> int:
        """Value of the tasks without a route; their number where all are to be served."""
        return int(self._worth[self.route_of < 0].sum())

    def start_from(self, routes: Iterable[Costed]) -> None:
        """Take over the routes of a plan without faults; `costed_routes` returns what they cost."""
        with self._lock:
            for costed in routes:
                self._put(self._next, costed)
                self._next += 1

    def idle(self, group: int, most: int) -> int:
        """Return how many vehicles of a group are idle, at most `most`."""
        return self.problem.groups[group].n_idle(self.n_used[group], most)

    def lay_out(self, budget: Budget, told: Callable[[float], object]) -> None:
        """Give idle vehicles the work that nobody does, region by region; profile by profile.

        Raises
        ------
        Stopped
            When the budget says so before every vehicle had its turn.
        """
        for k, view in enumerate(self.views):
            _ = view.placeable  # looked up when the search is stopped, and then there is no time
            for n in range(N_ROUNDS):
                n_lost = self.n_lost
                idle = {g: self.idle(g, self.problem.n_tasks) for g in view.groups}
                parts = regions_of(view, np.flatnonzero(view.able & (self.route_of < 0)), idle, budget.stopped)
                self._lay_parts(view, parts, budget, _within(told, k * N_ROUNDS + n, len(self.views) * N_ROUNDS))
                if budget.over or self.n_lost == n_lost:
                    break
            if budget.stopped():
                raise Stopped

    def _lay_parts(self, view: View, parts: Sequence[Region], budget: Budget, told: Callable[[float], object]) -> None:
        for begin in range(0, len(parts), N_ABREAST):
            if budget.over:
                return
            windows = [
                self._window(view, part.tasks, [Stretch(g, n_vehicles=n) for g, n in part.vehicles], STEPS_AT_FIRST, budget)
                for part in parts[begin : begin + N_ABREAST]
            ]
            self._search(windows, budget)
            told(min(1.0, (begin + N_ABREAST) / len(parts)))

    def _window(
        self, view: View, tasks: IntArray, stretches: Sequence[Stretch], steps_a_task: int, budget: Budget
    ) -> Window:
        """Make a window; its number decides its dice."""
        self.n_searches += 1
        n_steps = steps_a_task * len(tasks)
        if budget.n_steps is not None:
            n_steps = max(0, min(n_steps, budget.n_steps - self.n_steps))
        routes = {s.key: self.routes[s.key] for s in stretches if s.key >= 0}
        heat = HEAT_IN_WINDOW if routes else HEAT_AT_FIRST
        n_lost = int((self.route_of[tasks] < 0).sum())
        seed = self.seed * 1_000_003 + self.n_searches
        return Window(view, tasks, n_lost, tuple(stretches), routes, seed, n_steps, heat)

    def _search(self, windows: Sequence[Window], budget: Budget) -> None:
        """Search windows side by side and take their answers in order."""
        if self.n_threads == 1 or len(windows) == 1:
            answers = [solve_window(window, budget) for window in windows]
        else:
            with ThreadPoolExecutor(max_workers=self.n_threads) as pool:
                answers = list(pool.map(lambda window: solve_window(window, budget), windows))
        for window, answer in zip(windows, answers, strict=True):
            self.n_steps += answer.n_steps
            if answer.better:
                self._take(window, answer)

    def _take(self, window: Window, patch: Patch) -> None:
        with self._lock:
            for key in window.routes:
                self._drop(key)
            for key, costed in patch.changed.items():
                if costed is not None:
                    self._put(key, costed)
            for costed in patch.new:
                self._put(self._next, costed)
                self._next += 1

    def _put(self, key: int, costed: Costed) -> None:
        self.routes[key] = costed
        self.route_of[list(costed.route.tasks)] = key
        self.n_used[costed.route.group] += 1

    def _drop(self, key: int) -> None:
        route = self.routes.pop(key).route
        self.route_of[list(route.tasks)] = -1
        self.n_used[route.group] -= 1

    def why(self, lost: Sequence[int]) -> tuple[Unserved, ...]:
        """Return why tasks are left out: of what binds each type of vehicle, what is nearest to serving them."""
        if not self.views:
            return tuple(Unserved(task, Reason.NO_GROUP) for task in lost)
        placeable = np.any([view.placeable for view in self.views], axis=0)
        # what fits into an empty shift has no room left in any; to look into each of thousands would take seconds
        hard = [task for task in lost if not placeable[task]]
        by_view = [why_unserved(view.alone, hard, view.hubs) for view in self.views]
        nearest = [min(of_task, key=lambda r: NEAREST_FIRST.index(r.reason)) for of_task in zip(*by_view, strict=True)]
        easy = [Unserved(task, Reason.NO_ROOM) for task in lost if placeable[task]]
        return tuple(sorted([*easy, *nearest], key=lambda r: r.task))

    def improve(self, budget: Budget, told: Callable[[float], object]) -> None:
        """Search one batch of windows after another until the budget is spent."""
        spend(self, lambda: self._search(self._batch(budget), budget), budget, told)

    def _batch(self, budget: Budget) -> list[Window]:
        """Choose windows that have nothing in common."""
        frame = Frame(self.problem, self.routes, self.route_of, self.idle)
        windows: list[Window] = []
        n_planned = 0
        for _ in range(N_ABREAST * N_LOOKS):
            if len(windows) == N_ABREAST or budget.over or (windows and frame.is_full):
                break
            if budget.n_steps is not None and n_planned >= budget.n_steps - self.n_steps:
                break
            seed_task = int(self._dice.integers(self.problem.n_tasks))
            whole = bool(self._dice.integers(4) == 0)
            view = self._view_at(seed_task)
            if view is None:
                continue
            framed = stretches_of(frame, view, seed_task, whole=whole)
            if framed is None:
                continue
            steps_a_task = STEPS_IN_WINDOW if self.problem.serve_all else STEPS_FOR_VALUE
            windows.append(self._window(view, *framed, steps_a_task, budget))
            n_planned += windows[-1].n_steps
        return windows

    def _view_at(self, task: int) -> View | None:
        """Return whose window a task begins: of who serves it, or of one who may."""
        key = int(self.route_of[task])
        if key >= 0:
            return self.view_of_group[self.routes[key].route.group]
        able = [view for view in self.views if view.able[task]]
        return able[int(self._dice.integers(len(able)))] if able else None


def costed_routes(problem: ArcRoutingProblem, plan: RoutePlan) -> tuple[Costed, ...]:
    """Return the routes of a plan with what each costs and takes; all their ways are searched, in a city for seconds."""
    return tuple(
        Costed(route, 0, 0) if measure is None else Costed(route, measure.cost, measure.time_s)
        for route, measure in zip(plan.routes, measures(problem, plan), strict=True)
    )


def _within(told: Callable[[float], object], begun: int, n_parts: int) -> Callable[[float], object]:
    """Return who is told of one part of `n_parts`, of which `begun` are done."""
    return lambda share: told((begun + share) / n_parts)


def solve_citywide(work: Citywide, budget: Budget, told: Callable[[float], object]) -> bool:
    """Lay out what nobody serves, and improve; True when it was not stopped before its first plan was whole."""
    try:
        work.lay_out(budget, lambda share: told(0.2 * share))
        work.improve(budget, lambda share: told(0.2 + 0.8 * share))
    except Stopped:
        return False
    return True
