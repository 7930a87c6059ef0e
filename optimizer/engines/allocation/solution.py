"""What comes back: who parks where, who does not, and what that comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from layers.text import Text
from optimizer.engines.allocation.problem import AllocationProblem, Floats, Ints
from optimizer.engines.outcome import Outcome


@dataclass(frozen=True, eq=False)
class Allocation:
    """Cars parked.

    Parameters
    ----------
    cars
        Shape (n_hours, n_pairs): of the pair's zone in the pair's lot.
    """

    cars: Ints

    def served(self, problem: AllocationProblem) -> Ints:
        """Return the cars of each zone that have a berth, shape (n_hours, n_zones)."""
        return _gathered(self.cars, problem.zone, problem.n_zones)

    def parked(self, problem: AllocationProblem) -> Ints:
        """Return the cars in each lot, shape (n_hours, n_lots)."""
        return _gathered(self.cars, problem.lot, problem.n_lots)

    def worth(self, problem: AllocationProblem) -> int:
        """Return what the cars with a berth count in all hours."""
        return int((self.served(problem) * problem.weights).sum())

    def walk_m(self, problem: AllocationProblem) -> float:
        """Return what all of them walk."""
        return float((self.cars * problem.walk_m).sum())

    def shares(self, problem: AllocationProblem) -> Floats:
        """Return the share of each zone's cars with a berth, shape (n_hours, n_zones); 1 where none wants any."""
        return np.where(problem.demand > 0, self.served(problem) / np.maximum(problem.demand, 1), 1.0)


def _gathered(cars: Ints, rows: Ints, n: int) -> Ints:
    found = np.zeros((len(cars), n), dtype=np.int64)
    for hour, own in enumerate(cars):
        np.add.at(found[hour], rows, own)
    return found


class Why(Enum):
    """Why cars have no berth."""

    NO_LOT = Text("步行范围内没有停车场", "no lot is within walking reach")
    FULL = Text("步行范围内的泊位已满", "all berths within reach are taken")


@dataclass(frozen=True)
class Unparked:
    """Cars of a zone that have no berth in an hour.

    Parameters
    ----------
    hour, zone, n_cars
        Which, and how many.
    why
        What keeps them out.
    lots
        Any of these with so many berths more would take them all: the zone's own, and those to which others could move.
    """

    hour: int
    zone: int
    n_cars: int
    why: Why
    lots: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class AllocationResult:
    """What a search found.

    Parameters
    ----------
    outcome
        Optimal: no allocation parks more by weight, or the same with less walking; infeasible where the share asked for
        cannot be had; stopped without an allocation.
    allocation
        None where there is none.
    worth, walk_m
        Of the allocation.
    unparked
        By hour and zone.
    seconds
        Wall-clock time.
    """

    outcome: Outcome
    allocation: Allocation | None
    worth: int | None
    walk_m: float | None
    unparked: tuple[Unparked, ...]
    seconds: float
