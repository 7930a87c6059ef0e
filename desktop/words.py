"""How figures, units and objects of the data are written in the window."""

from __future__ import annotations

import math
from enum import IntEnum

from desktop.i18n import language
from layers.units import HOUR_S, KM_M, MINUTE_S, TONNE_KG, WAN_YUAN

THIN = "\u202f"  # narrow, and no line breaks at it
MINUS = "\u2212"
_UNITS_ZH = {
    "iterations": "次",
    "yuan": "元",
    "yuan/day": "元/日",
    "vehicles": "辆",
    "trips": "趟",
    "routes": "条",
    "passes": "遍",
    "streets": "段",
    "items": "项",
    "breaches": "处",
    "t/d": "t/日",
    "": "",
}


def unit(name: str) -> str:
    """Return a unit as the present language writes it."""
    plain = {"m3": "m³", "m2": "m²"}.get(name, name)
    return _UNITS_ZH.get(name, plain) if language() == "zh" else plain.replace("元", "yuan")


def number(value: float, n_decimals: int | None = None) -> str:
    """Return a figure with thousands separated and no more decimals than it deserves; a dash where there is none."""
    if not math.isfinite(value):
        return "–"
    if n_decimals is None:
        size = abs(value)
        n_decimals = 0 if size >= 1000 or value == int(value) else 1 if size >= 10 else 2
    text = f"{value:,.{n_decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", MINUS)


def figure(value: float, name: str) -> str:
    """Return a figure with its unit; seconds become hours and minutes, large sums 万元."""
    if not math.isfinite(value):
        return "–"
    if name == "s" and abs(value) >= MINUTE_S:
        return duration(value)
    if name == "h":
        return duration(value * HOUR_S)
    if name in {"yuan", "元"} and abs(value) >= WAN_YUAN and language() == "zh":
        return f"{number(value / WAN_YUAN, 1)}{THIN}万元"
    shown = unit(name)
    return f"{number(value)}{THIN}{shown}" if shown else number(value)


def signed(value: float, name: str = "") -> str:
    """Return a difference with its sign."""
    return ("+" if value > 0 else "") + figure(value, name)


def duration(time_s: float) -> str:
    """Return a span of time in hours and minutes."""
    hours, minutes = divmod(round(abs(time_s) / MINUTE_S), HOUR_S // MINUTE_S)
    text = f"{hours}{THIN}h{THIN}{minutes:02d}{THIN}min" if hours else f"{minutes}{THIN}min"
    return (MINUS if time_s < 0 else "") + text


def kilometres(length_m: float) -> str:
    """Return a length in kilometres."""
    return f"{number(length_m / KM_M, 1)}{THIN}km"


def tonnes(load_kg: float) -> str:
    """Return a weight in tonnes."""
    return f"{number(load_kg / TONNE_KG, 1)}{THIN}t"


def elapsed(time_s: float) -> str:
    """Return a running time as ``m:ss``."""
    return f"{int(time_s) // MINUTE_S}:{int(time_s) % MINUTE_S:02d}"


def choice(member: IntEnum) -> str:
    """Return a member of a closed set of the city's columns."""
    zh, en = _CHOICES.get((type(member).__name__, member.name), ("", ""))
    plain = member.name.lower().replace("_", " ")
    return (zh if language() == "zh" else en) or plain


_CHOICES = {
    ("RoadClass", "UNKNOWN"): ("未知", "unknown"),
    ("RoadClass", "EXPRESSWAY"): ("快速路", "expressway"),
    ("RoadClass", "MAIN"): ("主干道", "main street"),
    ("RoadClass", "SECONDARY"): ("次干道", "secondary street"),
    ("RoadClass", "BRANCH"): ("支路", "branch street"),
    ("RoadClass", "BACK_STREET"): ("背街小巷", "back street"),
    ("Oneway", "UNKNOWN"): ("未知", "unknown"),
    ("Oneway", "BOTH"): ("双向", "both ways"),
    ("Oneway", "FORWARD"): ("顺绘制方向单行", "one-way as drawn"),
    ("Oneway", "BACKWARD"): ("逆绘制方向单行", "one-way against the drawn line"),
    ("PlantKind", "UNKNOWN"): ("未知", "unknown"),
    ("PlantKind", "INCINERATOR"): ("焚烧厂", "incinerator"),
    ("PlantKind", "FOOD_WASTE"): ("厨余处理厂", "food-waste plant"),
    ("PlantKind", "LANDFILL"): ("填埋场", "landfill"),
    ("PlantKind", "SORTING"): ("分拣中心", "sorting plant"),
    ("StationState", "UNKNOWN"): ("未知", "unknown"),
    ("StationState", "SOUND"): ("完好", "sound"),
    ("StationState", "TO_REBUILD"): ("待改造", "to be rebuilt"),
    ("StationState", "TO_CLOSE"): ("待关闭", "to be closed"),
}
