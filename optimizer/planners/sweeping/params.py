"""What the sweeping planner asks, with the source of every default."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from layers.text import Text
from optimizer.params import Form, param
from optimizer.planners.sweeping.washing.params import WashingParams
from resources.source import Certainty, Source

_QUESTION = Text("问题", "question")
_WORK = Text("作业要求", "work required")
_WHEN = Text("时间与天气", "time and weather")
_SPEEDS = Text("作业速度", "working speeds")
_FLEET = Text("车辆与班次", "vehicles and shifts")
_PLACES = Text("停车场、卸料点与取水点", "depots, dumps and water points")
_MEASURE = Text("统计口径", "how it is measured")

_GRADES = Source("rule S1 of the project's table: machine sweeps 2, 1, 1 a day by CJJ/T 126-2022 grade", Certainty.M)
_SPEED = Source("suggested working speeds by class; quality standard: sweeping 0-8 km/h, 15 km/h patrol", Certainty.M)
_OWN = Source("own rule of calculation", Certainty.M)
_RATE = Text(
    "机扫率 = 实际机扫量 / 应清扫量；各文件口径不同",
    "swept by machine / to be swept; the documents differ in what they count",
)

# Parameters of some questions alone.
_day = partial(param, when={"mode": ("rate", "fleet", "all")})
_fleet = partial(param, when={"mode": ("fleet",)})
_all = partial(param, when={"mode": ("all",)})


@dataclass(frozen=True, kw_only=True)
class SweepingParams(WashingParams):
    """Parameters of the sweeping planner."""

    mode: str = param(
        "rate", "求解目标", "what is asked", group=_QUESTION,
        choices={
            "rate": Text("现有车队的最高机扫率", "highest rate with this fleet"),
            "fleet": Text("达到机扫率的最省车队", "cheapest fleet that reaches a rate"),
            "all": Text("全部清扫，代价最小", "all streets swept, at least cost"),
            "washing": Text("冲洗日历", "washing calendar"),
        },
    )  # fmt: skip
    target_rate_pct: float = _fleet(
        85.0, "目标机扫率", "rate to be reached", "%", low=1, high=100, group=_QUESTION,
        source=Source("80 and 85 % (Nanjing), 85 % (fine-grained management), 98 % (Wuhan)", Certainty.GIVEN),
    )  # fmt: skip
    target_of: str = _fleet(
        "all", "目标所指道路", "streets that the rate is of", group=_QUESTION,
        choices={
            "all": Text("全部道路", "all streets"),
            "main_secondary": Text("主次干道", "main and secondary roads"),
            "main": Text("主干道", "main roads"),
        },
    )  # fmt: skip
    target_each_district: bool = _fleet(
        False, "各区均须达标", "each district must reach it", group=_QUESTION,
    )  # fmt: skip
    n_vehicles_most: int = _fleet(
        200, "每种车辆最多", "most vehicles of a type", low=1, high=5000, group=_QUESTION, source=_OWN,
        help=Text("求最省车队时的上限", "how far the search for the cheapest fleet may go"),
    )  # fmt: skip
    least: str = _all(
        "cost", "最小化", "what is to be least", group=_QUESTION,
        choices={
            "cost": Text("费用", "cost"),
            "km": Text("里程", "kilometres"),
            "balance": Text("班次长短之差", "difference between shifts"),
        },
    )  # fmt: skip
    explain_limit_s: float = param(
        5.0, "查找最小变更时限", "time to look for smallest changes", "s", low=0, high=3600, group=_QUESTION, source=_OWN,
        help=Text("搜索结束后另计；0 表示按需再查", "after the search, apart from it; 0 looks only when asked"),
    )  # fmt: skip

    shifts: str = _day(
        "night,day", "班次", "shifts", group=_FLEET,
        help=Text(
            "资源库中的班次代码，逗号分开，按先后；第二遍清扫放在后面的班次",
            "keys of shifts in the inventory, comma-separated, in order; the second sweep of a day goes to a later one",
        ),
        source=Source("machine work at night, then by day outside the peaks; fht360 and weilaioem pages", Certainty.C),
    )  # fmt: skip
    back_streets_small_only: bool = _day(
        True, "背街小巷只用小型车", "only small sweepers in back streets", group=_FLEET,
        source=Source("Nanjing work plan: 背街小巷 小型机扫车", Certainty.B, local=True),
    )  # fmt: skip
    priority_main_factor: int = param(
        4, "主次干道权重", "weight of main and secondary roads", low=1, high=20, group=_FLEET, source=_OWN,
        help=Text("车辆不够时，每平方米的权重", "of each square metre, when the fleet cannot sweep all"),
    )  # fmt: skip
    priority_key_factor: int = param(2, "重点区域权重", "weight of key areas", low=1, high=20, group=_FLEET, source=_OWN)

    wet_key_areas: bool = _day(
        True, "重点区域须湿扫或吸扫", "wet or suction sweeping in key areas", group=_FLEET,
        source=Source("fine-grained management: wet or suction sweeping in key areas", Certainty.GIVEN),
        help=Text("低于湿式作业温度时不限", "not asked for below the temperature for wet work"),
    )  # fmt: skip

    sweep_expressway: bool = _day(True, "机扫快速路", "sweep expressways", group=_WORK)
    sweep_main: bool = _day(True, "机扫主干道", "sweep main roads", group=_WORK)
    sweep_secondary: bool = _day(True, "机扫次干道", "sweep secondary roads", group=_WORK)
    sweep_branch: bool = _day(True, "机扫支路", "sweep branch roads", group=_WORK)
    sweep_back_street: bool = _day(True, "机扫背街小巷", "sweep back streets", group=_WORK)
    n_passes_grade_1: int = _day(
        2, "一级道路每日遍数", "sweeps a day, grade 1", low=0, high=6, group=_WORK, source=_GRADES
    )  # fmt: skip
    n_passes_grade_2: int = _day(
        1, "二级道路每日遍数", "sweeps a day, grade 2", low=0, high=6, group=_WORK, source=_GRADES
    )  # fmt: skip
    n_passes_grade_3: int = _day(
        1, "三级道路每日遍数", "sweeps a day, grade 3", low=0, high=6, group=_WORK, source=_GRADES
    )  # fmt: skip
    alley_width_m: float = param(
        4.5, "窄巷宽度", "width of a narrow alley", "m", low=0, high=20, group=_WORK,
        source=Source("two effective widths of a small sweeper (2 x 2.4 m) overlap: one pass is enough", Certainty.M),
        help=Text("不宽于此的街巷一遍扫两侧，两个方向均可", "streets no wider: one pass, in either direction"),
    )  # fmt: skip
    sweep_centre_barriers: bool = _day(
        True, "清扫中央护栏两侧", "sweep along centre barriers", group=_WORK, source=_OWN,
        help=Text("有中央隔离的双向道路共四条路缘", "a two-way street with a barrier has four kerbs"),
    )  # fmt: skip
    strip_m: float = _day(
        0.0, "路侧清扫带宽", "strip to be swept along each kerb", "m", low=0, high=30, group=_WORK, source=_OWN,
        help=Text("0 表示只扫路缘一遍", "0 is the kerb only, in one pass"),
    )  # fmt: skip
    pass_width_m: float = _day(
        2.4, "一遍有效宽度", "effective width of a pass", "m", low=0.5, high=6, group=_WORK,
        source=Source("36,000 m2/h at 15 km/h: zqzd.com, Beijing sanitation group 2018", Certainty.B),
    )  # fmt: skip
    dirt_kg_km: float = _day(
        150.0, "每公里路缘尘土", "dirt on a kilometre of kerb", "kg/km", low=0, high=5000, group=_WORK,
        source=Source("0.1-0.4 m3/km of kerb at 600 kg/m3", Certainty.M),
    )  # fmt: skip

    speed_main_km_h: float = _day(
        10.0, "快速路、主干道作业速度上限", "most on expressways and main roads", "km/h", low=1, high=30, group=_SPEEDS,
        source=_SPEED,
    )  # fmt: skip
    speed_secondary_km_h: float = _day(
        8.0, "次干道作业速度上限", "most on secondary roads", "km/h", low=1, high=30, group=_SPEEDS,
        source=_SPEED,
    )  # fmt: skip
    speed_other_km_h: float = _day(
        6.0, "其他道路作业速度上限", "most on other streets", "km/h", low=1, high=30, group=_SPEEDS,
        source=_SPEED,
    )  # fmt: skip

    depot: str = param(
        "", "停车场", "depots", form=Form.PLACES, group=_PLACES,
        help=Text("经度,纬度；多处用分号分开；空则取图层", "LON,LAT; several with semicolons; empty takes the layer"),
    )  # fmt: skip
    dump: str = _day(
        "", "卸料点", "dumps", form=Form.PLACES, group=_PLACES,
        help=Text("空则取转运站与处理厂", "empty takes the transfer stations and plants"),
    )  # fmt: skip
    water_point: str = param(
        "", "取水点", "water points", form=Form.PLACES, group=_PLACES,
        help=Text("经度,纬度；空则取图层", "LON,LAT; empty takes the layer"),
    )  # fmt: skip
    snap_m: float = param(
        300.0, "设施到道路最远距离", "farthest a place may lie from a street", "m", low=1, high=5000,
        group=_PLACES, source=_OWN,
    )  # fmt: skip

    peak_periods: str = _day(
        "07:00-09:00,16:00-18:00", "交通高峰", "traffic peaks", form=Form.PERIODS, group=_WHEN,
        source=Source("rule S6 of the project's table; cities override it", Certainty.B),
    )  # fmt: skip
    avoid_peaks: bool = _day(
        True, "避开高峰", "keep off the peaks", group=_WHEN,
        source=Source("GB 55013-2021 8.2.2: machine cleaning by day avoids peak hours", Certainty.A),
        help=Text("班次内除高峰外没有足够时间的除外", "but where a shift leaves no other time"),
    )  # fmt: skip
    first_sweep_by: str = _day(
        "", "首遍完成时刻", "first sweep done by", group=_WHEN,
        source=Source("first sweep done by 7:00 (grades 1 and 2) or 7:30 (grade 3): fht360 page", Certainty.B, local=True),
        help=Text("HH:MM；空则不限", "HH:MM; nothing is any time"),
    )  # fmt: skip
    temperature_celsius: float = param(
        15.0, "气温", "temperature", "°C", low=-50, high=50, group=_WHEN, source=_OWN,
        help=Text("低于 4 °C 一律干式作业", "below 4 °C nothing is done wet"),
    )  # fmt: skip

    rate_of: str = _day(
        "area", "机扫率口径", "sweeping rate by", group=_MEASURE, help=_RATE,
        choices={"area": Text("面积", "area"), "length": Text("长度", "length")},
        source=Source("机扫率: area in most plans, length in some", Certainty.B),
    )  # fmt: skip
