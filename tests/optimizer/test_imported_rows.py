"""A timetable is read row by row: times on one clock, points found or added, bad rows named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from layers.city import City
from layers.errors import InputError
from layers.geometry import Geometry
from layers.io.read import read_frame
from layers.io.sniff import sniff
from layers.kinds.facilities import WastePoints
from layers.projection import unproject
from optimizer.imported_rows import Imported, day_begins, read_rows, stream_of, time_of
from tests.cities import X0_M, Y0_M, tiny_city

HEAD = "车号,车次,抵达时间,离开时间,地点,x_m,y_m\n"


def city() -> City:
    at = Geometry.points([[X0_M + 50, Y0_M + 5], [X0_M + 50, Y0_M + 5]])
    return tiny_city().with_layers(WastePoints(ids=np.array(["p1", "p2"]), geometry=at, name=np.array(["东门", "西门"])))


def read(tmp_path: Path, text: str, **mapping: str) -> Imported:
    path = tmp_path / "今天.csv"
    path.write_text(text, encoding="utf-8")
    return read_rows(city(), read_frame(path, sniff(path)), mapping)


def row(*cells: object, dx_m: float = 50.0, dy_m: float = 5.0) -> str:
    return ",".join(map(str, [*cells, X0_M + dx_m, Y0_M + dy_m])) + "\n"


@pytest.mark.parametrize(
    ("text", "hours"),
    [("1640", 16 + 40 / 60), ("930", 9.5), ("24:10", 24 + 10 / 60), ("2410", 24 + 10 / 60), ("19:05:30", 19 + 5.5 / 60)],
)
def test_times_as_timetables_write_them(text: str, hours: float) -> None:
    assert time_of(text) == pytest.approx(hours * 3600)


@pytest.mark.parametrize("text", ["", "12", "1975", "16h40", "19:05:75", "163000"])
def test_what_is_no_time(text: str) -> None:
    assert time_of(text) is None


def test_a_day_begins_after_the_longest_rest() -> None:
    hour = 3600.0
    assert day_begins([19 * hour, 23 * hour, 0.5 * hour]) == 19 * hour
    assert day_begins([6 * hour, 9 * hour]) == 6 * hour
    assert day_begins([6 * hour, 18 * hour]) == 6 * hour  # rests of twelve hours both


def test_a_vehicle_that_works_past_midnight(tmp_path: Path) -> None:
    text = (
        HEAD
        + row("甲", 2, "0005", "0010", "东门")
        + row("甲", 1, "2355", "0002", "西门")
        + row("乙", 1, "19:00", "19:05", "")
    )
    rows = read(tmp_path, text).rows
    assert [(r["vehicle"], r["order"], r["arrive_s"] / 60, r["leave_s"] / 60) for r in rows] == [
        ("甲", 0, 1435, 1442),
        ("甲", 1, 1445, 1450),
        ("乙", 0, 1140, 1145),
    ]
    assert [(r["row"], r["trip"]) for r in rows] == [(3, "1"), (2, "2"), (4, "1")]


def test_an_order_that_is_given_counts_before_the_clock(tmp_path: Path) -> None:
    head = "车号,车次,顺序,抵达时间,离开时间,地点,x_m,y_m\n"
    text = (
        head
        + row("甲", 1, 2, "1900", "1902", "")
        + row("甲", 1, 1, "1905", "1906", "")
        + row("甲", 2, 1, "2000", "2001", "")
    )
    assert [(r["row"], r["order"]) for r in read(tmp_path, text).rows] == [(3, 0), (2, 1), (4, 2)]


def test_points_are_found_within_a_metre_by_name_first_or_added(tmp_path: Path) -> None:
    text = HEAD + row("甲", 1, "1900", "1902", "西门", dx_m=50.5) + row("甲", 1, "1905", "1906", "路口")
    text += row("甲", 1, "1910", "1912", "新点", dx_m=52.5) + row("甲", 1, "1915", "1917", "新点", dx_m=52.6)
    read_in = read(tmp_path, text)
    assert [r["point"] for r in read_in.rows] == ["p2", "p1", "今天-4", "今天-4"]
    assert read_in.n_added == 1
    points = read_in.city[WastePoints]
    assert (points.ids.tolist(), points.name[-1], points.district[-1]) == (["p1", "p2", "今天-4"], "新点", "甲区")
    assert [(n.kind, n.where) for n in read_in.notes] == [("assumed", "waste_points")]
    assert "since the city lacks them: 1, such as 新点 (row 4)" in read_in.notes[0].text.en


def test_points_named_by_id_need_no_place(tmp_path: Path) -> None:
    text = "车号,抵达时间,离开时间,收集点编号\n甲,1900,1902,p1\n甲,1905,1906,p9\n"
    read_in = read(tmp_path, text)
    assert [r["point"] for r in read_in.rows] == ["p1"]
    assert [(n.where, n.text.en) for n in read_in.notes] == [
        ("今天.csv row 3", "the city has no such waste point: row not taken: 收集点编号=p9")
    ]


def test_kilograms_of_a_new_point_add_up_by_stream(tmp_path: Path) -> None:
    head = "车号,抵达时间,离开时间,种类,kg,x_m,y_m\n"
    text = head + row("甲", "1900", "1902", "厨余", 60, dx_m=99) + row("乙", "1930", "1932", "其他", 100, dx_m=99)
    text += row("甲", "2000", "2002", "厨余", 20, dx_m=99)
    read_in = read(tmp_path, text, stream="种类")
    points = read_in.city[WastePoints]
    assert (points.food_kg_day[-1], points.other_kg_day[-1]) == (80, 100)
    assert np.isnan(points.recyclable_kg_day[-1])
    assert [r["stream"] for r in read_in.rows] == ["FOOD", "FOOD", "OTHER"]


def test_bad_rows_are_named_by_row_and_value_and_the_rest_taken(tmp_path: Path) -> None:
    lon, lat = unproject(np.array([[X0_M + 50, Y0_M + 5]]), 4549)[0]
    rows = [f"甲,1900,1902,{lon},{lat},1", f"甲,19h,1902,{lon},{lat},1", f",1900,1902,{lon},{lat},1"]
    rows += [f"甲,1900,1830,{lon},{lat},1", f"甲,1910,1912,125574,{lat},1", f"甲,1915,1916,{lon},{lat},-4"]
    rows += [f"甲,1920,1921,{lat},{lon},"]
    read_in = read(tmp_path, "车号,抵达时间,离开时间,经度,纬度,kg\n" + "\n".join(rows) + "\n")
    assert [r["row"] for r in read_in.rows] == [2, 8]
    assert [(n.kind, n.where) for n in read_in.notes] == [
        ("refused", "今天.csv row 3"), ("refused", "今天.csv row 4"), ("refused", "今天.csv row 5"),
        ("refused", "今天.csv row 7"), ("repaired", "今天.csv row 8"), ("refused", "今天.csv row 6"),
    ]  # fmt: skip
    said = " ".join(n.text.en for n in read_in.notes)
    for value in ("抵达时间=19h", "车号=", "离开时间=1830", "经度=125574", "kg=-4"):
        assert value in said


def test_a_table_without_what_is_needed_says_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"lacks columns for vehicle, leave, point \| lon \+ lat \| x_m \+ y_m; there are: 线路"
    ):
        read(tmp_path, "线路,抵达时间\n甲,1900\n")
    with pytest.raises(InputError, match="none of its 1 rows can be used: expected a time of day"):
        read(tmp_path, HEAD + row("甲", 1, "早上", "1902", ""))


def test_streams_go_by_many_names() -> None:
    assert [stream_of(t) for t in ("", "厨余垃圾", "food", "OTHER", "有害", "金属")] == [
        "",
        "FOOD",
        "FOOD",
        "OTHER",
        "HAZARDOUS",
        None,
    ]
