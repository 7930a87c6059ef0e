"""Old quarters, which several planners put first."""

from __future__ import annotations

import numpy as np
import shapely

from layers.city import City
from layers.kinds.places import Communities
from layers.layer import F64, Bool


def in_old_quarters(city: City, xy_m: F64) -> Bool:
    """Return which places lie in an old quarter, shape (n,).

    Parameters
    ----------
    xy_m
        Shape (n, 2), metres in the city's projection.
    """
    communities = city[Communities]
    old = np.flatnonzero(communities.old_quarter)
    inside = np.zeros(len(xy_m), dtype=bool)
    if len(old):
        tree = shapely.STRtree(communities.geometry.shapely[old])
        inside[tree.query(shapely.points(xy_m), predicate="intersects")[0]] = True
    return inside
