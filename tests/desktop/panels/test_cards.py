from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.panels.cards import WelcomeCard


def test_the_welcome_keeps_its_size_when_it_is_said_anew(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(800, 600)
    card = WelcomeCard(holder)
    with qtbot.waitExposed(holder):
        holder.show()
    card.greet([Path("a.gpkg"), Path("b.gpkg")])
    qtbot.wait(20)
    before = card.height()
    card.retranslate()
    qtbot.wait(20)
    assert before > 100
    assert card.height() == before
