"""Where waste is put out: points along the streets about each block, by what its people throw away."""

from __future__ import annotations

import numpy as np

from layers.geometry import Geometry
from layers.kinds.facilities import WastePoints
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


def block_waste_kg(people: People) -> F64:
    """Return the waste of each block, kg a day."""
    return people.n_residents * KG_A_HEAD + people.n_jobs * KG_A_JOB


def waste_layer(land: Land, people: People, areas: Areas, bend: Bend, rng: Rng) -> WastePoints:
    """Return the waste points; their sum is the city's waste."""
    kg = block_waste_kg(people)
    n_points = np.ceil(kg / _POINT_KG).astype(np.int64)
    rows = np.repeat(np.arange(len(kg)), n_points)
    places = [_about(land.rings[i], int(n_points[i]), rng) for i in np.flatnonzero(n_points)]
    n = len(rows)
    share = rng.uniform(0.6, 1.4, n)
    of_block = sums(rows, share, len(kg))
    each = kg[rows] * share / of_block[rows]
    streams = np.array(_STREAMS)[None, :] * rng.uniform(0.8, 1.2, (n, 4))
    streams = each[:, None] * streams / streams.sum(axis=1, keepdims=True)
    return WastePoints(
        ids=numbered("Y", n),
        geometry=Geometry.points(np.round(bend(np.concatenate(places)), 2)),
        name=np.array([f"{i + 1}号收集点" for i in range(n)]),
        district=np.array(areas.names)[areas.of_block[rows]],
        other_kg_day=np.round(streams[:, 0], 1),
        food_kg_day=np.round(streams[:, 1], 1),
        recyclable_kg_day=np.round(streams[:, 2], 1),
        hazardous_kg_day=np.round(streams[:, 3], 2),
        n_bins=np.maximum(2, np.ceil(each / 62.0)).astype(np.int32),
    )


def _about(ring: F64, n: int, rng: Rng) -> F64:
    """Return `n` points along the inner edge of a block, a little way off the middle of the street."""
    closed = np.vstack([ring, ring[:1]])
    at = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    s = (np.arange(n) + rng.uniform(0.2, 0.8, n)) / n * at[-1]
    xy = np.column_stack([np.interp(s, at, closed[:, k]) for k in (0, 1)])
    inward: F64 = ring.mean(axis=0) - xy
    placed: F64 = xy + inward / np.maximum(np.hypot(*inward.T), 1.0)[:, None] * 11.0
    return placed
