"""Districts, which of them are central, and old quarters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from layers.city import City
from layers.districts import names_of
from layers.holding import by_name_or_place
from layers.kinds.places import DistrictRing, Districts
from layers.layer import F64, AnyArray, Bool, Rows, Str


@dataclass(frozen=True, eq=False)
class Areas:
    """Hold the districts.

    Parameters
    ----------
    names
        Shape (n,).
    central
        Whether each is one of the centre; all are where none is said to be, shape (n,).
    shapes
        Outlines, shape (n,).
    """

    names: tuple[str, ...]
    central: Bool
    shapes: AnyArray

    def __len__(self) -> int:
        return len(self.names)

    def is_central(self, row: int) -> bool:
        """Return whether a district is one of the centre; without any districts, everything is."""
        return bool(self.central[row]) if row >= 0 else not len(self)

    def rows_of(self, names: Str, xy_m: F64) -> Rows:
        """Return the district of places, by name where a known one is given, else by place; -1 for none, shape (n,)."""
        return by_name_or_place(self.names, self.shapes, names, xy_m)


def areas_of(city: City) -> Areas:
    """Return the districts of a city."""
    layer = city[Districts]
    central = layer.ring == DistrictRing.CENTRAL
    shapes = shapely.make_valid(np.array(layer.geometry.shapely, dtype=object))
    return Areas(tuple(names_of(layer).tolist()), central if central.any() else np.ones(len(layer), dtype=bool), shapes)
