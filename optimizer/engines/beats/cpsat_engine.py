"""CP-SAT of OR-Tools on beats: every beat that could be is a column, and each stretch is in one that is taken."""

from __future__ import annotations

from itertools import islice

from ortools.sat.python import cp_model

from optimizer.engines.beats.problem import BeatProblem
from optimizer.engines.beats.windows import beats_with
from optimizer.engines.budget import Budget
from optimizer.engines.cpsat import solve_with_cpsat

# Columns that are listed at the most; of how many nearest neighbours, where those of all are more.
_MOST_COLUMNS, _NEAREST = 400_000, (16, 12, 9, 7, 5, 3, 1)
_THREADS = 2

Column = tuple[tuple[int, ...], int]


def divided_by_cpsat(
    problem: BeatProblem, near: list[dict[int, float]], budget: Budget, seed: int
) -> tuple[list[list[int]], int | None]:
    """Return the best division found, and the fewest short beats that are proven.

    Parameters
    ----------
    near
        As `near_stretches` returns them.

    Returns
    -------
    tuple
        Beats, each stretch alone where none was found; the proven number is None where columns had to be left out.
    """
    n = len(near)
    columns, are_all = _columns(problem, near)
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in columns]
    covering: list[list[cp_model.IntVar]] = [[] for _ in range(n)]
    for one, (beat, _) in zip(taken, columns, strict=True):
        for item in beat:
            covering[item].append(one)
    for literals in covering:
        model.add_exactly_one(literals)
    # a short beat counts more than all beats can, which are as many as stretches
    price = n + 1
    model.minimize(
        cp_model.LinearExpr.weighted_sum(taken, [1 + price * (load < problem.least_berths) for _, load in columns])
    )
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = _THREADS, seed
    if budget.n_steps is not None:
        solver.parameters.max_number_of_conflicts = budget.n_steps
    status = solve_with_cpsat(model, solver, budget)
    least = -int((n - solver.best_objective_bound) // price) if are_all and n else None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return [[item] for item in range(n)], None
    return [list(beat) for one, (beat, _) in zip(taken, columns, strict=True) if solver.value(one)], least


def _columns(problem: BeatProblem, near: list[dict[int, float]]) -> tuple[list[Column], bool]:
    """Return beats, and whether they are all that could be."""
    for nearest in (None, *_NEAREST):
        columns = list[Column]()
        for item, own in enumerate(near):
            later = sorted((other for other in own if other > item), key=lambda other: (own[other], other))[:nearest]
            columns += islice(beats_with(problem, near, item, later), _MOST_COLUMNS + 1 - len(columns))
        if len(columns) <= _MOST_COLUMNS:
            return columns, nearest is None
    return [((item,), int(load)) for item, load in enumerate(problem.n_berths)], False
