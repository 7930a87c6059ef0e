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
from layers.geometry import F64, Geometry

MARGIN_PX = 100.0


def draw_areas(
    painter: QPainter,
    prepared: Prepared,
    camera: Camera,
    colour: Callable[[Role], str],
    dashed: tuple[Geometry, ...] = (),
) -> None:
    """Draw a layer of areas: all insides of a class, then all outlines.

    Parameters
    ----------
    dashed
        What `borders` returns, where outlines are dashed.
    """
    for number in prepared.shown(camera.scale):
        style = prepared.styles[number]
        if not isinstance(style, Fill):
            raise TypeError(f"layer {prepared.key!r} has areas, but style {number} is {style!r}")
        solid = bool(style.outline) and not style.dash_px
        rings = list(_rings(prepared, number, camera)) if style.colour or solid else []
        if style.colour:
            inside = QColor(colour(style.colour))
            inside.setAlphaF(style.opacity)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inside)
            for row in rings:
                painter.drawPolygon(polygon(_joined(row)), Qt.FillRule.OddEvenFill)
        if style.outline:
            painter.setPen(pen(colour(style.outline), style.outline_px * camera.ratio))
            draw_segments(painter, _outlines(rings) if solid else _dashes(dashed[number], style, camera))


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


def _outlines(rings: list[list[F64]]) -> F64:
    every = [ring for row in rings for ring in row]
    if not every:
        return np.empty((0, 4))
    return Lines(np.vstack(every), np.repeat(np.arange(len(every)), [len(ring) for ring in every])).segments()


def _dashes(border: Geometry, style: Fill, camera: Camera) -> F64:
    row = np.repeat(np.arange(len(border)), np.diff(border.offsets[0]))
    lines = Lines(camera.to_device(border.coords), row).thinned()
    segments = dashes(lines, style.dash_px[0] * camera.ratio, style.dash_px[1] * camera.ratio)
    width, height = camera.size_device_px
    x, y = segments[:, 0], segments[:, 1]
    return segments[(x > -MARGIN_PX) & (x < width + MARGIN_PX) & (y > -MARGIN_PX) & (y < height + MARGIN_PX)]
