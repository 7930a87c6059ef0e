"""Who lives, learns or lies ill beside a site: how far, and how many people its smell and noise reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.city import City
from layers.kinds.places import Population, SensitiveKind, SensitivePlaces
from layers.layer import F64, Bool, Rows
from layers.text import Text
from optimizer.plan import Assumed
from optimizer.planners.transfer.params import TransferParams


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Hold the places that need to be kept from smell and noise, arrays of shape (n_places,).

    Parameters
    ----------
    ids
        Of the places.
    xy_m
        Shape (n_places, 2).
    n_people
        Who is there.
    protected
        Schools and hospitals.
    assumed
        What nobody gave.
    """

    ids: NDArray[np.str_]
    xy_m: F64
    n_people: F64
    protected: Bool
    assumed: tuple[Assumed, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, eq=False)
class Beside:
    """Hold what lies beside each of some sites, arrays of shape (n_sites,).

    Parameters
    ----------
    away_m, nearest
        To the nearest place of any kind, which stands for the nearest building; infinite, and -1, where there is none.
    school_m, school
        The same of schools and hospitals alone.
    n_weighted
        People within reach, who count less the farther they are.
    """

    away_m: F64
    nearest: Rows
    school_m: F64
    school: Rows
    n_weighted: F64


def neighbours_of(city: City) -> Neighbours:
    """Return the sensitive places of a city, else its population grid, told as assumed."""
    places, grid = city[SensitivePlaces], city[Population]
    buildings = Text("相邻建筑", "neighbouring buildings")
    if len(places):
        rule = Text(
            "以敏感点（住宅、学校、医院）的点位代表建筑", "stand where the sensitive places are: homes, schools, hospitals"
        )
        protected = np.isin(places.sensitive, (SensitiveKind.SCHOOL, SensitiveKind.HOSPITAL))
        blank = int(np.isnan(places.n_people).sum())
        told = (Assumed(buildings, len(places), rule), *_without_people(blank))
        return Neighbours(places.ids, places.geometry.coords, np.nan_to_num(places.n_people), protected, told)
    if len(grid):
        rule = Text(
            "无敏感点图层：以人口格点代表住宅",
            "no sensitive places are known: homes stand where the population grid has people",
        )
        inhabited = np.flatnonzero(np.nan_to_num(grid.n_residents) > 0)
        nobody = np.zeros(len(inhabited), dtype=bool)
        told = (Assumed(buildings, len(inhabited), rule),)
        return Neighbours(grid.ids[inhabited], grid.geometry.coords[inhabited], grid.n_residents[inhabited], nobody, told)
    rule = Text(
        "无敏感点与人口数据：未考虑与建筑的距离和扰民",
        "neither places nor people are known: distances and nuisance do not count",
    )
    return Neighbours(np.empty(0, "U1"), np.empty((0, 2)), np.empty(0), np.empty(0, bool), (Assumed(buildings, 0, rule),))


def _without_people(n: int) -> tuple[Assumed, ...]:
    return (
        (Assumed(Text("敏感点人数", "people at sensitive places"), n, Text("未给人数：按 0 人", "none given: nobody")),)
        if n
        else ()
    )


def beside(neighbours: Neighbours, shapes: NDArray[Any], params: TransferParams) -> Beside:
    """Return what lies beside some outlines."""
    import shapely

    n = len(shapes)
    points = shapely.points(neighbours.xy_m)
    away_m, nearest = _nearest(points, np.arange(len(points)), shapes)
    school_m, school = _nearest(points, np.flatnonzero(neighbours.protected), shapes)
    weighted = np.zeros(n)
    if n and len(points) and params.nuisance_m > 0:
        site, place = shapely.STRtree(points).query(shapes, "dwithin", params.nuisance_m)
        far = shapely.distance(points[place], shapes[site])
        near = (1 - far / params.nuisance_m) * _wind(neighbours.xy_m[place] - middles(shapes)[site], params)
        np.add.at(weighted, site, neighbours.n_people[place] * near)
    return Beside(away_m, nearest, school_m, school, weighted)


def middles(shapes: NDArray[Any]) -> F64:
    """Return the middle of each outline, shape (n, 2); NaN where there is none."""
    import shapely

    found = shapely.centroid(shapes)
    return np.column_stack([shapely.get_x(found), shapely.get_y(found)])


def _nearest(points: NDArray[Any], rows: Rows, shapes: NDArray[Any]) -> tuple[F64, Rows]:
    import shapely

    away_m, nearest = np.full(len(shapes), np.inf), np.full(len(shapes), -1, dtype=np.int64)
    there = np.flatnonzero(~shapely.is_empty(shapes)) if len(shapes) else np.empty(0, dtype=np.int64)
    if len(rows) and len(there):
        hit = np.asarray(shapely.STRtree(points[rows]).nearest(shapes[there]), dtype=np.int64)
        nearest[there] = rows[hit]
        away_m[there] = shapely.distance(points[rows[hit]], shapes[there])
    return away_m, nearest


def _wind(way_m: F64, params: TransferParams) -> F64:
    """Return how much more, or less, people count by the wind that blows from the site to them, shape (n,)."""
    if params.wind_from_deg < 0:
        return np.ones(len(way_m))
    from_rad = np.deg2rad(params.wind_from_deg)
    blows = -np.array([np.sin(from_rad), np.cos(from_rad)])
    along = way_m @ blows / np.maximum(1e-9, np.hypot(*way_m.T))
    return np.asarray(1 + params.wind_share * along)
