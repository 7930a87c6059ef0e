"""Divide streets with berths into attendants' beats, beside CP-SAT: ``python -m benchmarks.beats [--seconds 60]``.

A town is a grid of streets of 60 to 220 m, of which half have 3 to 15 berths, and a beat is at most 450 m from end to end;
sizes grow from 60 streets with berths, which CP-SAT proves, to 2,000. Told are the beats with fewer than 40 berths, what is
proven of them, and seconds.
"""

from __future__ import annotations

import argparse
from time import perf_counter

import numpy as np

from optimizer.engines.beats import BeatProblem, BeatResult, beat_faults, solve_beats
from optimizer.engines.limits import Engine, Limits

SIZES, SEED = (60, 200, 600, 2000), 7


def town(n_stretches: int) -> BeatProblem:
    """Return a grid of streets, of which half have berths."""
    dice = np.random.default_rng(SEED)
    side = 2
    while 2 * side * (side - 1) < 2 * n_stretches:
        side += 1
    nodes = np.arange(side * side).reshape(side, side)
    tail = np.concatenate([nodes[:, :-1].ravel(), nodes[:-1].ravel()])
    head = np.concatenate([nodes[:, 1:].ravel(), nodes[1:].ravel()])
    length_m = dice.uniform(60, 220, len(tail))
    own = np.sort(dice.choice(len(tail), n_stretches, replace=False))
    n_berths = dice.integers(3, 16, n_stretches)
    return BeatProblem(n_berths, tail[own], head[own], tail, head, length_m, 40, 60, 450.0, name=f"town {n_stretches}")


def told(problem: BeatProblem, engine: Engine, limits: Limits | None) -> str:
    """Return a line on one engine."""
    began_s = perf_counter()
    result: BeatResult = solve_beats(problem, engine=engine, limits=limits)
    spent_s = perf_counter() - began_s
    n_faults = len(beat_faults(problem, result.beats, [s.beat for s in result.short]))
    return (
        f"{engine.value:10} {len(result.short):4} of {len(result.beats)} beats short, at least {result.least_short} in any "
        f"division; {spent_s:.1f} s, {n_faults} faults"
    )


def main() -> None:
    """Print what each town comes to."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.beats", description=__doc__)
    options.add_argument("--seconds", type=float, default=60.0, help="that CP-SAT has for a town")
    asked = options.parse_args()
    for n in SIZES:
        problem = town(n)
        print(f"{n} stretches, {sum(problem.loads)} berths", flush=True)
        print("  " + told(problem, Engine.JINGCHENG, None), flush=True)
        print("  " + told(problem, Engine.ORTOOLS, Limits(asked.seconds)), flush=True)


if __name__ == "__main__":
    main()
