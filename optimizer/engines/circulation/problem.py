"""A circulation problem: arcs, pairs of them of which one may be closed, and how far round may be driven."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from layers.errors import ParameterError
from optimizer.engines.figures import figure_faults

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
# A candidate that stays open both ways.
BOTH = -1


@dataclass(frozen=True)
class CirculationProblem:
    """Close one arc of as many pairs as can be, by gain, so that each closed arc has a way round within the limits.

    The way round leads from the closed arc's tail to its head over open arcs. It may be longer than the arc by `limit_m`,
    and take `limit_s` longer, both included.

    Parameters
    ----------
    xy_m
        Nodes, shape (n_nodes, 2); ways are sought towards their goal.
    tail, head
        Of each arc, shape (n_arcs,).
    length_m, time_s
        Of each arc, above 0.
    pairs
        Shape (n_pairs, 2): the two arcs of a street of which one may be closed.
    banned
        Shape (n_banned, 2): arcs of which the second may not follow the first.
    limit_m, limit_s
        How much longer a way round may be.
    """

    xy_m: Floats
    tail: Ints
    head: Ints
    length_m: Floats
    time_s: Floats
    pairs: Ints
    banned: Ints
    limit_m: float
    limit_s: float
    name: str = field(default="problem", compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises
        ------
        ParameterError
            With every figure that is wrong.
        """
        n = len(self.tail)
        if {len(self.head), len(self.length_m), len(self.time_s)} != {n}:
            raise ParameterError(f"{self.name}: tail, head, length_m and time_s differ in length; one is expected")
        found = figure_faults(
            (
                ("tail", self.tail, 0, False), ("head", self.head, 0, False), ("pairs", self.pairs, 0, False),
                ("length_m", self.length_m, 0, False), ("time_s", self.time_s, 0, False),
            )
        )  # fmt: skip
        nodes, arcs = np.concatenate([self.tail, self.head]), np.concatenate([self.pairs.ravel(), self.banned.ravel()])
        if len(nodes) and nodes.max() >= len(self.xy_m):
            found.append(f"an arc ends at node {nodes.max()}, there are {len(self.xy_m)}")
        if len(arcs) and arcs.max() >= n:
            found.append(f"a pair names arc {arcs.max()}, there are {n}")
        elif len(self.pairs) and (self.tail[self.pairs[:, 0]] != self.head[self.pairs[:, 1]]).any():
            found.append("the two arcs of a pair do not lead to and fro between the same nodes")
        if not (self.limit_m >= 0 and self.limit_s >= 0):
            found.append(f"the limits are {self.limit_m} m and {self.limit_s} s, at least 0 are expected")
        if found:
            raise ParameterError(f"{self.name}: " + "; ".join(found))

    @property
    def n_pairs(self) -> int:
        """Streets that may be made one-way."""
        return len(self.pairs)

    @cached_property
    def straight_share(self) -> float:
        """The least share that any arc's length is of the straight line between its ends, at most 1."""
        apart_m = np.hypot(*(self.xy_m[self.head] - self.xy_m[self.tail]).T)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(apart_m > 0, self.length_m / apart_m, 1.0)
        share = share[np.isfinite(share)]
        return float(min(1.0, share.min(initial=1.0)))

    def closed_arcs(self, choice: Ints) -> Ints:
        """Return the arcs that a choice closes, one of each pair that is not `BOTH`."""
        rows = np.flatnonzero(choice != BOTH)
        return self.pairs[rows, choice[rows]]
