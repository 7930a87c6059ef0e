"""The siting engineer's day, through the real window and a real worker process, with a planner that a hand can check."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.controllers.files import FileCommands
from desktop.desk import PLACE, SITE, Opened, Selection
from desktop.main_window import MainWindow
from desktop.panels.sites import ALTERNATIVES, CHANGES, LOADS
from desktop.site_digest import SITES
from desktop.site_layers import CANDIDATES, LOCKS, POINTED, SERVED
from layers.kinds.facilities import CandidateSites
from optimizer.scenario import Lock
from tests.cities import X0_M, Y0_M
from tests.desktop.conftest import show
from tests.journeys.test_planner import LONG_MS, run_to_end

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def sites_window(empty_window: MainWindow, sited: Opened, qtbot: QtBot) -> MainWindow:
    """Return a window that has planned sites."""
    show(empty_window, sited, qtbot)
    run_to_end(empty_window, qtbot)
    return empty_window


def overlays(window: MainWindow) -> set[str]:
    return {o.key for o in window.area.map.scene.overlays}


def locks(window: MainWindow) -> tuple[Lock, ...]:
    assert window.session.scenario is not None
    return window.session.scenario.locks


def built(window: MainWindow) -> list[str]:
    return [row.item for row in window.sites_panel.tables[CHANGES].model.rows]


def test_a_plan_with_changes_is_drawn_listed_and_told(sites_window: MainWindow) -> None:
    window = sites_window
    assert {f"{SITES}:build", f"{SITES}:rebuild", CANDIDATES} <= overlays(window)
    assert built(window) == ["k3", "k2", "ts1"]
    assert window.docks["sites"].windowTitle() == "选址 3"
    window.sites_panel.item_chosen.emit("k2")
    assert window.session.selection == Selection("candidate_sites", "k2")
    assert SERVED in overlays(window)
    assert "新建 · III 类站 · 40\u202ft/日 · 2027" in window.object.work.text()
    assert "服务 3 处" in window.object.work.text()
    assert "✓ 采用" in window.object.work.text()
    x_m, y_m = window.area.map.centre
    assert (x_m, y_m) == pytest.approx((X0_M + 360, Y0_M + 50), abs=1)
    window.session.select(Selection())
    assert SERVED not in overlays(window)


def test_a_click_on_the_map_selects_the_site(sites_window: MainWindow) -> None:
    window = sites_window
    window.views.clicked(X0_M + 560, Y0_M + 50, 2.0)
    assert window.session.selection == Selection("candidate_sites", "k3")


def test_a_candidate_is_locked_planned_anew_and_freed_by_undo(sites_window: MainWindow, qtbot: QtBot) -> None:
    window = sites_window
    window.views.open_item("k1")
    assert [state for state, made in window.object.locks.items() if made.isVisibleTo(window.object)] == ["open", "closed"]
    window.object.locks["open"].click()
    assert locks(window) == (Lock("k1", state="open"),)
    assert window.object.locks["open"].isChecked()
    assert LOCKS in overlays(window)
    window.views.open_item("k3")
    window.actions_.by_id["site.must_not"].trigger()
    assert window.session.result is not None
    assert window.session.scenario is not None
    assert window.session.result.is_stale(window.session.scenario)
    run_to_end(window, qtbot)
    assert built(window) == ["k1", "k2", "ts1"]
    for _ in range(2):
        window.actions_.by_id["undo"].trigger()
    assert locks(window) == ()
    assert LOCKS not in overlays(window)


def test_the_key_locks_a_site_as_the_plan_has_it(sites_window: MainWindow) -> None:
    window = sites_window
    for item, state in (("k2", "open"), ("k4", "closed"), ("ts1", "open")):
        window.views.choose_item(item)
        window.actions_.by_id["lock"].trigger()
        assert locks(window) == (Lock(item, state=state),)
        window.actions_.by_id["lock"].trigger()
        assert locks(window) == ()


def test_a_lock_is_pressed_again_to_take_it_away_and_is_kept_in_the_file(
    sites_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = sites_window
    window.views.choose_item("ts1")
    window.object.locks["keep"].click()
    window.object.locks["keep"].click()
    assert locks(window) == ()
    window.object.locks["keep"].click()
    path = tmp_path / "选址.gpkg"
    window.files.save_to(path)
    qtbot.waitUntil(lambda: window.session.is_saved, timeout=LONG_MS)
    window.files.open_path(path)
    qtbot.waitUntil(lambda: window.session.path == path and window.files.loading is None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: window.plans.is_shown, timeout=LONG_MS)
    assert locks(window) == (Lock("ts1", state="keep"),)
    assert LOCKS in overlays(window)


def draw(window: MainWindow, corners: tuple[tuple[float, float], ...]) -> list[QPoint]:
    """Take the pen, look at the tiny city from near, and return where its corners stand on the map."""
    map_ = window.area.map
    map_.zoom_to((X0_M, Y0_M, X0_M + 200, Y0_M + 150))
    window.actions_.by_id["tool.draw"].trigger()
    camera = map_.camera
    return [QPointF(*camera.to_px(X0_M + x, Y0_M + y)).toPoint() for x, y in corners]


def test_a_candidate_is_drawn_saved_planned_and_taken_back(
    sites_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, map_ = sites_window, sites_window.area.map
    places = draw(window, ((20, 60), (150, 20), (60, 60), (60, 90), (20, 90)))
    QTest.mouseClick(map_, LEFT, NO_KEY, places[0])
    QTest.mouseClick(map_, LEFT, NO_KEY, places[1])
    QTest.keyClick(map_, Qt.Key.Key_Backspace)  # that one was wrong
    for at in places[2:]:
        QTest.mouseClick(map_, LEFT, NO_KEY, at)
    QTest.keyClick(map_, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.selection == Selection("candidate_sites", "drawn-1"), timeout=LONG_MS)
    assert window.session.city is not None
    sites = window.session.city[CandidateSites]
    assert sites.name.tolist()[-1] == "手绘用地 1"
    assert sites.district.tolist()[-1] == "甲区"
    assert sites.land_m2[-1] == pytest.approx(1200, rel=0.05)
    assert window.session.result is not None
    assert window.session.scenario is not None
    assert window.session.result.is_stale(window.session.scenario)
    assert window.actions_.by_id["tool.select"].isChecked()

    path = tmp_path / "画.gpkg"
    window.files.save_to(path)
    qtbot.waitUntil(lambda: window.session.is_saved, timeout=LONG_MS)
    assert [s.name for s in window.session.to_save()[0]] == ["选址方案"]  # the question is the same, of another city

    window.object.locks["open"].click()
    run_to_end(window, qtbot)
    assert built(window) == ["drawn-1", "k3", "ts1"]
    window.actions_.by_id["undo"].trigger()
    window.actions_.by_id["undo"].trigger()
    assert window.session.city[CandidateSites].ids.tolist() == ["k1", "k2", "k3", "k4"]
    layer = next(a for a in map_.scene.layers if a.key == CandidateSites.KIND)
    assert len(layer.geometry) == 4
    window.actions_.by_id["redo"].trigger()
    assert window.session.city[CandidateSites].ids.tolist()[-1] == "drawn-1"

    monkeypatch.setattr(FileCommands, "may_discard", lambda _self: True)
    window.files.open_path(path)
    qtbot.waitUntil(lambda: window.session.path == path and window.session.undo.count() == 0, timeout=LONG_MS)
    assert window.session.city is not None
    assert "drawn-1" in window.session.city[CandidateSites].row_of


def test_a_double_click_ends_the_land_and_escape_drops_it(sites_window: MainWindow, qtbot: QtBot) -> None:
    window, map_ = sites_window, sites_window.area.map
    places = draw(window, ((20, 60), (60, 60), (60, 90), (120, 100)))
    for at in places[:3]:
        QTest.mouseClick(map_, LEFT, NO_KEY, at)
    QTest.keyClick(map_, Qt.Key.Key_Escape)
    assert window.actions_.by_id["tool.select"].isChecked()
    window.actions_.by_id["tool.draw"].trigger()
    for at in places[:2]:
        QTest.mouseClick(map_, LEFT, NO_KEY, at)
    QTest.mouseDClick(map_, LEFT, NO_KEY, places[2])  # its first click is a corner too, as Qt sends them
    assert window.session.undo.count() == 0
    QTest.mouseClick(map_, LEFT, NO_KEY, places[2])
    QTest.mouseDClick(map_, LEFT, NO_KEY, places[2])
    qtbot.waitUntil(lambda: window.session.selection.item == "drawn-1", timeout=LONG_MS)
    assert window.session.undo.count() == 1


def test_land_whose_outline_crosses_itself_is_refused_in_one_line(sites_window: MainWindow, qtbot: QtBot) -> None:
    window = sites_window
    corners = ((0.0, 0.0), (40.0, 40.0), (40.0, 0.0), (0.0, 40.0))
    window.here.add_drawn(tuple((X0_M + x, Y0_M + y) for x, y in corners))
    qtbot.waitUntil(window.area.banner.isVisible, timeout=LONG_MS)
    assert "自相交" in window.log.text.toPlainText()
    assert window.session.undo.count() == 0


def test_drawn_land_is_removed_with_its_lock_and_comes_back(sites_window: MainWindow, qtbot: QtBot) -> None:
    window = sites_window
    corners = ((150.0, 130.0), (170.0, 130.0), (170.0, 150.0), (150.0, 150.0))
    window.here.add_drawn(tuple((X0_M + x, Y0_M + y) for x, y in corners))
    qtbot.waitUntil(lambda: window.session.selection.item == "drawn-1", timeout=LONG_MS)
    window.object.locks["open"].click()
    window.actions_.by_id["undraw"].trigger()
    assert window.session.city is not None
    assert "drawn-1" not in window.session.city[CandidateSites].row_of
    assert locks(window) == ()
    assert window.session.selection == Selection()
    window.views.choose_item("k1")
    assert not window.actions_.by_id["undraw"].isEnabled()  # the bureau's own land stays
    window.actions_.by_id["undo"].trigger()
    assert "drawn-1" in window.session.city[CandidateSites].row_of
    assert locks(window) == (Lock("drawn-1", state="open"),)


def test_what_is_said_of_a_district_is_shown_with_the_district(sites_window: MainWindow) -> None:
    window = sites_window
    window.sites_panel.item_chosen.emit("甲区")
    assert window.session.selection == Selection("districts", "d1")
    assert "✓ 符合  要求 2 处，可行 2 处" in window.object.work.text()


def test_any_place_is_explained_from_its_menu(sites_window: MainWindow, qtbot: QtBot) -> None:
    window, map_ = sites_window, sites_window.area.map
    map_.zoom_to((X0_M, Y0_M, X0_M + 400, Y0_M + 300))
    at = QPointF(*map_.camera.to_px(X0_M + 160, Y0_M + 150)).toPoint()
    x_m, y_m = map_.camera.to_map(at.x(), at.y())
    window.here.show_menu(x_m, y_m, 1.0, map_.mapToGlobal(at))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(a for a in menu.actions() if a.text() == "说明此处").trigger()
    menu.close()
    assert window.session.selection.layer == PLACE
    assert POINTED in overlays(window)
    qtbot.waitUntil(lambda: "最近的备选用地在 100 m 外" in window.object.answer.text(), timeout=LONG_MS)
    assert window.object.title.text() == "所指位置"


def test_the_menu_of_a_site_locks_it(sites_window: MainWindow, qtbot: QtBot) -> None:
    window, map_ = sites_window, sites_window.area.map
    window.here.show_menu(X0_M + 160, Y0_M + 50, 2.0, map_.mapToGlobal(QPoint(10, 10)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    told = [a.text() for a in menu.actions() if a.text()]
    assert told[:4] == ["为什么这样？", "说明此处", "必选", "不选"]
    next(a for a in menu.actions() if a.text() == "必选").trigger()
    menu.close()
    assert locks(window) == (Lock("k1", state="open"),)


def test_why_not_here_is_answered_with_the_rule(sites_window: MainWindow, qtbot: QtBot) -> None:
    window = sites_window
    window.views.choose_item("k4")
    assert "用地 100 m²，至少 300 m²（CJJ/T 47-2016 [B]）" in window.object.work.text()
    window.object.why.click()
    qtbot.waitUntil(lambda: "用地 100 m²" in window.object.answer.text(), timeout=LONG_MS)


def test_what_was_drawn_after_the_plan_is_asked_about_by_its_place(sites_window: MainWindow, qtbot: QtBot) -> None:
    window = sites_window
    corners = ((150.0, 130.0), (170.0, 130.0), (170.0, 150.0), (150.0, 150.0))
    window.here.add_drawn(tuple((X0_M + x, Y0_M + y) for x, y in corners))
    qtbot.waitUntil(lambda: window.session.selection.item == "drawn-1", timeout=LONG_MS)
    assert window.here.item_to_ask("drawn-1") == f"at:{X0_M + 160:.1f},{Y0_M + 140:.1f}"
    window.runs.explain()
    qtbot.waitUntil(lambda: "90 m 外" in window.object.answer.text(), timeout=LONG_MS)


def test_an_alternative_is_shown_locked_and_taken_back(sites_window: MainWindow, qtbot: QtBot) -> None:
    window = sites_window
    window.sites_panel.show_table(ALTERNATIVES)
    window.sites_panel.chose(ALTERNATIVES, window.sites.digest.alternatives[1])
    assert built(window) == ["k3", "k1", "ts1"]
    candidates = window.sites.overlays()
    assert next(o for o in candidates if o.key == f"{SITES}:build").geometry.coords.tolist()[1] == [X0_M + 160, Y0_M + 50]
    window.views.choose_item("k1")
    assert window.object.work.text() == "◆ 新建 · III 类站 · 40\u202ft/日 · 2027 · 200\u202f万元"  # verdicts are of the plan
    window.sites_panel.adopt.click()
    assert locks(window) == (Lock("k1", state="open"), Lock("k2", state="closed"))
    run_to_end(window, qtbot)
    assert window.sites.shown == 0
    assert built(window) == ["k1", "k3", "ts1"]
    window.actions_.by_id["undo"].trigger()
    assert locks(window) == ()


def test_the_best_so_far_is_drawn_while_it_is_sought(sites_window: MainWindow) -> None:
    window = sites_window
    window.sites.show_running(window.sites.digest.alternatives[1].changes[:1])
    window.plans.draw()
    built_now = [o for o in window.area.map.scene.overlays if o.key.startswith(SITES)]
    assert [(o.key, len(o.geometry)) for o in built_now] == [(f"{SITES}:build", 1)]
    window.plans.show_plan()  # as a run that is cancelled ends


def test_going_back_to_the_plan_shows_its_own_changes(sites_window: MainWindow) -> None:
    window = sites_window
    window.sites.show_alternative(1)
    window.sites_panel.back.click()
    assert built(window) == ["k3", "k2", "ts1"]
    window.sites.show_alternative(7)  # there is none
    assert window.sites.shown == 0


def test_a_site_that_is_in_no_layer_is_shown_and_gone_to(sites_window: MainWindow) -> None:
    """After undo of the land that a plan builds on, the plan still shows where it was."""
    window = sites_window
    city = window.session.city
    assert city is not None
    window.session.set_city(city.with_layers(city[CandidateSites].take(city[CandidateSites].ids != "k2")), "x")
    window.views.open_item("k2")
    assert window.session.selection == Selection(SITE, "k2")
    assert window.object.title.text() == "中地块"
    assert "新建" in window.object.work.text()
    assert POINTED in overlays(window)
    assert window.area.map.centre == pytest.approx((X0_M + 360, Y0_M + 50), abs=1)


def test_the_tables_speak_english_too(sites_window: MainWindow, qtbot: QtBot) -> None:
    window = sites_window
    window.actions_.by_id["lang.en"].trigger()
    qtbot.waitUntil(lambda: window.lang == "en")
    window.sites_panel.show_table(LOADS)
    assert window.sites_panel.written()[0][:4] == ["Facility", "District", "Load", "Capacity"]
    qtbot.waitUntil(lambda: window.docks["sites"].windowTitle() == "Sites 3")
