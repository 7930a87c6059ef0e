"""The map as a widget: it shows the last image at once, and has new ones made elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QFont,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.map.camera import PIXEL_M, Box, Camera
from desktop.map.city_layers import city_layers
from desktop.map.far import FarRenderer
from desktop.map.furniture import area_m2, draw_band, draw_measure, draw_outline, draw_scale_bar, length_m
from desktop.map.glow import Glow
from desktop.map.pick import Hit, Picker
from desktop.map.pointer import TOLERANCE_PX, Pointer, Tool
from desktop.map.renderer import InProcess
from desktop.map.scene import LegendEntry, MapLayer, OverlayLayer, Scene, legend
from desktop.map.screen import Screen
from desktop.map.tokens import THEMES, MapTokens
from layers.city import City

LEAST_MPP, MOST_MPP = 0.02, 2000.0


class MapView(QWidget):
    """Show a city, let the user move about in it, and tell what is pointed at.

    Parameters
    ----------
    in_process
        Draw in this process: for tests and print; the window uses a render process.
    """

    moved = Signal(float, float)  # place under the cursor, metres
    clicked = Signal(float, float, float)  # place and tolerance, metres
    boxed = Signal(object)  # box dragged with the select tool: min x, min y, max x, max y; metres
    hovered = Signal(object)  # (layer key, row) or None
    menu_wanted = Signal(float, float, float, object)  # place and tolerance, metres; point of the screen
    outlined = Signal(object)  # corners of an area that was drawn, metres
    measured = Signal(float, float)  # length in metres, area in square metres
    tool_changed = Signal(object)
    scale_changed = Signal(float)  # denominator
    view_changed = Signal()
    drawn = Signal()  # an up-to-date image is on the screen
    failed = Signal(object)  # layers.text.Text: what went wrong for good

    def __init__(self, parent: QWidget | None = None, *, in_process: bool = False) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self._camera = Camera(0.0, 0.0, 1.0, max(self.width(), 1), max(self.height(), 1))
        self._bounds: Box = (-500.0, -500.0, 500.0, 500.0)
        self._fit: Box | None = self._bounds
        self._scene = Scene()
        self._picker, self._glow = Picker(()), Glow()
        self._pointer = Pointer(self)
        self._cursor = QPointF()
        self._hovered: Hit | None = None
        self._screen = Screen(InProcess() if in_process else FarRenderer(), self)
        self._screen.set_scene(self._scene)
        self._screen.changed.connect(self.update)
        self._screen.drawn.connect(self.drawn)
        self._screen.failed.connect(self.failed)
        self._hover_timer = QTimer(self, singleShot=True, interval=30)
        self._hover_timer.timeout.connect(self._find_hovered)

    # What is shown

    @property
    def scene(self) -> Scene:
        """All that the map shows."""
        return self._scene

    @property
    def camera(self) -> Camera:
        """Which part of the city is seen."""
        return self._camera

    @property
    def centre(self) -> tuple[float, float]:
        """Place in the middle of the view, metres."""
        return (self._camera.x_m, self._camera.y_m)

    @property
    def scale(self) -> float:
        """Denominator of the scale."""
        return self._camera.scale

    @property
    def tool(self) -> Tool:
        """The tool in the hand."""
        return self._pointer.tool

    def set_city(self, city: City) -> None:
        """Show a city's layers in their standard styles, all of it in sight."""
        self._bounds = city.bounds
        self.set_scene(city_layers(city))
        self.zoom_full()

    def set_scene(self, layers: Iterable[MapLayer]) -> None:
        """Show these layers in place of those before; the view stays where it is."""
        self._change(replace(self._scene, layers=tuple(layers)))
        self._glow.set_layers(self._scene.layers)

    def set_overlay(self, overlays: Iterable[OverlayLayer]) -> None:
        """Show these routes, unserved streets or markers of a plan in place of those before."""
        self._change(replace(self._scene, overlays=tuple(overlays)))

    def set_visible(self, key: str, shown: bool) -> None:
        """Show or hide a layer or overlay."""
        hidden = self._scene.hidden - {key} if shown else self._scene.hidden | {key}
        if hidden != self._scene.hidden:
            self._change(replace(self._scene, hidden=hidden))

    def set_theme(self, tokens: MapTokens | str) -> None:
        """Use other colours: `MapTokens`, or ``light`` or ``dark``."""
        self._change(replace(self._scene, tokens=THEMES[tokens] if isinstance(tokens, str) else tokens))

    def set_selection(self, items: Iterable[Hit]) -> None:
        """Make these objects, ``(layer key, row)``, stand out."""
        self._glow.select(items)
        self.update()

    def legend(self) -> tuple[LegendEntry, ...]:
        """Return an entry for each class of objects on the map, the topmost first."""
        return legend((*self._scene.layers, *self._scene.overlays))

    def _change(self, scene: Scene) -> None:
        if scene.layers is not self._scene.layers or scene.overlays is not self._scene.overlays:
            self._picker = Picker((*scene.layers, *scene.overlays))
        self._scene = scene
        self._screen.set_scene(scene)
        self.update()

    # Where it is looked at

    def zoom_full(self) -> None:
        """Show the whole city."""
        self.zoom_to(self._bounds)

    def zoom_to(self, bounds: Sequence[float]) -> None:
        """Show a box: min x, min y, max x, max y; metres."""
        self._fit = (float(bounds[0]), float(bounds[1]), float(bounds[2]), float(bounds[3]))
        self._look(Camera.fit(self._fit, self.width(), self.height(), self.devicePixelRatioF()), keep_fit=True)

    def centre_on(self, x_m: float, y_m: float, scale: float | None = None) -> None:
        """Bring a place to the middle, at another scale (its denominator) if one is given."""
        mpp = self._camera.mpp if scale is None else scale * PIXEL_M
        self._look(replace(self._camera, x_m=x_m, y_m=y_m, mpp=mpp))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Magnify by `factor`, with the place under `at` (else the centre) kept where it is."""
        factor = self._camera.mpp / min(max(self._camera.mpp / factor, LEAST_MPP), MOST_MPP)
        at = QPointF(self.width() / 2, self.height() / 2) if at is None else at
        self._look(self._camera.zoomed(factor, at.x(), at.y()))

    def pan(self, dx_px: float, dy_px: float) -> None:
        """Drag the map by so many pixels."""
        self._look(self._camera.panned(dx_px, dy_px))

    def _look(self, camera: Camera, *, keep_fit: bool = False) -> None:
        if not keep_fit:
            self._fit = None
        rescaled = camera.scale != self._camera.scale
        self._camera = camera
        self._screen.look(camera if self.isVisible() else None, self._bounds)
        self.update()
        if rescaled:
            self.scale_changed.emit(camera.scale)
        self.view_changed.emit()

    # Pointing

    def set_tool(self, tool: Tool) -> None:
        """Take a tool into the hand."""
        self._pointer.use(tool)
        self.tool_changed.emit(tool)
        self.update()

    def tell_outline(self, corners: Sequence[tuple[float, float]]) -> None:
        """Tell what area was drawn."""
        self.outlined.emit(tuple(corners))

    def leave_tool(self) -> None:
        """Go back to the select tool, and drop what was begun."""
        self.set_tool(Tool.SELECT)

    def pick(self, x_m: float, y_m: float, tol_m: float) -> list[Hit]:
        """Return ``(layer key, row)`` of what lies near a place: points, then lines, then areas, nearest first."""
        return self._picker.near(x_m, y_m, tol_m, self._scene.hidden, self._camera.scale)

    def pick_box(self, box: Box) -> list[Hit]:
        """Return ``(layer key, row)`` of what lies within a box."""
        return self._picker.within(box, self._scene.hidden, self._camera.scale)

    def click(self, at: QPointF) -> None:
        """Tell that a place was clicked."""
        self.clicked.emit(*self._camera.to_map(at.x(), at.y()), TOLERANCE_PX * self._camera.mpp)

    @property
    def pointed(self) -> tuple[float, float]:
        """Place under the cursor, metres; the middle of the view where the cursor is elsewhere."""
        inside = self.underMouse()
        return self._camera.to_map(self._cursor.x(), self._cursor.y()) if inside else self.centre

    def hover(self, at: QPointF) -> None:
        """Look soon for what the cursor is over."""
        self._cursor = at
        if not self._hover_timer.isActive():
            self._hover_timer.start()

    def _find_hovered(self) -> None:
        x_m, y_m = self._camera.to_map(self._cursor.x(), self._cursor.y())
        hits = self.pick(x_m, y_m, TOLERANCE_PX * self._camera.mpp)
        self._set_hovered(hits[0] if hits else None)

    def _set_hovered(self, hit: Hit | None) -> None:
        if hit != self._hovered:
            self._hovered = hit
            self._glow.hover(hit)
            self.update()
            self.hovered.emit(hit)

    def tell_measure(self, corners: Sequence[tuple[float, float]]) -> None:
        """Tell the length and the area of what is being measured."""
        self.measured.emit(length_m(corners), area_m2(corners) if len(corners) > 2 else 0.0)

    # Events that Qt sends

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the last image, what is selected, and what stands on the glass."""
        painter = QPainter(self)
        tokens = self._scene.tokens
        self._screen.paint(painter, self._camera)
        self._glow.paint(painter, self._camera, tokens)
        font = QFont(self.font())
        font.setPixelSize(12)
        draw = draw_outline if self.tool is Tool.DRAW else draw_measure
        draw(painter, self._pointer.sketch(self._cursor), self._camera, tokens, font)
        if self._pointer.band is not None:
            draw_band(painter, *self._pointer.band, tokens)
        if self._scene.layers:
            draw_scale_bar(painter, self._camera, tokens, font)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the centre, or what was zoomed to, in sight."""
        ratio = self.devicePixelRatioF()
        camera = replace(self._camera, width_px=max(self.width(), 1), height_px=max(self.height(), 1), ratio=ratio)
        if self._fit is not None:
            camera = Camera.fit(self._fit, camera.width_px, camera.height_px, ratio)
        self._look(camera, keep_fit=True)

    def event(self, event: QEvent) -> bool:
        """Follow a move to a screen of another density."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._look(replace(self._camera, ratio=self.devicePixelRatioF()), keep_fit=True)
        return bool(super().event(event))

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the first image."""
        self._screen.look(self._camera, self._bounds)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for no more images until the map is seen again."""
        self._screen.look(None, self._bounds)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the render process."""
        self.close_renderer()

    def close_renderer(self) -> None:
        """Let go of processes, memory and files; the map stays as it is."""
        self._screen.renderer.close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag or a click."""
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a drag, or hover."""
        self._cursor = event.position()
        self._pointer.move(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Let go of what the cursor was over."""
        self._hover_timer.stop()
        self._set_hovered(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag or a click."""
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom in, or end the line that is measured."""
        self._pointer.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a place; the key for it means the middle of the view."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = QPointF(self.width() / 2, self.height() / 2) if by_key else QPointF(event.pos())
        x_m, y_m = self._camera.to_map(at.x(), at.y())
        self.menu_wanted.emit(x_m, y_m, TOLERANCE_PX * self._camera.mpp, self.mapToGlobal(at.toPoint()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the cursor."""
        self._pointer.wheel(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Steer, or leave the tool."""
        if not self._pointer.key(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of the space bar."""
        if not self._pointer.key(event):
            super().keyReleaseEvent(event)
