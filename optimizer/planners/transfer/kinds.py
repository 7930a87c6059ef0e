"""The figures that the planner of transfer stations measures; read by discovery, so nothing heavy is imported here."""

from __future__ import annotations

from layers.text import Text
from optimizer.kpi import Better, KpiColumn, KpiKind, KpiTable

UP, DOWN = Better.UP, Better.DOWN

CLASS_MARKS = ("v", "iv", "iii", "ii", "i")
_CODES = tuple(
    kind
    for mark in CLASS_MARKS
    for kind in (
        KpiKind(f"T1.{mark}", Text(f"{mark.upper()} 类站规模", f"size of class {mark.upper()}"), "t/day"),
        KpiKind(f"T1.land.{mark}", Text(f"{mark.upper()} 类站用地", f"land of class {mark.upper()}"), "m2"),
        KpiKind(f"T2.{mark}", Text(f"{mark.upper()} 类站最近建筑", f"nearest building, class {mark.upper()}"), "m", UP),
        KpiKind(f"T2.belt.{mark}", Text(f"{mark.upper()} 类站绿化带", f"green belt, class {mark.upper()}"), "m", UP),
    )
)

KPI_KINDS = (
    KpiKind("stations_built_or_rebuilt", Text("新建改建站", "stations built or rebuilt"), "stations per district", UP),
    KpiKind("transfer_centre_throughput", Text("最大转运中心", "largest transfer centre"), "t/day", UP),
    KpiKind("compression_stations_added", Text("新增压缩站", "compacting stations added"), "stations", UP),
    KpiKind(
        "breaches_of_nuisance_complaints_mitigated",
        Text("住宅旁未除臭的站", "stations beside homes without an upgrade"),
        "breaches",
        DOWN,
    ),
    KpiKind("food_waste_capacity", Text("餐厨垃圾处置能力", "capacity for food waste"), "t/day", UP),
    KpiKind("n_stations", Text("开放的站", "stations open"), "stations"),
    KpiKind("n_built", Text("新建", "built"), "stations"),
    KpiKind("n_rebuilt", Text("改建", "rebuilt"), "stations"),
    KpiKind("n_extended", Text("扩建", "extended"), "stations"),
    KpiKind("n_kept", Text("保留", "kept"), "stations"),
    KpiKind("n_closed", Text("关闭", "closed"), "stations"),
    KpiKind("waste", Text("垃圾量", "waste"), "t/day"),
    KpiKind("served", Text("有站可去的垃圾", "waste that a station takes"), "t/day", UP),
    KpiKind("unserved", Text("无站可去的垃圾", "waste that none takes"), "t/day", DOWN),
    KpiKind("food_waste", Text("厨余垃圾", "food waste"), "t/day"),
    KpiKind("capacity", Text("转运能力", "capacity"), "t/day", UP),
    KpiKind("load", Text("日均转运量", "load on the average day"), "t/day"),
    KpiKind("load_share", Text("高峰负荷率", "load at the peak to capacity"), "%"),
    KpiKind("night_peak", Text("最繁忙一刻钟", "busiest quarter of an hour"), "t", DOWN),
    KpiKind("night_closed", Text("关闭时段内的卸料", "unloaded while closed"), "t", DOWN),
    KpiKind("night_over", Text("泊位来不及的卸料", "more than the bays take"), "t", DOWN),
    KpiKind("haul_mean", Text("平均收运距离", "mean haul to the station"), "km", DOWN),
    KpiKind("haul_longest", Text("最远收运距离", "longest haul to the station"), "km", DOWN),
    KpiKind("onward_mean", Text("平均转运距离", "mean haul on to the plant"), "km", DOWN),
    KpiKind("people_near", Text("受扰人数（距离加权）", "people near, weighted by distance"), "people", DOWN),
    KpiKind("investment", Text("投资", "investment"), "yuan", DOWN),
    KpiKind("cost", Text("年费用", "cost of a year"), "yuan/year", DOWN),
    KpiKind("cost_works", Text("建设年金", "annuity of the works"), "yuan/year", DOWN),
    KpiKind("cost_running", Text("运行费", "running"), "yuan/year", DOWN),
    KpiKind("cost_haul", Text("收运费", "haul to stations"), "yuan/year", DOWN),
    KpiKind("cost_onward", Text("转运费", "haul to plants"), "yuan/year", DOWN),
    KpiKind("cost_nuisance", Text("扰民费用", "nuisance"), "yuan/year", DOWN),
    KpiKind("cost_missing", Text("未达标与未收的计费", "what is missing"), "yuan/year", DOWN),
    KpiKind("cost_per_tonne", Text("每吨费用", "cost of a tonne"), "yuan/t", DOWN),
    KpiKind("plant_load_share", Text("处理厂负荷率", "load of the fullest plant"), "%", DOWN),
    *_CODES,
    KpiKind("T3", Text("最小站规模", "smallest station"), "t/day", UP),
    KpiKind("T4", Text("直运平均距离", "mean haul straight to the plant"), "km"),
    KpiKind("T5", Text("设计规模季节系数", "seasonal factor of the design size"), "ratio"),
    KpiKind("T6", Text("最窄进出道路", "narrowest access street"), "m", UP),
    KpiKind("n_unserved", Text("未收集项", "items that no station takes"), "items", DOWN),
)

KPI_TABLES = (
    KpiTable(
        Text("各区", "districts"),
        "district",
        (
            KpiColumn("stations_built_or_rebuilt", Text("新建改建", "built or rebuilt")),
            KpiColumn("compression_stations_added", Text("新增压缩站", "compacting added")),
            KpiColumn("n_stations", Text("开放的站", "open")),
            KpiColumn("capacity", Text("能力", "capacity")),
            KpiColumn("waste", Text("垃圾量", "waste")),
            KpiColumn("haul_mean", Text("平均收运距离", "mean haul")),
            KpiColumn("investment", Text("投资", "investment")),
        ),
    ),
    KpiTable(
        Text("中转站", "stations"),
        "station",
        (
            KpiColumn("capacity", Text("能力", "capacity")),
            KpiColumn("load", Text("日均量", "load")),
            KpiColumn("load_share", Text("高峰负荷率", "peak load")),
            KpiColumn("night_peak", Text("最繁忙一刻钟", "busiest quarter")),
            KpiColumn("haul_mean", Text("平均收运距离", "mean haul")),
            KpiColumn("people_near", Text("受扰人数", "people near")),
        ),
    ),
)
