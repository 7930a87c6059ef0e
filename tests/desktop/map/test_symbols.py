from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.map.symbols import BADGES, paint_symbol

KINDS = ("build", "rebuild", "extend", "close", "kept", "hollow")


def painted(symbol: str, size_px: float, colour: str = "#0072b2", rim: str = "#ffffff") -> QImage:
    image = QImage(48, 48, QImage.Format.Format_RGB32)
    image.fill(QColor(rim))
    painter = QPainter(image)
    painter.translate(24, 24)
    paint_symbol(painter, symbol, size_px, QColor(colour), QColor(rim))
    painter.end()
    return image


def ink(image: QImage) -> set[tuple[int, int]]:
    ground = image.pixel(0, 0)
    return {(x, y) for x in range(48) for y in range(48) if image.pixel(x, y) != ground}


@pytest.mark.parametrize("size_px", [9.0, 13.0, 24.0])
def test_kinds_of_change_differ_in_form_even_where_they_are_small(qapp: QApplication, size_px: float) -> None:
    forms = {symbol: ink(painted(symbol, size_px)) for symbol in KINDS}
    for one in KINDS:
        for other in KINDS:
            apart = len(forms[one] ^ forms[other]) / len(forms[one] | forms[other])
            assert one == other or apart > 0.1, (one, other)


def test_what_lies_under_a_hollow_sign_is_seen(qapp: QApplication) -> None:
    assert (24, 24) not in ink(painted("hollow", 20.0))
    assert (24, 24) in ink(painted("diamond", 20.0))


@pytest.mark.parametrize("badge", sorted(BADGES))
def test_a_lock_stands_beside_its_site(qapp: QApplication, badge: str) -> None:
    marked = ink(painted(badge, 34.0))
    assert min(x for x, _ in marked) >= 24
    assert max(y for _, y in marked) <= 24


def test_a_badge_moves_the_painter_for_itself_alone(qapp: QApplication) -> None:
    image = QImage(48, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_symbol(painter, "must", 34.0, QColor("#0072b2"), QColor("#ffffff"))
    assert painter.transform().isIdentity()
    painter.end()
