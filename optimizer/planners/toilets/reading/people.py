"""Who is to have a toilet: residents and workers by the points of a grid, visitors of crowd places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from layers.city import City
from layers.kinds.places import Communities, CrowdPlaces, Population
from layers.layer import F64, AnyArray, Bool, Rows
from layers.units import KM2_M2
from optimizer.ground.quarters import in_old_quarters
from optimizer.names import place_item
from optimizer.planners.toilets.params import ToiletsParams
from optimizer.planners.toilets.reading.areas import Areas

_PERCENT = 100.0


@dataclass(frozen=True, eq=False)
class People:
    """Hold people by place, one row each; crowd places stand behind all others.

    Parameters
    ----------
    ids
        Of the points, or where people were spread by area, their places as items.
    xy_m
        Shape (n, 2).
    n_residents, n_jobs, n_visitors
        Shape (n,).
    crowd
        What draws the visitors (`CrowdKind`), 0 for other points, shape (n,).
    is_crowd
        Whether it is a crowd place, shape (n,).
    district
        Row of the district, -1 for none, shape (n,).
    old
        Whether it lies in an old quarter, shape (n,).
    spread
        Whether residents were spread by area since no population is given.
    """

    ids: tuple[str, ...]
    xy_m: F64
    n_residents: F64
    n_jobs: F64
    n_visitors: F64
    crowd: Rows
    is_crowd: Bool
    district: Rows
    old: Bool
    spread: bool

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def n_living(self) -> F64:
        """Residents and workers, of whom shares are told, shape (n,)."""
        return self.n_residents + self.n_jobs

    def n_counted(self, params: ToiletsParams) -> Rows:
        """Return how many people count for cover: residents, workers, and the visitors that are there at once."""
        return np.rint(self.n_living + params.visitor_share / _PERCENT * self.n_visitors).astype(np.int64)


def people_of(city: City, areas: Areas, params: ToiletsParams) -> People:
    """Return all people of a city; where no population is given, residents spread evenly over its land."""
    layer, crowds = city[Population], city[CrowdPlaces]
    given = len(layer) > 0 and float(np.nansum(layer.n_residents) + np.nansum(layer.n_jobs)) > 0
    if given:
        ids: tuple[str, ...] = tuple(layer.ids.tolist())
        xy_m, residents, jobs = layer.geometry.coords, np.nan_to_num(layer.n_residents), np.nan_to_num(layer.n_jobs)
        district = areas.rows_of(layer.district, xy_m)
    else:
        xy_m, residents = spread_by_area(city, areas, params)
        ids, jobs, district = tuple(place_item(x, y) for x, y in xy_m.tolist()), np.zeros(len(xy_m)), areas.holding(xy_m)
    n, k = len(ids), len(crowds)
    every_m = np.vstack([xy_m, crowds.geometry.coords])
    return People(
        (*ids, *crowds.ids.tolist()),
        every_m,
        np.concatenate([residents, np.zeros(k)]),
        np.concatenate([jobs, np.zeros(k)]),
        np.concatenate([np.zeros(n), np.nan_to_num(crowds.n_visitors_day)]),
        np.concatenate([np.zeros(n), crowds.crowd]).astype(np.int64),
        np.arange(n + k) >= n,
        np.concatenate([district, areas.holding(crowds.geometry.coords)]),
        in_old_quarters(city, every_m),
        not given,
    )


def spread_by_area(city: City, areas: Areas, params: ToiletsParams) -> tuple[F64, F64]:
    """Return places of a grid and their residents: a community's own spread over it, else so many a km2 of the city.

    Returns
    -------
    tuple
        Places, shape (n, 2), metres, rounded to a tenth so that their items name them exactly; residents, shape (n,).
    """
    communities = city[Communities]
    shapes, known = np.asarray(areas.shapes, dtype=object), np.full(len(areas), np.nan)
    if len(communities):
        shapes, known = np.asarray(communities.geometry.shapely, dtype=object), communities.n_residents
    points, owner = _grid(shapes, params.spread_step_m)
    n_points = np.bincount(owner, minlength=len(shapes))
    even = params.people_km2 * params.spread_step_m**2 / KM2_M2
    each = np.where(np.isnan(known), even, np.nan_to_num(known) / np.maximum(1, n_points))
    return points, each[owner]


def _grid(shapes: AnyArray, step_m: float) -> tuple[F64, Rows]:
    """Return the points of a grid that lie in any of some areas, and the first area that holds each."""
    if shapely.is_empty(shapes).all():
        return np.zeros((0, 2)), np.zeros(0, dtype=np.int64)
    west, south, east, north = shapely.total_bounds(shapes)
    xs = np.arange(np.floor(west / step_m) + 0.5, np.ceil(east / step_m)) * step_m
    ys = np.arange(np.floor(south / step_m) + 0.5, np.ceil(north / step_m)) * step_m
    xy_m = np.round(np.array(np.meshgrid(xs, ys)).reshape(2, -1).T, 1)
    place, area = shapely.STRtree(shapes).query(shapely.points(xy_m), predicate="intersects")
    kept, first = np.unique(place, return_index=True)
    return xy_m[kept], np.asarray(area[first], dtype=np.int64)
