"""Place names: of streets along their course, of points beside them, of areas inside; none over another."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QPainter

from desktop.map.camera import Camera
from desktop.map.chains import Chains, chains
from desktop.map.insides import inside_points
from desktop.map.lettering import STACK_STEP, STEEP_RAD, Ink, Room, circles_along, is_chinese, outline, write
from desktop.map.prepare import Cache, Prepared
from desktop.map.ragged import Lines
from desktop.map.scene import Fill, MapLayer, Mark, Scene, Stroke
from desktop.map.tokens import Role
from layers.geometry import F64, Shape
from layers.layer import Str

# A name is written again after this many pixels of its street.
REPEAT_PX = 420.0
# Two carriageways of one name need it only once.
TWIN_PX = 150.0
STRAIGHT = 0.975
MOST_LABELS = 400
# Names that are still written at this scale are of main streets and districts: larger and darker.
MAIN_SCALE = 40_000.0


@dataclass(frozen=True, slots=True)
class _Pen:
    """What all labels of one image share."""

    painter: QPainter
    scene: Scene
    camera: Camera
    room: Room

    def ink(self, role: Role, size_px: float, *, bold: bool = False, spacing_px: float = 0.0) -> Ink:
        ratio, colour = self.camera.ratio, self.scene.tokens.colour
        return Ink(colour(role), colour("halo"), size_px * ratio, bold, spacing_px * ratio)


def draw_labels(painter: QPainter, scene: Scene, camera: Camera, cache: Cache) -> None:
    """Write the names of all layers that are shown, the important first."""
    width_px, height_px = camera.size_device_px
    room = Room(width_px, height_px)
    pen = _Pen(painter, scene, camera, room)
    drawn = [layer for layer in scene.drawn() if len(layer.geometry)]
    for layer in drawn:
        if layer.geometry.shape is Shape.POINT:
            _keep_off(pen, cache.prepared(layer))
    named = [layer for layer in drawn if layer.names is not None]
    for layer in sorted(named, key=lambda a: (not _is_great(a), -a.order)):
        shape, prepared = layer.geometry.shape, cache.prepared(layer)
        if shape is Shape.LINE:
            _streets(pen, layer, prepared, cache)
        elif shape is Shape.POINT:
            _points(pen, prepared, layer.names)
        elif shape is Shape.AREA:
            _areas(pen, layer, prepared, cache)


def _is_great(layer: MapLayer) -> bool:
    """Tell whether a layer's names give the reader his bearings, such as those of districts."""
    return any(isinstance(style, Fill) and style.label_from_scale >= MAIN_SCALE for style in layer.styles)


def _keep_off(pen: _Pen, prepared: Prepared) -> None:
    for number in prepared.shown(pen.camera.scale):
        style = prepared.styles[number]
        if isinstance(style, Mark) and style.size_px >= 12 and pen.camera.scale <= style.far_scale:
            rows = prepared.rows(number, pen.camera.box)
            if len(rows) <= MOST_LABELS:
                xy = pen.camera.to_device(prepared.geometry.coords[rows])
                radius = np.full(len(rows), style.size_px * pen.camera.ratio * 0.55)
                pen.room.block(np.column_stack([xy, radius]))


# Streets


def _streets(pen: _Pen, layer: MapLayer, prepared: Prepared, cache: Cache) -> None:
    if layer.names is None:
        return
    names, written = layer.names, dict[str, list[tuple[float, float]]]()
    for number in reversed(list(prepared.shown(pen.camera.scale))):
        style = layer.styles[number]
        if not isinstance(style, Stroke) or pen.camera.scale > style.label_until_scale:
            continue
        found = cache.made(layer, f"chains {number}", lambda p, k=number: chains(p, names, k))  # type: ignore[misc]
        main = style.label_until_scale >= MAIN_SCALE
        ink = pen.ink("text" if main else "secondary", 13 if main else 12)
        for text, line in _seen(found, pen.camera, ink):
            for x, y, angle in _places(line, text, ink, pen.camera):
                near = [math.dist((x, y), other) for other in written.get(text, [])]
                if near and min(near) < TWIN_PX * pen.camera.ratio:
                    continue
                if _write_along(pen, text, (x, y, angle), ink):
                    written.setdefault(text, []).append((x, y))


def _seen(found: Chains, camera: Camera, ink: Ink) -> Iterator[tuple[str, F64]]:
    """Yield the chains in sight that are long enough for their names, in device pixels."""
    box, bounds, k = camera.box, found.bounds, camera.ratio / camera.mpp
    inside = (bounds[:, 0] <= box[2]) & (bounds[:, 2] >= box[0]) & (bounds[:, 1] <= box[3]) & (bounds[:, 3] >= box[1])
    long = np.hypot(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]) * k >= 2 * ink.size_px
    offsets = found.geometry.offsets[0]
    for row in np.flatnonzero(inside & long)[:MOST_LABELS].tolist():
        xy = camera.to_device(found.geometry.coords[offsets[row] : offsets[row + 1]])
        yield str(found.names[row]), Lines(xy, np.zeros(len(xy), dtype=np.int64)).thinned().xy


def _places(line: F64, text: str, ink: Ink, camera: Camera) -> Iterator[tuple[float, float, float]]:
    """Yield where a line is straight enough for its name: centre and angle, at even distances from its middle."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    width_px = outline(text, ink.size_px, ink.bold, ink.spacing_px)[1]
    if is_chinese(text):
        width_px = max(width_px, len(text) * ink.size_px * STACK_STEP)
    total = float(along[-1])
    if total < width_px * 1.15:
        return
    repeat = REPEAT_PX * camera.ratio
    n = max(1, int(total / repeat))
    middle = total * (np.arange(n) + 0.5) / n
    shifts = np.array([0.0, 0.7, -0.7, 1.4, -1.4]) * width_px
    at = np.clip(middle[:, None] + shifts, width_px / 2, total - width_px / 2)
    ends = np.stack([at - width_px / 2, at + width_px / 2])
    x, y = np.interp(ends, along, line[:, 0]), np.interp(ends, along, line[:, 1])
    straight = np.hypot(x[1] - x[0], y[1] - y[0]) >= STRAIGHT * width_px
    centre_x, centre_y = np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])
    width, height = camera.size_device_px
    shown = (centre_x > 0) & (centre_x < width) & (centre_y > 0) & (centre_y < height)
    good = straight & shown
    for i in np.flatnonzero(good.any(axis=1)).tolist():
        j = int(np.argmax(good[i]))
        # halfway between chord and course
        mid_x, mid_y = (x[0, i, j] + x[1, i, j]) / 2, (y[0, i, j] + y[1, i, j]) / 2
        angle = math.atan2(y[1, i, j] - y[0, i, j], x[1, i, j] - x[0, i, j])
        yield (centre_x[i, j] + mid_x) / 2, (centre_y[i, j] + mid_y) / 2, angle


def _write_along(pen: _Pen, text: str, place: tuple[float, float, float], ink: Ink) -> bool:
    x, y, angle = place
    if abs(angle) > math.pi / 2:
        angle -= math.copysign(math.pi, angle)
    width_px = outline(text, ink.size_px, ink.bold, ink.spacing_px)[1]
    if abs(angle) > STEEP_RAD and is_chinese(text):
        down = angle if angle > 0 else angle + math.pi
        step = ink.size_px * STACK_STEP
        if not pen.room.take(circles_along(x, y, len(text) * step, down, ink.size_px)):
            return False
        for i, char in enumerate(text):
            s = (i - (len(text) - 1) / 2) * step
            write(pen.painter, char, x + s * math.cos(down), y + s * math.sin(down), ink)
        return True
    if not pen.room.take(circles_along(x, y, width_px, angle, ink.size_px)):
        return False
    write(pen.painter, text, x, y, ink, angle)
    return True


# Points and areas


def _points(pen: _Pen, prepared: Prepared, names: Str | None) -> None:
    for number in prepared.shown(pen.camera.scale):
        style = prepared.styles[number]
        if names is None or not isinstance(style, Mark) or pen.camera.scale > style.label_until_scale:
            continue
        ink = pen.ink("text", 12)
        rows = prepared.rows(number, pen.camera.box)[:MOST_LABELS]
        gap_px = (style.size_px * 0.5 + 6) * pen.camera.ratio
        for row, (x, y) in zip(rows.tolist(), pen.camera.to_device(prepared.geometry.coords[rows]).tolist(), strict=True):
            text = str(names[prepared.order[row]])
            if text:
                _write_beside(pen, text, (x, y), gap_px, ink)


def _write_beside(pen: _Pen, text: str, at: tuple[float, float], gap_px: float, ink: Ink) -> None:
    width_px = outline(text, ink.size_px, ink.bold, ink.spacing_px)[1]
    aside, above = gap_px + width_px / 2, gap_px + ink.size_px * 0.6
    for dx, dy in ((aside, 0.0), (-aside, 0.0), (0.0, above), (0.0, -above)):
        if pen.room.take(circles_along(at[0] + dx, at[1] + dy, width_px, 0.0, ink.size_px * 0.85)):
            write(pen.painter, text, at[0] + dx, at[1] + dy, ink)
            return


def _areas(pen: _Pen, layer: MapLayer, prepared: Prepared, cache: Cache) -> None:
    scale = pen.camera.scale
    for number in prepared.shown(scale):
        style = layer.styles[number]
        if layer.names is None or not isinstance(style, Fill):
            continue
        if not style.label_from_scale <= scale <= style.label_until_scale:
            continue
        rows = prepared.rows(number, pen.camera.box, 30 * pen.camera.mpp)[:MOST_LABELS]
        points = cache.made(layer, "insides", lambda p: inside_points(p.geometry))
        great = _is_great(layer)
        ink = pen.ink(style.text, 15, spacing_px=3) if great else pen.ink(style.text, 12)
        for row, (x, y) in zip(rows.tolist(), pen.camera.to_device(points[rows]).tolist(), strict=True):
            text = str(layer.names[prepared.order[row]])
            width_px = outline(text, ink.size_px, ink.bold, ink.spacing_px)[1] if text else math.inf
            low_x, _, high_x, _ = (column[row] for column in prepared.boxes)
            if width_px > (high_x - low_x) / pen.camera.mpp * pen.camera.ratio:
                continue
            for dy in (0.0, 1.8, -1.8, 3.2, -3.2) if great else (0.0,):
                if pen.room.take(circles_along(x, y + dy * ink.size_px, width_px, 0.0, ink.size_px)):
                    write(pen.painter, text, x, y + dy * ink.size_px, ink)
                    break
