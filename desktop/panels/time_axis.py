"""The hours that a chart shows: those with work side by side, long idle ones between them cut out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from desktop import theme, words
from desktop.i18n import tr
from layers.units import DAY_S, HOUR_S, clock

# Idle hours are cut out where there are at least so many; the cut is as wide as the label of an hour.
LEAST_IDLE_S = 3 * HOUR_S
CUT_PX = 48.0


@dataclass(frozen=True)
class TimeAxis:
    """Hold the hours shown, and turn times into pixels and back.

    Parameters
    ----------
    spans_s
        Begin and end of each stretch of hours, in order, seconds after midnight; whole hours.
    """

    spans_s: tuple[tuple[float, float], ...] = ((0.0, HOUR_S),)

    @classmethod
    def of(cls, busy_s: Iterable[tuple[float, float]]) -> TimeAxis:
        """Return the axis on which periods of work can be seen, given by begin and end, seconds."""
        spans: list[tuple[float, float]] = []
        for begin, end in sorted(busy_s):
            first, last = begin // HOUR_S * HOUR_S, max(-(-end // HOUR_S), begin // HOUR_S + 1) * HOUR_S
            if spans and first - spans[-1][1] < LEAST_IDLE_S:
                spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
            else:
                spans.append((first, last))
        return cls(tuple(spans)) if spans else cls()

    def px_a_second(self, width_px: float) -> float:
        """Return how far a second reaches on an axis of some width."""
        shown_s = sum(end - begin for begin, end in self.spans_s)
        return max(width_px - CUT_PX * (len(self.spans_s) - 1), 1.0) / shown_s

    def x_of(self, time_s: float, left_px: float, width_px: float) -> float:
        """Return where a time stands, pixels; idle time that is cut out stands in the cut."""
        scale, x = self.px_a_second(width_px), left_px
        for k, (begin, end) in enumerate(self.spans_s):
            if time_s <= end or k == len(self.spans_s) - 1:
                return x + scale * (time_s - begin) if time_s >= begin or k == 0 else x - CUT_PX / 2
            x += scale * (end - begin) + CUT_PX
        return x

    def time_at(self, x_px: float, left_px: float, width_px: float) -> float | None:
        """Return the time at a place, seconds after midnight; None within a cut or beside the axis."""
        scale, x = self.px_a_second(width_px), left_px
        for begin, end in self.spans_s:
            if x <= x_px <= x + scale * (end - begin):
                return begin + (x_px - x) / scale
            x += scale * (end - begin) + CUT_PX
        return None

    def hours(self, width_px: float, label_px: float) -> Iterator[tuple[float, str]]:
        """Yield the hours that get a line, `label_px` apart at least, and what stands at them."""
        step_s = HOUR_S * max(1, -(-label_px // (HOUR_S * self.px_a_second(width_px))))
        before_s: float = -DAY_S
        for begin, end in self.spans_s:
            time_s = begin
            while time_s <= end:
                yield time_s, hour_text(time_s, time_s - step_s if before_s < 0 else before_s)
                before_s, time_s = time_s, time_s + step_s

    def cuts(self, left_px: float, width_px: float) -> Iterator[tuple[float, float]]:
        """Yield where idle hours are cut out: left and right edge, pixels."""
        for _begin, end in self.spans_s[:-1]:
            x = self.x_of(end, left_px, width_px)
            yield x, x + CUT_PX


def paint_cuts(painter: QPainter, axis: TimeAxis, area: QRectF) -> None:
    """Lay another ground where idle hours are cut out of a chart."""
    for left, right in axis.cuts(area.left(), area.width()):
        painter.fillRect(QRectF(left, area.top(), right - left, area.height()), QColor(theme.current().second))


def hour_text(time_s: float, before_s: float) -> str:
    """Return what stands at an hour line; the first of a new day says so."""
    if time_s >= DAY_S and time_s // DAY_S != before_s // DAY_S:
        return words.time_of_day(time_s) if time_s % DAY_S or time_s >= 2 * DAY_S else tr("次日")
    return clock(time_s % DAY_S)
