"""Plans nearly as good that differ much: sites in use are made dearer bit by bit, and the problem is solved again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from layers.layer import F64

P = TypeVar("P")

# Within this share of the best a plan is nearly as good.
NEARLY_SHARE = 0.01
# Times that the price of what is in use is raised or lowered for one alternative.
_N_PRICES = 4


@dataclass(frozen=True)
class Near(Generic[P]):
    """Hold one plan that is nearly as good.

    Parameters
    ----------
    plan
        In the caller's terms.
    sites
        Rows of the sites that it uses.
    objective
        What it costs, without the prices that made it differ.
    n_different
        Sites that only it or only the best uses.
    """

    plan: P
    sites: frozenset[int]
    objective: float
    n_different: int


def most_different(
    solve_with: Callable[[F64], tuple[P, frozenset[int], float] | None],
    best: tuple[frozenset[int], float],
    n_sites: int,
    *,
    n_wanted: int = 2,
    over: Callable[[], bool] = lambda: False,
) -> tuple[Near[P], ...]:
    """Return plans within 1 % of the best that differ much from it and from one another: the most different found.

    A site in use is charged, more for each plan that uses it; the charge is doubled while the plan found stays within the
    limit and halved where it does not (after Makowski & others' modelling to generate alternatives: Brill, Chang & Hopkins
    1982, doi 10.1287/mnsc.28.3.221). It proves nothing of plans not found.

    Parameters
    ----------
    solve_with
        Gets the charge of each site, shape (n_sites,); returns a plan, its sites, and its objective without charges; None
        where there is none.
    best
        Sites and objective of the best plan.
    n_sites
        In all.
    n_wanted
        How many are looked for at the most.
    over
        Asked before each solution whether to end.
    """
    sites, objective = best
    limit = objective + NEARLY_SHARE * abs(objective)
    known, found = [sites], []
    for _ in range(n_wanted):
        charged = np.zeros(n_sites)
        for one in known:
            charged[list(one)] += 1.0
        near = _one(solve_with, charged, (known, limit), over)
        if near is None:
            break
        plan, used, cost = near
        known.append(used)
        found.append(Near(plan, used, cost, len(used ^ sites)))
    return tuple(found)


def _one(
    solve_with: Callable[[F64], tuple[P, frozenset[int], float] | None],
    charged: F64,
    asked: tuple[list[frozenset[int]], float],
    over: Callable[[], bool],
) -> tuple[P, frozenset[int], float] | None:
    """Return the plan within the limit that differs most from those known, of some charges; None where none differs."""
    known, limit = asked
    price = NEARLY_SHARE * abs(limit) / max(1.0, charged.sum())
    best: tuple[P, frozenset[int], float] | None = None
    most = 0
    for _ in range(_N_PRICES):
        if over():
            break
        answer = solve_with(price * charged)
        within = answer is not None and answer[2] <= limit
        if answer is not None and within:
            apart = min(len(answer[1] ^ one) for one in known)
            if apart > most:
                best, most = answer, apart
        price *= 2.0 if within else 0.5
    return best
