"""Divide the land between the main roads into blocks: secondary roads first, then branches, then back streets."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.kinds.streets import RoadClass
from sample_city.chords import Block, Edge, Manner, Plan, area_m2, chord, frame, halve, put_node
from sample_city.skeleton import Skeleton
from sample_city.spec import BLOCK_M2, Spec, Zone
from sample_city.terrain import F64, Rng, Terrain

_CLASSES = (RoadClass.SECONDARY, RoadClass.BRANCH, RoadClass.BACK_STREET)
_MANNER = {
    Zone.OLD: Manner(0.16, 0.10, 34.0, 40.0, 2800.0),
    Zone.CENTRAL: Manner(0.11, 0.045, 60.0, 60.0, 6000.0),
    Zone.OUTER: Manner(0.12, 0.04, 80.0, 80.0, 12_000.0),
    Zone.INDUSTRY: Manner(0.08, 0.02, 80.0, 90.0, 20_000.0),
}
_DEAD_END_SHARE = {Zone.OLD: 0.22, Zone.CENTRAL: 0.30, Zone.OUTER: 0.20, Zone.INDUSTRY: 0.06}


@dataclass(frozen=True, eq=False)
class Land:
    """Hold the blocks that the streets leave between them.

    Parameters
    ----------
    plan
        The streets.
    rings
        Outline of each block, shape (n_i, 2), metres, in the straight plane.
    zone
        Of each block.
    face
        Face of the skeleton that each lies in.
    community
        Number of the neighbourhood that each belongs to; -1 on water and hills.
    road
        For each line of the plan, row of the skeleton's road; -1 for others.
    bridge, tunnel
        For each line.
    """

    plan: Plan
    rings: tuple[F64, ...]
    zone: NDArray[np.str_]
    face: NDArray[np.int64]
    community: NDArray[np.int64]
    road: NDArray[np.int64]
    bridge: NDArray[np.bool_]
    tunnel: NDArray[np.bool_]


@dataclass
class _Work:
    spec: Spec
    plan: Plan
    rng: Rng
    hills: tuple[shapely.Polygon, ...]
    rings: list[F64]
    zones: list[str]
    faces: list[int]
    communities: list[int]
    n_communities: int = 0


def lay_blocks(spec: Spec, terrain: Terrain, skeleton: Skeleton, rng: Rng) -> Land:
    """Return all streets and the blocks between them."""
    plan, edges = _start(skeleton)
    work = _Work(spec, plan, rng, terrain.hills, [], [], [], [])
    zones = _zones(spec, terrain, skeleton, rng)
    for row, face in enumerate(skeleton.faces):
        ring = np.asarray(shapely.orient_polygons(face).exterior.coords)
        block = [Edge(*_key(p, q), *edges[_key(p, q)]) for p, q in pairwise(ring)]
        if zones[row] == Zone.WATER or area_m2(block) < 4000.0:
            _keep(work, block, Zone.WATER if zones[row] == Zone.WATER else Zone.GREEN, row, -1)
        else:
            _divide(work, block, Zone(zones[row]), row)
    n_more = len(plan.lines) - len(skeleton.lines)
    paths = shapely.linestrings(np.concatenate(skeleton.lines), indices=np.repeat(
        np.arange(len(skeleton.lines)), [len(x) for x in skeleton.lines]))  # fmt: skip
    hills = shapely.union_all(list(terrain.hills)) if terrain.hills else shapely.Polygon()
    inside = shapely.length(shapely.intersection(paths, hills)) > 0.4 * shapely.length(paths)
    more = np.zeros(n_more, dtype=bool)
    return Land(
        plan,
        tuple(work.rings),
        np.array(work.zones),
        np.array(work.faces),
        np.array(work.communities),
        np.concatenate([skeleton.road, np.full(n_more, -1)]),
        np.concatenate([skeleton.bridge, more]),
        np.concatenate([inside, more]),
    )


def _key(p: F64, q: F64) -> tuple[float, float, float, float]:
    return (float(p[0]), float(p[1]), float(q[0]), float(q[1]))


def _start(skeleton: Skeleton) -> tuple[Plan, dict[tuple[float, float, float, float], tuple[int, float, float]]]:
    """Return a plan with the main roads in it, and of each straight piece of theirs the line and place on it."""
    plan, edges, nodes = Plan(), {}, {}
    for line, road in zip(skeleton.lines, skeleton.road, strict=True):
        at = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
        ends = []
        for p in (line[0], line[-1]):
            mark = (float(p[0]), float(p[1]))
            if mark not in nodes:
                nodes[mark] = plan.add_node(*mark)
            ends.append(nodes[mark])
        row = plan.add_line(int(skeleton.roads[road].road_class), (ends[0], ends[1]), float(at[-1]), ())
        plan.paths[row] = line
        for i in range(len(line) - 1):
            edges[_key(line[i], line[i + 1])] = (row, float(at[i]), float(at[i + 1]))
            edges[_key(line[i + 1], line[i])] = (row, float(at[i + 1]), float(at[i]))
    return plan, edges


def _zones(spec: Spec, terrain: Terrain, skeleton: Skeleton, rng: Rng) -> list[str]:
    points = shapely.point_on_surface(list(skeleton.faces))
    xy = shapely.get_coordinates(points)
    far = np.hypot(xy[:, 0] / 1.12, (xy[:, 1] - 0.03 * spec.radius_m) / 0.92) / spec.radius_m
    wet = shapely.contains(terrain.river.buffer(20.0), points)
    zones = np.where(
        far < spec.ring_shares[0], Zone.OLD, np.where(far < spec.central_share, Zone.CENTRAL, Zone.OUTER)
    ).astype(object)
    angle = np.arctan2(xy[:, 1], xy[:, 0])
    works = np.abs(np.angle(np.exp(1j * (angle - rng.uniform(-2.2, 2.2))))) < 0.42
    zones[(zones == Zone.OUTER) & works] = Zone.INDUSTRY
    # old market towns that the city has swallowed
    villages = (zones == Zone.OUTER) & (rng.random(len(xy)) < 0.05)
    zones[villages] = Zone.OLD
    zones[wet] = Zone.WATER
    return [str(z) for z in zones]


def _divide(work: _Work, block: Block, zone: Zone, face: int) -> None:
    near = [h for h in work.hills if h.intersects(shapely.Polygon([(e.x0, e.y0) for e in block]))]
    community_m2 = 450_000.0 if work.spec.radius_m < 20_000 else 1_400_000.0
    stack = [(block, -1)]
    while stack:
        part, community = stack.pop()
        size_m2, turn, long_m, centre = frame(part)
        if near and _is_hill(part, near):
            _keep(work, part, Zone.GREEN, face, -1)
            continue
        if community < 0 and size_m2 < community_m2:
            community, work.n_communities = work.n_communities, work.n_communities + 1
        grade = _wanted(work, zone, size_m2)
        halves = _split(work, part, zone, grade, (turn, long_m, centre)) if grade else None
        if halves is None:
            if community < 0:
                community, work.n_communities = work.n_communities, work.n_communities + 1
            if size_m2 > 9000.0 and work.rng.random() < _DEAD_END_SHARE[zone]:
                _dead_end(work, part, zone, (turn, long_m, centre))
            _keep(work, part, zone, face, community)
        else:
            stack += [(half, community) for half in halves]


def _is_hill(block: Block, hills: list[shapely.Polygon]) -> bool:
    outline = shapely.Polygon([(e.x0, e.y0) for e in block])
    return sum(float(shapely.intersection(outline, h).area) for h in hills) > 0.55 * float(outline.area)


def _wanted(work: _Work, zone: Zone, size_m2: float) -> RoadClass | None:
    """Return the class of street that divides a block of this size, or None where it is small enough."""
    for grade, limit_m2 in zip(_CLASSES, BLOCK_M2[zone], strict=True):
        if size_m2 > limit_m2 * (work.rng.uniform(0.75, 1.35)):
            return grade
    return None


def _split(work: _Work, block: Block, zone: Zone, grade: RoadClass, shape: tuple[float, float, tuple[float, float]]
           ) -> tuple[Block, Block] | None:  # fmt: skip
    turn, long_m, centre = shape
    manner = _MANNER[zone]
    if grade is RoadClass.SECONDARY:
        manner = manner._replace(askew_rad=manner.askew_rad / 2, snap_m=max(90.0, manner.snap_m))
    for attempt in range(4):
        off_m = work.rng.uniform(-1, 1) * manner.off_share * long_m * (1 + attempt / 2)
        askew = work.rng.normal() * manner.askew_rad
        at = (centre[0] + off_m * math.cos(turn), centre[1] + off_m * math.sin(turn))
        across = turn + math.pi / 2 if attempt < 3 else turn
        cuts = chord(work.plan, block, at, across + askew, manner)
        if cuts is None:
            continue
        long = math.hypot(cuts[0].x - cuts[1].x, cuts[0].y - cuts[1].y)
        one, two = halve(block, *cuts, len(work.plan.lines), long)
        if min(area_m2(one), area_m2(two)) < manner.least_m2:
            continue
        a, b = (put_node(work.plan, block, cut) for cut in cuts)
        work.plan.add_line(int(grade), (a.node, b.node), long, (block[a.edge].line, block[b.edge].line))
        return one, two
    return None


def _dead_end(work: _Work, block: Block, zone: Zone, shape: tuple[float, float, tuple[float, float]]) -> None:
    """Lead a lane into a block that does not come out again."""
    turn, _, centre = shape
    askew = work.rng.normal() * _MANNER[zone].askew_rad
    cuts = chord(work.plan, block, centre, turn + math.pi / 2 + askew, _MANNER[zone])
    if cuts is None:
        return
    a, b = cuts if work.rng.random() < 0.5 else cuts[::-1]
    share = work.rng.uniform(0.4, 0.68)
    long_m = math.hypot(a.x - b.x, a.y - b.y) * share
    if long_m < 35.0:
        return
    a = put_node(work.plan, block, a)
    end = work.plan.add_node(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
    work.plan.add_line(int(RoadClass.BACK_STREET), (a.node, end), long_m, (block[a.edge].line,))


def _keep(work: _Work, block: Block, zone: Zone, face: int, community: int) -> None:
    work.rings.append(np.array([(e.x0, e.y0) for e in block]))
    work.zones.append(str(zone))
    work.faces.append(face)
    work.communities.append(community)
