"""The network that vehicles drive on, and the arrays that problems are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

# Path costs and times are held in 32 bits, with this as "no way"; sums of two must still fit.
UNREACHABLE = 1 << 29


@dataclass(frozen=True)
class Network:
    """A directed network with a cost and a time on each arc.

    Parameters
    ----------
    n_nodes
        Nodes are 0 .. n_nodes - 1.
    arc_tail, arc_head
        Shape (n_arcs,): where each arc begins and ends. Parallel arcs are allowed.
    arc_cost
        Shape (n_arcs,): cost of driving it without serving, in whole units of cost.
    arc_time_s
        Shape (n_arcs,): seconds for it.
    """

    n_nodes: int
    arc_tail: IntArray
    arc_head: IntArray
    arc_cost: IntArray
    arc_time_s: IntArray

    @cached_property
    def _quickest(self) -> tuple[IntArray, IntArray]:
        """Pairs of nodes that an arc joins, as sorted keys, and the quickest arc's seconds."""
        key = self.arc_tail * self.n_nodes + self.arc_head
        order = np.lexsort((self.arc_time_s, key))
        keys, first = np.unique(key[order], return_index=True)
        return keys, self.arc_time_s[order][first]

    def arc_between_s(self, tail: IntArray, head: IntArray, otherwise_s: IntArray) -> IntArray:
        """Return the seconds of the quickest arc from each tail to each head, and those given where no arc joins them."""
        keys, time_s = self._quickest
        if len(keys) == 0:
            return otherwise_s
        wanted = tail * self.n_nodes + head
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[at] == wanted, time_s[at], otherwise_s)

    def faults(self) -> list[str]:
        """Return what is wrong with the network, one line each."""
        n_arcs = len(self.arc_tail)
        if any(len(a) != n_arcs for a in (self.arc_head, self.arc_cost, self.arc_time_s)):
            return ["network: arc arrays differ in length"]
        if n_arcs == 0:
            return []
        found = []
        for name, ends in (("arc_tail", self.arc_tail), ("arc_head", self.arc_head)):
            if ends.min() < 0 or ends.max() >= self.n_nodes:
                found.append(f"network: {name} names a node outside 0..{self.n_nodes - 1}")
        for name, weight in (("arc_cost", self.arc_cost), ("arc_time_s", self.arc_time_s)):
            if weight.min() < 0:
                found.append(
                    f"network: {name} is negative on arc {int(weight.argmin())}: {int(weight.min())}, at least 0 is expected"
                )
            if weight.max() >= UNREACHABLE:
                found.append(f"network: {name} reaches {int(weight.max())}, at most {UNREACHABLE - 1} is allowed")
        if self.arc_time_s.sum() >= 1 << 32:
            found.append("network: the times of all arcs together exceed 2**32 s; are they in milliseconds?")
        return found
