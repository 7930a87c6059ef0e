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

    A place on a two-way street may be left, and reached, in either direction, unless it lies on one side (`Snaps.one_side`).

    Parameters
    ----------
    origins, targets
        Places snapped to the router's network.
    limit_s
        Longer ways are infinite.
    """
    leaving, reaching = ends_of(router, origins), ends_of(router, targets)
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
    time_s, length_m = router.packing.unpack(_least(best, _direct(router, (origins, leaving), (targets, reaching))))
    if limit_s is not None:
        beyond = time_s > limit_s
        time_s[beyond] = length_m[beyond] = np.inf
    return Matrix(time_s.astype(np.float32), length_m.astype(np.float32))


@dataclass(frozen=True, slots=True)
class Ends:
    """Hold both arcs of each place's street, -1 where there is none; the packed weight before and after the place on it."""

    arcs: I64
    before: I64
    after: I64


def ends_of(router: Router, places: Snaps) -> Ends:
    """Return how each place is left and reached."""
    network, packing = router.network, router.packing
    streets = places.street.tolist()
    arcs = np.array([[network.arc_of(r, True), network.arc_of(r, False)] for r in streets], dtype=np.int64).reshape(-1, 2)
    if places.one_side is not None:
        arcs = np.where(places.one_side[:, None] & (arcs != places.arc[:, None]), -1, arcs)
    entered = np.column_stack([places.along, 1 - places.along])
    time_s, length_m = network.arc_time_s[arcs], network.arc_length_m[arcs]
    before = packing.weights(entered * time_s, entered * length_m)
    return Ends(arcs, before, packing.weights((1 - entered) * time_s, (1 - entered) * length_m))


def _least(a: I64, b: I64) -> I64:
    """Return the smaller of each two weights, of which -1 means none."""
    return np.where((b >= 0) & ((a < 0) | (b < a)), b, a)


def _direct(router: Router, origin: tuple[Snaps, Ends], target: tuple[Snaps, Ends]) -> I64:
    """Return the weights between places of one street that need not leave it, -1 elsewhere."""
    network, (origins, leaving), (targets, reaching) = router.network, origin, target
    packed = np.full((len(origins.arc), len(targets.arc)), -1, dtype=np.int64)
    i, j = np.nonzero(origins.street[:, None] == targets.street[None, :])
    arc, share = along_street((leaving.arcs[i], reaching.arcs[j]), targets.along[j] - origins.along[i])
    weight = router.packing.weights(share * network.arc_time_s[arc], share * network.arc_length_m[arc])
    packed[i, j] = np.where(arc >= 0, weight, -1)
    return packed


def along_street(arcs: tuple[I64, I64], ahead: F64) -> tuple[I64, F64]:
    """Return the arc by which one drives straight from a place to another one on its street, -1 for none, and its share.

    Parameters
    ----------
    arcs
        By which places are left and others are reached, as `Ends` has them.
    ahead
        How far along the drawn line the other one lies, a share of the street.
    """
    both = np.where((arcs[0] >= 0) & (arcs[1] >= 0), arcs[0], -1)
    arc = np.where(ahead >= 0, both[..., 0], both[..., 1])
    return np.where(ahead == 0, both.max(axis=-1), arc), np.abs(ahead)
