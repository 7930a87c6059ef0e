"""Draw lines: streets by class with their edges, routes with arrows, dashed lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QPainter

from desktop.map.brush import draw_segments, draw_wide, pen
from desktop.map.camera import Camera
from desktop.map.prepare import Prepared, grown
from desktop.map.ragged import Lines, arrows, dashes, gather
from desktop.map.scene import Stroke
from layers.geometry import F64, I64

# From this width on a line shows its edges, where its style has a colour between them.
EDGED_FROM_PX = 5.0
ARROW_PX = 7.0
ARROW_FROM_PX = 1.2


@dataclass(frozen=True, eq=False)
class _Run:
    """One class of lines of one level, in device pixels."""

    lines: Lines
    style: Stroke
    width_px: float
    edged: bool


def draw_lines(painter: QPainter, prepared: Prepared, camera: Camera, colour: Callable[[str], str]) -> None:
    """Draw a layer of lines: level by level, and of each level the halo, the edges, the insides, then the arrows."""
    for runs in _levels(prepared, camera):
        segments = [_segments(run, camera.ratio) for run in runs]
        for run, part in zip(runs, segments, strict=True):
            if run.style.halo_px:
                draw_wide(painter, part, colour("halo"), run.width_px + 2 * run.style.halo_px * camera.ratio)
        for run, part in zip(runs, segments, strict=True):
            draw_wide(painter, part, colour(run.style.colour), run.width_px)
        for run, part in zip(runs, segments, strict=True):
            if run.edged:
                draw_wide(painter, part, colour(run.style.fill), run.width_px - 2 * camera.ratio)
        for run in runs:
            if run.style.arrow_px:
                _draw_arrows(painter, run, camera.ratio, colour)


def visible(prepared: Prepared, number: int, camera: Camera, margin_px: float) -> tuple[Lines, I64]:
    """Return the lines of a class that are seen, in device pixels without needless points, and the places of their rows."""
    rows = prepared.rows(number, grown(camera.box, margin_px * camera.mpp), 0.3 * camera.mpp / camera.ratio)
    coords, row = gather(prepared.geometry.coords, prepared.geometry.offsets[0], rows)
    return Lines(camera.to_device(coords), row).thinned(), rows


def _levels(prepared: Prepared, camera: Camera) -> list[list[_Run]]:
    by_level: dict[int, list[_Run]] = {}
    for number in prepared.shown(camera.scale):
        style = prepared.layer.styles[number]
        if not isinstance(style, Stroke):
            raise TypeError(f"layer {prepared.layer.key!r} has lines, but style {number} is {style!r}")
        width_px = max(style.width_px, style.width_m / camera.mpp) * camera.ratio
        edged = bool(style.fill) and width_px >= EDGED_FROM_PX * camera.ratio
        lines, rows = visible(prepared, number, camera, width_px)
        if not len(rows):
            continue
        level = np.zeros(len(rows), dtype=np.int8) if prepared.levels is None else prepared.levels[rows]
        for value in np.unique(level).tolist():
            on = (level == value)[lines.row]
            part = lines if on.all() else Lines(lines.xy[on], lines.row[on])
            by_level.setdefault(value, []).append(_Run(part, style, width_px, edged))
    return [by_level[level] for level in sorted(by_level)]


def _segments(run: _Run, ratio: float) -> F64:
    lines = run.lines.shifted(run.style.offset_px * ratio) if run.style.offset_px else run.lines
    if run.style.dash_px:
        return dashes(lines, run.style.dash_px[0] * ratio, run.style.dash_px[1] * ratio)
    return lines.segments()


def _draw_arrows(painter: QPainter, run: _Run, ratio: float, colour: Callable[[str], str]) -> None:
    lines = run.lines.shifted(run.style.offset_px * ratio) if run.style.offset_px else run.lines
    chevrons = arrows(lines, run.style.arrow_px * ratio, ARROW_PX * ratio)
    for name, width_px in (("halo", 4.4), (run.style.colour, 1.7)):
        painter.setPen(pen(colour(name), width_px * ratio))
        draw_segments(painter, chevrons)
