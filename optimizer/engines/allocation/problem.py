"""An allocation problem: cars of zones to the berths of lots within walking reach, hour by hour."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from layers.errors import ParameterError
from optimizer.engines.figures import figure_faults

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AllocationProblem:
    """Give as many cars as can be a berth, by weight, and of all ways to do that take the one with the least walking.

    Hours do not touch one another: a berth that is left is another car's in the next hour. A transportation problem for each
    (Ahuja, Magnanti & Orlin 1993, *Network Flows*, chapter 9).

    Parameters
    ----------
    demand
        Shape (n_hours, n_zones): cars that want a berth.
    berths
        Shape (n_hours, n_lots): berths that are open.
    zone, lot
        Shape (n_pairs,): who may park where; what is beyond the walking reach is left out.
    walk_m
        Shape (n_pairs,): from the lot to the zone, at least 0.
    weight
        Shape (n_zones,): what a car of the zone counts, whole and at least 1; None for 1. A car that counts more goes first.
    name
        Told with errors.
    """

    demand: Ints
    berths: Ints
    zone: Ints
    lot: Ints
    walk_m: Floats
    weight: Ints | None = None
    name: str = field(default="problem", compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises
        ------
        ParameterError
            With every figure that is wrong.
        """
        found = self._shape_faults() or self._figure_faults()
        if found:
            raise ParameterError(f"{self.name}: " + "; ".join(found))

    @property
    def n_hours(self) -> int:
        """Number of hours."""
        return int(self.demand.shape[0])

    @property
    def n_zones(self) -> int:
        """Number of zones."""
        return int(self.demand.shape[1])

    @property
    def n_lots(self) -> int:
        """Number of lots."""
        return int(self.berths.shape[1])

    @property
    def weights(self) -> Ints:
        """What a car of each zone counts, shape (n_zones,)."""
        return np.ones(self.n_zones, dtype=np.int64) if self.weight is None else self.weight

    @property
    def reached(self) -> NDArray[np.bool_]:
        """Whether each zone has any lot within reach, shape (n_zones,)."""
        return np.bincount(self.zone, minlength=self.n_zones) > 0

    def _shape_faults(self) -> list[str]:
        if self.demand.ndim != 2 or self.berths.ndim != 2 or len(self.demand) != len(self.berths):
            shapes = f"{self.demand.shape} and {self.berths.shape}"
            return [f"demand and berths have the shapes {shapes}, a row for each of the same hours is expected"]
        lengths = {len(self.zone), len(self.lot), len(self.walk_m)}
        found = [f"zone, lot and walk_m have the lengths {sorted(lengths)}, one is expected"] if len(lengths) > 1 else []
        if self.weight is not None and self.weight.shape != (self.n_zones,):
            found.append(f"weight has the shape {self.weight.shape}, ({self.n_zones},) is expected")
        return found

    def _figure_faults(self) -> list[str]:
        found = figure_faults(
            (
                ("demand", self.demand, 0, False),
                ("berths", self.berths, 0, False),
                ("walk_m", self.walk_m, 0, False),
                ("weight", self.weights, 1, False),
            )
        )
        for name, rows, n in (("zone", self.zone, self.n_zones), ("lot", self.lot, self.n_lots)):
            wrong = (rows < 0) | (rows >= n)
            if wrong.any():
                k = int(np.argmax(wrong))
                found.append(f"{name}[{k}] is {rows[k]}, there are {n}")
        if not found and len(np.unique(self.zone * max(1, self.n_lots) + self.lot)) < len(self.zone):
            found.append("zone and lot: a pair is listed twice, once is expected")
        return found
