"""The widget: what mouse and keys do, and what it shows meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.map.pointer import Tool
from desktop.map.scene import OverlayLayer, Scene, Stroke
from desktop.map.screen import STILL_MS
from desktop.map.tokens import DARK, LIGHT
from desktop.map.view import MapView
from layers.geometry import Geometry
from tests.cities import STEP_M, X0_M, Y0_M, tiny_city
from tests.desktop.map.pictures import n_pixels

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


@pytest.fixture
def view(qtbot: QtBot, scene: Scene) -> Iterator[MapView]:
    """Return the scene seen a metre a pixel, (0, 0) in the middle of 400 x 300 pixels."""
    made = MapView(in_process=True)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.set_scene(scene.layers)
    made.zoom_to((-200 / 1.08, -150 / 1.08, 200 / 1.08, 150 / 1.08))
    with qtbot.waitSignal(made.drawn):
        made.show()
    yield made
    made.close_renderer()


def shown(view: MapView) -> QImage:
    return view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def wheel(view: MapView, notches: float, at: QPointF) -> None:
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, round(120 * notches)), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def test_it_shows_ground_first_and_the_map_when_it_is_ready(qtbot: QtBot, scene: Scene) -> None:
    view = MapView(in_process=True)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.set_scene(scene.layers)
    assert n_pixels(shown(view), LIGHT.ground) > 10_000
    assert n_pixels(shown(view), "#00ff00") == 0
    with qtbot.waitSignal(view.drawn):
        view.show()
    assert n_pixels(shown(view), "#00ff00") > 0


def test_a_city_is_shown_whole(view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignals([view.drawn, view.scale_changed, view.view_changed]):
        view.set_city(tiny_city())
    low_x, low_y, high_x, high_y = view.camera.box
    assert low_x < X0_M < X0_M + 3 * STEP_M < high_x
    assert low_y < Y0_M < Y0_M + 2 * STEP_M < high_y
    assert view.centre == (view.camera.x_m, view.camera.y_m)
    assert {entry.key for entry in view.legend()} >= {"streets", "depots"}


def test_layers_and_overlays_can_be_hidden(view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.drawn):
        view.set_visible("lake", False)
    assert n_pixels(shown(view), "#00ff00") == 0
    with qtbot.waitSignal(view.drawn):
        view.set_visible("lake", True)
    assert n_pixels(shown(view), "#00ff00") > 0
    route = OverlayLayer("r", Geometry.lines([[(-90, -60), (90, -60)]]), (Stroke("#0072b2", 3.0),))
    with qtbot.waitSignal(view.drawn):
        view.set_overlay([route])
    assert n_pixels(shown(view), "#0072b2") > 100
    assert view.pick(0, -60, 3) == [("r", 0)]


def test_a_theme_changes_the_colours(view: MapView, qtbot: QtBot) -> None:
    for tokens in ("dark", DARK):
        with qtbot.waitSignal(view.drawn):
            view.set_theme(tokens)
        assert n_pixels(shown(view), DARK.ground) > 10_000


def test_the_wheel_zooms_to_the_cursor(view: MapView, qtbot: QtBot) -> None:
    before = view.camera.to_map(300, 80)
    with qtbot.waitSignal(view.scale_changed) as got:
        wheel(view, 1, QPointF(300, 80))
    assert got.args == [view.scale]
    assert view.camera.mpp == pytest.approx(1 / 1.25)
    assert view.camera.to_map(300, 80) == pytest.approx(before)
    wheel(view, -400, QPointF(300, 80))
    assert view.camera.mpp == pytest.approx(2000)


def test_a_stretched_image_is_shown_until_the_sharp_one_comes(view: MapView, qtbot: QtBot) -> None:
    lake = n_pixels(shown(view), "#00ff00")
    view.zoom(2.0)
    assert n_pixels(shown(view), "#00ff00") > 2 * lake
    with qtbot.waitSignal(view.drawn):
        pass
    assert n_pixels(shown(view), "#00ff00") > 3 * lake
    view.centre_on(100_000, 0, 5000)
    assert n_pixels(shown(view), LIGHT.ground) > 50_000


def test_zooming_far_out_shows_the_whole_city_at_once(view: MapView, qtbot: QtBot) -> None:
    view.zoom_to((30, -35, 35, -30))
    qtbot.waitUntil(lambda: n_pixels(shown(view), "#00ff00") > 100_000)
    qtbot.wait(STILL_MS + 200)
    view.zoom(1 / 60)
    assert 1000 < n_pixels(shown(view), "#00ff00") < 50_000
    assert n_pixels(shown(view), LIGHT.ground) > 10_000


def test_nothing_is_drawn_while_it_is_hidden(view: MapView, qtbot: QtBot) -> None:
    images: list[object] = []
    view.drawn.connect(lambda: images.append(1))
    view.hide()
    view.set_theme("dark")
    view.pan(1000, 0)
    qtbot.wait(60)
    assert images == []
    with qtbot.waitSignal(view.drawn):
        view.show()


@pytest.mark.parametrize("button", [LEFT, MIDDLE])
def test_dragging_pans(view: MapView, qtbot: QtBot, button: Qt.MouseButton) -> None:
    if button == LEFT:
        view.set_tool(Tool.PAN)
    QTest.mousePress(view, button, pos=QPoint(100, 100))
    QTest.mouseMove(view, QPoint(130, 90))
    assert view.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseRelease(view, button, pos=QPoint(130, 90))
    assert view.centre == pytest.approx((-30, -10))
    QTest.mouseMove(view, QPoint(200, 200))
    assert view.centre == pytest.approx((-30, -10))


def test_the_space_bar_pans_with_the_left_button_and_does_not_select(view: MapView, qtbot: QtBot) -> None:
    clicks: list[object] = []
    view.clicked.connect(lambda *args: clicks.append(args))
    QTest.keyPress(view, Qt.Key.Key_Space)
    QTest.mousePress(view, LEFT, pos=QPoint(100, 100))
    QTest.mouseMove(view, QPoint(120, 100))
    QTest.mouseRelease(view, LEFT, pos=QPoint(120, 100))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.centre == pytest.approx((-20, 0))
    assert clicks == []


def test_small_pans_need_no_new_image_and_large_ones_do(view: MapView, qtbot: QtBot) -> None:
    images: list[object] = []
    view.drawn.connect(lambda: images.append(1))
    view.pan(20, 10)
    qtbot.wait(60)
    assert images == []
    with qtbot.waitSignal(view.drawn):
        view.pan(90, 0)


@pytest.mark.parametrize(
    ("key", "centre", "mpp"),
    [
        (Qt.Key.Key_Left, (-100, 0), 1.0),
        (Qt.Key.Key_Right, (100, 0), 1.0),
        (Qt.Key.Key_Up, (0, 75), 1.0),
        (Qt.Key.Key_Down, (0, -75), 1.0),
        (Qt.Key.Key_Plus, (0, 0), 0.8),
        (Qt.Key.Key_Minus, (0, 0), 1.25),
    ],
)
def test_keys_steer(view: MapView, qtbot: QtBot, key: Qt.Key, centre: tuple[float, float], mpp: float) -> None:
    QTest.keyClick(view, key)
    assert view.centre == pytest.approx(centre, abs=0.01)
    assert view.camera.mpp == pytest.approx(mpp)


def test_home_shows_all_again(view: MapView, qtbot: QtBot) -> None:
    view.set_city(tiny_city())
    whole = view.camera
    view.pan(500, 0)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.camera == whole


def test_a_click_tells_where_and_how_near(view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.clicked) as got:
        QTest.mouseClick(view, LEFT, pos=QPoint(260, 110))
    assert got.args is not None
    assert got.args == pytest.approx([60, 40, 6])
    assert view.pick(*got.args) == [("depots", 0), ("streets", 1)]


def test_a_dragged_box_selects_and_does_not_click(view: MapView, qtbot: QtBot) -> None:
    clicks: list[object] = []
    view.clicked.connect(lambda *args: clicks.append(args))
    QTest.mousePress(view, LEFT, pos=QPoint(250, 100))
    QTest.mouseMove(view, QPoint(280, 130))
    assert n_pixels(shown(view), LIGHT.accent) > 20
    with qtbot.waitSignal(view.boxed) as got:
        QTest.mouseRelease(view, LEFT, pos=QPoint(280, 130))
    assert got.args is not None
    assert got.args[0] == pytest.approx((50, 20, 80, 50))
    assert view.pick_box(got.args[0]) == [("depots", 0)]
    assert clicks == []


def test_hovering_tells_what_is_under_the_cursor_once(view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignals([view.moved, view.hovered]):
        QTest.mouseMove(view, QPoint(260, 110))
    assert n_pixels(shown(view), LIGHT.selection) > 5
    with qtbot.waitSignal(view.hovered) as got:
        QTest.mouseMove(view, QPoint(390, 290))
    assert got.args == [None]


def test_what_is_selected_stands_out_at_once(view: MapView) -> None:
    view.set_selection([("streets", 0), ("depots", 0), ("lake", 0), ("gone", 3)])
    assert n_pixels(shown(view), LIGHT.selection) > 300
    view.set_selection([])
    assert n_pixels(shown(view), LIGHT.selection) == 0


def test_a_box_zooms_and_a_click_too(view: MapView, qtbot: QtBot) -> None:
    view.set_tool(Tool.ZOOM_BOX)
    QTest.mousePress(view, LEFT, pos=QPoint(200, 100))
    QTest.mouseMove(view, QPoint(300, 150))
    QTest.mouseRelease(view, LEFT, pos=QPoint(300, 150))
    assert view.centre == pytest.approx((50, 25))
    assert view.camera.mpp == pytest.approx(1.08 * 100 / 400)
    QTest.mouseClick(view, LEFT, pos=QPoint(200, 150))
    assert view.camera.mpp == pytest.approx(1.08 * 100 / 800)


def test_double_click_zooms_in(view: MapView, qtbot: QtBot) -> None:
    QTest.mouseDClick(view, LEFT, pos=QPoint(200, 150))
    assert view.camera.mpp == pytest.approx(0.5)


def test_measuring_tells_length_and_area_and_ends_with_a_double_click(view: MapView, qtbot: QtBot) -> None:
    told: list[tuple[float, float]] = []
    view.measured.connect(lambda length_m, area_m2: told.append((length_m, area_m2)))
    view.set_tool(Tool.MEASURE)
    for at in (QPoint(100, 100), QPoint(200, 100), QPoint(200, 200)):
        QTest.mouseClick(view, LEFT, pos=at)
    assert told == [(0.0, 0.0), (100.0, 0.0), (200.0, 5000.0)]
    QTest.mouseMove(view, QPoint(150, 250))
    assert n_pixels(shown(view), LIGHT.accent) > 100
    QTest.keyClick(view, Qt.Key.Key_Backspace)
    assert told[-1] == (100.0, 0.0)
    QTest.mouseDClick(view, LEFT, pos=QPoint(200, 100))
    QTest.mouseClick(view, LEFT, pos=QPoint(10, 10))
    assert told[-1] == (0.0, 0.0)


def test_escape_leaves_the_tool(view: MapView, qtbot: QtBot) -> None:
    view.set_tool(Tool.MEASURE)
    QTest.mouseClick(view, LEFT, pos=QPoint(100, 100))
    with qtbot.waitSignal(view.tool_changed) as got:
        QTest.keyClick(view, Qt.Key.Key_Escape)
    assert got.args == [Tool.SELECT]
    assert view.tool is Tool.SELECT
    assert n_pixels(shown(view), LIGHT.accent) == 0


def test_what_fills_the_view_fills_it_after_a_resize(view: MapView) -> None:
    view.set_city(tiny_city())
    view.resize(800, 200)
    assert view.camera.box[1] < Y0_M
    assert (view.camera.width_px, view.camera.height_px) == (800, 200)
    view.zoom(2.0)
    centre, scale = view.centre, view.scale
    view.resize(500, 500)
    assert (view.centre, view.scale) == (centre, scale)


def test_a_new_scene_drops_what_was_selected(view: MapView, scene: Scene) -> None:
    view.set_selection([("streets", 0)])
    view.set_scene(replace(scene, layers=scene.layers[:1]).layers)
    assert n_pixels(shown(view), LIGHT.selection) == 0
