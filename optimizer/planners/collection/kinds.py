"""The figures that the collection planner measures; read by discovery, so nothing heavy is imported here."""

from __future__ import annotations

from layers.text import Text
from optimizer.kpi import Better, KpiColumn, KpiKind, KpiTable

UP, DOWN = Better.UP, Better.DOWN

KPI_KINDS = (
    KpiKind("collected", Text("收集量", "collected"), "t", UP),
    KpiKind("collected_share", Text("收集率", "share collected"), "%", UP),
    KpiKind("sealed_tonnage_share", Text("密闭运输率", "tonnage carried sealed"), "%", UP),
    KpiKind("breaches_of_collection_window", Text("时段外收集", "served outside the window"), "breaches", DOWN),
    KpiKind("points_in_window", Text("时段内收集率", "tasks served in their window"), "%", UP),
    KpiKind("breaches_of_fleet_types", Text("非规定车型", "vehicles of other types"), "breaches", DOWN),
    KpiKind("breaches_of_fixed_time_fixed_point", Text("未定时定点", "not at their fixed time"), "breaches", DOWN),
    KpiKind("breaches_of_shop_front_round", Text("试点街未定时收集", "pilot streets not served in time"), "breaches", DOWN),
    KpiKind(
        "breaches_of_streams_collected_apart",
        Text("混装混运或厨余未收", "streams mixed, or food not collected"),
        "breaches",
        DOWN,
    ),
    KpiKind("breaches_of_quiet_collection", Text("扰民收集", "noisy in quiet hours"), "breaches", DOWN),
    KpiKind("food_waste_capacity", Text("餐厨垃圾处置能力", "capacity for food waste"), "t/day", UP),
    KpiKind("food_waste_collected", Text("厨余收集量", "food waste collected"), "t", UP),
    KpiKind("loading_points_served", Text("服务收集点", "loading points served"), "points", UP),
    KpiKind("C1", Text("收集点最大服务半径", "farthest home from a collection point"), "m", DOWN),
    KpiKind("C1.size", Text("单点最大日收集量", "most waste at a collection point"), "t/day", DOWN),
    KpiKind("homes_in_reach", Text("服务半径内住宅", "homes within the service radius"), "%", UP),
    KpiKind("n_vehicles", Text("出动车辆", "vehicles used"), "vehicles", DOWN),
    KpiKind("vehicles_in_service", Text("可出勤车辆", "vehicles in service"), "vehicles"),
    KpiKind("vehicles_missing", Text("尚缺车辆", "vehicles missing"), "vehicles", DOWN),
    KpiKind("n_routes", Text("路线数", "routes"), "routes", DOWN),
    KpiKind("n_trips", Text("趟数", "trips"), "trips", DOWN),
    KpiKind("driven_km", Text("行驶里程", "driven"), "km", DOWN),
    KpiKind("truck_hours", Text("车辆工时", "truck-hours"), "h", DOWN),
    KpiKind("driving_hours", Text("行驶时间", "driving"), "h", DOWN),
    KpiKind("service_hours", Text("收集时间", "at points"), "h"),
    KpiKind("unloading_hours", Text("卸料时间", "unloading"), "h"),
    KpiKind("waiting_hours", Text("等待时间", "waiting"), "h", DOWN),
    KpiKind("longest_route", Text("最长路线时间", "longest route"), "h", DOWN),
    KpiKind("shortest_route", Text("最短路线时间", "shortest route"), "h"),
    KpiKind("balance", Text("最长与最短路线之比", "longest to shortest route"), "ratio", DOWN),
    KpiKind("crews", Text("班组人员（含轮休）", "crew, with relief"), "people", DOWN),
    KpiKind("energy", Text("用电", "electricity"), "kWh", DOWN),
    KpiKind("fuel", Text("燃油", "fuel"), "L", DOWN),
    KpiKind("range_left", Text("最低剩余续航", "least range left"), "km", UP),
    KpiKind("co2", Text("二氧化碳", "CO2"), "kg", DOWN),
    KpiKind("cost", Text("每夜成本", "cost of a night"), "yuan", DOWN),
    KpiKind("cost_per_tonne", Text("每吨成本", "cost of a tonne"), "yuan/t", DOWN),
    KpiKind("station_peak", Text("卸料站最繁忙一刻钟", "busiest quarter of an hour at a station"), "t", DOWN),
    KpiKind("station_vehicles", Text("卸料站同时车辆最多", "most vehicles at a station at once"), "vehicles", DOWN),
    KpiKind("station_load", Text("卸料站夜间总量", "night's load of a station"), "t"),
    KpiKind("n_unserved", Text("未收集项", "not collected"), "items", DOWN),
)

KPI_TABLES = (
    KpiTable(
        Text("各区", "districts"),
        "district",
        (
            KpiColumn("collected", Text("收集量", "collected")),
            KpiColumn("collected_share", Text("收集率", "share")),
            KpiColumn("loading_points_served", Text("收集点", "points")),
            KpiColumn("n_unserved", Text("未收集", "left")),
        ),
    ),
    KpiTable(
        Text("车辆", "vehicles"),
        "type",
        (
            KpiColumn("n_vehicles", Text("需用", "used")),
            KpiColumn("vehicles_in_service", Text("可出勤", "in service")),
            KpiColumn("vehicles_missing", Text("尚缺", "missing")),
        ),
    ),
    KpiTable(
        Text("卸料站", "stations"),
        "station",
        (
            KpiColumn("station_load", Text("总量", "load")),
            KpiColumn("station_peak", Text("最繁忙一刻钟", "busiest quarter")),
            KpiColumn("station_vehicles", Text("同时车辆", "vehicles at once")),
        ),
    ),
    KpiTable(
        Text("分类", "streams"),
        "stream",
        (
            KpiColumn("collected", Text("收集量", "collected")),
            KpiColumn("collected_share", Text("收集率", "share")),
        ),
    ),
)
