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
from desktop.map.tokens import Role
from layers.geometry import F64

# From this width on a line shows its edges, where its style has a colour between them.
EDGED_FROM_PX = 5.0
ARROW_PX = 7.0
# The scale from which on lines keep their full distance from their course.
APART_SCALE = 10_000.0
CROWDED_SCALE = 15_000.0
# Beyond this scale lines get thinner with the root of it, down to a share of their width.
THINNER_SCALE, LEAST_THIN = 50_000.0, 0.4
# Rims of lines are left out beyond this: they would hide more than they set off.
HALO_SCALE = 30_000.0
# Lines that end and begin this close go on into one another.
JOINED_M = 0.01


@dataclass(frozen=True, eq=False)
class _Run:
    """One class of lines of one level, in device pixels."""

    lines: Lines
    segments: F64
    style: Stroke
    width_px: float
    edged: bool
    blunt: bool


def draw_lines(
    painter: QPainter, prepared: Prepared, camera: Camera, colour: Callable[[Role], str], starts_m: F64 | None = None
) -> None:
    """Draw a layer of lines: level by level, and of each level the halo, the edges, the insides, then the arrows.

    Parameters
    ----------
    starts_m
        What `starts` returns, where lines have dashes or arrows that run on from row to row.
    """
    ratio = camera.ratio
    for runs in _levels(prepared, camera, starts_m):
        for run in runs:
            if run.style.halo_px and camera.scale <= HALO_SCALE:
                draw_wide(painter, run.segments, colour("halo"), run.width_px + 2 * run.style.halo_px * ratio)
        for run in runs:
            draw_wide(painter, run.segments, colour(run.style.colour), run.width_px, blunt=run.blunt)
        for run in runs:
            if run.edged:
                draw_wide(painter, run.segments, colour(run.style.fill), run.width_px - 2 * ratio, blunt=run.blunt)
        for run in runs:
            if run.style.arrow_px:
                _draw_arrows(painter, run, camera, colour)


def starts(prepared: Prepared) -> F64:
    """Return for each line how far it lies along the course that it goes on from the line before, metres, shape (n,)."""
    geometry = prepared.geometry
    offsets, coords = geometry.offsets[0], geometry.coords
    length = geometry.lengths_m()
    if not len(length) or (np.diff(offsets) == 0).any():
        return np.zeros(len(length))
    joined = (np.abs(coords[offsets[1:-1] - 1] - coords[offsets[1:-1]]) < JOINED_M).all(axis=1)
    joined &= ~np.isin(np.arange(1, len(length)), prepared.cuts)
    before = np.concatenate([[0.0], np.cumsum(length)[:-1]])
    return before - np.maximum.accumulate(np.where(np.concatenate([[True], ~joined]), before, 0.0))


def _levels(prepared: Prepared, camera: Camera, starts_m: F64 | None) -> list[list[_Run]]:
    by_level: dict[int, list[_Run]] = {}
    for number in prepared.shown(camera.scale):
        style = prepared.styles[number]
        if not isinstance(style, Stroke):
            raise TypeError(f"layer {prepared.key!r} has lines, but style {number} is {style!r}")
        width_px = max(style.width_px * thinner(camera.scale), style.width_m / camera.mpp) * camera.ratio
        offset_px = _offset_px(style, camera)
        margin_px = (width_px + 2 * abs(offset_px)) / camera.ratio
        rows = prepared.rows(number, grown(camera.box, margin_px * camera.mpp), 0.3 * camera.mpp / camera.ratio)
        level = np.zeros(len(rows), dtype=np.int8) if prepared.levels is None else prepared.levels[rows]
        for value in np.unique(level).tolist():
            here = rows[level == value]
            coords, row = gather(prepared.geometry.coords, prepared.geometry.offsets[0], here)
            begin = None if starts_m is None else starts_m[here] * (camera.ratio / camera.mpp)
            lines = Lines(camera.to_device(coords), row, begin).thinned()
            lines = lines.shifted(offset_px) if offset_px else lines
            edged = bool(style.fill) and width_px >= EDGED_FROM_PX * camera.ratio
            run = _Run(lines, _segments(lines, style, camera.ratio), style, width_px, edged, value != 0)
            by_level.setdefault(value, []).append(run)
    return [by_level[level] for level in sorted(by_level)]


def thinner(scale: float) -> float:
    """Return by how much lines are thinner on a small scale, where they would run into one another."""
    return float(min(1.0, max(LEAST_THIN, (THINNER_SCALE / scale) ** 0.5)))


def _offset_px(style: Stroke, camera: Camera) -> float:
    near_px = style.offset_px * min(1.0, APART_SCALE / camera.scale)
    return max(near_px, style.offset_m / camera.mpp) * camera.ratio


def _segments(lines: Lines, style: Stroke, ratio: float) -> F64:
    if style.dash_px:
        return dashes(lines, style.dash_px[0] * ratio, style.dash_px[1] * ratio)
    return lines.segments()


def _draw_arrows(painter: QPainter, run: _Run, camera: Camera, colour: Callable[[Role], str]) -> None:
    ratio, scale = camera.ratio, camera.scale
    # farther apart on a small scale, where many routes are seen at once
    every_px = run.style.arrow_px * ratio * min(max(scale / CROWDED_SCALE, 1.0), 3.0)
    chevrons = arrows(run.lines, every_px, ARROW_PX * ratio)
    for role, width_px in (("halo", 4.4), (run.style.colour, 1.7)):
        painter.setPen(pen(colour(role), width_px * ratio))
        draw_segments(painter, chevrons)
