"""Stand between PyVRP and the caller."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

import pyvrp
from pyvrp.IteratedLocalSearch import IteratedLocalSearchCallbacks

from optimizer.engines.budget import Budget, share_spent
from optimizer.engines.watch import Told


class ReadsSolutions(Protocol):
    """What knows what a solution means."""

    def plan(self, solution: pyvrp.Solution) -> object:
        """Return the plan that it stands for."""
        ...

    def key(self, solution: pyvrp.Solution) -> tuple[int, int]:
        """Return the value lost and the cost."""
        ...


@dataclass
class PyvrpWatch(IteratedLocalSearchCallbacks):
    """Counts iterations, looks at clock and flag at each, keeps the best feasible solution and the present one."""

    model: ReadsSolutions
    budget: Budget
    told: Told
    n_done: int = -1
    began_s: float = 0.0
    done: bool = False
    best: pyvrp.Solution | None = None
    key: tuple[int, int] = (0, 0)
    current: pyvrp.Solution | None = None

    def __call__(self, best_cost: int) -> bool:
        """Tell PyVRP whether to stop; called before each iteration."""
        self.n_done += 1
        if self.n_done == 0:
            self.began_s = perf_counter()
        best = self.best
        if best is not None:
            share = min(1.0, share_spent(self.budget, self.n_done, self.began_s))
            self.done = self.told(share, self.key, lambda: self.model.plan(best))
        out_of_steps = self.budget.n_steps is not None and self.n_done >= self.budget.n_steps
        return self.done or out_of_steps or self.budget.over

    def on_start(self, ils: pyvrp.IteratedLocalSearch) -> None:
        """Take up the first solution where it is one."""
        self.on_best(ils.initial_solution)

    def on_iteration(
        self,
        current: pyvrp.Solution,
        candidate: pyvrp.Solution,
        best: pyvrp.Solution,
        cost_evaluator: pyvrp.CostEvaluator,
    ) -> None:
        """Remember where the search is, for when it finds nothing feasible."""
        self.current = current

    def on_best(self, best: pyvrp.Solution) -> None:
        """Take up a better solution."""
        if best.is_feasible():
            self.best, self.key = best, self.model.key(best)
