"""The manager's board: look, enter a figure, undo, save, reopen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.board import BoardRow
from desktop.i18n import set_language
from desktop.main_window import MainWindow
from layers.text import Lang
from resources.targets import Op, load_targets

LONG_MS = 60_000


def row_of(window: MainWindow, target: str) -> BoardRow:
    rows: Sequence[BoardRow] = window.board.tables["all"].model.rows
    return next(row for row in rows if row.target == target and row.scope == "city")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_enter_undo_save_reopen(window: MainWindow, qtbot: QtBot, tmp_path: Path, lang: Lang) -> None:
    app = QApplication.instance()
    assert app is not None
    set_language(app, lang)
    asked = next(t for t in load_targets() if t.op is Op.AT_LEAST and str(t.kind) == "target")
    window.actions_.by_id["board"].trigger()
    qtbot.waitUntil(lambda: bool(window.board.tables["all"].model.rows))
    row = row_of(window, asked.id)
    assert row.verdict == "not_measured"
    window.board.chose("all", row)
    window.board.value.setText("x")
    window.board.source.setText("年报")
    window.board.enter.click()
    assert not window.area.banner.isHidden()
    assert window.session.desk.entered == ()
    window.board.value.setText(str(asked.values[0] + 1))
    window.board.enter.click()
    assert row_of(window, asked.id).verdict == "met"
    assert "年报" in row_of(window, asked.id).figure_from
    assert not window.session.is_saved
    window.frame.undo()
    assert row_of(window, asked.id).verdict == "not_measured"
    window.frame.redo()
    path = tmp_path / "看板.gpkg"
    window.files.save_to(path)
    qtbot.waitUntil(lambda: window.session.is_saved, timeout=LONG_MS)
    window.files.open_path(path)
    qtbot.waitUntil(lambda: window.session.path == path and window.files.loading is None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: row_of(window, asked.id).verdict == "met", timeout=LONG_MS)
    window.board.chose("all", row_of(window, asked.id))
    window.board.remove.click()
    assert row_of(window, asked.id).verdict == "not_measured"


def test_every_target_is_on_the_board_with_who_measures_it(window: MainWindow, qtbot: QtBot) -> None:
    window.board_.show()
    qtbot.waitUntil(lambda: bool(window.board.tables["all"].model.rows))
    shown = {row.target for row in window.board.tables["all"].model.rows}
    assert shown == {t.id for t in load_targets() if str(t.kind) != "reference"}
    window.board.search.setText("机扫")
    window.board.show_table("not_measured")
    assert window.board.tables["not_measured"].model.rows
