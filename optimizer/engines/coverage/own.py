"""Our own way to solve some rows: search, bound, leave out sites by their prices, and prove the rest exactly where small."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from optimizer.engines.budget import Budget
from optimizer.engines.coverage.bounds import Bound, Lagrangian
from optimizer.engines.coverage.ground import Rows
from optimizer.engines.coverage.programme import programme_of, solve_by_highs
from optimizer.engines.coverage.progress import Progress
from optimizer.engines.coverage.search import Search

# Steps of the bound at once, and rounds of search and bound.
BOUND_STEPS, N_ROUNDS = 500, 3
# Shares of what time is left that the first search, and each bound, may take.
SEARCH_SHARE, BOUND_SHARE = 0.25, 0.2
# Steps of the first search where nothing limits it, and of any where nothing limits the whole.
FIRST_STEPS = 3000
# With so few entries CP-SAT, in this process, is done sooner than the process of HiGHS is started.
MOST_SMALL = 1500
# The rest is given to HiGHS where the sites still open to choice cover no more rows than that, counted a row and site.
MOST_ENTRIES = 40_000


@dataclass(frozen=True)
class Answer:
    """What is known of some rows.

    Parameters
    ----------
    sites
        Open sites of the best plan, ties broken.
    is_whole
        Whether it keeps all rules and covers what is to be covered.
    bound
        Proven; None where none is.
    infeasible
        Whether there is proven to be no plan.
    n_steps
        Steps of search and bound.
    """

    sites: tuple[int, ...]
    is_whole: bool
    bound: int | None
    infeasible: bool
    n_steps: int


@dataclass(frozen=True)
class Way:
    """How some rows are solved.

    Parameters
    ----------
    seed, threads
        For the dice, and for HiGHS.
    start
        Sites to begin at; none for no plan.
    end_at
        The value at which to end, and the bound below which to give up; None to go for the best.
    """

    seed: int = 0
    threads: int = 1
    start: tuple[int, ...] = ()
    end_at: int | None = None


def solve_rows(rows: Rows, budget: Budget, way: Way, progress: Progress) -> Answer:
    """Return the best plan of some rows and what is proven."""
    search = Search(rows, way.seed)
    if not search.can_be_whole:
        return Answer(search.settled(), False, None, True, 0)
    if way.start:
        chosen = np.zeros(len(rows.ground.price), dtype=np.int64)
        chosen[list(way.start)] = 1
        search.offer(chosen)
    lagrangian = Lagrangian(rows)
    bound = _rounds(search, lagrangian, budget, way, progress)
    if bound.best is None or _is_beyond(rows, bound.best):
        return Answer(search.settled(), False, None, True, search.n_steps + bound.n_steps)
    best, infeasible = bound.best, False
    if not _is_done(search, best, way) and not budget.over and _entries(rows, bound) <= MOST_ENTRIES:
        best, infeasible = _exactly(rows, search, bound, budget, way)
    elif not _is_done(search, best, way) and not budget.over:
        search.run(_left(budget, search.n_steps), progress.of(search, (0.5, 1.0), way.end_at))
    return Answer(search.settled(), search.is_whole, best, infeasible, search.n_steps + bound.n_steps)


def _rounds(search: Search, lagrangian: Lagrangian, budget: Budget, way: Way, progress: Progress) -> Bound:
    """Search and bound in turn."""
    bound = lagrangian.bound(_known(search, way))
    for k in range(N_ROUNDS):
        part = _left(budget, search.n_steps).part(SEARCH_SHARE)
        # the first is short, so that small problems are proven at once
        most = part.n_steps if k and part.until_s is not None else min(FIRST_STEPS, part.n_steps or FIRST_STEPS)
        told = progress.of(search, (0.15 * k, 0.15 * (k + 1)), way.end_at)
        search.run(replace(part, n_steps=most), told)
        if _is_done(search, bound.best, way):
            return bound
        until_s = _left(budget, search.n_steps).part(BOUND_SHARE).until_s
        lagrangian.lower(
            _known(search, way),
            BOUND_STEPS,
            lambda at_s=until_s: budget.stopped() or (at_s is not None and perf_counter() >= at_s),  # type: ignore[misc]
        )
        bound = lagrangian.bound(_known(search, way))
        progress.bound = bound.best if way.end_at is None else None
        if bound.best is None or _is_beyond(search.rows, bound.best):
            return bound
        search.offer(bound.chosen)
        if _is_done(search, bound.best, way) or budget.over:
            return bound
    return bound


def _left(budget: Budget, n_done: int) -> Budget:
    return budget if budget.n_steps is None else replace(budget, n_steps=max(0, budget.n_steps - n_done))


def _known(search: Search, way: Way) -> int:
    """Return the value that a better plan would be above."""
    if way.end_at is not None:
        return way.end_at - 1
    if search.is_whole:
        return search.known
    return _least(search.rows) - 1


def _least(rows: Rows) -> int:
    """Return the least value that any plan can have, a cost as a negative one."""
    return -int(rows.ground.price.sum()) if rows.minimises else 0


def _is_beyond(rows: Rows, best: int) -> bool:
    """Whether a bound proves that there is no plan."""
    return (-best if rows.minimises else best) < _least(rows)


def _is_done(search: Search, best: int | None, way: Way) -> bool:
    if way.end_at is not None:
        reached = search.is_whole and int(search.best[0]) >= way.end_at
        return reached or (best is not None and best < way.end_at)
    return search.is_whole and best is not None and abs(search.known) == best


def _entries(rows: Rows, bound: Bound) -> int:
    """Return how large the programme of the sites still open to choice is."""
    n_each = np.diff(rows.ground.site_offsets)
    return int(n_each[bound.may_open & bound.may_close].sum())


def _exactly(rows: Rows, search: Search, bound: Bound, budget: Budget, way: Way) -> tuple[int, bool]:
    """Let HiGHS find the best of what a better plan can be, and return the bound and whether there is no plan at all."""
    assert bound.best is not None
    programme = programme_of(rows, bound.may_open, bound.may_close)
    left = _left(budget, search.n_steps)
    if len(programme.value) <= MOST_SMALL:
        from optimizer.engines.coverage.cpsat_engine import solve_by_cpsat

        solved = solve_by_cpsat(rows, programme, left, (way.seed, 1))
    else:
        solved = solve_by_highs(rows, programme, left)
    if solved.chosen is not None:
        search.offer(solved.chosen)
    known = _known(search, way)
    if solved.infeasible:
        none = not search.is_whole or way.end_at is not None
        return (bound.best, True) if none else (abs(search.known), False)
    if solved.bound is None:
        return bound.best, False
    proven = max(solved.bound, known)
    return (max(bound.best, -proven) if rows.minimises else min(bound.best, proven)), False
