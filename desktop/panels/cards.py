"""Cards that lie over the map: the welcome, the progress of opening, and lines that tell of an error or offer undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton, QVBoxLayout, QWidget

from desktop import icons, theme
from desktop.i18n import tr
from desktop.panels.parts import button, clear, heading, secondary

_GOOD_MS = 8000


class Card(QFrame):
    """Ground of a card."""

    def __init__(self, parent: QWidget | None = None, name: str = "card") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(16, theme.PAD_PX, 16, theme.PAD_PX)
        self.box.setSpacing(6)
        self.hide()


def _closer(call: Callable[[], object]) -> QToolButton:
    close = QToolButton()
    close.setIcon(icons.icon("close"))
    close.setToolTip(tr("关闭"))
    close.setAccessibleName(tr("关闭"))
    close.clicked.connect(lambda _on=False: call())
    return close


class WelcomeCard(Card):
    """Offer what to open; anything else that the user does makes it go away."""

    open_wanted = Signal()
    sample_wanted = Signal(str)
    file_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(316)
        self._recent: list[Path] = []

    def greet(self, recent: list[Path]) -> None:
        """Show the card."""
        self._recent = recent
        self.hide()  # what is put into a card in sight does not count for its size yet
        self._fill()
        self.show()
        self.adjustSize()
        self.raise_()

    def _fill(self) -> None:
        clear(self.box)
        head = QHBoxLayout()
        title = QLabel(tr("净城 · 城市环卫规划"))
        title.setObjectName("title")
        head.addWidget(title, 1)
        head.addWidget(_closer(self.hide))
        self.box.addLayout(head)
        self.box.addWidget(secondary(tr("可先用示例城市试算：按 F9 计算机扫方案。也可以打开本市的数据：")))
        row = QHBoxLayout()
        row.addWidget(button(tr("打开城市…"), self.open_wanted.emit, "primary"))
        row.addWidget(button(tr("小示例"), lambda: self.sample_wanted.emit("small")))
        row.addStretch()
        self.box.addLayout(row)
        if self._recent:
            self.box.addWidget(heading(tr("最近打开")))
        for path in self._recent[:4]:
            link = button(path.name, lambda p=path: self.file_wanted.emit(p), "link")  # type: ignore[misc]
            link.setToolTip(str(path))
            self.box.addWidget(link)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say it in the present language."""
        if self.isVisible():
            self.greet(self._recent)


class LoadingCard(Card):
    """Show how far opening is, with the way to stop it."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(316)
        self.title, self.note, self.bar = QLabel(), secondary(""), QProgressBar()
        self.title.setObjectName("title")
        self.stop = button("", self.stop_wanted.emit)
        self.box.addWidget(self.title)
        self.box.addWidget(self.bar)
        self.box.addWidget(self.note)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.stop)
        self.box.addLayout(row)

    def begin(self, title: str) -> None:
        """Show the card for a new file."""
        self.title.setText(title)
        self.bar.setRange(0, 0)
        self.note.setText(tr("正在启动读取进程"))
        self.stop.setText(tr("停止"))
        self.adjustSize()
        self.show()
        self.raise_()

    def report(self, fraction: float, note: str) -> None:
        """Show how far it is; a fraction below 0 is unknown."""
        if fraction >= 0:
            self.bar.setRange(0, 1000)
            self.bar.setValue(int(1000 * fraction))
        if note:
            self.note.setText(note)


class Banner(Card):
    """Tell one line over the map, with the way back where there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "banner")
        self.setMaximumWidth(640)
        self.line = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)

    def retranslate(self) -> None:
        """Draw the closing mark in the present colours."""
        for close in self.findChildren(QToolButton):
            close.setIcon(icons.icon("close"))

    def _take(self, call: Callable[[], object]) -> None:
        self.hide()
        call()

    def tell(self, line: str, offer: str = "", call: Callable[[], object] | None = None, *, good: bool = False) -> None:
        """Show a line; a good one goes away by itself."""
        self.line = line
        self.hide()  # as in the welcome card
        clear(self.box)
        row = QHBoxLayout()
        row.setSpacing(theme.PAD_PX)
        label = QLabel(("✓ " if good else "✕ ") + line)
        label.setWordWrap(True)
        label.setMinimumWidth(min(460, label.fontMetrics().horizontalAdvance(label.text()) + 8))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(label, 1)
        if call is not None:
            row.addWidget(button(offer, lambda: self._take(call)))
        row.addWidget(_closer(self.hide), 0, Qt.AlignmentFlag.AlignTop)
        self.box.addLayout(row)
        self.setProperty("tone", "good" if good else "bad")
        self.style().unpolish(self)
        self.style().polish(self)
        self._timer.stop()
        if good:
            self._timer.start(_GOOD_MS)
        self.show()
        self.adjustSize()
        self.raise_()
