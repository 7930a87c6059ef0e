"""Land on which something could be built: the bureau's own list, sites drawn by hand, and idle lots that are found."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.city import City
from layers.kinds.facilities import CandidateSites
from layers.kinds.parking import LotKind, Lots
from layers.kinds.streets import Streets
from layers.layer import F64, Bool, Rows, Str

# Two sites are one where they share more than this part of the smaller, or lie this near as points.
_SAME_SHARE = 0.5
_SAME_M = 1.0


@dataclass(frozen=True, eq=False)
class Candidates:
    """Hold sites, arrays of shape (n,).

    Parameters
    ----------
    ids, name, district
        As their layers have them.
    layer
        Kind of layer that each is a row of.
    shapes
        Outlines, shapely objects.
    xy_m
        A point within each, shape (n, 2); not finite where a site has no outline.
    land_m2
        Area, measured from the outline where it is blank.
    access_width_m
        Carriageway width of the street beside it, where the site itself says none.
    access_m
        How far that street is.
    land_yuan_m2
        Price of the land; NaN where it is blank.
    """

    ids: Str
    name: Str
    district: Str
    layer: Str
    shapes: NDArray[np.object_]
    xy_m: F64
    land_m2: F64
    access_width_m: F64
    access_m: F64
    land_yuan_m2: F64

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: Rows | Bool) -> Candidates:
        """Return some of the sites."""
        return Candidates(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    def joined(self, other: Candidates) -> Candidates:
        """Return these sites and then others."""
        both = {f.name: np.concatenate([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self)}
        return Candidates(**both)


def listed(city: City, streets: Streets, drivable: Bool) -> Candidates:
    """Return the rows of the candidate layer: the bureau's own list, and what was drawn by hand.

    Parameters
    ----------
    streets
        Blanks filled.
    drivable
        Streets that count as access, shape (n_streets,).
    """
    layer = city[CandidateSites]
    return _of_layer(layer, streets, drivable, layer.access_width_m, layer.land_yuan_m2)


def idle_lots(city: City, streets: Streets, drivable: Bool, *, least_m2: float = 0.0) -> Candidates:
    """Return the idle land of the lots of at least some size; car parks are in use, and are none.

    Parameters
    ----------
    streets, drivable
        As for `listed`.
    least_m2
        Smaller lots are left out.
    """
    lots = city[Lots]
    found = _of_layer(lots.take(lots.lot == LotKind.IDLE_LAND), streets, drivable)
    return found.take(found.land_m2 >= least_m2)


def _of_layer(
    layer: CandidateSites | Lots, streets: Streets, drivable: Bool, width_m: F64 | None = None, yuan_m2: F64 | None = None
) -> Candidates:
    import shapely

    n, shapes = len(layer), layer.geometry.shapely
    xy_m = shapely.get_coordinates(shapely.point_on_surface(shapes)) if n else np.empty((0, 2))
    there = ~shapely.is_empty(shapes) if n else np.empty(0, dtype=bool)
    at_m = np.full((n, 2), np.nan)
    at_m[there] = xy_m
    beside_m, away_m = beside(streets, drivable, shapes)
    blank = np.full(n, np.nan)
    own_m = blank if width_m is None else width_m
    measured_m2 = shapely.area(shapes) if n else np.empty(0)
    return Candidates(
        ids=layer.ids.astype(str),
        name=layer.name.astype(str),
        district=layer.district.astype(str),
        layer=np.full(n, layer.KIND),
        shapes=shapes,
        xy_m=at_m,
        land_m2=np.where(np.isnan(layer.land_m2), measured_m2, layer.land_m2),
        access_width_m=np.where(np.isnan(own_m), beside_m, own_m),
        access_m=away_m,
        land_yuan_m2=blank if yuan_m2 is None else yuan_m2,
    )


def beside(streets: Streets, drivable: Bool, shapes: NDArray[Any]) -> tuple[F64, F64]:
    """Return the width of the street nearest to each shape, and how far it is; NaN and infinite where there is none."""
    import shapely

    width_m, away_m = np.full(len(shapes), np.nan), np.full(len(shapes), np.inf)
    rows = np.flatnonzero(drivable)
    there = np.flatnonzero(~shapely.is_empty(shapes)) if len(shapes) else np.empty(0, dtype=np.int64)
    if len(rows) and len(there):
        lines = streets.geometry.shapely[rows]
        nearest = shapely.STRtree(lines).nearest(shapes[there])
        width_m[there] = streets.width_m[rows[nearest]]
        away_m[there] = shapely.distance(lines[nearest], shapes[there])
    return width_m, away_m


def twins(shapes: NDArray[Any]) -> dict[int, int]:
    """Return sites that another one before them repeats, with the row of that one."""
    import shapely

    found: dict[int, int] = {}
    if not len(shapes):
        return found
    near, far = shapely.STRtree(shapes).query(shapes, "dwithin", _SAME_M)
    for row, before in sorted(zip(near.tolist(), far.tolist(), strict=True)):
        if before < row and before not in found and row not in found and _same(shapes[before], shapes[row]):
            found[row] = before
    return found


def _same(one: Any, other: Any) -> bool:
    smaller_m2 = min(one.area, other.area)
    return bool(
        one.distance(other) <= _SAME_M if smaller_m2 <= 0 else one.intersection(other).area > _SAME_SHARE * smaller_m2
    )
