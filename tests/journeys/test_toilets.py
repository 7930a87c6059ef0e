"""Toilets through the real window and a real worker: plan, look, lock, draw, ask, save, on a town that a hand can check."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.desk import PLACE, Desk, Entry, Opened, Selection
from desktop.main_window import MainWindow
from desktop.panels.sites import CHANGES
from desktop.site_digest import SITES
from desktop.site_layers import SERVED
from optimizer.names import place_item
from optimizer.scenario import Lock
from tests.cities import X0_M, Y0_M
from tests.desktop.conftest import show
from tests.journeys.test_planner import LONG_MS, run_to_end
from tests.optimizer.planners.toilets.by_hand import Town, scenario

# One may be built: at k1 it brings 60 people near, at k2 40. t1 is dry, and is rebuilt.
_TOWN = Town(
    toilets=[(600, 0, {"dry": True, "n_women_stalls": 6, "n_men_stalls": 3})],
    sites=[(0, 0, 10), (100, 200, 10)],
    people=[(0, 10, 60), (200, 200, 40)],
)


@pytest.fixture
def toilets_window(empty_window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Return a window that has planned toilets."""
    asked = scenario(_TOWN, n_new_most=1, near_m=100.0, far_m=150.0, crowd_m=100.0)
    show(empty_window, Opened(asked.city, Desk((Entry("s0", asked),), "s0"), {}, asked.inventory), qtbot)
    run_to_end(empty_window, qtbot)
    return empty_window


def works(window: MainWindow) -> set[str]:
    return {f"{row.change.kind} {row.item}" for row in window.sites_panel.tables[CHANGES].model.rows}


def told(window: MainWindow) -> dict[str, str]:
    """Return what the object panel lists of what is selected."""
    return {a.label: a.value for a in window.sites.attributes(window.session.selection.item)}


def test_toilets_are_planned_shown_and_told_in_chinese(toilets_window: MainWindow, qtbot: QtBot) -> None:
    window = toilets_window
    assert works(window) == {"build k1", "rebuild t1"}
    window.views.open_item("k1")
    assert "◆ 新建 · 二类公厕：女 " in window.object.work.text()
    assert "服务 2 处：100\u202f人，最远 400\u202fm" in window.object.work.text()
    facts = told(window)
    assert (facts["措施"], facts["类别"], facts["旱厕"], facts["年份"]) == ("新建", "二类", "否", "第 1 年")
    assert {f"{SITES}:build", SERVED} <= {o.key for o in window.area.map.scene.overlays}
    window.views.open_item("k2")
    assert "可达得分减少 40 分 · 强制代价 40\u202f分" in window.object.work.text()
    window.views.choose_item("t1")
    assert told(window)["措施"] == "改建"
    window.session.select(Selection(PLACE, place_item(X0_M + 100, Y0_M)))
    window.runs.explain()
    qtbot.waitUntil(lambda: "最近公厕" in window.object.answer.text(), timeout=LONG_MS)
    assert "步行 100 m" in window.object.answer.text()


def test_locks_and_drawn_land_are_planned_anew_and_kept_in_the_file(
    toilets_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = toilets_window
    window.views.open_item("k1")
    window.object.locks["closed"].click()
    window.views.choose_item("t1")
    window.object.locks["keep"].click()
    run_to_end(window, qtbot)
    assert works(window) == {"build k2"}
    corners = ((10.0, 5.0), (30.0, 5.0), (30.0, 25.0), (10.0, 25.0))
    window.here.add_drawn(tuple((X0_M + x, Y0_M + y) for x, y in corners))
    qtbot.waitUntil(lambda: window.session.selection.item == "drawn-1", timeout=LONG_MS)
    run_to_end(window, qtbot)
    assert works(window) == {"build drawn-1"}
    path = tmp_path / "公厕.gpkg"
    window.files.save_to(path)
    qtbot.waitUntil(lambda: window.session.is_saved, timeout=LONG_MS)
    window.files.open_path(path)
    qtbot.waitUntil(lambda: window.session.path == path and window.files.loading is None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: window.plans.is_shown, timeout=LONG_MS)
    assert works(window) == {"build drawn-1"}
    assert window.session.scenario is not None
    assert set(window.session.scenario.locks) == {Lock("k1", state="closed"), Lock("t1", state="keep")}
    window.views.open_item("drawn-1")
    assert told(window)["措施"] == "新建"


def test_who_is_left_out_is_listed_with_what_binds(toilets_window: MainWindow) -> None:
    window = toilets_window
    rows = window.plans.digest.unserved
    assert [(row.item, row.binding) for row in rows] == [("p2", "number")]
    assert rows[0].change.zh == "甲区多建一座：增建 k2（步行 100 m）"
