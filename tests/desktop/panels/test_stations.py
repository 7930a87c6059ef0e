from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.panels.stations import StationsPanel
from publish.timetables import timetables
from tests.night import VEHICLES, H, M, night_city, night_plan


def panel(qtbot: QtBot) -> StationsPanel:
    made = StationsPanel()
    qtbot.addWidget(made)
    made.resize(1000, 200)
    made.show_stations(timetables(night_plan(), night_city(), VEHICLES).stations)
    made.show()
    return made


def test_the_axis_holds_whole_hours(qtbot: QtBot) -> None:
    assert panel(qtbot).charts.axis.spans_s == ((19 * H, 21 * H),)


def test_more_vehicles_than_bays_are_painted_as_missed(qtbot: QtBot) -> None:
    made = panel(qtbot)
    charts = made.charts
    left, _ = charts.areas()
    image = charts.viewport().grab().toImage()
    y = 24 + 64 - 16 - 3  # just above the foot of the first row's chart

    def colour(time_s: float) -> str:
        return QColor(image.pixel(int(charts.x_of(left, time_s)), y)).name()

    assert colour(19 * H + 20 * M) == theme.current().missed  # two at once at one bay
    assert colour(20 * H + 5 * M) == theme.current().accent
    assert colour(20 * H + 50 * M) not in {theme.current().missed, theme.current().accent}


def test_hovering_tells_the_figures_of_the_quarter(qtbot: QtBot) -> None:
    made = panel(qtbot)
    charts = made.charts
    left, _ = charts.areas()
    text = charts.hint(charts.x_of(left, 19 * H + 20 * M), 24 + 30)
    assert "东站" in text
    assert "2 辆同时卸料" in text
    assert "泊位 1" in text
    assert charts.hint(5, 5) == ""


def test_a_click_chooses_the_station(qtbot: QtBot) -> None:
    made = panel(qtbot)
    with qtbot.waitSignal(made.item_chosen) as told:
        QTest.mouseClick(
            made.charts.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(300, 24 + 30)
        )
    assert told.args == ["ts1"]
