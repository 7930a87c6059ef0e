"""Take steps on the parts of a question side by side, and deal work and time out among them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

from optimizer.engines.budget import Budget
from optimizer.params import Params


class PartsRun:
    """One run over all parts, and the time at which all must end.

    Parameters
    ----------
    sizes
        How much work each part is.
    params
        Work, time and threads that may be used.
    stopped
        Whether somebody wants the best so far.
    """

    def __init__(self, sizes: Sequence[int], params: Params, stopped: Callable[[], bool]) -> None:
        self.until_s = perf_counter() + params.time_limit_s
        self.params = params
        self._sizes = tuple(sizes)
        self._waiting = list(sizes)
        self._stopped = stopped
        self._lock = threading.Lock()

    def over(self) -> bool:
        """Return whether all must end: asked to, or the time is up."""
        return self._stopped() or perf_counter() >= self.until_s

    def everywhere(self, step: Callable[[int], None]) -> None:
        """Take a step on all parts, the largest first, on as many threads as may be used."""
        self._waiting = list(self._sizes)
        by_size = sorted(range(len(self._sizes)), key=lambda k: (-self._sizes[k], k))
        with ThreadPoolExecutor(max_workers=self.params.n_threads) as pool:
            for job in [pool.submit(step, k) for k in by_size]:
                job.result()

    def budget(self, k: int, share: float = 1.0, until_s: float | None = None) -> Budget:
        """Return a part's share of a step's work, or of the seconds that are left for the parts whose turn is to come.

        Shares of what is left, since setting up takes time too, and other programs take theirs: the last parts get as much
        as the first.

        Parameters
        ----------
        k
            The part.
        share
            Of all work, that goes to the step.
        until_s
            Clock at which the step ends; None: with the run.
        """
        if self.params.work_limit:
            share = share * self._sizes[k] / sum(self._sizes)
            return Budget(max(1, int(self.params.work_limit * share)), None, self.over)
        with self._lock:
            part = self._sizes[k] / max(1, sum(self._waiting))
            n_abreast = min(self.params.n_threads, sum(n > 0 for n in self._waiting))
            self._waiting[k] = 0
        now_s, end_s = perf_counter(), self.until_s if until_s is None else until_s
        return Budget(None, now_s + (end_s - now_s) * min(1.0, n_abreast * part), self.over)
