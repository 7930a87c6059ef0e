"""The figures that the parking planner measures; read by discovery, so nothing heavy is imported here."""

from __future__ import annotations

from layers.text import Text
from optimizer.kpi import Better, KpiColumn, KpiKind, KpiTable

UP, DOWN = Better.UP, Better.DOWN
OLD, CENTRAL, SIDE = "area=old_quarter", "area=central", "area=city;road_class=back_street,branch"

KPI_KINDS = (
    KpiKind("berths_marked", Text("每年施划泊位", "berths marked a year"), "berths a year", UP),
    KpiKind("berths_on_idle_land", Text("每年闲置地新增泊位", "berths on idle land a year"), "berths", UP),
    KpiKind("roads_with_parking_facilities", Text("设停车设施道路", "roads with parking facilities"), "roads", UP),
    KpiKind("berths_removed", Text("清除泊位", "berths removed"), "berths"),
    KpiKind("berths_at_kerb", Text("路内泊位", "berths at the kerb"), "berths", UP),
    KpiKind("berths_breaking_rules", Text("不符合规定的泊位", "berths that break rules"), "berths", DOWN),
    KpiKind("streets_made_one_way", Text("改单行道路", "streets made one-way"), "streets"),
    KpiKind("longest_detour", Text("改单行后最长绕行", "longest detour by a one-way"), "m", DOWN),
    KpiKind("cars_without_berth_at_night", Text("夜间无处停放", "cars without a berth at night"), "cars", DOWN),
    KpiKind("cars_without_berth_by_day", Text("白天无处停放", "cars without a berth by day"), "cars", DOWN),
    KpiKind("cars_without_berth_in_the_evening", Text("傍晚无处停放", "cars without a berth in the evening"), "cars", DOWN),
    KpiKind(
        "cars_without_berth_at_night_today", Text("现状夜间无处停放", "cars without a berth at night today"), "cars", DOWN
    ),
    KpiKind("cars_with_berth", Text("有处停放（各时段）", "cars with a berth, all periods"), "%", UP),
    KpiKind("mean_walk_to_berth", Text("平均步行", "mean walk to a berth"), "m", DOWN),
    KpiKind("on_street_share", Text("路内泊位占比", "share of berths on the street"), "%", DOWN),
    KpiKind("berths_per_attendant", Text("一人分管车位", "berths of an attendant"), "berths", UP),
    KpiKind("worst_off_tenth_with_berth", Text("最差一成有处停放", "worst-off tenth with a berth"), "%", UP),
    KpiKind("beats", Text("分管段", "beats"), "beats"),
    KpiKind("attendants", Text("每日收费员", "attendants a day"), "people"),
    KpiKind("beats_below", Text("车位不足的分管段", "beats with too few berths"), "beats", DOWN),
    KpiKind("payment_terminals", Text("收费终端", "payment terminals"), "terminals", UP),
    KpiKind("breaches_of_residents_council", Text("违反议事会决定", "breaches of the residents' council"), "breaches", DOWN),
    KpiKind(
        "breaches_of_side_streets_still_flow", Text("支路街巷不通", "side streets that no longer flow"), "breaches", DOWN
    ),
    KpiKind("breaches_of_old_quarter_priority", Text("老旧小区未优先", "old quarters not first"), "breaches", DOWN),
    KpiKind("cost", Text("总费用", "cost"), "yuan", DOWN),
    KpiKind("cost_of_dearest_year", Text("费用最高的一年", "cost of the dearest year"), "yuan/year", DOWN),
)

KPI_TABLES = (
    KpiTable(
        Text("各区泊位与缺口", "berths and cars without one by district"),
        "district",
        (
            KpiColumn("berths_marked", Text("施划", "marked")),
            KpiColumn("berths_on_idle_land", Text("闲置地", "idle land")),
            KpiColumn("roads_with_parking_facilities", Text("道路", "roads")),
            KpiColumn("streets_made_one_way", Text("改单行", "one-way")),
            KpiColumn("cars_without_berth_at_night_today", Text("现状夜间缺口", "at night today")),
            KpiColumn("cars_without_berth_at_night", Text("夜间缺口", "at night")),
            KpiColumn("cars_without_berth_by_day", Text("白天缺口", "by day")),
            KpiColumn("cars_with_berth", Text("有处停放", "with a berth")),
        ),
    ),
)
