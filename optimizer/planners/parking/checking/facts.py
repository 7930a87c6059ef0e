"""What the checks look at again and again: berths as drawn, directions, sums by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from layers.kinds.streets import Oneway
from layers.layer import F64, AnyArray
from layers.text import Text
from optimizer.plan import Plan, PlanFault
from optimizer.planners.parking.measuring.rows import BERTHS, ONE_WAYS, layer_of, rows_of
from optimizer.planners.parking.reading.ground import Ground
from optimizer.planners.parking.reading.standing import StandingRow

NEW, KEPT, REMOVED, LOT = "new", "kept", "removed", "LOT"


@dataclass(frozen=True, eq=False)
class Facts:
    """Hold the question and the plan that is checked."""

    ground: Ground
    plan: Plan

    @cached_property
    def berths(self) -> tuple[dict[str, Any], ...]:
        """Every berth that is drawn."""
        return tuple(rows_of(self.plan, BERTHS))

    @cached_property
    def shapes(self) -> AnyArray:
        """Their outlines, shape (n_berths,)."""
        layer = layer_of(self.plan, BERTHS)
        return np.empty(0, dtype=object) if layer is None else layer.geometry.shapely

    @cached_property
    def standing(self) -> Mapping[str, StandingRow]:
        """Rows that stand, by id."""
        return {row.item: row for row in self.ground.standing}

    @cached_property
    def own(self) -> list[int]:
        """Rows of the berths that the plan itself places, not of rows that stand or that the council wants."""
        return [k for k, b in enumerate(self.berths) if b["state"] == NEW and self.row_of(b) is None]

    @cached_property
    def corners_m(self) -> F64:
        """Corners of all berths, shape (n_berths, 4, 2)."""
        if not len(self.shapes):
            return np.empty((0, 4, 2))
        xy_m, owner = shapely.get_coordinates(self.shapes, return_index=True)
        first = np.searchsorted(owner, np.arange(len(self.shapes)))
        n = np.diff(np.append(first, len(owner)))
        # an outline that is no four-cornered shape has no size
        return np.where((n == 5)[:, None, None], xy_m[first[:, None] + np.minimum(np.arange(4), n[:, None] - 1)], 0.0)

    @cached_property
    def sides_m(self) -> F64:
        """Lengths of their sides, shape (n_berths, 4)."""
        steps = np.roll(self.corners_m, -1, axis=1) - self.corners_m
        return np.asarray(np.hypot(steps[..., 0], steps[..., 1]))

    @cached_property
    def idle(self) -> frozenset[str]:
        """Idle land that opens to a street, by id."""
        return frozenset(lot.item for lot in self.ground.lots if lot.n_berths)

    def row_of(self, berth: Mapping[str, Any]) -> StandingRow | None:
        """Return the row that a berth is one of; None for one that the plan itself places."""
        return self.standing.get(str(berth["id"]).rpartition("#")[0])

    @cached_property
    def directions(self) -> dict[str, str]:
        """Streets that the plan makes one-way, by id."""
        return {str(row["id"]): str(row["direction"]) for row in rows_of(self.plan, ONE_WAYS)}

    def is_one_way(self, street: int) -> bool:
        """Return whether a street is one-way after the plan."""
        streets = self.ground.streets
        return streets.oneway[street] in (Oneway.FORWARD, Oneway.BACKWARD) or str(streets.ids[street]) in self.directions

    @cached_property
    def n_berths(self) -> Counter[str]:
        """Berths that are there after the plan, by street or lot; those of car parks as they are."""
        found = Counter(str(row["place"]) for row in self.berths if row["state"] != REMOVED and row["place"])
        for lot in self.ground.lots:
            found[lot.item] += lot.n_there
        return found


def fault(code: str, where: str, zh: str, en: str) -> PlanFault:
    """Return a fault."""
    return PlanFault(code, where, Text(zh, en))
