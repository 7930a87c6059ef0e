"""Have images drawn by the render process, started and minded by a thread so that the window never waits for it."""

from __future__ import annotations

import multiprocessing
import queue
import threading
import weakref
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.shared_memory import SharedMemory

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QImage

from desktop.map.camera import Camera
from desktop.map.freight import Order, Sender
from desktop.map.process import BYTES_A_PIXEL, image_in, serve
from desktop.map.renderer import Renderer
from desktop.map.scene import Scene
from layers.text import Text

MOST_DEATHS = 3
CLOSE_S = 2.0
_STEP_BYTES = 1 << 22

Task = tuple[str, Scene | None, Camera | None, int]


class FarRenderer(Renderer):
    """Draw in a process of its own; where that dies it is started again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._minder = Minder()
        self._finalizer = weakref.finalize(self, Minder.close, self._minder)
        self.destroyed.connect(self._minder.close)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def pid(self) -> int | None:
        """Number of the render process, None while there is none."""
        return self._minder.pid

    def set_scene(self, scene: Scene, number: int) -> None:
        """Take the scene that the following images show."""
        self._minder.tasks.put(("scene", scene, None, number))

    def request(self, camera: Camera) -> None:
        """Ask for an image; the first request starts thread and process."""
        self._minder.tasks.put(("draw", None, camera, 0))
        self._minder.start(self)

    def close(self) -> None:
        """Stop process and thread, and give back memory and files."""
        self._finalizer()


@dataclass(eq=False)
class Minder:
    """Mind the render process from a thread of its own: one task after the other, over deaths of the process too."""

    tasks: queue.SimpleQueue[Task | None] = field(default_factory=queue.SimpleQueue)
    _thread: threading.Thread | None = None
    _process: BaseProcess | None = None
    _connection: Connection | None = None
    _memories: list[SharedMemory] = field(default_factory=list)
    _sender: Sender | None = None
    _scene: tuple[Scene, int] | None = None
    _show: bool = True
    _closed: bool = False
    _n_deaths: int = 0

    @property
    def pid(self) -> int | None:
        """Number of the render process, None while there is none."""
        return self._process.pid if self._process is not None and self._process.is_alive() else None

    def start(self, renderer: FarRenderer) -> None:
        """Start the thread, where it does not run yet."""
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._run, args=(weakref.ref(renderer),), name="map", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End thread and process, wherever they are, and give everything back."""
        if self._closed:
            return
        self._closed = True
        self.tasks.put(None)
        if self._process is not None:
            self._process.kill()
        if self._thread is not None:
            self._thread.join(CLOSE_S)
        if self._process is not None:
            self._process.join(CLOSE_S)

    def _give_back(self) -> None:
        """Give back all that the thread took; it does so itself, since it may still be starting a process at the end."""
        if self._connection is not None:
            self._connection.close()  # the process ends when nobody talks to it any more
        for memory in self._memories:
            _release(memory)
        self._memories.clear()
        if self._sender is not None:
            self._sender.close()

    def _run(self, renderer: weakref.ref[FarRenderer]) -> None:
        while (task := self.tasks.get()) is not None and not self._closed:
            what, scene, camera, number = task
            if what == "scene" and scene is not None:
                self._scene = (scene, number)
                self._show, self._n_deaths = True, 0
            elif camera is not None:
                self._tell(renderer(), self._draw(camera), camera)
        self._give_back()

    def _tell(self, renderer: FarRenderer | None, image: QImage | None, camera: Camera) -> None:
        if renderer is None or self._closed or not shiboken6.isValid(renderer):
            return
        if image is not None:
            renderer.ready.emit(image, camera, self._scene[1] if self._scene else 0)
        elif self._n_deaths == MOST_DEATHS:
            self._n_deaths += 1  # told once; another scene tries again
            renderer.failed.emit(_DEAD)

    def _draw(self, camera: Camera) -> QImage | None:
        memory = self._memory(camera)
        while self._n_deaths < MOST_DEATHS and not self._closed:
            try:
                self._talk(camera, memory)
            except (EOFError, OSError):
                self._n_deaths += 1
                self._connection = None
                continue
            self._n_deaths = 0
            image = image_in(memory, camera)
            image.memory = memory  # type: ignore[attr-defined]  # lives as long as the image
            return image
        return None

    def _talk(self, camera: Camera, memory: SharedMemory) -> None:
        """Bring the process up to date and have it draw.

        Raises
        ------
        EOFError, OSError
            Where the process died.
        """
        self._sender = self._sender or Sender()
        if self._connection is None:
            self._start_process()
        if self._connection is None:
            raise EOFError
        if self._show and self._scene is not None:
            self._connection.send(self._sender.pack(self._scene[0]))
            self._show = False
        self._connection.send(Order(camera, memory.name))
        self._connection.recv()

    def _start_process(self) -> None:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=serve, args=(there,), name="jingcheng-map", daemon=True)
        process.start()
        there.close()
        self._process, self._connection, self._show = process, here, True
        if self._sender is not None:
            self._sender.forget()

    def _memory(self, camera: Camera) -> SharedMemory:
        """Return the memory that is not on the screen, large enough for an image."""
        width_px, height_px = camera.size_device_px
        n_bytes = -(-width_px * height_px * BYTES_A_PIXEL // _STEP_BYTES) * _STEP_BYTES
        spare = self._memories.pop(0) if len(self._memories) > 1 else None
        if spare is not None and spare.size < n_bytes:
            _release(spare)
            spare = None
        memory = spare or SharedMemory(create=True, size=n_bytes)
        self._memories.append(memory)
        return memory


def _release(memory: SharedMemory) -> None:
    """Give the name back now; the memory itself goes with the last image in it."""
    memory.unlink()


_DEAD = Text(
    "地图绘制进程连续退出 3 次，地图停留在最后一幅；请保存项目后重新启动",
    "the map's render process died 3 times in a row; the map stays at its last image; save the project and start again",
)
