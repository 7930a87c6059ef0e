"""Stand between a search and the caller's monitor."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from optimizer.monitor import Monitor

# Seconds between two reports of progress without a new best.
REPORT_EVERY_S = 0.25

# Told of the share of the budget that is spent, (value lost, cost), and the maker of the plan; True ends the search.
Told = Callable[[float, tuple[int, int], Callable[[], object]], bool]


class Watch:
    """Tells the caller's monitor of progress and asks it whether to stop.

    `stopped` may be asked from any thread, `told` is called from one only; what it tells is a share of `span`, the part of
    the whole that is being done; `phase` is the key that progress goes by.
    """

    def __init__(self, monitor: Monitor, phase: str) -> None:
        self.monitor = monitor
        self.phase = phase
        self.bound: int | None = None
        self.span = (0.0, 1.0)
        self._was_stopped = False
        self._last_s = 0.0
        self._last_key: tuple[int, int] | None = None

    def stopped(self) -> bool:
        """Whether the caller wants the best found so far; once said, it stays said."""
        self._was_stopped = self._was_stopped or self.monitor.stopped
        return self._was_stopped

    def told(self, share: float, key: tuple[int, int], plan: Callable[[], object]) -> bool:
        """Pass on progress; `key` is (value lost, cost with what is weighed beside). True when the plan is proven best."""
        now = perf_counter()
        done = self.bound is not None and key[0] == 0 and key[1] <= self.bound
        if done or now - self._last_s >= REPORT_EVERY_S:
            new = key != self._last_key
            begin, end = self.span
            whole, best = begin + (end - begin) * share, plan() if new else None
            self.monitor.report(whole, self.phase, best, objective=float(key[1]), bound=self.bound)
            self._last_s, self._last_key = now, key
        return done
