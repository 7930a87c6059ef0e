"""What the washing calendar asks, with the source of every default."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from layers.text import Text
from optimizer.params import Params, param
from resources.source import Certainty, Source

_OFTEN = Text("冲洗周期", "washing: how often")
_HOW = Text("冲洗作业", "washing: how")

_FHT = Source("flush grade 1 at least every 2 days, grade 2 every 3 days, footways weekly (fht360)", Certainty.B)
_DISTRICT = Source("district plan: fixed streets are washed weekly or monthly", Certainty.GIVEN)
_ZHANGGONG = Source("Zhanggong 2018: 1,080 turnouts, 8,640 person-turnouts, 10,800 t of water", Certainty.GIVEN)
_NEVER = Text("0 表示不安排", "0 is never")

_washing = partial(param, when={"mode": ("washing",)})


@dataclass(frozen=True, kw_only=True)
class WashingParams(Params):
    """Parameters of the washing calendar; intervals are the most days from one washing to the next."""

    horizon_days: int = _washing(
        28, "计划期", "days of the calendar", "days", low=1, high=366, group=_OFTEN,
        source=Source("four weeks: whole turns of every weekly interval; own rule", Certainty.M),
        help=Text("计划期首尾相接循环", "the calendar begins anew behind its last day"),
    )  # fmt: skip
    flush_grade_1_days: int = _washing(
        2, "一级车行道冲洗间隔", "flush carriageways, grade 1, every", "days", low=0, high=366, group=_OFTEN, source=_FHT,
        help=_NEVER,
    )  # fmt: skip
    flush_grade_2_days: int = _washing(
        3, "二级车行道冲洗间隔", "flush carriageways, grade 2, every", "days", low=0, high=366, group=_OFTEN, source=_FHT,
        help=_NEVER,
    )  # fmt: skip
    flush_grade_3_days: int = _washing(
        28, "三级车行道冲洗间隔", "flush carriageways, grade 3, every", "days", low=0, high=366, group=_OFTEN,
        source=Source("as needed (fht360); monthly as the district plan's least", Certainty.M), help=_NEVER,
    )  # fmt: skip
    pavement_grade_1_days: int = _washing(
        7, "一级人行道冲洗间隔", "wash pavements, grade 1, every", "days", low=0, high=366, group=_OFTEN, source=_FHT,
        help=_NEVER,
    )  # fmt: skip
    pavement_grade_2_days: int = _washing(
        28, "二级人行道冲洗间隔", "wash pavements, grade 2, every", "days", low=0, high=366, group=_OFTEN,
        source=Source("monthly in the district plan; three a month in Linyi", Certainty.C), help=_NEVER,
    )  # fmt: skip
    pavement_grade_3_days: int = _washing(
        0, "三级人行道冲洗间隔", "wash pavements, grade 3, every", "days", low=0, high=366, group=_OFTEN,
        source=Source("no rule found; by hand as needed", Certainty.M), help=_NEVER,
    )  # fmt: skip
    fixed_wash_days: int = _washing(
        7, "固定冲洗路段间隔", "streets marked for washing, every", "days", low=0, high=366, group=_OFTEN, source=_DISTRICT,
        help=Text("冲洗路段与重点区域的车行道和人行道", "and key areas: carriageways and pavements at least so often"),
    )  # fmt: skip

    washing_shift: str = _washing(
        "night", "冲洗班次", "shift for washing", group=_HOW,
        source=Source("machine work of grades 1 and 2 from 22:00 to 5:00 (fht360); at night (Zhanggong)", Certainty.B),
    )  # fmt: skip
    flush_speed_km_h: float = _washing(
        15.0, "冲洗速度上限", "most speed of flushing", "km/h", low=1, high=30, group=_HOW,
        source=Source("flushing at most 15 km/h (fht360)", Certainty.B),
    )  # fmt: skip
    pavement_speed_km_h: float = _washing(
        1.5, "人行道冲洗速度", "speed of washing a pavement", "km/h", low=0.1, high=10, group=_HOW,
        source=Source("hoses at a slow walk; own rule", Certainty.M),
    )  # fmt: skip
    pavement_width_m: float = _washing(
        3.0, "人行道宽度", "width of a pavement", "m", low=0.5, high=20, group=_HOW,
        source=Source("CJJ 37-2012 table 5.3.2: footway normally 3.0 m", Certainty.A),
    )  # fmt: skip
    pavement_l_m2: float = _washing(
        2.0, "人行道用水", "water for a pavement", "L/m2", low=0.1, high=20, group=_HOW,
        source=Source("GB 50015: road watering quota 2.0-3.0 L/(m2 day)", Certainty.M),
    )  # fmt: skip
    n_turnout_people: int = _washing(
        8, "每次出车人数", "people of a pavement turnout", "people", low=1, high=50, group=_HOW, source=_ZHANGGONG
    )  # fmt: skip
    turnout_water_t: float = _washing(
        10.0, "每车水量", "water a pavement turnout carries", "t", low=0.1, high=50, group=_HOW, source=_ZHANGGONG,
        help=Text("不超过水箱容量；途中在取水点加满", "no more than its tank; filled again at water points"),
    )  # fmt: skip
    n_turnouts_night: int = _washing(
        0, "每夜人行道班组上限", "most pavement turnouts a night", "turnouts", low=0, high=10_000, group=_HOW,
        help=Text("0 表示以车辆为限", "0 is as many as there are vehicles"),
    )  # fmt: skip
    nights_celsius: str = _washing(
        "", "各夜气温", "temperature of each night", "°C", group=_HOW,
        source=Source("below 4 °C nothing is washed: GB 55013-2021 cl. 8.2.2", Certainty.A),
        help=Text("逗号分开；其余各夜取 temperature_celsius", "by commas; the nights behind take temperature_celsius"),
    )  # fmt: skip
