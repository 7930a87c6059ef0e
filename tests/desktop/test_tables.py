from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.tables import Col, Rows, Table


@dataclass(frozen=True)
class Thing:
    name: str
    size: float


THINGS = (Thing("b", 2.0), Thing("a", 10.0), Thing("c", 1.0))
COLS = (Col("name", "名称", lambda r: r.name), Col("size", "大小", lambda r: f"{r.size:g} m", is_number=True))


def names(model: Rows) -> list[str]:
    return [model.data(model.index(i, 0)) for i in range(model.rowCount())]


def test_the_model_obeys_qts_rules(qapp: object) -> None:
    model = Rows(COLS)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(THINGS)
    model.sort(1)
    model.set_rows(THINGS[:1])
    assert model.rowCount() == 1


def test_numbers_sort_by_value_and_stay_sorted_when_rows_change(qapp: object) -> None:
    model = Rows(COLS)
    model.set_rows(THINGS)
    assert names(model) == ["b", "a", "c"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["a", "b", "c"]
    model.set_rows((*THINGS, Thing("d", 5.0)))
    assert names(model) == ["a", "d", "b", "c"]
    model.sort(-1)
    assert names(model) == ["b", "a", "c", "d"]


def test_a_sorted_line_still_leads_to_its_row(qapp: object) -> None:
    model = Rows(COLS)
    model.set_rows(THINGS)
    model.sort(0)
    assert model.row(0) == THINGS[1]
    assert model.line_of(lambda r: r.name == "c") == 2
    assert model.line_of(lambda r: r.name == "x") == -1


def test_figures_stand_right_with_their_unit(qapp: object) -> None:
    model = Rows(COLS)
    model.set_rows(THINGS)
    assert model.data(model.index(0, 1)) == "2 m"
    assert model.data(model.index(0, 1), Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_an_empty_table_says_so(qtbot: QtBot) -> None:
    table = Table(COLS, "还没有线路。计算后，每辆车每班一行。")
    qtbot.addWidget(table)
    table.show()
    assert not table.view.isVisible()
    table.set_rows(THINGS)
    assert table.view.isVisible()


def test_choosing_by_program_tells_nobody_and_the_user_is_told_of(qtbot: QtBot) -> None:
    table = Table(COLS, "")
    qtbot.addWidget(table)
    table.set_rows(THINGS)
    table.show()
    with qtbot.assertNotEmitted(table.chosen):
        table.choose(lambda r: r.name == "a")
    assert table.view.currentIndex().row() == 1
    with qtbot.waitSignal(table.opened) as told:
        table.view.doubleClicked.emit(table.model.index(2, 0))
    assert told.args == [THINGS[2]]


def test_a_column_of_which_no_row_has_any_is_hidden(qtbot: QtBot) -> None:
    table = Table((*COLS, Col("size", "占地", lambda r: f"{r.size:g}", optional=True)), "无")
    qtbot.addWidget(table)
    table.set_rows(THINGS)
    assert not table.view.isColumnHidden(2)
    table.set_rows((Thing("a", 0.0), Thing("b", 0.0)))
    assert table.view.isColumnHidden(2)
    assert not table.view.isColumnHidden(1)


def test_a_column_grows_with_what_is_written_and_not_without_end(qtbot: QtBot) -> None:
    table = Table((Col("name", "名称", lambda r: r.name, width_px=90),), "没有")
    qtbot.addWidget(table)
    table.set_rows(THINGS)
    assert table.view.columnWidth(0) == 90
    table.set_rows((Thing("motorised bin-lifting truck", 1.0),))
    assert 100 < table.view.columnWidth(0) < 240
    table.set_rows((Thing("motorised bin-lifting truck " * 5, 1.0),))
    assert table.view.columnWidth(0) == 240
