"""Is this allocation right? No solver, no compiled code."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from math import ceil

from optimizer.engines.allocation.problem import AllocationProblem
from optimizer.engines.allocation.solution import Allocation

# A share that is asked for is met within the rounding of floats.
ROUNDING = 1e-9


class AllocationFault(Enum):
    """What can be wrong."""

    SHAPE = "not a number for each hour and pair"
    NEGATIVE = "fewer than no cars"
    TOO_MANY_CARS = "more cars than the zone has"
    TOO_FULL = "more cars than berths"
    SHARE = "a zone has less than its share"
    WRONG_WORTH = "wrong worth"
    WRONG_WALK = "wrong walking"


def least_cars(share: float, demand: int) -> int:
    """Return the fewest cars that are a share of the demand, in whole."""
    return ceil(share * demand - ROUNDING)


def allocation_faults(
    problem: AllocationProblem,
    allocation: Allocation,
    *,
    least_share: float = 0.0,
    claimed_worth: int | None = None,
    claimed_walk_m: float | None = None,
) -> tuple[tuple[AllocationFault, str], ...]:
    """Return everything that is wrong, each with where and by what value.

    Parameters
    ----------
    problem, allocation
        What was asked, and the answer.
    least_share
        Of the cars of each zone within reach of any lot.
    claimed_worth, claimed_walk_m
        What it is said to come to, checked when given.
    """
    cars = allocation.cars.tolist()
    if len(cars) != problem.n_hours or any(len(row) != len(problem.zone) for row in cars):
        return (
            (AllocationFault.SHAPE, f"shape {allocation.cars.shape}, {(problem.n_hours, len(problem.zone))} is expected"),
        )
    found = [fault for hour, row in enumerate(cars) for fault in _of_hour(problem, hour, row, least_share)]
    worth = sum(n * int(problem.weights[z]) for row in cars for n, z in zip(row, problem.zone.tolist(), strict=True))
    walk_m = sum(n * far for row in cars for n, far in zip(row, problem.walk_m.tolist(), strict=True))
    if claimed_worth is not None and claimed_worth != worth:
        found.append((AllocationFault.WRONG_WORTH, f"said to be worth {claimed_worth}, it is {worth}"))
    if claimed_walk_m is not None and abs(claimed_walk_m - walk_m) > 1e-6 * max(1.0, walk_m):
        found.append((AllocationFault.WRONG_WALK, f"said to walk {claimed_walk_m} m, it is {walk_m} m"))
    return tuple(found)


def _of_hour(
    problem: AllocationProblem, hour: int, row: list[int], least_share: float
) -> Iterator[tuple[AllocationFault, str]]:
    served, parked, reached = [0] * problem.n_zones, [0] * problem.n_lots, set(problem.zone.tolist())
    for pair, n in enumerate(row):
        if n < 0:
            yield AllocationFault.NEGATIVE, f"hour {hour}, pair {pair}: {n} cars, at least 0 are expected"
        served[int(problem.zone[pair])] += n
        parked[int(problem.lot[pair])] += n
    for zone, n in enumerate(served):
        wanted = int(problem.demand[hour, zone])
        where = f"hour {hour}, zone {zone}: {n} cars parked"
        if n > wanted:
            yield AllocationFault.TOO_MANY_CARS, f"{where}, {wanted} want to"
        if zone in reached and n < least_cars(least_share, wanted):
            yield AllocationFault.SHARE, f"{where} of {wanted}, a share of {least_share} is expected"
    for lot, n in enumerate(parked):
        if n > problem.berths[hour, lot]:
            yield AllocationFault.TOO_FULL, f"hour {hour}, lot {lot}: {n} cars, {problem.berths[hour, lot]} berths"
