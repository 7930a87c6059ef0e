from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.panels.parts import LinkLine, scrolled

NAME = "臺北市士林區天玉街38巷18弄6號對面（其他垃圾）"


def test_a_long_link_never_widens_its_panel(qtbot: QtBot) -> None:
    asked: list[str] = []
    inner = QWidget()
    line = LinkLine(NAME, lambda: asked.append("went"))
    QVBoxLayout(inner).addWidget(line)
    area = scrolled(inner)
    qtbot.addWidget(area)
    area.resize(200, 100)
    area.show()
    assert inner.width() <= area.viewport().width()
    assert line.text().startswith("臺北市")
    assert line.text().endswith("垃圾）")
    assert "…" in line.text()
    area.resize(600, 100)
    assert line.text() == NAME
    assert line.accessibleName() == NAME
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert asked == ["went"]
