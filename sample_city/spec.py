"""How large a sample city is, and what its parts look like on average."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from layers.errors import InputError
from layers.text import Text

# Bump it whenever the same seed gives another city: cached cities are kept by it.
VERSION = 2
EPSG = 4549  # CGCS2000 / 3-degree Gauss-Kruger, central meridian 120 degrees east
ORIGIN_M = (512_000.0, 3_552_000.0)  # where the city's centre lies in that zone


class Zone(StrEnum):
    """What a part of the city is like: decides how finely streets divide it, who lives there and what stands there."""

    OLD = "old"
    CENTRAL = "central"
    OUTER = "outer"
    INDUSTRY = "industry"
    GREEN = "green"
    WATER = "water"


@dataclass(frozen=True, slots=True)
class Spec:
    """Describe one size of city.

    Parameters
    ----------
    radius_m
        Mean distance from the centre to the outer ring road.
    n_central, n_outer
        Districts.
    n_residents
        In all.
    ring_shares
        Ring roads inside the outer one, as shares of `radius_m`; the first bounds the old city.
    central_share
        How far out the central districts reach, as a share of `radius_m`.
    n_hills
        Large green areas without streets.
    n_bridges
        Over the river.
    """

    key: str
    name: str
    radius_m: float
    n_central: int
    n_outer: int
    n_residents: int
    ring_shares: tuple[float, ...]
    central_share: float
    n_hills: int
    n_bridges: int
    river_width_m: float


SIZES = {
    "small": Spec("small", "示例城区", 2400.0, 1, 0, 205_000, (0.42,), 1.2, 0, 3, 160.0),
    "city": Spec("city", "示例市", 8550.0, 6, 5, 2_020_000, (0.26, 0.70), 0.70, 2, 7, 300.0),
    "metropolis": Spec(
        "metropolis", "示例特大城市", 38_500.0, 6, 5, 28_000_000, (0.07, 0.2, 0.42, 0.7), 0.70, 11, 24, 620.0
    ),
}

# Blocks are divided until they are smaller than this, m2: by secondary roads, branches, back streets.
BLOCK_M2 = {
    Zone.OLD: (200_000.0, 54_000.0, 21_000.0),
    Zone.CENTRAL: (400_000.0, 105_000.0, 76_000.0),
    Zone.OUTER: (560_000.0, 170_000.0, 125_000.0),
    Zone.INDUSTRY: (700_000.0, 210_000.0, 210_000.0),
}


def spec_of(size: str) -> Spec:
    """Return the description of a size.

    Raises
    ------
    InputError
        Where there is no such size.
    """
    if size not in SIZES:
        known = " | ".join(SIZES)
        raise InputError(
            Text(f"没有城市规模“{size}”；应为 {known}", f"no size of city is called {size!r}; expected {known}")
        )
    return SIZES[size]
