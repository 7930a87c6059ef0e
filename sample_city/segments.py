"""Cut the planned lines at their nodes, bend them, and number what comes out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sample_city.blocks import Land
from sample_city.terrain import F64, Bend

I64 = NDArray[np.int64]
STEP_M = 55.0  # straight pieces longer than this get points between, so that they can bend


@dataclass(frozen=True, eq=False)
class Segments:
    """Hold street segments as plain arrays; `n` segments, `m` nodes.

    Parameters
    ----------
    coords, offsets
        Points of all segments, shape (n_points, 2), metres, and where each begins, shape (n + 1,).
    line
        Line of the plan that each is part of.
    tail, head
        Node at either end.
    node_xy
        Shape (m, 2), metres.
    flat_middle
        Middle of each in the plane before the bend, shape (n, 2), metres.
    length_m
        Shape (n,).
    """

    coords: F64
    offsets: I64
    line: I64
    tail: I64
    head: I64
    node_xy: F64
    flat_middle: F64
    length_m: F64


def cut_segments(land: Land, bend: Bend) -> Segments:
    """Return the segments of all lines, line by line."""
    plan = land.plan
    parts, ends, line, tail, head = [], [0], [], [], []
    node_at: list[int] = []  # points that are nodes, and which
    node_is: list[int] = []
    flat_nodes = np.array(plan.xy)
    for row, nodes in enumerate(plan.nodes_on):
        at = np.array([s for s, _ in nodes])
        numbers = [n for _, n in nodes]
        path = plan.paths[row]
        s, where = _places(at, path)
        first = ends[-1]
        xy = flat_nodes[[numbers[0], numbers[-1]]] if path is None else path
        along = at[[0, -1]] if path is None else np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
        points = np.column_stack([np.interp(s, along, xy[:, 0]), np.interp(s, along, xy[:, 1])])
        # a node inside belongs to two segments, so its point is written twice
        repeat = np.ones(len(s), dtype=np.int64)
        repeat[where[1:-1]] = 2
        parts.append(np.repeat(points, repeat, axis=0))
        after = where + np.arange(len(where))  # end of each segment, one past
        after[-1] -= 1
        starts = np.concatenate([[0], after[1:-1]]) if len(where) > 2 else np.array([0])
        stops = np.concatenate([after[1:-1], [len(parts[-1])]]) if len(where) > 2 else np.array([len(parts[-1])])
        ends += (first + stops).tolist()
        line += [row] * (len(nodes) - 1)
        tail += numbers[:-1]
        head += numbers[1:]
        node_at += (first + starts).tolist() + (first + stops - 1).tolist()
        node_is += numbers[:-1] + numbers[1:]
    flat = np.concatenate(parts)
    flat[node_at] = flat_nodes[node_is]
    coords, offsets = bend(flat), np.array(ends, dtype=np.int64)
    step = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(coords, axis=0).T))])
    length_m = step[offsets[1:] - 1] - step[offsets[:-1]]
    middle = (flat[offsets[:-1]] + flat[offsets[1:] - 1]) / 2
    return Segments(
        coords, offsets, np.array(line), np.array(tail), np.array(head), bend(flat_nodes), middle, np.round(length_m, 2)
    )


def _places(at: F64, path: F64 | None) -> tuple[F64, I64]:
    """Return places along a line: its nodes, its own vertices and points between, and which are nodes."""
    s = at
    if path is not None:
        own = np.cumsum(np.hypot(*np.diff(path, axis=0).T))[:-1]
        near = np.abs(own[:, None] - at[None, :]).min(axis=1) if len(own) else own
        s = np.sort(np.concatenate([at, own[near > 2.0]]))
    n_more = np.maximum(0, np.ceil(np.diff(s) / STEP_M).astype(np.int64) - 1)
    if n_more.any():
        gaps = np.repeat(np.arange(len(n_more)), n_more)
        nth = np.arange(len(gaps)) - np.repeat(np.cumsum(n_more) - n_more, n_more) + 1
        more = s[gaps] + (s[gaps + 1] - s[gaps]) * nth / (n_more[gaps] + 1)
        s = np.sort(np.concatenate([s, more]))
    return s, np.searchsorted(s, at).astype(np.int64)
