"""Keep the best of every unit while several threads search, and turn it into drafts for whoever watches."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Generic, TypeVar

from optimizer.engines.arc_routing.solution import Reason, RoutePlan
from optimizer.engines.arc_routing.solution import Unserved as Missed
from optimizer.monitor import Monitor
from optimizer.plan import Draft, Outcome, Route, Unserved
from optimizer.planners.sweeping.explaining import unserved
from optimizer.planners.sweeping.problem import SweepingProblem
from optimizer.planners.sweeping.search.joint import Joint
from optimizer.planners.sweeping.search.legs import Scribe
from optimizer.planners.sweeping.search.units import Work

# Least time between two drafts that are shown: a city's legs take a moment to make and to send.
_SHOW_EVERY_S = 2.0


@dataclass(frozen=True)
class Answer:
    """Hold the best that is known of one unit.

    Parameters
    ----------
    plan
        The engine's.
    missed
        Tasks left out, with the engine's reasons.
    routes, left
        The plan's routes, and the passes left out, made by the thread that found it: when the run is stopped they must be
        there at once.
    """

    plan: RoutePlan
    missed: tuple[Missed, ...]
    routes: tuple[Route, ...]
    left: tuple[Unserved, ...]


W = TypeVar("W", bound=Work)


class Board(ABC, Generic[W]):
    """Collect answers from several threads.

    Parameters
    ----------
    units
        What is being solved.
    monitor
        Told of progress and of new bests.
    """

    def __init__(self, units: tuple[W, ...], monitor: Monitor) -> None:
        self.units = units
        self.monitor = monitor
        self._answers: list[Answer | None] = [None] * len(units)
        self._done = [0.0] * len(units)
        self._lock = threading.Lock()
        self._show_at_s = 0.0

    @property
    def stopped(self) -> bool:
        """Whether all threads should return what they have."""
        return self.monitor.stopped

    @property
    def wants_draft(self) -> bool:
        """Whether it is time to show the best so far again; who has stopped gets the whole plan at once."""
        return time.monotonic() >= self._show_at_s and not self.stopped

    def note(self, k: int, plan: RoutePlan, missed: tuple[Missed, ...] | None = None) -> None:
        """Keep a unit's new best; tasks that it leaves out have no room, where the engine has not yet said why."""
        old = self._answers[k]
        if missed is None:
            n_tasks = len(self.units[k].tasks)
            missed = tuple(Missed(t, Reason.NO_ROOM) for t in sorted(set(range(n_tasks)) - plan.served))
        if old is not None and (old.plan, old.missed) == (plan, missed):
            return
        answer = self._answer(self.units[k], plan, missed, old)
        with self._lock:
            self._answers[k] = answer

    @abstractmethod
    def _answer(self, unit: W, plan: RoutePlan, missed: tuple[Missed, ...], old: Answer | None) -> Answer:
        """Return a unit's new best as legs, given what was the best before."""

    @abstractmethod
    def _draft(self, outcome: Outcome) -> Draft:
        """Return the best of all units together."""

    def progress(self, k: int, share: float) -> None:
        """Take note of how much of its budget a unit has used, and show the best so far from time to time."""
        with self._lock:
            self._done[k] = max(self._done[k], share)
            now_s = time.monotonic()
            sizes = [len(u.tasks) for u in self.units]
            fraction = sum(d * n for d, n in zip(self._done, sizes, strict=True)) / max(1, sum(sizes))
            begun = all(answer is not None for answer in self._answers)
            if not self.wants_draft:
                return
            draft = self._draft(Outcome.FEASIBLE)
            self.monitor.report(fraction, "search" if begun else "construct", draft, objective=draft.objective)
            # drafts that are slow to make and to send are shown less often
            self._show_at_s = time.monotonic() + max(_SHOW_EVERY_S, min(10.0, 5 * (time.monotonic() - now_s)))

    def draft(self, outcome: Outcome) -> Draft:
        """Return the best of all units together; those that were not begun are listed as unserved."""
        with self._lock:
            return self._draft(outcome)


class SweepingBoard(Board[Joint]):
    """Collect the routes of a day.

    Parameters
    ----------
    problem
        All units.
    monitor
        Told of progress and of new bests.
    """

    def __init__(self, problem: SweepingProblem, monitor: Monitor) -> None:
        super().__init__(problem.units, monitor)
        self.problem = problem
        self._unbegun = [unserved.not_begun(problem.passes, unit.tasks) for unit in problem.units]
        self._scribes = {id(unit): Scribe(unit, problem.passes) for unit in problem.units}

    def _answer(self, unit: Joint, plan: RoutePlan, missed: tuple[Missed, ...], old: Answer | None) -> Answer:
        passes = self.problem.passes
        routes = old.routes if old is not None and old.plan == plan else self._scribes[id(unit)].routes(plan)
        return Answer(plan, missed, routes, unserved.missed(passes, unit, missed))

    def _draft(self, outcome: Outcome) -> Draft:
        problem = self.problem
        routes: list[Route] = []
        left: list[Unserved] = list(problem.unserved)
        for answer, unbegun in zip(self._answers, self._unbegun, strict=True):
            routes += answer.routes if answer is not None else ()
            left += answer.left if answer is not None else unbegun
        if not routes and left:
            outcome = Outcome.INFEASIBLE
        return Draft(
            outcome=outcome,
            objective=problem.goal.objective(routes, left),
            routes=tuple(routes),
            unserved=tuple(left),
            assumed=self.problem.assumed,
        )
