"""Choose berths and switches: a programme says what is worth switching, the circulation what can be, together.

The bound is that of the programme in which every street is free to be one-way that can be one-way at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from layers.layer import Bool
from optimizer.engines.allocation.options.problem import NEVER, Floats, Ints, OptionProblem
from optimizer.engines.allocation.options.programme import columns_of, programme_of
from optimizer.engines.allocation.options.rounding import rounded, trimmed
from optimizer.engines.allocation.options.solution import OptionPlan, OptionResult, objective_of
from optimizer.engines.budget import Budget
from optimizer.engines.circulation import BOTH, can_be_closed, orient
from optimizer.engines.highs import solve_programme
from optimizer.engines.limits import Engine, Limits
from optimizer.engines.outcome import Outcome
from optimizer.engines.peers import refuse_engine
from optimizer.monitor import Hushed, Monitor, Silent

PHASE = "search"
ENGINES = (Engine.JINGCHENG, Engine.ORTOOLS)
# Rounds of programme and circulation; share of the time that the circulation has, and steps where time is not limited.
_ROUNDS, _SHARE, _STEPS = 3, 0.25, 20_000
_NEARLY = 1e-4
# A gap beyond which our own search hands over to SCIP for the time that is left.
_FAR = 1e-3


def choose(
    problem: OptionProblem,
    *,
    limits: Limits,
    seed: int = 1,
    monitor: Monitor | None = None,
    engine: Engine = Engine.JINGCHENG,
) -> OptionResult:
    """Return the best plan found, with a proven bound.

    Parameters
    ----------
    problem
        What is asked.
    limits
        Seconds, or steps of the circulation's search in each round.
    seed
        Of the dice.
    monitor
        Gets plans; when it is stopped the best so far is returned.
    engine
        Jingcheng, or OR-Tools' SCIP on the whole with cuts for the circulation.
    """
    refuse_engine(engine, ENGINES)
    monitor = monitor or Silent()
    search = _Search(problem, limits, seed, monitor)
    first = search.plan_of(problem.least.astype(np.float64), search.nothing, problem.least > problem.room)
    search.offer(first)
    free = search.relaxed(search.can)
    if free is None:
        return search.result()
    search.bound = free[1]
    if engine is Engine.JINGCHENG:
        search.rounds(free[0])
    if engine is Engine.ORTOOLS or search.gap > _FAR:
        search.rounds_of_scip()
    return search.result()


@dataclass(eq=False)
class _Search:
    problem: OptionProblem
    limits: Limits
    seed: int
    monitor: Monitor

    def __post_init__(self) -> None:
        problem, circulation = self.problem, self.problem.circulation
        n_pairs = 0 if circulation is None else circulation.n_pairs
        self.nothing: Ints = np.full(n_pairs, BOTH, dtype=np.int64)
        closable = np.zeros(n_pairs + 1, dtype=bool)
        if circulation is not None and n_pairs:
            closable[:n_pairs] = can_be_closed(circulation).any(axis=1)
        self.can: Bool = (problem.more > 0) & ((problem.pair == NEVER) | closable[problem.pair])
        self.until_s = None if self.limits.time_limit_s is None else perf_counter() + self.limits.time_limit_s
        self.bound: float | None = None
        self.best: OptionPlan | None = None
        self.objective = float("inf")
        self.refused: tuple[int, ...] = ()
        self.n_iterations = 0

    @property
    def budget(self) -> Budget:
        return Budget(None, self.until_s, lambda: self.monitor.stopped)

    @property
    def over(self) -> bool:
        return self.budget.over or self.gap <= _NEARLY

    @property
    def gap(self) -> float:
        if self.bound is None or self.best is None:
            return float("inf")
        return (self.objective - self.bound) / max(1e-9, abs(self.objective))

    def solve(self, allowed: Bool, whole: bool = False) -> tuple[Floats, float] | None:
        """Return the berths, shape (n_places,), and the bound of the programme; None where it did not end."""
        solved = solve_programme(programme_of(self.problem, allowed, whole), self.budget, _NEARLY)
        if solved.x is None:
            return None
        at = columns_of(self.problem)
        return solved.x[at.berths : at.switches], solved.bound

    def relaxed(self, allowed: Bool) -> tuple[Floats, float] | None:
        """As `solve` with whole switches; with parts of them where that took too long."""
        return self.solve(allowed, whole=True) or self.solve(allowed)

    def plan_of(self, berths: Floats, choice: Ints, allowed: Bool) -> OptionPlan:
        """Return the whole plan of a fractional one: the better of all its berths and of those that are used."""
        plan = rounded(self.problem, berths, choice, allowed)
        less = trimmed(self.problem, plan)
        return min((plan, less), key=lambda p: objective_of(self.problem, p))

    def offer(self, plan: OptionPlan) -> None:
        """Keep a plan where it is the best, and tell of it."""
        objective = objective_of(self.problem, plan)
        if objective < self.objective - 1e-9:
            self.best, self.objective = plan, objective
            self.monitor.report(0.5, PHASE, plan, objective=objective, bound=self.bound)

    def rounds(self, berths: Floats) -> None:
        """Close what the programme wants closed, solve again with what could be, and so on while it gains."""
        problem, choice, tried = self.problem, self.nothing, np.zeros(self.problem.n_places, dtype=bool)
        for k in range(_ROUNDS):
            wanted = self.can & (problem.pair >= 0) & (berths > problem.room + 1e-6)
            tried |= wanted
            choice = self._orient(berths, choice, wanted | (tried & self._closed(choice)))
            allowed = self.can & ((problem.pair == NEVER) | self._closed(choice))
            lost = problem.pair[wanted & ~self._closed(choice)]
            self.refused = tuple(sorted({*self.refused, *lost.tolist()}))
            again = self.relaxed(allowed)
            if again is None:
                return
            self.offer(self.plan_of(again[0], choice, allowed))
            if self.over or not len(lost) or k + 1 == _ROUNDS:
                return
            # what was refused is given up: others may be worth closing in its place
            given_up = np.isin(problem.pair, self.refused) & ~self._closed(choice)
            relaxed = self.relaxed(self.can & ~given_up)
            if relaxed is None:
                return
            berths = relaxed[0]

    def rounds_of_scip(self) -> None:
        """Take each round's answer, less the switches that leave somebody without a way round."""
        from optimizer.engines.allocation.options.scip_engine import Round, rounds

        def told(one: Round) -> None:
            self.n_iterations += 1
            self.bound = max(one.bound, self.bound if self.bound is not None else one.bound)
            choice, circulation = one.choice, self.problem.circulation
            if circulation is not None and one.n_cuts:
                wish = (choice != BOTH).astype(np.float64)
                choice = orient(circulation, wish, limits=Limits(work_limit=0), seed=self.seed, start=choice).choice
            allowed = self.can & ((self.problem.pair == NEVER) | self._closed(choice))
            self.offer(self.plan_of(one.berths, choice, allowed))

        steps = None if self.limits.work_limit is None else max(1, self.limits.work_limit)
        rounds(self.problem, self.can, replace(self.budget, n_steps=steps), told)

    def _orient(self, berths: Floats, choice: Ints, wanted: Bool) -> Ints:
        problem, circulation = self.problem, self.problem.circulation
        if circulation is None or not wanted.any():
            return choice
        gain = np.zeros(circulation.n_pairs)
        worth = np.maximum(berths - problem.room, 1e-3)
        gain[problem.pair[wanted]] = worth[wanted]
        left_s = None if self.until_s is None else max(0.5, _SHARE * (self.until_s - perf_counter()))
        steps = self.limits.n_steps if self.limits.work_limit is not None else (None if left_s else _STEPS)
        found = orient(
            circulation, gain, limits=Limits(left_s, steps), seed=self.seed, monitor=Hushed(self.monitor), start=choice
        )
        self.n_iterations += found.n_iterations
        return found.choice

    def _closed(self, choice: Ints) -> Bool:
        return np.asarray(np.append(choice, BOTH)[self.problem.pair] != BOTH)

    def result(self) -> OptionResult:
        assert self.best is not None, "the plan that builds nothing is always there"
        ended = Outcome.FEASIBLE
        if self.bound is not None and self.objective <= self.bound + 1e-6 * max(1.0, abs(self.bound)):
            ended = Outcome.OPTIMAL
        elif self.monitor.stopped:
            ended = Outcome.STOPPED
        return OptionResult(ended, self.best, self.objective, self.bound, self.refused, self.n_iterations)
