"""The last image of the map, shown at once wherever the view has gone meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QImage, QPainter

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

    def fills(self, view: Camera) -> bool:
        """Tell whether the image reaches over all of a view, sharp or not."""
        if self.camera is None:
            return False
        mine, box = self.camera.box, view.box
        return mine[0] <= box[0] and mine[1] <= box[1] and mine[2] >= box[2] and mine[3] >= box[3]

    def target(self, view: Camera) -> QRect:
        """Return the pixels of a view that the image surely covers."""
        if self.camera is None:
            return QRect()
        left, top = view.to_px(self.camera.box[0], self.camera.box[3])
        right, bottom = view.to_px(self.camera.box[2], self.camera.box[1])
        inside = QRectF(QPointF(left, top), QPointF(right, bottom)).intersected(
            QRectF(-9, -9, view.width_px + 18, view.height_px + 18)
        )
        return inside.toRect().adjusted(1, 1, -1, -1)

    def paint(self, painter: QPainter, view: Camera) -> None:
        """Paint the image where `view` sees it."""
        if self.image is None or self.camera is None:
            return
        mine, stretch = self.camera, self.camera.mpp / view.mpp
        left, top = view.to_px(mine.box[0], mine.box[3])
        if abs(stretch - 1) < SHARP:
            ratio = view.ratio
            painter.drawImage(QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio), self.image)
            return
        whole = QRectF(0, 0, view.width_px, view.height_px)
        shown = QRectF(left, top, mine.width_px * stretch, mine.height_px * stretch).intersected(whole)
        if shown.isEmpty():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        k = mine.ratio / stretch
        source = QRectF((shown.left() - left) * k, (shown.top() - top) * k, shown.width() * k, shown.height() * k)
        painter.drawImage(shown, self.image, source)
