"""Transfer stations through the real window and a real worker: plan, read what goes where, force one out, undo."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.desk import Desk, Entry, Opened
from desktop.main_window import MainWindow
from desktop.panels.sites import CHANGES
from optimizer.scenario import Lock
from tests.desktop.conftest import show
from tests.journeys.test_planner import run_to_end
from tests.optimizer.planners.transfer.conftest import asked


@pytest.fixture
def transfer_window(empty_window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Return a window that has planned two stations of 30 t/d, each beside one of two points of waste."""
    scenario = asked()
    show(empty_window, Opened(scenario.city, Desk((Entry("s0", scenario),), "s0"), {}, scenario.inventory), qtbot)
    run_to_end(empty_window, qtbot)
    return empty_window


def built(window: MainWindow) -> set[str]:
    return {row.item for row in window.sites_panel.tables[CHANGES].model.rows}


def test_stations_are_planned_and_told_in_chinese(transfer_window: MainWindow) -> None:
    window = transfer_window
    assert built(window) == {"k0", "k1"}
    window.views.open_item("k0")
    told = window.object.work.text()
    assert "◆ 新建 · V 类站 · 30\u202ft/日" in told
    assert "服务 1 处：20\u202ft/日，能力 30\u202ft/日" in told
    assert "运往 " in told
    assert "服务，" not in told


def test_a_station_is_forced_out_and_brought_back_by_undo(transfer_window: MainWindow, qtbot: QtBot) -> None:
    window = transfer_window
    window.views.open_item("k1")
    window.object.locks["closed"].click()
    assert window.session.scenario is not None
    assert window.session.scenario.locks == (Lock("k1", state="closed"),)
    run_to_end(window, qtbot)
    assert built(window) == {"k0"}
    window.actions_.by_id["undo"].trigger()
    assert not window.session.scenario.locks
