"""The command palette: type a few letters of any command, press Enter."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n import tr

_ACTION = Qt.ItemDataRole.UserRole


class CommandPalette(QDialog):
    """List the commands that can be called now, and call the one that is chosen."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("card")
        self._actions = [a for a in actions if a.isEnabled() and a.text()]
        self.line, self.list = QLineEdit(), QListWidget()
        self.line.setPlaceholderText(tr("输入命令"))
        self.list.setUniformItemSizes(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(self.line)
        box.addWidget(self.list)
        self.setFixedWidth(440)
        self.setFixedHeight(12 * theme.ROW_PX + 56)
        self.line.textChanged.connect(self._filter)
        self.line.returnPressed.connect(self._call)
        self.list.itemActivated.connect(lambda _item: self._call())
        self.list.itemClicked.connect(lambda _item: self._call())
        self.line.installEventFilter(self)
        self._filter("")
        self.line.setFocus()

    def _filter(self, text: str) -> None:
        self.list.clear()
        words = text.casefold().split()
        for action in self._actions:
            group = action.property("group")
            shown = f"{group} · {plain(action.text())}" if group else plain(action.text())
            if all(word in shown.casefold() for word in words):
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                item = QListWidgetItem(f"{shown}    {keys}" if keys else shown, self.list)
                item.setData(_ACTION, action)
        if not self.list.count():
            nothing = QListWidgetItem(tr("没有这样的命令"), self.list)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.setCurrentRow(0)

    def _call(self) -> None:
        row = self.list.currentRow()
        action = self.list.item(row).data(_ACTION) if row >= 0 else None
        if action:
            self.accept()
            action.trigger()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Move through the list from the line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}.get(event.key(), 0)
            if step and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
        return False


def plain(text: str) -> str:
    """Return an action's text without the marks of its mnemonic."""
    return text.replace("&", "")
