"""Join street segments of one name into long lines, along which the name can be written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from desktop.map.prepare import Prepared
from layers.geometry import F64, I64, Geometry, Shape
from layers.layer import Str

# Ends this close are one junction.
SNAP_M = 0.05


@dataclass(frozen=True, eq=False)
class Chains:
    """Hold lines with a name each, the longest first."""

    geometry: Geometry
    names: Str

    @cached_property
    def bounds(self) -> F64:
        """Box of each line, metres."""
        return self.geometry.bounds


def chains(prepared: Prepared, names: Str, number: int) -> Chains:
    """Return the named lines of one class, joined wherever just two of a name meet.

    Parameters
    ----------
    names
        Name of each row of the layer, in the layer's order.
    number
        Class of `prepared`.
    """
    rows = np.arange(int(prepared.cuts[number]), int(prepared.cuts[number + 1]))
    named = names[prepared.order[rows]]
    rows, named = rows[named != ""], named[named != ""]
    geometry = prepared.geometry.take(rows)
    offsets = geometry.offsets[0]
    filled = np.diff(offsets) > 1
    if not filled.all():
        geometry, named = geometry.take(np.flatnonzero(filled)), named[filled]
    if not len(named):
        return Chains(geometry, named)
    text, code = np.unique(named, return_inverse=True)
    joined, first = join(geometry, code)
    longest = np.argsort(-joined.lengths_m(), kind="stable")
    return Chains(joined.take(longest), text[code[first]][longest])


def join(geometry: Geometry, code: I64) -> tuple[Geometry, I64]:
    """Return lines joined wherever just two of one code meet, and for each the row that it begins with."""
    place, turned, chain = _walk(_links(geometry.coords, geometry.offsets[0], code))
    return _joined(geometry, place, turned, chain), place[np.flatnonzero(np.diff(chain, prepend=-1))]


def _links(coords: F64, offsets: I64, code: I64) -> I64:
    """Return for each end (2 row + 0 at the start, + 1 at the end) the end of another row that it goes on into, or -1."""
    n = len(code)
    ends = np.empty((2 * n, 2))
    ends[0::2], ends[1::2] = coords[offsets[:-1]], coords[offsets[1:] - 1]
    cell = np.floor(ends / SNAP_M + 0.5).astype(np.int64)
    keys = np.column_stack([np.repeat(code, 2), cell])
    order = np.lexsort(keys.T)
    fresh = np.concatenate([[True], (keys[order][1:] != keys[order][:-1]).any(axis=1)])
    group = np.cumsum(fresh) - 1
    first = np.flatnonzero(fresh)
    pairs = first[np.bincount(group) == 2]
    a, b = order[pairs], order[pairs + 1]
    apart = a // 2 != b // 2
    links = np.full(2 * n, -1, dtype=np.int64)
    links[a[apart]], links[b[apart]] = b[apart], a[apart]
    return links


def _walk(links: I64) -> tuple[I64, I64, I64]:
    """Return rows in the order of their chains, whether each is walked backwards, and the number of its chain."""
    link, n = links.tolist(), len(links) // 2
    seen = bytearray(n)
    place, turned, chain, number = [], [], [], 0
    # open chains from their ends; what is left over are rings, from anywhere
    starts = [end for end in range(2 * n) if link[end] < 0]
    for start in [*starts, *range(0, 2 * n, 2)]:
        end = start
        if seen[end >> 1]:
            continue
        while end >= 0 and not seen[end >> 1]:
            seen[end >> 1] = 1
            place.append(end >> 1)
            turned.append(end & 1)
            chain.append(number)
            end = link[end ^ 1]
        number += 1
    return np.array(place), np.array(turned), np.array(chain)


def _joined(geometry: Geometry, place: I64, turned: I64, chain: I64) -> Geometry:
    offsets = geometry.offsets[0]
    sizes = np.diff(offsets)[place]
    k = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    first, back = np.repeat(offsets[place], sizes), np.repeat(turned, sizes) == 1
    index = first + np.where(back, np.repeat(sizes, sizes) - 1 - k, k)
    cut = np.concatenate([[0], np.cumsum(np.bincount(chain, weights=sizes).astype(np.int64))])
    return Geometry(Shape.LINE, geometry.coords[index], (cut.astype(np.int64),))
