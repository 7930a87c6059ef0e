"""The planner's day, through the real window and a real worker process."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop import words
from desktop.controllers.files import FileCommands
from desktop.desk import Opened, Selection
from desktop.main_window import MainWindow
from desktop.plan_layers import ROUTES
from desktop.reading import Request
from optimizer.plan import Outcome
from optimizer.worker import WarmWorker
from tests.desktop.conftest import show

LONG_MS = 60_000


def run_to_end(window: MainWindow, qtbot: QtBot) -> None:
    window.runs.run()
    qtbot.waitUntil(lambda: window.runs.job is None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: window.plans.is_shown, timeout=LONG_MS)


def test_plan_look_lock_save_reopen_undo(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    run_to_end(window, qtbot)
    result = window.session.result
    assert result is not None
    assert result.plan.outcome is Outcome.FEASIBLE
    assert [r.vehicle.zh for r in window.routes.model.rows] == ["车 1"]
    assert len(window.area.map.scene.overlays) > 0

    window.session.select(Selection("streets", "s3"))
    assert window.plans.served_by("s3")
    window.actions_.by_id["lock"].trigger()
    scenario = window.session.scenario
    assert scenario is not None
    assert [k.item for k in scenario.locks] == ["s3"]
    assert result.is_stale(scenario)
    window.session.undo.undo()
    assert window.session.scenario is not None
    assert not window.session.scenario.locks

    window.session.set_param("seed", 5)
    path = tmp_path / "小城.gpkg"
    window.files.save_to(path)
    qtbot.waitUntil(lambda: window.session.is_saved, timeout=LONG_MS)

    window.files.open_path(path)
    qtbot.waitUntil(lambda: window.session.path == path and window.files.loading is None, timeout=LONG_MS)
    scenarios = [e.scenario for e in window.session.desk.entries]
    assert [s.params.seed for s in scenarios] == [5, 1]
    stale_kept = window.session.results[window.session.desk.entries[1].key]
    assert stale_kept.plan.routes == result.plan.routes
    assert path in window.settings.recent()


def test_the_best_so_far_is_shown_and_stop_keeps_it(window: MainWindow, opened: Callable[..., Opened], qtbot: QtBot) -> None:
    show(window, opened(n_steps=10_000, step_s=0.05), qtbot)
    window.runs.run()
    assert window.area.run.isVisible()
    qtbot.waitUntil(lambda: len(window.plans.layers.streets.get(ROUTES, ())) > 0, timeout=LONG_MS)
    assert window.session.result is None
    assert window.area.run.curve.points
    window.actions_.by_id["stop"].trigger()
    qtbot.waitUntil(lambda: window.runs.job is None, timeout=5000)
    assert window.session.result is not None
    assert window.session.result.plan.outcome is Outcome.STOPPED
    assert not window.area.run.isVisible()


def test_cancel_keeps_the_plan_from_before(window: MainWindow, opened: Callable[..., Opened], qtbot: QtBot) -> None:
    run_to_end(window, qtbot)
    before = window.session.result
    window.session.set_param("n_steps", 10_000)
    window.session.set_param("step_s", 0.05)
    window.runs.run()
    qtbot.waitUntil(lambda: bool(window.area.run.curve.points), timeout=LONG_MS)
    window.actions_.by_id["cancel"].trigger()
    assert window.runs.job is None
    assert window.session.result is before


def test_a_run_that_is_replaced_tells_nothing_more(window: MainWindow, opened: Callable[..., Opened], qtbot: QtBot) -> None:
    show(window, opened(n_steps=10_000, step_s=0.05), qtbot)
    window.runs.run()
    first = window.runs.job
    assert first is not None
    heard: list[object] = []
    first.finished.connect(heard.append)
    first.failed.connect(heard.append)
    window.session.set_param("n_steps", 3)
    run_to_end(window, qtbot)
    assert not heard
    assert window.session.result is not None
    assert len(window.session.result.plan.routes[0].legs) == 3


def test_a_worker_that_is_killed_leaves_the_window_alive_with_the_best_kept(
    window: MainWindow, opened: Callable[..., Opened], worker: WarmWorker, qtbot: QtBot
) -> None:
    show(window, opened(n_steps=10_000, step_s=0.05), qtbot)
    window.runs.run()
    qtbot.waitUntil(lambda: len(window.area.run.curve.points) > 2, timeout=LONG_MS)
    assert worker.process_id is not None
    os.kill(worker.process_id, signal.SIGKILL)
    qtbot.waitUntil(lambda: window.runs.job is None, timeout=LONG_MS)
    banner = window.area.banner
    assert banner.isVisible()
    assert "SIGKILL" in banner.line
    assert "保留" in banner.line
    assert window.session.result is not None
    assert window.session.result.plan.routes
    window.session.set_param("step_s", 0.0)
    window.session.set_param("n_steps", 3)
    run_to_end(window, qtbot)
    assert len(window.session.result.plan.routes[0].legs) == 3


def test_a_worker_out_of_memory_is_told_of(window: MainWindow, opened: Callable[..., Opened], qtbot: QtBot) -> None:
    show(window, opened(mode="memory", n_steps=4), qtbot)
    capped = WarmWorker(cap_bytes=1 << 30)
    window.runs.worker = capped
    window.runs.run()
    qtbot.waitUntil(lambda: window.runs.job is None, timeout=LONG_MS)
    assert "内存" in window.area.banner.line
    capped.close()


def test_an_error_of_the_planner_is_the_same_line_as_on_the_command_line(
    window: MainWindow, opened: Callable[..., Opened], qtbot: QtBot
) -> None:
    show(window, opened(mode="error"), qtbot)
    window.runs.run()
    qtbot.waitUntil(lambda: window.runs.job is None, timeout=LONG_MS)
    assert window.area.banner.line == "没有可走的街道"


def test_a_file_that_cannot_be_read_leaves_the_open_city(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    before = window.session.city
    bad = tmp_path / "坏.gpkg"
    bad.write_bytes(b"not a database at all" * 100)
    window.files.open_path(bad)
    qtbot.waitUntil(lambda: window.files.loading is None, timeout=LONG_MS)
    assert window.session.city is before
    assert "坏.gpkg" in window.area.banner.line
    assert "\n" not in window.area.banner.line


def test_reading_can_be_stopped_and_tells_nothing_more(window: MainWindow, qtbot: QtBot) -> None:
    before = window.session.city
    window.files._load(Request(size="metropolis", seed=987), "示例")
    loading = window.files.loading
    assert loading is not None
    assert window.area.loading.isVisible()
    qtbot.waitUntil(lambda: loading.pid is not None, timeout=LONG_MS)
    window.files.stop_loading()
    assert not window.area.loading.isVisible()
    loading._thread.join(30.0)
    assert not loading._thread.is_alive()
    assert window.session.city is before


def test_a_reading_process_that_is_killed_is_told_of(window: MainWindow, qtbot: QtBot) -> None:
    window.files._load(Request(size="metropolis", seed=986), "示例")
    loading = window.files.loading
    assert loading is not None
    qtbot.waitUntil(lambda: loading.pid is not None, timeout=LONG_MS)
    assert loading.pid is not None
    os.kill(loading.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: window.files.loading is None, timeout=LONG_MS)
    assert "9" in window.area.banner.line
    assert window.session.city is not None


def test_closing_asks_about_what_is_not_saved(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.session.set_param("seed", 5)
    button = QMessageBox.StandardButton
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: button.Cancel)
    assert not window.close()
    assert window.isVisible()
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: button.Discard)
    assert window.files.may_discard()


def test_click_selects_everywhere(window: MainWindow, qtbot: QtBot) -> None:
    run_to_end(window, qtbot)
    assert window.session.city is not None
    x, y = window.session.city.layers["streets"].geometry.row(3).mean(axis=0)
    window.area.map.clicked.emit(float(x), float(y), 5.0)
    assert window.session.selection == Selection("streets", "s4")
    assert window.routes.view.currentIndex().isValid()
    window.session.select(Selection())
    assert not window.routes.view.selectionModel().hasSelection()


def test_search_finds_streets_ids_and_places(window: MainWindow, qtbot: QtBot) -> None:
    search = window.search
    qtbot.waitUntil(lambda: bool(search._hits))
    search.setText("青石")
    search.returnPressed.emit()
    assert window.session.selection == Selection("streets", "s11")
    search.setText("depot1")
    search.returnPressed.emit()
    assert window.session.selection == Selection("depots", "depot1")
    search.setText("500123.0, 3550321.0")
    search.returnPressed.emit()
    assert window.area.map.centre == pytest.approx((500123.0, 3550321.0))
    search.setText("没有这条路")
    search.returnPressed.emit()
    assert "没有这条路" in window.area.banner.line


def test_removing_a_scenario_offers_undo_in_place(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.by_id["branch"].trigger()
    assert len(window.session.desk.entries) == 2
    window.actions_.by_id["remove"].trigger()
    assert len(window.session.desk.entries) == 1
    assert window.area.banner.isVisible()
    window.session.undo.undo()
    assert len(window.session.desk.entries) == 2


def test_a_plan_goes_out_as_geojson(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    run_to_end(window, qtbot)
    path = tmp_path / "plan.geojson"
    window.files.export_to(path)
    qtbot.waitUntil(window.area.banner.isVisible, timeout=LONG_MS)
    assert path.exists(), window.area.banner.line
    assert '"FeatureCollection"' in path.read_text("utf-8")


def test_commands_can_be_found_and_called(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    from desktop.panels.palette import CommandPalette

    palette = CommandPalette(window.actions_.by_id.values(), window)
    qtbot.addWidget(palette)
    palette.line.setText("新建")
    assert palette.list.count() == 1
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert len(window.session.desk.entries) == 2


def test_the_whole_window_begins_on_the_sample(
    empty_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    empty_window.frame.welcome()
    empty_window.files.sample_small()
    assert empty_window.area.loading.isVisible()
    qtbot.waitUntil(lambda: empty_window.session.city is not None, timeout=LONG_MS)
    assert empty_window.session.scenario is not None
    assert empty_window.area.welcome.isVisible()
    qtbot.waitUntil(lambda: "streets" in empty_window.layers.visible_keys())


def test_files_are_not_thrown_away_without_asking(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def refuse(_self: FileCommands) -> bool:
        asked.append(True)
        return False

    monkeypatch.setattr(FileCommands, "may_discard", refuse)
    window.files.sample_small()
    assert asked == [True]
    assert window.files.loading is None


def test_a_calendar_is_shown_day_by_day(window: MainWindow, opened: Callable[..., Opened], qtbot: QtBot) -> None:
    show(window, opened(mode="days"), qtbot)
    assert not window.area.day.isVisible()
    run_to_end(window, qtbot)
    card = window.area.day
    assert card.isVisible()
    assert card.days == (0, 1, 2)
    assert [r.item for r in window.routes.model.rows] == ["r0"]
    assert window.plans.layers.n_routes(ROUTES) == 1
    card.after.click()
    qtbot.waitUntil(lambda: [r.id for row in window.gantt.bars.rows for r in row] == ["r1"], timeout=LONG_MS)
    assert [r.item for r in window.routes.model.rows] == ["r1"]
    card.slider.setValue(0)
    qtbot.waitUntil(lambda: len(window.routes.model.rows) == 3, timeout=LONG_MS)
    assert not card.before.isEnabled()
    window.session.select(Selection("streets", "s2"))
    assert window.plans.work_lines("s2") == ["第 2 天  车 1"]


def test_a_route_that_is_chosen_shows_its_sheet(window: MainWindow, qtbot: QtBot) -> None:
    run_to_end(window, qtbot)
    window.views.choose_route(window.routes.model.rows[0])
    assert window.object.title.text() == "车 1"
    assert "00:00" in window.object.kind.text()
    assert "2.4" in window.object.work.text()  # twelve streets of 200 m
    rows = window.object.table.model.rows
    # neighbours of one name are one line
    assert [(row.label, row.value) for row in rows[:3]] == [("00:00", "人民路"), ("00:05", "中山路"), ("00:10", "梧桐街")]
    assert rows[0].origin == words.figure(600.0, "m")
    window.session.select(Selection())
    assert not window.object.table.model.rows


def test_the_planner_is_asked_why(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.actions_.by_id["why"].isEnabled()
    run_to_end(window, qtbot)
    window.session.select(Selection("streets", "s3"))
    assert window.object.answer.isHidden()
    window.actions_.by_id["why"].trigger()
    assert "正在查找" in window.object.answer.text()
    qtbot.waitUntil(lambda: window.runs.question is None, timeout=LONG_MS)
    assert window.object.answer.text() == "人民路 是 12 条街之一"  # as people call s3
    window.session.select(Selection("streets", "s4"))
    assert window.object.answer.isHidden()


def test_an_answer_that_comes_too_late_is_not_shown(window: MainWindow, qtbot: QtBot) -> None:
    run_to_end(window, qtbot)
    window.session.select(Selection("streets", "s3"))
    window.actions_.by_id["why"].trigger()
    window.session.select(Selection("streets", "s4"))
    qtbot.waitUntil(lambda: window.runs.question is None, timeout=LONG_MS)
    assert window.object.answer.text() == ""
