"""The render process: same picture, restarted when it dies, nothing left behind."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.shared_memory import SharedMemory
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.map.camera import Camera
from desktop.map.far import MOST_DEATHS, FarRenderer
from desktop.map.prepare import Cache
from desktop.map.process import Memories, draw, image_in
from desktop.map.scene import Fill, Scene
from layers.text import Text
from tests.desktop.map.pictures import drawn, pixels

WAIT_MS = 20_000


@pytest.fixture
def far(qapp: object) -> Iterator[FarRenderer]:
    renderer = FarRenderer()
    yield renderer
    renderer.close()


def image_of(far: FarRenderer, camera: Camera, qtbot: QtBot) -> tuple[QImage, int]:
    with qtbot.waitSignal(far.ready, timeout=WAIT_MS) as got:
        far.request(camera)
    assert got.args is not None
    image, seen, number = got.args
    assert seen == camera
    return image, number


def memory_of(image: QImage) -> SharedMemory:
    memory: Any = image.memory  # type: ignore[attr-defined]
    assert isinstance(memory, SharedMemory)
    return memory


def test_it_draws_what_this_process_draws_and_comes_back_after_death(
    far: FarRenderer, scene: Scene, camera: Camera, qtbot: QtBot
) -> None:
    far.set_scene(scene, 7)
    image, number = image_of(far, camera, qtbot)
    assert number == 7
    assert (pixels(image) == pixels(drawn(scene, camera))).all()
    first = far.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    zoomed = camera.zoomed(2.0, 100, 50)
    image, _ = image_of(far, zoomed, qtbot)
    assert far.pid not in {None, first}
    assert (pixels(image) == pixels(drawn(scene, zoomed))).all()
    larger = replace(camera, width_px=1600, height_px=1200)
    image, _ = image_of(far, larger, qtbot)
    assert (image.width(), image.height()) == (1600, 1200)
    name = memory_of(image).name
    far.close()
    assert far.pid is None
    with pytest.raises(FileNotFoundError):
        SharedMemory(name)


def test_a_scene_that_kills_the_process_is_given_up_and_told(
    far: FarRenderer, scene: Scene, camera: Camera, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    streets = replace(scene.layers[1], styles=(Fill("main"), Fill("main")))
    far.set_scene(Scene(layers=(streets,)), 1)
    with qtbot.waitSignal(far.failed, timeout=WAIT_MS) as got:
        far.request(camera)
    assert got.args is not None
    assert isinstance(got.args[0], Text)
    assert "died 3 times" in got.args[0].en
    assert capfd.readouterr().err.count("TypeError: layer 'streets' has lines") == MOST_DEATHS
    far.set_scene(scene, 2)
    assert image_of(far, camera, qtbot)[1] == 2


def test_it_ends_with_the_widget_that_owns_it(scene: Scene, camera: Camera, qtbot: QtBot) -> None:
    owner = QObject()
    far = FarRenderer(owner)
    far.set_scene(scene, 1)
    image_of(far, camera, qtbot)
    far.request(camera)
    minder = far._minder
    shiboken6.delete(owner)
    assert minder.pid is None
    qtbot.wait(20)


def test_closing_before_anything_was_asked_is_quiet(far: FarRenderer, scene: Scene) -> None:
    far.set_scene(scene, 1)
    far.close()
    far.close()
    assert far.pid is None


def test_the_process_draws_into_shared_memory(scene: Scene, camera: Camera, qapp: object) -> None:
    memory = SharedMemory(create=True, size=200 * 100 * 4)
    memories = Memories()
    try:
        opened = memories.open(memory.name)
        assert memories.open(memory.name) is opened
        draw(scene, camera, opened, Cache())
        image = image_in(memory, camera)
        assert (pixels(image) == pixels(drawn(scene, camera))).all()
        del image
    finally:
        memories.close()
        memory.close()
        memory.unlink()
    with pytest.raises(ValueError, match="was closed"):
        image_in(memory, camera)
