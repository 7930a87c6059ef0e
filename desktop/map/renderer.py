"""Who makes the map's images: the interface, and the plain one that draws in the window's own process."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from desktop.map.camera import Camera
from desktop.map.prepare import Cache
from desktop.map.render import render
from desktop.map.scene import Scene


class Renderer(QObject):
    """Make images of a scene, one at a time; `ready` brings each with the view it shows and its scene's number.

    The image belongs to the renderer and is only painted over after the next but one request.
    """

    ready = Signal(object, object, int)
    failed = Signal(object)

    def set_scene(self, scene: Scene, number: int) -> None:
        """Take the scene that the following images show."""
        raise NotImplementedError

    def request(self, camera: Camera) -> None:
        """Ask for an image; `ready` follows."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of processes, memory and files."""


class InProcess(Renderer):
    """Draw in the window's own thread: for tests, for printing, and where no process can be started."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scene, self._number, self._cache = Scene(), 0, Cache()
        self._wanted: Camera | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._draw)

    def set_scene(self, scene: Scene, number: int) -> None:
        """Take the scene that the following images show."""
        self._scene, self._number = scene, number
        self._cache.keep((*scene.layers, *scene.overlays))

    def request(self, camera: Camera) -> None:
        """Ask for an image; it is drawn when the events that wait now are done."""
        self._wanted = camera
        self._timer.start(0)

    def _draw(self) -> None:
        if self._wanted is None:
            return
        camera, self._wanted = self._wanted, None
        image = QImage(*camera.size_device_px, QImage.Format.Format_RGB32)
        render(self._scene, camera, image, self._cache)
        self.ready.emit(image, camera, self._number)
