"""Docks that were left on a large screen leave room for the map on a small one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow


@pytest.fixture
def left_wide(empty_window: MainWindow, qtbot: QtBot) -> QByteArray:
    """Return how the docks were left on a screen of 2560 x 1440, wide and high."""
    window = empty_window
    window.resize(2560, 1440)
    QApplication.processEvents()
    docks = window.docks
    window.resizeDocks([docks["layers"], docks["params"]], [500, 700], Qt.Orientation.Horizontal)
    window.resizeDocks([docks["gantt"]], [600], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: docks["params"].width() >= 690 and docks["gantt"].height() >= 560)
    return window.saveState()


def test_half_of_a_smaller_window_stays_with_the_map(empty_window: MainWindow, left_wide: QByteArray, qtbot: QtBot) -> None:
    window = empty_window
    window.resize(1366, 768)
    window.arrange(left_wide)
    qtbot.waitUntil(lambda: window.area.width() >= 1366 // 2 - 12)
    assert window.area.height() >= 768 // 2 - 110  # menu, bar and status line take theirs
    # both sides give way, each by its share
    assert 250 <= window.docks["layers"].width() < window.docks["params"].width()


def test_on_as_large_a_window_they_are_as_they_were_left(
    empty_window: MainWindow, left_wide: QByteArray, qtbot: QtBot
) -> None:
    window = empty_window
    window.arrange(None)
    window.arrange(left_wide)
    qtbot.waitUntil(lambda: abs(window.docks["params"].width() - 700) <= 10)
    assert abs(window.docks["layers"].width() - 500) <= 10


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_placing_the_docks_does_not_widen_the_window(empty_window: MainWindow, qtbot: QtBot, lang: str) -> None:
    window = empty_window
    window.actions_.by_id[f"lang.{lang}"].trigger()
    qtbot.waitUntil(lambda: window.lang == lang)
    window.arrange(None)
    QApplication.processEvents()
    assert window.width() == 1366
    for keys in (
        ("params", "results", "object"),
        ("gantt", "routes", "timetable", "stations", "sites", "unserved", "board", "attributes", "log"),
    ):
        assert {d.objectName() for d in window.tabifiedDockWidgets(window.docks[keys[0]])} == set(keys[1:])
    assert window.dockWidgetArea(window.docks["scenarios"]) == Qt.DockWidgetArea.LeftDockWidgetArea
