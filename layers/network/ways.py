"""Ways between places that lie on streets, street by street."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.network.matrix import Ends, along_street, ends_of
from layers.network.router import Router
from layers.network.snap import Snaps

I64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Way:
    """Hold the fastest way from one place to another.

    Parameters
    ----------
    arcs
        Driven, in order, the first and the last in part; empty where the places are one.
    time_s, length_m
        Turns told in.
    """

    arcs: tuple[int, ...]
    time_s: float
    length_m: float


def ways(router: Router, places: Snaps, pairs: list[tuple[int, int]]) -> list[Way | None]:
    """Return the fastest way of each pair of places, by their numbers; None where there is none.

    The same ways as those whose times `matrix` gives; here times are summed up without rounding.
    """
    import routingkit_cch

    query, ends = routingkit_cch.CCHQuery(router.metric), ends_of(router, places)
    return [_way(router, query, (places, ends), pair) for pair in pairs]


def _way(router: Router, query: Any, on: tuple[Snaps, Ends], pair: tuple[int, int]) -> Way | None:
    places, ends = on
    i, j = pair
    there = router.between(
        [(int(a), int(w)) for a, w in zip(ends.arcs[i], ends.after[i], strict=True) if a >= 0],
        [(int(a), int(w)) for a, w in zip(ends.arcs[j], ends.before[j], strict=True) if a >= 0],
        query,
    )
    straight = _straight(router, on, pair)
    if straight is not None and (there is None or straight[0] <= there[0]):
        arc, share = straight[1:]
        if share == 0:
            return Way((), 0.0, 0.0)
        return Way((arc,), share * float(router.network.arc_time_s[arc]), share * float(router.network.arc_length_m[arc]))
    return None if there is None else _measured(router, (float(places.along[i]), float(places.along[j])), there[1])


def _straight(router: Router, on: tuple[Snaps, Ends], pair: tuple[int, int]) -> tuple[int, int, float] | None:
    """Return weight, arc and share of the way that does not leave the street, where there is one."""
    places, ends = on
    i, j = pair
    if places.street[i] != places.street[j]:
        return None
    arc, share = along_street((ends.arcs[i], ends.arcs[j]), places.along[j] - places.along[i])
    if arc < 0:
        return None
    network = router.network
    weight = router.packing.weights(share * network.arc_time_s[arc], share * network.arc_length_m[arc])
    return int(weight), int(arc), float(share)


def _measured(router: Router, along: tuple[float, float], arcs: list[int]) -> Way:
    """Return a way over at least two arcs, from a place on the first to one on the last."""
    network = router.network
    parts = np.ones(len(arcs))
    for k, at in ((0, along[0]), (-1, along[1])):
        forward = bool(network.arc_forward[arcs[k]])
        entered = at if forward else 1 - at
        parts[k] = 1 - entered if k == 0 else entered
    turns_s = sum(network.turn_times[pair] for pair in pairwise(arcs))
    return Way(tuple(arcs), turns_s + float(network.arc_time_s[arcs] @ parts), float(network.arc_length_m[arcs] @ parts))
