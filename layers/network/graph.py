"""The network as arrays: junctions, and one arc for each direction that may be driven."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from layers.network.mover import Mover
from layers.network.states import States

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]
Bool = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Say why a street is not in the network.

    Parameters
    ----------
    street
        Its id.
    reason
        ``closed``, ``too_narrow``, ``too_low``, ``too_heavy``, ``banned``, ``no_walkers``, ``no_junction`` or
        ``not_connected``.
    value, limit
        What the street allows and what the mover needs, in the unit of the column concerned; NaN where none is.
    """

    street: str
    reason: str
    value: float
    limit: float


@dataclass(frozen=True, eq=False)
class Network:
    """Hold what one mover can reach and come back from.

    Only the largest part in which everything can be reached from everything, turn bans kept, is in it; `left_out` lists
    every other street with the reason.

    Parameters
    ----------
    node_ids, node_xy_m
        Junctions, shapes (n_nodes,) and (n_nodes, 2).
    arc_street, arc_forward
        Row of the street in the city's layer, and whether the arc runs along its drawn line; shape (n_arcs,).
    arc_tail, arc_head
        Junction rows where the arc begins and ends.
    arc_length_m, arc_time_s
        Length, and time to drive it.
    turn_from, turn_to, turn_time_s
        Arcs before and after each allowed turn, and the seconds it takes; shape (n_turns,).
    left_out
        Streets that are not in it.
    """

    mover: Mover
    node_ids: NDArray[np.str_]
    node_xy_m: F64
    arc_street: I64
    arc_forward: Bool
    arc_tail: I64
    arc_head: I64
    arc_length_m: F64
    arc_time_s: F64
    turn_from: I64
    turn_to: I64
    turn_time_s: F64
    left_out: tuple[LeftOut, ...]

    @property
    def n_nodes(self) -> int:
        """Number of junctions."""
        return len(self.node_ids)

    @property
    def n_arcs(self) -> int:
        """Number of arcs."""
        return len(self.arc_street)

    @cached_property
    def _arc_rows(self) -> dict[tuple[int, bool], int]:
        pairs = zip(self.arc_street.tolist(), self.arc_forward.tolist(), strict=True)
        return {pair: arc for arc, pair in enumerate(pairs)}

    def arc_of(self, street_row: int, forward: bool) -> int:
        """Return the arc of a street in one direction, or -1 where it cannot be driven so."""
        return self._arc_rows.get((int(street_row), bool(forward)), -1)

    @cached_property
    def turn_times(self) -> dict[tuple[int, int], float]:
        """Seconds of each allowed turn by (arc before, arc after); a pair that is not in it is banned."""
        pairs = zip(self.turn_from.tolist(), self.turn_to.tolist(), self.turn_time_s.tolist(), strict=True)
        return {(a, b): t for a, b, t in pairs}

    def backwards(self) -> Network:
        """Return the network driven the other way: its ways from a to b are the ways from b to a here, as quick and as long.

        Ways from many places to few are found sooner as ways from few to many.
        """
        return replace(
            self,
            arc_tail=self.arc_head,
            arc_head=self.arc_tail,
            arc_forward=~self.arc_forward,
            turn_from=self.turn_to,
            turn_to=self.turn_from,
        )

    def states(self) -> States:
        """Return the edge-based graph, in which turns have costs and bans."""
        arcs = np.arange(self.n_arcs, dtype=np.int64)
        return States(
            n_states=2 * self.n_arcs,
            tail=np.concatenate([2 * arcs, 2 * self.turn_from + 1]),
            head=np.concatenate([2 * arcs + 1, 2 * self.turn_to]),
            time_s=np.concatenate([self.arc_time_s, self.turn_time_s]),
            length_m=np.concatenate([self.arc_length_m, np.zeros(len(self.turn_from))]),
            junction=np.column_stack([self.arc_tail, self.arc_head]).ravel(),
        )
