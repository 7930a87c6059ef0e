"""How berths stand at a kerb, by angle: along it or across it, how deep, and what must stay free to drive."""

from __future__ import annotations

import math
from dataclasses import dataclass

from optimizer.planners.parking.params import ParkingParams


@dataclass(frozen=True, slots=True)
class Stall:
    """Hold the measures of berths at one angle.

    Parameters
    ----------
    angle_deg
        To the kerb; 0 is parallel.
    along_m
        That each takes of the kerb.
    deep_m
        From the kerb towards the middle.
    aisle_m
        Least that must stay free before them.
    """

    angle_deg: int
    along_m: float
    deep_m: float
    aisle_m: float

    @property
    def lean_m(self) -> float:
        """How far the two ends of a berth are apart along the kerb; 0 where it stands square to it."""
        return 0.0 if self.angle_deg in (0, 90) else self.deep_m / math.tan(math.radians(self.angle_deg))


# Angled berths as JGJ 100-2015 is quoted (certainty B): along the kerb, depth, aisle of one way.
_ANGLED = (Stall(30, 5.0, 4.8, 3.5), Stall(45, 3.5, 5.5, 3.5), Stall(60, 2.9, 5.7, 4.5), Stall(90, 2.5, 5.3, 5.5))


def stalls_of(params: ParkingParams) -> tuple[Stall, ...]:
    """Return the ways in which berths may stand, parallel first."""
    parallel = Stall(0, params.berth_length_m, params.berth_width_m, 3.5)
    return (parallel, *_ANGLED) if params.angled else (parallel,)


def table_width_m(n_sides: int, one_way: bool, params: ParkingParams) -> float:
    """Return the carriageway that parallel berths on one kerb or both need (GA/T 850, certainty B)."""
    if one_way:
        return params.one_one_m if n_sides == 1 else params.one_both_m
    return params.two_one_m if n_sides == 1 else params.two_both_m


def fits(stall: Stall, width_m: float, n_sides: int, one_way: bool, params: ParkingParams) -> bool:
    """Return whether a carriageway is wide enough for berths on so many kerbs.

    Parallel ones by the widths of GA/T 850; others where what stays free is no less than with parallel ones, and no less
    than their aisle. Fire engines keep their width in any case.
    """
    table_m = table_width_m(n_sides, one_way, params)
    free_m = width_m - n_sides * stall.deep_m
    least_m = max(params.fire_m, table_m - n_sides * params.berth_width_m if stall.angle_deg else 0.0)
    if stall.angle_deg:
        least_m = max(least_m, stall.aisle_m)
    return width_m >= table_m and free_m >= least_m - 1e-9
