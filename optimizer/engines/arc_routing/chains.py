"""Search the same tasks several times over, side by side, and keep the best.

Few tasks are soon frozen wherever the search happens to be; beginning anew finds what it missed. How many chains there are
follows from the work allowed, never from the number of threads, so that the answer is the same on one thread and on two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from time import perf_counter

from optimizer.engines.arc_routing.search import Search
from optimizer.engines.arc_routing.sector import Sector
from optimizer.engines.arc_routing.solution import RoutePlan, VehicleRoute
from optimizer.engines.budget import Budget

# A chain of fewer steps for each task ends in a worse plan than two chains make up for: on bmcv C01, C05, C11, C19, C23 the
# best of eight chains of 500 steps a task was 0.3 % below one chain of 4,000; on egl-e3-C, 1.0 %.
STEPS_A_TASK = 600
MOST_CHAINS = 16
# Steps a second, times tasks, that a time limit is taken to amount to. On bmcv and egl one thread does up to 3.5 million, so
# that chains get longer than they must.
STEPS_TIMES_TASKS_A_SECOND = 1_500_000
# Seconds between two looks of the thread that reports.
LOOK_EVERY_S = 0.05

Key = tuple[int, int]


@dataclass
class Chain:
    """One search from its beginning to its end.

    Parameters
    ----------
    search
        With its own dice.
    share
        Of its budget that is spent.
    key
        Value lost, and cost with what is weighed beside, of its best plan; None before there is one.
    plan
        Makes that plan.
    """

    search: Search
    share: float = 0.0
    key: Key | None = None
    plan: Callable[[], RoutePlan] = field(default=RoutePlan)

    def run(self, start: Sequence[VehicleRoute], budget: Budget, until: Callable[[], float | None]) -> None:
        """Build and anneal until the budget is spent; `until` tells the clock at which this chain ends."""
        if budget.over:
            return
        own = replace(budget, until_s=until())
        if start:
            self.search.start_from(start)
        self.search.build(replace(own, until_s=budget.until_s))
        self._note()
        self.search.run(own, self._told)
        self._note()
        self.share = 1.0

    def _told(self, share: float) -> bool:
        self.share = share
        if self.key is None or (self.search.lost_value, self.search.objective) < self.key:
            self._note()
        return False

    def _note(self) -> None:
        """Keep the best plan, as a copy: the search goes on while another thread reads it."""
        held = self.search.best
        rows = held._replace(mode=held.mode.copy(), via=held.via.copy(), length=held.length.copy())
        self.plan = lambda: RoutePlan(tuple(self.search.routes_of(rows)))
        self.key = (self.search.lost_value, self.search.objective)


@dataclass(frozen=True)
class Chains:
    """What came of some chains: the search that found the best plan, all steps, and the threads that took them."""

    best: Search
    n_steps: int
    threads: int


def n_chains(n_tasks: int, n_steps: int | None, seconds: float | None) -> int:
    """Return how many chains a budget is worth: one, or an even number."""
    if n_steps is None:
        n_steps = int((seconds or 0.0) * STEPS_TIMES_TASKS_A_SECOND / max(1, n_tasks))
    n = min(MOST_CHAINS, n_steps // max(1, STEPS_A_TASK * n_tasks))
    return max(1, n - n % 2)


def search_in_chains(
    sector: Sector,
    start: Sequence[VehicleRoute],
    budget: Budget,
    dice: tuple[int, int],
    told: Callable[[float, Key, Callable[[], RoutePlan]], bool],
) -> Chains:
    """Search a sector in as many chains as the budget is worth.

    Parameters
    ----------
    sector
        What is searched.
    start
        Routes that the first chain begins at; the others begin anew, so that they end elsewhere.
    budget
        For all chains together, on one thread; more threads have more work done within a time limit.
    dice
        Seed, and number of threads.
    told
        Of the share spent, and of the best plan's key and maker; True ends the search.
    """
    seed, n_threads = dice
    began_s = perf_counter()
    left_s = None if budget.until_s is None else budget.until_s - began_s
    n = n_chains(len(sector.tasks), budget.n_steps, None if left_s is None else left_s * n_threads)
    ended = False
    each = replace(
        budget,
        n_steps=None if budget.n_steps is None else -(-budget.n_steps // n),
        stopped=lambda: ended or budget.stopped(),
    )
    n_waves = -(-n // n_threads)

    def until(k: int) -> float | None:
        return None if left_s is None else began_s + left_s * (k // n_threads + 1) / n_waves

    chains = [Chain(Search(sector, seed + 1_000_003 * k)) for k in range(n)]
    with ThreadPoolExecutor(max_workers=n_threads) as pool:
        running: set[Future[None]] = {
            pool.submit(chain.run, start if k == 0 else (), each, lambda k=k: until(k))  # type: ignore[misc]
            for k, chain in enumerate(chains)
        }
        while running:
            done, running = wait(running, timeout=LOOK_EVERY_S, return_when=FIRST_COMPLETED)
            for future in done:
                future.result()
            found = [(chain.key, k) for k, chain in enumerate(chains) if chain.key is not None]
            if found and not ended:
                key, k = min(found)
                ended = told(sum(chain.share for chain in chains) / n, key, chains[k].plan)
    best = min(chains, key=lambda chain: (chain.search.lost_value, chain.search.objective)).search
    return Chains(best, sum(chain.search.n_steps for chain in chains), min(n_threads, n))
