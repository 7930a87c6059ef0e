"""Kilograms of points that say none: residents and jobs of the surroundings, a head, by stream."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from layers.city import City
from layers.kinds.facilities import WastePoints
from layers.kinds.places import Communities, Population
from layers.layer import F64, Bool
from layers.text import Text
from optimizer.ground.streams import STREAMS, numbers
from optimizer.plan import Assumed

# Farther from a point nobody brings waste there.
_REACH_M = 500.0
# Points are one where they lie this near, metres, and say the same.
_SAME_M = 0.01


class Rates(Protocol):
    """What a planner's parameters say of waste that points do not tell themselves."""

    @property
    def kg_head(self) -> float:
        """Of a resident, kilograms a day."""
        ...

    @property
    def kg_job(self) -> float:
        """Of a job."""
        ...

    @property
    def bin_kg(self) -> float:
        """Of a bin, where nobody is known."""
        ...

    @property
    def stream_shares(self) -> str:
        """Of the streams, in the order of `STREAMS`, comma-separated."""
        ...


def amounts_kg(city: City, params: Rates) -> tuple[F64, tuple[Assumed, ...]]:
    """Return the kilograms a day of each point and stream, shape (n_points, n_streams), and what of them nobody gave.

    Points without any amount get the waste of the residents and jobs to which they are nearest, within 500 m. A stream that
    a point says nothing of, where it does of others, is not put out there.
    """
    points = city[WastePoints]
    kg, blank = np.nan_to_num(_given_kg(points)), is_blank(points)
    if not blank.any():
        return kg, ()
    made, rule, lost_kg = generated_kg(city, params, blank)
    kg[blank] = made[blank]
    told = [Assumed(Text("垃圾量", "kilograms"), int(blank.sum()), rule)]
    if lost_kg >= 1:
        zh = f"居民和岗位的 {lost_kg:.0f} kg 距收集点超过 {_REACH_M:.0f} m，不在本方案内"
        en = f"{lost_kg:.0f} kg of residents and jobs are farther than {_REACH_M:.0f} m from every point: not planned"
        told.append(Assumed(Text("够不到收集点的垃圾", "waste beyond reach of points"), 1, Text(zh, en)))
    return kg, tuple(told)


def is_blank(points: WastePoints) -> Bool:
    """Return the points that say no amount of any stream, shape (n_points,)."""
    return np.asarray(np.isnan(_given_kg(points)).all(axis=1))


def _given_kg(points: WastePoints) -> F64:
    return np.column_stack([getattr(points, stream.column) for stream in STREAMS])


def generated_kg(city: City, params: Rates, wanting: Bool) -> tuple[F64, Text, float]:
    """Return the kilograms of each point and stream by the model, the rule in words, and the kilograms beyond reach.

    Parameters
    ----------
    wanting
        Points that share in it, shape (n_points,).

    Returns
    -------
    tuple
        Kilograms of shape (n_points, n_streams), the rule, and what people farther than 500 m from every point throw away.
    """
    import shapely

    points, shares = city[WastePoints], np.array(numbers(params.stream_shares, "stream_shares", len(STREAMS)))
    kg = np.zeros((len(points), len(STREAMS)))
    xy, people_kg = _people(city, params)
    rows = np.flatnonzero(wanting)
    if not len(xy):
        each = params.bin_kg * np.maximum(1, points.n_bins[rows])
        kg[rows] = each[:, None] * shares / shares.sum()
        zh, en = f"无人口数据：每桶 {params.bin_kg:g} kg", f"no population is known: {params.bin_kg:g} kg a bin"
        return kg, Text(zh, en), 0.0
    every = np.flatnonzero(np.isfinite(points.geometry.coords).all(axis=1))
    tree = shapely.STRtree(shapely.points(points.geometry.coords[every]))
    who, where = tree.query_nearest(shapely.points(xy), max_distance=_REACH_M, all_matches=False)
    total = np.bincount(every[where], weights=people_kg[who], minlength=len(points))
    kg[rows] = total[rows, None] * shares / shares.sum()
    zh = f"周边居民每人 {params.kg_head:g} kg、岗位 {params.kg_job:g} kg，归最近的收集点（{_REACH_M:.0f} m 内），按分类比例"
    en = f"{params.kg_head:g} kg a resident, {params.kg_job:g} kg a job, to the nearest point ({_REACH_M:.0f} m), by shares"
    return kg, Text(zh, en), float(people_kg.sum() - people_kg[who].sum())


def _people(city: City, params: Rates) -> tuple[F64, F64]:
    """Return where people are and what they throw away: of the population grid, else of the communities' middles."""
    if len(city[Population]):
        people = city[Population]
        kg = np.nan_to_num(people.n_residents) * params.kg_head + np.nan_to_num(people.n_jobs) * params.kg_job
        return people.geometry.coords, kg
    communities = city[Communities]
    if not len(communities):
        return np.empty((0, 2)), np.empty(0)
    import shapely

    middles = shapely.get_coordinates(shapely.centroid(communities.geometry.shapely))
    return middles, np.nan_to_num(communities.n_residents) * params.kg_head


def repeated(layer: WastePoints, kg: F64) -> dict[int, int]:
    """Return points that another one before them repeats: same place, name and amounts; the row of either."""
    first: dict[tuple[object, ...], int] = {}
    found = {}
    xy_m = layer.geometry.coords
    cells = np.round(np.where(np.isfinite(xy_m), xy_m, -1.0) / _SAME_M).tolist()
    for row, key in enumerate(zip(map(tuple, cells), layer.name.tolist(), map(tuple, kg.tolist()), strict=True)):
        if first.setdefault(key, row) != row:
            found[row] = first[key]
    return found
