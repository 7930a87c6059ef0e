"""Grow beats from the fringe inwards: a first division, in which few stretches are left over."""

from __future__ import annotations

from optimizer.engines.beats.problem import BeatProblem


def grown(problem: BeatProblem, near: list[dict[int, float]]) -> list[list[int]]:
    """Return beats, each opened at the stretch with the fewest free neighbours and filled with the nearest that fit.

    Parameters
    ----------
    near
        As `near_stretches` returns them.
    """
    n_berths = problem.loads
    free = set(range(len(n_berths)))
    # so that one stretch more or less does not undo a beat
    enough = (problem.least_berths + problem.most_berths + 1) // 2
    degree = [len(own) for own in near]
    beats = list[list[int]]()
    while free:
        seed = min(free, key=lambda item: (degree[item], item))
        beat, load = [seed], n_berths[seed]
        for _, other in sorted((m, other) for other, m in near[seed].items() if other in free and other != seed):
            if load >= enough:
                break
            if load + n_berths[other] <= problem.most_berths and all(item in near[other] for item in beat):
                beat.append(other)
                load += n_berths[other]
        free.difference_update(beat)
        for item in beat:
            for other in near[item]:
                degree[other] -= 1
        beats.append(beat)
    return beats
