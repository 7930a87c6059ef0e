"""Districts, their built-up land, and how many toilets it is to have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from layers.city import City
from layers.districts import names_of
from layers.holding import by_name_or_place, first_holding
from layers.kinds.places import Districts
from layers.kinds.streets import Streets
from layers.layer import F64, AnyArray, Bool, Rows, Str
from layers.units import KM2_M2
from optimizer.planners.toilets.params import ToiletsParams


@dataclass(frozen=True, eq=False)
class Areas:
    """Hold the districts.

    Parameters
    ----------
    ids, names
        Shape (n,).
    built_m2
        Built-up land, shape (n,); 0 where there is none.
    assumed
        Whether it was taken from the streets, shape (n,).
    shapes
        The districts, shape (n,).
    counted
        Where their toilets count for density: the districts, or the land that was assumed to be built up, shape (n,).
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    built_m2: F64
    assumed: Bool
    shapes: AnyArray
    counted: AnyArray

    def __len__(self) -> int:
        return len(self.names)

    @property
    def built_km2(self) -> F64:
        """Built-up land, shape (n,)."""
        return self.built_m2 / KM2_M2

    def rows_of(self, names: Str, xy_m: F64) -> Rows:
        """Return the district of places, by name where one is given that is known, else by place; -1 for none.

        Parameters
        ----------
        names
            Shape (n,).
        xy_m
            Shape (n, 2).
        """
        return by_name_or_place(self.names, self.shapes, names, xy_m)

    def holding(self, xy_m: F64) -> Rows:
        """Return the first district that holds each place, -1 for none, shape (n,)."""
        return first_holding(self.shapes, xy_m)

    def counting(self, xy_m: F64) -> Rows:
        """Return the first district for whose density a toilet at each place counts, -1 for none, shape (n,)."""
        return first_holding(self.counted, xy_m)


def areas_of(city: City, params: ToiletsParams) -> Areas:
    """Return the districts of a city; built-up land that is not given is what lies near streets that are walked."""
    layer, streets = city[Districts], city[Streets]
    given = ~np.isnan(layer.built_up_m2)
    shapes = shapely.make_valid(np.array(layer.geometry.shapely, dtype=object))
    counted, built_m2 = shapes.copy(), np.where(given, layer.built_up_m2, 0.0)
    missing = np.flatnonzero(~given)
    if len(missing):
        near = shapely.union_all(shapely.buffer(streets.geometry.shapely, params.built_reach_m, quad_segs=2))
        counted[missing] = shapely.intersection(shapes[missing], near)
        built_m2[missing] = shapely.area(counted[missing])
    return Areas(tuple(layer.ids.tolist()), tuple(names_of(layer).tolist()), built_m2, ~given, shapes, counted)
