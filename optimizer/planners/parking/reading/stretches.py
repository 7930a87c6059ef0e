"""Stretches of streets with berths at the kerb, as attendants walk them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from layers.layer import F64, Rows
from optimizer.engines.beats import BeatProblem
from optimizer.planners.parking.params import ParkingParams
from optimizer.planners.parking.reading.ground import Ground


@dataclass(frozen=True, eq=False)
class Stretches:
    """Hold stretches of streets with berths at the kerb, as the engine asks for them.

    Parameters
    ----------
    items
        Street ids, with ``#n`` behind the n-th part of a street that is too long for one attendant, or has too many berths.
    street_rows
        Row of the street of each.
    """

    items: tuple[str, ...]
    street_rows: tuple[int, ...]
    problem: BeatProblem


Shares = dict[str, F64]


def shares_at(ground: Ground, places: Sequence[str], centres_m: F64) -> Shares:
    """Return how far along its street each berth stands, from 0 to 1, by street.

    Parameters
    ----------
    places
        Street of each berth; those at no street are left out.
    centres_m
        Middle of each, shape (n, 2).
    """
    streets = ground.streets
    rows = np.array([streets.row_of.get(place, -1) for place in places], dtype=np.int64)
    kept = np.flatnonzero(rows >= 0)
    lines = streets.geometry.shapely[rows[kept]]
    share = shapely.line_locate_point(lines, shapely.points(centres_m[kept]), normalized=True)
    order = np.argsort(rows[kept], kind="stable")
    known, first = np.unique(rows[kept][order], return_index=True)
    parts = np.split(np.nan_to_num(share[order]), first[1:]) if len(known) else []
    return {str(streets.ids[row]): part for row, part in zip(known.tolist(), parts, strict=True)}


def stretches_of(ground: Ground, shares: Shares, params: ParkingParams) -> Stretches:
    """Return the stretches of streets with berths; those that are too long, or have too many, are cut into even parts."""
    network, streets = ground.walking, ground.streets
    arc_of = {int(s): k for k, s in reversed(list(enumerate(network.arc_street.tolist())))}
    once = network.arc_forward
    edges: list[list[float]] = [
        column[once].tolist() for column in (network.arc_tail, network.arc_head, network.arc_length_m)
    ]
    items, rows, loads, ends = list[str](), list[int](), list[int](), list[tuple[int, int]]()
    n_nodes = network.n_nodes
    for item in sorted(shares):
        row = streets.row_of.get(item, -1)
        if row not in arc_of:
            continue
        arc = arc_of[row]
        length_m, forward = float(network.arc_length_m[arc]), bool(network.arc_forward[arc])
        along = shares[item] if forward else 1.0 - shares[item]
        counts = _counts(along, length_m, params)
        n = len(counts)
        nodes = [int(network.arc_tail[arc]), *range(n_nodes, n_nodes + n - 1), int(network.arc_head[arc])]
        n_nodes += n - 1
        held = [part for part in range(n) if counts[part]]
        items += [item if n == 1 else f"{item}#{part + 1}" for part in held]
        rows += [row] * len(held)
        loads += [int(counts[part]) for part in held]
        ends += [(nodes[part], nodes[part + 1]) for part in held]
        if n > 1:
            for k, values in enumerate((nodes[:-1], nodes[1:], [length_m / n] * n)):
                edges[k] += values
    both = np.array(ends, dtype=np.int64).reshape(-1, 2)
    problem = BeatProblem(
        np.array(loads, dtype=np.int64), both[:, 0], both[:, 1], np.array(edges[0], dtype=np.int64),
        np.array(edges[1], dtype=np.int64), np.array(edges[2]), params.n_attended_least, params.n_attended_most,
        params.beat_walk_m, name="beats",
    )  # fmt: skip
    return Stretches(tuple(items), tuple(rows), problem)


def _counts(along: F64, length_m: float, params: ParkingParams) -> Rows:
    """Return the berths of each of as few even parts of a street as keep both limits."""
    n = max(1, math.ceil(length_m / params.beat_walk_m - 1e-9), math.ceil(len(along) / params.n_attended_most))
    while True:
        counts = np.bincount(np.minimum((along * n).astype(np.int64), n - 1), minlength=n)
        if counts.max() <= params.n_attended_most or n > len(along):
            return counts
        n += 1
