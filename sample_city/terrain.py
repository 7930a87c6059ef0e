"""The lie of the land: outline, river, and the bend that keeps a planned city from looking ruled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from sample_city.spec import ORIGIN_M, Spec

F64 = NDArray[np.float64]
Rng = np.random.Generator


@dataclass(frozen=True, eq=False)
class Terrain:
    """Hold what was there before the streets, in the straight plane that streets are laid out in, metres.

    Parameters
    ----------
    outline
        Built-up land, bounded by the outer ring road.
    river_line, river
        Centre line and water.
    hills
        Green areas without streets.
    """

    outline: shapely.Polygon
    river_line: shapely.LineString
    river: shapely.Polygon
    hills: tuple[shapely.Polygon, ...]


@dataclass(frozen=True, eq=False)
class Bend:
    """Move points gently and without folding: a sum of waves, then a turn of the whole plane.

    Parameters
    ----------
    waves
        Shape (n, 2), wave vectors, radians a metre.
    phases
        Shape (n,).
    shifts
        Shape (n, 2), metres.
    turn
        Shape (2, 2), rotation.
    origin_m
        Where the centre goes.
    """

    waves: F64
    phases: F64
    shifts: F64
    turn: F64
    origin_m: tuple[float, float]

    def __call__(self, xy: F64) -> F64:
        """Return points of shape (n, 2) moved, to the millimetre."""
        moved = xy.astype(np.float64, copy=True)
        for wave, phase, shift in zip(self.waves, self.phases, self.shifts, strict=True):
            moved += np.sin(xy @ wave + phase)[:, None] * shift
        placed: F64 = np.round(moved @ self.turn + np.asarray(self.origin_m), 3)
        return placed


def lay_terrain(spec: Spec, rng: Rng) -> Terrain:
    """Return outline, river and hills of a city."""
    radius_m = spec.radius_m
    outline = shapely.Polygon(_outline(radius_m, rng))
    x = np.linspace(-1.35 * radius_m, 1.35 * radius_m, 240)
    phase = rng.uniform(0, 2 * np.pi, 2)
    share = np.sin(2.1 * x / radius_m + phase[0]) * 0.07 + np.sin(5.3 * x / radius_m + phase[1]) * 0.018
    drift = -0.46 if spec.n_outer == 0 else -0.38
    river_line = shapely.LineString(np.column_stack([x, radius_m * (drift + share)]))
    river = river_line.buffer(spec.river_width_m / 2)
    return Terrain(outline, river_line, river, _hills(spec, outline, river, rng))


def make_bend(spec: Spec, rng: Rng) -> Bend:
    """Return the bend of a city; its steepest slope is well below one, so that no two streets come to cross."""
    lengths_m = [spec.radius_m * 2.2, spec.radius_m * 1.1, 3400.0, 2100.0, 900.0, 520.0]
    slopes = [0.16, 0.12, 0.10, 0.08, 0.06, 0.05]
    angles = rng.uniform(0, 2 * np.pi, len(lengths_m))
    waves = np.column_stack([np.cos(angles), np.sin(angles)]) * (2 * np.pi / np.array(lengths_m))[:, None]
    sizes_m = np.array(slopes) * np.array(lengths_m) / (2 * np.pi)
    across = angles + np.pi / 2 + rng.uniform(-0.5, 0.5, len(lengths_m))
    shifts = np.column_stack([np.cos(across), np.sin(across)]) * sizes_m[:, None]
    turn = np.deg2rad(rng.uniform(8, 16))
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return Bend(waves, rng.uniform(0, 2 * np.pi, len(lengths_m)), shifts, rotation, ORIGIN_M)


def _outline(radius_m: float, rng: Rng) -> F64:
    angle = np.linspace(0, 2 * np.pi, 161)[:-1]
    phase = rng.uniform(0, 2 * np.pi, 3)
    share = 1 + 0.09 * np.sin(2 * angle + phase[0]) + 0.06 * np.sin(3 * angle + phase[1])
    share += 0.025 * np.sin(5 * angle + phase[2])
    # rounder than a square, squarer than a circle
    rounded = (np.abs(np.cos(angle)) ** 2.6 + np.abs(np.sin(angle)) ** 2.6) ** (-1 / 2.6)
    outline: F64 = np.column_stack([np.cos(angle), np.sin(angle)]) * (radius_m * share * rounded / 1.06)[:, None]
    return outline


def _hills(spec: Spec, outline: shapely.Polygon, river: shapely.Polygon, rng: Rng) -> tuple[shapely.Polygon, ...]:
    hills: list[shapely.Polygon] = []
    for _ in range(spec.n_hills * 20):
        if len(hills) == spec.n_hills:
            break
        angle, share = rng.uniform(0, 2 * np.pi), rng.uniform(0.62, 0.85)
        size_m = rng.uniform(900, 1400) * (spec.radius_m / 8250.0) ** 0.35
        t = np.linspace(0, 2 * np.pi, 49)[:-1]
        wobble = 1 + 0.22 * np.sin(2 * t + rng.uniform(0, 6)) + 0.13 * np.sin(3 * t + rng.uniform(0, 6))
        centre = spec.radius_m * share * np.array([np.cos(angle), np.sin(angle)])
        hill = shapely.Polygon(centre + np.column_stack([np.cos(t), np.sin(t)]) * (size_m * wobble)[:, None])
        apart = all(hill.distance(other) > 2500 for other in hills)
        if outline.contains(hill) and apart and hill.distance(river) > 600:
            hills.append(hill)
    return tuple(hills)
