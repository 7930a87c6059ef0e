"""The load of stations by quarter of an hour: vehicles unloading at once beside the bays, tonnes beside the capacity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF

from desktop import theme, words
from desktop.i18n import say, tr
from desktop.panels.parts import Panel, empty
from desktop.panels.rows import RowsArea
from desktop.panels.time_axis import TimeAxis, paint_cuts
from layers.layer import F64
from layers.units import TONNE_KG
from publish.timetables import StationRow

_ROW_PX, _HEAD_PX, _NAME_PX, _END_PX, _GAP_PX = 64, 24, 190, 16, 48
# Hours written under a chart stand so far apart at least.
_LABEL_PX = 40
_OVER = 1.001  # rounding is no overload
QUARTER_S = 900.0


class _Charts(RowsArea):
    """Paint the stations in sight, one a row, with one axis of time for all."""

    item_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(_ROW_PX, _ROW_PX // 2, _HEAD_PX)
        self.rows: Sequence[StationRow] = ()
        self.chosen = ""
        self.axis = TimeAxis()
        self._n_most, self._has_days = 1, False

    def show_stations(self, rows: Sequence[StationRow]) -> None:
        self.rows = rows
        self._has_days = len({row.load.day for row in rows}) > 1
        if rows:
            self.axis = TimeAxis.of(period for row in rows for period in _busy_s(row))
            self._n_most = max(max(int(row.load.n_at_once.max()), row.n_bays) for row in rows)
        self.show_rows(len(rows))

    def areas(self) -> tuple[QRectF, QRectF]:
        """Return the columns of both charts: left edge and width count."""
        room = max((self.viewport().width() - _NAME_PX - _GAP_PX - _END_PX) / 2, 1.0)
        return QRectF(_NAME_PX, 0, room, 0), QRectF(_NAME_PX + room + _GAP_PX, 0, room, 0)

    def x_of(self, area: QRectF, time_s: float) -> float:
        """Return where a time stands in a chart, pixels."""
        return self.axis.x_of(time_s, area.left(), area.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        painter, tokens = QPainter(self.viewport()), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), QColor(tokens.panel))
        top = _HEAD_PX - self.verticalScrollBar().value()
        painter.save()
        painter.setClipRect(0, _HEAD_PX, self.viewport().width(), self.viewport().height())
        for i, row in enumerate(self.rows):
            y = top + i * _ROW_PX
            if y + _ROW_PX > _HEAD_PX and y < self.viewport().height():
                self._paint_row(painter, tokens, row, y)
        painter.restore()
        self._paint_heads(painter, tokens)

    def _paint_heads(self, painter: QPainter, tokens: theme.Tokens) -> None:
        painter.setFont(theme.body_font(theme.SMALL_PX))
        painter.setPen(QColor(tokens.secondary))
        titles = (tr("同时卸料车辆（虚线：泊位）"), tr("累计卸料（虚线：日处理能力）"))
        for area, title in zip(self.areas(), titles, strict=True):
            text = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(area.width()))
            painter.drawText(
                QRectF(area.left(), 2, area.width(), _HEAD_PX - 4),
                Qt.AlignmentFlag.AlignVCenter,
                text,
            )

    def _paint_row(self, painter: QPainter, tokens: theme.Tokens, row: StationRow, y: int) -> None:
        if row.item == self.chosen:
            painter.fillRect(QRectF(0, y, self.viewport().width(), _ROW_PX), QColor(tokens.selection))
        self._paint_name(painter, tokens, row, y)
        left, right = self.areas()
        for area in (left, right):
            area.setTop(y + 6)
            area.setBottom(y + _ROW_PX - 16)
            self._paint_hours(painter, tokens, area)
        self._paint_bays(painter, tokens, row, left)
        self._paint_sum(painter, tokens, row, right)

    def _paint_name(self, painter: QPainter, tokens: theme.Tokens, row: StationRow, y: int) -> None:
        painter.setFont(theme.body_font())
        painter.setPen(QColor(tokens.text))
        width = _NAME_PX - theme.PAD_PX - 16
        name = painter.fontMetrics().elidedText(self.row_name(row), Qt.TextElideMode.ElideMiddle, width)
        painter.drawText(QRectF(theme.PAD_PX, y + 8, width, 20), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(theme.body_font(theme.SMALL_PX))
        painter.setPen(QColor(tokens.secondary))
        told = tr("{0}，{1} 车次").format(words.tonnes(float(row.load.load_kg.sum())), int(row.load.n_visits.sum()))
        painter.drawText(QRectF(theme.PAD_PX, y + 28, width, 18), Qt.AlignmentFlag.AlignVCenter, told)

    def row_name(self, row: StationRow) -> str:
        """Return what stands before a row: the station, and its day where several are shown."""
        name = say(row.name)
        return f"{name} · {tr('第 {0} 天').format(row.load.day + 1)}" if self._has_days else name

    def _paint_hours(self, painter: QPainter, tokens: theme.Tokens, area: QRectF) -> None:
        painter.setPen(QColor(tokens.hairline))
        painter.drawLine(QPointF(area.left(), area.bottom()), QPointF(area.right(), area.bottom()))
        painter.setFont(theme.body_font(theme.SMALL_PX - 1))
        paint_cuts(painter, self.axis, area)
        for time_s, text in self.axis.hours(area.width(), _LABEL_PX):
            x = self.x_of(area, time_s)
            painter.setPen(QColor(tokens.hairline))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(QColor(tokens.secondary))
            painter.drawText(QRectF(x - 30, area.bottom() + 1, 60, 13), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_bays(self, painter: QPainter, tokens: theme.Tokens, row: StationRow, area: QRectF) -> None:
        """Paint how many unload at once, step by step; more than there are bays in the colour of what is missed."""
        load, unit_px = row.load, area.height() / self._n_most
        times = edges_s(row).tolist()
        for start_s, end_s, n in zip(times[:-1], times[1:], load.n_at_once.tolist(), strict=True):
            x, end = self.x_of(area, start_s) + 0.5, self.x_of(area, end_s) - 0.5
            over = row.n_bays and n > row.n_bays
            bar = QRectF(x, area.bottom() - n * unit_px, max(end - x, 1.0), n * unit_px)
            painter.fillRect(bar, QColor(tokens.missed if over else tokens.accent))
        self._paint_limit(painter, tokens, area, area.bottom() - row.n_bays * unit_px if row.n_bays else None)
        self._paint_scale(painter, tokens, area, words.number(self._n_most))

    def _paint_sum(self, painter: QPainter, tokens: theme.Tokens, row: StationRow, area: QRectF) -> None:
        """Paint what has come so far, against what the station takes in a day."""
        load, limit_kg = row.load, row.capacity_kg
        total = np.concatenate([[0.0], np.cumsum(load.load_kg)])
        times = edges_s(row)
        most_kg = max(float(total[-1]), limit_kg if np.isfinite(limit_kg) else 0.0, 1.0)
        over = np.isfinite(limit_kg) and total[-1] > _OVER * limit_kg
        corners = [QPointF(self.x_of(area, t), area.bottom() - area.height() * kg / most_kg)
                   for t, kg in zip(times.tolist(), total.tolist(), strict=True)]  # fmt: skip
        end = QPointF(area.right(), corners[-1].y())
        shape = QPolygonF([QPointF(corners[0].x(), area.bottom()), *corners, end, QPointF(area.right(), area.bottom())])
        ink = QColor(tokens.missed if over else tokens.accent)
        tint = QColor(ink)
        tint.setAlpha(50)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawPolygon(shape)
        painter.setPen(QPen(ink, 1.5))
        painter.drawPolyline([*corners, end])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        at = area.bottom() - area.height() * limit_kg / most_kg if np.isfinite(limit_kg) else None
        self._paint_limit(painter, tokens, area, at)
        self._paint_scale(painter, tokens, area, f"{words.number(most_kg / TONNE_KG, 0)}{words.THIN}t")

    def _paint_limit(self, painter: QPainter, tokens: theme.Tokens, area: QRectF, y: float | None) -> None:
        if y is not None:
            painter.setPen(QPen(QColor(tokens.text), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))

    def _paint_scale(self, painter: QPainter, tokens: theme.Tokens, area: QRectF, most: str) -> None:
        painter.setFont(theme.body_font(theme.SMALL_PX - 1))
        painter.setPen(QColor(tokens.secondary))
        painter.drawText(
            QRectF(area.left() - 44, area.top() - 6, 40, 13),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            most,
        )

    def row_at(self, y: float) -> StationRow | None:
        """Return the station at a height of the viewport."""
        line = self.line_at(y)
        return None if line is None else self.rows[line]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the station under the cursor."""
        row = self.row_at(event.position().y())
        if row is not None:
            self.item_chosen.emit(row.item)

    def hint(self, x: float, y: float) -> str:
        """Return the figures of a place."""
        row = self.row_at(y)
        if row is None:
            return ""
        area = next((a for a in self.areas() if a.left() <= x <= a.right()), None)
        lines = [self.row_name(row)]
        time_s = None if area is None else self.axis.time_at(x, area.left(), area.width())
        if time_s is not None:
            k = int(np.searchsorted(row.load.start_s, time_s, "right")) - 1
            if 0 <= k < len(row.load.start_s):
                lines.append(words.time_of_day(float(row.load.start_s[k])))
                lines.append(
                    tr("{0} 辆同时卸料，本刻 {1}，累计 {2}").format(
                        int(row.load.n_at_once[k]),
                        words.tonnes(float(row.load.load_kg[k])),
                        words.tonnes(float(row.load.load_kg[: k + 1].sum())),
                    )
                )
        if row.n_bays:
            lines.append(tr("泊位 {0}").format(row.n_bays))
        if np.isfinite(row.capacity_kg):
            lines.append(tr("日处理能力 {0}").format(words.tonnes(row.capacity_kg)))
        return "\n".join(lines)


def edges_s(row: StationRow) -> F64:
    """Return where the steps of a load begin and end, seconds after midnight, shape (n + 1,)."""
    start_s = row.load.start_s.astype(np.float64)
    step_s = start_s[1] - start_s[0] if len(start_s) > 1 else QUARTER_S
    return np.append(start_s, start_s[-1] + step_s)


def _busy_s(row: StationRow) -> list[tuple[float, float]]:
    """Return the steps in which something is at a station: begin and end, seconds after midnight."""
    at = edges_s(row)
    busy = (row.load.n_at_once > 0) | (row.load.load_kg > 0)
    return [(float(at[k]), float(at[k + 1])) for k in np.flatnonzero(busy).tolist()]


class StationsPanel(Panel):
    """Show what comes to the stations, and when."""

    item_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.charts = _Charts()
        self._empty = empty("")
        self.box.addWidget(self._empty)
        self.box.addWidget(self.charts, 1)
        self.charts.item_chosen.connect(self.item_chosen)
        self.retranslate()
        self.show_stations(())

    def show_stations(self, rows: Sequence[StationRow]) -> None:
        """Show other stations."""
        self._empty.setVisible(not rows)
        self.charts.setVisible(bool(rows))
        self.charts.show_stations(rows)

    def choose(self, item: str) -> None:
        """Mark a station."""
        self.charts.chosen = item
        self.charts.viewport().update()

    def retranslate(self) -> None:
        """Say it in the present language."""
        self._empty.setText(tr("计算后，各中转站每刻钟的卸料车辆与累计量会画在这里。"))
        self.charts.viewport().update()
