"""Some rows as a mixed-integer programme, solved by HiGHS in a process of its own, which can be stopped at once."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np

from optimizer.engines.budget import Budget
from optimizer.engines.coverage.bounds import cliques
from optimizer.engines.coverage.ground import Rows
from optimizer.engines.coverage.kernels.state import NO_LIMIT
from optimizer.engines.coverage.lists import BoolArray, FloatArray, IntArray

# Seconds between two looks at whether to stop.
LOOK_S = 0.02
# Seconds that the process may take beyond the limit to hand over what it has.
GRACE_S = 1.0
# A programme of so few entries is done sooner than a process is started.
MOST_HERE = 1500
# What a floating-point bound may be off, as a share of it and at least.
SLACK, LEAST_SLACK = 1e-7, 1e-4
# Branching nodes for each step of a work limit: one in so many.
STEPS_A_NODE = 20


@dataclass(frozen=True)
class Programme:
    """Maximise `gain` over columns within bounds, rows within theirs.

    Parameters
    ----------
    gain, low, high
        Of each column, sites first, shape (n_columns,).
    whole
        Columns that are whole numbers, shape (n_columns,).
    offsets, columns, values
        The matrix, compressed by rows.
    row_low, row_high
        Bounds of each row.
    """

    gain: FloatArray
    low: FloatArray
    high: FloatArray
    whole: BoolArray
    offsets: IntArray
    columns: IntArray
    values: FloatArray
    row_low: FloatArray
    row_high: FloatArray


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
    """Return the programme of some rows, with sites that must be open or closed fixed.

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
    lists = [np.arange(n_sites, dtype=np.int64)[:0]]
    values: list[FloatArray] = []
    lows: list[float] = []
    highs: list[float] = []

    def add(columns: IntArray, factors: FloatArray, bounds: tuple[float, float]) -> None:
        lists.append(columns)
        values.append(factors)
        lows.append(bounds[0])
        highs.append(bounds[1])

    gains = [-ground.price.astype(np.float64) if rows.minimises else np.zeros(n_sites)]
    n_columns = n_sites
    needs = rows.needs
    for row in range(len(ground.first)):
        sites = ground.row_sites[ground.row_offsets[row] : ground.row_offsets[row + 1]]
        if rows.minimises:
            add(sites, np.ones(len(sites)), (float(needs[row]), np.inf))
            continue
        own = np.array([ground.first[row], ground.second[row]], dtype=np.float64)[: 2 if ground.second[row] else 1]
        mine = np.arange(n_columns, n_columns + len(own), dtype=np.int64)
        add(np.concatenate([sites, mine]), np.concatenate([np.ones(len(sites)), -np.ones(len(own))]), (0.0, np.inf))
        if len(own) == 2:
            add(mine, np.array([1.0, -1.0]), (0.0, np.inf))
        gains.append(own)
        n_columns += len(own)
    for clique in cliques(ground):
        add(np.array(clique, dtype=np.int64), np.ones(len(clique)), (-np.inf, 1.0))
    _add_totals(rows, add)
    gain = np.concatenate(gains)
    extra = n_columns - n_sites
    # The second site of a customer counts whole or not at all where it is worth more than the first.
    is_convex = bool((ground.second > ground.first).any())
    whole = np.concatenate([np.ones(n_sites, dtype=np.bool_), np.full(extra, is_convex)])
    return Programme(
        gain,
        np.concatenate([low, np.zeros(extra)]),
        np.concatenate([high, np.ones(extra)]),
        whole,
        np.concatenate([[0], np.cumsum([len(row) for row in lists[1:]])]).astype(np.int64),
        np.concatenate(lists),
        np.concatenate([*values, np.zeros(0)]),
        np.array(lows),
        np.array(highs),
    )


def _add_totals(rows: Rows, add: Callable[[IntArray, FloatArray, tuple[float, float]], None]) -> None:
    """Add number, budget and quotas."""
    ground = rows.ground
    most, budget = int(ground.limits[0]), int(ground.limits[1])
    new = np.flatnonzero(ground.counts)
    if most < NO_LIMIT:
        add(new, np.ones(len(new)), (-np.inf, float(most)))
    if budget < NO_LIMIT:
        add(new, ground.price[new].astype(np.float64), (-np.inf, float(budget)))
    for k in range(len(ground.at_least) - 1):
        inside = np.flatnonzero(ground.district == k)
        least, top = float(ground.at_least[k]), int(ground.at_most[k])
        add(inside, np.ones(len(inside)), (least, float(top) if top < NO_LIMIT else np.inf))


def solve_programme(rows: Rows, programme: Programme, budget: Budget) -> Solved:
    """Let HiGHS solve a programme until the budget is spent; a stop ends its process and loses what it found."""
    limit_s = None if budget.until_s is None else max(0.05, budget.until_s - perf_counter())
    n_nodes = None if budget.n_steps is None else max(1, budget.n_steps // STEPS_A_NODE)
    if len(programme.columns) <= MOST_HERE:
        from optimizer.engines.coverage.highs_process import answer as answer_here

        answer: Any = answer_here(programme.__dict__, limit_s, n_nodes)
    else:
        answer = _asked(pickle.dumps((programme.__dict__, limit_s, n_nodes)), budget)
    if answer is None:
        return Solved(None, None)
    values, dual, infeasible = answer
    chosen = None if values is None else (np.asarray(values)[: len(rows.ground.price)] > 0.5).astype(np.int64)
    bound = None
    if dual is not None and np.isfinite(dual):
        bound = int(np.floor(dual + max(LEAST_SLACK, SLACK * abs(dual))))
    return Solved(chosen, bound, infeasible)


def _asked(asked: bytes, budget: Budget) -> Any:
    """Return the answer of a process; None where it was stopped or did not end in time.

    HiGHS looks at its clock between steps that can take long, so the clock that counts is kept here.
    """
    command = [sys.executable, "-m", "optimizer.engines.coverage.highs_process"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as process:
        told: list[tuple[bytes, bytes]] = []
        reader = threading.Thread(target=lambda: told.append(process.communicate(asked)), daemon=True)
        reader.start()
        while reader.is_alive():
            reader.join(LOOK_S)
            late = budget.until_s is not None and perf_counter() > budget.until_s + GRACE_S
            if reader.is_alive() and (late or budget.stopped()):
                process.kill()
                reader.join()
    if process.returncode > 0:
        raise RuntimeError(f"HiGHS failed: {told[0][1].decode(errors='replace').strip()[-500:]}")
    return pickle.loads(told[0][0]) if process.returncode == 0 else None
