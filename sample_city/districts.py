"""Divide the city into districts along its main roads, and into communities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.geometry import Geometry, Shape
from layers.kinds.places import DistrictRing, Districts
from sample_city.blocks import Land
from sample_city.skeleton import Skeleton
from sample_city.spec import Spec, Zone
from sample_city.terrain import F64, Bend, Rng, Terrain

_CENTRAL = ("鼓城", "文昌", "青溪", "河东", "白塔", "钟山", "云台", "泰和")
_OUTER = ("江北", "东湖", "南浦", "西岭", "临港", "栖云", "龙津")


@dataclass(frozen=True, eq=False)
class Areas:
    """Hold which district each face, block and point belongs to.

    Parameters
    ----------
    names
        Of the districts, central ones first.
    of_face, of_block
        Row of the district.
    """

    names: tuple[str, ...]
    of_face: NDArray[np.int64]
    of_block: NDArray[np.int64]


def lay_districts(spec: Spec, terrain: Terrain, skeleton: Skeleton, land: Land, rng: Rng) -> Areas:
    """Return the districts: the core and sectors about it, then the outer ones."""
    centres = shapely.get_coordinates(shapely.centroid(list(skeleton.faces)))
    far = np.hypot(centres[:, 0] / 1.12, (centres[:, 1] - 0.03 * spec.radius_m) / 0.92) / spec.radius_m
    n = spec.n_central + spec.n_outer
    seeds = _seeds(spec, rng)
    river = terrain.river_line.coords[:]
    south = np.interp(centres[:, 0], [p[0] for p in river], [p[1] for p in river]) > centres[:, 1]
    seed_south = np.interp(seeds[:, 0], [p[0] for p in river], [p[1] for p in river]) > seeds[:, 1]
    away = np.hypot(*(centres[:, None, :] - seeds[None, :, :]).transpose(2, 0, 1))
    away = away + 0.16 * spec.radius_m * (south[:, None] != seed_south[None, :])
    outer = far > (spec.central_share if spec.n_outer else 9.0)
    wrong = outer[:, None] != (np.arange(n) >= spec.n_central)[None, :]
    of_face = np.argmin(np.where(wrong, np.inf, away), axis=1)
    names = [_CENTRAL[i] + "区" for i in rng.permutation(len(_CENTRAL))[: spec.n_central]]
    names += [_OUTER[i] + "区" for i in rng.permutation(len(_OUTER))[: spec.n_outer]]
    return Areas(tuple(names), of_face, of_face[land.face])


def _seeds(spec: Spec, rng: Rng) -> F64:
    if spec.n_outer == 0:
        return np.zeros((1, 2))
    around = spec.n_central - 1
    angle = rng.uniform(0, 2 * np.pi) + np.arange(around) * 2 * np.pi / around
    reach = 0.63 * spec.central_share * spec.radius_m
    central = np.column_stack([1.1 * np.cos(angle), 0.9 * np.sin(angle)]) * reach
    angle = rng.uniform(0, 2 * np.pi) + np.arange(spec.n_outer) * 2 * np.pi / spec.n_outer
    outer = np.column_stack([np.cos(angle), np.sin(angle)]) * (0.5 + spec.central_share / 2) * spec.radius_m
    return np.vstack([[0.0, 0.05 * spec.radius_m], central, outer])


def district_layer(spec: Spec, skeleton: Skeleton, land: Land, areas: Areas, bend: Bend) -> Districts:
    """Return the districts as a layer."""
    faces = np.array(skeleton.faces, dtype=object)
    shapes = [bent(shapely.union_all(faces[areas.of_face == i]), bend) for i in range(len(areas.names))]
    dry = ~np.isin(land.zone, [Zone.WATER, Zone.GREEN])
    size = shapely.area(block_polygons(land))
    built_m2 = np.bincount(areas.of_block[dry], weights=size[dry], minlength=len(areas.names))
    ring = np.where(np.arange(len(areas.names)) < spec.n_central, DistrictRing.CENTRAL, DistrictRing.OUTER)
    return Districts(
        ids=np.array([f"D{i + 1:02d}" for i in range(len(areas.names))]),
        geometry=Geometry.from_shapely(Shape.AREA, shapes),
        name=np.array(areas.names),
        ring=ring.astype(np.int8),
        built_up_m2=np.round(built_m2),
    )


def bent(shape: shapely.Geometry, bend: Bend) -> shapely.Geometry:
    """Return a shape bent like the streets, with points enough to follow them."""
    return shapely.transform(shapely.segmentize(shape, 60.0), bend)


def block_polygons(land: Land) -> NDArray[np.object_]:
    """Return the blocks as polygons in the straight plane, shape (n,)."""
    sizes = [len(r) + 1 for r in land.rings]
    coords = np.concatenate([np.vstack([r, r[:1]]) for r in land.rings])
    rings = shapely.linearrings(coords, indices=np.repeat(np.arange(len(sizes)), sizes))
    return np.asarray(shapely.polygons(rings), dtype=object)
