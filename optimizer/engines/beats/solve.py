"""The front door: grow beats, then divide windows of a few of them anew until fewer are short; or ask OR-Tools."""

from __future__ import annotations

import math
import random
from collections.abc import Collection
from dataclasses import dataclass
from time import perf_counter

from optimizer.engines.beats.growing import grown
from optimizer.engines.beats.problem import BeatProblem
from optimizer.engines.beats.ways import near_stretches
from optimizer.engines.beats.windows import Window
from optimizer.engines.budget import Budget
from optimizer.engines.limits import Engine, Limits
from optimizer.engines.peers import refuse_engine
from optimizer.monitor import Monitor, Silent

PHASE = "beats"
ENGINES = (Engine.JINGCHENG, Engine.ORTOOLS)
# Windows that are tried, in whole rounds, where nothing else is asked; their sizes, in beats beside the short one.
_WINDOWS, _WIDTHS = 3000, (3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class Short:
    """Name a beat with too few berths.

    Parameters
    ----------
    beat
        Its row.
    n_missing
        Berths that it lacks.
    n_near
        Berths of stretches, of any beats, that could share one with all of it.
    """

    beat: int
    n_missing: int
    n_near: int


@dataclass(frozen=True, eq=False)
class BeatResult:
    """What was found.

    Parameters
    ----------
    beats
        Rows of stretches, beat by beat.
    longest_m
        Walk of each beat.
    short
        Beats with too few berths.
    least_short
        No division has fewer of them: proven.
    least_beats
        No division has fewer beats: all berths by the most of a beat, rounded up.
    """

    beats: tuple[tuple[int, ...], ...]
    longest_m: tuple[float, ...]
    short: tuple[Short, ...]
    least_short: int
    least_beats: int


def solve_beats(
    problem: BeatProblem,
    *,
    limits: Limits | None = None,
    seed: int = 1,
    monitor: Monitor | None = None,
    engine: Engine = Engine.JINGCHENG,
) -> BeatResult:
    """Return a division into beats: as few as can be found that are short, and of those as few as can be.

    Parameters
    ----------
    problem
        What is asked.
    limits
        A step is a round over all short beats, of CP-SAT a conflict; without limits, rounds for 3,000 windows; CP-SAT to its
        end.
    seed
        With a limit of work alone, the division is the same one whenever it is asked for again.
    monitor
        Asked whether to stop, which ends the search with the best so far.
    engine
        Ours, or CP-SAT on all beats that could be.
    """
    refuse_engine(engine, ENGINES)
    limits, monitor = limits or Limits(), monitor or Silent()
    until_s = None if limits.time_limit_s is None else perf_counter() + limits.time_limit_s
    budget = Budget(limits.work_limit, until_s, lambda: monitor.stopped)
    near = near_stretches(problem)
    least = least_short(problem, near)
    if engine is Engine.ORTOOLS:
        from optimizer.engines.beats.cpsat_engine import divided_by_cpsat

        beats, proven = divided_by_cpsat(problem, near, budget, seed)
        return _result(problem, near, beats, max(least, proven or 0))
    search = _Search(problem, near, grown(problem, near))
    dice = random.Random(seed)
    n_rounds = -(-_WINDOWS // max(1, len(search.short()))) if budget.n_steps is None else budget.n_steps
    for step in range(n_rounds):
        if budget.over or len(search.short()) <= least:
            break
        search.round(dice, _WIDTHS[step % len(_WIDTHS)], budget)
        monitor.report((step + 1) / n_rounds, PHASE)
    return _result(problem, near, [beat for beat in search.beats if beat], least)


def least_short(problem: BeatProblem, near: list[dict[int, float]]) -> int:
    """Return a number of beats that are short in every division.

    A stretch that has too few berths near it, with its own, is in a short beat whatever is done; two such stretches that are
    not near each other are in two.
    """
    n_berths = problem.loads
    lost = [k for k, own in enumerate(near) if sum(n_berths[o] for o in {k, *own}) < problem.least_berths]
    apart = set[int]()
    for item in sorted(lost, key=lambda k: (len(near[k]), k)):
        if apart.isdisjoint(near[item]):
            apart.add(item)
    return len(apart)


class _Search:
    """Hold a division, of which windows are divided anew."""

    def __init__(self, problem: BeatProblem, near: list[dict[int, float]], beats: list[list[int]]) -> None:
        self.problem, self.near, self.beats = problem, near, beats
        self.beat_of = {item: k for k, beat in enumerate(beats) for item in beat}

    def is_short(self, beat: int) -> bool:
        """Return whether a beat has too few berths; one that was given up has none and is not."""
        return 0 < sum(self.problem.loads[item] for item in self.beats[beat]) < self.problem.least_berths

    def short(self) -> list[int]:
        """Return the beats with too few berths."""
        return [k for k in range(len(self.beats)) if self.is_short(k)]

    def round(self, dice: random.Random, width: int, budget: Budget) -> None:
        """Take a window round each short beat, in any order; divide it anew where fewer are short or fewer are enough."""
        order = self.short()
        dice.shuffle(order)
        for beat in order:
            if budget.over:
                return
            if self.is_short(beat) and len(window := self._window(beat, width, dice)) > 1:
                self._divide(window)

    def _window(self, beat: int, width: int, dice: random.Random) -> list[int]:
        """Return a beat with others near it, or near those: as many as `width` where there are so many."""
        window = [beat, *self._pick(self._beside([beat]), dice.randint(1, width - 1), dice)]
        while len(window) <= width and (beside := self._beside(window)):
            window += self._pick(beside, 1, dice)
        return window

    @staticmethod
    def _pick(among: Collection[int], n: int, dice: random.Random) -> list[int]:
        return dice.sample(sorted(among), min(n, len(among)))

    def _beside(self, window: list[int]) -> set[int]:
        """Return beats that have a stretch near one of some beats."""
        return {self.beat_of[o] for k in window for item in self.beats[k] for o in self.near[item]}.difference(window)

    def _divide(self, window: list[int]) -> None:
        items = frozenset(item for k in window for item in self.beats[k])
        n_short = sum(self.is_short(k) for k in window)
        found = Window(self.problem, self.near).divided(items, n_short - 1, len(items))
        if found is None:
            found = Window(self.problem, self.near).divided(items, n_short, len(window) - 1)
        if found is None:
            return
        for k in window:
            self.beats[k] = []
        for beat in found:
            for item in beat:
                self.beat_of[item] = len(self.beats)
            self.beats.append(list(beat))


def _result(problem: BeatProblem, near: list[dict[int, float]], found: list[list[int]], least: int) -> BeatResult:
    n_berths = problem.loads
    beats = tuple(sorted(tuple(sorted(beat)) for beat in found))
    walks = tuple(max((near[i].get(j, math.inf) for i in beat for j in beat), default=0.0) for beat in beats)
    short = []
    for k, beat in enumerate(beats):
        load = sum(n_berths[i] for i in beat)
        if load < problem.least_berths:
            common = set.intersection(*(set(near[i]) for i in beat)) - set(beat)
            short.append(Short(k, problem.least_berths - load, sum(n_berths[i] for i in common)))
    return BeatResult(beats, walks, tuple(short), least, math.ceil(sum(n_berths) / problem.most_berths))
