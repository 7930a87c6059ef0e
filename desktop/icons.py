"""Icons: our own line drawings, tinted with the scheme's colours when they are first used."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPainterPath, QPixmap

from desktop import theme

_FOLDER = Path(__file__).parent / "assets" / "icons"
SIZE_PX = 18


def icon(name: str, colour: str = "") -> QIcon:
    """Return an icon in the text colour, greyed where disabled, in the accent where checked; or all in one colour."""
    tokens = theme.current()
    made = QIcon()
    for ratio in _ratios():
        made.addPixmap(pixmap(name, colour or tokens.text, ratio), QIcon.Mode.Normal, QIcon.State.Off)
        made.addPixmap(pixmap(name, colour or tokens.accent, ratio), QIcon.Mode.Normal, QIcon.State.On)
        made.addPixmap(pixmap(name, colour or tokens.unmeasured, ratio), QIcon.Mode.Disabled, QIcon.State.Off)
    return made


def _ratios() -> set[float]:
    return {1.0, QGuiApplication.instance().devicePixelRatio()}  # type: ignore[union-attr]


@cache
def pixmap(name: str, colour: str, ratio: float) -> QPixmap:
    """Return one icon as a picture for screens of a density."""
    from PySide6.QtSvg import QSvgRenderer  # not before the first icon is drawn

    svg = (_FOLDER / f"{name}.svg").read_text("ascii").replace("#000", colour)
    picture = QPixmap(QSize(SIZE_PX, SIZE_PX) * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def swatch(colours: tuple[str, ...]) -> QIcon:
    """Return a small rectangle in one colour, or in several side by side."""
    size, made = QSize(16, 10), QIcon()
    for ratio in _ratios():
        picture = QPixmap(size * ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(picture.rect()), 2 * ratio, 2 * ratio)
        painter.setClipPath(clip)
        width = picture.width() / len(colours)
        for i, colour in enumerate(colours):
            painter.fillRect(QRectF(i * width, 0, width, picture.height()), QColor(colour))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # a chosen row tints what is not given
            made.addPixmap(picture, mode)
    return made


@cache
def symbol(name: str, colour: str, ground: str) -> QIcon:
    """Return a symbol of the map as it is drawn there, small, with a rim in the colour of the ground."""
    from desktop.map.symbols import BADGE_AT, BADGES, paint_symbol

    made = QIcon()
    for ratio in _ratios():
        picture = QPixmap(QSize(SIZE_PX, SIZE_PX) * ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(picture.width() / 2, picture.height() / 2)
        size_px = 14 * ratio
        if name in BADGES:  # alone, in the middle and larger
            size_px *= 2
            painter.translate(-BADGE_AT * size_px, BADGE_AT * size_px)
        paint_symbol(painter, name, size_px, QColor(colour), QColor(ground))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            made.addPixmap(picture, mode)
    return made
