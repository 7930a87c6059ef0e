"""The figures of a washing calendar; read by discovery, so nothing heavy is imported here."""

from __future__ import annotations

from layers.text import Text
from optimizer.kpi import Better, KpiColumn, KpiKind, KpiTable

UP, DOWN = Better.UP, Better.DOWN

WASHING_KINDS = (
    KpiKind(
        "washing_interval",
        Text("最长冲洗间隔（从未冲洗计 365 天）", "longest interval between washings, 365 for never"),
        "days",
        DOWN,
    ),
    KpiKind("intervals_kept", Text("冲洗周期达标率", "intervals kept"), "%", UP),
    KpiKind("interval_overrun", Text("最大超期", "worst overrun of an interval"), "days", DOWN),
    KpiKind("washings_missing", Text("缺冲洗次数", "washings missing"), "washings", DOWN),
    KpiKind("never_washed", Text("应洗而从未冲洗", "never washed"), "items", DOWN),
    KpiKind("flushed_km", Text("车行道冲洗里程", "carriageways flushed"), "km", UP),
    KpiKind("pavement_km", Text("人行道冲洗里程", "pavements washed"), "km", UP),
    KpiKind("washing_turnouts", Text("人行道年出车", "pavement turnouts of a year"), "vehicle turnouts a year", DOWN),
    KpiKind("turnouts", Text("计划期出车", "turnouts of the calendar"), "turnouts", DOWN),
    KpiKind("turnouts_bound", Text("计划期出车下界", "turnouts of the calendar, at least"), "turnouts"),
    KpiKind("turnouts_night_most", Text("每夜最多出车", "most turnouts of a night"), "turnouts", DOWN),
    KpiKind("turnouts_night_least", Text("每夜最少出车", "fewest turnouts of a night"), "turnouts"),
    KpiKind("person_turnouts", Text("计划期人次", "person-turnouts of the calendar"), "people", DOWN),
    KpiKind("night_balance", Text("最忙与最闲夜工时比", "hours of the busiest to the quietest night"), "ratio", DOWN),
    KpiKind("night_spread", Text("当夜作业离散度", "spread of a depot's work in a night"), "km", DOWN),
    KpiKind("S2.flush.1", Text("一级道路每周冲洗次数", "flushes a week, grade 1"), "flushes/week", UP),
    KpiKind("S2.flush.2", Text("二级道路每周冲洗次数", "flushes a week, grade 2"), "flushes/week", UP),
    KpiKind("S2.footway", Text("人行道每月冲洗次数", "flushes of footways a month"), "flushes/month", UP),
)

WASHING_TABLES = (
    KpiTable(
        Text("冲洗", "washing"),
        "district",
        (
            KpiColumn("intervals_kept", Text("周期达标率", "intervals kept")),
            KpiColumn("washings_missing", Text("缺冲洗", "missing")),
            KpiColumn("never_washed", Text("从未冲洗", "never washed")),
            KpiColumn("flushed_km", Text("车行道", "flushed")),
            KpiColumn("pavement_km", Text("人行道", "pavements")),
        ),
    ),
)
