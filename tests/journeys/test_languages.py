"""Both languages, switched while the window is open: nothing is left untranslated."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.i18n.__main__ import untranslated
from desktop.main_window import MainWindow
from tests.journeys.test_planner import run_to_end

_CHINESE = re.compile("[\u3400-\u9fff]")
# what the city's and the scenario's own names are made of
_DATA = {"小城", "玩具方案", "车 1", "人民路", "中文"}


def shown(window: QWidget) -> list[str]:
    """Return every fixed text in the window, tool tips among them."""
    texts: list[str] = []
    for widget in window.findChildren(QWidget):
        texts.append(widget.toolTip())
        if isinstance(widget, (QLabel, QAbstractButton)):
            texts.append(widget.text())
        if isinstance(widget, QLineEdit):
            texts.append(widget.placeholderText())
        if isinstance(widget, QComboBox):
            texts += [widget.itemText(i) for i in range(widget.count())]
    return [t for t in texts if t]


def own(window: MainWindow) -> list[str]:
    texts = shown(window)
    texts += [a.text() for a in window.actions_.by_id.values()] + [a.toolTip() for a in window.actions_.by_id.values()]
    texts += [d.windowTitle() for d in window.docks.values()]
    for table in (window.routes, window.unserved):
        texts += [
            table.model.headerData(i, table.view.horizontalHeader().orientation()) for i in range(len(table.model.cols))
        ]
    return texts


def test_every_string_of_the_window_has_its_english() -> None:
    assert untranslated() == []


def test_switching_leaves_no_chinese_behind(window: MainWindow, qtbot: QtBot) -> None:
    run_to_end(window, qtbot)
    window.actions_.by_id["lang.en"].trigger()
    qtbot.waitUntil(lambda: window.lang == "en")
    for form in (window.params.form, window.params.fleet):
        assert form is not None
        form.finish()
    qtbot.wait(10)
    left = {t for t in own(window) if _CHINESE.search(t)}
    left = {t for t in left if not any(name in t for name in _DATA)}
    assert left == set()


def test_switching_back_speaks_chinese(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.by_id["lang.en"].trigger()
    qtbot.waitUntil(lambda: window.actions_.by_id["run"].text() == "Plan")
    window.actions_.by_id["lang.zh"].trigger()
    qtbot.waitUntil(lambda: window.actions_.by_id["run"].text() == "计算")
    assert window.docks["layers"].windowTitle() == "图层"
    assert window.settings.text("lang") == "zh"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_shortcut_is_taken_twice(window: MainWindow, lang: str) -> None:
    window.actions_.by_id[f"lang.{lang}"].trigger()
    keys = [k.toString() for a in window.actions_.by_id.values() for k in a.shortcuts()]
    assert len(keys) == len(set(keys))


def test_colours_are_switched_live(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.by_id["scheme.dark"].trigger()
    assert window.area.map.scene.tokens.name == "dark"
    assert window.palette().window().color().name() == "#1b1f22"
    window.actions_.by_id["scheme.light"].trigger()
    assert window.area.map.scene.tokens.name == "light"
