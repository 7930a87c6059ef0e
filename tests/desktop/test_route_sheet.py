from __future__ import annotations

from desktop.route_sheet import sheet
from tests.night import night_city, night_plan

CITY, PLAN = night_city(), night_plan()


def test_a_drivers_sheet_has_a_line_a_stop_and_says_where_trips_begin() -> None:
    lines = sheet(PLAN.routes[0], CITY)
    assert [(line.label, line.value) for line in lines] == [
        ("19:00", "—— 第 1 趟 ——"), ("19:05", "南门"), ("19:10", "东门"), ("19:20", "卸料 · 东站"),
        ("19:30", "—— 第 2 趟 ——"), ("19:40", "等待"), ("19:45", "北门"), ("20:00", "卸料 · 东站"),
        ("20:10", "充电 · 西场"),
    ]  # fmt: skip
    assert [line.origin for line in lines][:3] == ["", "1,000\u202fm", "200\u202fm"]
