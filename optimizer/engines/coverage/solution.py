"""Plans of a coverage problem, and what a search hands back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from layers.text import Text
from optimizer.engines.outcome import Outcome


@dataclass(frozen=True)
class CoveragePlan:
    """Which sites are open, existing ones among them.

    Parameters
    ----------
    sites
        In rising order.
    """

    sites: tuple[int, ...] = ()


class Rule(Enum):
    """Which rule keeps a site closed, in words."""

    MUST_NOT = Text("规定不得启用", "it must not be open")
    TOO_NEAR = Text("与必须启用的设施间距不足", "it is too near to a site that must be open")
    QUOTA = Text("所在片区已达数量上限", "its district has as many sites as it may have, all of which must be open")
    COST = Text("单独启用即超出预算", "with the sites that must be open it costs more than the budget")
    NUMBER = Text("数量已被必须启用的设施占满", "the sites that must be open are as many as may be opened")


@dataclass(frozen=True)
class Closed:
    """A site that is not open, and why.

    Parameters
    ----------
    site
        Its index.
    rule
        The rule that excludes it from every plan; None where none does.
    change
        How the objective changes with it in the plan, in place of those open sites that rules make it replace and that are
        missed least: more weight or less, more cost or less, metres. None where a rule excludes it or no one exchange
        leaves a plan without faults.
    in_place_of
        The sites it replaces.
    """

    site: int
    rule: Rule | None
    change: float | None = None
    in_place_of: tuple[int, ...] = ()


@dataclass(frozen=True)
class Uncovered:
    """A customer whom fewer open sites cover than are needed or wanted.

    Parameters
    ----------
    customer
        Its index.
    nearest
        The nearest site, open ones left out, that may be open and would cover the customer; None where there is none.
    distance_m
        To it, in metres; None where there is none.
    """

    customer: int
    nearest: int | None
    distance_m: float | None


@dataclass(frozen=True)
class Result:
    """What a search found.

    Parameters
    ----------
    outcome
        How it ended; infeasible when it is proven that no plan keeps the rules and covers those who are to be, stopped
        when none was found.
    plan
        The best plan.
    objective
        Its cost (set covering), weight times points covered (maximal covering), or longest distance in metres (p-centre;
        None where someone is not reached).
    bound
        Proven: no plan has an objective below it (above it, for maximal covering); None where none is proven.
    cost
        What the plan's sites cost, existing ones nothing.
    closed
        Each site that is not open.
    uncovered
        Each customer of positive weight whom the plan does not cover.
    n_iterations
        Steps of the search.
    seconds
        Wall-clock time, preparation included.
    threads
        How many searched side by side.
    """

    outcome: Outcome
    plan: CoveragePlan
    objective: float | None
    bound: float | None
    cost: int
    closed: tuple[Closed, ...]
    uncovered: tuple[Uncovered, ...]
    n_iterations: int
    seconds: float
    threads: int = 1

    @property
    def gap(self) -> float | None:
        """Proven distance from the best possible objective, as a share of the bound; None where unknown."""
        if self.objective is None or self.bound is None:
            return None
        return abs(self.bound - self.objective) / max(1e-9, abs(self.bound))
