"""What the window shows before its parts are loaded: the outline of the frame, in the colours of the scheme."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from desktop import theme

MENU_PX, LEFT_PX, STATUS_PX, TITLE_PX = 30, 232, 22, 460


def right_px(width: int) -> int:
    """Return how wide the right docks are at first: on a small screen the map needs the room more."""
    return 348 if width >= 1440 else 332


def bottom_px(height: int) -> int:
    """Return how high the bottom docks are at first."""
    return 210 if height >= 860 else 168


def paint(painter: QPainter, area: QRect) -> None:
    """Paint menu, bar, docks and map as empty grounds with hairlines between."""
    tokens = theme.current()
    panel, line = QColor(tokens.panel), QColor(tokens.hairline)
    width, height = area.width(), area.height()
    top, bottom = MENU_PX + theme.BAR_PX, height - STATUS_PX
    right, low = right_px(width), bottom_px(height)
    painter.fillRect(area, panel)
    painter.fillRect(LEFT_PX, top, width - LEFT_PX - right, bottom - low - top, QColor(tokens.ground))
    painter.setPen(line)
    for y in (MENU_PX, top, bottom):
        painter.drawLine(0, y, width, y)
    painter.drawLine(LEFT_PX, top, LEFT_PX, bottom - low)
    painter.drawLine(width - right, top, width - right, bottom)
    painter.drawLine(0, bottom - low, width - right, bottom - low)
    inner = width - right + theme.PAD_PX
    for x, y, w in (
        (theme.PAD_PX, 16, 96),
        (theme.PAD_PX, 48, 150),
        (theme.PAD_PX, 76, 120),
        (inner, 16, 180),
        (inner, 48, 240),
    ):
        painter.fillRect(x, top + y, w, 10, QColor(tokens.second))
