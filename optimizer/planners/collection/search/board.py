"""Keep the best of every part while several threads search, and turn it into drafts for whoever watches."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.engines.vehicle_routing import Reason, RoutePlan
from optimizer.engines.vehicle_routing import Unserved as Missed
from optimizer.monitor import Monitor
from optimizer.plan import Draft, Outcome, Route, Unserved
from optimizer.planners.collection.explaining.unserved import missed, not_begun
from optimizer.planners.collection.measuring.goal import objective, within_reach
from optimizer.planners.collection.problem import CollectionProblem
from optimizer.planners.collection.search.legs import Scribe

# Least time between two drafts that are shown: a city's legs take a moment to make and to send.
_SHOW_EVERY_S = 2.0


@dataclass(frozen=True)
class Answer:
    """Hold the best that is known of one part: the engine's plan, and what it is in the city's words."""

    plan: RoutePlan
    missed: tuple[Missed, ...]
    routes: tuple[Route, ...]
    left: tuple[Unserved, ...]


class Board:
    """Collect answers from several threads.

    Parameters
    ----------
    problem
        What is being solved.
    monitor
        Told of progress and of new bests.
    """

    def __init__(self, problem: CollectionProblem, monitor: Monitor) -> None:
        self.problem = problem
        self.monitor = monitor
        self.answers: list[Answer | None] = [None] * len(problem.units)
        self._scribes = [Scribe(problem.night, unit) for unit in problem.units]
        self._done = [0.0] * len(problem.units)
        self._weights = [len(unit.part.tasks) for unit in problem.units]
        self._lock = threading.Lock()
        self._telling = threading.Lock()
        self._show_at_s = 0.0

    @property
    def stopped(self) -> bool:
        """Whether all threads should return what they have."""
        return self.monitor.stopped

    @property
    def wants_draft(self) -> bool:
        """Whether it is time to show the best so far again; who has stopped gets the whole plan at once."""
        return time.monotonic() >= self._show_at_s and not self.stopped

    def note(self, k: int, plan: RoutePlan, left_out: tuple[Missed, ...] | None = None) -> None:
        """Keep a part's new best; what it leaves out has no room, where the engine has not yet said why."""
        if left_out is None:
            n_stops = self.problem.units[k].problem.n_stops
            left_out = tuple(Missed(stop, Reason.NO_ROOM) for stop in sorted(set(range(n_stops)) - plan.served))
        old = self.answers[k]
        if old is not None and (old.plan, old.missed) == (plan, left_out):
            return
        routes = self._scribes[k].routes(plan)
        told = missed(self.problem.night, self.problem.units[k], left_out, self.problem.owner)
        with self._lock:
            self.answers[k] = Answer(plan, left_out, routes, told)

    def progress(self, k: int, share: float) -> None:
        """Tell how far a part is; show the best of all, now and then."""
        with self._lock:
            self._done[k] = max(self._done[k], min(1.0, share))
            done = sum(d * w for d, w in zip(self._done, self._weights, strict=True)) / max(1, sum(self._weights))
            shows = self.wants_draft and any(self.answers)
            if shows:
                self._show_at_s = time.monotonic() + _SHOW_EVERY_S
        draft = self.draft(Outcome.FEASIBLE) if shows else None
        with self._telling:  # what a monitor writes to takes one message at a time
            self.monitor.report(min(1.0, done), "search", draft, objective=draft.objective if draft else None)

    def draft(self, outcome: Outcome) -> Draft:
        """Return the best of all parts together."""
        problem, night = self.problem, self.problem.night
        with self._lock:
            answers = list(self.answers)
        routes: list[Route] = []
        left: list[Unserved] = list(problem.unserved)
        for unit, answer in zip(problem.units, answers, strict=True):
            if answer is None:
                left += not_begun(night, unit.part.tasks.tolist())
            else:
                routes += answer.routes
                left += answer.left
        routes.sort(key=lambda r: (r.shift, r.vehicle_type, r.id))
        if outcome is Outcome.FEASIBLE and falls_short(night.params.mode, routes, left):
            outcome = Outcome.INFEASIBLE
        value = objective(night, routes, left)
        return Draft(outcome, value, routes=tuple(routes), unserved=tuple(left), assumed=problem.assumed)


def falls_short(mode: str, routes: Sequence[Route], left: Sequence[Unserved]) -> bool:
    """Tell whether nothing is collected, or the question asks for all and something within reach is left."""
    return bool(left) and (not routes or (mode in ("all", "fleet") and any(within_reach(u) for u in left)))
