"""What people call the columns of what a plan of parking draws, and the values that are no figures."""

from __future__ import annotations

from layers.text import Text

LABELS = {
    "place": Text("道路或场地", "street or lot"),
    "side": Text("侧", "side"),
    "state": Text("状态", "state"),
    "angle_deg": Text("角度", "angle"),
    "along_m": Text("沿路缘长", "along the kerb"),
    "deep_m": Text("进深", "depth"),
    "colour": Text("标线颜色", "colour"),
    "year": Text("年份", "year"),
    "direction": Text("方向", "direction"),
    "night_today": Text("现状夜间", "at night today"),
    "night": Text("规划夜间", "at night as planned"),
    "day_today": Text("现状白天", "by day today"),
    "day": Text("规划白天", "by day as planned"),
    "evening_today": Text("现状傍晚", "in the evening today"),
    "evening": Text("规划傍晚", "in the evening as planned"),
    "beat": Text("巡管段", "beat"),
    "n_berths": Text("泊位", "berths"),
    "size": Text("规模", "size"),
    "lot": Text("场地", "lot"),
    "sign": Text("标志", "sign"),
    "faces_deg": Text("面向方位", "faces"),
    "tint": Text("颜色", "colour"),
}
WORDS = {
    "side": {"L": Text("左侧", "left"), "R": Text("右侧", "right"), "LOT": Text("场内", "lot")},
    "state": {"new": Text("新划", "new"), "kept": Text("保留", "kept"), "removed": Text("清除", "removed")},
    "sign": {"one_way": Text("单行路", "one-way"), "no_entry": Text("禁止驶入", "no entry")},
    "colour": {"white": Text("白色", "white")},
    "direction": {
        "forward": Text("顺画线方向", "along the drawn line"),
        "backward": Text("逆画线方向", "against the drawn line"),
    },
}
