"""One table model for any list of dataclasses."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop import icons, theme
from desktop.i18n import tr
from desktop.panels.parts import Panel
from desktop.panels.parts import empty as empty_state

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
# A column grows with what is written, to so much; its rows in sight and so many more are measured.
_WIDEST_PX, _MEASURED_ROWS = 240, 50


@dataclass(frozen=True, slots=True)
class Col:
    """Declare a column.

    Parameters
    ----------
    field
        Name of the dataclass's field, with points for a field of a field; the table sorts by its value.
    header
        Source string of the heading.
    show
        Turns a row into what is written.
    is_number
        Aligned right.
    width_px
        To begin with; wider where what is written needs it.
    stretch
        Takes the room that is left.
    tip
        Turns a row into the tool tip; what is written where None.
    optional
        Hidden while no row has any of it.
    widest_px
        As wide as it grows with what is written.
    """

    field: str
    header: str
    show: Callable[[Any], str]
    is_number: bool = False
    width_px: int = 110
    stretch: bool = False
    tip: Callable[[Any], str] | None = None
    optional: bool = False
    widest_px: int = _WIDEST_PX

    def value(self, row: Any) -> Any:
        """Return the field's value of a row."""
        return attrgetter(self.field)(row)


class Rows(QAbstractTableModel):
    """Hold a list of dataclasses; sorts indices and never copies a row."""

    def __init__(self, cols: Sequence[Col], swatch: Callable[[Any], str] | None = None) -> None:
        super().__init__()
        self.cols, self._swatch = tuple(cols), swatch
        self.rows: Sequence[Any] = ()
        self._order: list[int] = []
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows, in the order that the user chose."""
        self.beginResetModel()
        self.rows, self._order = rows, list(range(len(rows)))
        if self._sorted_by:
            self._sort(*self._sorted_by)
        self.endResetModel()

    def row(self, line: int) -> Any:
        """Return the dataclass in a line of the table."""
        return self.rows[self._order[line]]

    def line_of(self, test: Callable[[Any], bool]) -> int:
        """Return the first line that passes a test, -1 where there is none."""
        return next((i for i, at in enumerate(self._order) if test(self.rows[at])), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.cols)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        col, row = self.cols[index.column()], self.row(index.row())
        if role == Qt.ItemDataRole.ToolTipRole and col.tip is not None:
            return col.tip(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return col.show(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if col.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0 and self._swatch:
            return icons.swatch((self._swatch(row),))
        if role == Qt.ItemDataRole.ForegroundRole and col.field in {"binding", "change", "label", "origin"}:
            return QColor(theme.current().secondary)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        col = self.cols[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(col.header)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (
                Qt.AlignmentFlag.AlignRight if col.is_number else Qt.AlignmentFlag.AlignLeft
            ) | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's values."""
        self._sorted_by = (column, order) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        self._sort(column, order)
        self.layoutChanged.emit()

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if column < 0:
            self._order.sort()
            return
        col = self.cols[column]
        by_text = not isinstance(col.value(self.rows[0]) if self.rows else None, (int, float))

        def key(at: int) -> Any:
            if by_text:
                return col.show(self.rows[at])
            value = col.value(self.rows[at])
            return value if math.isfinite(value) else -math.inf  # what nobody knows stands below all

        self._order.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)


class Table(Panel):
    """Show a list of dataclasses as a sortable table; tells which row the user chose.

    Parameters
    ----------
    cols
        The columns.
    empty
        Source string of the sentence that stands where there are no rows.
    swatch
        Colour of a row's mark, where rows have one.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, cols: Sequence[Col], empty: str, swatch: Callable[[Any], str] | None = None) -> None:
        super().__init__()
        self._empty_source = empty
        self.model = Rows(cols, swatch)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(theme.ROW_PX)
        self._set_header(cols)
        self._empty = empty_state(tr(empty))
        self.box.addWidget(self._empty)
        self.box.addWidget(self.view, 1)
        self.view.selectionModel().currentRowChanged.connect(self._moved)
        self.view.doubleClicked.connect(lambda index: self.opened.emit(self.model.row(index.row())))
        self.set_rows(())

    def _set_header(self, cols: Sequence[Col]) -> None:
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        header.setResizeContentsPrecision(_MEASURED_ROWS)
        for i, col in enumerate(cols):
            self.view.setColumnWidth(i, col.width_px)
            if col.stretch:
                header.setSectionResizeMode(i, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.view.setSortingEnabled(True)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.model.set_rows(rows)
        for i, col in enumerate(self.model.cols):
            self.view.setColumnHidden(i, col.optional and not any(col.value(row) for row in rows))
        self._widen()
        self._empty.setVisible(not rows)
        self.view.setVisible(bool(rows))

    def _widen(self) -> None:
        """Make room for what is written, to the column's `widest_px`."""
        header = self.view.horizontalHeader()
        for i, col in enumerate(self.model.cols):
            wanted = min(max(self.view.sizeHintForColumn(i), header.sectionSizeHint(i)), col.widest_px)
            if not col.stretch and wanted > self.view.columnWidth(i):
                self.view.setColumnWidth(i, wanted)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and self.view.hasFocus():
            self.chosen.emit(self.model.row(now.row()))

    def choose(self, test: Callable[[Any], bool]) -> None:
        """Mark the row that passes a test without telling anyone; no row where none does."""
        line = self.model.line_of(test)
        selection = self.view.selectionModel()
        if line < 0:
            selection.clear()
            return
        index = self.model.index(line, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        had_focus = self.view.hasFocus()
        if not had_focus:
            selection.setCurrentIndex(index, flags)
        self.view.scrollTo(index)

    def retranslate(self) -> None:
        """Say it in the present language."""
        self._empty.setText(tr(self._empty_source))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.model.cols) - 1)
        self.set_rows(self.model.rows)
