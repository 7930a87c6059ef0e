"""Turns between arcs: which there are, what they cost, and which are banned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.geometry import Geometry
from layers.kinds.junctions import TurnRule, Turns
from layers.kinds.streets import Streets
from layers.network.mover import TurnCosts

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]
Bool = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Arcs:
    """Hold arcs while a network is built; columns as in `Network`."""

    street: I64
    forward: Bool
    tail: I64
    head: I64

    def take(self, keep: Bool) -> Arcs:
        """Return the arcs that are kept."""
        return Arcs(self.street[keep], self.forward[keep], self.tail[keep], self.head[keep])


def turn_pairs(arcs: Arcs, n_nodes: int) -> tuple[I64, I64]:
    """Return every pair of arcs of which the second begins where the first ends."""
    by_tail = np.argsort(arcs.tail, kind="stable")
    first = np.searchsorted(arcs.tail[by_tail], np.arange(n_nodes + 1))
    n_out = np.diff(first)[arcs.head]
    before = np.repeat(np.arange(len(arcs.street)), n_out)
    within = np.arange(len(before)) - np.repeat(np.cumsum(n_out) - n_out, n_out)
    return before, by_tail[np.repeat(first[arcs.head], n_out) + within]


def headings(geometry: Geometry, arcs: Arcs) -> tuple[F64, F64]:
    """Return the direction of each arc where it begins and where it ends, radians anticlockwise from east."""
    start, end = geometry.offsets[0][arcs.street], geometry.offsets[0][arcs.street + 1]
    xy = geometry.coords
    at_first = np.arctan2(*(xy[start + 1] - xy[start]).T[::-1])
    at_last = np.arctan2(*(xy[end - 1] - xy[end - 2]).T[::-1])
    return np.where(arcs.forward, at_first, at_last + np.pi), np.where(arcs.forward, at_last, at_first + np.pi)


def turn_times_s(arcs: Arcs, pairs: tuple[I64, I64], geometry: Geometry, costs: TurnCosts) -> F64:
    """Return the seconds that each turn takes; infinite for a U-turn where none may be made."""
    before, after = pairs
    starts, ends = headings(geometry, arcs)
    angle = np.degrees(np.angle(np.exp(1j * (starts[after] - ends[before]))))
    time_s = np.where(angle > 0, costs.left_s, costs.right_s)
    time_s = np.where(np.abs(angle) <= costs.straight_deg, costs.straight_s, time_s)
    back = (arcs.street[before] == arcs.street[after]) & (arcs.forward[before] != arcs.forward[after])
    way_on = np.bincount(before, weights=~back, minlength=len(arcs.street))[before] > 0
    u_turn = np.inf if not costs.u_turns_anywhere else costs.u_turn_s
    return np.where(back, np.where(way_on, u_turn, costs.u_turn_s), time_s)


def banned_turns(arcs: Arcs, pairs: tuple[I64, I64], streets: Streets, turns: Turns, node_row: dict[str, int]) -> Bool:
    """Return which pairs a restriction forbids: those it bans, and all others where only one way is allowed."""
    before, after = pairs
    rows = streets.row_of
    known = [
        (rows[a], node_row[v], rows[b], rule)
        for a, v, b, rule in zip(
            turns.from_street.tolist(),
            turns.via_junction.tolist(),
            turns.to_street.tolist(),
            turns.rule.tolist(),
            strict=True,
        )
        if a in rows and b in rows and v in node_row
    ]
    if not known:
        return np.zeros(len(before), dtype=bool)
    table = np.array(known, dtype=np.int64)
    n, m = len(streets), len(node_row)
    at = arcs.head[before] * n + arcs.street[before]
    pair = at * n + arcs.street[after]
    key_at = table[:, 1] * n + table[:, 0]
    key = key_at * n + table[:, 2]
    assert m * n * n < 2**63, "turn keys overflow"
    bans, only = table[:, 3] == TurnRule.BANNED, table[:, 3] == TurnRule.ONLY
    return np.isin(pair, key[bans]) | (np.isin(at, key_at[only]) & ~np.isin(pair, key[only]))
