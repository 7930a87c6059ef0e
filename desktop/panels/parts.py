"""Small parts that several panels are made of."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme

# Room at both edges of a link that its letters do not get.
_LINK_EDGE_PX = 8


class Panel(QWidget):
    """Ground of a panel, with the padding of the frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)

    def add_column(self) -> QVBoxLayout:
        """Add a scrolled column with the padding of a panel, and return its layout."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        padded(column)
        column.setSpacing(theme.GRID_PX)
        self.box.addWidget(scrolled(inner))
        return column


def two_columns(indent_px: int) -> QTreeWidget:
    """Return a tree without heads whose second column is as wide as what it holds; a double click opens nothing."""
    tree = QTreeWidget()
    tree.setColumnCount(2)
    tree.setHeaderHidden(True)
    tree.setIndentation(indent_px)
    tree.setRootIsDecorated(False)
    tree.setItemsExpandable(False)
    tree.setExpandsOnDoubleClick(False)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    return tree


def scrolled(widget: QWidget) -> QScrollArea:
    """Return a widget in a vertical scroller without a frame."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area


def padded(layout: QLayout) -> None:
    """Give a layout the padding of a panel."""
    layout.setContentsMargins(theme.PAD_PX, theme.GRID_PX, theme.PAD_PX, theme.PAD_PX)


def heading(text: str) -> QLabel:
    """Return the heading of a group."""
    label = QLabel(text)
    label.setObjectName("heading")
    label.setIndent(0)  # a padded label is indented otherwise
    return label


def rule() -> QFrame:
    """Return a hairline."""
    line = QFrame()
    line.setObjectName("rule")
    return line


def secondary(text: str) -> QLabel:
    """Return a line in the second colour."""
    label = QLabel(text)
    label.setObjectName("secondary")
    label.setWordWrap(True)
    return label


def empty(sentence: str) -> QLabel:
    """Return the one sentence of an empty state."""
    label = secondary(sentence)
    label.setContentsMargins(theme.PAD_PX, theme.PAD_PX, theme.PAD_PX, theme.PAD_PX)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label


def button(text: str, call: Callable[[], object], name: str = "") -> QPushButton:
    """Return a push button; `name` may be ``primary`` or ``link``."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda _on=False: call())
    return made


class LinkLine(QPushButton):
    """Stand on one line as a link; what has no room is left out in the middle, and the panel never grows for it."""

    def __init__(self, text: str, call: Callable[[], object]) -> None:
        super().__init__(text)
        self._full = text
        self.setObjectName("link")
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _on=False: call())

    def minimumSizeHint(self) -> QSize:
        """Ask for the height alone."""
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Ask for the height alone; the layout gives the width."""
        return QSize(0, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write what there is room for."""
        super().resizeEvent(event)
        self.setText(self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideMiddle, self.width() - _LINK_EDGE_PX))


class Note(QLabel):
    """Stand on one line in the second colour; what has no room is left out at its end, and the panel never grows for it."""

    def __init__(self) -> None:
        super().__init__()
        self.full = ""
        self.setObjectName("secondary")

    def tell(self, text: str) -> None:
        """Say something else."""
        self.full = text
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Ask for the height alone."""
        return QSize(0, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self.full) + _LINK_EDGE_PX, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - _LINK_EDGE_PX
        shown = self.fontMetrics().elidedText(self.full, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        self.setToolTip(self.full if shown != self.full else "")
        self.updateGeometry()


def clear(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
