"""Some rows as a mixed-integer programme, and what HiGHS makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from optimizer.engines.budget import Budget
from optimizer.engines.coverage.bounds import cliques
from optimizer.engines.coverage.ground import Rows
from optimizer.engines.coverage.kernels.state import NO_LIMIT, Ground
from optimizer.engines.coverage.lists import BoolArray, FloatArray, IntArray
from optimizer.engines.highs import Programme, solve_programme
from optimizer.engines.highs import Rows as Gathered

# What a floating-point bound may be off, as a share of it and at least.
SLACK, LEAST_SLACK = 1e-7, 1e-4
# HiGHS may end where less than this is left to gain: all values are whole numbers.
LEFT = 0.9
# Branching nodes for each step of a work limit: one in so many.
STEPS_A_NODE = 20


@dataclass(frozen=True)
class Solved:
    """What a solver found.

    Parameters
    ----------
    chosen
        1 or 0 a site; None where no plan was found.
    bound
        No plan of the programme has more value (or a cost, as a negative one, above it); None where none is proven.
    infeasible
        Whether there is proven to be no plan.
    """

    chosen: IntArray | None
    bound: int | None
    infeasible: bool = False


def programme_of(rows: Rows, may_open: BoolArray, may_close: BoolArray) -> Programme:
    """Return the programme of some rows, with sites that must be open or closed fixed; columns are the sites first.

    Parameters
    ----------
    rows
        What is asked.
    may_open, may_close
        Which sites can be open and closed, shape (n_sites,).
    """
    ground, n_sites = rows.ground, len(rows.ground.price)
    high = (may_open & (ground.fixed != -1)).astype(np.float64)
    low = np.minimum(high, (~may_close | (ground.fixed == 1)).astype(np.float64))
    gathered = Gathered()
    worth = np.zeros(0)
    if rows.minimises:
        _cover_all(ground, rows.needs, gathered)
    else:
        worth = _cover_some(ground, gathered)
    for clique in cliques(ground):
        gathered.one(np.array(clique, dtype=np.int64), (-np.inf, 1.0))
    _add_totals(ground, gathered)
    cost = ground.price.astype(np.float64) if rows.minimises else np.zeros(n_sites)
    # The second site of a customer counts whole or not at all where it is worth more than the first.
    is_convex = bool((ground.second > ground.first).any())
    return gathered.programme(
        np.concatenate([cost, -worth]),
        np.concatenate([low, np.zeros(len(worth))]),
        np.concatenate([high, np.ones(len(worth))]),
        np.concatenate([np.ones(n_sites, dtype=np.bool_), np.full(len(worth), is_convex)]),
    )


def _cover_all(ground: Ground, needs: IntArray, gathered: Gathered) -> None:
    """Ask for as many open sites of each row as it needs."""
    row = np.repeat(np.arange(len(needs), dtype=np.int64), np.diff(ground.row_offsets))
    limits = needs.astype(np.float64), np.full(len(needs), np.inf)
    gathered.add(row, ground.row_sites, np.ones(len(row)), limits)


def _cover_some(ground: Ground, gathered: Gathered) -> FloatArray:
    """Count rows as covered once, and twice, where sites are open; return what these columns are worth."""
    n_rows, n_sites = len(ground.first), len(ground.price)
    row = np.arange(n_rows, dtype=np.int64)
    twice = np.flatnonzero(ground.second)
    once_column, twice_column = n_sites + row, n_sites + n_rows + np.arange(len(twice), dtype=np.int64)
    rows = np.concatenate([np.repeat(row, np.diff(ground.row_offsets)), row, twice])
    columns = np.concatenate([ground.row_sites, once_column, twice_column])
    values = np.concatenate([np.ones(len(ground.row_sites)), -np.ones(n_rows + len(twice))])
    gathered.add(rows, columns, values, (np.zeros(n_rows), np.full(n_rows, np.inf)))
    order = np.tile(np.arange(len(twice), dtype=np.int64), 2)
    both = np.concatenate([once_column[twice], twice_column])
    signs = np.concatenate([np.ones(len(twice)), -np.ones(len(twice))])
    gathered.add(order, both, signs, (np.zeros(len(twice)), np.full(len(twice), np.inf)))
    return np.concatenate([ground.first, ground.second[twice]]).astype(np.float64)


def _add_totals(ground: Ground, gathered: Gathered) -> None:
    """Add number, budget and quotas."""
    most, budget = int(ground.limits[0]), int(ground.limits[1])
    new = np.flatnonzero(ground.counts)
    if most < NO_LIMIT:
        gathered.one(new, (-np.inf, float(most)))
    if budget < NO_LIMIT:
        gathered.one(new, (-np.inf, float(budget)), ground.price[new].astype(np.float64))
    for k in range(len(ground.at_least) - 1):
        least, top = float(ground.at_least[k]), int(ground.at_most[k])
        gathered.one(np.flatnonzero(ground.district == k), (least, float(top) if top < NO_LIMIT else np.inf))


def solve_by_highs(rows: Rows, programme: Programme, budget: Budget) -> Solved:
    """Let HiGHS solve a programme until the budget is spent; a stop loses what it found."""
    if budget.n_steps is not None:
        budget = replace(budget, n_steps=max(1, budget.n_steps // STEPS_A_NODE))
    most = float(np.abs(programme.cost).sum())
    solved = solve_programme(programme, budget, LEFT / max(1.0, most))
    if solved.bound == np.inf:
        return Solved(None, None, infeasible=True)
    chosen = None if solved.x is None else (solved.x[: len(rows.ground.price)] > 0.5).astype(np.int64)
    bound = None
    if np.isfinite(solved.bound):
        bound = int(np.floor(-solved.bound + max(LEAST_SLACK, SLACK * abs(solved.bound))))
    return Solved(chosen, bound)
