"""The render process: it owns the geometry, and draws what it is asked for into shared memory.

QPainter holds the interpreter's lock, so that a thread that draws makes the window stutter; a process does not.
"""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from desktop.map.camera import Camera
    from desktop.map.prepare import Cache
    from desktop.map.scene import Scene

BYTES_A_PIXEL = 4


def serve(connection: Connection) -> None:
    """Draw until the other side hangs up."""
    if hasattr(os, "nice"):
        os.nice(3)  # the window goes first, then the map, then the search
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":  # there the offscreen platform knows no fonts
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    from desktop.map.freight import Order, Parcel, Receiver
    from desktop.map.prepare import Cache
    from desktop.map.scene import Scene

    application = QGuiApplication(["jingcheng-map"])
    scene, cache, receiver, memories = Scene(), Cache(), Receiver(), Memories()
    while True:
        try:
            message = connection.recv()
        except (EOFError, OSError):
            break
        if isinstance(message, Parcel):
            scene = receiver.unpack(message)
            cache.keep((*scene.layers, *scene.overlays))
        elif isinstance(message, Order):
            draw(scene, message.camera, memories.open(message.memory), cache)
            connection.send(message.memory)
    memories.close()
    del application


def draw(scene: Scene, camera: Camera, memory: SharedMemory, cache: Cache) -> None:
    """Draw a view into shared memory."""
    from desktop.map.render import render

    render(scene, camera, image_in(memory, camera), cache)


def image_in(memory: SharedMemory, camera: Camera) -> QImage:
    """Return shared memory as the image of a view; the memory must outlive it."""
    from PySide6.QtGui import QImage

    if memory.buf is None:
        raise ValueError(f"shared memory {memory.name!r} was closed")
    width_px, height_px = camera.size_device_px
    return QImage(memory.buf, width_px, height_px, width_px * BYTES_A_PIXEL, QImage.Format.Format_RGB32)


class Memories:
    """Keep the shared memories that the other side has named lately."""

    def __init__(self) -> None:
        self._open: dict[str, SharedMemory] = {}

    def open(self, name: str) -> SharedMemory:
        """Return the memory of a name."""
        if name not in self._open:
            while len(self._open) > 1:
                self._open.pop(next(iter(self._open))).close()
            self._open[name] = SharedMemory(name)
        return self._open[name]

    def close(self) -> None:
        """Let go of all."""
        for memory in self._open.values():
            memory.close()
        self._open.clear()
