"""Streets: segments between junctions, and what decides how they can be swept, driven and walked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from layers.geometry import Shape
from layers.layer import F64, I32, Bool, Code, Layer, Str, column
from layers.text import Text


class RoadClass(IntEnum):
    """Class of a road, as Chinese street ledgers have it."""

    UNKNOWN = 0
    EXPRESSWAY = 1
    MAIN = 2
    SECONDARY = 3
    BRANCH = 4
    BACK_STREET = 5


class Oneway(IntEnum):
    """Which way may be driven, as seen along the drawn line."""

    UNKNOWN = 0
    BOTH = 1
    FORWARD = 2
    BACKWARD = 3


@dataclass(frozen=True, eq=False, kw_only=True)
class Streets(Layer):
    """Street segments, each a line from one junction to the next."""

    KIND: ClassVar[str] = "streets"
    SHAPE: ClassVar[Shape] = Shape.LINE
    LABEL: ClassVar[Text] = Text("道路", "Streets")

    from_junction: Str = column("起点路口", "from junction")
    to_junction: Str = column("终点路口", "to junction")
    name: Str = column("路名", "name")
    road_class: Code = column("道路等级", "class", choices=RoadClass)
    length_m: F64 = column("长度", "length", "m", low=0.1, high=50_000)
    width_m: F64 = column("车行道宽度", "carriageway width", "m", low=1, high=100)
    n_lanes: I32 = column("车道数", "lanes", low=0, high=16)
    oneway: Code = column("单行", "one-way", choices=Oneway)
    speed_mps: F64 = column("行驶速度", "driving speed", "m/s", low=0.5, high=40)
    speed_by_hour: Str = column("分时速度系数", "share of the speed by period, HH:MM-HH:MM=0.6;…")
    lit: Bool = column("路灯", "lit")
    cleaning_grade: I32 = column("保洁等级", "cleaning grade", low=0, high=3)
    key_area: Bool = column("重点区域", "key area")
    wash: Bool = column("冲洗路段", "to be washed")
    footway: Bool = column("人行道", "footway")
    cycle_lane: Bool = column("非机动车道", "cycle lane")
    centre_barrier: Bool = column("中央隔离", "centre barrier")
    swept_area_m2: F64 = column("清扫面积", "area to be swept", "m²", low=0, high=2_000_000)
    contract_section: Str = column("标段", "contract section")
    ban_periods: Str = column("禁行时段", "periods closed to sanitation vehicles, HH:MM-HH:MM,…")
    max_height_m: F64 = column("限高", "height limit", "m", low=1, high=10)
    max_weight_kg: F64 = column("限重", "weight limit", "kg", low=500, high=200_000)
    closed: Bool = column("封闭", "closed")
    level: I32 = column("层", "level: bridges above 0, tunnels below", low=-6, high=6)
    district: Str = column("区", "district")
    made_from: Str = column("由来", "ids of the streets that this one was split or merged from, joined by +")
