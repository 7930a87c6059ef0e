"""Tell the caller's monitor of better plans, in the caller's terms, and pass on the wish to stop."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from optimizer.engines.coverage.search import Search
from optimizer.engines.coverage.solution import CoveragePlan
from optimizer.engines.watch import REPORT_EVERY_S
from optimizer.monitor import Monitor


class Progress:
    """Stands between a search and a monitor; once stopped, it stays stopped."""

    def __init__(self, monitor: Monitor) -> None:
        self.monitor = monitor
        self.bound: int | None = None
        self._was_stopped = False
        self._last_s = 0.0
        self._last: tuple[int, int] | None = None

    def stopped(self) -> bool:
        """Whether the caller wants the best found so far."""
        self._was_stopped = self._was_stopped or self.monitor.stopped
        return self._was_stopped

    def of(self, search: Search, span: tuple[float, float], end_at: int | None = None) -> Callable[[float], bool]:
        """Return what a search tells; it ends where the plan is proven best, or has so much value."""

        def told(share: float) -> bool:
            now_s = perf_counter()
            if now_s - self._last_s >= REPORT_EVERY_S and search.is_whole:
                key = (int(search.best[0]), int(search.best[1]))
                plan = CoveragePlan(search.settled()) if key != self._last else None
                whole = span[0] + (span[1] - span[0]) * share
                objective = float(abs(search.known)) if end_at is None else None
                self.monitor.report(whole, "coverage", plan, objective=objective, bound=self.bound)
                self._last_s, self._last = now_s, key
            if end_at is not None:
                return bool(search.is_whole and search.best[0] >= end_at)
            return search.is_whole and self.bound is not None and abs(search.known) == self.bound

        return told
