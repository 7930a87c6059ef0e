"""The plan and the city side by side, as checks look at them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from layers.layer import Rows
from optimizer.changes import Change, ChangeKind
from optimizer.plan import Plan
from optimizer.planners.toilets.reading.ground import Ground


@dataclass(frozen=True, eq=False)
class Facts:
    """Hold a plan and what the city says.

    Parameters
    ----------
    ground
        The city as it is read.
    """

    ground: Ground
    plan: Plan

    @cached_property
    def item_of(self) -> dict[int, str]:
        """Id of each site: toilets that stand, and behind them candidates."""
        return dict(enumerate((*self.ground.standing.ids, *self.ground.candidates.ids)))

    @cached_property
    def standing_row(self) -> dict[str, int]:
        """Row of each toilet that stands."""
        return {item: row for row, item in enumerate(self.ground.standing.ids)}

    @cached_property
    def candidate_row(self) -> dict[str, int]:
        """Row of each candidate."""
        return {item: row for row, item in enumerate(self.ground.candidates.ids)}

    def of_kind(self, *kinds: ChangeKind) -> list[Change]:
        """Return the changes of some kinds."""
        return [change for change in self.plan.changes if change.kind in kinds]

    @cached_property
    def built(self) -> dict[str, Change]:
        """New toilets at known candidates, by id."""
        return {c.item: c for c in self.of_kind(ChangeKind.BUILD) if c.item in self.candidate_row}

    @cached_property
    def mended(self) -> dict[str, Change]:
        """Toilets that are rebuilt or extended, by id."""
        return {c.item: c for c in self.of_kind(ChangeKind.REBUILD, ChangeKind.EXTEND) if c.item in self.standing_row}

    @cached_property
    def open_sites(self) -> Rows:
        """Sites with a toilet once the plan is done."""
        shut = {c.item for c in self.of_kind(ChangeKind.CLOSE, ChangeKind.REMOVE)}
        n = len(self.ground.standing)
        stay = [row for item, row in self.standing_row.items() if item not in shut]
        return np.array(sorted([*stay, *(n + self.candidate_row[item] for item in self.built)]), dtype=np.int64)

    @cached_property
    def after(self) -> dict[str, dict[str, Any]]:
        """Toilets as the plan says they will be, by id."""
        layer = next(iter(self.plan.extra_layers), None)
        if layer is None or not layer.values:
            return {}
        rows = [dict(zip(layer.values, values, strict=True)) for values in zip(*layer.values.values(), strict=True)]
        return {str(row["id"]): row for row in rows}

    @cached_property
    def neighbours(self) -> dict[int, list[tuple[int, float]]]:
        """Junctions that streets lead to from each junction, and how long these are."""
        network = self.ground.network
        found: dict[int, list[tuple[int, float]]] = defaultdict(list)
        columns = (network.arc_tail.tolist(), network.arc_head.tolist(), network.arc_length_m.tolist())
        for tail, head, length_m in zip(*columns, strict=True):
            found[tail].append((head, length_m))
        return found
