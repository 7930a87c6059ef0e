"""The ground of charts that paint rows under a head: scrolling by rows, and a hint where the cursor rests."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip


class RowsArea(QAbstractScrollArea):
    """Scroll rows of one height under a head that stays; subclasses paint them.

    Parameters
    ----------
    row_px, step_px, head_px
        Height of a row, of one step of the wheel, and of the head.
    """

    def __init__(self, row_px: int, step_px: int, head_px: int) -> None:
        super().__init__()
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._row_px, self._step_px, self._head_px = row_px, step_px, head_px
        self._n_rows = 0

    def show_rows(self, n_rows: int) -> None:
        """Paint anew, with so many rows to scroll through."""
        self._n_rows = n_rows
        self._fit()
        self.viewport().update()

    def _fit(self) -> None:
        height = self._n_rows * self._row_px + self._head_px
        self.verticalScrollBar().setRange(0, max(0, height - self.viewport().height()))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setSingleStep(self._step_px)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Follow the size."""
        self._fit()

    def line_at(self, y: float) -> int | None:
        """Return the number of the row at a height of the viewport; None where there is none."""
        line = int(y + self.verticalScrollBar().value() - self._head_px) // self._row_px
        return line if y > self._head_px and 0 <= line < self._n_rows else None

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the hint where the cursor rests."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.hint(event.pos().x(), event.pos().y()), self)
            return True
        return bool(super().viewportEvent(event))

    @abstractmethod
    def hint(self, x: float, y: float) -> str:
        """Return what is told of a place of the viewport; empty where there is nothing to tell."""
