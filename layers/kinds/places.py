"""Areas and places of the city: districts, communities, population, crowds, and those that need protection."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from layers.geometry import Shape
from layers.layer import F64, Bool, Code, Layer, Str, column
from layers.text import Text


class DistrictRing(IntEnum):
    """Where a district lies; the documents' quotas differ by it."""

    UNKNOWN = 0
    CENTRAL = 1
    OUTER = 2


class CrowdKind(IntEnum):
    """What draws a crowd."""

    UNKNOWN = 0
    STATION = 1
    MARKET = 2
    SQUARE = 3
    MALL = 4
    PARK = 5
    SIGHT = 6
    STADIUM = 7


class SensitiveKind(IntEnum):
    """What must be kept away from noise and smell."""

    UNKNOWN = 0
    HOME = 1
    SCHOOL = 2
    HOSPITAL = 3


@dataclass(frozen=True, eq=False, kw_only=True)
class Districts(Layer):
    """Districts of the city."""

    KIND: ClassVar[str] = "districts"
    SHAPE: ClassVar[Shape] = Shape.AREA
    LABEL: ClassVar[Text] = Text("行政区", "Districts")

    name: Str = column("名称", "name")
    ring: Code = column("区位", "ring", choices=DistrictRing)
    built_up_m2: F64 = column("建成区面积", "built-up area", "m²", low=0, high=5e9)


@dataclass(frozen=True, eq=False, kw_only=True)
class Communities(Layer):
    """Communities (社区), the smallest unit that has residents' councils."""

    KIND: ClassVar[str] = "communities"
    SHAPE: ClassVar[Shape] = Shape.AREA
    LABEL: ClassVar[Text] = Text("社区", "Communities")

    name: Str = column("名称", "name")
    district: Str = column("区", "district")
    n_residents: F64 = column("居民数", "residents", low=0, high=500_000)
    old_quarter: Bool = column("老旧小区", "old quarter")


@dataclass(frozen=True, eq=False, kw_only=True)
class Population(Layer):
    """Residents and jobs by point of a grid."""

    KIND: ClassVar[str] = "population"
    SHAPE: ClassVar[Shape] = Shape.POINT
    LABEL: ClassVar[Text] = Text("人口", "Population")

    n_residents: F64 = column("居民数", "residents", low=0, high=200_000)
    n_jobs: F64 = column("就业岗位", "jobs", low=0, high=500_000)
    district: Str = column("区", "district")


@dataclass(frozen=True, eq=False, kw_only=True)
class CrowdPlaces(Layer):
    """Stations, markets, squares and the like."""

    KIND: ClassVar[str] = "crowd_places"
    SHAPE: ClassVar[Shape] = Shape.POINT
    LABEL: ClassVar[Text] = Text("人流场所", "Crowd places")

    name: Str = column("名称", "name")
    crowd: Code = column("类别", "kind", choices=CrowdKind)
    n_visitors_day: F64 = column("日客流", "visitors a day", low=0, high=2_000_000)


@dataclass(frozen=True, eq=False, kw_only=True)
class SensitivePlaces(Layer):
    """Homes, schools and hospitals."""

    KIND: ClassVar[str] = "sensitive_places"
    SHAPE: ClassVar[Shape] = Shape.POINT
    LABEL: ClassVar[Text] = Text("敏感点", "Sensitive places")

    name: Str = column("名称", "name")
    sensitive: Code = column("类别", "kind", choices=SensitiveKind)
    n_people: F64 = column("人数", "people", low=0, high=200_000)
