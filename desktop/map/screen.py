"""What the map has on the screen: the last image, moved and stretched at once, while the next is being made."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from desktop.map.backdrop import Backdrop
from desktop.map.camera import Box, Camera
from desktop.map.renderer import Renderer
from desktop.map.scene import Scene

OVERSCAN = 1.5
LEAST_OVERSCAN = 1.15
# A new image is asked for before the old one's edge comes into sight.
MARGIN = 0.06
MOST_IMAGE_PX = 16_000_000
# Once the map has been still for so long, a small image of the whole city is made, to zoom out over.
STILL_MS = 400
WHOLE_PX = 1000


class Screen(QObject):
    """Ask for images, one at a time, and paint the best there is."""

    changed = Signal()
    drawn = Signal()
    failed = Signal(object)

    def __init__(self, renderer: Renderer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.renderer = renderer
        self._near, self._whole = Backdrop(), Backdrop()
        self._camera: Camera | None = None
        self._bounds: Box | None = None
        self._asked: Camera | None = None
        self._asked_whole: Camera | None = None
        self._number, self._ground = 0, ""
        renderer.setParent(self)
        renderer.ready.connect(self._take)
        renderer.failed.connect(self._fail)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh)
        self._still = QTimer(self, singleShot=True, interval=STILL_MS)
        self._still.timeout.connect(self._refresh_whole)

    def set_scene(self, scene: Scene) -> None:
        """Show another scene as soon as it is drawn."""
        self._number += 1
        if scene.tokens.ground != self._ground:
            self._ground = scene.tokens.ground
            self._whole = Backdrop()
        self.renderer.set_scene(scene, self._number)
        self._soon.start()

    def look(self, camera: Camera | None, bounds: Box) -> None:
        """Look at the city from another place: None while the map is not to be seen; `bounds` hold the whole city."""
        self._camera, self._bounds = camera, bounds
        self._soon.start()

    def paint(self, painter: QPainter, view: Camera) -> None:
        """Paint what there is of a view: the sharp image, the whole city behind it, else the ground."""
        if not self._near.fills(view):
            painter.save()
            uncovered = QRegion(0, 0, view.width_px, view.height_px) - QRegion(self._near.target(view))
            painter.setClipRegion(uncovered)
            painter.fillRect(0, 0, view.width_px, view.height_px, QColor(self._ground))
            self._whole.paint(painter, view)
            painter.restore()
        self._near.paint(painter, view)

    def _refresh(self) -> None:
        if self._asked is not None or self._camera is None:
            return
        if self._near.serves(self._camera, self._number, MARGIN):
            self._still.start()
            return
        self._still.stop()
        width_px, height_px = self._camera.size_device_px
        room = (MOST_IMAGE_PX / max(width_px * height_px, 1)) ** 0.5
        self._ask(self._camera.grown(max(LEAST_OVERSCAN, min(OVERSCAN, room))))

    def _refresh_whole(self) -> None:
        if self._asked is None and self._bounds is not None and self._whole.number != self._number:
            self._asked_whole = Camera.fit(self._bounds, WHOLE_PX, WHOLE_PX)
            self._ask(self._asked_whole)

    def _ask(self, camera: Camera) -> None:
        self._asked = camera
        self.renderer.request(camera)

    def _take(self, image: QImage, camera: Camera, number: int) -> None:
        self._asked = None
        if camera == self._asked_whole:
            self._asked_whole = None
            # the renderer will paint over its own image
            self._whole.take(image.copy(), camera, number)
        else:
            self._near.take(image, camera, number)
            self.changed.emit()
            if self._camera is not None and self._near.serves(self._camera, self._number, 0.0):
                self.drawn.emit()
        self._soon.start()

    def _fail(self, why: object) -> None:
        self._asked = None
        self.failed.emit(why)
