"""Solve the units with the arc-routing engine, on several threads, and report the best so far.

Objective: the most valuable passes first (`fleet.values_of`: area, weighted by road class and key area), then what
`weights.weights_of` makes least: for the highest rate, working time and beside it metres driven. A day's sweeping is one
unit, the whole fleet (`joint`), whose parts are searched side by side; where there are several, which share no vehicle and
no kerb, each is solved by itself. First a plan of each is built, so that there is one of the whole city early; then each is
searched for as long as its share of the work deserves.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import perf_counter
from typing import Generic

from layers.errors import ParameterError
from layers.text import Text
from optimizer.engines.arc_routing.session import session_of
from optimizer.engines.arc_routing.solution import RoutePlan
from optimizer.engines.budget import Budget
from optimizer.monitor import Monitor
from optimizer.plan import Draft, Outcome
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.problem import SweepingProblem
from optimizer.planners.sweeping.search.board import Board, SweepingBoard, W

# Share of the progress bar that building takes.
_BUILD_SHARE = 0.1
ENGINE = "jingcheng"


class Run(Generic[W]):
    """One run of `solve`: a session a unit, a board for all, and the time at which all must end."""

    def __init__(self, units: tuple[W, ...], params: SweepingParams, board: Board[W]) -> None:
        self.params = params
        self.units = units
        self.board = board
        n_threads = params.n_threads if len(units) == 1 else 1
        self.sessions = [session_of(u.problem, params.seed * 1000 + k, n_threads) for k, u in enumerate(units)]
        self.until_s = perf_counter() + params.time_limit_s
        self._waiting = self._sizes
        self._lock = threading.Lock()

    @property
    def _sizes(self) -> list[int]:
        return [len(unit.tasks) for unit in self.units]

    def over(self) -> bool:
        """Return whether all must end: asked to, or the time is up."""
        return self.board.stopped or perf_counter() >= self.until_s

    def everywhere(self, step: Callable[[int], None]) -> None:
        """Take a step on all units, the largest first, on the parameters' number of threads."""
        by_size = sorted(range(len(self.units)), key=lambda k: (-len(self.units[k].tasks), k))
        with ThreadPoolExecutor(max_workers=self.params.n_threads) as pool:
            for job in [pool.submit(step, k) for k in by_size]:
                job.result()

    def solve(self) -> int:
        """Build a plan of every unit, then search them all, and return the steps that were taken."""
        self.everywhere(self.build)
        self.search_all()
        return self.n_steps

    def search_all(self) -> None:
        """Search all units; where work is limited, for as much of it at each call."""
        self._waiting = self._sizes
        self.everywhere(self.search)

    @property
    def n_steps(self) -> int:
        """Steps taken so far."""
        return sum(session.n_steps for session in self.sessions)

    def build(self, k: int) -> None:
        """Build the first plan of a unit."""
        if not self.over():
            missed = self.sessions[k].build(self.over, lambda done, plan: self._told(k, _BUILD_SHARE * done, plan))
            self.board.note(k, self.sessions[k].plan, missed)
            self.board.progress(k, _BUILD_SHARE)

    def budget(self, k: int) -> Budget:
        """Return a unit's share of the work, or of the seconds that are left for the units whose turn is still to come.

        Shares of what is left, since setting up takes time too, and other programs take theirs: the last units get as much
        as the first.
        """
        n_tasks = len(self.units[k].tasks)
        if self.params.work_limit:
            share = n_tasks / sum(len(u.tasks) for u in self.units)
            return Budget(max(1, int(self.params.work_limit * share)), None, self.over)
        with self._lock:
            share = n_tasks / max(1, sum(self._waiting))
            n_abreast = min(self.params.n_threads, sum(n > 0 for n in self._waiting))
            self._waiting[k] = 0
        now_s = perf_counter()
        return Budget(None, now_s + (self.until_s - now_s) * min(1.0, n_abreast * share), self.over)

    def search(self, k: int) -> None:
        """Search a unit for as long as its budget lasts."""
        if self.over():
            return

        missed = self.sessions[k].improve(
            self.budget(k), lambda done, plan: self._told(k, _BUILD_SHARE + (1 - _BUILD_SHARE) * done, plan)
        )
        self.board.note(k, self.sessions[k].plan, missed)
        self.board.progress(k, 1.0)

    def _told(self, k: int, share: float, plan: Callable[[], RoutePlan]) -> bool:
        """Keep a unit's best so far and show it; the search goes on."""
        if self.board.wants_draft:
            self.board.note(k, plan())
        self.board.progress(k, share)
        return False


def solve(problem: SweepingProblem, params: SweepingParams, monitor: Monitor) -> Draft:
    """Return the best plan of a given fleet, without its bound; arguments and errors are those of `modes.solve`."""
    require_engine(params)
    run = Run(problem.units, params, SweepingBoard(problem, monitor))
    n_iterations = run.solve()
    draft = run.board.draft(Outcome.STOPPED if monitor.stopped else Outcome.FEASIBLE)
    monitor.report(1.0, "search", draft, objective=draft.objective)
    return replace(draft, engine=params.engine, n_iterations=n_iterations)


def require_engine(params: SweepingParams) -> None:
    """See that the engine is one that visits facilities on the way.

    Raises
    ------
    ParameterError
        Where it is another.
    """
    if params.engine != ENGINE:
        zh = f"参数 engine 为 {params.engine}；途中卸料和加水只有 {ENGINE} 引擎支持，请改用它"
        en = f"parameter 'engine' is {params.engine!r}; only {ENGINE!r} can empty hoppers and fill tanks on the way"
        raise ParameterError(Text(zh, en))
