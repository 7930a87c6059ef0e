"""What the collection planner asks, with the source of every default."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from layers.text import Text
from optimizer.params import Form, Params, param
from resources.source import Certainty, Source

_QUESTION = Text("问题", "question")
_WHEN = Text("时段", "when")
_POINTS = Text("收集点与分类", "points and streams")
_WORK = Text("作业时间", "time at work")
_PLACES = Text("停车场与卸料站", "depots and stations")
_TRAVEL = Text("行驶时间", "travel times")

_OWN = Source("own rule of calculation", Certainty.M)
_NIGHT = Source("Nanjing work plan: street-side waste of lit streets from 19:00 to 21:30", Certainty.GIVEN)
_STREAMS = Source("shares of a city that sorts: other 60, food 21.5, recyclable 18, hazardous 0.5 %", Certainty.M)
_LIFT = Source("240 L bin 30-45 s each, overhead of a stop 30-60 s; from memory", Certainty.M)

_fleet = partial(param, when={"mode": ("fleet",)}, group=_QUESTION)
_all = partial(param, when={"mode": ("all",)}, group=_QUESTION)
_week = partial(param, when={"days": ("week",)}, group=_QUESTION)


@dataclass(frozen=True, kw_only=True)
class CollectionParams(Params):
    """Parameters of the collection planner."""

    mode: str = param(
        "night", "求解目标", "what is asked", group=_QUESTION,
        choices={
            "night": Text("现有车队一夜最多能收多少", "how much this fleet collects"),
            "fleet": Text("全部收净的最省车队", "cheapest fleet that collects all"),
            "all": Text("全部收净，代价最小", "all collected, at least cost"),
        },
    )  # fmt: skip
    n_vehicles_most: int = _fleet(
        400, "每种车辆最多", "most vehicles of a type", low=1, high=5000, source=_OWN,
        help=Text("求最省车队时的上限", "how far the search for the cheapest fleet may go"),
    )  # fmt: skip
    fleet: str = param(
        "", "车队", "fleet", group=_QUESTION,
        help=Text(
            "如 electric_8t=20,bin_lifter=5：正好这些车出勤；空则按资源库",
            "such as electric_8t=20,bin_lifter=5: exactly these are in service; empty takes the inventory",
        ),
    )  # fmt: skip
    least: str = _all(
        "cost", "最小化", "what is to be least",
        choices={
            "cost": Text("费用", "cost"),
            "km": Text("里程", "kilometres"),
        },
    )  # fmt: skip
    days: str = param(
        "night", "排班范围", "what is planned", group=_QUESTION,
        choices={
            "night": Text("一个设计夜", "one design night"),
            "week": Text("一周，同点同时", "a week with one stable timetable"),
        },
    )  # fmt: skip
    day_shares: str = _week(
        "1.05,0.98,0.97,0.97,0.98,1.02,1.03", "周一至周日的量", "amount of each day, Monday first",
        source=Source("own assumption: more after weekends", Certainty.M),
        help=Text("相对于日均量", "of the daily amount; seven numbers"),
    )  # fmt: skip
    tolerance_min: float = _week(
        10.0, "各日时刻最大偏差", "most that a point's time moves from day to day", "min", low=0, high=120,
        source=Source("fixed times and points (Wuhan); 10 min: the project's issue", Certainty.GIVEN),
    )  # fmt: skip

    streams: str = param(
        "other,food", "本夜收集的类别", "streams that are collected", group=_POINTS, source=_OWN,
        help=Text(
            "other、food、recyclable、hazardous，逗号分开；其余类别另行收运",
            "of other, food, recyclable, hazardous, comma-separated; the others have rounds of their own",
        ),
    )  # fmt: skip
    kg_head: float = param(
        1.0, "人均日产量", "waste a head", "kg/person/day", low=0.1, high=5, group=_POINTS,
        source=Source("about 1 kg a head in Chinese cities (environmental-partnership.org)", Certainty.B),
        help=Text("仅用于没有重量的收集点", "for points without kilograms alone"),
    )  # fmt: skip
    kg_job: float = param(
        0.2, "每岗位日产量", "waste a job", "kg/job/day", low=0, high=5, group=_POINTS,
        source=Source("from memory: shops and offices", Certainty.M),
    )  # fmt: skip
    stream_shares: str = param(
        "0.60,0.215,0.18,0.005", "分类比例", "shares of the streams", group=_POINTS, source=_STREAMS,
        help=Text("其他、厨余、可回收、有害", "other, food, recyclable, hazardous"),
    )  # fmt: skip
    bin_kg: float = param(
        80.0, "每桶重量", "waste in a bin", "kg", low=1, high=1000, group=_POINTS,
        source=Source("240 L bin 0.06-0.10 t; from memory", Certainty.M),
        help=Text("仅用于没有桶数的收集点", "for points without a number of bins"),
    )  # fmt: skip
    point_snap_m: float = param(
        150.0, "收集点到道路最远距离", "farthest a point may lie from a street", "m", low=1, high=2000, group=_POINTS,
        source=_OWN,
    )  # fmt: skip
    kerb_side: bool = param(
        True, "有中央隔离时按本侧停靠", "divided roads: stop on the point's own side", group=_POINTS, source=_OWN,
    )  # fmt: skip
    service_radius_m: float = param(
        70.0, "服务半径", "service radius", "m", low=10, high=1000, group=_POINTS,
        source=Source("CJJ 27-2012: collection points within 70 m", Certainty.B),
    )  # fmt: skip

    lit_window: str = param(
        "19:00-21:30", "有路灯路段", "streets with lamps", form=Form.PERIODS, group=_WHEN, source=_NIGHT,
    )  # fmt: skip
    unlit_window: str = param(
        "05:30-07:30", "无路灯路段", "streets without lamps", form=Form.PERIODS, group=_WHEN,
        source=Source("by morning light; own rule", Certainty.M),
    )  # fmt: skip
    shift: str = param(
        "collection", "夜间班次", "evening shift", group=_WHEN, source=_OWN,
        help=Text("资源库中的班次代码", "key of a shift in the inventory"),
    )  # fmt: skip
    shift_hours: str = param(
        "", "夜间班次起讫", "hours of the evening shift", form=Form.PERIODS, group=_WHEN,
        help=Text("空则按资源库", "empty takes the inventory's"),
    )  # fmt: skip
    route_most_h: float = param(
        0.0, "每车最长工时", "longest that a truck is out", "h", low=0, high=24, group=_WHEN,
        help=Text("0 表示只受班次限制", "0 leaves it to the shift"),
    )  # fmt: skip
    near_input_min: float = param(
        0.0, "距现行时刻最多", "most that a time may differ from the input plan's", "min", low=0, high=720, group=_WHEN,
        help=Text("0 表示不限；与输入方案比较", "0 asks for nothing; of a plan that this one builds on"),
    )  # fmt: skip
    stays_as_input: bool = param(
        False, "停留时间按现行方案", "stays as in the input plan", group=_WHEN,
        help=Text("收集点的停留时间取自输入方案", "how long trucks stay at points"),
    )  # fmt: skip
    driven_late: bool = param(
        False, "现行方案按行驶时间顺延", "an imported timetable runs late where ways take longer", group=_WHEN,
        help=Text(
            "行车赶不上所定时刻时顺延；否则照录时刻，由校核指出",
            "where a way takes longer than the timetable leaves; else times are kept as written, and the checks tell it",
        ),
    )  # fmt: skip
    driven_type: str = param(
        "", "现行方案车型", "vehicle type of an imported timetable", group=_WHEN,
        help=Text("车型代码；空则取能到最多收集点的车型", "key; empty takes the type that reaches most points"),
    )  # fmt: skip
    unlit_shift: str = param(
        "morning_collection", "无路灯路段的班次", "shift for streets without lamps", group=_WHEN, source=_OWN,
    )  # fmt: skip
    quiet_from_s: int = param(
        73_800, "安静时段起", "quiet from", "s", low=0, high=172_799, form=Form.CLOCK, group=_WHEN,
        source=Source("collection that does not disturb residents (district report); the hour is an own rule", Certainty.M),
        help=Text("此后非电动车不进住宅支路", "from then on only electric vehicles serve small streets with homes"),
    )  # fmt: skip
    quiet_until_s: int = param(
        23_400, "安静时段止", "quiet until", "s", low=0, high=86_399, form=Form.CLOCK, group=_WHEN, source=_OWN,
    )  # fmt: skip
    quiet_home_m: float = param(
        50.0, "住宅影响距离", "homes count as near within", "m", low=0, high=500, group=_WHEN, source=_OWN,
    )  # fmt: skip

    stop_s: float = param(
        30.0, "每次停靠", "overhead of a stop", "s", low=0, high=600, group=_WORK, source=_LIFT
    )  # fmt: skip
    bin_s: float = param(
        30.0, "每桶", "lifting a bin", "s", low=0, high=600, group=_WORK, source=_LIFT
    )  # fmt: skip
    least_stay_s: float = param(
        60.0, "最短停留", "shortest stay at a point", "s", low=0, high=3600, group=_WORK,
        source=Source("so that who comes at the published minute finds the truck; own rule", Certainty.M),
    )  # fmt: skip
    paid_day_s: float = param(
        28_800.0, "一个班的计薪时间", "hours that a day's wage is for", "s", low=3600, high=86_400, group=_WORK,
        source=Source("eight hours; crews are paid by the hour", Certainty.M),
    )  # fmt: skip

    depot: str = param(
        "", "停车场", "depots", form=Form.PLACES, group=_PLACES,
        help=Text("经度,纬度；多处用分号分开；空则取图层", "LON,LAT; several with semicolons; empty takes the layer"),
    )  # fmt: skip
    station: str = param(
        "", "卸料站", "stations to unload at", form=Form.PLACES, group=_PLACES,
        help=Text("空则取转运站，再取处理厂", "empty takes the transfer stations, else the plants"),
    )  # fmt: skip
    n_bays: int = param(
        2, "每站卸料泊位", "bays of a station", low=1, high=50, group=_PLACES, source=_OWN,
        help=Text("仅用于没有泊位数的站", "for stations without a number of bays"),
    )  # fmt: skip
    station_share: float = param(
        100.0, "转运能力可用于夜间", "share of the stations' capacity for this", "%", low=0, high=100, group=_PLACES,
        source=_OWN,
    )  # fmt: skip
    snap_m: float = param(
        300.0, "设施到道路最远距离", "farthest a place may lie from a street", "m", low=1, high=5000,
        group=_PLACES, source=_OWN,
    )  # fmt: skip

    drive_time_factor: float = param(
        1.0, "行驶时间系数", "driving times count so many times", low=0.1, high=20, group=_TRAVEL,
        source=Source("1: streets are driven at their speed; raised to calibrate by a known timetable", Certainty.M),
    )  # fmt: skip
    approach_s: float = param(
        0.0, "每程附加时间", "added to each way between two places", "s", low=0, high=600, group=_TRAVEL,
        source=Source("0; raised to calibrate by a known timetable", Certainty.M),
    )  # fmt: skip
