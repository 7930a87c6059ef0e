"""Times and distances between places that lie on streets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.network.router import Router
from layers.network.snap import Snaps

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
I64 = NDArray[np.int64]

_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Matrix:
    """Hold times and lengths of the fastest ways.

    Parameters
    ----------
    time_s, length_m
        Shape (n_from, n_to); infinite where there is no way, or none within the limit.
    """

    time_s: F32
    length_m: F32


def matrix(router: Router, origins: Snaps, targets: Snaps, *, limit_s: float | None = None) -> Matrix:
    """Return times and lengths from each place to each other one, with turns, from point on street to point on street.

    A place on a two-way street may be left, and reached, in either direction.

    Parameters
    ----------
    origins, targets
        Places snapped to the router's network.
    limit_s
        Longer ways are infinite.
    """
    leaving, reaching = _ends(router, origins), _ends(router, targets)
    sources = [
        [(int(arc), int(w)) for arc, w in zip(arcs, weights, strict=True) if arc >= 0]
        for arcs, weights in zip(leaving.arcs, leaving.after, strict=True)
    ]
    place, side = np.nonzero(reaching.arcs >= 0)
    packed = router.rows(sources, reaching.arcs[place, side])
    packed = np.where(packed >= 0, packed + reaching.before[place, side], _NEVER)
    # each place has one arc or two, and stands in `place` so often, in order
    best = np.minimum.reduceat(packed, np.flatnonzero(np.diff(place, prepend=-1)), axis=1) if packed.size else packed
    best = np.where(best == _NEVER, -1, best)
    time_s, length_m = router.packing.unpack(_least(best, _direct(router, origins, leaving, targets)))
    if limit_s is not None:
        beyond = time_s > limit_s
        time_s[beyond] = length_m[beyond] = np.inf
    return Matrix(time_s.astype(np.float32), length_m.astype(np.float32))


@dataclass(frozen=True, slots=True)
class _Ends:
    """Both arcs of each place's street, -1 where there is none; the packed weight before and after the place on it."""

    arcs: I64
    before: I64
    after: I64


def _ends(router: Router, places: Snaps) -> _Ends:
    network, packing = router.network, router.packing
    streets = places.street.tolist()
    arcs = np.array([[network.arc_of(r, True), network.arc_of(r, False)] for r in streets], dtype=np.int64).reshape(-1, 2)
    entered = np.column_stack([places.along, 1 - places.along])
    time_s, length_m = network.arc_time_s[arcs], network.arc_length_m[arcs]
    before = packing.weights(entered * time_s, entered * length_m)
    return _Ends(arcs, before, packing.weights((1 - entered) * time_s, (1 - entered) * length_m))


def _least(a: I64, b: I64) -> I64:
    """Return the smaller of each two weights, of which -1 means none."""
    return np.where((b >= 0) & ((a < 0) | (b < a)), b, a)


def _direct(router: Router, origins: Snaps, leaving: _Ends, targets: Snaps) -> I64:
    """Return the weights between places of one street that need not leave it, -1 elsewhere."""
    network = router.network
    packed = np.full((len(origins.arc), len(targets.arc)), -1, dtype=np.int64)
    i, j = np.nonzero(origins.street[:, None] == targets.street[None, :])
    ahead = targets.along[j] - origins.along[i]
    arc = np.where(ahead >= 0, leaving.arcs[i, 0], leaving.arcs[i, 1])
    share = np.abs(ahead)
    weight = router.packing.weights(share * network.arc_time_s[arc], share * network.arc_length_m[arc])
    packed[i, j] = np.where(arc >= 0, weight, np.where(share == 0, 0, -1))
    return packed
