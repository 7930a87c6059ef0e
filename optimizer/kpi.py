"""Figures that a plan is measured by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from layers.text import Text


class Better(StrEnum):
    """Which way a figure is good."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class KpiKind:
    """Declare a figure: its key, label, unit, and which way is good."""

    id: str
    label: Text
    unit: str
    better: Better = Better.NEITHER


@dataclass(frozen=True, slots=True)
class KpiColumn:
    """Name a figure that is a column of a table.

    Parameters
    ----------
    id, where
        As `Kpi` has them.
    label
        Heading; tells of what the figure is.
    """

    id: str
    label: Text
    where: str = ""


@dataclass(frozen=True, slots=True)
class KpiTable:
    """Declare a table of figures that are read side by side: one row for each scope of a kind.

    Parameters
    ----------
    scope
        ``district``, ``type`` and the like; the whole city has a row of its own where it has such figures.
    """

    label: Text
    scope: str
    columns: tuple[KpiColumn, ...]


@dataclass(frozen=True, slots=True)
class Kpi:
    """Hold one measured figure.

    Parameters
    ----------
    id
        Key of the figure; the same word as the `metric` of the targets that it is held against.
    value
        In `unit`.
    scope
        ``city``, ``district NAME``, ``vehicle NAME``, ``shift KEY``.
    where
        What was measured, as `resources.targets.where_key` writes a target's scope (``area=city;road_class=main``);
        empty where all of it was.
    """

    id: str
    value: float
    unit: str
    scope: str = "city"
    where: str = ""


class Declared:
    """Make figures of declared kinds, each in its unit."""

    def __init__(self, kinds: Iterable[KpiKind]) -> None:
        self._units = {kind.id: kind.unit for kind in kinds}

    def __call__(self, key: str, value: float, scope: str = "city", where: str = "") -> Kpi:
        """Return a figure; its key must be declared."""
        return Kpi(key, float(value), self._units[key], scope, where)
