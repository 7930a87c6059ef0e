"""Draw areas: water, green, districts, communities, sites."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter

from desktop.map.brush import draw_segments, pen, polygon
from desktop.map.camera import Camera
from desktop.map.prepare import Prepared, grown
from desktop.map.ragged import Lines, dashes
from desktop.map.scene import Fill
from desktop.map.tokens import Role
from layers.geometry import F64


def draw_areas(painter: QPainter, prepared: Prepared, camera: Camera, colour: Callable[[Role], str]) -> None:
    """Draw a layer of areas: all insides of a class, then all outlines."""
    for number in prepared.shown(camera.scale):
        style = prepared.styles[number]
        if not isinstance(style, Fill):
            raise TypeError(f"layer {prepared.key!r} has areas, but style {number} is {style!r}")
        rings = list(_rings(prepared, number, camera))
        if style.colour:
            inside = QColor(colour(style.colour))
            inside.setAlphaF(style.opacity)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inside)
            for row in rings:
                painter.drawPolygon(polygon(_joined(row)), Qt.FillRule.OddEvenFill)
        if style.outline and rings:
            _draw_outlines(painter, rings, style, camera.ratio, colour)


def _rings(prepared: Prepared, number: int, camera: Camera) -> Iterator[list[F64]]:
    """Yield for each row that is seen its rings in device pixels."""
    geometry = prepared.geometry
    of_ring, of_polygon, of_row = geometry.offsets
    for row in prepared.rows(number, grown(camera.box, 2 * camera.mpp), 0.7 * camera.mpp / camera.ratio).tolist():
        first, last = int(of_polygon[of_row[row]]), int(of_polygon[of_row[row + 1]])
        start, end = int(of_ring[first]), int(of_ring[last])
        ring = np.repeat(np.arange(last - first), np.diff(of_ring[first : last + 1]))
        lines = Lines(camera.to_device(geometry.coords[start:end]), ring).thinned()
        cuts = np.flatnonzero(~lines.inner) + 1
        yield np.split(lines.xy, cuts)


def _joined(rings: list[F64]) -> F64:
    """Return all rings as one: the seams between them are walked both ways, so the odd-even rule does not see them."""
    if len(rings) == 1:
        return rings[0]
    home = rings[0][:1]
    return np.vstack([rings[0], *(part for ring in rings[1:] for part in (ring, home))])


def _draw_outlines(
    painter: QPainter, rings: list[list[F64]], style: Fill, ratio: float, colour: Callable[[Role], str]
) -> None:
    every = [ring for row in rings for ring in row]
    number = np.repeat(np.arange(len(every)), [len(ring) for ring in every])
    lines = Lines(np.vstack(every), number)
    solid = lines.segments() if not style.dash_px else dashes(lines, style.dash_px[0] * ratio, style.dash_px[1] * ratio)
    painter.setPen(pen(colour(style.outline), style.outline_px * ratio))
    draw_segments(painter, solid)
