from __future__ import annotations

import csv
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.panels.timetable import NOTICE, TRUCK, TimetablePanel
from publish.rows import write_rows
from publish.timetables import timetables, truck_rows
from tests.night import VEHICLES, night_city, night_plan

CITY, PLAN = night_city(), night_plan()


def panel(qtbot: QtBot) -> TimetablePanel:
    made = TimetablePanel()
    qtbot.addWidget(made)
    made.resize(1000, 220)
    made.show_notice(timetables(PLAN, CITY, VEHICLES).notice)
    made.show()
    return made


def shown(made: TimetablePanel, key: str) -> list[str]:
    return [row.item for row in made.tables[key].model.rows]


def test_the_notice_is_found_by_what_is_read_in_it(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.search.setText("人民路")
    qtbot.waitUntil(lambda: shown(made, NOTICE) == ["p1:FOOD", "p1:OTHER", "p2:OTHER"])
    made.search.setText("19:45")
    qtbot.waitUntil(lambda: shown(made, NOTICE) == ["p3:OTHER"])
    made.search.setText("")
    qtbot.waitUntil(lambda: len(shown(made, NOTICE)) == 4)


def test_a_vehicles_stops_stand_beside_it(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.show_truck("电动车 01", truck_rows(PLAN.routes[:1], CITY, VEHICLES))
    made.buttons[TRUCK].click()
    assert made.tables[TRUCK].isVisible()
    assert not made.tables[NOTICE].isVisible()
    model = made.tables[TRUCK].model
    names = [model.cols[2].show(row) for row in model.rows]
    assert names == ["南门", "东门", "卸料 · 东站", "北门", "卸料 · 东站", "充电 · 西场"]
    assert made.title.full == "电动车 01 · 6 行"


def test_what_is_selected_elsewhere_is_marked_here(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.choose("p2", lambda item: item.startswith("p2:"))
    selected = made.tables[NOTICE].view.selectionModel().selectedRows()
    assert [made.tables[NOTICE].model.row(i.row()).item for i in selected] == ["p2:OTHER"]


def test_the_rows_in_sight_are_written_with_bare_figures(qtbot: QtBot, tmp_path: Path) -> None:
    made = panel(qtbot)
    path = tmp_path / "公示.csv"
    write_rows(*made.written(), path)
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows[0] == ["收集点", "道路", "品类", "收运时刻", "车辆", "收运量（kg）"]
    assert rows[1] == ["南门", "人民路", "厨余垃圾", "19:10", "密闭车 01", "90.0"]
