from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop import crash, furnish, skeleton, theme
from desktop.app import furnish_soon, make_window
from desktop.settings import Settings
from layers.io.geopackage import write_city
from tests.cities import tiny_city


def test_the_frame_is_seen_before_anything_is_loaded(qapp: QApplication, settings: Settings, qtbot: QtBot) -> None:
    window = make_window(qapp, settings)
    qtbot.addWidget(window)
    window.show()
    seen = window.grab().toImage()
    assert not window.is_furnished
    colours = {seen.pixelColor(x, 300).name() for x in range(0, seen.width(), 3)}
    assert {theme.current().ground, theme.current().panel} <= colours
    window.close()


def test_the_skeleton_leaves_the_map_in_the_middle(qapp: QApplication) -> None:
    image = QImage(1366, 768, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    skeleton.paint(painter, QRect(0, 0, 1366, 768))
    painter.end()
    assert image.pixelColor(600, 300).name() == theme.current().ground
    assert image.pixelColor(100, 300).name() == theme.current().panel


def test_the_window_is_furnished_in_turns_and_opens_a_file(
    qapp: QApplication, settings: Settings, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "小城.gpkg"
    write_city(tiny_city(), path)
    made = furnish.fittings(in_process_map=True)
    monkeypatch.setattr(furnish, "fittings", lambda: made)
    window = make_window(qapp, settings)
    window.show()
    furnish_soon(window, path)
    qtbot.waitUntil(lambda: window.is_furnished, timeout=30_000)
    qtbot.waitUntil(lambda: window.session.city is not None, timeout=30_000)
    assert window.session.path == path
    qtbot.waitUntil(lambda: window.params.form is not None)
    monkeypatch.setattr(window.files, "may_discard", lambda: True)
    window.close()
    window.deleteLater()


def test_a_bug_is_told_with_its_log_and_the_window_stays(
    qapp: QApplication, settings: Settings, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crash, "log_folder", lambda: tmp_path / "logs")
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    window = make_window(qapp, settings)
    qtbot.addWidget(window)
    window.show()
    crash.report_bugs(window)
    try:
        raise ZeroDivisionError("a slip")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    box = window.findChildren(QMessageBox)[0]
    logs = os.listdir(tmp_path / "logs")
    assert len(logs) == 1
    assert logs[0] in box.text()
    assert "a slip" in (tmp_path / "logs" / logs[0]).read_text("utf-8")
    box.close()
    assert window.isVisible()
    window.close()
