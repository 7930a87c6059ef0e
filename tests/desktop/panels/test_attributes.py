"""The attribute table with streets of three names."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.panels.attributes import AttributesPanel
from layers.geometry import Geometry
from layers.kinds.streets import RoadClass, Streets


def streets() -> Streets:
    """Return s1 to s12; every fourth is 3, 4, 5 or unknown metres wide."""
    n = 12
    return Streets(
        ids=np.array([f"s{k + 1}" for k in range(n)]),
        geometry=Geometry.lines([np.array([[0.0, k], [100.0, k]]) for k in range(n)]),
        name=np.array(["人民路", "朝阳路", "北京路"] * 4),
        road_class=np.full(n, RoadClass.BRANCH, dtype=np.int8),
        width_m=np.array([3.0, 4.0, 5.0, np.nan] * 3),
    )


def panel(qtbot: QtBot) -> AttributesPanel:
    made = AttributesPanel()
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    made.show_layers({"streets": streets()})
    return made


def column(made: AttributesPanel, name: str) -> int:
    return [field.name for field in made.model.fields].index(name)


def shown(made: AttributesPanel, name: str) -> list[str]:
    at = column(made, name)
    return [str(made.model.index(line, at).data()) for line in range(made.model.rowCount())]


def test_numbers_are_sorted_as_numbers_and_the_unknown_come_last(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.view.sortByColumn(column(made, "width_m"), Qt.SortOrder.AscendingOrder)
    assert shown(made, "width_m") == ["3"] * 3 + ["4"] * 3 + ["5"] * 3 + [""] * 3


def test_names_are_sorted_as_chinese_does(qtbot: QtBot) -> None:
    """Bei before Chao before Ren."""
    made = panel(qtbot)
    made.view.sortByColumn(column(made, "name"), Qt.SortOrder.AscendingOrder)
    assert list(dict.fromkeys(shown(made, "name"))) == ["北京路", "朝阳路", "人民路"]


def test_ids_are_sorted_by_their_numbers(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert shown(made, "id")[:3] == ["s12", "s11", "s10"]


def test_a_text_and_an_expression_filter(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.search.setText("人民")
    made.apply_filter()
    assert shown(made, "id") == ["s1", "s4", "s7", "s10"]
    assert made.note.full.startswith("4 / 12")
    made.search.setText("width_m >= 4 且 name = 人民路")
    made.apply_filter()
    assert shown(made, "id") == ["s7", "s10"]


def test_an_expression_that_cannot_be_read_is_told_and_the_rows_stay(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.search.setText("width_m >= ")
    made.apply_filter()
    assert "width_m" in made.note.full
    assert made.model.rowCount() == 12


def test_filter_and_sorting_stay_when_the_layer_is_edited(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.search.setText("朝阳")
    made.apply_filter()
    made.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    made.show_layers({"streets": streets()})
    assert shown(made, "id") == ["s11", "s8", "s5", "s2"]


def test_the_column_in_hand_is_summed_up(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.view.setCurrentIndex(made.model.index(0, column(made, "width_m")))
    assert "36" in made.note.full  # three times 3 + 4 + 5
    assert "4" in made.note.full


def test_cells_are_copied_with_their_headings(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.view.selectRow(1)
    made.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 2
    cells = lines[1].split("\t")
    assert (cells[0], cells[column(made, "name")]) == ("s2", "朝阳路")
    heads, rows = made.written()
    assert (len(heads), len(rows)) == (len(made.model.fields), 12)


def test_what_is_typed_is_told(qtbot: QtBot) -> None:
    made = panel(qtbot)
    at = made.model.index(2, column(made, "width_m"))
    assert made.model.flags(at) & Qt.ItemFlag.ItemIsEditable
    assert not made.model.flags(made.model.index(2, 0)) & Qt.ItemFlag.ItemIsEditable
    with qtbot.waitSignal(made.edited) as told:
        made.model.setData(at, "9")
    assert told.args == ["streets", "s3", "width_m", "9"]


def test_without_a_city_it_says_what_to_do(qtbot: QtBot) -> None:
    made = AttributesPanel()
    qtbot.addWidget(made)
    made.show()
    assert made.view.isHidden()
    assert not made.search.isEnabled()
