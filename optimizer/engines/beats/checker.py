"""Are these beats right? Walks are measured again, node by node."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from enum import Enum

from optimizer.engines.beats.problem import BeatProblem

_NEAR_M = 1e-3


class BeatFault(Enum):
    """What can be wrong."""

    NOT_ONCE = "a stretch is in no beat, or in more than one"
    TOO_MANY = "a beat has more berths than an attendant may have"
    TOO_LONG = "a beat is longer than may be walked"
    NOT_TOLD = "a beat has too few berths and that is not told"


def beat_faults(
    problem: BeatProblem, beats: Sequence[Sequence[int]], told_short: Sequence[int] = ()
) -> tuple[tuple[BeatFault, str], ...]:
    """Return everything that is wrong, each with where and by what value.

    Parameters
    ----------
    problem
        What was asked.
    beats
        Rows of stretches, beat by beat.
    told_short
        Beats that are said to have too few berths.
    """
    return tuple(_faults(problem, beats, set(told_short)))


def _faults(problem: BeatProblem, beats: Sequence[Sequence[int]], told: set[int]) -> Iterator[tuple[BeatFault, str]]:
    times = Counter(item for beat in beats for item in beat)
    for item in range(len(problem.n_berths)):
        if times[item] != 1:
            yield BeatFault.NOT_ONCE, f"stretch {item}: {times[item]} times"
    ways = defaultdict[int, list[tuple[int, float]]](list)
    for a, b, m in zip(problem.tail.tolist(), problem.head.tolist(), problem.length_m.tolist(), strict=True):
        ways[a].append((b, m))
        ways[b].append((a, m))
    for k, beat in enumerate(beats):
        load = int(sum(problem.n_berths[i] for i in beat))
        if load > problem.most_berths:
            yield BeatFault.TOO_MANY, f"beat {k}: {load} berths, at most {problem.most_berths}"
        if load < problem.least_berths and k not in told:
            yield BeatFault.NOT_TOLD, f"beat {k}: {load} berths, at least {problem.least_berths}"
        ends = {int(e) for i in beat for e in (problem.first[i], problem.last[i])}
        for end in ends:
            reached = _within(ways, end, problem.longest_m + _NEAR_M)
            if not ends <= reached:
                yield BeatFault.TOO_LONG, f"beat {k}: an end is more than {problem.longest_m} m from node {end}"
                break


def _within(ways: dict[int, list[tuple[int, float]]], start: int, most_m: float) -> set[int]:
    done, heap = set[int](), [(0.0, start)]
    while heap:
        far, node = heapq.heappop(heap)
        if node in done:
            continue
        done.add(node)
        for to, metres in ways.get(node, []):
            if to not in done and far + metres <= most_m:
                heapq.heappush(heap, (far + metres, to))
    return done
