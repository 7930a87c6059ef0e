"""The linear programme over moves, and the bound that its dual solution proves by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp
from scipy.sparse import csr_array

from optimizer.engines.arc_routing.problem import BoolArray, IntArray
from optimizer.engines.arc_routing.relaxation import Floats

# Seconds between two looks at the stop flag while a programme is solved.
POLL_S = 0.05
# By so much duals are shrunk to make up for the solver's tolerance, whichever proves most.
SHRINK = (0.0, 1e-8, 1e-6, 1e-4)
# A row with less slack counts as tight.
TIGHT = 0.01
# Methods tried when the usual one fails.
_OTHER_WAYS = (pywraplp.MPSolverParameters.DUAL, pywraplp.MPSolverParameters.PRIMAL)
# Bits of the integers that a bound is added up in.
N_BITS = 60


@dataclass(frozen=True)
class TightRows:
    """Rows of a programme that its solution keeps without slack.

    Parameters
    ----------
    matrix
        Shape (n_rows, n_columns): coefficients.
    least, duals
        Shape (n_rows,): what each row must reach, and its dual value.
    """

    matrix: csr_array
    least: IntArray
    duals: Floats


class CutProgramme:
    """Minimise cost @ x over x >= 0 with rows coefficients @ x >= least; rows are added one after the other.

    Parameters
    ----------
    cost
        Shape (n_columns,): whole numbers.
    most
        Shape (n_columns,): what some optimal solution does not exceed.
    capped
        Shape (n_columns,): whether the programme is told of it; else `most` enters the proof of the bound only, where the
        solver's rounding left a reduced cost below zero.
    """

    def __init__(self, cost: IntArray, most: IntArray, capped: BoolArray) -> None:
        self.cost, self.most = cost, most
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        infinity = self._solver.infinity()
        uppers = np.where(capped, most, infinity).tolist()
        self._columns = [self._solver.NumVar(0.0, upper, "") for upper in uppers]
        objective = self._solver.Objective()
        for column, price in zip(self._columns, cost.tolist(), strict=True):
            objective.SetCoefficient(column, float(price))
        objective.SetMinimization()
        self._rows: list[pywraplp.Constraint] = []
        self._where: list[tuple[IntArray, IntArray]] = []
        self._least: list[int] = []
        self._equal: list[bool] = []
        self.x: Floats = np.zeros(len(cost))
        self._duals: Floats = np.zeros(0)

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self._rows)

    @property
    def slack(self) -> Floats:
        """By how much each row that the last solution knew exceeds what it must reach."""
        return self._matrix(len(self._duals)) @ self.x - np.array(self._least[: len(self._duals)], dtype=np.float64)

    def add(self, columns: IntArray, coefficients: IntArray, least: int, *, equal: bool = False) -> None:
        """Add a row over some columns; `equal` forbids exceeding `least` too."""
        row = self._solver.RowConstraint(float(least), float(least) if equal else self._solver.infinity(), "")
        for k, coefficient in zip(columns.tolist(), coefficients.tolist(), strict=True):
            row.SetCoefficient(self._columns[k], float(coefficient))
        self._rows.append(row)
        self._where.append((columns, coefficients))
        self._least.append(least)
        self._equal.append(equal)

    def solve(self, stopped: Callable[[], bool]) -> bool:
        """Solve; False, with the last solution kept, when stopped or when no solution exists."""
        if not is_solved(self._solver, stopped):
            return False
        self.x = np.array([column.solution_value() for column in self._columns])
        self._duals = np.array([row.dual_value() for row in self._rows])
        return True

    def proven(self) -> int:
        """Return what the last dual solution proves of the cost, rounded up to a whole number.

        For any y, with y >= 0 on rows that may be exceeded, and any solution x <= most: cost @ x >= y @ least +
        sum(min(0, cost - y A) * most) (weak duality; Neumaier & Shcherbina 2004, doi 10.1007/s10107-003-0433-3). It is added
        up in whole numbers, so no rounding is left.
        """
        n = len(self._duals)
        if not n:
            return 0
        matrix, least = self._matrix(n), np.array(self._least[:n], dtype=np.int64)
        duals = np.where(self._equal[:n], self._duals, np.maximum(self._duals, 0.0))
        weight = matrix.copy()
        weight.data = np.abs(weight.data)
        paid = weight.T @ np.abs(duals)
        widest = float(np.abs(duals) @ np.abs(least)) + float(paid.max()) + float(self.cost.max()) + 1.0
        # A scale below one would lose the costs' last digits.
        scale = int(2 ** min(40, max(0, N_BITS - int(np.ceil(np.log2(widest))))))
        return max(self._proven(matrix, least, duals * (1.0 - shrink), scale) for shrink in SHRINK)

    def _proven(self, matrix: csr_array, least: IntArray, duals: Floats, scale: int) -> int:
        whole = np.where(self._equal[: len(duals)], np.rint(duals * scale), np.floor(duals * scale)).astype(np.int64)
        reduced = self.cost * np.int64(scale) - matrix.T @ whole
        below = np.flatnonzero(reduced < 0)
        lost = sum(r * m for r, m in zip(reduced[below].tolist(), self.most[below].tolist(), strict=True))
        proven = int(whole @ least) + int(lost)
        return -(-proven // scale)

    def tight(self, n_columns: int) -> TightRows:
        """Return the rows over the first columns alone that the last solution keeps without slack."""
        matrix, slack = self._matrix(len(self._duals)), self.slack
        own = [k for k in np.flatnonzero(slack < TIGHT).tolist() if int(self._where[k][0].max()) < n_columns]
        least = np.array([self._least[k] for k in own], dtype=np.int64)
        return TightRows(matrix[own][:, :n_columns], least, np.maximum(0.0, self._duals[own]))

    def _matrix(self, n_rows: int) -> csr_array:
        where = self._where[:n_rows]
        starts = np.cumsum([0, *(len(columns) for columns, _ in where)])
        columns = np.concatenate([columns for columns, _ in where]) if where else np.zeros(0, dtype=np.int64)
        values = np.concatenate([values for _, values in where]) if where else np.zeros(0, dtype=np.int64)
        return csr_array((values.astype(np.int64), columns, starts), shape=(n_rows, len(self.cost)))


def is_solved(solver: pywraplp.Solver, stopped: Callable[[], bool]) -> bool:
    """Solve; tell whether an optimal solution was found before the caller wants to stop.

    Where the solver loses its way among numbers, other methods are tried.
    """
    status: list[int] = []
    for parameters in (None, *_OTHER_WAYS):
        thread = threading.Thread(target=lambda p=parameters: status.append(_solve(solver, p)), daemon=True)
        thread.start()
        thread.join(POLL_S)
        while thread.is_alive():
            if stopped():
                solver.InterruptSolve()
            thread.join(POLL_S)
        if status[-1] != pywraplp.Solver.ABNORMAL or stopped():
            break
    return bool(status[-1] == pywraplp.Solver.OPTIMAL)


def _solve(solver: pywraplp.Solver, method: int | None) -> int:
    parameters = pywraplp.MPSolverParameters()
    if method is not None:
        parameters.SetIntegerParam(parameters.LP_ALGORITHM, method)
        parameters.SetIntegerParam(parameters.PRESOLVE, parameters.PRESOLVE_OFF)
    return int(solver.Solve(parameters))


def crossing(sides: BoolArray, tail: IntArray, head: IntArray) -> IntArray:
    """Return the moves that cross the border of a set of places."""
    return np.flatnonzero(sides[tail] != sides[head])
