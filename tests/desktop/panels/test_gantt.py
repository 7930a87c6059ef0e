from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.panels.gantt import GanttPanel
from layers.text import Text
from optimizer.plan import Leg, LegKind, Route
from tests.night import night_plan

H = 3600.0


def route(key: str, vehicle: str, start_h: float) -> Route:
    legs = (
        Leg(LegKind.DRIVE, start_h * H, (start_h + 0.5) * H, 4000.0),
        Leg(LegKind.SERVE, (start_h + 0.5) * H, (start_h + 2) * H, 9000.0, item="s1:R"),
        Leg(LegKind.UNLOAD, (start_h + 2) * H, (start_h + 2.2) * H),
    )
    return Route(key, vehicle, "sweeper", "depot1", "night", legs)


def panel(qtbot: QtBot) -> GanttPanel:
    made = GanttPanel()
    qtbot.addWidget(made)
    made.resize(900, 200)
    made.show_routes([route("a", "车 1", 5), route("b", "车 2", 5), route("c", "车 1", 14)], {"a": "#0072b2"})
    made.show()
    return made


def test_a_vehicle_has_one_row_for_all_its_shifts(qtbot: QtBot) -> None:
    made = panel(qtbot)
    bars = made.bars
    assert [[r.id for r in row] for row in bars.rows] == [["a", "c"], ["b"]]
    assert bars.axis.spans_s == ((5 * H, 8 * H), (14 * H, 17 * H))


def test_a_click_chooses_the_route_nearest_in_time(qtbot: QtBot) -> None:
    made = panel(qtbot)
    at = QPoint(int(made.bars.x_of(15 * H)), 24 + 13)
    with qtbot.waitSignal(made.route_chosen) as told:
        QTest.mouseClick(made.bars.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert told.args == ["c"]


def test_hovering_tells_what_is_done(qtbot: QtBot) -> None:
    made = panel(qtbot)
    bars = made.bars
    text = bars.hint(bars.x_of(6 * H), 24 + 13)
    assert "作业" in text
    assert "05:30–07:00" in text
    assert bars.hint(bars.x_of(12 * H), 24 + 13) == "车 1"
    assert bars.hint(0, 5) == ""


def test_bars_are_painted_in_the_routes_colour(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.choose("a")
    image = made.bars.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    x, y = made.bars.x_of(6 * H) * ratio, (24 + 13) * ratio
    assert image.pixelColor(int(x), int(y)).name() == "#0072b2"


def test_without_routes_it_says_so(qtbot: QtBot) -> None:
    made = GanttPanel()
    qtbot.addWidget(made)
    made.show()
    assert not made.bars.isVisible()
    assert "班次" in made._empty.text()


def test_vehicles_are_called_by_the_names_given(qtbot: QtBot) -> None:
    made = GanttPanel()
    qtbot.addWidget(made)
    made.show_routes([route("a", "车 1", 5)], {}, {"a": Text("扫路车 1", "sweeper 1")})
    assert made.bars.name_of(route("a", "车 1", 5)) == "扫路车 1"


def test_rows_of_several_days_tell_theirs_and_long_names_have_room(qtbot: QtBot) -> None:
    made = GanttPanel()
    qtbot.addWidget(made)
    made.show_routes([route("a", "车 1", 5)], {})
    short_px = made.bars.name_px
    assert made.bars.row_name(route("a", "车 1", 5)) == "车 1"
    again = replace(route("b", "18 t high-pressure washer with a long name 01", 5), day=2)
    made.show_routes([route("a", "车 1", 5), again], {})
    assert made.bars.row_name(again) == "18 t high-pressure washer with a long name 01 · 第 3 天"
    assert made.bars.name_px > short_px


def test_trips_are_told_apart_and_the_legend_says_what_is_done(qtbot: QtBot) -> None:
    made = GanttPanel()
    qtbot.addWidget(made)
    made.show_routes(night_plan().routes, {})
    said = [word for _, word in made.legend.entries]
    assert said == ["行驶", "作业", "卸料", "充电", "等待"]
    assert "第 2 趟" in made.bars.hint(made.bars.x_of(19 * H + 47 * 60), 24 + 13)
    assert "趟" not in made.bars.hint(made.bars.x_of(19 * H + 12 * 60), 24 + 26 + 13)
