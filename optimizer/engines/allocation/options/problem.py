"""An option problem: places for berths, some larger when switched, and cars that want a berth within reach."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from layers.errors import ParameterError
from optimizer.engines.circulation import CirculationProblem
from optimizer.engines.figures import figure_faults

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
# Pair of a place that no street is made one-way for.
NEVER = -1


@dataclass(frozen=True)
class Count:
    """Ask for a number of new berths, or of groups of places that get any.

    Parameters
    ----------
    groups
        Places, group by group: new berths are counted over all of them, or each group counts for one.
    at_least
        How many are asked for.
    by_group
        Whether groups are counted that have a new berth or one that stands, not berths.
    price
        Of each that is missing.
    """

    groups: tuple[tuple[int, ...], ...]
    at_least: int
    by_group: bool
    price: float


@dataclass(frozen=True)
class OptionProblem:
    """Add berths so that prices of cars left out, of berths and of switches, and of what is missing of counts, are least.

    Parameters
    ----------
    demand
        Cars that want a berth, shape (n_hours, n_zones).
    price
        Of a car left out, shape (n_hours, n_zones).
    zone, place
        Who may park where, shape (n_pairs,).
    walk_m
        Of each pair; counts only where all else is equal.
    there
        Berths that stand and stay, shape (n_places,).
    room, more
        New berths that fit as it is, and beyond these when switched, shape (n_places,).
    berth_price, switch_price
        In the objective, shape (n_places,).
    berth_cost, switch_cost
        Of the budget, shape (n_places,).
    least
        New berths that must be, shape (n_places,).
    pair
        Pair of the circulation that a switch closes an arc of; `NEVER` where it closes none, shape (n_places,).
    budget
        Most that may be spent.
    counts
        Numbers asked for.
    circulation
        Which pairs may be closed together; None where no place has one.
    """

    demand: Ints
    price: Floats
    zone: Ints
    place: Ints
    walk_m: Floats
    there: Ints
    room: Ints
    more: Ints
    berth_price: Floats
    switch_price: Floats
    berth_cost: Floats
    switch_cost: Floats
    least: Ints
    pair: Ints
    budget: float
    counts: tuple[Count, ...] = ()
    circulation: CirculationProblem | None = None
    name: str = field(default="problem", compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises
        ------
        ParameterError
            With every figure that is wrong.
        """
        found = self._shape_faults() or self._figure_faults()
        if not self.budget >= 0:
            found.append(f"the budget is {self.budget}, at least 0 is expected")
        if found:
            raise ParameterError(f"{self.name}: " + "; ".join(found))

    def _shape_faults(self) -> list[str]:
        n = self.n_places
        names = ("room", "more", "berth_price", "switch_price", "berth_cost", "switch_cost", "least", "pair")
        shapes = {name: getattr(self, name).shape for name in names}
        found = [f"{name} has the shape {shape}, ({n},) is expected" for name, shape in shapes.items() if shape != (n,)]
        if self.demand.ndim != 2 or self.price.shape != self.demand.shape:
            found.append(f"price has the shape {self.price.shape}, that of demand is {self.demand.shape}")
        if len({len(self.zone), len(self.place), len(self.walk_m)}) != 1:
            found.append("zone, place and walk_m differ in length, one is expected")
        return found

    def _figure_faults(self) -> list[str]:
        names = ("demand", "price", "zone", "place", "walk_m", "there", "room", "more", "berth_price", "switch_price",
                 "berth_cost", "switch_cost", "least")  # fmt: skip
        found = figure_faults(tuple((name, getattr(self, name), 0, False) for name in names))
        if found:
            return found
        if (self.least > self.room + self.more).any():
            found.append("more berths are asked for than fit in a place")
        elif ((self.least > self.room) & (self.pair >= 0)).any():
            found.append("a place must have berths that only a one-way gives room for, which no search can promise")
        if (self.zone >= self.n_zones).any() or (self.place >= self.n_places).any():
            found.append("a pair names a zone or place that there is not")
        return found

    @property
    def n_hours(self) -> int:
        """Number of hours."""
        return int(self.demand.shape[0])

    @property
    def n_zones(self) -> int:
        """Number of zones."""
        return int(self.demand.shape[1])

    @property
    def n_places(self) -> int:
        """Number of places."""
        return len(self.there)
