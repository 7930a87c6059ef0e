"""Write names on the map: outlines of text, kept, with a rim in the ground's colour; and the room they take."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QTransform

from desktop import schemes
from layers.geometry import F64

FAMILIES = (*schemes.FONTS, "sans-serif")
HALO_PX = 3.2
# Steeper names are written upright, one character under the other, as Chinese maps do.
STEEP_RAD = math.radians(62)
STACK_STEP = 1.08


@lru_cache(maxsize=64)
def font(size_px: float, *, bold: bool = False, spacing_px: float = 0.0) -> QFont:
    """Return the map's font."""
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(max(1, round(size_px)))
    made.setBold(bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if spacing_px:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing_px)
    return made


@lru_cache(maxsize=4096)
def outline(text: str, size_px: float, bold: bool, spacing_px: float) -> tuple[QPainterPath, float]:
    """Return the outline of a text, centred about the origin, and its width in pixels."""
    face = font(size_px, bold=bold, spacing_px=spacing_px)
    metrics = QFontMetricsF(face)
    width_px = metrics.horizontalAdvance(text) - spacing_px
    path = QPainterPath()
    path.addText(-width_px / 2, (metrics.capHeight() or metrics.ascent() * 0.72) / 2, face, text)
    return path, width_px


def is_chinese(text: str) -> bool:
    """Tell whether a text can be written downwards: Chinese characters and nothing else."""
    return all("\u2e80" <= char <= "\u9fff" or char in "（）·" for char in text)


@dataclass(frozen=True, slots=True)
class Ink:
    """Say how a name is written."""

    colour: str
    halo: str
    size_px: float = 12.0
    bold: bool = False
    spacing_px: float = 0.0


def write(painter: QPainter, text: str, x_px: float, y_px: float, ink: Ink, angle_rad: float = 0.0) -> None:
    """Write a text about a place, turned by an angle (y runs down)."""
    picture = _picture(text, ink, round(math.degrees(angle_rad)))
    painter.drawPixmap(round(x_px - picture.width() / 2), round(y_px - picture.height() / 2), picture)


@lru_cache(maxsize=1000)
def _picture(text: str, ink: Ink, angle_deg: int) -> QPixmap:
    """Return a name with its rim as a picture: a rim costs ten times a copy, and most names stay from image to image."""
    path, _ = outline(text, ink.size_px, ink.bold, ink.spacing_px)
    halo_px = HALO_PX * ink.size_px / 12
    room = QTransform().rotate(angle_deg).mapRect(path.boundingRect().adjusted(-halo_px, -halo_px, halo_px, halo_px))
    half_x, half_y = math.ceil(max(-room.left(), room.right())) + 1, math.ceil(max(-room.top(), room.bottom())) + 1
    picture = QPixmap(2 * half_x, 2 * half_y)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(half_x, half_y)
    painter.rotate(angle_deg)
    rim = QPen(QColor(ink.halo), halo_px, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, rim)
    painter.fillPath(path, QColor(ink.colour))
    painter.end()
    return picture


class Room:
    """Remember which part of the map is written on, as circles.

    Parameters
    ----------
    width_px, height_px
        Size of the image; names do not hang over its edge.
    """

    def __init__(self, width_px: float, height_px: float) -> None:
        self._size_px = np.array([width_px, height_px])
        self._taken = np.empty((256, 3))
        self._n_taken = 0

    def take(self, circles: F64) -> bool:
        """Take the room of a name, circles of shape (n, 3): x, y, radius in pixels; returns whether it was free."""
        centre, radius = circles[:, :2], circles[:, 2:]
        if (centre < radius).any() or (centre + radius > self._size_px).any():
            return False
        taken = self._taken[: self._n_taken]
        gap_x = circles[:, None, 0] - taken[None, :, 0]
        gap_y = circles[:, None, 1] - taken[None, :, 1]
        if (gap_x * gap_x + gap_y * gap_y < (radius + taken[None, :, 2]) ** 2).any():
            return False
        self.block(circles)
        return True

    def block(self, circles: F64) -> None:
        """Keep names off, whether the room is free or not."""
        n = self._n_taken + len(circles)
        while n > len(self._taken):
            self._taken = np.vstack([self._taken, np.empty_like(self._taken)])
        self._taken[self._n_taken : n] = circles
        self._n_taken = n


def circles_along(x_px: float, y_px: float, width_px: float, angle_rad: float, size_px: float) -> F64:
    """Return circles that cover a text of a width, written about a place at an angle, shape (n, 3)."""
    n = max(2, math.ceil(width_px / size_px))
    at = np.linspace(-0.5, 0.5, n) * max(width_px - size_px * 0.6, 0.0)
    return np.column_stack([x_px + at * math.cos(angle_rad), y_px + at * math.sin(angle_rad), np.full(n, size_px * 0.75)])
