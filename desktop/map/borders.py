"""Borders between areas, each once: two dashed lines over one another would make a solid one."""

from __future__ import annotations

import numpy as np

from desktop.map.chains import join
from desktop.map.prepare import Prepared
from layers.geometry import F64, I64, Geometry, Shape


def borders(prepared: Prepared) -> tuple[Geometry, ...]:
    """Return for each class of areas its outlines as lines, without what an earlier area has drawn already."""
    geometry = prepared.geometry
    of_ring, of_polygon, of_row = geometry.offsets
    row_of_ring = np.repeat(np.arange(len(geometry)), np.diff(of_polygon[of_row]))
    row_of_point = np.repeat(row_of_ring, np.diff(of_ring))
    inner = np.ones(max(len(geometry.coords) - 1, 0), dtype=bool)
    inner[of_ring[1:-1] - 1] = False
    ends = np.stack([geometry.coords[:-1][inner], geometry.coords[1:][inner]], axis=1)
    once = _first_of_each(ends)
    ends, owner = ends[once], row_of_point[:-1][inner][once]
    number = np.searchsorted(prepared.cuts[1:], owner, side="right")
    return tuple(_lines(ends[number == k]) for k in range(len(prepared.styles)))


def _first_of_each(ends: F64) -> I64:
    """Return the first of each set of segments of shape (n, 2, 2) that are the same, whichever way they run."""
    swap = (ends[:, 0, 0] > ends[:, 1, 0]) | ((ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1]))
    keys = np.where(swap[:, None, None], ends[:, ::-1], ends).reshape(-1, 4)
    return np.sort(np.unique(keys, axis=0, return_index=True)[1]).astype(np.int64)


def _lines(ends: F64) -> Geometry:
    offsets = np.arange(len(ends) + 1, dtype=np.int64) * 2
    geometry = Geometry(Shape.LINE, ends.reshape(-1, 2), (offsets,))
    return join(geometry, np.zeros(len(ends), dtype=np.int64))[0] if len(ends) else geometry
