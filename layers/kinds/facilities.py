"""What the bureau runs or may build: depots, water points, plants, transfer stations, sites, waste points and toilets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from layers.geometry import Shape
from layers.layer import F64, I32, Bool, Code, Layer, Str, column
from layers.text import Text


class PlantKind(IntEnum):
    """What a plant does with waste."""

    UNKNOWN = 0
    INCINERATOR = 1
    FOOD_WASTE = 2
    LANDFILL = 3
    SORTING = 4


class StationState(IntEnum):
    """What an existing transfer station needs."""

    UNKNOWN = 0
    SOUND = 1
    TO_REBUILD = 2
    TO_CLOSE = 3


@dataclass(frozen=True, eq=False, kw_only=True)
class Depots(Layer):
    """Where vehicles stand and shifts begin and end."""

    KIND: ClassVar[str] = "depots"
    SHAPE: ClassVar[Shape] = Shape.POINT
    LABEL: ClassVar[Text] = Text("停车场（车队）", "Depots")

    name: Str = column("名称", "name")
    n_bays: I32 = column("车位", "bays", low=0, high=5000)
    charging: Bool = column("充电", "charging")


@dataclass(frozen=True, eq=False, kw_only=True)
class WaterPoints(Layer):
    """Where sweepers and washers fill their tanks."""

    KIND: ClassVar[str] = "water_points"
    SHAPE: ClassVar[Shape] = Shape.POINT
    LABEL: ClassVar[Text] = Text("取水点", "Water points")

    name: Str = column("名称", "name")
    flow_lps: F64 = column("流量", "flow", "L/s", low=0.1, high=200)
    open_periods: Str = column("开放时段", "open, HH:MM-HH:MM,…")


@dataclass(frozen=True, eq=False, kw_only=True)
class Plants(Layer):
    """Where waste ends: incinerators, food-waste plants, landfills."""

    KIND: ClassVar[str] = "plants"
    SHAPE: ClassVar[Shape] = Shape.POINT
    LABEL: ClassVar[Text] = Text("处理厂", "Plants")

    name: Str = column("名称", "name")
    plant: Code = column("类别", "kind", choices=PlantKind)
    capacity_t_day: F64 = column("处理能力", "capacity", "t/d", low=0, high=50_000)


@dataclass(frozen=True, eq=False, kw_only=True)
class TransferStations(Layer):
    """Existing transfer stations (垃圾中转站); sweepings are dumped there too."""

    KIND: ClassVar[str] = "transfer_stations"
    SHAPE: ClassVar[Shape] = Shape.POINT
    LABEL: ClassVar[Text] = Text("垃圾中转站", "Transfer stations")

    name: Str = column("名称", "name")
    district: Str = column("区", "district")
    capacity_t_day: F64 = column("转运能力", "capacity", "t/d", low=0, high=5000)
    land_m2: F64 = column("用地", "land", "m²", low=0, high=200_000)
    state: Code = column("状态", "state", choices=StationState)
    compacting: Bool = column("压缩设备", "compacting")
    n_bays: I32 = column("卸料泊位", "unloading bays", low=0, high=50)
    open_periods: Str = column("开放时段", "open, HH:MM-HH:MM,…")


@dataclass(frozen=True, eq=False, kw_only=True)
class CandidateSites(Layer):
    """Land on which a station or a toilet could be built."""

    KIND: ClassVar[str] = "candidate_sites"
    SHAPE: ClassVar[Shape] = Shape.AREA
    LABEL: ClassVar[Text] = Text("备选用地", "Candidate sites")

    name: Str = column("名称", "name")
    district: Str = column("区", "district")
    land_m2: F64 = column("用地", "land", "m²", low=0, high=500_000)
    access_width_m: F64 = column("进出道路宽", "access street width", "m", low=0, high=100)
    land_yuan_m2: F64 = column("地价", "land price", "元/m²", low=0, high=500_000)


@dataclass(frozen=True, eq=False, kw_only=True)
class WastePoints(Layer):
    """Where waste is put out and collected, by stream."""

    KIND: ClassVar[str] = "waste_points"
    SHAPE: ClassVar[Shape] = Shape.POINT
    LABEL: ClassVar[Text] = Text("垃圾收集点", "Waste points")

    name: Str = column("名称", "name")
    district: Str = column("区", "district")
    other_kg_day: F64 = column("其他垃圾", "other waste", "kg/d", low=0, high=50_000)
    food_kg_day: F64 = column("厨余垃圾", "food waste", "kg/d", low=0, high=50_000)
    recyclable_kg_day: F64 = column("可回收物", "recyclables", "kg/d", low=0, high=50_000)
    hazardous_kg_day: F64 = column("有害垃圾", "hazardous waste", "kg/d", low=0, high=5000)
    n_bins: I32 = column("桶数", "bins", low=0, high=500)
    street: Str = column("所在路段", "street")


@dataclass(frozen=True, eq=False, kw_only=True)
class Toilets(Layer):
    """Existing public toilets."""

    KIND: ClassVar[str] = "toilets"
    SHAPE: ClassVar[Shape] = Shape.POINT
    LABEL: ClassVar[Text] = Text("公厕", "Toilets")

    name: Str = column("名称", "name")
    district: Str = column("区", "district")
    dry: Bool = column("旱厕", "dry")
    n_women_stalls: I32 = column("女厕位", "women's stalls", low=0, high=200)
    n_men_stalls: I32 = column("男厕位（含小便位）", "men's stalls with urinals", low=0, high=200)
    n_stalls: I32 = column("厕位总数", "stalls in all, urinals among them", low=0, high=500)
    n_accessible_stalls: I32 = column("无障碍厕位", "barrier-free stalls", low=0, high=100)
    land_m2: F64 = column("用地", "land", "m²", low=0, high=20_000)
    open_periods: Str = column("开放时段", "open, HH:MM-HH:MM,…")
