"""The card over the map that says which day of a calendar is shown, and lets the user turn its pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from desktop import icons, theme
from desktop.i18n import tr
from desktop.panels.cards import Card

ALL_DAYS = -1
_SLIDER_PX, _LABEL_PX = 150, 84


class DayCard(Card):
    """Choose one day of a plan, or all of them; hidden where a plan has but one."""

    day_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box.setContentsMargins(8, 6, 8, 6)
        self.days: tuple[int, ...] = ()
        self.label, self.slider = QLabel(), QSlider(Qt.Orientation.Horizontal)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setFixedWidth(_LABEL_PX)
        self.slider.setFixedWidth(_SLIDER_PX)
        self.slider.setPageStep(7)
        self.before, self.after = _arrow("before"), _arrow("after")
        row = QHBoxLayout()
        row.setSpacing(theme.GRID_PX)
        for part in (self.before, self.label, self.after, self.slider):
            row.addWidget(part)
        self.box.addLayout(row)
        self.before.clicked.connect(lambda _on=False: self.slider.setValue(self.slider.value() - 1))
        self.after.clicked.connect(lambda _on=False: self.slider.setValue(self.slider.value() + 1))
        self.slider.valueChanged.connect(self._moved)

    @property
    def day(self) -> int:
        """The day shown, or `ALL_DAYS`."""
        return self.days[self.slider.value() - 1] if self.slider.value() else ALL_DAYS

    def show_days(self, days: Sequence[int]) -> None:
        """Offer the days of a plan; the one that was shown stays, where the plan has it, else the first is shown.

        Nobody is told: who calls asks for `day`.
        """
        before, self.days = self.day if self.days else None, tuple(days)
        place = self.days.index(before) + 1 if before in self.days else min(len(self.days), before != ALL_DAYS)
        self.slider.blockSignals(True)
        self.slider.setRange(0, len(self.days))
        self.slider.setValue(place)
        self.slider.blockSignals(False)
        self.setVisible(len(self.days) > 1)
        self.retranslate()
        self.adjustSize()

    def _moved(self, _place: int) -> None:
        self.retranslate()
        self.day_chosen.emit(self.day)

    def retranslate(self) -> None:
        """Say it in the present language."""
        n_days = len(self.days)
        text = tr("全部 {0} 天").format(n_days) if self.day == ALL_DAYS else tr("第 {0} 天").format(self.day + 1)
        self.label.setText(text)
        self.before.setToolTip(tr("前一天"))
        self.after.setToolTip(tr("后一天"))
        self.slider.setAccessibleName(tr("显示的日期"))
        self.slider.setToolTip(tr("拖到最左为全部日期"))
        for arrow in (self.before, self.after):
            arrow.setAccessibleName(arrow.toolTip())
            arrow.setIcon(icons.icon(arrow.objectName()))
        self.before.setEnabled(self.slider.value() > 0)
        self.after.setEnabled(self.slider.value() < n_days)


def _arrow(name: str) -> QToolButton:
    made = QToolButton()
    made.setObjectName(name)
    made.setAutoRepeat(True)
    return made
