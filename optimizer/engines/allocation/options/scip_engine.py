"""SCIP of OR-Tools on the whole: berths, switches, cars and closed arcs, with cuts until every way round is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from layers.layer import Bool
from optimizer.engines.allocation.options.problem import Floats, Ints, OptionProblem
from optimizer.engines.allocation.options.programme import columns_of, programme_of
from optimizer.engines.budget import Budget
from optimizer.engines.circulation import BOTH, CirculationProblem, circulation_faults
from optimizer.engines.circulation.conflicts import Conflicts
from optimizer.engines.highs import Programme
from optimizer.engines.scip import solve_with_scip


@dataclass(frozen=True, eq=False)
class Round:
    """What one round of SCIP came to.

    Parameters
    ----------
    berths
        Shape (n_places,).
    choice
        Of the circulation's pairs.
    bound
        Of the programme with the cuts so far, hence of the problem.
    n_cuts
        Cuts that its answer called for; 0 where it is right.
    """

    berths: Floats
    choice: Ints
    bound: float
    n_cuts: int


def rounds(problem: OptionProblem, can: Bool, budget: Budget, told: Callable[[Round], None]) -> None:
    """Solve, cut, and solve again until no cut is missing or the budget is spent; tell of each round.

    Parameters
    ----------
    can
        Places that may be switched, shape (n_places,).
    """
    circulation = problem.circulation
    conflicts = None if circulation is None else Conflicts(circulation)
    cuts = list[tuple[int, ...]]()
    while not budget.over:
        solved = solve_with_scip(_with_arcs(problem, can, cuts), budget)
        if solved.x is None:
            return
        at = columns_of(problem)
        choice = _choice(circulation, solved.x[at.n :])
        new = [] if circulation is None or conflicts is None else _cuts(circulation, conflicts, choice)
        told(Round(solved.x[at.berths : at.switches], choice, solved.bound, len(new)))
        if not new:
            return
        cuts += new


def _choice(circulation: CirculationProblem | None, sides: Floats) -> Ints:
    """Return the choice that two columns a pair mean."""
    if circulation is None:
        return np.zeros(0, dtype=np.int64)
    closed = sides.reshape(-1, 2) > 0.5
    return np.where(closed[:, 0], 0, np.where(closed[:, 1], 1, BOTH)).astype(np.int64)


def _cuts(circulation: CirculationProblem, conflicts: Conflicts, choice: Ints) -> list[tuple[int, ...]]:
    """Return arcs that must not be closed together, for each way round that is missing."""
    closed = frozenset(circulation.closed_arcs(choice).tolist())
    wrong = {row for _, row, _ in circulation_faults(circulation, choice)}
    found = (conflicts.of(int(circulation.pairs[row, choice[row]]), closed) for row in sorted(wrong))
    return list(dict.fromkeys(cut for cut in found if cut))


def _with_arcs(problem: OptionProblem, can: Bool, cuts: list[tuple[int, ...]]) -> Programme:
    """Return the programme with two more columns a pair, one for each arc: a switch closes one of them."""
    base, circulation = programme_of(problem, can, whole=True), problem.circulation
    if circulation is None:
        return base
    at, n = columns_of(problem), 2 * circulation.n_pairs
    column_of = {int(arc): at.n + k for k, arc in enumerate(circulation.pairs.ravel().tolist())}
    places = np.flatnonzero(problem.pair >= 0)
    m, first = len(places), len(base.least)
    own = np.arange(m)
    side = at.n + 2 * problem.pair[places]
    rows, columns = [base.row, first + own, first + own, first + own], [base.column, side, side + 1, at.switches + places]
    values = [base.value, np.ones(m), np.ones(m), -np.ones(m)]
    for k, cut in enumerate(cuts):
        rows.append(np.full(len(cut), first + m + k))
        columns.append(np.array([column_of[arc] for arc in cut], dtype=np.int64))
        values.append(np.ones(len(cut)))
    room = np.array([len(cut) - 1.0 for cut in cuts])
    return replace(
        base,
        cost=np.append(base.cost, np.zeros(n)),
        low=np.append(base.low, np.zeros(n)),
        high=np.append(base.high, np.ones(n)),
        is_whole=np.append(base.is_whole, np.ones(n, dtype=np.bool_)),
        row=np.concatenate(rows),
        column=np.concatenate(columns),
        value=np.concatenate(values),
        least=np.concatenate([base.least, np.zeros(m), np.full(len(cuts), -np.inf)]),
        most=np.concatenate([base.most, np.zeros(m), room]),
    )
