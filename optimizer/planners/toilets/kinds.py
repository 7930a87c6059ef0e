"""The figures that the toilets planner measures; read by discovery, so nothing heavy is imported here."""

from __future__ import annotations

from layers.text import Text
from optimizer.kpi import Better, KpiColumn, KpiKind, KpiTable

UP, DOWN = Better.UP, Better.DOWN
OLD = "area=old_quarter"

KPI_KINDS = (
    KpiKind("n_toilets", Text("公厕总数", "toilets"), "toilets", UP),
    KpiKind("toilet_density", Text("公厕密度", "toilet density"), "per km2", UP),
    KpiKind("toilet_density_today", Text("现状公厕密度", "toilet density today"), "per km2", UP),
    KpiKind("built_up_area", Text("建成区面积", "built-up land"), "km2"),
    KpiKind("people_near", Text("近距离人口", "people near one"), "%", UP),
    KpiKind("people_near_today", Text("现状近距离人口", "people near one today"), "%", UP),
    KpiKind("people_within_reach", Text("可接受距离人口", "people within reach of one"), "%", UP),
    KpiKind("people_within_reach_today", Text("现状可接受距离人口", "people within reach today"), "%", UP),
    KpiKind("people_near_at_night", Text("夜间近距离人口", "people near one that is open at night"), "%", UP),
    KpiKind("people_off_network", Text("不在步行路网上的人口", "people off the network"), "%", DOWN),
    KpiKind("mean_walk", Text("平均步行距离", "mean walk"), "m", DOWN),
    KpiKind("farthest_walk", Text("最远步行距离", "longest walk"), "m", DOWN),
    KpiKind("gini_of_walks", Text("步行距离基尼系数", "Gini of walks"), "", DOWN),
    KpiKind("crowd_places_beyond", Text("超出限值的人流密集处", "crowd places beyond their limit"), "places", DOWN),
    KpiKind("crowd_places_within", Text("达标的人流密集处", "crowd places within their limit"), "%", UP),
    KpiKind("female_to_male_stalls", Text("女男厕位比（最低一座）", "women's to men's stalls, the worst"), "ratio", UP),
    KpiKind("toilets_below_ratio", Text("厕位比不达标", "toilets below their ratio"), "toilets", DOWN),
    KpiKind(
        "toilets_without_stalls_by_sex", Text("男女厕位未知", "toilets whose stalls by sex are unknown"), "toilets", DOWN
    ),
    KpiKind("stalls", Text("厕位总数", "stalls"), "stalls", UP),
    KpiKind("longest_wait", Text("高峰最长平均等候", "longest mean wait at the peak"), "s", DOWN),
    KpiKind("toilets_with_queues", Text("高峰等候超限", "toilets with too long a wait"), "toilets", DOWN),
    KpiKind("toilets_overrun", Text("高峰来人超出能力", "toilets that cannot serve all who come"), "toilets", DOWN),
    KpiKind("dry_toilets_left", Text("剩余旱厕", "dry toilets left"), "toilets", DOWN),
    KpiKind(
        "toilets_built_rebuilt_extended", Text("每年新改扩建", "new, rebuilt and extended a year"), "toilets a year", UP
    ),
    KpiKind("toilets_new", Text("每年新建", "new a year"), "toilets a year", UP),
    KpiKind("toilets_upgraded", Text("每年提升改造", "rebuilt and extended a year"), "toilets a year", UP),
    KpiKind("cost", Text("总费用", "cost"), "yuan", DOWN),
    KpiKind("cost_of_dearest_year", Text("费用最高的一年", "cost of the dearest year"), "yuan/year", DOWN),
)

KPI_TABLES = (
    KpiTable(
        Text("各区密度与数量", "density and numbers by district"),
        "district",
        (
            KpiColumn("n_toilets", Text("公厕", "toilets")),
            KpiColumn("built_up_area", Text("建成区", "built-up")),
            KpiColumn("toilet_density_today", Text("现状密度", "density today"), "area=built_up"),
            KpiColumn("toilet_density", Text("密度", "density"), "area=built_up"),
            KpiColumn("toilets_new", Text("新建", "new")),
            KpiColumn("toilets_upgraded", Text("改造", "upgraded")),
        ),
    ),
    KpiTable(
        Text("各区步行可达", "walks by district"),
        "district",
        (
            KpiColumn("people_near_today", Text("现状近距离", "near today")),
            KpiColumn("people_near", Text("近距离", "near")),
            KpiColumn("people_within_reach_today", Text("现状可接受", "in reach today")),
            KpiColumn("people_within_reach", Text("可接受", "in reach")),
            KpiColumn("people_within_reach", Text("老旧小区", "old quarters"), OLD),
            KpiColumn("mean_walk", Text("平均距离", "mean walk")),
            KpiColumn("people_off_network", Text("不在路网", "off the network")),
        ),
    ),
)
