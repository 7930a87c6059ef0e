"""Fill the street ledger: widths and lanes by class, one-ways, lamps, cleaning grades, key areas, contract sections."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from layers.geometry import Geometry, Shape
from layers.kinds.junctions import Junctions, TurnRule, Turns
from layers.kinds.streets import Oneway, RoadClass, Streets
from layers.layer import Bool, Str
from layers.units import TONNE_KG, mps
from sample_city.blocks import Land
from sample_city.segments import Segments
from sample_city.spec import Spec
from sample_city.terrain import F64, Rng

EXPRESSWAY, MAIN, SECONDARY, BRANCH, BACK = (int(c) for c in list(RoadClass)[1:])
_SPEED_KMH = np.array([0.0, 65.0, 45.0, 38.0, 28.0, 14.0])
_LIT_SHARE = np.array([0.0, 1.0, 1.0, 1.0, 0.93, 0.72])
_PEAKS = "07:00-09:00=0.55;16:00-18:00=0.6"
_BANNED = "07:00-09:00,16:00-18:00"


@dataclass(frozen=True, eq=False)
class Setting:
    """Hold what decides a segment's attributes, one row a segment.

    Parameters
    ----------
    grade
        Class.
    far
        Distance from the centre as a share of the city's radius.
    district, name
        Of each.
    key_area
        Whether it lies about a place that draws crowds.
    """

    grade: NDArray[np.int64]
    far: F64
    district: Str
    name: Str
    key_area: Bool


Widths = tuple[NDArray[np.int64], F64, Bool]


def fill_streets(spec: Spec, where: tuple[Land, Segments], setting: Setting, widths: Widths, rng: Rng) -> Streets:
    """Return the streets with every column filled."""
    land, cut = where
    grade, n = setting.grade, len(setting.grade)
    lanes, width_m, barrier = widths
    speed = mps(1.0) * _SPEED_KMH[grade] * np.where(setting.far < spec.ring_shares[0], 0.85, 1.0)
    oneway = _oneways(cut, grade, width_m, rng)
    level = np.where(land.bridge[cut.line], 1, np.where(land.tunnel[cut.line], -1, 0))
    central = setting.far < spec.central_share
    cycle = (grade <= SECONDARY) & (grade >= MAIN) | ((grade == BRANCH) & (width_m >= 9.0) & (rng.random(n) < 0.3))
    bus = (grade == BRANCH) & (rng.random(n) < 0.25)
    swept_m2 = cut.length_m * (width_m + np.where(cycle, 5.0, 0.0)) * rng.uniform(0.97, 1.03, n)
    weight_t = np.where(
        land.bridge[cut.line], np.where(grade == EXPRESSWAY, 55.0, 40.0), np.where(grade == BACK, 12.0, np.nan)
    )
    weight_t = np.where((grade == BACK) & (rng.random(n) < 0.93), np.nan, weight_t)
    return Streets(
        ids=numbered("S", n),
        geometry=Geometry(Shape.LINE, cut.coords, (cut.offsets,)),
        from_junction=numbered("J", len(cut.node_xy))[cut.tail],
        to_junction=numbered("J", len(cut.node_xy))[cut.head],
        name=setting.name,
        road_class=grade.astype(np.int8),
        length_m=cut.length_m,
        width_m=np.round(width_m, 1),
        n_lanes=lanes.astype(np.int32),
        oneway=oneway,
        speed_mps=np.round(speed, 3),
        speed_by_hour=np.where((grade <= SECONDARY) & central, _PEAKS, ""),
        lit=rng.random(n) < _LIT_SHARE[grade],
        cleaning_grade=_grades(setting, bus).astype(np.int32),
        key_area=setting.key_area,
        wash=(setting.key_area & (grade >= SECONDARY)) | ((grade == MAIN) & central),
        footway=(grade != EXPRESSWAY) & ((grade < BACK) | (rng.random(n) < 0.15)),
        cycle_lane=cycle,
        centre_barrier=barrier,
        swept_area_m2=np.round(swept_m2),
        contract_section=_sections(cut, setting),
        ban_periods=np.where((grade <= MAIN) & central, _BANNED, ""),
        max_height_m=_heights(land, cut, setting, rng),
        max_weight_kg=weight_t * TONNE_KG,
        closed=(grade == BACK) & (rng.random(n) < 0.004),
        level=level.astype(np.int32),
        district=setting.district,
    )


def numbered(letter: str, n: int) -> Str:
    """Return `n` ids: a letter and a number from 1."""
    return np.char.add(letter, np.char.zfill(np.arange(1, n + 1).astype(str), max(5, len(str(n)))))


def draw_widths(land: Land, cut: Segments, grade: NDArray[np.int64], far: F64, rng: Rng) -> Widths:
    """Return lanes, carriageway width in metres and centre barrier of each segment, alike along a road."""
    n_lines = len(land.plan.lines)
    one, two = rng.random(n_lines)[cut.line], rng.random(n_lines)[cut.line]
    # pieces of one main road share its width
    roads = rng.random(max(1, int(land.road.max()) + 1))
    road = land.road[cut.line]
    one = np.where(road >= 0, roads[np.maximum(road, 0)], one)
    lanes = np.select(
        [grade == EXPRESSWAY, grade == MAIN, grade == SECONDARY, grade == BRANCH],
        [np.where(one < 0.6, 6, 8), np.where(one < 0.45, 4, np.where(one < 0.9, 6, 8)), np.where(one < 0.55, 2, 4), 2],
        1,
    )
    lane_m = np.select(
        [grade == EXPRESSWAY, grade == MAIN, grade == SECONDARY], [3.75, 3.5, np.where(lanes == 2, 4.5, 3.25)], 3.5
    )
    back_m = 2.2 + 4.2 * two + np.where(far > 0.3, 0.8, 0.0)
    branch_m = 7.0 + 4.0 * one * two
    width_m = np.select(
        [grade == BACK, grade == BRANCH], [back_m, branch_m], lanes * lane_m + np.where(grade == EXPRESSWAY, 1.0, 0.5)
    )
    lanes = np.where((grade == BACK) & (width_m >= 6.0), 2, lanes)
    return lanes, width_m, (grade == EXPRESSWAY) | ((grade == MAIN) & (lanes >= 6))


def _grades(setting: Setting, bus: Bool) -> NDArray[np.int64]:
    """Return cleaning grades as CJJ/T 126-2022 sorts roads: trunk roads and key places 1, secondary and bus roads 2."""
    grade = setting.grade
    return np.where((grade <= MAIN) | setting.key_area, 1, np.where((grade == SECONDARY) | bus, 2, 3))


def _oneways(cut: Segments, grade: NDArray[np.int64], width_m: F64, rng: Rng) -> NDArray[np.int8]:
    """Return one-way streets, whole lines at a time, and as many as leave every place within reach of every other."""
    n_lines = int(cut.line.max()) + 1
    share = np.array([0.0, 0.0, 0.0, 0.03, 0.16, 0.26])[grade]
    wanted = (rng.random(n_lines)[cut.line] < share) & ((grade != BACK) | (width_m > 2.6))
    forward = rng.random(n_lines)[cut.line] < 0.5
    n = len(cut.node_xy)
    while True:
        ahead, back = ~wanted | forward, ~wanted | ~forward
        rows = np.concatenate([cut.tail[ahead], cut.head[back]])
        cols = np.concatenate([cut.head[ahead], cut.tail[back]])
        graph = coo_array((np.ones(len(rows)), (rows, cols)), shape=(n, n))
        _, part = connected_components(graph, directed=True, connection="strong")
        between = wanted & (part[cut.tail] != part[cut.head])
        if not between.any():
            break
        wanted &= ~between
    return np.where(~wanted, Oneway.BOTH, np.where(forward, Oneway.FORWARD, Oneway.BACKWARD)).astype(np.int8)


def _sections(cut: Segments, setting: Setting) -> Str:
    """Return contract sections: each district is let in strips of about equal street length."""
    found = np.empty(len(setting.district), dtype="U12")
    for name in np.unique(setting.district):
        rows = np.flatnonzero(setting.district == name)
        order = rows[np.argsort(cut.flat_middle[rows, 0] * 0.8 + cut.flat_middle[rows, 1] * 0.6, kind="stable")]
        n_sections = 2 + len(rows) % 2 + (len(rows) > 900)
        share = np.cumsum(cut.length_m[order]) / cut.length_m[order].sum()
        which = np.minimum((share * n_sections).astype(np.int64), n_sections - 1)
        found[order] = [f"{str(name).rstrip('区')}{'一二三四五'[k]}标段" for k in which]
    return found


def _heights(land: Land, cut: Segments, setting: Setting, rng: Rng) -> F64:
    """Return height limits: in tunnels, and under the odd railway bridge."""
    under = (setting.grade >= SECONDARY) & (rng.random(len(setting.grade)) < 0.002)
    low = np.where(rng.random(len(under)) < 0.4, 2.8, 3.5)
    return np.where(land.tunnel[cut.line], 4.5, np.where(under, low, np.nan))


def fill_junctions(cut: Segments, grade: NDArray[np.int64]) -> Junctions:
    """Return the junctions; signals stand where main and secondary roads meet."""
    n = len(cut.node_xy)
    best = np.full(n, BACK + 1)
    legs = np.zeros(n, dtype=np.int64)
    for end in (cut.tail, cut.head):
        np.minimum.at(best, end, grade)
        np.add.at(legs, end, grade <= SECONDARY)
    signals = (legs >= 3) & (best >= EXPRESSWAY)
    return Junctions(ids=numbered("J", n), geometry=Geometry.points(cut.node_xy), signals=signals)


def ban_turns(streets: Streets, cut: Segments, signals: Bool, rng: Rng) -> Turns:
    """Return left turns that are banned at some crossings of main roads, where three other ways remain."""
    legs: dict[int, list[tuple[int, bool]]] = {}
    for row in np.flatnonzero(streets.road_class <= SECONDARY):
        legs.setdefault(int(cut.tail[row]), []).append((int(row), True))
        legs.setdefault(int(cut.head[row]), []).append((int(row), False))
    crossings = [node for node, around in sorted(legs.items()) if len(around) == 4 and signals[node]]
    found = []
    for node in crossings:
        if rng.random() > 0.16:
            continue
        around = legs[node]
        came, _ = around[int(rng.integers(4))]
        into = _left_of(streets, cut, node, came, [r for r, _ in around])
        if into is not None and streets.oneway[came] == streets.oneway[into] == Oneway.BOTH:
            found.append((came, node, into))
    ids, junctions = streets.ids, numbered("J", len(cut.node_xy))
    return Turns(
        ids=numbered("T", len(found)),
        geometry=Geometry.points(cut.node_xy[[n for _, n, _ in found]] if found else np.empty((0, 2))),
        from_street=ids[[a for a, _, _ in found]],
        via_junction=junctions[[n for _, n, _ in found]],
        to_street=ids[[b for _, _, b in found]],
        rule=np.full(len(found), TurnRule.BANNED, dtype=np.int8),
    )


def _left_of(streets: Streets, cut: Segments, node: int, came: int, around: list[int]) -> int | None:
    """Return the street that lies to the left of one who comes along `came` into `node`."""

    def away(row: int) -> float:
        xy = streets.geometry.row(row)
        step = xy[1] - xy[0] if cut.tail[row] == node else xy[-2] - xy[-1]
        return float(np.arctan2(step[1], step[0]))

    back = away(came)
    turn = {row: (away(row) - back) % (2 * np.pi) for row in around if row != came}
    left = [row for row, angle in turn.items() if 1.5 * np.pi - 0.6 < angle < 1.5 * np.pi + 0.6]
    return left[0] if left else None


def segment_district(cut: Segments, faces: list[shapely.Polygon], of_face: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the district of each segment: that of the land at its middle."""
    nearest = shapely.STRtree(faces).nearest(shapely.points(cut.flat_middle))
    return of_face[np.asarray(nearest, dtype=np.int64)]
