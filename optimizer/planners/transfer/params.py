"""What the planner of transfer stations asks, with the source of every default."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from layers.text import Text
from optimizer.params import Form, Params, param
from resources.source import Certainty, Source

_TARGETS = Text("指标", "targets")
_WASTE = Text("垃圾量", "waste")
_SITES = Text("场地", "sites")
_HAUL = Text("运输", "haul")
_MONEY = Text("费用", "money")
_PEOPLE = Text("扰民", "nuisance")
_HOURS = Text("开放时段", "hours")

_OWN = Source("own rule of calculation", Certainty.M)
_LOCAL = Source("local input: no literature gives it", Certainty.M)
_NANJING = Source("Nanjing work plan: stations rebuilt or improved", Certainty.GIVEN)
_CLASSES = Text("V、IV、III、II、I 类，逗号分开", "of the classes V, IV, III, II, I, comma-separated")

_wanted = partial(param, when={"targets": ("must", "goal")}, group=_TARGETS)
_goal = partial(param, when={"targets": ("goal",)}, group=_TARGETS)


@dataclass(frozen=True, kw_only=True)
class TransferParams(Params):
    """Parameters of the planner of transfer stations."""

    # With reading, the check and saving a city of eleven districts takes a minute in all.
    time_limit_s: float = param(50.0, "计算时限", "search time", "s", low=1, high=86_400)

    targets: str = param(
        "must", "数量指标", "numbers wanted", group=_TARGETS, source=_OWN,
        choices={
            "must": Text("必须达到（不能则尽量接近）", "must be met, or the nearest that is possible"),
            "goal": Text("未达到的计费", "what is missing costs"),
            "off": Text("不计", "do not count"),
        },
        help=Text("各区新建改建座数、转运中心、压缩站", "stations by district, the centre, compacting stations"),
    )  # fmt: skip
    goal_yuan_year: float = _goal(
        1_000_000.0, "每缺一座", "each station that is missing", "yuan/year", low=0, high=1e9, source=_OWN,
    )  # fmt: skip
    n_central: int = _wanted(
        8, "每中心城区新建改建", "built or rebuilt in a central district", low=0, high=100, source=_NANJING
    )
    n_outer: int = _wanted(4, "其他区新建改建", "built or rebuilt in each other district", low=0, high=100, source=_NANJING)
    centre_t_day: float = _wanted(
        600.0, "转运中心规模", "size of the transfer centre", "t/d", low=0, high=3000,
        source=Source("Zhanggong report: one large station feeds the incinerator", Certainty.GIVEN),
        help=Text("0 表示不要", "0 asks for none"),
    )  # fmt: skip
    n_compacting: int = _wanted(
        2, "每区新增压缩站", "compacting stations added in a district", low=0, high=50,
        source=Source("district government's report", Certainty.GIVEN),
    )  # fmt: skip
    all_compacting: bool = param(
        True, "保留的站须有压缩设备", "a station that is kept must compact", group=_TARGETS,
        source=Source("sealed and compacting equipment asked for by the documents", Certainty.GIVEN),
    )  # fmt: skip
    food_t_day: float = _wanted(
        100.0, "餐厨垃圾处置能力", "capacity for food waste", "t/d", low=0, high=5000,
        source=Source("Nanjing work plan", Certainty.GIVEN),
        help=Text("处理厂不足时列出差额", "where the plants have less, what is missing is told"),
    )  # fmt: skip

    n_alternatives: int = param(
        2, "备选方案", "other plans", "plans", low=0, high=5, group=_TARGETS, source=_OWN,
        help=Text("费用相差 1 % 以内、场地差别最大的方案", "that cost 1 % more at the most and differ most in their sites"),
    )  # fmt: skip

    streams: str = param(
        "other,food", "经中转站的类别", "streams that go through stations", group=_WASTE, source=_OWN,
        help=Text(
            "other、food、recyclable、hazardous，逗号分开；在站内分开转运",
            "of other, food, recyclable, hazardous, comma-separated; kept apart at the stations",
        ),
    )  # fmt: skip
    peak_factor: float = param(
        1.2, "季节系数", "seasonal peak factor", low=1, high=3, group=_WASTE,
        source=Source("T5: 1.15-1.3 on the average day; from memory", Certainty.M),
    )  # fmt: skip
    kg_head: float = param(
        1.0, "人均日产量", "waste a head", "kg/person/day", low=0.1, high=5, group=_WASTE,
        source=Source("about 1 kg a head in Chinese cities (environmental-partnership.org)", Certainty.B),
        help=Text("仅用于没有重量的收集点", "for points without kilograms alone"),
    )  # fmt: skip
    kg_job: float = param(
        0.2, "每岗位日产量", "waste a job", "kg/job/day", low=0, high=5, group=_WASTE,
        source=Source("from memory: shops and offices", Certainty.M),
    )  # fmt: skip
    stream_shares: str = param(
        "0.60,0.215,0.18,0.005", "分类比例", "shares of the streams", group=_WASTE,
        source=Source("shares of a city that sorts: other 60, food 21.5, recyclable 18, hazardous 0.5 %", Certainty.M),
        help=Text("其他、厨余、可回收、有害", "other, food, recyclable, hazardous"),
    )  # fmt: skip
    bin_kg: float = param(
        80.0, "每桶重量", "waste in a bin", "kg", low=1, high=1000, group=_WASTE,
        source=Source("240 L bin 0.06-0.10 t; from memory", Certainty.M),
        help=Text("仅用于没有重量也没有人口数据时", "where neither kilograms nor people are known"),
    )  # fmt: skip
    point_snap_m: float = param(
        300.0, "收集点到道路最远距离", "farthest a point may lie from a street", "m", low=1, high=5000, group=_WASTE,
        source=_OWN,
    )  # fmt: skip
    n_clusters: int = param(
        80, "求解时最多合并为", "points are joined to at most", "clusters", low=10, high=20_000, group=_WASTE, source=_OWN,
        help=Text(
            "收集点更多时按方格合并求解；结果与下界按实际收集点计算",
            "where there are more, those of one square are first searched as one; plan and bound are of the points",
        ),
    )  # fmt: skip
    unserved_yuan_t: float = param(
        1000.0, "无站可去的垃圾", "waste that no station takes", "yuan/t", low=0, high=100_000, group=_WASTE, source=_OWN,
    )  # fmt: skip

    sizes: str = param(
        "30,45,60,100,140,200,300,400,600,900,1500,2500", "规模", "sizes on offer, t/d", group=_SITES,
        source=Source("GB 55013-2021 4.0.3: 30 t/d at least; steps: own rule", Certainty.A),
    )  # fmt: skip
    lots: bool = param(
        True, "在闲置地中找场地", "look for sites among idle lots", group=_SITES, source=_OWN,
    )  # fmt: skip
    rebuild_sound: bool = param(
        False, "完好的站也可改建", "sound stations may be rebuilt too", group=_SITES, source=_OWN,
    )  # fmt: skip
    least_access_m: float = param(
        8.0, "进出道路最窄", "narrowest access street of a new station", "m", low=0, high=30, group=_SITES,
        source=Source("T6: entry road of 8 m; one city's minutes", Certainty.C, local=True),
    )  # fmt: skip
    school_m: float = param(
        50.0, "距学校医院", "distance to schools and hospitals", "m", low=0, high=1000, group=_SITES,
        source=Source("not near schools (365zhishi, wording of the code); the figure is an own rule", Certainty.M),
    )  # fmt: skip
    belt_core_pct: float = param(
        40.0, "绿化带以内至少剩余用地", "land left within the green belt", "%", low=0, high=100, group=_SITES,
        source=Source("share of the class's least land that buildings and yard take; own rule", Certainty.M),
    )  # fmt: skip
    snap_m: float = param(
        300.0, "场地到道路最远距离", "farthest a site may lie from a street", "m", low=1, high=5000, group=_SITES,
        source=_OWN,
    )  # fmt: skip

    haul_type: str = param(
        "", "收运车型", "vehicle type that brings waste", group=_HAUL,
        help=Text("车型代码；空则取能进最窄道路的收运车", "key; empty takes the collection type for the narrowest streets"),
    )  # fmt: skip
    haul_yuan_t_km: float = param(
        0.0, "收运吨公里价", "haul to the station, there and back", "yuan/t/km", low=0, high=1000, group=_HAUL,
        help=Text("0 表示按资源库的车辆、能耗和工资计算", "0 works it out from the inventory's vehicle, energy and wages"),
    )  # fmt: skip
    haul_mps: float = param(
        7.0, "收运行驶速度", "speed of the haul", "m/s", low=1, high=30, group=_HAUL,
        source=Source("25 km/h in town; from memory", Certainty.M),
    )  # fmt: skip
    haul_load_pct: float = param(
        90.0, "收运车满载率", "load of a haul", "%", low=10, high=100, group=_HAUL, source=_OWN,
    )  # fmt: skip
    onward_yuan_t_km: float = param(
        1.1, "转运吨公里价", "haul from the station to the plant, there and back", "yuan/t/km", low=0, high=1000,
        group=_HAUL, source=_LOCAL,
    )  # fmt: skip
    onward_weight_kg: float = param(
        31_000.0, "转运车总重", "weight of the truck that hauls on", "kg", low=0, high=200_000, group=_HAUL,
        source=Source("four-axle hook-lift, 31 t; from memory", Certainty.M),
    )  # fmt: skip

    land_life_year: int = param(40, "用地年限", "land counts over", "years", low=1, high=100, group=_MONEY, source=_OWN)
    building_life_year: int = param(25, "建筑寿命", "buildings last", "years", low=1, high=100, group=_MONEY, source=_LOCAL)
    equipment_life_year: int = param(
        10, "设备寿命", "equipment lasts", "years", low=1, high=100, group=_MONEY, source=_LOCAL
    )
    interest_pct: float = param(4.0, "利率", "interest", "%", low=0, high=30, group=_MONEY, source=_LOCAL)
    building_yuan_t: str = param(
        "75000,70000,62000,52000,45000", "建筑造价（每日吨）", "buildings for each t/d, yuan", group=_MONEY, source=_LOCAL,
        help=_CLASSES,
    )  # fmt: skip
    equipment_yuan_t: str = param(
        "50000,46000,40000,35000,30000", "设备造价（每日吨）", "equipment for each t/d, yuan", group=_MONEY, source=_LOCAL,
        help=_CLASSES,
    )  # fmt: skip
    running_yuan_t: str = param(
        "9000,8000,6500,5500,5000", "年运行费（每日吨）", "running for each t/d and year, yuan", group=_MONEY, source=_LOCAL,
        help=_CLASSES,
    )  # fmt: skip
    rebuild_pct: float = param(
        60.0, "改建的建筑造价占新建", "buildings of a rebuilt station", "%", low=0, high=200, group=_MONEY, source=_LOCAL,
    )  # fmt: skip
    close_yuan: float = param(
        300_000.0, "关闭一座", "closing a station", "yuan", low=0, high=1e9, group=_MONEY, source=_LOCAL,
    )  # fmt: skip
    land_central_yuan_m2: float = param(
        6000.0, "中心城区地价", "land in central districts", "yuan/m2", low=0, high=1e6, group=_MONEY, source=_LOCAL,
        help=Text("仅用于没有地价的场地", "for sites without a price of their own"),
    )  # fmt: skip
    land_outer_yuan_m2: float = param(
        2500.0, "其他区地价", "land in other districts", "yuan/m2", low=0, high=1e6, group=_MONEY, source=_LOCAL,
    )  # fmt: skip

    n_years: int = param(
        1, "计划年数", "years of the plan", low=1, high=10, group=_MONEY, source=_OWN,
        help=Text("各项工程按年安排，先做承担垃圾多的", "works are put into years, those that take most waste first"),
    )  # fmt: skip
    budget_yuan: float = param(
        0.0, "年度预算", "budget of a year", "yuan", low=0, high=1e11, group=_MONEY, help=Text("0 表示不限", "0 is none")
    )
    carry_over: bool = param(
        True, "结余可留到下年", "what a year leaves may be spent later", group=_MONEY, source=_OWN,
    )  # fmt: skip

    nuisance_m: float = param(
        300.0, "扰民范围", "people count as near within", "m", low=0, high=3000, group=_PEOPLE, source=_OWN,
        help=Text("人数按距离线性递减", "people count less the farther they are, in a straight line down to none"),
    )  # fmt: skip
    nuisance_yuan: float = param(
        30.0, "每人每年扰民费用", "nuisance to one person beside the station, a year", "yuan/year", low=0, high=100_000,
        group=_PEOPLE, source=_LOCAL,
    )  # fmt: skip
    near_homes_m: float = param(
        100.0, "住宅旁的站须除臭", "a station is beside homes within", "m", low=0, high=1000, group=_PEOPLE,
        source=Source("Zhanggong: stations near homes get roof, drains, deodorising; distance: own rule", Certainty.M),
    )  # fmt: skip
    wind_from_deg: float = param(
        -1.0, "主导风向", "wind comes from", "deg", low=-1, high=360, group=_PEOPLE,
        help=Text("0 为北，90 为东；-1 表示不计", "0 is north, 90 east; -1 leaves it out"),
    )  # fmt: skip
    wind_share: float = param(
        0.5, "下风向加权", "how much more people count downwind, and less upwind", low=0, high=1, group=_PEOPLE, source=_OWN,
    )  # fmt: skip

    night_window: str = param(
        "19:00-22:30", "夜间卸料时段", "when trucks unload", form=Form.PERIODS, group=_HOURS,
        source=Source("Nanjing work plan: 19:00 to 21:30, then the last unloading", Certainty.GIVEN),
        help=Text("有夜间收运输入方案时按其卸料时刻", "with a collection plan to build on, its own times count"),
    )  # fmt: skip
    bay_t_day: float = param(
        25.0, "每泊位日处理", "what a bay takes a day", "t/d", low=1, high=500, group=_HOURS, source=_OWN,
        help=Text("新建改建站的卸料泊位数", "for bays of stations built or rebuilt"),
    )  # fmt: skip
    bay_t_hour: float = param(
        15.0, "每泊位每小时卸料", "what a bay takes in an hour", "t/h", low=1, high=500, group=_HOURS,
        source=Source("3 t every 12 min; from memory", Certainty.M),
    )  # fmt: skip
