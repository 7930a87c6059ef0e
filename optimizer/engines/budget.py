"""How long a search may go on, and how what is searched part by part spends that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Protocol


@dataclass(frozen=True)
class Budget:
    """How long a search may go on.

    Parameters
    ----------
    n_steps
        Steps after which it ends; None for no limit.
    until_s
        Clock (`time.perf_counter`) at which it ends; None for no limit.
    stopped
        Asked every 50 ms or so whether to end at once.
    heat
        Factor on the heat; small values refine a good plan without leaving it.
    """

    n_steps: int | None
    until_s: float | None
    stopped: Callable[[], bool]
    heat: float = 1.0

    @property
    def over(self) -> bool:
        """Whether to end now."""
        return self.stopped() or (self.until_s is not None and perf_counter() >= self.until_s)

    def part(self, share: float) -> Budget:
        """Return a share of it, from now on."""
        now_s = perf_counter()
        n_steps = None if self.n_steps is None else int(share * self.n_steps)
        until_s = None if self.until_s is None else now_s + share * (self.until_s - now_s)
        return replace(self, n_steps=n_steps, until_s=until_s)


def share_spent(budget: Budget, n_done: int, began_s: float) -> float:
    """Return the share of the budget that is spent: of its work where that is limited, so that runs can be repeated."""
    if budget.n_steps is not None:
        return n_done / budget.n_steps if budget.n_steps else 1.0
    if budget.until_s is not None:
        return (perf_counter() - began_s) / max(1e-9, budget.until_s - began_s)
    return 0.0


class CountsSteps(Protocol):
    """What is searched part by part and counts the steps taken so far."""

    n_steps: int


def spend(work: CountsSteps, search_part: Callable[[], None], budget: Budget, told: Callable[[float], object]) -> None:
    """Search one part after another until the budget is spent; a part with nothing to search counts for a step.

    Parameters
    ----------
    work
        Steps that it took before count for the budget's limit.
    search_part
        Chooses a part of the work and searches it.
    budget
        The limits; with none at all this does not end by itself.
    told
        Called after each part with the share spent of what was left.
    """
    began_s, begun_at = perf_counter(), work.n_steps
    left = budget if budget.n_steps is None else replace(budget, n_steps=budget.n_steps - begun_at)
    while not budget.over and (budget.n_steps is None or work.n_steps < budget.n_steps):
        before = work.n_steps
        search_part()
        work.n_steps = max(work.n_steps, before + 1)
        told(min(1.0, share_spent(left, work.n_steps - begun_at, began_s)))
