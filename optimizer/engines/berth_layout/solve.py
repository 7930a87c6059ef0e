"""Lay out a lot: try the directions of its edges and all types of stall, keep what has most stalls with its drive."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from optimizer.engines.berth_layout.layout import Layout, empty
from optimizer.engines.berth_layout.modules import Pile, piles
from optimizer.engines.berth_layout.problem import LayoutProblem, StallType
from optimizer.engines.berth_layout.strips import edges_of, turned

F64 = NDArray[np.float64]
# Directions of edges that are tried, each with the one square to it; edges nearer than so much are one direction.
_N_DIRECTIONS, _SAME_RAD = 3, math.radians(4.0)
# Piles that are built in full, the most promising ones.
_N_BUILT = 10
_TOUCH_M2 = 1e-3


def layout_of(problem: LayoutProblem) -> Layout:
    """Return the best layout found; one without stalls where none fits or none is reached from the gate."""
    ground = problem.inside
    if ground.is_empty:
        return empty(problem.mended)
    found = list[tuple[int, float, StallType, Pile]]()
    for turn in directions(ground):
        edges = edges_of(ground, turn)
        for kind in problem.rules.types:
            found += [(pile.n_stalls, turn, kind, pile) for pile in piles(edges, kind, problem.rules)]
    found.sort(key=lambda f: -f[0])
    best = empty(problem.mended)
    for n, turn, kind, pile in found[:_N_BUILT]:
        if n <= best.n_berths:
            break
        layout = _built(problem, turn, kind, pile)
        if layout.n_berths > best.n_berths:
            best = layout
    return best


def directions(ground: Any) -> tuple[float, ...]:
    """Return the directions of the longest edges and those square to them, radians in [0, pi)."""
    rings = [shapely.get_coordinates(r) for r in shapely.get_rings(ground)]
    steps = np.concatenate([np.diff(r, axis=0) for r in rings])
    length, angle = np.hypot(steps[:, 0], steps[:, 1]), np.arctan2(steps[:, 1], steps[:, 0]) % (math.pi / 2)
    found, weight = list[float](), length.copy()
    for _ in range(_N_DIRECTIONS):
        if weight.max(initial=0.0) <= 0:
            break
        apart = np.abs((angle[:, None] - angle[None, :] + math.pi / 4) % (math.pi / 2) - math.pi / 4)
        own = (apart < _SAME_RAD) @ weight
        k = int(own.argmax())
        first = int(np.where(apart[k] < _SAME_RAD, weight, -1.0).argmax())
        found += [float(angle[first]), float(angle[first]) + math.pi / 2]
        weight[apart[k] < _SAME_RAD] = 0.0
    return tuple(found)


def _built(problem: LayoutProblem, turn: float, kind: StallType, pile: Pile) -> Layout:
    """Return a pile as stalls and aisles where they lie, with the drive from the gate cut in."""
    boxes = np.array(pile.aisles)
    corners = boxes[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2)
    aisles = shapely.polygons(turned(corners, turn))
    stalls = turned(np.concatenate([np.empty((0, 4, 2)), *(_stalls(row, kind) for row in pile.rows)]), turn)
    joined = shapely.union_all(aisles)
    drive = _drive(problem, joined)
    if drive is None:
        return empty(problem.mended)
    if len(stalls):
        cut = shapely.area(shapely.intersection(shapely.polygons(stalls), drive)) > _TOUCH_M2
        stalls = stalls[~cut]
    return Layout(stalls, (*aisles, drive), kind.angle_deg, math.degrees(turn) % 180.0, problem.mended)


def _stalls(row: Any, kind: StallType) -> F64:
    """Return the stalls of a row in the turned lot, shape (n, 4, 2): back corners, then those at the aisle."""
    x = row.x_m + np.arange(row.n) * kind.along_m
    back_y = row.aisle_y_m - kind.deep_m if row.below else row.aisle_y_m + kind.deep_m
    ends = [(x + kind.lean_m, back_y), (x + kind.along_m + kind.lean_m, back_y),
            (x + kind.along_m, row.aisle_y_m), (x, row.aisle_y_m)]  # fmt: skip
    return np.stack([np.stack([px, np.full(row.n, py)], axis=-1) for px, py in ends], axis=1)


def _drive(problem: LayoutProblem, aisles: Any) -> Any | None:
    """Return the drive from the gate straight to the aisles, as wide as the gate; None where it would leave the lot."""
    gate, half_m = problem.gate, problem.rules.gate_m / 2
    way = shapely.shortest_line(gate, aisles)
    if way is None or way.is_empty:
        return None
    line = np.array(shapely.get_coordinates(way))
    length = float(np.hypot(*(line[-1] - line[0])))
    if length < 1e-6:  # the gate lies at an aisle
        return shapely.intersection(shapely.buffer(gate, half_m, cap_style="square"), problem.ground)
    ahead = (line[-1] - line[0]) / length
    wide = shapely.buffer(shapely.LineString([line[0], line[-1] + 0.5 * ahead]), half_m, cap_style="flat")
    inside = shapely.intersection(wide, problem.ground)
    # the corners at the gate may lie outside where the outline is not square to the drive
    if inside.area < wide.area - problem.rules.gate_m**2:
        return None
    parts = [p for p in shapely.get_parts(inside) if p.geom_type == "Polygon" and shapely.intersects(p, aisles)]
    return max(parts, key=lambda p: p.area, default=None)
