"""Units as people read them: the documents' and codes' units in Chinese and English."""

from __future__ import annotations

from layers.text import Text

OF_DAY = "h after midnight"  # hours of the clock; they run on past 24
_ZH = {
    "% per half-year": "%（每半年）",
    "% per month": "%（每月）",
    "berths": "个泊位",
    "berths a year": "个泊位/年",
    "bins": "个",
    "breaches": "处",
    "days": "天",
    "flushes/month": "次/月",
    "flushes/week": "次/周",
    "grids": "个网格",
    "h/day": "h/天",
    "items": "项",
    "iterations": "次",
    "kg/job/day": "kg/（岗·天）",
    "kg/person/day": "kg/（人·天）",
    "min on foot": "min 步行",
    "passes": "遍",
    "cars": "辆车",
    "beats": "段",
    "people": "人",
    "people/km2": "人/km²",
    "per km2": "座/km²",
    "places": "处",
    "points": "处",
    "posts": "个岗位",
    "points per community": "处/社区",
    "ratio": "倍",
    "reach points": "分",
    "roads": "条",
    "routes": "条",
    "sites": "处",
    "stalls": "个厕位",
    "stations": "座",
    "stations per district": "座/区",
    "streets": "段",
    "sweeps/day": "次/天",
    "t/d": "t/日",
    "t/day": "t/日",
    "teams": "支",
    "terminals": "台",
    "toilets": "座",
    "toilets a year": "座/年",
    "trips": "趟",
    "turnouts": "车次",
    "units": "个",
    "vehicle turnouts a year": "车次/年",
    "vehicles": "辆",
    "washings": "次",
    "waterings/day": "次/天",
    "yuan": "元",
    "yuan/1000 m2": "元/千平方米",
    "yuan/day": "元/日",
    "yuan/m2": "元/m²",
    "yuan/t": "元/吨",
    "clusters": "组",
    "years": "年",
    "yuan/t/km": "元/（吨·公里）",
    "yuan/year": "元/年",
    OF_DAY: "时（当日零点起）",
}
_SIGNS = {
    "g/m2": "g/m²", "ratio": "×", "km2": "km²", "m2": "m²", "m3": "m³", "m3/km": "m³/km", "per km2": "per km²",
    "reach points": "points",
    "t/m3": "t/m³", "yuan/1000 m2": "yuan/1000 m²",
}  # fmt: skip


def unit_text(unit: str) -> Text:
    """Return a unit as it is shown; one that is the same everywhere (``%``, ``min``) stays as it is."""
    sign = _SIGNS.get(unit, unit)
    return Text(_ZH.get(unit, sign), sign)
