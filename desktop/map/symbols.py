"""The symbols of points, drawn from simple shapes about the origin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

GLYPH_FROM_PX = 11.0
# How far right of its site, and above it, a badge has its middle, as a part of its size.
BADGE_AT = 0.32


def paint_symbol(painter: QPainter, symbol: str, size_px: float, colour: QColor, rim: QColor) -> None:
    """Paint a symbol, `size_px` across, about the origin, with a rim that sets it off the map."""
    if symbol == "ring":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width_px in ((rim, 5.0), (colour, 2.5)):
            painter.setPen(QPen(ink, width_px))
            painter.drawEllipse(QPointF(0, 0), size_px / 2 - 1, size_px / 2 - 1)
        return
    if symbol == "hollow":
        _paint_hollow(painter, size_px / 2, colour, rim)
        return
    painter.save()
    if symbol in BADGES:
        # beside what it is said of, at the upper right
        painter.translate(BADGE_AT * size_px, -BADGE_AT * size_px)
        size_px *= 0.46
    _paint_solid(painter, symbol, size_px, colour, rim)
    painter.restore()


def _paint_solid(painter: QPainter, symbol: str, size_px: float, colour: QColor, rim: QColor) -> None:
    rim_px = max(1.5, size_px * 0.12)
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


def _paint_hollow(painter: QPainter, r: float, colour: QColor, rim: QColor) -> None:
    """Paint the outline of a diamond, with what lies under it in sight."""
    outline = _body("diamond", r - 1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width_px in ((rim, 4.0), (colour, 1.8)):
        painter.setPen(QPen(ink, width_px, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(outline)


def _body(symbol: str, r: float) -> QPainterPath:
    path = QPainterPath()
    if symbol in {"square", "station", "plant", "rebuild"}:
        side = r * 0.92
        path.addRoundedRect(QRectF(-side, -side, 2 * side, 2 * side), r * 0.3, r * 0.3)
    elif symbol in {"diamond", "build"}:
        path.addPolygon(QPolygonF([QPointF(0, -r), QPointF(r, 0), QPointF(0, r), QPointF(-r, 0)]))
        path.closeSubpath()
    elif symbol == "triangle":
        path.addPolygon(QPolygonF([QPointF(0, -r), QPointF(r * 0.95, r * 0.75), QPointF(-r * 0.95, r * 0.75)]))
        path.closeSubpath()
    elif symbol == "extend":
        roof = ((0, -1.0), (0.92, -0.2), (0.92, 0.92), (-0.92, 0.92), (-0.92, -0.2))
        path.addPolygon(QPolygonF([QPointF(x * r, y * r) for x, y in roof]))
        path.closeSubpath()
    elif symbol in {"close", "remove"}:
        path = _cross(r)
    elif symbol == "drop":
        path.moveTo(0, -r)
        path.cubicTo(r * 0.35, -r * 0.45, r * 0.8, -r * 0.1, r * 0.8, r * 0.25)
        path.cubicTo(r * 0.8, r * 0.7, r * 0.45, r, 0, r)
        path.cubicTo(-r * 0.45, r, -r * 0.8, r * 0.7, -r * 0.8, r * 0.25)
        path.cubicTo(-r * 0.8, -r * 0.1, -r * 0.35, -r * 0.45, 0, -r)
    elif symbol == "kept":
        path.addEllipse(QPointF(0, 0), 0.8 * r, 0.8 * r)  # not so large that it is taken for a square from far
    else:
        path.addEllipse(QPointF(0, 0), r, r)
    return path


def _cross(r: float) -> QPainterPath:
    """Return two thick bars across each other, from corner to corner."""
    a, t = 0.92 * r, 0.42 * r
    u = a - t
    corners = ((0, -t), (u, -a), (a, -u), (t, 0), (a, u), (u, a), (0, t), (-u, a), (-a, u), (-t, 0), (-a, -u), (-u, -a))
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    path.closeSubpath()
    return path


def _plus(r: float) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRect(QRectF(-0.46 * r, -0.13 * r, 0.92 * r, 0.26 * r))
    path.addRect(QRectF(-0.13 * r, -0.46 * r, 0.26 * r, 0.92 * r))
    return path


def _frame(r: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(-0.5 * r, -0.5 * r, r, r))
    path.addRect(QRectF(-0.24 * r, -0.24 * r, 0.48 * r, 0.48 * r))
    return path


def _arrow_up(r: float) -> QPainterPath:
    path = QPainterPath()
    corners = ((0, -0.5), (0.5, 0.06), (0.17, 0.06), (0.17, 0.58), (-0.17, 0.58), (-0.17, 0.06), (-0.5, 0.06))
    path.addPolygon(QPolygonF([QPointF(x * r, y * r) for x, y in corners]))
    path.closeSubpath()
    return path


def _equals(r: float) -> QPainterPath:
    path = QPainterPath()
    for y in (-0.32, 0.1):
        path.addRect(QRectF(-0.42 * r, y * r, 0.84 * r, 0.22 * r))
    return path


def _tick(r: float) -> QPainterPath:
    path = QPainterPath()
    corners = ((-0.58, 0.02), (-0.38, -0.2), (-0.14, 0.08), (0.4, -0.46), (0.6, -0.24), (-0.14, 0.5))
    path.addPolygon(QPolygonF([QPointF(x * r, y * r) for x, y in corners]))
    path.closeSubpath()
    return path


def _bar(r: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(-0.55 * r, -0.17 * r, 1.1 * r, 0.34 * r))
    return path


def _point(r: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), 0.4 * r, 0.4 * r)
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
    "build": _plus,
    "rebuild": _frame,
    "extend": _arrow_up,
    "kept": _equals,
    "place": _point,
    "must": _tick,
    "must_not": _bar,
    "keep": _equals,
}
# Small signs beside what they are said of.
BADGES = frozenset({"must", "must_not", "keep"})
