from __future__ import annotations

from dataclasses import replace

from publish.timetables import timetables, truck_rows
from tests.night import VEHICLES, H, M, night_city, night_plan

CITY, PLAN = night_city(), night_plan()


def test_a_trucks_timetable_has_trips_stops_and_what_is_aboard() -> None:
    rows = truck_rows(PLAN.routes[:1], CITY, VEHICLES)
    assert [(r.trip, r.order, r.kind, r.name.zh) for r in rows] == [
        (1, 1, "serve", "南门"), (1, 2, "serve", "东门"), (1, 3, "unload", "东站"),
        (2, 1, "serve", "北门"), (2, 2, "unload", "东站"), (3, 1, "refill", "西场"),
    ]  # fmt: skip
    assert [r.aboard_kg for r in rows] == [120, 200, 0, 60, 0, 0]
    assert (rows[1].arrive_s, rows[1].leave_s, rows[1].way_m) == (19 * H + 10 * M, 19 * H + 12 * M, 200.0)
    assert rows[0].mark.en == "other waste"
    assert rows[5].charges


def test_the_notice_tells_whole_minutes_point_by_point() -> None:
    rows = timetables(PLAN, CITY, VEHICLES).notice
    told = [(r.name.zh, r.street, r.mark.zh, r.minute_s / M - 19 * 60, r.vehicle.zh) for r in rows]
    assert told == [
        ("南门", "人民路", "厨余垃圾", 10, "密闭车 01"),
        ("南门", "人民路", "其他垃圾", 5, "电动车 01"),
        ("东门", "人民路", "其他垃圾", 10, "电动车 01"),
        ("北门", "", "其他垃圾", 45, "电动车 01"),
    ]


def test_days_of_one_minute_share_a_line() -> None:
    later = replace(PLAN.routes[1], id="r3", day=2)
    rows = timetables(replace(PLAN, routes=(PLAN.routes[1], later)), CITY, VEHICLES).notice
    assert [(r.item, r.days, r.load_kg) for r in rows] == [("p1:FOOD", (0, 2), 90.0)]


def test_stations_have_their_bays_and_capacity() -> None:
    (row,) = timetables(PLAN, CITY, VEHICLES).stations
    assert (row.name.zh, row.n_bays, row.capacity_kg) == ("东站", 1, 300.0)
    assert row.load.load_kg.sum() == 350.0
    assert row.load.n_at_once.max() == 2
