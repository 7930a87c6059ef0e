"""What the window shows before its parts are loaded: the outline of the frame, in the colours of the scheme."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from desktop import theme

MENU_PX, LEFT_PX, RIGHT_PX, BOTTOM_PX, STATUS_PX = 30, 232, 348, 210, 22


def paint(painter: QPainter, area: QRect) -> None:
    """Paint menu, bar, docks and map as empty grounds with hairlines between."""
    tokens = theme.current()
    panel, line = QColor(tokens.panel), QColor(tokens.hairline)
    width, height = area.width(), area.height()
    top, bottom = MENU_PX + theme.BAR_PX, height - STATUS_PX
    painter.fillRect(area, panel)
    painter.fillRect(LEFT_PX, top, width - LEFT_PX - RIGHT_PX, bottom - BOTTOM_PX - top, QColor(tokens.ground))
    painter.setPen(line)
    for y in (MENU_PX, top, bottom):
        painter.drawLine(0, y, width, y)
    painter.drawLine(LEFT_PX, top, LEFT_PX, bottom - BOTTOM_PX)
    painter.drawLine(width - RIGHT_PX, top, width - RIGHT_PX, bottom)
    painter.drawLine(0, bottom - BOTTOM_PX, width - RIGHT_PX, bottom - BOTTOM_PX)
    right = width - RIGHT_PX + theme.PAD_PX
    for x, y, w in (
        (theme.PAD_PX, 16, 96),
        (theme.PAD_PX, 48, 150),
        (theme.PAD_PX, 76, 120),
        (right, 16, 180),
        (right, 48, 240),
    ):
        painter.fillRect(x, top + y, w, 10, QColor(tokens.second))
