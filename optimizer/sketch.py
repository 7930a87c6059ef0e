"""What a map needs to draw a plan, routes as a handful of arrays: a few kilobytes that travel and unpack in no time.

The routes themselves are tens of thousands of small objects. Making them again in the window's process, several times a
second while a search runs, took the interpreter lock away from the window for up to 30 ms at a time (measured).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from layers.geometry import I64
from layers.kinds.streets import Streets
from optimizer.changes import Change
from optimizer.plan import Route
from optimizer.rounds import on_round


def _no_rows() -> I64:
    return np.empty(0, dtype=np.int64)


def _no_flags() -> NDArray[np.bool_]:
    return np.empty(0, dtype=bool)


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """Hold streets driven in the order of routes and legs, one element a street driven.

    Parameters
    ----------
    routes
        Ids of the routes.
    route
        Number of the route in `routes`, shape (n,).
    street
        Row of the street in the city's street layer, shape (n,).
    reverse
        Whether it is driven against its drawn direction, shape (n,).
    served
        Whether it belongs to the round and not to a way there, shape (n,); see `optimizer.rounds`.
    changes
        What is done to objects: hundreds at the most.
    """

    routes: tuple[str, ...] = ()
    route: I64 = field(default_factory=_no_rows)
    street: I64 = field(default_factory=_no_rows)
    reverse: NDArray[np.bool_] = field(default_factory=_no_flags)
    served: NDArray[np.bool_] = field(default_factory=_no_flags)
    changes: tuple[Change, ...] = ()

    def __len__(self) -> int:
        return len(self.street)


def sketch(routes: Sequence[Route], streets: Streets, changes: tuple[Change, ...] = ()) -> Sketch:
    """Return the sketch of a plan; streets that the city does not have (the plan's faults name them) are left out."""
    row_of = streets.row_of
    numbers: list[int] = []
    rows: list[int] = []
    backs: list[bool] = []
    served: list[bool] = []
    for number, route in enumerate(routes):
        for leg, is_served in zip(route.legs, on_round(route), strict=True):
            for name in leg.path:
                row, back = _row(name, row_of)
                if row >= 0:
                    numbers.append(number)
                    rows.append(row)
                    backs.append(back)
                    served.append(is_served)
    return Sketch(
        tuple(r.id for r in routes),
        np.array(numbers, dtype=np.int64),
        np.array(rows, dtype=np.int64),
        np.array(backs, dtype=bool),
        np.array(served, dtype=bool),
        changes,
    )


def _row(name: str, row_of: Mapping[str, int]) -> tuple[int, bool]:
    """Return a street's row, -1 where there is none, and whether it is driven backwards."""
    row = row_of.get(name)
    if row is not None:
        return row, False
    return (row_of.get(name[1:], -1), True) if name.startswith("-") else (-1, False)
