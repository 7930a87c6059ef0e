"""The attribute table: a layer's objects row by row, sorted, filtered by text or expression, edited in place."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QLineEdit, QTableView

from desktop import theme, words
from desktop.attribute_rows import AttributeRows
from desktop.i18n import say, tr
from desktop.panels.parts import Note, Panel, button
from desktop.panels.parts import empty as empty_state
from layers.errors import InputError
from layers.layer import Layer

_SEARCH_MS, _MEASURED_ROWS, _WIDEST_PX, _LEAST_PX = 150, 30, 260, 64
# Lines that are copied, or written to a file, at the most.
MOST_COPIED = 1_000_000


class AttributesPanel(Panel):
    """Show the table; tells what the user chose, typed and wants."""

    item_chosen = Signal(str, str)  # layer, id
    item_opened = Signal(str, str)
    edited = Signal(str, str, str, str)  # layer, id, column, as typed
    mark_wanted = Signal()
    export_wanted = Signal()
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.model = AttributeRows()
        self.view = QTableView()
        self._layers: Mapping[str, Layer] = {}
        self.combo, self.search, self.note = QComboBox(), QLineEdit(), Note()
        self.mark = button("", self.mark_wanted.emit)
        self.export = button("", self.export_wanted.emit)
        self._empty = empty_state("")
        self._add_head()
        self._set_view()
        self.box.addWidget(self._empty)
        self.box.addWidget(self.view, 1)
        self.retranslate()

    def _add_head(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.PAD_PX, theme.GRID_PX, theme.PAD_PX, theme.GRID_PX)
        head.setSpacing(theme.GRID_PX)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(10)
        self.combo.currentIndexChanged.connect(lambda _at: self.show_kind(self.kind))
        self.search.setMinimumWidth(90)
        self.search.setMaximumWidth(420)
        self.search.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_MS)
        self._pause.timeout.connect(self.apply_filter)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        for widget, share in ((self.combo, 0), (self.search, 2), (self.note, 3), (self.mark, 0), (self.export, 0)):
            head.addWidget(widget, share)
        self.box.addLayout(head)

    def _set_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(theme.ROW_PX)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setMinimumSectionSize(48)
        view.horizontalHeader().setResizeContentsPrecision(_MEASURED_ROWS)
        view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        view.setSortingEnabled(True)
        view.selectionModel().currentChanged.connect(self._moved)
        view.doubleClicked.connect(lambda index: self.item_opened.emit(self.kind, self.model.item(index.row())))
        self.model.edited.connect(lambda item, name, typed: self.edited.emit(self.kind, item, name, typed))
        copy = QShortcut(QKeySequence.StandardKey.Copy, view)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)

    @property
    def kind(self) -> str:
        """Key of the layer shown; empty where there is none."""
        return str(self.combo.currentData() or "")

    def show_layers(self, layers: Mapping[str, Layer]) -> None:
        """Offer these layers; the one shown stays where it still is there, with filter and sorting."""
        before = self.kind
        self._layers = {key: layer for key, layer in layers.items() if len(layer)}
        self.combo.blockSignals(True)
        self.combo.clear()
        for key, layer in self._layers.items():
            self.combo.addItem(f"{words.sentence(say(layer.LABEL))} · {words.number(len(layer))}", key)
        at = self.combo.findData(before)
        self.combo.setCurrentIndex(max(at, 0) if self._layers else -1)
        self.combo.blockSignals(False)
        self.show_kind(self.kind)

    def show_kind(self, kind: str) -> None:
        """Show one of the layers."""
        if (at := self.combo.findData(kind)) != self.combo.currentIndex() and at >= 0:
            self.combo.setCurrentIndex(at)  # which calls back
            return
        layer = self._layers.get(kind)
        same = self.model.layer is not None and layer is not None and layer.KIND == self.model.layer.KIND
        if not same:
            self._pause.stop()
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
            self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        where = self.view.verticalScrollBar().value(), self.view.horizontalScrollBar().value()
        self.model.show_layer(layer)
        if same:
            self.apply_filter()
            self.view.verticalScrollBar().setValue(where[0])
            self.view.horizontalScrollBar().setValue(where[1])
        else:
            self._widen()
        self._show_state()

    def apply_filter(self) -> None:
        """Show what the search box asks for; where that cannot be read, say why and keep what is shown."""
        self._pause.stop()
        try:
            self.model.keep(self.search.text())
        except InputError as error:
            self.note.tell(str(error))
            self.failed.emit(error)
            return
        self._show_state()

    def _show_state(self) -> None:
        there = bool(self._layers)
        self._empty.setVisible(not there)
        self.view.setVisible(there)
        for widget in (self.combo, self.search, self.mark, self.export):
            widget.setEnabled(there)
        self._tell()

    def _tell(self) -> None:
        """Say how many rows there are, and what the column in hand comes to."""
        if self.model.layer is None:
            self.note.tell("")
            return
        n, n_all = self.model.rowCount(), len(self.model.layer)
        rows = words.number(n) if n == n_all else tr("{0} / {1}").format(words.number(n), words.number(n_all))
        parts = [tr("{0} 行").format(rows)]
        column = self.view.currentIndex().column()
        if (found := self.model.summary(column)) is not None:
            _, total, mean, least, most = found
            figures = (tr("合计"), total), (tr("平均"), mean), (tr("最小"), least), (tr("最大"), most)
            parts += [self.model.fields[column].heading]
            parts += [f"{word} {words.number(value, 1)}" for word, value in figures]
        self.note.tell(" · ".join(parts))

    def _widen(self) -> None:
        header = self.view.horizontalHeader()
        for i in range(self.model.columnCount()):
            wanted = max(self.view.sizeHintForColumn(i), header.sectionSizeHint(i), _LEAST_PX)
            self.view.setColumnWidth(i, min(wanted, _WIDEST_PX))

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid():
            self._tell()
            if now.row() != before.row() and self.view.hasFocus():
                self.item_chosen.emit(self.kind, self.model.item(now.row()))

    def choose(self, kind: str, item: str) -> None:
        """Mark an object's row, without telling anyone, where its layer is shown."""
        line = self.model.line_of(item) if kind == self.kind and item else -1
        if line < 0 or self.view.hasFocus():
            return
        index = self.model.index(line, max(self.view.currentIndex().column(), 0))
        self.view.setCurrentIndex(index)
        self.view.selectRow(line)
        self.view.scrollTo(index)

    def copy(self) -> None:
        """Put the cells chosen on the clipboard, with their headings, as tables of offices take them."""
        chosen = self.view.selectionModel().selectedIndexes()
        if not chosen:
            return
        rows, columns = sorted({i.row() for i in chosen}), sorted({i.column() for i in chosen})
        heads = "\t".join(self.model.fields[c].heading for c in columns)
        lines = ("\t".join(str(self.model.index(r, c).data()) for c in columns) for r in rows)
        QGuiApplication.clipboard().setText("\n".join((heads, *lines)))

    def written(self) -> tuple[list[str], list[list[str]]]:
        """Return headings and the rows shown, for a file, in the order in which they stand."""
        fields = self.model.fields
        columns = [[field.written(v) for v in field.values[self.model.rows].tolist()] for field in fields]
        return [field.heading for field in fields], [list(line) for line in zip(*columns, strict=True)]

    def retranslate(self) -> None:
        """Say it in the present language."""
        self._empty.setText(tr("还没有数据。打开城市后，每个图层的对象在此逐行列出。"))
        self.search.setPlaceholderText(tr("筛选：文字，或表达式，如 车行道宽度 >= 8"))
        self.mark.setText(tr("在图上标出"))
        self.mark.setToolTip(tr("在地图上标出表中的行并缩放到它们"))
        self.export.setText(tr("导出表格…"))
        self.show_layers(self._layers)
