"""The layers panel: what is drawn, how many objects each has, and what its swatch means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QMenu, QTreeWidgetItem, QTreeWidgetItemIterator

from desktop import icons, theme, words
from desktop.i18n import say, tr
from desktop.panels.parts import Panel, empty, two_columns
from layers.kinds import BY_NAME
from layers.text import Text

_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class LayerLine:
    """Name one layer of the tree.

    Parameters
    ----------
    key
        As the map calls it.
    group
        Source string of the heading that it stands under.
    colours
        Of its swatch.
    symbol
        Form of its points, where all have one; empty for a swatch.
    """

    key: str
    group: str
    label: Text
    n_items: int
    colours: tuple[str, ...]
    visible: bool = True
    symbol: str = ""


class LayersPanel(Panel):
    """Show and hide layers."""

    toggled = Signal(str, bool)
    zoom_wanted = Signal(str)
    table_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.tree = two_columns(8)
        self.tree.setUniformRowHeights(True)
        self._empty = empty("")
        self.box.addWidget(self._empty)
        self.box.addWidget(self.tree, 1)
        self.tree.itemChanged.connect(self._changed)
        self.tree.itemDoubleClicked.connect(self._opened)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(lambda at: self._show_menu(self.tree.itemAt(at), at))
        self._hidden: dict[str, bool] = {}
        self.show_lines(())

    def show_lines(self, lines: Sequence[LayerLine]) -> None:
        """Show other layers; what the user hid stays hidden."""
        self._empty.setText(tr("还没有城市。打开一个城市文件，图层会列在这里。"))
        self._empty.setVisible(not lines)
        self.tree.setVisible(bool(lines))
        self.tree.blockSignals(True)
        self.tree.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for line in lines:
            if line.group not in groups:
                head = QTreeWidgetItem(self.tree, [tr(line.group), ""])
                head.setFlags(head.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
                groups[line.group] = head
            self._add(groups[line.group], line)
        self.tree.expandAll()
        self.tree.blockSignals(False)

    def _add(self, head: QTreeWidgetItem, line: LayerLine) -> None:
        item = QTreeWidgetItem(head, [say(line.label), words.number(line.n_items)])
        item.setData(0, _KEY, line.key)
        item.setIcon(0, _icon(line))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        visible = not self._hidden.get(line.key, not line.visible)
        item.setCheckState(0, Qt.CheckState.Checked if visible else Qt.CheckState.Unchecked)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setForeground(1, QColor(theme.current().secondary))
        item.setToolTip(0, tr("双击缩放到此图层"))

    def _changed(self, item: QTreeWidgetItem, column: int) -> None:
        key = item.data(0, _KEY)
        if column == 0 and key:
            visible = item.checkState(0) == Qt.CheckState.Checked
            self._hidden[key] = not visible
            self.toggled.emit(key, visible)

    def _opened(self, item: QTreeWidgetItem, _column: int) -> None:
        if key := item.data(0, _KEY):
            self.zoom_wanted.emit(key)

    def menu_of(self, key: str) -> QMenu:
        """Return what can be done with a layer."""
        menu = QMenu(self)
        menu.addAction(tr("缩放到图层"), lambda: self.zoom_wanted.emit(key))
        if key in BY_NAME:
            menu.addAction(tr("打开属性表"), lambda: self.table_wanted.emit(key))
        menu.addSeparator()
        menu.addAction(tr("只显示此图层"), lambda: self.show_only(key))
        return menu

    def _show_menu(self, item: QTreeWidgetItem | None, at: QPoint) -> None:
        if item is not None and (key := item.data(0, _KEY)):
            menu = self.menu_of(str(key))
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.tree.viewport().mapToGlobal(at))

    def show_only(self, key: str) -> None:
        """Hide every layer but one."""
        self.set_all(False)
        lines = QTreeWidgetItemIterator(self.tree)
        while (item := lines.value()) is not None:
            if item.data(0, _KEY) == key:
                item.setCheckState(0, Qt.CheckState.Checked)
            lines += 1

    def set_all(self, visible: bool) -> None:
        """Show or hide every layer."""
        state = Qt.CheckState.Checked if visible else Qt.CheckState.Unchecked
        for i in range(self.tree.topLevelItemCount()):
            if (head := self.tree.topLevelItem(i)) is not None:
                head.setCheckState(0, state)

    def visible_keys(self) -> dict[str, bool]:
        """Return whether each layer of the tree is shown."""
        lines = QTreeWidgetItemIterator(self.tree)
        found = {}
        while (item := lines.value()) is not None:
            if key := item.data(0, _KEY):
                found[str(key)] = item.checkState(0) == Qt.CheckState.Checked
            lines += 1
        return found


def _icon(line: LayerLine) -> QIcon:
    if line.symbol:
        return icons.symbol(line.symbol, line.colours[0], theme.current().panel)
    return icons.swatch(line.colours)
