"""What the toilets planner asks, with the source of every default."""

from __future__ import annotations

from dataclasses import dataclass

from layers.text import Text
from optimizer.params import Form, Params, param
from resources.source import Certainty, Source

_QUESTION = Text("问题", "question")
_QUOTAS = Text("指标与数量", "quotas and numbers")
_WALKS = Text("步行", "walks")
_SITES = Text("备选地点", "candidate places")
_PEOPLE = Text("使用人数", "who comes")
_STALLS = Text("厕位", "stalls")
_COST = Text("费用", "cost")

_OWN = Source("own rule of calculation", Certainty.M)
_LOCAL = Source("local input, to be replaced by the bureau's own", Certainty.M)
_DENSITY = Source("fine-grained management document: 3-5 toilets a km2 of built-up land; GB/T 50337-2018", Certainty.GIVEN)
_ZHANGGONG = Source("Zhanggong district, 2018: 50 upgraded, 12 new a year", Certainty.GIVEN)
_WUHAN = Source("Wuhan, 2021: 100 new, rebuilt and extended a year", Certainty.GIVEN)
_RADIUS = Source("GB 55013-2021 5.0.1: at most 300 m where people work or gather", Certainty.B)
_SPACING = Source("CJJ 27-2012: 300-500 m commercial, 500-800 m residential; the share is an own rule", Certainty.M)
_SITE = Source("GB/T 50337-2018: site 60-120 m2 residential, 80-170 m2 commercial", Certainty.B)
_CLASS_AREA = Source("CJJ 14-2016: 5-7, 3-4.9, 2-2.9 m2 a stall by class; from memory", Certainty.M)
_RATIO = Source("CJJ 14-2016: women to men 3:2, 2:1 where crowds are large", Certainty.B)
_SERVICE = Source("about 90 s women, 60 s men with urinals; from memory of field counts", Certainty.M)
# Share of a day's users in each hour from midnight on.
_HOURS = "0.4,0.3,0.2,0.2,0.4,1.5,4,6,7,7,6.5,7,7.5,6.5,6,6,6.5,7,6,5,4,3,1.5,0.5"


@dataclass(frozen=True, kw_only=True)
class ToiletsParams(Params):
    """Parameters of the toilets planner."""

    aim: str = param(
        "cover", "求解目标", "what is sought", group=_QUESTION,
        choices={
            "cover": Text("步行可达人数最多", "most people within reach"),
            "all": Text("人人可达，费用最低", "all within reach, at least cost"),
        },
    )  # fmt: skip
    n_years: int = param(1, "计划年数", "years of the plan", low=1, high=10, group=_QUESTION)
    worst_first: str = param(
        "none", "最差者优先", "the worst-off first", group=_QUESTION,
        choices={
            "none": Text("人人同等", "all alike"),
            "district": Text("可达率低于全市的区优先", "districts below the city's share first"),
            "old_quarter": Text("老旧小区优先", "old quarters first"),
        },
    )  # fmt: skip
    worst_factor: float = param(
        3.0, "优先者计数倍数", "how many times the worst-off count", low=1, high=100, group=_QUESTION, source=_OWN,
        when={"worst_first": ("district", "old_quarter")},
    )  # fmt: skip
    budget_yuan: float = param(
        0.0, "年度预算", "budget of a year", "yuan", low=0, high=1e10, group=_QUESTION, help=Text("0 表示不限", "0 is none")
    )

    density_least_ratio: float = param(
        3.0, "建成区密度下限", "least density of built-up land", "per km2", low=0, high=100, group=_QUOTAS, source=_DENSITY
    )
    density_most_ratio: float = param(
        5.0,
        "建成区密度上限",
        "greatest density of built-up land",
        "per km2",
        low=0,
        high=100,
        group=_QUOTAS,
        source=_DENSITY,
    )
    n_new_least: int = param(
        12, "每区每年至少新建", "new a district and year, at least", low=0, high=1000, group=_QUOTAS, source=_ZHANGGONG
    )
    n_new_most: int = param(
        20, "每区每年至多新建", "new a district and year, at most", low=0, high=1000, group=_QUOTAS, source=_OWN
    )
    n_upgraded_least: int = param(
        50, "每区每年至少提升改造", "rebuilt and extended a district and year, at least", low=0, high=1000, group=_QUOTAS,
        source=_ZHANGGONG,
    )  # fmt: skip
    n_upgraded_most: int = param(
        100, "每区每年至多提升改造", "rebuilt and extended a district and year, at most", low=0, high=1000, group=_QUOTAS,
        source=_OWN,
    )  # fmt: skip
    n_works_least: int = param(
        100, "全市每年至少新改扩建", "new, rebuilt and extended a year in the city, at least", low=0, high=10_000,
        group=_QUOTAS, source=_WUHAN,
    )  # fmt: skip
    built_reach_m: float = param(
        200.0, "无建成区面积时取道路两侧", "built-up land where none is given: from streets up to", "m", low=10, high=2000,
        group=_QUOTAS, source=_OWN,
    )  # fmt: skip

    near_m: float = param(
        300.0, "近距离", "near", "m", low=10, high=2000, group=_WALKS, source=_RADIUS,
        help=Text("步行距离，含该值", "on foot, the value included"),
    )  # fmt: skip
    far_m: float = param(
        500.0, "可接受距离", "within reach", "m", low=10, high=5000, group=_WALKS, source=_OWN,
        help=Text("近距离内计 2 分，可接受距离内计 1 分", "who is near counts twice, who is within reach once"),
    )  # fmt: skip
    crowd_m: float = param(
        300.0, "人流密集处至公厕", "from crowds to a toilet", "m", low=10, high=2000, group=_WALKS, source=_RADIUS
    )
    snap_m: float = param(
        300.0, "离步行道路最远", "farthest from a street that is walked", "m", low=10, high=5000, group=_WALKS, source=_OWN,
        help=Text("更远的人、公厕和备选地点不在路网上", "people, toilets and places farther away are off the network"),
    )  # fmt: skip
    night_at_s: int = param(
        10_800, "夜间检查时刻", "hour of the night that is looked at", "s", low=0, high=86_399, form=Form.CLOCK,
        group=_WALKS, source=_OWN,
    )  # fmt: skip

    lots: bool = param(True, "闲置地与停车场也作备选", "idle land and car parks are candidates too", group=_SITES)
    drawn: str = param(
        "", "手绘备选地点", "candidates drawn by hand", form=Form.PLACES, group=_SITES,
        help=Text("经度,纬度；多处用分号分开", "LON,LAT; several with semicolons"),
    )  # fmt: skip
    street_step_m: float = param(
        250.0, "无备选用地时沿街取点间距", "where a city has no candidates: places along streets, every", "m", low=50,
        high=5000, group=_SITES, source=_OWN,
    )  # fmt: skip
    spacing_share: float = param(
        60.0, "间距下限的比例", "share of the code's least spacing", "%", low=0, high=100, group=_SITES, source=_SPACING,
        help=Text("新建公厕与其他公厕的直线距离", "between a new toilet and any other, as the crow flies"),
    )  # fmt: skip
    spacing_commercial_m: float = param(
        300.0, "商业区间距", "spacing in commercial areas", "m", low=0, high=5000, group=_SITES, source=_SPACING
    )
    spacing_residential_m: float = param(
        500.0, "居住区间距", "spacing in residential areas", "m", low=0, high=5000, group=_SITES, source=_SPACING
    )
    homes_m: float = param(
        150.0, "住宅在此距离内为居住区", "homes within this make land residential", "m", low=0, high=2000, group=_SITES,
        source=_OWN,
    )  # fmt: skip
    apart_m: float = param(
        30.0, "与学校、托幼、水源的距离", "from schools, child care and water points", "m", low=0, high=500, group=_SITES,
        source=Source("Hunan rule; GB 55013-2021 5.0.4 for sources of water", Certainty.B, local=True),
    )  # fmt: skip
    land_1_m2: float = param(120.0, "一类用地", "land of class 1", "m2", low=10, high=2000, group=_SITES, source=_SITE)
    land_2_m2: float = param(80.0, "二类用地", "land of class 2", "m2", low=10, high=2000, group=_SITES, source=_SITE)
    land_3_m2: float = param(60.0, "三类用地", "land of class 3", "m2", low=10, high=2000, group=_SITES, source=_SITE)

    visitor_share: float = param(
        10.0, "日客流同时在场", "share of a day's visitors that are there", "%", low=0, high=100, group=_PEOPLE, source=_OWN,
        help=Text("与居民、岗位一起计数", "so many count beside residents and workers"),
    )  # fmt: skip
    spread_step_m: float = param(
        200.0, "无人口数据时网格", "grid where no population is given", "m", low=50, high=2000, group=_PEOPLE, source=_OWN
    )
    people_km2: float = param(
        10_000.0, "无人口数据时密度", "people where none are given", "people/km2", low=1, high=200_000, group=_PEOPLE,
        source=Source("round figure; shares do not depend on it", Certainty.M),
    )  # fmt: skip
    uses_resident_share: float = param(
        2.0, "居民日使用率", "residents who use one, a day", "%", low=0, high=500, group=_PEOPLE, source=_OWN
    )
    uses_job_share: float = param(
        3.0, "就业者日使用率", "workers who use one, a day", "%", low=0, high=500, group=_PEOPLE, source=_OWN
    )
    uses_visitor_share: float = param(
        12.0, "来客日使用率", "visitors who use one, a day", "%", low=0, high=500, group=_PEOPLE, source=_OWN
    )
    hour_shares: str = param(
        _HOURS, "各小时使用比例", "users by hour, from midnight", group=_PEOPLE, source=_OWN,
        help=Text("24 个数，按比例", "24 numbers, in proportion"),
    )  # fmt: skip

    women_share: float = param(50.0, "女性占比", "share of women", "%", low=1, high=99, group=_STALLS, source=_OWN)
    women_s: float = param(90.0, "女性每次", "a woman's use", "s", low=10, high=1200, group=_STALLS, source=_SERVICE)
    men_s: float = param(60.0, "男性每次", "a man's use", "s", low=10, high=1200, group=_STALLS, source=_SERVICE)
    wait_most_s: float = param(
        60.0, "高峰平均等候上限", "longest mean wait at the peak", "s", low=1, high=3600, group=_STALLS, source=_OWN
    )
    service_spread_factor: float = param(
        0.5, "使用时间变异系数平方", "squared variation of the time of use", low=0, high=10, group=_STALLS, source=_OWN,
        help=Text("Allen–Cunneen 公式；到达按泊松", "for the formula of Allen and Cunneen; people come by chance"),
    )  # fmt: skip
    crowded_ratio: float = param(
        2.0, "人流密集处女男厕位比", "women's to men's stalls where crowds gather", low=0.5, high=5, group=_STALLS,
        source=_RATIO,
    )  # fmt: skip
    other_ratio: float = param(
        1.5, "其他女男厕位比", "women's to men's stalls elsewhere", low=0.5, high=5, group=_STALLS, source=_RATIO
    )
    urinals_share: float = param(
        60.0, "男厕位中小便位", "urinals among men's stalls", "%", low=0, high=90, group=_STALLS, source=_OWN
    )
    n_least_men: int = param(2, "男厕位至少", "men's stalls, at least", low=1, high=50, group=_STALLS, source=_OWN)
    area_1_m2: float = param(
        6.0, "一类每厕位", "a stall of class 1", "m2", low=1, high=30, group=_STALLS, source=_CLASS_AREA
    )
    area_2_m2: float = param(
        4.0, "二类每厕位", "a stall of class 2", "m2", low=1, high=30, group=_STALLS, source=_CLASS_AREA
    )
    area_3_m2: float = param(
        2.5, "三类每厕位", "a stall of class 3", "m2", low=1, high=30, group=_STALLS, source=_CLASS_AREA
    )
    floor_share: float = param(60.0, "建筑占用地", "floor on the land", "%", low=5, high=300, group=_STALLS, source=_OWN)
    extension_share: float = param(
        50.0, "用地未知时扩建至多", "extension where the land is not known, at most", "%", low=0, high=500, group=_STALLS,
        source=_OWN,
    )  # fmt: skip

    build_yuan_m2: float = param(
        9000.0, "新建每平方米", "building a square metre", "yuan/m2", low=0, high=200_000, group=_COST, source=_LOCAL
    )
    rebuild_yuan_m2: float = param(
        6000.0, "改建每平方米", "rebuilding a square metre", "yuan/m2", low=0, high=200_000, group=_COST, source=_LOCAL
    )
    lot_yuan_m2: float = param(
        0.0, "闲置地与停车场地价", "land of lots", "yuan/m2", low=0, high=500_000, group=_COST,
        source=Source("public land, no price known; local input", Certainty.M),
    )  # fmt: skip
