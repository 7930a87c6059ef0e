"""What stands on the glass over the map: scale bar, rubber band, measured line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from desktop.map.camera import Camera
from desktop.map.tokens import MapTokens

_MARGIN_PX, _PADDING_PX, _MOST_PX = 14.0, 12.0, 170.0


def round_length_m(most_m: float) -> float:
    """Return the longest length of 1, 2 or 5 times a power of ten that is not over `most_m`."""
    power = 10.0 ** math.floor(math.log10(most_m))
    return max(step * power for step in (1, 2, 5) if step * power <= most_m * (1 + 1e-9))


def length_text(length_m: float) -> str:
    """Return a length for the user: metres, or kilometres from one on."""
    return f"{length_m / 1000:,.4g} km" if length_m >= 1000 else f"{length_m:.4g} m"


def area_text(area_m2: float) -> str:
    """Return an area for the user: square metres, or square kilometres from one on."""
    return f"{area_m2 / 1e6:,.4g} km²" if area_m2 >= 1e6 else f"{area_m2:,.0f} m²"


def draw_scale_bar(painter: QPainter, camera: Camera, tokens: MapTokens, font: QFont) -> None:
    """Draw the scale bar on a card in the lower left corner."""
    length_m = round_length_m(min(_MOST_PX, 0.4 * camera.width_px) * camera.mpp)
    bar_px = length_m / camera.mpp
    card = QRectF(_MARGIN_PX, camera.height_px - _MARGIN_PX - 50, bar_px + 2 * _PADDING_PX, 50)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    panel = QColor(tokens.panel)
    panel.setAlphaF(0.94)
    painter.setBrush(panel)
    painter.setPen(QPen(QColor(tokens.hairline), 1))
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    left, base = round(card.left() + _PADDING_PX) + 0.5, round(card.top()) + 19.5
    bar = [(0, -7), (0, 0), (bar_px, 0), (bar_px, -7)]
    painter.setPen(QPen(QColor(tokens.text), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(left + x, base + y) for x, y in bar]))
    painter.drawLine(QPointF(left + bar_px / 2, base - 4), QPointF(left + bar_px / 2, base))
    painter.setFont(font)
    painter.setPen(QColor(tokens.secondary))
    unit_m, unit = (1000.0, "km") if length_m >= 1000 else (1.0, "m")
    row = QRectF(left, base + 6, bar_px, 18)
    painter.drawText(row, Qt.AlignmentFlag.AlignLeft, "0")
    end, middle = f"{length_m / unit_m:g} {unit}", f"{length_m / 2 / unit_m:g}"
    painter.drawText(row.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignRight, end)
    metrics = QFontMetricsF(font)
    if bar_px / 2 > metrics.horizontalAdvance(middle) / 2 + metrics.horizontalAdvance(end) + 6:
        painter.drawText(row, Qt.AlignmentFlag.AlignHCenter, middle)


def draw_band(painter: QPainter, start: QPointF, end: QPointF, tokens: MapTokens) -> None:
    """Draw the box that is being dragged."""
    inside = QColor(tokens.accent)
    inside.setAlphaF(0.12)
    painter.setBrush(inside)
    painter.setPen(QPen(QColor(tokens.accent), 1.2))
    painter.drawRect(QRectF(start, end).normalized())


def draw_measure(
    painter: QPainter, corners: Sequence[tuple[float, float]], camera: Camera, tokens: MapTokens, font: QFont
) -> None:
    """Draw the line that is being measured, with its length at the end and the area it goes around."""
    if not corners:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    points = [QPointF(*camera.to_px(*corner)) for corner in corners]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width_px in ((tokens.halo, 5.0), (tokens.accent, 2.0)):
        painter.setPen(QPen(QColor(colour), width_px, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF(points))
    painter.setBrush(QColor(tokens.panel))
    for point in points:
        painter.drawEllipse(point, 3.5, 3.5)
    if len(corners) < 2:
        return
    text = length_text(length_m(corners))
    if len(corners) > 2:
        text += f" · {area_text(area_m2(corners))}"
    draw_tag(painter, points[-1], text, tokens, font)


def draw_outline(
    painter: QPainter, corners: Sequence[tuple[float, float]], camera: Camera, tokens: MapTokens, font: QFont
) -> None:
    """Draw the area that is being drawn, with its size beside the last corner."""
    if not corners:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    points = [QPointF(*camera.to_px(*corner)) for corner in corners]
    inside = QColor(tokens.accent)
    inside.setAlphaF(0.16)
    painter.setBrush(inside)
    for colour, width_px in ((tokens.halo, 5.0), (tokens.accent, 2.0)):
        painter.setPen(QPen(QColor(colour), width_px, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolygon(QPolygonF(points))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setBrush(QColor(tokens.panel))
    for point in points[:-1]:
        painter.drawEllipse(point, 3.5, 3.5)
    if len(corners) > 2:
        draw_tag(painter, points[-1], area_text(area_m2(corners)), tokens, font)


def draw_tag(painter: QPainter, at: QPointF, text: str, tokens: MapTokens, font: QFont) -> None:
    """Draw a short text on a card beside a place."""
    width_px = QFontMetricsF(font).horizontalAdvance(text)
    card = QRectF(at.x() + 12, at.y() - 28, width_px + 16, 24)
    painter.setBrush(QColor(tokens.panel))
    painter.setPen(QPen(QColor(tokens.hairline), 1))
    painter.drawRoundedRect(card, 6, 6)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text))
    painter.drawText(card, Qt.AlignmentFlag.AlignCenter, text)


def length_m(corners: Sequence[tuple[float, float]]) -> float:
    """Return the length of a line, metres."""
    return sum(math.dist(a, b) for a, b in pairwise(corners))


def area_m2(corners: Sequence[tuple[float, float]]) -> float:
    """Return the area that a line goes around when it is closed, square metres."""
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2
