"""Grow beats from the fringe, then mend the small ones: join them, give them stretches, or deal them out."""

from __future__ import annotations

import math
from dataclasses import dataclass

from optimizer.engines.beats.problem import BeatProblem
from optimizer.engines.beats.ways import near_stretches
from optimizer.monitor import Monitor, Silent

PHASE = "beats"
# Rounds of mending at the most; each ends as soon as one changes nothing.
_ROUNDS = 8


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
    least_beats
        No division has fewer: all berths by the most of a beat, rounded up.
    """

    beats: tuple[tuple[int, ...], ...]
    longest_m: tuple[float, ...]
    short: tuple[Short, ...]
    least_beats: int


def solve_beats(problem: BeatProblem, monitor: Monitor | None = None) -> BeatResult:
    """Return a division into beats; the same one whenever it is asked for again.

    Parameters
    ----------
    problem
        What is asked.
    monitor
        When it is stopped, what is not joined yet is left as beats of its own.
    """
    search = _Search(problem, near_stretches(problem), monitor or Silent())
    search.grow()
    for _ in range(_ROUNDS):
        if search.monitor.stopped or not search.mend():
            break
    return search.result()


class _Search:
    def __init__(self, problem: BeatProblem, near: list[dict[int, float]], monitor: Monitor) -> None:
        self.problem, self.near, self.monitor = problem, near, monitor
        self.n: list[int] = problem.n_berths.tolist()
        self.beats: list[list[int]] = []
        self.beat_of = [-1] * len(self.n)

    def load(self, beat: int) -> int:
        return sum(self.n[item] for item in self.beats[beat])

    def fits(self, item: int, beat: list[int]) -> bool:
        """Return whether a stretch is near enough to all of a beat."""
        near = self.near[item]
        return all(other in near for other in beat)

    def grow(self) -> None:
        """Open a beat at the stretch with the fewest free neighbours, and add the nearest ones until it is full enough."""
        free = set(range(len(self.n)))
        # so that one stretch more or less does not undo a beat
        enough = (self.problem.least_berths + self.problem.most_berths + 1) // 2
        degree = [len(own) for own in self.near]
        while free:
            seed = min(free, key=lambda item: (degree[item], item))
            beat, load = [seed], self.n[seed]
            free.discard(seed)
            close = sorted((m, other) for other, m in self.near[seed].items() if other in free)
            for _, other in close:
                if load >= enough or self.monitor.stopped:
                    break
                if load + self.n[other] <= self.problem.most_berths and self.fits(other, beat):
                    beat.append(other)
                    load += self.n[other]
            for item in beat:
                free.discard(item)
                self.beat_of[item] = len(self.beats)
                for other in self.near[item]:
                    degree[other] -= 1
            self.beats.append(beat)

    def mend(self) -> bool:
        """Mend beats with too few berths; return whether anything changed."""
        changed = False
        order = sorted((b for b in range(len(self.beats)) if self.beats[b]), key=lambda b: (self.load(b), b))
        for beat in order:
            if self.monitor.stopped:
                break
            if self.beats[beat] and self.load(beat) < self.problem.least_berths:
                changed |= self._join(beat) or self._take(beat) or self._deal(beat)
        return changed

    def _neighbours(self, beat: int) -> list[int]:
        found = {self.beat_of[o] for item in self.beats[beat] for o in self.near[item]} - {beat}
        return sorted(found)

    def _join(self, beat: int) -> bool:
        """Join it with another one whose berths and walk allow it."""
        for other in self._neighbours(beat):
            whole = self.load(other) + self.load(beat)
            if whole <= self.problem.most_berths and all(self.fits(i, self.beats[other]) for i in self.beats[beat]):
                for item in list(self.beats[beat]):
                    self._move(item, other)
                return True
        return False

    def _take(self, beat: int) -> bool:
        """Take stretches of others that keep enough, or that are short themselves and smaller."""
        took = False
        for item in sorted({o for i in self.beats[beat] for o in self.near[i] if self.beat_of[o] != beat}):
            other = self.beat_of[item]
            left, load = self.load(other) - self.n[item], self.load(beat)
            if load >= self.problem.least_berths:
                break
            spare = left >= self.problem.least_berths or (self.load(other) < load)
            if spare and load + self.n[item] <= self.problem.most_berths and self.fits(item, self.beats[beat]):
                self._move(item, beat)
                took = True
        return took

    def _deal(self, beat: int) -> bool:
        """Deal all of it out to others, or leave it as it is."""
        plan, room = list[tuple[int, int]](), dict[int, int]()
        extra: dict[int, list[int]] = {}
        for item in self.beats[beat]:
            for other in self._neighbours(beat):
                left = room.setdefault(other, self.problem.most_berths - self.load(other))
                if self.n[item] <= left and self.fits(item, self.beats[other] + extra.get(other, [])):
                    plan.append((item, other))
                    room[other] -= self.n[item]
                    extra.setdefault(other, []).append(item)
                    break
            else:
                return False
        for item, other in plan:
            self._move(item, other)
        return True

    def _move(self, item: int, to: int) -> None:
        self.beats[self.beat_of[item]].remove(item)
        self.beats[to].append(item)
        self.beat_of[item] = to

    def result(self) -> BeatResult:
        beats = tuple(tuple(sorted(beat)) for beat in self.beats if beat)
        walks = tuple(max((self.near[i].get(j, math.inf) for i in beat for j in beat), default=0.0) for beat in beats)
        short = []
        for k, beat in enumerate(beats):
            load = sum(self.n[i] for i in beat)
            if load < self.problem.least_berths:
                common = set.intersection(*(set(self.near[i]) for i in beat)) - set(beat)
                short.append(Short(k, self.problem.least_berths - load, sum(self.n[i] for i in common)))
        total = sum(self.n)
        return BeatResult(beats, walks, tuple(short), math.ceil(total / self.problem.most_berths))
