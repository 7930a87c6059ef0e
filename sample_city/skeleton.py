"""The roads that hold the city together: rings, river roads, bridges, a grid of main roads and a few diagonals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely.ops import linemerge

from layers.kinds.streets import RoadClass
from sample_city.spec import Spec
from sample_city.terrain import Rng, Terrain

F64 = NDArray[np.float64]
NEAR_M = 95.0  # crossings nearer to one another than this become one


@dataclass(frozen=True, slots=True)
class Road:
    """Plan one road before it is cut at its crossings.

    Parameters
    ----------
    key
        Its own; all its pieces get one name.
    """

    key: str
    road_class: RoadClass
    line: shapely.LineString | shapely.MultiLineString


@dataclass(frozen=True, eq=False)
class Skeleton:
    """Hold the pieces of the main roads from crossing to crossing.

    Parameters
    ----------
    lines
        Coordinates of each piece, shape (n_i, 2), metres.
    road
        Row in `roads` of each piece.
    bridge
        Whether a piece lies over the river.
    faces
        The land between them.
    """

    roads: tuple[Road, ...]
    lines: tuple[F64, ...]
    road: NDArray[np.int64]
    bridge: NDArray[np.bool_]
    faces: tuple[shapely.Polygon, ...]


def lay_skeleton(spec: Spec, terrain: Terrain, rng: Rng) -> Skeleton:
    """Return the main roads of a city, crossing only at their ends."""
    banks = _banks(spec, terrain)
    over_m = spec.river_width_m + 200.0  # how much longer the way past two river roads is than past one road
    firm = banks + _without_parallel(_rings(spec, terrain), banks, 220.0, over_m)
    firm += _without_parallel(_diagonals(spec, terrain, rng), firm, 200.0, over_m)
    laid = firm + _without_parallel(_grid(spec, terrain, rng), firm, 230.0, over_m)
    roads = _joined([r for r in _few_bridges(spec, terrain, laid, rng) if not r.line.is_empty])
    lines, faces = _connected(_settled(_cut([r.line for r in roads])))
    middles = shapely.line_interpolate_point([shapely.LineString(x) for x in lines], 0.5, normalized=True)
    nearest = shapely.STRtree([r.line for r in roads]).nearest(middles)
    water = shapely.intersection(terrain.river.buffer(5.0), [shapely.LineString(x) for x in lines])
    long = np.array([shapely.LineString(x).length for x in lines])
    bridge = shapely.length(water) > np.minimum(0.45 * long, 0.85 * spec.river_width_m)
    return Skeleton(tuple(roads), tuple(lines), np.asarray(nearest, dtype=np.int64), bridge, tuple(faces))


def _rings(spec: Spec, terrain: Terrain) -> list[Road]:
    outer = shapely.LineString(terrain.outline.exterior.coords)
    rings = [Road("R9", RoadClass.EXPRESSWAY, outer)]
    t = np.linspace(0, 2 * np.pi, 121)
    for number, share in enumerate(spec.ring_shares):
        power = 3.2 - 0.3 * number
        rounded = (np.abs(np.cos(t)) ** power + np.abs(np.sin(t)) ** power) ** (-1 / power)
        xy = np.column_stack([1.12 * np.cos(t), 0.92 * np.sin(t)]) * (spec.radius_m * share * rounded)[:, None]
        xy[:, 1] += 0.03 * spec.radius_m
        grade = RoadClass.MAIN if number == 0 else RoadClass.EXPRESSWAY
        rings.append(Road(f"R{number}", grade, shapely.LineString(xy).intersection(terrain.outline)))
    return rings


def _banks(spec: Spec, terrain: Terrain) -> list[Road]:
    away_m = spec.river_width_m / 2 + 45.0
    roads = []
    for side, key in ((1, "BN"), (-1, "BS")):
        line = terrain.river_line.offset_curve(side * away_m).intersection(terrain.outline)
        roads.append(Road(key, RoadClass.MAIN, line))
    return roads


def _positions(spec: Spec, rng: Rng) -> F64:
    """Return where grid lines run: dense in the centre, wider apart further out, metres."""
    found, at = [0.0], 0.0
    while at < 1.25 * spec.radius_m:
        at += (880.0 + 420.0 * min(1.0, at / 9000.0)) * rng.uniform(0.86, 1.14)
        found.append(at)
    return np.array(found)


def _grid(spec: Spec, terrain: Terrain, rng: Rng) -> list[Road]:
    far_m = 1.4 * spec.radius_m
    roads = []
    for axis, key in ((0, "N"), (1, "E")):
        after, before = _positions(spec, rng), -_positions(spec, rng)[1:]
        for number, at in enumerate(np.concatenate([[rng.uniform(-120, 120)], after[1:], before])):
            along = np.linspace(-far_m, far_m, 60)
            across = at + np.cumsum(rng.normal(0, 10.0, 60))
            xy = np.column_stack([across, along] if axis == 0 else [along, across])
            line = shapely.LineString(xy).intersection(terrain.outline.buffer(-1.0).union(terrain.outline))
            grade = RoadClass.MAIN if number % 3 != 2 or rng.random() < 0.4 else RoadClass.SECONDARY
            for hill in terrain.hills:
                line = line.difference(hill)
            roads.append(Road(f"{key}{number}", grade, _shortened(line, spec, rng) if number else line))
    return roads


def _shortened(line: shapely.Geometry, spec: Spec, rng: Rng) -> shapely.Geometry:
    """Return a grid road with its far ends cut off now and then: few roads cross a whole city."""
    if rng.random() < 0.55 or spec.n_outer == 0:
        return line
    start, end = sorted(rng.uniform(0, 1, 2))
    if end - start > 0.55:
        return line
    far_m = 2.0 * spec.radius_m
    box = shapely.box(-far_m * rng.uniform(0.2, 1), -far_m * rng.uniform(0.2, 1), far_m, far_m)
    kept = line.intersection(shapely.affinity.rotate(box, 90 * int(rng.integers(4)), origin=(0, 0)))
    return kept if kept.length > 2500 else line


def _diagonals(spec: Spec, terrain: Terrain, rng: Rng) -> list[Road]:
    if spec.n_outer == 0:
        return []
    roads = []
    for number, base in enumerate(np.deg2rad([38.0, 142.0, 222.0, 318.0])):
        angle = base + rng.uniform(-0.12, 0.12)
        way = np.array([np.cos(angle), np.sin(angle)])
        r = np.linspace(spec.radius_m * spec.ring_shares[0] * 1.05, 1.4 * spec.radius_m, 30)
        line = shapely.LineString(r[:, None] * way).intersection(terrain.outline)
        for hill in terrain.hills:
            line = line.difference(hill)
        roads.append(Road(f"D{number}", RoadClass.MAIN, line))
    return roads


def _without_parallel(roads: list[Road], laid: list[Road], width_m: float, over_m: float) -> list[Road]:
    """Return the roads without the stretches along which they would run beside one that is there already."""
    every = shapely.union_all([shapely.simplify(r.line, 5.0) for r in laid])
    near = every.buffer(width_m, quad_segs=2)
    shapely.prepare(near)
    found = []
    for road in roads:
        kept = road.line
        for piece in shapely.get_parts(road.line.intersection(near)):
            river = any(r.key == "BN" and piece.intersects(r.line) for r in laid)
            if piece.length > 3.2 * width_m + river * over_m:
                kept = kept.difference(piece.buffer(1.0, quad_segs=2))
        found.append(Road(road.key, road.road_class, kept))
    return found


def _joined(roads: list[Road]) -> list[Road]:
    """Return the roads with loose ends led on to the next road, where one is near."""
    parts = [(r, p) for r in roads for p in shapely.get_parts(r.line) if p.length > 300.0]
    tree = shapely.STRtree([p for _, p in parts])
    found = []
    for i, (road, part) in enumerate(parts):
        xy = np.asarray(part.coords)
        for end in (0, -1):
            point = shapely.Point(xy[end])
            others = [int(k) for k in tree.query(point, predicate="dwithin", distance=520.0) if k != i]
            if not others or part.is_closed:
                continue
            lines = [shapely.shortest_line(point, parts[k][1]) for k in sorted(others)]
            link = min(lines, key=lambda line: float(line.length))
            if link.length > 1.0:
                onto = np.asarray(link.coords)[1:] + (np.asarray(link.coords)[1:] - xy[end]) * 1e-6
                xy = np.vstack([onto, xy]) if end == 0 else np.vstack([xy, onto])
        found.append(Road(road.key, road.road_class, shapely.LineString(xy)))
    return found


def _few_bridges(spec: Spec, terrain: Terrain, laid: list[Road], rng: Rng) -> list[Road]:
    """Return the roads with all but a few of their crossings of the river taken out."""
    banks = terrain.river_line.buffer(spec.river_width_m / 2 + 40.0, cap_style="flat")
    crossing = [i for i, r in enumerate(laid) if not r.key.startswith("B") and r.line.intersects(terrain.river_line)]
    firm = [i for i in crossing if laid[i].key.startswith("R") or laid[i].key == "N0"]
    others = [i for i in crossing if i not in firm and laid[i].key.startswith("N")]
    n_more = max(3, spec.n_bridges - len(firm))
    at_x = {i: laid[i].line.intersection(terrain.river_line).centroid.x for i in others}
    ordered = sorted(others, key=lambda i: at_x[i])
    keep = set(firm)
    if ordered:
        keep |= {ordered[int(k)] for k in np.linspace(0, len(ordered) - 1, n_more + 2)[1:-1].round()}
    return [
        r if i in keep or i not in crossing else Road(r.key, r.road_class, r.line.difference(banks))
        for i, r in enumerate(laid)
    ]


def _cut(lines: list[shapely.Geometry]) -> list[F64]:
    """Return the lines cut where they cross."""
    # on a grid, so that what runs out and back a hair apart becomes one
    pieces = shapely.get_parts(shapely.union_all(lines, grid_size=0.01))
    return [np.asarray(p.coords) for p in shapely.get_parts(linemerge(list(pieces)))]


def _contract(lines: list[F64]) -> list[F64]:
    """Return the pieces with crossings that lie close together made one."""
    ends = np.array([p for line in lines for p in (line[0], line[-1])])
    nodes, node_of = np.unique(ends.round(3), axis=0, return_inverse=True)
    pair = node_of.reshape(-1, 2)
    short = np.array([np.hypot(*np.diff(line, axis=0).T).sum() < NEAR_M for line in lines])
    graph = coo_array((np.ones(short.sum()), (pair[short, 0], pair[short, 1])), shape=(len(nodes),) * 2)
    _, group = connected_components(graph, directed=False)
    size = np.bincount(group)
    middle = np.column_stack([np.bincount(group, weights=nodes[:, k]) / size for k in (0, 1)]).round(3)
    kept, seen = [], set()
    for line, (a, b) in zip(lines, group[pair], strict=True):
        xy = line.copy()
        xy[0], xy[-1] = middle[a], middle[b]
        long_m = float(np.hypot(*np.diff(xy, axis=0).T).sum())
        mark = (min(a, b), max(a, b), round(long_m / 40))
        if (a == b and _is_hairpin(xy)) or mark in seen:
            continue
        seen.add(mark)
        kept.append(xy)
    return kept


def _settled(lines: list[F64]) -> list[F64]:
    """Return the pieces with near crossings made one, again and again until nothing new crosses."""
    for _ in range(12):
        lines = _contract(lines)
        again = _cut([shapely.LineString(x) for x in lines])
        if len(again) == len(lines) and abs(_total_m(again) - _total_m(lines)) < 1.0:
            break
        lines = again
    return lines


def _total_m(lines: list[F64]) -> float:
    return float(sum(np.hypot(*np.diff(x, axis=0).T).sum() for x in lines))


def _is_hairpin(loop: F64) -> bool:
    """Say whether a road that ends where it began only runs out and back."""
    return float(shapely.Polygon(loop).area) < 40_000.0 if len(loop) > 3 else True


def _connected(lines: list[F64]) -> tuple[list[F64], list[shapely.Polygon]]:
    """Return the pieces without dead ends and loose parts, noded anew, and the faces between them."""
    while True:
        ends = np.array([p for line in lines for p in (line[0], line[-1])])
        nodes, node_of = np.unique(ends.round(6), axis=0, return_inverse=True)
        degree = np.bincount(node_of)
        pair = node_of.reshape(-1, 2)
        graph = coo_array((np.ones(len(pair)), (pair[:, 0], pair[:, 1])), shape=(len(nodes),) * 2)
        _, part = connected_components(graph, directed=False)
        main = np.bincount(part[pair[:, 0]]).argmax()
        keep = (degree[pair] > 1).all(axis=1) & (part[pair[:, 0]] == main)
        if keep.all():
            break
        left = [shapely.LineString(x) for x, k in zip(lines, keep, strict=True) if k]
        lines = [np.asarray(p.coords) for p in shapely.get_parts(linemerge(left))]
    faces = shapely.get_parts(shapely.polygonize([shapely.LineString(x) for x in lines]))
    return lines, sorted(faces, key=lambda f: (round(f.centroid.x, 3), round(f.centroid.y, 3)))
