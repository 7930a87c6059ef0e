"""The shifts of all routes as bars: serve, drive, unload, refill, break, wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop import theme, words
from desktop.i18n import say, tr
from desktop.panels.parts import Panel, empty
from desktop.panels.rows import RowsArea
from desktop.panels.time_axis import TimeAxis, paint_cuts
from desktop.route_sheet import trips_of, word
from layers.text import Text
from optimizer.plan import Leg, LegKind, Route
from optimizer.rounds import charges

Names = Mapping[str, Text]
_NAME_PX, _NAME_MOST_PX, _HEAD_PX, _END_PX, _LEGEND_PX = 150, 260, 24, 36, 22
# Hours written at the head stand so far apart at least.
_LABEL_PX = 48
REFILL = "#0891b2"


class _Bars(RowsArea):
    """Paint the rows in sight, and nothing else."""

    route_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(theme.ROW_PX, theme.ROW_PX, _HEAD_PX)
        self.rows: Sequence[Sequence[Route]] = ()
        self.colours: Mapping[str, str] = {}
        self.names: Names = {}
        self.chosen = ""
        self.axis = TimeAxis()
        self.name_px = _NAME_PX
        self._legs: dict[str, list[Leg]] = {}
        self._spans: dict[str, list[tuple[float, float]]] = {}
        self._has_days = False

    def show_routes(self, routes: Sequence[Route], colours: Mapping[str, str], names: Names) -> None:
        self.names = names
        by_vehicle: dict[tuple[str, int], list[Route]] = {}
        working = [r for r in routes if r.legs]
        for route in working:
            by_vehicle.setdefault((route.vehicle, route.day), []).append(route)
        self.rows, self.colours = list(by_vehicle.values()), colours
        self._legs, self._spans = {}, {}
        self._has_days = len({route.day for route in working}) > 1
        widest = max((self.fontMetrics().horizontalAdvance(self.row_name(row[0])) for row in self.rows), default=0)
        self.name_px = min(max(_NAME_PX, widest + theme.PAD_PX + 12), _NAME_MOST_PX)
        self.axis = TimeAxis.of((r.legs[0].start_s, r.legs[-1].end_s) for r in working)
        self.show_rows(len(self.rows))

    def x_of(self, time_s: float) -> float:
        """Return where a time stands, pixels."""
        area = self._area()
        return self.axis.x_of(time_s, area.left(), area.width())

    def _area(self) -> QRectF:
        width = self.viewport().width() - self.name_px - _END_PX
        return QRectF(self.name_px, _HEAD_PX, max(width, 1), max(self.viewport().height() - _HEAD_PX, 1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        painter, tokens = QPainter(self.viewport()), theme.current()
        painter.fillRect(self.viewport().rect(), QColor(tokens.panel))
        self._paint_hours(painter, tokens)
        top = _HEAD_PX - self.verticalScrollBar().value()
        painter.setClipRect(0, _HEAD_PX, self.viewport().width(), self.viewport().height())
        first = max(0, -(top - _HEAD_PX) // theme.ROW_PX)
        n_rows = self.viewport().height() // theme.ROW_PX + 2
        for i in range(first, min(len(self.rows), first + n_rows)):
            self._paint_row(painter, tokens, self.rows[i], top + i * theme.ROW_PX)

    def _paint_hours(self, painter: QPainter, tokens: theme.Tokens) -> None:
        area = self._area()
        painter.setFont(theme.body_font(theme.SMALL_PX))
        paint_cuts(painter, self.axis, area)
        for time_s, text in self.axis.hours(area.width(), _LABEL_PX):
            x = self.x_of(time_s)
            painter.setPen(QColor(tokens.hairline))
            painter.drawLine(int(x), _HEAD_PX, int(x), self.viewport().height())
            painter.setPen(QColor(tokens.secondary))
            painter.drawText(QRectF(x - 44, 4, 88, _HEAD_PX - 6), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_row(self, painter: QPainter, tokens: theme.Tokens, routes: Sequence[Route], y: int) -> None:
        if any(r.id == self.chosen for r in routes):
            painter.fillRect(QRectF(0, y, self.viewport().width(), theme.ROW_PX), QColor(tokens.selection))
        painter.setPen(QColor(tokens.text))
        name = QRectF(theme.PAD_PX, y, self.name_px - theme.PAD_PX - 8, theme.ROW_PX)
        text = painter.fontMetrics().elidedText(self.row_name(routes[0]), Qt.TextElideMode.ElideMiddle, int(name.width()))
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for route in routes:
            colour = QColor(self.colours.get(route.id, tokens.accent))
            if route.id not in self._legs:
                self._legs[route.id] = _joined(route.legs)
            self._paint_trips(painter, colour, route, y)
            for leg in self._legs[route.id]:
                self._paint_leg(painter, tokens, leg, y, colour)
            if route.id == self.chosen:
                self._paint_frame(painter, tokens, route, y)

    def _paint_frame(self, painter: QPainter, tokens: theme.Tokens, route: Route, y: int) -> None:
        x, end = self.x_of(route.legs[0].start_s), self.x_of(route.legs[-1].end_s)
        painter.setPen(QPen(QColor(tokens.accent), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(x - 3, y + 3, end - x + 6, theme.ROW_PX - 6), 3, 3)

    def _paint_leg(self, painter: QPainter, tokens: theme.Tokens, leg: Leg, y: int, colour: QColor) -> None:
        x, end = self.x_of(leg.start_s), self.x_of(leg.end_s)
        middle = y + theme.ROW_PX / 2
        if leg.kind is LegKind.SERVE:
            painter.fillRect(QRectF(x, y + 6, max(end - x, 1.0), theme.ROW_PX - 12), colour)
        elif leg.kind is LegKind.DRIVE:
            painter.fillRect(QRectF(x, middle - 0.6, end - x, 1.2), QColor(tokens.secondary))
        else:
            paint_stay(painter, tokens, leg.kind, QRectF(x, middle - 4, max(end - x, 3.0), 8))

    def _paint_trips(self, painter: QPainter, colour: QColor, route: Route, y: int) -> None:
        """Lay a ground under each trip of a route that has several, darker and lighter in turn."""
        for trip, (from_s, to_s) in enumerate(self._trips(route), 1):
            x, end = self.x_of(from_s), self.x_of(to_s)
            ground = QColor(colour)
            ground.setAlpha(56 if trip % 2 else 28)
            painter.fillRect(QRectF(x, y + 2, max(end - x, 1.0), theme.ROW_PX - 4), ground)

    def _trips(self, route: Route) -> list[tuple[float, float]]:
        """Return begin and end of each trip of a route; none where it has but one."""
        if route.id not in self._spans:
            spans: dict[int, tuple[float, float]] = {}
            for leg, trip in zip(route.legs, trips_of(route), strict=True):
                spans[trip] = (spans.get(trip, (leg.start_s, 0.0))[0], leg.end_s)
            self._spans[route.id] = list(spans.values()) if len(spans) > 1 else []
        return self._spans[route.id]

    def name_of(self, route: Route) -> str:
        """Return what the vehicle of a route is called."""
        return say(self.names[route.id]) if route.id in self.names else route.vehicle

    def row_name(self, route: Route) -> str:
        """Return what stands before a row: the vehicle, and its day where several are shown."""
        name = self.name_of(route)
        return f"{name} · {tr('第 {0} 天').format(route.day + 1)}" if self._has_days else name

    def route_at(self, x: float, y: float) -> Route | None:
        """Return the route at a place of the viewport: of the vehicle in that row, the one nearest in time."""
        line = self.line_at(y)
        if line is None:
            return None

        def away(route: Route) -> float:
            return max(self.x_of(route.legs[0].start_s) - x, x - self.x_of(route.legs[-1].end_s), 0.0)

        return min(self.rows[line], key=away)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the route under the cursor."""
        route = self.route_at(event.position().x(), event.position().y())
        if route is not None:
            self.route_chosen.emit(route.id)

    def hint(self, x: float, y: float) -> str:
        """Return what is done at a place."""
        route = self.route_at(x, y)
        if route is None:
            return ""
        leg = next((a for a in route.legs if self.x_of(a.start_s) <= x <= self.x_of(a.end_s)), None)
        if leg is None:
            return self.row_name(route)
        trips = trips_of(route)
        trip = [tr("第 {0} 趟").format(trips[route.legs.index(leg)])] if trips[-1] > 1 else []
        lines = [
            " · ".join([self.row_name(route), *trip, tr(word(leg.kind, charges=charges(route)))]),
            f"{words.time_of_day(leg.start_s)}–{words.time_of_day(leg.end_s)}",
        ]
        if leg.length_m:
            lines.append(words.figure(leg.length_m, "m"))
        return "\n".join(lines)


def paint_stay(painter: QPainter, tokens: theme.Tokens, kind: LegKind, place: QRectF) -> None:
    """Paint a vehicle that stands: unloading and refilling are filled, a break is hollow, waiting is hatched."""
    ink = QColor(tokens.secondary)
    if kind is LegKind.UNLOAD:
        painter.fillRect(place, QColor(tokens.nearly))
    elif kind is LegKind.REFILL:
        painter.fillRect(place, QColor(REFILL))
    elif kind is LegKind.BREAK:
        painter.setPen(QPen(ink, 1.0))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        painter.fillRect(place, QBrush(ink, Qt.BrushStyle.BDiagPattern))


class Legend(QWidget):
    """Say what the bars mean: of what the plan's vehicles do, one sign each."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[tuple[LegKind, str]] = []
        self.setFixedHeight(_LEGEND_PX)

    def show_routes(self, routes: Sequence[Route]) -> None:
        """List what these routes do."""
        done: dict[tuple[LegKind, str], None] = {}
        for route in routes:
            electric = charges(route)
            done |= {(kind, word(kind, charges=electric)): None for kind in {leg.kind for leg in route.legs}}
        order = list(LegKind)
        self.entries = sorted(done, key=lambda entry: order.index(entry[0]))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the signs in a row."""
        painter, tokens, x = QPainter(self), theme.current(), float(theme.PAD_PX)
        painter.setFont(theme.body_font(theme.SMALL_PX))
        middle = self.height() / 2
        for kind, source in self.entries:
            place = QRectF(x, middle - 4, 16, 8)
            if kind is LegKind.SERVE:
                painter.fillRect(place.adjusted(0, -2, 0, 2), QColor(tokens.accent))
            elif kind is LegKind.DRIVE:
                painter.fillRect(QRectF(x, middle - 0.6, 16, 1.2), QColor(tokens.secondary))
            else:
                paint_stay(painter, tokens, kind, place)
            painter.setPen(QColor(tokens.secondary))
            text = words.sentence(tr(source))
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(QRectF(x + 22, 0, width + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += 22 + width + 18


def _joined(legs: Sequence[Leg]) -> list[Leg]:
    """Return the legs with neighbours of one kind drawn as one."""
    out: list[Leg] = []
    for leg in legs:
        if out and out[-1].kind is leg.kind and leg.start_s - out[-1].end_s < 1.0:
            out[-1] = Leg(leg.kind, out[-1].start_s, leg.end_s)
        else:
            out.append(Leg(leg.kind, leg.start_s, leg.end_s))
    return out


class GanttPanel(Panel):
    """Show who works when."""

    route_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.bars, self.legend = _Bars(), Legend()
        self._empty = empty("")
        self.box.addWidget(self._empty)
        self.box.addWidget(self.bars, 1)
        self.box.addWidget(self.legend)
        self.bars.route_chosen.connect(self.route_chosen)
        self.retranslate()
        self.show_routes((), {})

    def show_routes(self, routes: Sequence[Route], colours: Mapping[str, str], names: Names | None = None) -> None:
        """Show other routes; `names` are what their vehicles are called, by id of the route."""
        self._empty.setVisible(not routes)
        self.bars.setVisible(bool(routes))
        self.legend.setVisible(bool(routes))
        self.legend.show_routes(routes)
        self.bars.show_routes(routes, colours, names or {})

    def choose(self, route: str) -> None:
        """Mark a route."""
        self.bars.chosen = route
        self.bars.viewport().update()

    def retranslate(self) -> None:
        """Say it in the present language."""
        self._empty.setText(tr("计算后，每辆车的班次会画在这里。"))
        self.legend.update()
        self.bars.viewport().update()
