"""What comes back: berths by place, what is switched, who parks where, and what that comes to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.layer import Bool
from optimizer.engines.allocation.options.problem import Floats, Ints, OptionProblem
from optimizer.engines.outcome import Outcome


@dataclass(frozen=True, eq=False)
class OptionPlan:
    """Berths, switches, and cars.

    Parameters
    ----------
    berths
        New ones, shape (n_places,).
    switched
        Shape (n_places,).
    choice
        Of the circulation's pairs, shape (n_pairs,).
    cars
        Parked, shape (n_hours, n_pairs of the problem).
    """

    berths: Ints
    switched: Bool
    choice: Ints
    cars: Ints

    def left_out(self, problem: OptionProblem) -> Ints:
        """Return the cars without a berth, shape (n_hours, n_zones)."""
        served = [np.bincount(problem.zone, row, problem.n_zones) for row in self.cars]
        return problem.demand - np.rint(np.array(served)).astype(np.int64).reshape(problem.demand.shape)

    def cost(self, problem: OptionProblem) -> float:
        """Return what of the budget is spent."""
        return float((self.berths * problem.berth_cost + self.switched * problem.switch_cost).sum())


@dataclass(frozen=True, eq=False)
class OptionResult:
    """What a search found.

    Parameters
    ----------
    outcome
        How it ended.
    plan
        The best.
    objective, bound
        Of the plan; what no plan is below, or None.
    refused
        Pairs of the circulation that the unbounded plan wanted and that could not be closed.
    n_iterations
        Steps of the circulation's search.
    """

    outcome: Outcome
    plan: OptionPlan
    objective: float
    bound: float | None
    refused: tuple[int, ...] = ()
    n_iterations: int = 0


def missing_of(problem: OptionProblem, berths: Ints) -> tuple[int, ...]:
    """Return what is missing of each count."""
    found = []
    for count in problem.counts:
        if count.by_group:
            n = sum(bool((berths[list(g)] + problem.there[list(g)]).sum()) for g in count.groups)
        else:
            n = int(sum(berths[list(g)].sum() for g in count.groups))
        found.append(max(0, count.at_least - n))
    return tuple(found)


def objective_of(problem: OptionProblem, plan: OptionPlan) -> float:
    """Return prices of cars left out, of berths and switches, and of what is missing."""
    prices: Floats = plan.berths * problem.berth_price + plan.switched * problem.switch_price
    missing = sum(n * c.price for n, c in zip(missing_of(problem, plan.berths), problem.counts, strict=True))
    return float((plan.left_out(problem) * problem.price).sum() + prices.sum() + missing)
