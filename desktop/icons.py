"""Icons: our own line drawings, tinted with the scheme's colours when they are first used."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from desktop import theme

_FOLDER = Path(__file__).parent / "assets" / "icons"
SIZE_PX = 18


def icon(name: str, colour: str = "") -> QIcon:
    """Return an icon in the text colour, greyed where disabled, in the accent where checked; or all in one colour."""
    tokens = theme.current()
    made = QIcon()
    made.addPixmap(pixmap(name, colour or tokens.text), QIcon.Mode.Normal, QIcon.State.Off)
    made.addPixmap(pixmap(name, colour or tokens.accent), QIcon.Mode.Normal, QIcon.State.On)
    made.addPixmap(pixmap(name, colour or tokens.unmeasured), QIcon.Mode.Disabled, QIcon.State.Off)
    return made


def pixmap(name: str, colour: str, size_px: int = SIZE_PX) -> QPixmap:
    """Return one icon as a picture, sharp on screens of twice the density."""
    from PySide6.QtSvg import QSvgRenderer  # not before the first icon is drawn

    svg = (_FOLDER / f"{name}.svg").read_text("ascii").replace("#000", colour)
    picture = QPixmap(QSize(size_px, size_px) * 2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(2.0)
    return picture


def swatch(colours: tuple[str, ...], size: QSize | None = None) -> QIcon:
    """Return a small rectangle in one colour, or in several side by side."""
    size = size or QSize(16, 10)
    picture = QPixmap(size * 2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = picture.width() / len(colours)
    for i, colour in enumerate(colours):
        painter.setBrush(theme.QColor(colour))
        painter.drawRoundedRect(QRectF(i * width, 0, width, picture.height()), 3, 3)
    painter.end()
    picture.setDevicePixelRatio(2.0)
    return QIcon(picture)
