"""Hand numpy arrays to QPainter without a Python object for each line, point or corner."""

from __future__ import annotations

import ctypes
from functools import lru_cache

import numpy as np
import shiboken6
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from layers.geometry import F64

# A round cap costs ten times a square one, so wide lines get square ends and a disc at each corner instead.
DISCS_FROM_PX = 3.5


def pen(colour: str, width_px: float, cap: Qt.PenCapStyle = Qt.PenCapStyle.SquareCap) -> QPen:
    """Return a solid pen."""
    return QPen(QColor(colour), width_px, Qt.PenStyle.SolidLine, cap)


def draw_segments(painter: QPainter, segments: F64) -> None:
    """Draw segments of shape (n, 4) with the painter's pen."""
    if len(segments):
        lines = np.ascontiguousarray(segments)
        painter.drawLines(shiboken6.wrapInstance(lines.ctypes.data, QLineF), len(lines))  # type: ignore[call-overload]


def draw_wide(painter: QPainter, segments: F64, colour: str, width_px: float, *, blunt: bool = False) -> None:
    """Draw segments of shape (n, 4) of any width, with round joints and ends where they are wide enough to be seen.

    Parameters
    ----------
    blunt
        Leave ends that nothing joins flat: a bridge ends where the street goes on.
    """
    wide = width_px >= DISCS_FROM_PX
    flat = wide or blunt
    painter.setPen(pen(colour, width_px, Qt.PenCapStyle.FlatCap if flat else Qt.PenCapStyle.SquareCap))
    draw_segments(painter, segments)
    if wide and len(segments):
        draw_sprites(painter, joints(segments, 2 if blunt else 1), disc(colour, round(width_px, 2)))


def joints(segments: F64, least: int) -> F64:
    """Return the places where at least so many segments of shape (n, 4) begin or end, shape (m, 2)."""
    cell = (np.vstack([segments[:, :2], segments[:, 2:]]) * 4).round().astype(np.int64)
    # both numbers in one, which sorts faster than rows do
    key, count = np.unique((cell[:, 0] << 32) + (cell[:, 1] + (1 << 30)), return_counts=True)
    key = key[count >= least]
    return np.column_stack([key >> 32, (key & 0xFFFFFFFF) - (1 << 30)]) / 4.0


def draw_sprites(painter: QPainter, centres: F64, sprite: QPixmap, angle_deg: F64 | None = None) -> None:
    """Draw one picture at each centre, shape (n, 2), device pixels."""
    if not len(centres):
        return
    fragments = np.zeros((len(centres), 10))
    fragments[:, 0:2] = centres
    fragments[:, 4:6] = sprite.width(), sprite.height()
    fragments[:, 6:8] = 1.0
    if angle_deg is not None:
        fragments[:, 8] = angle_deg
    fragments[:, 9] = 1.0
    first = shiboken6.wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment)
    painter.drawPixmapFragments(first, len(fragments), sprite)  # type: ignore[arg-type]


def polygon(xy: F64) -> QPolygonF:
    """Return the corners of shape (n, 2) as Qt's polygon."""
    out = QPolygonF()
    if not len(xy):
        return out
    out.resize(len(xy))
    (address,) = shiboken6.getCppPointer(out.data())
    memory = (ctypes.c_double * (2 * len(xy))).from_address(address)
    np.ctypeslib.as_array(memory)[:] = np.ascontiguousarray(xy, dtype=np.float64).ravel()
    return out


@lru_cache(maxsize=256)
def disc(colour: str, width_px: float) -> QPixmap:
    """Return a filled disc, `width_px` across."""
    side = int(np.ceil(width_px)) + 2
    sprite = QPixmap(side, side)
    sprite.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sprite)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QPointF(side / 2, side / 2), width_px / 2, width_px / 2)
    painter.end()
    return sprite
