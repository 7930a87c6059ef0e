"""Look a street up in the attribute table, widen it, undo: map, table and city are one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.desk import Opened, Selection
from desktop.i18n import set_language
from desktop.main_window import MainWindow
from layers.kinds.streets import Streets
from layers.text import Lang


def table_of(window: MainWindow) -> list[str]:
    model = window.attributes.model
    return [model.item(line) for line in range(model.rowCount())]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_find_edit_undo(window: MainWindow, opened: Callable[..., Opened], qtbot: QtBot, tmp_path: Path, lang: Lang) -> None:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert app is not None
    set_language(app, lang)
    session = window.session
    assert session.city is not None
    window.actions_.by_id["attributes"].trigger()
    qtbot.waitUntil(lambda: window.attributes.model.layer is not None)
    window.attributes.show_kind("streets")
    item = table_of(window)[0]
    names = [field.name for field in window.attributes.model.fields]
    window.attributes.item_chosen.emit("streets", item)
    assert session.selection == Selection("streets", item)
    before = session.city[Streets].hash
    at = window.attributes.model.index(0, names.index("width_m"))
    window.attributes.model.setData(at, "17.5")
    assert session.city[Streets].width_m[session.city[Streets].row_of[item]] == 17.5
    qtbot.waitUntil(lambda: window.attributes.model.index(0, names.index("width_m")).data() == "17.5")
    window.attributes.model.setData(at, "-1")
    assert session.city[Streets].width_m[session.city[Streets].row_of[item]] == 17.5
    window.frame.undo()
    assert session.city[Streets].hash == before
    window.frame.redo()
    window.attributes.search.setText("width_m = 17.5")
    window.attributes.apply_filter()
    assert table_of(window) == [item]
    window.attributes.mark_wanted.emit()
    target = tmp_path / "表.csv"
    window.attributes_.export_to(target)
    qtbot.waitUntil(target.exists)
    assert item in target.read_text("utf-8-sig")
