"""Where berths of two streets would cover the same ground, as in the corner of two that meet without a junction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import shapely

from layers.layer import Bool
from optimizer.planners.parking.reading.kerbs import Row

_TOUCH_M2 = 1e-3


@dataclass(frozen=True, eq=False)
class Layout:
    """Hold the most berths that a street takes in one state.

    Parameters
    ----------
    rows
        By side, ``L`` and ``R`` as seen along the drawn line; only sides that have some.
    """

    rows: tuple[tuple[str, tuple[Row, ...]], ...] = ()

    @property
    def n_berths(self) -> int:
        """Berths on both sides."""
        return sum(row.n_berths for _, rows in self.rows for row in rows)


@dataclass(frozen=True, eq=False)
class StreetSupply:
    """Hold what one street offers.

    Parameters
    ----------
    street
        Row of the street.
    as_it_is, one_way
        The most berths as the street is today, and made one-way; the second is the first where it is one-way already.
    """

    street: int
    as_it_is: Layout
    one_way: Layout


def apart(supply: Mapping[int, StreetSupply], least_row: int) -> dict[int, StreetSupply]:
    """Return the supply without berths that cover ground of another street's: of two, the later street gives way."""
    rows = list(
        dict.fromkeys(row for one in supply.values() for layout in _layouts(one) for _, own in layout.rows for row in own)
    )
    street_of = {
        row: one.street for one in supply.values() for layout in _layouts(one) for _, own in layout.rows for row in own
    }
    if not rows:
        return dict(supply)
    # either lean is kept free, since traffic may run either way
    shapes = shapely.polygons(np.concatenate([row.corners(back) for row in rows for back in (False, True)]))
    owner = np.repeat(np.arange(len(rows)), [2 * row.n_berths for row in rows])
    number = np.concatenate([np.tile(np.arange(row.n_berths), 2) for row in rows])
    streets = np.array([street_of[row] for row in rows])[owner]
    one, other = shapely.STRtree(shapes).query(shapes, "intersects")
    later = streets[one] > streets[other]
    one, other = one[later], other[later]
    over = one[shapely.area(shapely.intersection(shapes[one], shapes[other])) > _TOUCH_M2]
    gone = defaultdict[int, set[int]](set)
    for k in over.tolist():
        gone[int(owner[k])].add(int(number[k]))
    cut = {rows[k]: np.array([i not in numbers for i in range(rows[k].n_berths)]) for k, numbers in gone.items()}
    return {street: _without(one, cut, least_row) for street, one in supply.items()}


def _layouts(supply: StreetSupply) -> tuple[Layout, ...]:
    same = supply.one_way is supply.as_it_is
    return (supply.as_it_is,) if same else (supply.as_it_is, supply.one_way)


def _without(supply: StreetSupply, cut: Mapping[Row, Bool], least_row: int) -> StreetSupply:
    two = _thinned(supply.as_it_is, cut, least_row)
    one = two if supply.one_way is supply.as_it_is else _thinned(supply.one_way, cut, least_row)
    return replace(supply, as_it_is=two, one_way=one)


def _thinned(layout: Layout, cut: Mapping[Row, Bool], least_row: int) -> Layout:
    if not any(row in cut for _, rows in layout.rows for row in rows):
        return layout
    sides = []
    for side, rows in layout.rows:
        parts = [p for row in rows for p in (row.parts(cut[row]) if row in cut else (row,)) if p.n_berths >= least_row]
        sides += [(side, tuple(parts))] if parts else []
    return Layout(tuple(sides))
