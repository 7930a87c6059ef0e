"""A night of collection, through the real window, a real worker process and the real planner, on the tiny city."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.desk import ROUTE, Desk, Entry, Opened, Selection
from desktop.main_window import MainWindow
from desktop.panels.timetable import TRUCK
from optimizer.planner import planner
from optimizer.scenario import Scenario
from resources.io import default_inventory
from tests.cities import tiny_city
from tests.desktop.conftest import show
from tests.journeys.test_planner import run_to_end


def opened() -> Opened:
    """Return a project whose scenario asks for sweeping."""
    sweeping, fleet = planner("sweeping"), default_inventory()
    scenario = Scenario("夜", tiny_city(), fleet, sweeping.key, sweeping.params())
    return Opened(scenario.city, Desk((Entry("s0", scenario),), "s0"), {}, fleet)


def test_choose_plan_look_at_times_and_stations_export_undo(empty_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = empty_window
    show(window, opened(), qtbot)
    window.session.set_planner("collection")
    window.session.set_param("work_limit", 50)
    window.session.set_param("time_limit_s", 3600.0)
    run_to_end(window, qtbot)
    result = window.session.result
    assert result is not None
    assert result.plan.planner == "collection"
    assert result.plan.faults == ()
    assert result.plan.routes

    notice = window.plans.timetables.notice
    assert {row.item for row in notice} == {leg.item for r in result.plan.routes for leg in r.legs if leg.kind == "serve"}
    assert window.plans.timetables.stations
    assert [key for key in window.layers.visible_keys() if key.startswith("plan:points")]

    window.views.choose_item(notice[0].item)
    assert window.session.selection.layer == "waste_points"
    assert notice[0].route == window.gantt.bars.chosen
    window.session.select(Selection(ROUTE, notice[0].route))
    window.timetable.buttons[TRUCK].click()
    stops = window.timetable.tables[TRUCK].model.rows
    assert {row.route for row in stops} == {notice[0].route}
    assert stops[-1].aboard_kg == pytest.approx(0.0, abs=0.5)

    path = tmp_path / "时刻.csv"
    window.files.export_table_to(window.timetable, path)
    qtbot.waitUntil(path.exists, timeout=10_000)
    assert path.read_text(encoding="utf-8-sig").splitlines()[0].startswith("趟次,顺序,停靠点")

    window.session.undo.undo()
    window.session.undo.undo()
    window.session.undo.undo()
    assert window.session.scenario is not None
    assert window.session.scenario.planner == "sweeping"
