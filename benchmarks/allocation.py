"""Allocate the cars of 5,000 zones to 200 lots beside HiGHS, and sweep fairness: ``python -m benchmarks.allocation``."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from optimizer.engines.allocation import AllocationProblem, allocation_faults, equity_sweep, solve_allocation
from optimizer.engines.limits import Engine

N_ZONES, N_LOTS, SIDE_M, REACH_M = 5000, 200, 3000.0, 300.0
N_POINTS = 20


def made(seed: int) -> AllocationProblem:
    """Return zones and lots spread over nine square kilometres, with berths for four cars of five, in one hour."""
    dice = np.random.default_rng(seed)
    zones, lots = dice.uniform(0, SIDE_M, (N_ZONES, 2)), dice.uniform(0, SIDE_M, (N_LOTS, 2))
    away_m = np.hypot(*(zones[:, None] - lots[None]).transpose(2, 0, 1))
    zone, lot = np.nonzero(away_m <= REACH_M)
    demand = dice.integers(0, 30, (1, N_ZONES))
    berths = dice.integers(1, 2 * int(0.8 * demand.sum() / N_LOTS), (1, N_LOTS))
    return AllocationProblem(demand, berths, zone, lot, away_m[zone, lot])


def main() -> None:
    """Print a line for each seed."""
    for seed in range(3):
        problem = made(seed)
        ours = solve_allocation(problem)
        peer = solve_allocation(problem, engine=Engine.HIGHS)
        assert ours.allocation is not None
        assert ours.walk_m is not None
        assert not allocation_faults(problem, ours.allocation, claimed_worth=ours.worth, claimed_walk_m=ours.walk_m)
        began_s = perf_counter()
        points = equity_sweep(problem, N_POINTS)
        told = (
            f"seed {seed}: {len(problem.zone)} pairs, {ours.worth} of {problem.demand.sum()} cars",
            f"{ours.walk_m / 1000:.1f} km of walking",
            f"flow {ours.seconds:.2f} s, HiGHS {peer.seconds:.2f} s, as many cars: {peer.worth == ours.worth}",
            f"{(peer.walk_m or 0) - ours.walk_m:+.3f} m",
            f"{len(points)} points to a share of {points[-1].least_share:.3f} in {perf_counter() - began_s:.1f} s",
            f"walking {points[-1].walk_m / points[0].walk_m - 1:+.2%}",
        )
        print("; ".join(told), flush=True)


if __name__ == "__main__":
    main()
