"""Two or more plans side by side: what each figure is in each, and how it differs from the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from layers.text import Text
from optimizer.kpi import Better
from optimizer.plan import Plan
from optimizer.planner import planner


class Turn(StrEnum):
    """Whether a figure turned for the better."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of all plans.

    Parameters
    ----------
    id, scope, where, unit
        As `Kpi` has them.
    label
        Of the figure.
    values
        In each plan; None where it was not measured.
    turns
        How each plan stands to the first; that of the first itself is the same. None where either was not measured.
    """

    id: str
    scope: str
    where: str
    unit: str
    label: Text
    values: tuple[float | None, ...]
    turns: tuple[Turn | None, ...]

    @property
    def changes(self) -> tuple[float | None, ...]:
        """Each value less the first; None where either was not measured."""
        first = self.values[0]
        return tuple(None if first is None or value is None else value - first for value in self.values)


def compare(plans: Sequence[Plan]) -> tuple[Line, ...]:
    """Return all figures of some plans, in the order of the planners' declarations, the whole city first.

    Plans of different planners are compared by the figures that they share; the rest stand beside nothing.
    """
    kinds = {kind.id: kind for plan in plans for kind in planner(plan.planner).kpi_kinds}
    order = {key: k for k, key in enumerate(kinds)}
    tables = [{(k.scope, k.id, k.where): k for k in plan.kpis} for plan in plans]
    keys = sorted({key for table in tables for key in table}, key=lambda k: (k[0] != "city", k[0], order.get(k[1], 0), k[2]))
    found = []
    for scope, name, where in keys:
        known = [table.get((scope, name, where)) for table in tables]
        unit = next(k.unit for k in known if k is not None)
        values = tuple(None if k is None else k.value for k in known)
        kind = kinds.get(name)
        better = kind.better if kind else Better.NEITHER
        turns = tuple(_turn(values[0], value, better) for value in values)
        found.append(Line(name, scope, where, unit, kind.label if kind else Text(name, name), values, turns))
    return tuple(found)


def _turn(first: float | None, value: float | None, better: Better) -> Turn | None:
    """Return how a value stands to the first one."""
    if first is None or value is None:
        return None
    if value == first:
        return Turn.SAME
    if better is Better.NEITHER:
        return Turn.NEITHER
    return Turn.BETTER if (value > first) == (better is Better.UP) else Turn.WORSE
