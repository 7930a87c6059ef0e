"""Solve the parts with the vehicle-routing engine, side by side, and report the best so far.

Objective: the most kilograms first, then what `measuring.goal` makes least.
"""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from optimizer.engines.vehicle_routing import Engine, Limits, RoutePlan
from optimizer.engines.vehicle_routing import solve as search
from optimizer.monitor import Monitor, Silent
from optimizer.plan import Draft, Outcome
from optimizer.planners.collection.explaining.why import explained
from optimizer.planners.collection.params import CollectionParams
from optimizer.planners.collection.problem import CollectionProblem
from optimizer.planners.collection.search.board import CollectionBoard
from optimizer.side_by_side.run import PartsRun

# Share of the work, or time, that goes to a first plan of every part, so that there is one of the whole city early.
_FIRST_SHARE = 0.15


class Run(PartsRun):
    """One run of `solve`: the parts, and a board for all."""

    def __init__(self, problem: CollectionProblem, params: CollectionParams, monitor: Monitor) -> None:
        self.board = CollectionBoard(problem, monitor)
        super().__init__([len(unit.part.tasks) for unit in problem.units], params, lambda: self.board.stopped)
        self.problem = problem
        self.engine = Engine(params.engine)
        self.n_steps = 0
        self._share, self._until_s = 1.0, self.until_s

    def solve(self) -> None:
        """Make a first plan of every part, then search on from there."""
        first_s = min(self.until_s, perf_counter() + _FIRST_SHARE * self.params.time_limit_s)
        for share, until_s in ((_FIRST_SHARE, first_s), (1 - _FIRST_SHARE, self.until_s)):
            self._share, self._until_s = share, until_s
            self.everywhere(self.search)

    def search(self, k: int) -> None:
        """Search a part for as long as its share of the work, or of the time that is left, lasts."""
        unit, many, known = self.problem.units[k], len(self.problem.units) > 1, self.board.answers[k]
        # a first plan of each part is made even where the time is up: without it nothing of the part would be collected
        if self.board.stopped or (known is not None and self.over()):
            return
        found = search(
            unit.problem,
            limits=self.limits(k),
            seed=self.params.seed * 1000 + k,
            monitor=Ear(self, k),
            engine=self.engine,
            start=known.plan if known is not None else self.problem.starts[k],
            threads=1 if many else self.params.n_threads,
        )
        self.board.note(k, found.plan, found.unserved)
        self.board.progress(k, self.done(1.0))
        with self._lock:
            self.n_steps += found.n_iterations

    def done(self, fraction: float) -> float:
        """Return the share of a part's search that is done, given the share of its present step."""
        return _FIRST_SHARE * fraction if self._share == _FIRST_SHARE else _FIRST_SHARE + (1 - _FIRST_SHARE) * fraction

    def limits(self, k: int) -> Limits:
        """Return how long a part is searched in this step."""
        budget = self.budget(k, self._share, self._until_s)
        left_s = None if budget.until_s is None else max(0.0, budget.until_s - perf_counter())
        return Limits(left_s, budget.n_steps)


class Ear(Silent):
    """Hear of a part's search: pass on the wish to stop, keep its bests and show them now and then."""

    def __init__(self, run: Run, k: int) -> None:
        self._run = run
        self._k = k

    @property
    def stopped(self) -> bool:  # type: ignore[override]
        """Whether the whole is over."""
        return self._run.board.stopped or (self._run.params.work_limit > 0 and self._run.over())

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Keep a better plan where it is time to show one."""
        board = self._run.board
        if isinstance(incumbent, RoutePlan) and board.wants_draft:
            board.note(self._k, incumbent)
        board.progress(self._k, self._run.done(min(0.99, fraction)))


def solve(problem: CollectionProblem, params: CollectionParams, monitor: Monitor) -> Draft:
    """Return the best plan found within the limits.

    Parameters
    ----------
    problem
        As `prepare` makes it.
    params
        Mode, seed, limits, threads. Where work is limited, the time limit only ends a run that takes too long all the same.
    monitor
        Gets drafts of the whole city; when it is stopped the best so far is returned.
    """
    run = Run(problem, params, monitor)
    run.solve()
    draft = run.board.draft(Outcome.STOPPED if monitor.stopped else Outcome.FEASIBLE)
    draft = explained(problem, draft, lambda: monitor.stopped)
    monitor.report(1.0, "search", draft, objective=draft.objective)
    return replace(draft, engine=params.engine, n_iterations=run.n_steps)
