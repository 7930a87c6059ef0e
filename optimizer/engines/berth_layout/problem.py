"""A layout problem: an outline, where it is entered, and the measures of stalls and aisles."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import shapely


@dataclass(frozen=True, slots=True)
class StallType:
    """Hold the measures of stalls that stand at one angle to their aisle.

    Parameters
    ----------
    angle_deg
        To the aisle; 90 is square to it.
    along_m, deep_m
        That each takes along the aisle, and away from it.
    aisle_m
        Width of a two-way aisle before them.
    """

    angle_deg: float
    along_m: float
    deep_m: float
    aisle_m: float

    @property
    def lean_m(self) -> float:
        """How far the two ends of a stall are apart along the aisle."""
        return 0.0 if self.angle_deg >= 90 else self.deep_m / math.tan(math.radians(self.angle_deg))


# As JGJ 100-2015 is quoted (certainty B); aisles that are driven both ways, so that none needs a way on.
SQUARE, SLANTED = StallType(90.0, 2.5, 5.3, 5.5), StallType(60.0, 2.9, 5.7, 4.5)


@dataclass(frozen=True, slots=True)
class LotRules:
    """Hold the measures that a layout keeps.

    Parameters
    ----------
    types
        Of stalls, one of which a lot gets.
    margin_m
        Kept free along the outline.
    cross_m
        Width of the aisle that joins the others.
    gate_m
        Width of the drive from the gate.
    """

    types: tuple[StallType, ...] = (SQUARE, SLANTED)
    margin_m: float = 0.5
    cross_m: float = 5.5
    gate_m: float = 4.0


@dataclass(frozen=True, eq=False)
class LayoutProblem:
    """Put as many stalls into a lot as can be, each beside an aisle that leads to the gate.

    Parameters
    ----------
    outline
        Shapely polygon or multipolygon, metres; holes are kept free. Where its lines cross it is mended; of several parts
        the largest is used.
    entrance
        Shapely point from which the lot is entered, in or outside it: the gate is the nearest point of the outline.
    """

    outline: Any
    entrance: Any
    rules: LotRules = field(default_factory=LotRules)

    @cached_property
    def mended(self) -> bool:
        """Whether the outline's lines cross."""
        return not bool(shapely.is_valid(self.outline))

    @cached_property
    def ground(self) -> Any:
        """The largest valid part of the outline, a polygon, possibly empty."""
        return largest(shapely.make_valid(self.outline) if self.mended else self.outline)

    @cached_property
    def inside(self) -> Any:
        """The same less the margin."""
        return largest(shapely.buffer(self.ground, -self.rules.margin_m, join_style="mitre"))

    @cached_property
    def gate(self) -> Any:
        """Where the lot is entered: a point of its outline."""
        if self.ground.is_empty:
            return self.entrance
        return shapely.get_point(shapely.shortest_line(shapely.boundary(self.ground), self.entrance), 0)


def largest(shape: Any) -> Any:
    """Return the largest polygon of a shape; an empty one where it has none."""
    parts = [q for p in shapely.get_parts(shape) for q in shapely.get_parts(p) if q.geom_type == "Polygon"]
    return max(parts, key=lambda p: p.area, default=shapely.Polygon())
