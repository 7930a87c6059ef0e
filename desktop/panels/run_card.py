"""The card over the map while a plan is made: time, gap, the curve of the best so far, and the ways to stop."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme, words
from desktop.i18n import mark, tr
from desktop.panels.parts import button

PHASES = {
    "start": mark("启动计算进程"),
    "load": mark("读取城市"),
    "prepare": mark("准备路网"),
    "network": mark("准备路网"),
    "construct": mark("构造初始方案"),
    "bound": mark("证明下界"),
    "fleet": mark("试算车队"),
    "search": mark("改进方案"),
    "improve": mark("改进方案"),
    "solve": mark("改进方案"),
    "check": mark("校核"),
    "measure": mark("计算指标"),
    "stop": mark("正在停止"),
}
_SEARCHING = {"bound", "construct", "fleet", "search", "improve", "solve"}


class Curve(QWidget):
    """Draw the objective of the best so far over time, and the proven bound where there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.points: list[tuple[float, float]] = []
        self.bound: float | None = None
        self.setMinimumHeight(64)

    def sizeHint(self) -> QSize:
        """Return the size on the card."""
        return QSize(216, 64)

    def add(self, time_s: float, objective: float | None, bound: float | None) -> None:
        """Take a report in; only what changes is kept."""
        if objective is not None and (not self.points or self.points[-1][1] != objective):
            self.points.append((time_s, objective))
        self.bound = bound if bound is not None else self.bound
        self.update()

    def clear(self) -> None:
        """Begin anew."""
        self.points, self.bound = [], None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        if not self.points:
            return
        tokens, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        values = [v for _, v in self.points] + ([self.bound] if self.bound is not None else [])
        low, high = min(values), max(values)
        first_s = self.points[0][0]
        span_s = max(self.points[-1][0] - first_s, 1e-9)
        area = QRectF(self.rect()).adjusted(1, 6, -1, -6)

        def at(time_s: float, value: float) -> QPointF:
            share = (value - low) / (high - low) if high > low else 0.0
            return QPointF(area.left() + area.width() * (time_s - first_s) / span_s, area.bottom() - area.height() * share)

        if self.bound is not None:
            painter.setPen(QPen(QColor(tokens.secondary), 1, Qt.PenStyle.DashLine))
            painter.drawLine(at(first_s, self.bound), at(first_s + span_s, self.bound))
        painter.setPen(QPen(QColor(tokens.accent), 1.8))
        line = [at(*self.points[0])]
        for point in self.points[1:]:
            line += [QPointF(at(*point).x(), line[-1].y()), at(*point)]
        painter.drawPolyline(QPolygonF(line))
        painter.setBrush(QColor(tokens.accent))
        painter.drawEllipse(line[-1], 2.5, 2.5)


class RunCard(QFrame):
    """Follow a run."""

    stop_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFixedWidth(248)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.PAD_PX, theme.PAD_PX, theme.PAD_PX, theme.PAD_PX)
        box.setSpacing(6)
        head = QHBoxLayout()
        self.title, self.gap, self.phase = QLabel(), QLabel(), QLabel()
        self.gap.setObjectName("secondary")
        self.phase.setObjectName("secondary")
        head.addWidget(self.title, 1)
        head.addWidget(self.gap)
        box.addLayout(head)
        self.curve = Curve()
        box.addWidget(self.curve)
        box.addWidget(self.phase)
        row = QHBoxLayout()
        self.stop = button("", self.stop_wanted.emit)
        self.cancel = button("", self.cancel_wanted.emit)
        row.addWidget(self.stop, 1)
        row.addWidget(self.cancel)
        box.addLayout(row)
        self._time_s = 0.0
        self._phase, self._limit_s = "start", 0.0
        self._gap: float | None = None
        self.hide()

    def begin(self, limit_s: float = 0.0) -> None:
        """Show the card for a new run, whose search may take so long; 0 where nothing is known."""
        self._limit_s = limit_s
        self.curve.clear()
        self.curve.hide()
        self._gap = None
        self._time_s, self._phase = 0.0, "start"
        self.stop.setEnabled(True)
        self.retranslate()
        self.adjustSize()
        self.show()
        self.raise_()

    def tick(self, time_s: float) -> None:
        """Show the time that has passed."""
        self._time_s = time_s
        self.title.setText(tr("计算中 · {0}").format(words.elapsed(time_s)))

    def report(self, message: str, objective: float | None, bound: float | None) -> None:
        """Show a report of the run."""
        self._phase = message or self._phase
        self.curve.add(self._time_s, objective, bound)
        if objective is not None and bound is not None and objective:
            self._gap = (objective - bound) / abs(objective)
        self.curve.setVisible(len(self.curve.points) > 1)
        self._show_phase()
        self.adjustSize()

    def stopping(self) -> None:
        """Say that the run was asked to stop."""
        self._phase = "stop"
        self.stop.setEnabled(False)
        self._show_phase()

    def _show_phase(self) -> None:
        shown = "" if self._gap is None else tr("差距 {0}").format(words.figure(round(100 * self._gap, 1), "%"))
        self.gap.setText(shown)
        text = tr(PHASES[self._phase]) if self._phase in PHASES else self._phase
        if self._limit_s and self._phase in _SEARCHING:
            text += tr(" · 限时 {0}").format(words.figure(self._limit_s, "s"))
        if not self.curve.points:
            text += tr(" · 尚无可用方案")
        self.phase.setText(text)

    def retranslate(self) -> None:
        """Say it in the present language."""
        self.stop.setText(tr("停止并采用"))
        self.cancel.setText(tr("取消"))
        self.cancel.setToolTip(tr("停止计算，保留原来的方案"))
        self.tick(self._time_s)
        self._show_phase()
