"""What the parking planner asks, with the source of every default."""

from __future__ import annotations

from dataclasses import dataclass

from layers.text import Text
from optimizer.params import Params, param
from resources.source import Certainty, Source

_QUESTION = Text("问题", "question")
_TARGETS = Text("指标与数量", "targets and numbers")
_CLEAR = Text("净距", "clear distances")
_WIDTHS = Text("路宽", "widths")
_BERTHS = Text("泊位", "berths")
_WALKS = Text("步行", "walks")
_DEMAND = Text("停车需求", "demand")
_FLOW = Text("单行与绕行", "one-ways and detours")
_STAFF = Text("收费员", "attendants")
_COST = Text("费用", "cost")

_OWN = Source("own rule of calculation", Certainty.M)
_LOCAL = Source("local input, to be replaced by the bureau's own", Certainty.M)
_NANJING = Source("Nanjing: 300 roads of the centre, 3,000 berths on idle land", Certainty.GIVEN)
_ZHANGGONG = Source("Zhanggong district, 2018: 5,000 berths a year; one attendant for 40 berths", Certainty.GIVEN)
_GUIDE = Source("GA/T 850-type clear distance, from memory", Certainty.M)
_GUIDE_LAW = Source("GA/T 850-type clear distance, from memory; 30 m by article 63 on stopping", Certainty.M)
_WIDTH = Source("GA/T 850: public reply of a city transport company that quotes it", Certainty.B)
_FIRE = Source("GB 55037: fire lane of 4 m", Certainty.B)
_STALL = Source("GB 5768: answer page that quotes it", Certainty.B)
_RADIUS = Source("service radius 200 m in the busy centre, 300 m elsewhere", Certainty.B)
_ISSUE = Source("own rule: nobody drives round by more", Certainty.M)
_TURNOVER = Source("turnover 3-6 cars a berth and day, from memory", Certainty.M)


@dataclass(frozen=True, kw_only=True)
class ParkingParams(Params):
    """Parameters of the parking planner."""

    time_limit_s: float = param(90.0, "计算时限", "search time", "s", low=1, high=86_400)

    n_years: int = param(1, "计划年数", "years of the plan", low=1, high=10, group=_QUESTION)
    budget_yuan: float = param(
        1e9, "年度预算", "budget of a year", "yuan", low=0, high=1e12, group=_QUESTION, source=_LOCAL,
        help=Text("0 表示不新建", "with 0 nothing is built"),
    )  # fmt: skip
    old_factor: float = param(
        2.0, "老旧小区计数倍数", "how many times cars of old quarters count", low=1, high=100, group=_QUESTION, source=_OWN
    )
    rule_set: str = param(
        "guide", "净距标准", "clear distances", group=_QUESTION,
        choices={
            "guide": Text("设置规范", "as guides have it"),
            "law": Text("设置规范与条例第 63 条从严", "the stricter of guides and article 63"),
        },
    )  # fmt: skip
    one_ways: bool = param(True, "可改单行", "streets may be made one-way", group=_QUESTION)
    worst_off_first: bool = param(
        False, "先保最差", "the worst-off first", group=_QUESTION, source=_OWN,
        help=Text("先让各地块都得到尽可能大的相同比例", "every block gets the largest share that all can have first"),
    )  # fmt: skip

    n_roads_least: int = param(300, "中心城区设泊位道路", "roads of the centre with berths", "roads", low=0, high=100_000,
                               group=_TARGETS, source=_NANJING)  # fmt: skip
    n_idle_least: int = param(3000, "闲置地新增泊位", "berths on idle land", "berths", low=0, high=10**6,
                              group=_TARGETS, source=_NANJING)  # fmt: skip
    n_new_least: int = param(5000, "各区每年施划", "berths marked a district and year", "berths", low=0, high=10**6,
                             group=_TARGETS, source=_ZHANGGONG)  # fmt: skip
    n_attended_least: int = param(40, "一人分管车位", "berths of an attendant", "berths", low=1, high=1000,
                                  group=_TARGETS, source=_ZHANGGONG)  # fmt: skip

    junction_m: float = param(20.0, "距路口", "to a junction", "m", low=0, high=200, group=_CLEAR, source=_GUIDE)
    crossing_m: float = param(15.0, "距人行横道", "to a crossing", "m", low=0, high=200, group=_CLEAR, source=_GUIDE)
    bus_stop_m: float = param(30.0, "距公交站", "to a bus stop", "m", low=0, high=200, group=_CLEAR, source=_GUIDE_LAW)
    hydrant_m: float = param(15.0, "距消火栓", "to a hydrant", "m", low=0, high=200, group=_CLEAR, source=_GUIDE)
    entrance_m: float = param(5.0, "距出入口", "to an entrance", "m", low=0, high=200, group=_CLEAR, source=_GUIDE)
    bend_m: float = param(20.0, "距急弯", "to a sharp bend", "m", low=0, high=200, group=_CLEAR, source=_GUIDE)
    bridge_m: float = param(20.0, "距桥隧", "to a bridge or tunnel", "m", low=0, high=200, group=_CLEAR, source=_GUIDE)
    narrow_m: float = param(0.0, "距窄路", "to a narrow road", "m", low=0, high=200, group=_CLEAR, source=_GUIDE)
    bend_deg: float = param(50.0, "急弯转角", "turn of a sharp bend", "degrees", low=10, high=180, group=_CLEAR, source=_OWN)
    narrow_width_m: float = param(
        4.0, "窄路宽度", "width of a narrow road", "m", low=2, high=10, group=_CLEAR,
        source=Source("regulation on the road traffic safety law, article 63", Certainty.A),
    )  # fmt: skip

    two_both_m: float = param(12.0, "双向两侧", "two-way, both kerbs", "m", low=4, high=40, group=_WIDTHS, source=_WIDTH)
    two_one_m: float = param(8.0, "双向单侧", "two-way, one kerb", "m", low=4, high=40, group=_WIDTHS, source=_WIDTH)
    one_both_m: float = param(9.0, "单行两侧", "one-way, both kerbs", "m", low=4, high=40, group=_WIDTHS, source=_WIDTH)
    one_one_m: float = param(6.0, "单行单侧", "one-way, one kerb", "m", low=4, high=40, group=_WIDTHS, source=_WIDTH)
    fire_m: float = param(4.0, "消防净宽", "clear for fire engines", "m", low=2.5, high=10, group=_WIDTHS, source=_FIRE)
    cycle_lane_m: float = param(
        1.5, "每侧非机动车道", "cycle lane on each side", "m", low=0, high=6, group=_WIDTHS, source=_OWN,
        help=Text("先从路宽中扣除", "taken off the width first"),
    )  # fmt: skip
    on_secondary: bool = param(True, "次干道可设", "berths on secondary roads", group=_WIDTHS, source=_OWN)
    on_main: bool = param(False, "主干道可设", "berths on main roads", group=_WIDTHS, source=_OWN)

    berth_length_m: float = param(6.0, "泊位长", "length of a berth", "m", low=4.5, high=16, group=_BERTHS, source=_STALL)
    berth_width_m: float = param(2.5, "泊位宽", "width of a berth", "m", low=2.0, high=3.5, group=_BERTHS, source=_STALL)
    angled: bool = param(True, "允许斜列与垂直", "angled berths too", group=_BERTHS)
    least_row: int = param(2, "每排至少", "berths of a row, at least", low=1, high=50, group=_BERTHS, source=_OWN)

    walk_centre_m: float = param(
        200.0, "中心区步行", "walk in the centre", "m", low=50, high=2000, group=_WALKS, source=_RADIUS
    )
    walk_m: float = param(300.0, "其他地区步行", "walk elsewhere", "m", low=50, high=2000, group=_WALKS, source=_RADIUS)
    snap_m: float = param(150.0, "离路最远", "farthest from a street", "m", low=10, high=2000, group=_WALKS, source=_OWN)
    by_blocks: bool = param(
        True, "需求分到街坊", "demand spread over blocks", group=_WALKS, source=_OWN,
        help=Text("按人口点的居民与岗位", "by residents and jobs of the population layer"),
    )  # fmt: skip

    cars_share: float = param(
        18.0,
        "无需求图层时车辆",
        "cars where no demand is given",
        "% of residents",
        low=0,
        high=200,
        group=_DEMAND,
        source=_OWN,
    )
    street_cars_ratio: float = param(
        60.0, "无人口时每公里支路街巷车辆", "cars a km of side street where nobody is known", "cars/km", low=0, high=1000,
        group=_DEMAND, source=_OWN,
    )  # fmt: skip
    day_share: float = param(
        30.0, "白天留车", "residents' cars that stay by day", "%", low=0, high=100, group=_DEMAND, source=_OWN
    )
    evening_share: float = param(
        80.0, "傍晚在家的车", "residents' cars at home in the evening", "%", low=0, high=100, group=_DEMAND, source=_OWN
    )
    turnover_ratio: float = param(
        4.0, "访客周转", "visitors' cars a berth and day", "1/day", low=1, high=50, group=_DEMAND, source=_TURNOVER
    )

    detour_m: float = param(800.0, "绕行上限", "longest detour", "m", low=0, high=10_000, group=_FLOW, source=_ISSUE)
    detour_s: float = param(
        300.0, "绕行时间上限", "longest detour in time", "s", low=0, high=3600, group=_FLOW, source=_ISSUE
    )
    fire_width_m: float = param(
        4.0, "消防车需路宽", "street of a fire engine", "m", low=2, high=10, group=_FLOW, source=_FIRE
    )
    truck_width_m: float = param(
        3.5, "垃圾车需路宽", "street of a garbage truck", "m", low=2, high=10, group=_FLOW, source=_OWN
    )

    beat_walk_m: float = param(
        600.0, "巡管首尾步行", "walk from end to end of a beat", "m", low=100, high=5000, group=_STAFF, source=_OWN
    )
    n_attended_most: int = param(
        60, "一人至多", "berths of an attendant, at most", "berths", low=1, high=1000, group=_STAFF, source=_OWN
    )

    attended_h: float = param(12.0, "每日收费时长", "hours attended a day", "h", low=1, high=24, group=_STAFF, source=_LOCAL)
    attendant_h: float = param(8.0, "收费员班长", "shift of an attendant", "h", low=1, high=12, group=_STAFF, source=_LOCAL)

    unparked_yuan: float = param(
        3000.0, "每辆无处停放的车每时段每年", "a car without a berth, a period and year", "yuan", low=1, high=1e6,
        group=_COST, source=_OWN,
    )  # fmt: skip
    marking_yuan: float = param(
        400.0, "施划一个泊位", "marking a berth", "yuan", low=0, high=1e5, group=_COST, source=_LOCAL
    )
    removal_yuan: float = param(
        200.0, "清除一个泊位", "removing a berth", "yuan", low=0, high=1e5, group=_COST, source=_LOCAL
    )
    signs_yuan: float = param(
        6000.0, "一条街改单行", "making a street one-way", "yuan", low=0, high=1e6, group=_COST, source=_LOCAL
    )
    paving_yuan: float = param(
        5000.0, "闲置地一个泊位", "a berth on idle land", "yuan", low=0, high=1e6, group=_COST, source=_LOCAL
    )
    lot_yuan: float = param(
        80_000.0, "闲置地出入口与设备", "access and gates of a lot", "yuan", low=0, high=1e8, group=_COST, source=_LOCAL
    )
    n_marking_years: float = param(
        5.0, "标线年限", "years that markings last", "years", low=1, high=50, group=_COST, source=_LOCAL
    )
    n_lot_years: float = param(
        5.0, "闲置地可用年限", "years that idle land may be used", "years", low=1, high=50, group=_COST, source=_LOCAL
    )
