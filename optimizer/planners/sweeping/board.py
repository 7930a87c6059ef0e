"""Keep the best of every unit while several threads search, and turn it into drafts for whoever watches."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from optimizer.engines.arc_routing.solution import Reason, RoutePlan
from optimizer.engines.arc_routing.solution import Unserved as Missed
from optimizer.monitor import Monitor
from optimizer.plan import Draft, Outcome, Route, Unserved
from optimizer.planners.sweeping import unserved
from optimizer.planners.sweeping.legs import routes_of
from optimizer.planners.sweeping.measured import objective_of
from optimizer.planners.sweeping.problem import SweepingProblem

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
    routes
        The plan's, made by the thread that found it: when the run is stopped they must be there at once.
    """

    plan: RoutePlan
    missed: tuple[Missed, ...]
    routes: tuple[Route, ...]


class Board:
    """Collect answers from several threads.

    Parameters
    ----------
    problem
        All units.
    monitor
        Told of progress and of new bests.
    """

    def __init__(self, problem: SweepingProblem, monitor: Monitor) -> None:
        self.problem = problem
        self.monitor = monitor
        self._answers: list[Answer | None] = [None] * len(problem.units)
        self._done = [0.0] * len(problem.units)
        self._lock = threading.Lock()
        self._show_at_s = 0.0

    @property
    def stopped(self) -> bool:
        """Whether all threads should return what they have."""
        return self.monitor.stopped

    @property
    def wants_draft(self) -> bool:
        """Whether it is time to show the best so far again."""
        return time.monotonic() >= self._show_at_s

    def note(self, k: int, plan: RoutePlan, missed: tuple[Missed, ...] | None = None) -> None:
        """Keep a unit's new best; tasks that it leaves out have no room, where the engine has not yet said why."""
        old, unit = self._answers[k], self.problem.units[k]
        if missed is None:
            missed = tuple(Missed(t, Reason.NO_ROOM) for t in sorted(set(range(len(unit.tasks))) - plan.served))
        same = old is not None and old.plan == plan
        routes = old.routes if same and old is not None else routes_of(unit, self.problem.passes, plan)
        with self._lock:
            self._answers[k] = Answer(plan, missed, routes)

    def progress(self, k: int, share: float) -> None:
        """Take note of how much of its budget a unit has used, and show the best so far from time to time."""
        with self._lock:
            self._done[k] = max(self._done[k], share)
            now_s = time.monotonic()
            sizes = [len(u.tasks) for u in self.problem.units]
            fraction = sum(d * n for d, n in zip(self._done, sizes, strict=True)) / max(1, sum(sizes))
            begun = all(answer is not None for answer in self._answers)
            if now_s < self._show_at_s:
                return
            draft = self._draft(Outcome.FEASIBLE)
            self.monitor.report(fraction, "search" if begun else "construct", draft, objective=draft.objective)
            # drafts that are slow to make and to send are shown less often
            self._show_at_s = time.monotonic() + max(_SHOW_EVERY_S, min(10.0, 5 * (time.monotonic() - now_s)))

    def draft(self, outcome: Outcome) -> Draft:
        """Return the best of all units together; those that were not begun are listed as unserved."""
        with self._lock:
            return self._draft(outcome)

    def _draft(self, outcome: Outcome) -> Draft:
        problem = self.problem
        routes: list[Route] = []
        left: list[Unserved] = list(problem.unserved)
        for k, unit in enumerate(self.problem.units):
            answer = self._answers[k]
            if answer is None:
                left += unserved.stopped(self.problem.passes, unit)
                continue
            routes += answer.routes
            left += unserved.missed(self.problem.passes, unit, answer.missed)
        if not routes and left:
            outcome = Outcome.INFEASIBLE
        return Draft(
            outcome=outcome,
            objective=objective_of(problem.passes, problem.values, problem.fleet_s, routes, left),
            routes=tuple(routes),
            unserved=tuple(left),
            assumed=self.problem.assumed,
        )
