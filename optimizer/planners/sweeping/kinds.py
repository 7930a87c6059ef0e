"""The figures that the sweeping planner measures; read by discovery, so nothing heavy is imported here."""

from __future__ import annotations

from layers.text import Text
from optimizer.kpi import Better, KpiKind
from resources.unit_names import OF_DAY

UP, DOWN = Better.UP, Better.DOWN

KPI_KINDS = (
    KpiKind("mechanised_sweeping_rate", Text("机扫率", "mechanised sweeping rate"), "%", UP),
    KpiKind("mechanised_operation_rate", Text("机械化作业率", "mechanised operation rate"), "%", UP),
    KpiKind("wet_or_suction_sweeping_rate", Text("湿扫吸扫率", "wet or suction sweeping rate"), "%", UP),
    KpiKind(
        "breaches_of_narrow_streets_by_small_sweepers",
        Text("背街小巷使用大型车次数", "back streets swept by full-size vehicles"),
        "breaches",
        DOWN,
    ),
    KpiKind(
        "breaches_of_sweeping_and_collection_apart",
        Text("清扫与收运混用次数", "sweeping by collecting crews"),
        "breaches",
        DOWN,
    ),
    KpiKind(
        "breaches_of_sweeping_outside_peaks", Text("高峰时段清扫次数", "sweeping within traffic peaks"), "breaches", DOWN
    ),
    KpiKind("contracted_share", Text("市场化覆盖率", "contracted share"), "%", UP),
    KpiKind("contracted_sweeping_area", Text("市场化清扫面积", "contracted sweeping area"), "m2"),
    KpiKind("required_km", Text("应机扫里程", "to be swept by machine"), "km"),
    KpiKind("swept_km", Text("清扫里程", "swept"), "km", UP),
    KpiKind("deadhead_km", Text("空驶里程", "driven without sweeping"), "km", DOWN),
    KpiKind("deadhead_share", Text("空驶率", "share driven without sweeping"), "%", DOWN),
    KpiKind("n_vehicles", Text("出动车辆", "vehicles used"), "vehicles", DOWN),
    KpiKind("n_routes", Text("路线数", "routes"), "routes", DOWN),
    KpiKind("longest_route", Text("最长路线时间", "longest route"), "h", DOWN),
    KpiKind("shortest_route", Text("最短路线时间", "shortest route"), "h"),
    KpiKind("finish_hour", Text("完工时刻", "time of finishing"), OF_DAY, DOWN),
    KpiKind("n_dump_trips", Text("卸料次数", "trips to a dump"), "trips", DOWN),
    KpiKind("dirt", Text("收集尘土", "dirt taken up"), "t"),
    KpiKind("water", Text("用水", "water"), "m3", DOWN),
    KpiKind("energy", Text("用电", "electricity"), "kWh", DOWN),
    KpiKind("fuel", Text("燃油", "fuel"), "L", DOWN),
    KpiKind("co2", Text("二氧化碳", "CO2"), "kg", DOWN),
    KpiKind("cost", Text("日成本", "cost of the day"), "yuan", DOWN),
    KpiKind("n_unserved", Text("未清扫项", "passes not swept"), "passes", DOWN),
)
