"""Where a toilet could be built: own list, lots, drawn by hand, or places along streets where a city has none of these."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from layers.city import City
from layers.kinds.streets import RoadClass, Streets
from layers.layer import F64, AnyArray, Bool, Rows
from layers.text import Text
from optimizer.ground.places import typed, xy_of
from optimizer.names import place_item
from optimizer.planners.toilets.params import ToiletsParams
from optimizer.planners.toilets.reading.areas import Areas
from optimizer.siting import candidates as siting

OWN, LOT, DRAWN, STREET = "own", "lot", "drawn", "street"
SOURCES = {
    OWN: Text("备选用地", "candidate site"),
    LOT: Text("闲置地", "idle land"),
    DRAWN: Text("手绘", "drawn by hand"),
    STREET: Text("沿街假定地点", "place assumed along a street"),
}


@dataclass(frozen=True, eq=False)
class Candidates:
    """Hold candidates as points, one row each.

    Parameters
    ----------
    ids, names, sources
        Shape (n,).
    shapes
        Outlines, or points where only a place is known, shape (n,).
    xy_m
        A point within each, shape (n, 2).
    district
        Row of the district, -1 for none, shape (n,).
    land_m2, price_yuan_m2
        NaN where unknown, shape (n,).
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    sources: tuple[str, ...]
    shapes: AnyArray
    xy_m: F64
    district: Rows
    land_m2: F64
    price_yuan_m2: F64

    def __len__(self) -> int:
        return len(self.ids)


def candidates_of(city: City, areas: Areas, params: ToiletsParams) -> Candidates:
    """Return all candidates, whether they suit or not.

    Raises
    ------
    ParameterError
        Where a place drawn by hand cannot be read.
    """
    streets = city[Streets]
    walked = (streets.road_class != RoadClass.EXPRESSWAY) & ~streets.closed
    parts = [_listed(siting.listed(city, streets, walked), OWN, areas, np.nan), _drawn(city, areas, params)]
    if params.lots:
        parts.append(_listed(siting.idle_lots(city, streets, walked), LOT, areas, params.lot_yuan_m2))
    if not sum(map(len, parts)):
        parts.append(_along_streets(streets, walked, areas, params))
    return Candidates(
        tuple(i for part in parts for i in part.ids),
        tuple(n for part in parts for n in part.names),
        tuple(s for part in parts for s in part.sources),
        np.concatenate([part.shapes for part in parts]),
        np.vstack([part.xy_m for part in parts]),
        np.concatenate([part.district for part in parts]),
        np.concatenate([part.land_m2 for part in parts]),
        np.concatenate([part.price_yuan_m2 for part in parts]),
    )


def _listed(found: siting.Candidates, source: str, areas: Areas, price_yuan_m2: float) -> Candidates:
    district = areas.rows_of(found.district, found.xy_m)
    price = np.where(np.isnan(found.land_yuan_m2), price_yuan_m2, found.land_yuan_m2)
    n = len(found)
    return Candidates(
        tuple(found.ids.tolist()), tuple(found.name.tolist()), (source,) * n, np.asarray(found.shapes, dtype=object),
        found.xy_m, district, found.land_m2, price,
    )  # fmt: skip


def _drawn(city: City, areas: Areas, params: ToiletsParams) -> Candidates:
    places = typed(params.drawn, "drawn", city.epsg)
    return _points(tuple(p.id for p in places), DRAWN, xy_of(places), areas)


def _along_streets(streets: Streets, walked: Bool, areas: Areas, params: ToiletsParams) -> Candidates:
    """Return places on streets that are walked, the first of each square of a grid in the order of the streets."""
    lines = streets.geometry.shapely[walked]
    lengths_m = shapely.length(lines)
    n_points = np.maximum(1, np.ceil(lengths_m / params.street_step_m)).astype(np.int64)
    line = np.repeat(np.arange(len(lines)), n_points)
    within = np.arange(len(line)) - np.repeat(np.cumsum(n_points) - n_points, n_points)
    points = shapely.line_interpolate_point(lines[line], (within + 0.5) / n_points[line], normalized=True)
    xy_m = np.round(shapely.get_coordinates(points), 1).reshape(-1, 2)
    _, first = np.unique(np.floor(xy_m / params.street_step_m), axis=0, return_index=True)
    xy_m = xy_m[np.sort(first)]
    return _points(tuple(place_item(x, y) for x, y in xy_m.tolist()), STREET, xy_m, areas)


def _points(ids: tuple[str, ...], source: str, xy_m: F64, areas: Areas) -> Candidates:
    n, unknown = len(ids), np.full(len(ids), np.nan)
    shapes = np.array(shapely.points(xy_m), dtype=object).reshape(-1)
    return Candidates(ids, ("",) * n, (source,) * n, shapes, xy_m, areas.holding(xy_m), unknown, unknown)
