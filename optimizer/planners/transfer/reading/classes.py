"""Classes of transfer stations as the codes have them: size, land, distance to buildings, green belt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from layers.text import Text
from resources.standards import Standard, standard

# By size, the smallest first; the last part of the keys in resources/standards.toml.
MARKS = ("v", "iv", "iii", "ii", "i")


@dataclass(frozen=True)
class StationClass:
    """Hold one class.

    Parameters
    ----------
    mark
        Its number in small letters.
    size, land, away, belt
        Rules of the codes: t/day, m2, and metres to buildings and of green.
    """

    mark: str
    size: Standard
    land: Standard
    away: Standard
    belt: Standard

    @property
    def label(self) -> Text:
        """What it is called."""
        return Text(f"{self.mark.upper()} 类", f"class {self.mark.upper()}")

    @property
    def low_t_day(self) -> float:
        """Least size; the code gives the smallest class none."""
        return self.size.values[0] if len(self.size.values) == 2 else 0.0

    @property
    def high_t_day(self) -> float:
        """Size from which on the next class begins."""
        return self.size.values[-1]


@cache
def classes() -> tuple[StationClass, ...]:
    """Return the classes, the smallest first."""
    return tuple(StationClass(m, *(standard(f"{row}.{m}") for row in ("T1", "T1.land", "T2", "T2.belt"))) for m in MARKS)


def class_of(size_t_day: float) -> StationClass:
    """Return the class of a size; what is larger than the largest is of the largest."""
    return next((c for c in classes() if size_t_day < c.high_t_day), classes()[-1])


def land_taken_m2(size_t_day: float) -> float:
    """Return the land that a station of a size takes, between the least and the most of its class in proportion."""
    own = class_of(size_t_day)
    share = (size_t_day - own.low_t_day) / (own.high_t_day - own.low_t_day)
    least_m2, most_m2 = own.land.values
    return least_m2 + (most_m2 - least_m2) * min(1.0, share)
