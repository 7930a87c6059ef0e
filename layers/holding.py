"""Which area holds each place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from layers.layer import F64, AnyArray, Rows, Str


def first_holding(shapes: AnyArray, xy_m: F64) -> Rows:
    """Return the first of some areas that holds each place, -1 for none, shape (n,).

    Parameters
    ----------
    shapes
        Shape (n_areas,).
    xy_m
        Shape (n, 2).
    """
    rows = np.full(len(xy_m), -1, dtype=np.int64)
    place, area = shapely.STRtree(shapes).query(shapely.points(xy_m), predicate="intersects")
    rows[place[::-1]] = area[::-1]
    return rows


def by_name_or_place(known: Sequence[str], shapes: AnyArray, names: Str, xy_m: F64) -> Rows:
    """Return the area of each place: by name where one is given that is known, else by place; -1 for none, shape (n,).

    Parameters
    ----------
    known
        Names of the areas, shape (n_areas,).
    names
        Shape (n,).
    """
    row_of = {name: k for k, name in enumerate(known)}
    rows = np.array([row_of.get(str(name), -1) for name in names.tolist()], dtype=np.int64).reshape(-1)
    open_rows = np.flatnonzero(rows < 0)
    rows[open_rows] = first_holding(shapes, xy_m[open_rows])
    return rows
