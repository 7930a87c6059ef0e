"""The last image of the map, shown at once wherever the view has gone meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.map.camera import Camera

SHARP = 1e-9


class Backdrop:
    """Hold an image and the view that it shows."""

    def __init__(self) -> None:
        self.image: QImage | None = None
        self.camera: Camera | None = None
        self.number = -1

    def take(self, image: QImage, camera: Camera, number: int) -> None:
        """Show this image from now on."""
        image.setDevicePixelRatio(camera.ratio)
        self.image, self.camera, self.number = image, camera, number

    def serves(self, camera: Camera, number: int, margin: float) -> bool:
        """Tell whether the image shows all of a view, sharp and up to date."""
        return self.camera is not None and self.number == number and self.camera.covers(camera, margin)

    def paint(self, painter: QPainter, view: Camera, ground: QColor) -> None:
        """Paint the image where `view` sees it, and the ground where it does not reach."""
        whole = QRectF(0, 0, view.width_px, view.height_px)
        if self.image is None or self.camera is None:
            painter.fillRect(whole, ground)
            return
        mine, stretch = self.camera, self.camera.mpp / view.mpp
        left, top = view.to_px(mine.box[0], mine.box[3])
        target = QRectF(left, top, mine.width_px * stretch, mine.height_px * stretch)
        if not target.contains(whole):
            painter.fillRect(whole, ground)
        if abs(stretch - 1) < SHARP:
            ratio = view.ratio
            painter.drawImage(QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio), self.image)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shown = target.intersected(whole)
        if shown.isEmpty():
            return
        k = mine.ratio / stretch
        source = QRectF((shown.left() - left) * k, (shown.top() - top) * k, shown.width() * k, shown.height() * k)
        painter.drawImage(shown, self.image, source)
