"""Where berths would cover the same ground, as in the corner of two streets that meet, or where one turns back sharply."""

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
    """Return the supply without berths that cover ground of others: of two, the later street or row gives way."""
    rows, of = list[Row](), list[tuple[int, int]]()
    for one in supply.values():
        for state, layout in enumerate(_layouts(one)):
            own = [row for _, side in layout.rows for row in side]
            rows += own
            of += [(one.street, state)] * len(own)
    if not rows:
        return dict(supply)
    # either lean is kept free, since traffic may run either way
    shapes = shapely.polygons(np.concatenate([row.corners(back) for row in rows for back in (False, True)]))
    owner = np.repeat(np.arange(len(rows)), [2 * row.n_berths for row in rows])
    number = np.concatenate([np.tile(np.arange(row.n_berths), 2) for row in rows])
    street, state = np.array(of).T[:, owner]
    one, other = shapely.STRtree(shapes).query(shapes, "intersects")
    # two states of one street are never there at once
    later = (street[one] > street[other]) | (
        (street[one] == street[other]) & (state[one] == state[other]) & (owner[one] > owner[other])
    )
    one, other = one[later], other[later]
    over = one[shapely.area(shapely.intersection(shapes[one], shapes[other])) > _TOUCH_M2]
    gone = defaultdict[int, set[int]](set)
    for k in over.tolist():
        gone[int(owner[k])].add(int(number[k]))
    cut = {rows[k]: np.array([i not in numbers for i in range(rows[k].n_berths)]) for k, numbers in gone.items()}
    return {key: _without(one, cut, least_row) for key, one in supply.items()}


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
