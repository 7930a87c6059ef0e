"""The figures that the sweeping planner measures; read by discovery, so nothing heavy is imported here."""

from __future__ import annotations

from layers.text import Text
from optimizer.kpi import Better, KpiColumn, KpiKind, KpiTable
from optimizer.planners.sweeping.washing.kinds import WASHING_KINDS, WASHING_TABLES
from resources.unit_names import OF_DAY

UP, DOWN = Better.UP, Better.DOWN
_MAIN, _SECONDARY, _BOTH = (f"area=city;road_class={c}" for c in ("main", "secondary", "main,secondary"))

KPI_KINDS = (
    *WASHING_KINDS,
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
    KpiKind("rate_by_area", Text("机扫率（面积）", "mechanised rate by area"), "%", UP),
    KpiKind("rate_by_length", Text("机扫率（长度）", "mechanised rate by length"), "%", UP),
    KpiKind("most_rate", Text("本车队机扫率上限（已证明）", "rate that no plan of this fleet exceeds, proven"), "%"),
    KpiKind("contracted_share", Text("市场化覆盖率", "contracted share"), "%", UP),
    KpiKind("contracted_sweeping_area", Text("市场化清扫面积", "contracted sweeping area"), "m2"),
    KpiKind("required_km", Text("应机扫里程", "to be swept by machine"), "km"),
    KpiKind("swept_km", Text("清扫里程", "swept"), "km", UP),
    KpiKind("deadhead_km", Text("空驶里程", "driven without working"), "km", DOWN),
    KpiKind("deadhead_share", Text("空驶率", "share driven without working"), "%", DOWN),
    KpiKind("n_vehicles", Text("出动车辆", "vehicles used"), "vehicles", DOWN),
    KpiKind("vehicles_in_service", Text("可出勤车辆", "vehicles in service"), "vehicles"),
    KpiKind("vehicles_missing", Text("尚缺车辆", "vehicles missing"), "vehicles", DOWN),
    KpiKind("driver_posts", Text("驾驶岗位", "drivers' posts"), "posts", DOWN),
    KpiKind("drivers", Text("驾驶员（含轮休）", "drivers, with relief"), "people", DOWN),
    KpiKind("n_routes", Text("路线数", "routes"), "routes", DOWN),
    KpiKind("longest_route", Text("最长路线时间", "longest route"), "h", DOWN),
    KpiKind("shortest_route", Text("最短路线时间", "shortest route"), "h"),
    KpiKind("balance", Text("最长与最短班次之比", "longest to shortest route"), "ratio", DOWN),
    KpiKind("compactness", Text("作业区离散度", "spread of a vehicle's streets"), "km", DOWN),
    KpiKind("streets_crossed", Text("多车经过的路段", "streets that several vehicles drive"), "streets", DOWN),
    KpiKind("passes_in_excess", Text("不清扫的通过次数", "passes in excess: driven without sweeping"), "passes", DOWN),
    KpiKind("peak_minutes", Text("高峰时段清扫时间", "sweeping within traffic peaks"), "min", DOWN),
    KpiKind("finish_hour", Text("完工时刻", "time of finishing"), OF_DAY, DOWN),
    KpiKind("n_dump_trips", Text("卸料次数", "trips to a dump"), "trips", DOWN),
    KpiKind("n_tank_trips", Text("加水次数", "trips to a water point"), "trips", DOWN),
    KpiKind("dirt", Text("收集尘土", "dirt taken up"), "t"),
    KpiKind("water", Text("用水", "water"), "m3", DOWN),
    KpiKind("energy", Text("用电", "electricity"), "kWh", DOWN),
    KpiKind("fuel", Text("燃油", "fuel"), "L", DOWN),
    KpiKind("co2", Text("二氧化碳", "CO2"), "kg", DOWN),
    KpiKind("cost", Text("日成本", "cost of the day"), "yuan", DOWN),
    KpiKind("cost_of_year", Text("年成本", "cost of a year"), "yuan/year", DOWN),
    KpiKind("cost_per_1000_m2", Text("每千平方米成本", "cost of 1,000 m²"), "yuan/1000 m2", DOWN),
    KpiKind("hand_swept_area", Text("人工清扫面积", "swept by hand"), "m2"),
    KpiKind("hand_sweepers", Text("人工清扫岗位", "hand sweepers' posts"), "posts", DOWN),
    KpiKind("n_unserved", Text("未作业项", "not served"), "items", DOWN),
)

_CUTS = (
    (Text("全部", "all"), ""),
    (Text("主干道", "main"), _MAIN),
    (Text("次干道", "secondary"), _SECONDARY),
    (Text("主次干道", "main and secondary"), _BOTH),
)


def _by_class(title: Text, key: str) -> KpiTable:
    """Return the table of a rate by district and road class."""
    return KpiTable(title, "district", tuple(KpiColumn(key, label, where) for label, where in _CUTS))


KPI_TABLES = (
    _by_class(Text("机扫率（面积）", "mechanised rate by area"), "rate_by_area"),
    _by_class(Text("机扫率（长度）", "mechanised rate by length"), "rate_by_length"),
    KpiTable(
        Text("车辆", "vehicles"),
        "type",
        (
            KpiColumn("n_vehicles", Text("需用", "used")),
            KpiColumn("vehicles_in_service", Text("可出勤", "in service")),
            KpiColumn("vehicles_missing", Text("尚缺", "missing")),
        ),
    ),
    *WASHING_TABLES,
)
