"""What mouse and keys do on the map, by tool."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

if TYPE_CHECKING:
    from desktop.map.view import MapView

ZOOM_STEP = 1.25
PAN_SHARE = 0.25
DRAG_FROM_PX = 4.0
TOLERANCE_PX = 6.0


class Tool(Enum):
    """What a left click or drag means."""

    SELECT = "select"
    PAN = "pan"
    ZOOM_BOX = "zoom_box"
    MEASURE = "measure"
    DRAW = "draw"


_CURSORS = {
    Tool.SELECT: Qt.CursorShape.ArrowCursor,
    Tool.PAN: Qt.CursorShape.OpenHandCursor,
    Tool.ZOOM_BOX: Qt.CursorShape.CrossCursor,
    Tool.MEASURE: Qt.CursorShape.CrossCursor,
    Tool.DRAW: Qt.CursorShape.CrossCursor,
}
# Tools that take one corner a click.
_BY_CORNERS = {Tool.MEASURE, Tool.DRAW}
_LEAST_CORNERS = 3


class Pointer:
    """Turn the events of a `MapView` into moves of its camera, clicks and measurements."""

    def __init__(self, view: MapView) -> None:
        self._view = view
        self.tool = Tool.SELECT
        self.corners: list[tuple[float, float]] = []
        self.band: tuple[QPointF, QPointF] | None = None
        self._grab: QPointF | None = None
        self._press: QPointF | None = None
        self._space = False
        self._closed = False

    def use(self, tool: Tool) -> None:
        """Take a tool into the hand; what the last one left unfinished is dropped."""
        self.tool, self.band, self._press, self._grab = tool, None, None, None
        self.corners, self._closed = [], False
        self.show_cursor()

    def show_cursor(self) -> None:
        """Show the cursor of what the next drag will do."""
        if self._grab is not None:
            self._view.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self._view.setCursor(Qt.CursorShape.OpenHandCursor if self._space else _CURSORS[self.tool])

    def press(self, event: QMouseEvent) -> None:
        """Begin a drag or a click."""
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (left and (self._space or self.tool is Tool.PAN)):
            self._grab = event.position()
            self.show_cursor()
        elif left:
            self._press = event.position()

    def move(self, event: QMouseEvent) -> None:
        """Go on with a drag, or hover."""
        at = event.position()
        if self._grab is not None:
            self._view.pan(at.x() - self._grab.x(), at.y() - self._grab.y())
            self._grab = at
        elif self._press is not None and self.tool in {Tool.SELECT, Tool.ZOOM_BOX}:
            if (at - self._press).manhattanLength() >= DRAG_FROM_PX:
                self.band = (self._press, at)
                self._view.update()
        elif self.tool in _BY_CORNERS and self.corners and not self._closed:
            self._view.update()
        elif self.tool is Tool.SELECT:
            self._view.hover(at)
        self._view.moved.emit(*self._view.camera.to_map(at.x(), at.y()))

    def release(self, event: QMouseEvent) -> None:
        """End a drag or a click."""
        if self._grab is not None and event.button() in {Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton}:
            self._grab = None
            self.show_cursor()
        if event.button() != Qt.MouseButton.LeftButton or self._press is None:
            return
        press, self._press, band, self.band = self._press, None, self.band, None
        if band is not None:
            self._drop_band(*band)
        elif self.tool in _BY_CORNERS:
            self._add_corner(press)
        elif self.tool is Tool.ZOOM_BOX:
            self._view.zoom(2.0, press)
        else:
            self._view.click(press)
        self._view.update()

    def _drop_band(self, start: QPointF, end: QPointF) -> None:
        a, b = self._view.camera.to_map(start.x(), start.y()), self._view.camera.to_map(end.x(), end.y())
        box = (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        if self.tool is Tool.ZOOM_BOX:
            self._view.zoom_to(box)
        else:
            self._view.boxed.emit(box)

    def _add_corner(self, at: QPointF) -> None:
        if self._closed:
            self.corners, self._closed = [], False
        self.corners.append(self._view.camera.to_map(at.x(), at.y()))
        self._view.tell_measure(self.corners)

    def double_click(self, event: QMouseEvent) -> None:
        """Zoom in, or end the line that is measured or the area that is drawn."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.tool in _BY_CORNERS:
            self._close()
        else:
            self._view.zoom(2.0, event.position())

    def _close(self) -> None:
        """End the line; an area that was drawn is told, one of too few corners goes on."""
        if self.tool is Tool.DRAW:
            if len(self.corners) >= _LEAST_CORNERS:
                corners, self.corners = self.corners, []
                self._view.tell_outline(corners)
        else:
            self._closed = True
        self._view.update()

    def sketch(self, cursor: QPointF) -> list[tuple[float, float]]:
        """Return the corners of the line or area, the cursor's place with them while it is being drawn."""
        if self.tool not in _BY_CORNERS or not self.corners or self._closed:
            return self.corners
        return [*self.corners, self._view.camera.to_map(cursor.x(), cursor.y())]

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom to the cursor; half a notch zooms half a step."""
        notches = event.angleDelta().y() / 120
        if notches:
            self._view.zoom(ZOOM_STEP**notches, event.position())
        event.accept()

    def key(self, event: QKeyEvent) -> bool:
        """Answer a key that went down or up; returns whether it meant something to the map."""
        key, down = event.key(), event.type() == QEvent.Type.KeyPress
        if key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space = down
                self.show_cursor()
            return True
        return down and (self._steer(key) or self._edit(key))

    def _steer(self, key: int) -> bool:
        view = self._view
        dx, dy = view.width() * PAN_SHARE, view.height() * PAN_SHARE
        steps = {
            Qt.Key.Key_Left: (dx, 0.0),
            Qt.Key.Key_Right: (-dx, 0.0),
            Qt.Key.Key_Up: (0.0, dy),
            Qt.Key.Key_Down: (0.0, -dy),
        }
        zooms = {Qt.Key.Key_Plus: ZOOM_STEP, Qt.Key.Key_Equal: ZOOM_STEP, Qt.Key.Key_Minus: 1 / ZOOM_STEP}
        if key in steps:
            view.pan(*(round(step) for step in steps[Qt.Key(key)]))
        elif key in zooms:
            view.zoom(zooms[Qt.Key(key)])
        elif key == Qt.Key.Key_Home:
            view.zoom_full()
        else:
            return False
        return True

    def _edit(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self._view.leave_tool()
        elif key == Qt.Key.Key_Backspace and self.corners:
            self.corners.pop()
            self._view.tell_measure(self.corners)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.corners:
            self._close()
        else:
            return False
        self._view.update()
        return True
