"""Toilets that stand: stalls where they are known, hours, what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.city import City
from layers.errors import InputError
from layers.hours import Periods, parse_periods
from layers.kinds.facilities import Toilets
from layers.layer import F64, FIRST_RULE, GIVEN, Bool, Rows
from layers.text import Text
from optimizer.planners.toilets.reading.areas import Areas

UNKNOWN = -1


@dataclass(frozen=True, eq=False)
class Standing:
    """Hold toilets, one row each; numbers that are not known are `UNKNOWN`.

    Parameters
    ----------
    ids, names
        Shape (n,).
    xy_m
        Shape (n, 2).
    district
        Row of the district, -1 for none; shape (n,).
    counts
        Whether it counts for its district's density, shape (n,).
    dry
        Shape (n,).
    n_women, n_men, n_all, n_accessible
        Stalls; urinals among the men's. Shape (n,).
    land_m2
        NaN where unknown, shape (n,).
    hours
        Of each; none where it is not known, which counts as always open.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    xy_m: F64
    district: Rows
    counts: Bool
    dry: Bool
    n_women: Rows
    n_men: Rows
    n_all: Rows
    n_accessible: Rows
    land_m2: F64
    hours: tuple[Periods, ...]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def by_sex(self) -> Bool:
        """Whether women's and men's stalls are known, shape (n,)."""
        return np.asarray((self.n_women != UNKNOWN) & (self.n_men != UNKNOWN))


def standing_of(city: City, areas: Areas) -> Standing:
    """Return the toilets of a city.

    Raises
    ------
    InputError
        Where opening hours cannot be read.
    """
    layer = city[Toilets]
    xy_m = layer.geometry.coords
    women, men, every = (_known(layer, name) for name in ("n_women_stalls", "n_men_stalls", "n_stalls"))
    both = (women != UNKNOWN) & (men != UNKNOWN)
    every = np.where(every != UNKNOWN, every, np.where(both, women + men, UNKNOWN))
    district = areas.rows_of(layer.district, xy_m)
    # where the built-up land was assumed, toilets count that stand on it
    held = areas.counting(xy_m)
    counts = np.asarray((district >= 0) & (~areas.assumed[district] | (held == district)), dtype=bool)
    hours = tuple(map(_periods, layer.ids.tolist(), layer.open_periods.tolist()))
    return Standing(
        tuple(layer.ids.tolist()), tuple(layer.name.tolist()), xy_m, district, counts, layer.dry, women, men, every,
        _known(layer, "n_accessible_stalls"), layer.land_m2, hours,
    )  # fmt: skip


def _known(layer: Toilets, name: str) -> Rows:
    """Return a column with `UNKNOWN` where nobody gave a number."""
    values, origin = layer.arrays()[name].astype(np.int64), layer.origins(name)
    return np.where((origin == GIVEN) | (origin >= FIRST_RULE), values, UNKNOWN)


def _periods(item: str, text: str) -> Periods:
    try:
        return parse_periods(text) if text else ()
    except InputError as error:
        zh, en = f"公厕“{item}”：{error.text.zh}", f"toilet {item!r}: {error.text.en}"
        raise InputError(Text(zh, en)) from error
