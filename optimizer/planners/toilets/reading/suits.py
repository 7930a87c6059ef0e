"""Which candidates suit, and the rule that each of the others breaks; what class a toilet belongs to where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from layers.city import City
from layers.kinds.facilities import WaterPoints
from layers.kinds.places import CrowdPlaces, SensitiveKind, SensitivePlaces
from layers.kinds.streets import RoadClass, Streets
from layers.layer import F64, Bool, Rows
from layers.text import Text
from optimizer.planners.toilets.params import ToiletsParams
from optimizer.planners.toilets.reading.candidates import Candidates
from optimizer.planners.toilets.reading.standing import Standing
from optimizer.planners.toilets.sizing.classes import land_m2
from optimizer.siting.candidates import twins

# Two places nearer than this are one.
SAME_M = 1.0
_PERCENT = 100.0
COMMERCIAL, RESIDENTIAL = "commercial", "residential"


@dataclass(frozen=True, slots=True)
class Broken:
    """Name the rule that keeps a candidate out.

    Parameters
    ----------
    rule
        Id of a standard, or ``land``, ``off_network``, ``outside``, ``duplicate`` or ``spacing``.
    """

    rule: str
    text: Text


@dataclass(frozen=True, eq=False)
class Setting:
    """Hold what lies about places, one row each.

    Parameters
    ----------
    grade
        Class of a toilet there: 1 where crowds gather, 2 on main and secondary roads, 3 elsewhere (CJJ 14-2016).
    crowded
        Whether a crowd place lies within the distance from crowds to a toilet, as the crow flies; shape (n,).
    residential
        Whether homes lie near, shape (n,).
    spacing_m
        Least distance to any other toilet, shape (n,).
    """

    grade: Rows
    crowded: Bool
    residential: Bool
    spacing_m: F64


def setting_of(city: City, xy_m: F64, params: ToiletsParams) -> Setting:
    """Return what lies about some places, shape (n, 2), metres."""
    sensitive, streets = city[SensitivePlaces], city[Streets]
    homes = sensitive.geometry.coords[sensitive.sensitive == SensitiveKind.HOME]
    crowded = apart_m(xy_m, city[CrowdPlaces].geometry.coords) <= params.crowd_m
    residential = apart_m(xy_m, homes) <= params.homes_m
    nearest = shapely.STRtree(streets.geometry.shapely).nearest(shapely.points(xy_m))
    major = np.isin(streets.road_class[nearest], [RoadClass.MAIN, RoadClass.SECONDARY])
    least_m = np.where(crowded, params.spacing_commercial_m, np.where(residential, params.spacing_residential_m, 0.0))
    grade = np.where(crowded, 1, np.where(major, 2, 3)).astype(np.int64)
    return Setting(grade, crowded, residential, params.spacing_share / _PERCENT * least_m)


def apart_m(xy_m: F64, others_m: F64) -> F64:
    """Return how far each place is from the nearest of some others as the crow flies, infinite where there is none."""
    away_m = np.full(len(xy_m), np.inf)
    if len(others_m) and len(xy_m):
        rows, distance_m = shapely.STRtree(shapely.points(others_m)).query_nearest(
            shapely.points(xy_m), return_distance=True, all_matches=False
        )
        away_m[rows[0]] = distance_m
    return away_m


def broken_rules(
    city: City, candidates: Candidates, standing: Standing, setting: Setting, off_m: F64, params: ToiletsParams
) -> dict[int, Broken]:
    """Return the first rule that each candidate breaks, by row.

    Parameters
    ----------
    off_m
        From each candidate to the nearest street that is walked, shape (n,).
    """
    found: dict[int, Broken] = {}
    args = (city, candidates, standing, setting, off_m, params)
    for rule in (_duplicates, _far_off, _small, _too_close, _crowding):
        for row, broken in rule(*args):
            found.setdefault(row, broken)
    return found


Found = Iterator[tuple[int, Broken]]


def _duplicates(
    city: City, candidates: Candidates, standing: Standing, setting: Setting, off_m: F64, params: ToiletsParams
) -> Found:
    for later, first in twins(candidates.shapes).items():
        other = candidates.ids[first]
        yield later, Broken("duplicate", Text(f"与备选地点 {other} 为同一处", f"the same place as candidate {other}"))
    away_m = apart_m(candidates.xy_m, standing.xy_m)
    for row in np.flatnonzero(away_m <= SAME_M).tolist():
        yield row, Broken("duplicate", Text("此处已有公厕", "a toilet stands there already"))


def _far_off(
    city: City, candidates: Candidates, standing: Standing, setting: Setting, off_m: F64, params: ToiletsParams
) -> Found:
    for row in np.flatnonzero(off_m > params.snap_m).tolist():
        zh = f"距可步行道路 {off_m[row]:.0f} m，超过 {params.snap_m:.0f} m（不在路网上，如在河中）"
        en = f"{off_m[row]:.0f} m from the nearest street that is walked, above {params.snap_m:.0f} m (as in a river)"
        yield row, Broken("off_network", Text(zh, en))
    for row in np.flatnonzero(candidates.district < 0).tolist():
        yield row, Broken("outside", Text("不在任何行政区内", "it lies in no district"))


def _small(
    city: City, candidates: Candidates, standing: Standing, setting: Setting, off_m: F64, params: ToiletsParams
) -> Found:
    least = np.array([land_m2(int(grade), params) for grade in setting.grade.tolist()])
    with np.errstate(invalid="ignore"):
        small = np.flatnonzero(candidates.land_m2 < least)
    for row in small.tolist():
        has, grade = candidates.land_m2[row], setting.grade[row]
        zh = f"用地 {has:.0f} m²，不足{'一二三'[grade - 1]}类公厕的 {least[row]:.0f} m²"
        en = f"{has:.0f} m2 of land, a toilet of class {grade} takes {least[row]:.0f} m2"
        yield row, Broken("land", Text(zh, en))


def _too_close(
    city: City, candidates: Candidates, standing: Standing, setting: Setting, off_m: F64, params: ToiletsParams
) -> Found:
    sensitive = city[SensitivePlaces]
    guarded = np.vstack([
        sensitive.geometry.coords[sensitive.sensitive == SensitiveKind.SCHOOL], city[WaterPoints].geometry.coords
    ])  # fmt: skip
    away_m = apart_m(candidates.xy_m, guarded)
    for row in np.flatnonzero(away_m < params.apart_m - 1e-6).tolist():
        zh = f"距学校或取水点 {away_m[row]:.0f} m，不足 {params.apart_m:.0f} m"
        en = f"{away_m[row]:.0f} m from a school or a water point, {params.apart_m:.0f} m are to be kept"
        yield row, Broken("W6", Text(zh, en))


def _crowding(
    city: City, candidates: Candidates, standing: Standing, setting: Setting, off_m: F64, params: ToiletsParams
) -> Found:
    away_m = apart_m(candidates.xy_m, standing.xy_m)
    for row in np.flatnonzero(away_m < setting.spacing_m - 1e-6).tolist():
        nearest = int(np.argmin(np.hypot(*(standing.xy_m - candidates.xy_m[row]).T)))
        zh = f"距现有公厕 {standing.ids[nearest]} 仅 {away_m[row]:.0f} m，间距应不小于 {setting.spacing_m[row]:.0f} m"
        en = (
            f"{away_m[row]:.0f} m from the toilet {standing.ids[nearest]}, {setting.spacing_m[row]:.0f} m are to be kept"
            " to any other"
        )
        yield row, Broken("spacing", Text(zh, en))
