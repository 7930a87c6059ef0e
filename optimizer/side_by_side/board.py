"""Keep the best of every part while several threads search, and turn it into drafts for whoever watches."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from optimizer.monitor import Monitor
from optimizer.plan import Draft, Outcome, Route, Unserved

# Least and most time between two drafts that are shown: a city's legs take a moment to make and to send.
_SHOW_EVERY_S = 2.0
_SHOW_AT_LEAST_EVERY_S = 10.0

P = TypeVar("P")
M = TypeVar("M")


@dataclass(frozen=True)
class Answer(Generic[P, M]):
    """Hold the best that is known of one part.

    Parameters
    ----------
    plan
        The engine's.
    missed
        What it leaves out, with the engine's reasons.
    routes, left
        The plan's routes, and what is left, in the city's words, made by the thread that found it: when the run is stopped
        they must be there at once.
    """

    plan: P
    missed: tuple[M, ...]
    routes: tuple[Route, ...]
    left: tuple[Unserved, ...]


class Board(ABC, Generic[P, M]):
    """Collect answers from several threads.

    One lock guards answers and reports: a monitor writes into one pipe, and messages of two threads spoil one another there.

    Parameters
    ----------
    sizes
        How much work each part is.
    monitor
        Told of progress and of new bests.
    """

    def __init__(self, sizes: Sequence[int], monitor: Monitor) -> None:
        self.monitor = monitor
        self.answers: list[Answer[P, M] | None] = [None] * len(sizes)
        self._sizes = tuple(sizes)
        self._done = [0.0] * len(sizes)
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

    def note(self, k: int, plan: P, missed: tuple[M, ...] | None = None) -> None:
        """Keep a part's new best; what it leaves out has no room, where the engine has not yet said why."""
        old = self.answers[k]
        missed = self._without_room(k, plan) if missed is None else missed
        if old is not None and (old.plan, old.missed) == (plan, missed):
            return
        answer = self._answer(k, plan, missed, old)
        with self._lock:
            self.answers[k] = answer

    @abstractmethod
    def _without_room(self, k: int, plan: P) -> tuple[M, ...]:
        """Return what a part's plan leaves out, as left for want of room."""

    @abstractmethod
    def _answer(self, k: int, plan: P, missed: tuple[M, ...], old: Answer[P, M] | None) -> Answer[P, M]:
        """Return a part's new best in the city's words, given what was the best before."""

    @abstractmethod
    def _draft(self, outcome: Outcome) -> Draft:
        """Return the best of all parts together."""

    def progress(self, k: int, share: float) -> None:
        """Tell how much of its budget a part has used, and show the best so far from time to time."""
        with self._lock:
            self._done[k] = max(self._done[k], min(1.0, share))
            done = sum(d * n for d, n in zip(self._done, self._sizes, strict=True)) / max(1, sum(self._sizes))
            known = [answer is not None for answer in self.answers]
            began_s, draft = time.monotonic(), None
            if self.wants_draft and any(known):
                draft = self._draft(Outcome.FEASIBLE)
            objective = None if draft is None else draft.objective
            self.monitor.report(min(1.0, done), "search" if all(known) else "construct", draft, objective=objective)
            if draft is not None:
                # drafts that are slow to make and to send are shown less often
                now_s = time.monotonic()
                self._show_at_s = now_s + max(_SHOW_EVERY_S, min(_SHOW_AT_LEAST_EVERY_S, 5 * (now_s - began_s)))

    def draft(self, outcome: Outcome) -> Draft:
        """Return the best of all parts together; what was not begun is listed as unserved."""
        with self._lock:
            return self._draft(outcome)
