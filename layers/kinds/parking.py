"""Parking: lots and idle land, what lies along the kerb, berths that stand there, and who wants to park."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from layers.geometry import Shape
from layers.layer import F64, I32, Bool, Code, Layer, Str, column
from layers.text import Text


class LotKind(IntEnum):
    """What a piece of land is to parking."""

    UNKNOWN = 0
    CAR_PARK = 1
    IDLE_LAND = 2


class KerbKind(IntEnum):
    """Facts along the kerb that keep berths away."""

    UNKNOWN = 0
    HYDRANT = 1
    BUS_STOP = 2
    CROSSING = 3
    ENTRANCE = 4


class Decision(IntEnum):
    """What the residents' council decided on a row of berths."""

    UNKNOWN = 0
    KEEP = 1
    REMOVE = 2
    ADD = 3


@dataclass(frozen=True, eq=False, kw_only=True)
class Lots(Layer):
    """Car parks and idle land."""

    KIND: ClassVar[str] = "lots"
    SHAPE: ClassVar[Shape] = Shape.AREA
    LABEL: ClassVar[Text] = Text("停车场与闲置地", "Car parks and idle land")

    name: Str = column("名称", "name")
    district: Str = column("区", "district")
    lot: Code = column("类别", "kind", choices=LotKind)
    land_m2: F64 = column("面积", "land", "m²", low=0, high=500_000)
    n_berths: I32 = column("泊位", "berths", low=0, high=20_000)
    public: Bool = column("对外开放", "public")


@dataclass(frozen=True, eq=False, kw_only=True)
class KerbFacts(Layer):
    """Hydrants, bus stops, crossings and entrances."""

    KIND: ClassVar[str] = "kerb_facts"
    SHAPE: ClassVar[Shape] = Shape.POINT
    LABEL: ClassVar[Text] = Text("路侧设施", "Kerb facts")

    kerb: Code = column("类别", "kind", choices=KerbKind)
    street: Str = column("所在路段", "street")


@dataclass(frozen=True, eq=False, kw_only=True)
class KerbBerths(Layer):
    """Rows of berths along the kerb, each drawn from its first berth to its last; with ``add``, one that is wanted there."""

    KIND: ClassVar[str] = "kerb_berths"
    SHAPE: ClassVar[Shape] = Shape.LINE
    LABEL: ClassVar[Text] = Text("路内泊位", "Kerb berths")

    street: Str = column("所在路段", "street")
    left: Bool = column("在画线左侧", "left of the street's line")
    n_berths: I32 = column("泊位", "berths", low=0, high=2000)
    angle_deg: F64 = column("停车角度", "angle to the kerb", "degrees", low=0, high=90)
    on_footway: Bool = column("占人行道", "on the pavement")
    decision: Code = column("议事会决定", "residents' council", choices=Decision)


@dataclass(frozen=True, eq=False, kw_only=True)
class ParkingDemand(Layer):
    """Cars that want a berth, by zone and time of day."""

    KIND: ClassVar[str] = "parking_demand"
    SHAPE: ClassVar[Shape] = Shape.POINT
    LABEL: ClassVar[Text] = Text("停车需求", "Parking demand")

    district: Str = column("区", "district")
    n_night: F64 = column("夜间居民车", "residents' cars at night", low=0, high=50_000)
    n_day: F64 = column("白天就业车", "workers' cars by day", low=0, high=50_000)
    n_visitors: F64 = column("访客车", "visitors' cars", low=0, high=50_000)
    n_existing_berths: F64 = column("已有泊位", "berths there are", low=0, high=50_000)
