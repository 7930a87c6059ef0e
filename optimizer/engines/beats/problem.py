"""A beat problem: stretches with berths on a walked graph, how many berths an attendant has, how far a beat may reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from layers.errors import ParameterError
from optimizer.engines.figures import figure_faults

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class BeatProblem:
    """Join stretches into beats: as few as can be below the least number of berths, then few at all.

    A beat's longest walk is that between the two ends, of any of its stretches, that are farthest apart. It is bin packing
    with conflicts (Jansen & Ohring 1997, doi 10.1006/inco.1996.2616).

    Parameters
    ----------
    n_berths
        Of each stretch, shape (n_items,); none has more than `most_berths`.
    first, last
        Nodes where each stretch ends, shape (n_items,).
    tail, head, length_m
        Edges of the walked graph, each walked both ways, shape (n_edges,).
    least_berths, most_berths
        Of a beat.
    longest_m
        Most that the ends of a beat are apart, included.
    """

    n_berths: Ints
    first: Ints
    last: Ints
    tail: Ints
    head: Ints
    length_m: Floats
    least_berths: int
    most_berths: int
    longest_m: float
    name: str = field(default="problem", compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises
        ------
        ParameterError
            With every figure that is wrong.
        """
        found = figure_faults(
            (
                ("n_berths", self.n_berths, 1, False), ("first", self.first, 0, False), ("last", self.last, 0, False),
                ("tail", self.tail, 0, False), ("head", self.head, 0, False), ("length_m", self.length_m, 0, False),
            )
        )  # fmt: skip
        if {len(self.first), len(self.last)} != {len(self.n_berths)} or {len(self.head), len(self.length_m)} != {
            len(self.tail)
        }:
            found.append("columns of stretches or of edges differ in length")
        if not 1 <= self.least_berths <= self.most_berths:
            found.append(f"a beat has {self.least_berths} to {self.most_berths} berths; 1 or more, in order, are expected")
        elif len(self.n_berths) and self.n_berths.max() > self.most_berths:
            found.append(f"a stretch has {self.n_berths.max()} berths, a beat at most {self.most_berths}: cut it")
        if not self.longest_m > 0:
            found.append(f"the longest walk is {self.longest_m} m, more than 0 is expected")
        if found:
            raise ParameterError(f"{self.name}: " + "; ".join(found))

    @cached_property
    def loads(self) -> tuple[int, ...]:
        """Berths of each stretch, as numbers of Python, which are looked up faster one by one."""
        return tuple(self.n_berths.tolist())

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return int(max((a.max(initial=-1) for a in (self.first, self.last, self.tail, self.head)), default=-1)) + 1
