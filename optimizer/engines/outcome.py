"""How a search ended, and what it hands to the front door of its engine."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

Plan = TypeVar("Plan")


class Outcome(Enum):
    """How a search ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    STOPPED = "stopped"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True)
class Found(Generic[Plan]):
    """A plan with its cost, the steps taken, and the threads that took them."""

    plan: Plan
    cost: int
    n_steps: int
    threads: int = 1
