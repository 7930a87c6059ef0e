from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from desktop.map.lettering import Ink, Room, circles_along, is_chinese, outline, write


def test_a_taken_place_is_refused_and_a_free_one_is_not() -> None:
    room = Room(400, 200)
    assert room.take(circles_along(100, 100, 60, 0.0, 12))
    assert not room.take(circles_along(120, 104, 60, 0.0, 12))
    assert room.take(circles_along(100, 150, 60, 0.0, 12))


def test_names_do_not_hang_over_the_edge() -> None:
    room = Room(400, 200)
    assert not room.take(circles_along(10, 100, 60, 0.0, 12))
    assert not room.take(circles_along(200, 198, 60, 0.0, 12))


def test_symbols_keep_names_off_and_many_find_room() -> None:
    room = Room(10_000, 10_000)
    room.block(np.array([[500.0, 500.0, 8.0]]))
    assert not room.take(circles_along(500, 500, 40, 0.0, 12))
    assert all(room.take(circles_along(100 + 90 * i, 1000 + 40 * j, 60, 0.0, 12)) for i in range(20) for j in range(20))


@pytest.mark.parametrize(
    ("text", "chinese"), [("人民路", True), ("Main St", False), ("G107国道", False), ("中山路（北段）", True)]
)
def test_only_chinese_is_written_downwards(text: str, chinese: bool) -> None:
    assert is_chinese(text) is chinese


def test_a_name_is_written_about_its_place_with_a_rim(qtbot: QtBot) -> None:
    image = QImage(120, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#000000"))
    painter = QPainter(image)
    write(painter, "I", 60, 30, Ink("#ff0000", "#00ff00", 24.0, bold=True))
    painter.end()
    colours = {image.pixelColor(x, 30).name() for x in range(48, 73)}
    assert {"#ff0000", "#00ff00"} <= colours
    assert image.pixelColor(10, 30).name() == "#000000"


def test_a_longer_name_is_wider(qtbot: QtBot) -> None:
    assert outline("人民路人民路", 12.0, False, 0.0)[1] > 1.8 * outline("人民路", 12.0, False, 0.0)[1]
