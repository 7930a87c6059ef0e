"""Draw points: thousands of small pictures, each drawn once and then copied."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from desktop.map.brush import draw_sprites
from desktop.map.camera import Camera
from desktop.map.prepare import Prepared, grown
from desktop.map.scene import Mark
from desktop.map.symbols import paint_symbol
from desktop.map.tokens import Role


def draw_points(painter: QPainter, prepared: Prepared, camera: Camera, colour: Callable[[Role], str]) -> None:
    """Draw a layer of points, class by class."""
    for number in prepared.shown(camera.scale):
        style = prepared.styles[number]
        if not isinstance(style, Mark):
            raise TypeError(f"layer {prepared.key!r} has points, but style {number} is {style!r}")
        rows = prepared.rows(number, grown(camera.box, style.size_px * camera.mpp))
        far = camera.scale > style.far_scale
        symbol, size_px = (style.far_symbol or style.symbol, style.far_px) if far else (style.symbol, style.size_px)
        picture = sprite(symbol, size_px * camera.ratio, colour(style.colour), colour("halo"))
        draw_sprites(painter, camera.to_device(prepared.geometry.coords[rows]).round(), picture)


@lru_cache(maxsize=256)
def sprite(symbol: str, size_px: float, colour: str, rim: str) -> QPixmap:
    """Return the picture of a symbol, `size_px` device pixels across with its rim outside that."""
    side = int(size_px) + 6
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(side / 2, side / 2)
    paint_symbol(painter, symbol, size_px, QColor(colour), QColor(rim))
    painter.end()
    return picture
