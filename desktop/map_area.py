"""The middle of the window: the map, and the cards that lie over it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.i18n import tr
from desktop.map import MapView
from desktop.panels.cards import Banner, LoadingCard, WelcomeCard
from desktop.panels.day_card import DayCard
from desktop.panels.run_card import RunCard

_GAP_PX = 16


class MapArea(QWidget):
    """Hold the map and place its cards.

    Parameters
    ----------
    in_process
        Draw the map without a render process, for tests.
    """

    def __init__(self, *, in_process: bool = False) -> None:
        super().__init__()
        self.map = MapView(self, in_process=in_process)
        self.welcome = WelcomeCard(self)
        self.loading = LoadingCard(self)
        self.run = RunCard(self)
        self.banner = Banner(self)
        self.day = DayCard(self)
        self.setMinimumSize(360, 240)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Follow the size."""
        self.map.setGeometry(self.rect())
        self.place()

    def place(self) -> None:
        """Put each card into its corner."""
        for card in (self.welcome, self.loading, self.run, self.banner, self.day):
            card.adjustSize()
        self.welcome.move(_GAP_PX, _GAP_PX)
        self.loading.move((self.width() - self.loading.width()) // 2, (self.height() - self.loading.height()) // 2)
        self.run.move(self.width() - self.run.width() - _GAP_PX, _GAP_PX)
        self.day.move((self.width() - self.day.width()) // 2, _GAP_PX)
        self.banner.setMaximumWidth(max(240, self.width() - 2 * _GAP_PX))
        self.banner.move((self.width() - self.banner.width()) // 2, self.height() - self.banner.height() - 2 * _GAP_PX)

    def offer_undo(self, line: str, undo: Callable[[], object]) -> None:
        """Tell what was done, with the way back."""
        self.banner.tell(line, tr("撤销"), undo, good=True)
        self.place()

    def clear_sky(self) -> None:
        """Take the welcome away: the user has begun."""
        self.welcome.hide()
