"""Plots of land in the gaps between streets: where a station or a toilet could stand, car parks and idle land."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.geometry import Geometry, Shape
from layers.kinds.facilities import CandidateSites
from layers.kinds.parking import LotKind, Lots
from sample_city.blocks import Land
from sample_city.districts import Areas, bent, block_polygons
from sample_city.names import bases
from sample_city.people import People
from sample_city.roadside import Roadside
from sample_city.spec import Spec, Zone
from sample_city.streets import numbered
from sample_city.terrain import F64, Bend, Rng

I64 = NDArray[np.int64]
_SETBACK_M = 16.0
_PRICE = {Zone.OLD: 9000.0, Zone.CENTRAL: 5500.0, Zone.OUTER: 2200.0, Zone.INDUSTRY: 800.0}


@dataclass(frozen=True, eq=False)
class Plots:
    """Hold rectangles that lie free within blocks, with the block of each."""

    shapes: NDArray[np.object_]
    block: I64


def find_plots(land: Land, people: People, n_tries: int, rng: Rng) -> Plots:
    """Return free plots, each beside an edge of its block and none touching another."""
    usable = np.flatnonzero(~np.isin(land.zone, [Zone.WATER, Zone.GREEN]) & ~people.park & (people.area_m2 > 5000.0))
    rows = rng.permutation(usable)[:n_tries]
    corners = np.array([_rectangle(land.rings[i], float(people.area_m2[i]), rng) for i in rows])
    shapes = np.asarray(shapely.polygons(corners), dtype=object)
    blocks = block_polygons(land)[rows]
    free = shapely.contains(shapely.buffer(blocks, -9.0), shapes)
    return Plots(shapes[free], rows[free])


def _rectangle(ring: F64, area_m2: float, rng: Rng) -> F64:
    """Return the corners of a rectangle along the longest edge of a block, shape (4, 2)."""
    edges = np.roll(ring, -1, axis=0) - ring
    size = np.hypot(*edges.T)
    k = int(np.argmax(size))
    way = edges[k] / size[k]
    inward = np.array([-way[1], way[0]])
    land_m2 = min(np.exp(rng.uniform(np.log(500.0), np.log(14_000.0))), 0.3 * area_m2)
    ratio = rng.uniform(1.1, 1.8)
    wide, deep = (land_m2 * ratio) ** 0.5, (land_m2 / ratio) ** 0.5
    start = ring[k] + way * (size[k] * rng.uniform(0.3, 0.7) - wide / 2) + inward * _SETBACK_M
    return np.array([start, start + way * wide, start + way * wide + inward * deep, start + inward * deep])


def site_layer(
    spec: Spec, land: Land, plots: Plots, areas: Areas, road: Roadside, place: tuple[Bend, Rng]
) -> tuple[CandidateSites, NDArray[np.int64]]:
    """Return candidate sites, at least a dozen and a half a district where there is room, and the plots that are left."""
    bend, rng = place
    per_district = 18 if spec.radius_m < 20_000 else 60
    owner = areas.of_block[plots.block]
    taken = np.concatenate([np.flatnonzero(owner == d)[:per_district] for d in range(len(areas.names))])
    shapes = np.array([bent(s, bend) for s in plots.shapes[taken]], dtype=object)
    nearest = np.asarray(shapely.STRtree(road.lines).nearest(shapes), dtype=np.int64)
    price = np.array([_PRICE[Zone(z)] for z in land.zone[plots.block[taken]]]) * rng.lognormal(0, 0.25, len(taken))
    pool = bases(rng)
    sites = CandidateSites(
        ids=numbered("K", len(taken)),
        geometry=Geometry.from_shapely(Shape.AREA, shapes),
        name=np.array([f"{next(pool)}地块" for _ in taken]),
        district=np.array(areas.names)[owner[taken]],
        land_m2=np.round(shapely.area(shapes)),
        access_width_m=np.round(2 * road.half_width_m[nearest], 1),
        land_yuan_m2=np.round(price, -2),
    )
    return sites, np.setdiff1d(np.arange(len(plots.block)), taken)


def lot_layer(plots: Plots, left: I64, areas: Areas, bend: Bend, rng: Rng) -> Lots:
    """Return car parks (with berths) and idle land (without) on the plots that are left."""
    shapes = np.array([bent(s, bend) for s in plots.shapes[left]], dtype=object)
    land_m2, n = np.round(shapely.area(shapes)), len(left)
    idle = rng.random(n) < 0.42
    pool = bases(rng)
    names = [next(pool) + ("闲置地" if i else "停车场") for i in idle]
    return Lots(
        ids=numbered("H", n),
        geometry=Geometry.from_shapely(Shape.AREA, shapes),
        name=np.array(names),
        district=np.array(areas.names)[areas.of_block[plots.block[left]]],
        lot=np.where(idle, LotKind.IDLE_LAND, LotKind.CAR_PARK).astype(np.int8),
        land_m2=land_m2,
        n_berths=np.where(idle, 0, np.round(land_m2 / 28.0)).astype(np.int32),
        public=~idle & (rng.random(n) < 0.55),
    )
