"""What the members of the closed sets in the city's columns are called, in window, legends and reports alike."""

from __future__ import annotations

from enum import IntEnum

from layers.text import Text

# By the set's name and the member's.
LABELS = {
    ("RoadClass", "UNKNOWN"): Text("未知", "unknown"),
    ("RoadClass", "EXPRESSWAY"): Text("快速路", "expressway"),
    ("RoadClass", "MAIN"): Text("主干道", "main road"),
    ("RoadClass", "SECONDARY"): Text("次干道", "secondary road"),
    ("RoadClass", "BRANCH"): Text("支路", "branch road"),
    ("RoadClass", "BACK_STREET"): Text("背街小巷", "back street"),
    ("Oneway", "UNKNOWN"): Text("未知", "unknown"),
    ("Oneway", "BOTH"): Text("双向", "both ways"),
    ("Oneway", "FORWARD"): Text("顺绘制方向单行", "one-way as drawn"),
    ("Oneway", "BACKWARD"): Text("逆绘制方向单行", "one-way against the drawn line"),
    ("PlantKind", "UNKNOWN"): Text("未知", "unknown"),
    ("PlantKind", "INCINERATOR"): Text("焚烧厂", "incinerator"),
    ("PlantKind", "FOOD_WASTE"): Text("厨余处理厂", "food-waste plant"),
    ("PlantKind", "LANDFILL"): Text("填埋场", "landfill"),
    ("PlantKind", "SORTING"): Text("分拣中心", "sorting plant"),
    ("StationState", "UNKNOWN"): Text("未知", "unknown"),
    ("StationState", "SOUND"): Text("完好", "sound"),
    ("StationState", "TO_REBUILD"): Text("待改造", "to be rebuilt"),
    ("StationState", "TO_CLOSE"): Text("待关闭", "to be closed"),
    ("DistrictRing", "CENTRAL"): Text("中心城区", "central"),
    ("DistrictRing", "OUTER"): Text("外围区", "outer"),
    ("CrowdKind", "STATION"): Text("车站", "station"),
    ("CrowdKind", "MARKET"): Text("市场", "market"),
    ("CrowdKind", "SQUARE"): Text("广场", "square"),
    ("CrowdKind", "MALL"): Text("商场", "mall"),
    ("CrowdKind", "PARK"): Text("公园", "park"),
    ("CrowdKind", "SIGHT"): Text("景点", "sight"),
    ("CrowdKind", "STADIUM"): Text("体育场馆", "stadium"),
    ("SensitiveKind", "HOME"): Text("住宅", "homes"),
    ("SensitiveKind", "SCHOOL"): Text("学校", "school"),
    ("SensitiveKind", "HOSPITAL"): Text("医院", "hospital"),
    ("LotKind", "CAR_PARK"): Text("停车场", "car park"),
    ("LotKind", "IDLE_LAND"): Text("闲置地", "idle land"),
    ("Decision", "KEEP"): Text("保留", "keep"),
    ("Decision", "REMOVE"): Text("撤销", "remove"),
    ("Decision", "ADD"): Text("增划", "add"),
    ("KerbKind", "HYDRANT"): Text("消火栓", "hydrant"),
    ("KerbKind", "BUS_STOP"): Text("公交站", "bus stop"),
    ("KerbKind", "CROSSING"): Text("人行横道", "crossing"),
    ("KerbKind", "ENTRANCE"): Text("出入口", "entrance"),
    ("TurnRule", "BANNED"): Text("禁止", "banned"),
    ("TurnRule", "ONLY"): Text("只许", "the only way"),
}


def label_of(member: IntEnum) -> Text:
    """Return what a member of a closed set is called; its own name where it has no label."""
    plain = member.name.lower().replace("_", " ")
    return LABELS.get((type(member).__name__, member.name), Text(plain, plain))
