"""Solve the units with the arc-routing engine, on several threads, and report the best so far.

Objective: the most valuable passes first (`fleet.values_of`: area, weighted by road class and key area), then what
`weights.weights_of` makes least: for the highest rate, working time and beside it metres driven. A day's sweeping is one
unit, the whole fleet (`joint`), whose parts are searched side by side; where there are several, which share no vehicle and
no kerb, each is solved by itself. First a plan of each is built, so that there is one of the whole city early; then each is
searched for as long as its share of the work deserves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Generic

from layers.errors import ParameterError
from layers.text import Text
from optimizer.engines.arc_routing.session import session_of
from optimizer.engines.arc_routing.solution import RoutePlan
from optimizer.monitor import Monitor
from optimizer.plan import Draft, Outcome
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.problem import SweepingProblem
from optimizer.planners.sweeping.search.board import SweepingBoard, UnitBoard, W
from optimizer.side_by_side.run import PartsRun

# Share of the progress bar that building takes.
_BUILD_SHARE = 0.1
ENGINE = "jingcheng"


class Run(PartsRun, Generic[W]):
    """One run of `solve`: a session a unit, and a board for all."""

    def __init__(self, units: tuple[W, ...], params: SweepingParams, board: UnitBoard[W]) -> None:
        super().__init__([len(unit.tasks) for unit in units], params, lambda: board.stopped)
        self.units = units
        self.board = board
        n_threads = params.n_threads if len(units) == 1 else 1
        self.sessions = [session_of(u.problem, params.seed * 1000 + k, n_threads) for k, u in enumerate(units)]

    def solve(self) -> int:
        """Build a plan of every unit, then search them all, and return the steps that were taken."""
        self.everywhere(self.build)
        self.search_all()
        return self.n_steps

    def search_all(self) -> None:
        """Search all units; where work is limited, for as much of it at each call."""
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
