"""The symbols of points, drawn from simple shapes about the origin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

GLYPH_FROM_PX = 11.0


def paint_symbol(painter: QPainter, symbol: str, size_px: float, colour: QColor, rim: QColor) -> None:
    """Paint a symbol, `size_px` across, about the origin, with a rim that sets it off the map."""
    rim_px = max(1.5, size_px * 0.12)
    if symbol == "ring":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width_px in ((rim, 5.0), (colour, 2.5)):
            painter.setPen(QPen(ink, width_px))
            painter.drawEllipse(QPointF(0, 0), size_px / 2 - 1, size_px / 2 - 1)
        return
    body = _body(symbol, size_px / 2)
    painter.setBrush(colour)
    painter.setPen(QPen(rim, 2 * rim_px, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(body)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPath(body)
    glyph = _GLYPHS.get(symbol)
    if glyph is not None and size_px >= GLYPH_FROM_PX:
        painter.setBrush(rim if rim.lightness() > 128 or colour.lightness() > 140 else QColor("#ffffff"))
        painter.drawPath(glyph(size_px / 2))


def _body(symbol: str, r: float) -> QPainterPath:
    path = QPainterPath()
    if symbol in {"square", "station", "plant"}:
        side = r * 0.92
        path.addRoundedRect(QRectF(-side, -side, 2 * side, 2 * side), r * 0.3, r * 0.3)
    elif symbol == "diamond":
        path.addPolygon(QPolygonF([QPointF(0, -r), QPointF(r, 0), QPointF(0, r), QPointF(-r, 0)]))
        path.closeSubpath()
    elif symbol == "triangle":
        path.addPolygon(QPolygonF([QPointF(0, -r), QPointF(r * 0.95, r * 0.75), QPointF(-r * 0.95, r * 0.75)]))
        path.closeSubpath()
    elif symbol == "drop":
        path.moveTo(0, -r)
        path.cubicTo(r * 0.35, -r * 0.45, r * 0.8, -r * 0.1, r * 0.8, r * 0.25)
        path.cubicTo(r * 0.8, r * 0.7, r * 0.45, r, 0, r)
        path.cubicTo(-r * 0.45, r, -r * 0.8, r * 0.7, -r * 0.8, r * 0.25)
        path.cubicTo(-r * 0.8, -r * 0.1, -r * 0.35, -r * 0.45, 0, -r)
    else:
        path.addEllipse(QPointF(0, 0), r, r)
    return path


def _truck(r: float) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(QRectF(-0.58 * r, -0.34 * r, 0.70 * r, 0.54 * r), 0.06 * r, 0.06 * r)
    path.addPolygon(
        QPolygonF(
            [
                QPointF(0.18 * r, -0.14 * r),
                QPointF(0.40 * r, -0.14 * r),
                QPointF(0.58 * r, 0.06 * r),
                QPointF(0.58 * r, 0.20 * r),
                QPointF(0.18 * r, 0.20 * r),
            ]
        )
    )
    for x in (-0.30, 0.36):
        path.addEllipse(QPointF(x * r, 0.28 * r), 0.14 * r, 0.14 * r)
    return path


def _arrows_in(r: float) -> QPainterPath:
    path = QPainterPath()
    for turn in (1, -1):
        corners = ((-0.5, 0.12), (0.5, 0.12), (0.0, 0.56))
        path.addPolygon(QPolygonF([QPointF(x * r, turn * y * r) for x, y in corners]))
        path.closeSubpath()
    return path


def _chimney(r: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(-0.52 * r, -0.05 * r, 1.04 * r, 0.55 * r))
    path.addRect(QRectF(0.18 * r, -0.56 * r, 0.24 * r, 0.52 * r))
    return path


def _people(r: float) -> QPainterPath:
    path = QPainterPath()
    for x in (-0.30, 0.30):
        path.addEllipse(QPointF(x * r, -0.36 * r), 0.17 * r, 0.17 * r)
        path.addRoundedRect(QRectF((x - 0.2) * r, -0.13 * r, 0.4 * r, 0.66 * r), 0.14 * r, 0.14 * r)
    return path


def _bin(r: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(-0.46 * r, -0.46 * r, 0.92 * r, 0.16 * r))
    corners = ((-0.38, -0.2), (0.38, -0.2), (0.28, 0.54), (-0.28, 0.54))
    path.addPolygon(QPolygonF([QPointF(x * r, y * r) for x, y in corners]))
    path.closeSubpath()
    return path


_GLYPHS: dict[str, Callable[[float], QPainterPath]] = {
    "depot": _truck,
    "station": _arrows_in,
    "plant": _chimney,
    "toilet": _people,
    "bin": _bin,
}
