"""A mixed-integer programme as arrays, and how its rows are gathered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.layer import Bool

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Programme:
    """Minimise cost @ x over least <= A x <= most, low <= x <= high.

    Parameters
    ----------
    cost, low, high
        Shape (n_columns,).
    is_whole
        Shape (n_columns,): whether it takes whole numbers only.
    row, column, value
        Shape (n_entries,): entries of A; those of one place are added up.
    least, most
        Shape (n_rows,).
    """

    cost: Floats
    low: Floats
    high: Floats
    is_whole: Bool
    row: Ints
    column: Ints
    value: Floats
    least: Floats
    most: Floats


class Rows:
    """Rows that are gathered, and their entries."""

    def __init__(self) -> None:
        self._entries: list[tuple[Ints, Ints, Floats]] = []
        self._least: list[Floats] = []
        self._most: list[Floats] = []
        self.n = 0

    def add(self, row: Ints, column: Ints, value: Floats, limits: tuple[Floats, Floats]) -> None:
        """Add as many rows as there are limits; `row` counts from the first of them."""
        self._entries.append((row + self.n, column, value))
        self._least.append(limits[0])
        self._most.append(limits[1])
        self.n += len(limits[0])

    def one(self, columns: Ints, limits: tuple[float, float], value: Floats | None = None) -> None:
        """Add one row, of ones where no values are given."""
        values = np.ones(len(columns)) if value is None else value
        self.add(np.zeros(len(columns), dtype=np.int64), columns, values, (np.array([limits[0]]), np.array([limits[1]])))

    def programme(self, cost: Floats, low: Floats, high: Floats, is_whole: Bool) -> Programme:
        """Return the programme of these rows."""
        none = np.zeros(0)
        row, column, value = (
            np.concatenate([np.zeros(0, dtype=np.int64) if k < 2 else none, *(one[k] for one in self._entries)])
            for k in range(3)
        )
        least, most = np.concatenate([none, *self._least]), np.concatenate([none, *self._most])
        return Programme(cost, low, high, is_whole, row, column, value, least, most)
