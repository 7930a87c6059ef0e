from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.panels.palette import CommandPalette


def palette(owner: QWidget, called: list[str]) -> CommandPalette:
    actions = [QAction(text, owner) for text in ("&Open…", "Save", "Save as…")]
    for action in actions:
        action.triggered.connect(lambda _on=False, a=action: called.append(a.text()))
    return CommandPalette(actions, owner)


def test_a_few_letters_find_a_command_and_enter_calls_it(qtbot: QtBot) -> None:
    called: list[str] = []
    owner = QWidget()
    qtbot.addWidget(owner)
    shown = palette(owner, called)
    QTest.keyClicks(shown.line, "sa as")
    assert shown.list.count() == 1
    QTest.keyClick(shown.line, Qt.Key.Key_Return)
    assert called == ["Save as…"]


def test_what_is_no_command_is_told_and_calls_nothing(qtbot: QtBot) -> None:
    called: list[str] = []
    owner = QWidget()
    qtbot.addWidget(owner)
    shown = palette(owner, called)
    QTest.keyClicks(shown.line, "xyz")
    assert shown.list.count() == 1
    assert shown.list.item(0).flags() == Qt.ItemFlag.NoItemFlags
    QTest.keyClick(shown.line, Qt.Key.Key_Return)
    assert called == []
