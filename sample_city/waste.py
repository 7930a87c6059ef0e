"""Where waste is put out: points along the streets about each block, by what its people throw away."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.geometry import Geometry
from layers.kinds.facilities import WastePoints
from layers.kinds.streets import RoadClass, Streets
from layers.layer import Str
from sample_city.blocks import Land
from sample_city.districts import Areas
from sample_city.people import People
from sample_city.streets import numbered
from sample_city.sums import sums
from sample_city.terrain import F64, Bend, Rng

KG_A_HEAD = 0.90  # households, kg a day
KG_A_JOB = 0.19  # shops and offices
_STREAMS = (0.60, 0.215, 0.18, 0.005)  # other, food, recyclable, hazardous
_POINT_KG = 230.0  # about four bins of 240 L
_OFF_M = 11.0  # from the middle of the street


def block_waste_kg(people: People) -> F64:
    """Return the waste of each block, kg a day."""
    return people.n_residents * KG_A_HEAD + people.n_jobs * KG_A_JOB


def waste_layer(land: Land, people: People, areas: Areas, ways: tuple[Streets, Bend], rng: Rng) -> WastePoints:
    """Return the waste points, each at its street; their sum is the city's waste.

    Parameters
    ----------
    ways
        The streets, and how straight lines are bent to theirs.
    """
    streets, bend = ways
    kg = block_waste_kg(people)
    n_points = np.ceil(kg / _POINT_KG).astype(np.int64)
    rows = np.repeat(np.arange(len(kg)), n_points)
    n = len(rows)
    share = rng.uniform(0.6, 1.4, n)
    of_block = sums(rows, share, len(kg))
    each = kg[rows] * share / of_block[rows]
    streams = np.array(_STREAMS)[None, :] * rng.uniform(0.8, 1.2, (n, 4))
    streams = each[:, None] * streams / streams.sum(axis=1, keepdims=True)
    xy, street = _at_streets(bend(_about(land, rows, n_points, rng)), streets)
    return WastePoints(
        ids=numbered("Y", n),
        geometry=Geometry.points(np.round(xy, 2)),
        name=np.array([f"{i + 1}号收集点" for i in range(n)]),
        district=np.array(areas.names)[areas.of_block[rows]],
        other_kg_day=np.round(streams[:, 0], 1),
        food_kg_day=np.round(streams[:, 1], 1),
        recyclable_kg_day=np.round(streams[:, 2], 1),
        hazardous_kg_day=np.round(streams[:, 3], 2),
        n_bins=np.maximum(2, np.ceil(each / 62.0)).astype(np.int32),
        street=street,
    )


def _at_streets(xy: F64, streets: Streets) -> tuple[F64, Str]:
    """Return points and the street of each; one beside an expressway, where no truck may stop, moves to the next street."""
    ids, lines = streets.ids, streets.geometry.shapely
    points = shapely.points(xy)
    nearest = shapely.STRtree(lines).nearest(points)
    usable = np.flatnonzero((streets.road_class != RoadClass.EXPRESSWAY) & (streets.level == 0))
    moved = ~np.isin(nearest, usable)
    nearest[moved] = usable[shapely.STRtree(lines[usable]).nearest(points[moved])]
    line = lines[nearest[moved]]
    foot = shapely.get_coordinates(shapely.line_interpolate_point(line, shapely.line_locate_point(line, points[moved])))
    aside = xy[moved] - foot
    placed = xy.copy()
    placed[moved] = foot + aside / np.maximum(np.hypot(*aside.T), 1.0)[:, None] * _OFF_M
    return placed, ids[nearest]


def _about(land: Land, rows: NDArray[np.int64], n_points: NDArray[np.int64], rng: Rng) -> F64:
    """Return points along the inner edges of blocks, a little way off the middle of the street, shape (k, 2).

    Parameters
    ----------
    rows
        Block of each point, sorted.
    n_points
        Points of each block.
    """
    sizes = np.array([len(r) + 1 for r in land.rings])
    closed = np.concatenate([np.vstack([r, r[:1]]) for r in land.rings])
    first = np.cumsum(sizes) - sizes
    step_m = np.hypot(*np.diff(closed, axis=0).T)
    step_m[first[1:] - 1] = 1.0  # from one ring to the next
    at = np.concatenate([[0.0], np.cumsum(step_m)])
    begin, end = at[first], at[first + sizes - 1]
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(n_points) - n_points, n_points)
    share = (nth + rng.uniform(0.2, 0.8, len(rows))) / n_points[rows]
    s = begin[rows] + share * (end - begin)[rows]
    xy = np.column_stack([np.interp(s, at, closed[:, k]) for k in (0, 1)])
    middle = np.add.reduceat(closed, first, axis=0) / sizes[:, None]
    inward: F64 = middle[rows] - xy
    placed: F64 = xy + inward / np.maximum(np.hypot(*inward.T), 1.0)[:, None] * _OFF_M
    return placed
