"""Is this layout right? From its shapes alone."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import numpy as np
import shapely

from optimizer.engines.berth_layout.layout import Layout
from optimizer.engines.berth_layout.problem import LayoutProblem

_NEAR_M, _NEAR_M2 = 0.01, 0.02


class LayoutFault(Enum):
    """What can be wrong."""

    OUTSIDE = "a stall or aisle reaches beyond the lot"
    SIZE = "a stall is of another size"
    OVERLAP = "two stalls, or a stall and an aisle, cover the same ground"
    NO_AISLE = "a stall opens to no aisle"
    NOT_JOINED = "an aisle is not joined to the gate"


def layout_faults(problem: LayoutProblem, layout: Layout) -> tuple[tuple[LayoutFault, str], ...]:
    """Return everything that is wrong, each with where and by what value."""
    if not layout.n_berths:
        return ()
    stalls = shapely.polygons(layout.stalls)
    aisles = np.array(layout.aisles, dtype=object)
    return (*_places(problem, layout, stalls, aisles), *_overlaps(stalls, aisles), *_reach(problem, layout, stalls, aisles))


def _places(
    problem: LayoutProblem, layout: Layout, stalls: np.ndarray, aisles: np.ndarray
) -> Iterator[tuple[LayoutFault, str]]:
    inside, ground = shapely.buffer(problem.inside, _NEAR_M), shapely.buffer(problem.ground, _NEAR_M)
    for k in np.flatnonzero(~shapely.covers(inside, stalls)).tolist():
        yield LayoutFault.OUTSIDE, f"stall {k}"
    for k in np.flatnonzero(~shapely.covers(ground, aisles)).tolist():
        yield LayoutFault.OUTSIDE, f"aisle {k}"
    kind = next((t for t in problem.rules.types if t.angle_deg == layout.stall_angle_deg), None)
    if kind is None:
        yield LayoutFault.SIZE, f"no type of stall stands at {layout.stall_angle_deg} degrees"
        return
    for k, area in enumerate(shapely.area(stalls).tolist()):
        if abs(area - kind.along_m * kind.deep_m) > _NEAR_M2:
            yield LayoutFault.SIZE, f"stall {k}: {area:.2f} m2, {kind.along_m * kind.deep_m:.2f} are expected"


def _overlaps(stalls: np.ndarray, aisles: np.ndarray) -> Iterator[tuple[LayoutFault, str]]:
    tree = shapely.STRtree(stalls)
    one, other = tree.query(stalls, "intersects")
    kept = one < other
    for a, b in zip(one[kept].tolist(), other[kept].tolist(), strict=True):
        if (area := shapely.intersection(stalls[a], stalls[b]).area) > _NEAR_M2:
            yield LayoutFault.OVERLAP, f"stalls {a} and {b}: {area:.2f} m2"
    aisle, stall = tree.query(aisles, "intersects")
    for a, s in zip(aisle.tolist(), stall.tolist(), strict=True):
        if (area := shapely.intersection(aisles[a], stalls[s]).area) > _NEAR_M2:
            yield LayoutFault.OVERLAP, f"aisle {a} and stall {s}: {area:.2f} m2"


def _reach(
    problem: LayoutProblem, layout: Layout, stalls: np.ndarray, aisles: np.ndarray
) -> Iterator[tuple[LayoutFault, str]]:
    """Yield stalls whose mouth lies along no aisle, and aisles that cannot be driven to from the gate."""
    joined = shapely.union_all(shapely.buffer(aisles, _NEAR_M, join_style="mitre"))
    mouths = shapely.linestrings(layout.stalls[:, 2:4])
    away = shapely.length(shapely.difference(mouths, joined))
    for k in np.flatnonzero(away > 2 * _NEAR_M).tolist():
        yield LayoutFault.NO_AISLE, f"stall {k}: {away[k]:.2f} m of its mouth"
    parts = shapely.get_parts(joined)
    for part in parts:
        if shapely.distance(part, problem.gate) > 2 * _NEAR_M:
            yield LayoutFault.NOT_JOINED, f"an aisle of {part.area:.0f} m2"
