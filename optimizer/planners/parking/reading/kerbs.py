"""Rows of berths along a kerb: straight stretches that keep all clear distances exactly, and what fits in them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely

from layers.layer import F64, AnyArray, Bool
from optimizer.planners.parking.reading.rules import ClearRule
from optimizer.planners.parking.reading.stalls import Stall

LEFT, RIGHT = "L", "R"
# A kerb is taken as straight between points that lie no farther off than this.
_STRAIGHT_M = 0.25
# Kept beyond each clear distance, so that rounded coordinates keep it too.
_SLACK_M = 0.02


@dataclass(frozen=True, eq=False)
class Row:
    """Hold berths side by side along a straight piece of kerb.

    Parameters
    ----------
    start_m
        Where the strip begins, on the street's middle line; shape (2,).
    ahead_m, aside_m
        Unit vectors along the line, and from it to the kerb.
    half_m
        From the middle line to the kerb.
    n_berths
        How many.
    """

    start_m: F64
    ahead_m: F64
    aside_m: F64
    half_m: float
    stall: Stall
    n_berths: int

    def corners(self, backwards: bool) -> F64:
        """Return the berths, shape (n_berths, 4, 2): two corners at the kerb, then two towards the middle.

        Parameters
        ----------
        backwards
            Whether traffic beside them runs against the line: angled berths are entered ahead.
        """
        stall, lean_m = self.stall, self.stall.lean_m
        at_m = np.arange(self.n_berths) * stall.along_m
        kerb_m, mouth_m = (0.0, lean_m) if backwards else (lean_m, 0.0)
        along = np.stack(
            [at_m + kerb_m, at_m + kerb_m + stall.along_m, at_m + mouth_m + stall.along_m, at_m + mouth_m], axis=1
        )
        out = np.array([self.half_m, self.half_m, self.half_m - stall.deep_m, self.half_m - stall.deep_m])
        return self.start_m + along[..., None] * self.ahead_m + out[None, :, None] * self.aside_m

    def parts(self, kept: Bool) -> Iterator[Row]:
        """Yield the rows that are left where only some berths are kept, shape (n_berths,)."""
        edges = np.flatnonzero(np.diff(np.concatenate([[False], kept, [False]]).astype(np.int8)))
        for low, high in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            start_m = self.start_m + low * self.stall.along_m * self.ahead_m
            yield replace(self, start_m=start_m, n_berths=high - low)


@dataclass(frozen=True, eq=False)
class KerbRules:
    """Hold what berths are kept clear of, ready to be asked."""

    rules: tuple[ClearRule, ...]

    @cached_property
    def _points(self) -> tuple[shapely.STRtree, F64, F64]:
        """All points, with the distance of each."""
        kinds = [r for r in self.rules if len(r.things) and shapely.get_type_id(r.things[0]) == shapely.GeometryType.POINT]
        things = np.concatenate([np.empty(0, dtype=object), *(r.things for r in kinds)])
        far_m = np.concatenate([np.empty(0), *(np.full(len(r.things), r.distance_m + _SLACK_M) for r in kinds)])
        return shapely.STRtree(things), shapely.get_coordinates(things), far_m

    @cached_property
    def _lines(self) -> tuple[tuple[shapely.STRtree, float], ...]:
        kinds = [r for r in self.rules if len(r.things) and shapely.get_type_id(r.things[0]) != shapely.GeometryType.POINT]
        return tuple((shapely.STRtree(r.things), r.distance_m + _SLACK_M) for r in kinds)

    @property
    def has_lines(self) -> bool:
        """Whether anything is kept clear of that is no point."""
        return bool(self._lines)

    def points_near(self, line: AnyArray, reach_m: float) -> tuple[F64, F64]:
        """Return the points that could matter to a street, shape (n, 2), and their distances."""
        tree, xy_m, far_m = self._points
        rows = tree.query(line, "dwithin", reach_m + float(far_m.max(initial=0.0)))
        return xy_m[rows], far_m[rows]

    def near_lines(self, shapes: AnyArray) -> AnyArray:
        """Return which shapes are too near to a line that is kept clear of, shape (n,)."""
        near = np.zeros(len(shapes), dtype=bool)
        for tree, far_m in self._lines:
            near[tree.query(shapes, "dwithin", far_m)[0]] = True
        return near


@dataclass(frozen=True, eq=False)
class Kerb:
    """Ask of one street's kerbs what fits along them.

    Parameters
    ----------
    line
        Middle line of the street, straightened, shape (n, 2).
    half_m
        Half the width of the carriageway.
    points_m, far_m
        What is kept clear of near it, shape (n, 2), and how far.
    taken_m
        Berths that stand already, shape (n, 4, 2).
    """

    line: F64
    half_m: float
    points_m: F64
    far_m: F64
    taken_m: F64

    def rows(self, side: str, stall: Stall, least_row: int) -> tuple[Row, ...]:
        """Return the rows that fit on one side."""
        return tuple(self._rows(side, stall, least_row))

    def _rows(self, side: str, stall: Stall, least_row: int) -> Iterator[Row]:
        steps = np.diff(self.line, axis=0)
        length_m = np.hypot(steps[:, 0], steps[:, 1])
        ahead = steps / length_m[:, None]
        turn = np.concatenate([[0.0], _turns(ahead), [0.0]]) * (1 if side == LEFT else -1)
        # where the line turns towards the side, the two strips would overlap
        cut_m = self.half_m * np.tan(np.clip(turn, 0.0, math.radians(150)) / 2)
        for k in range(len(steps)):
            aside = np.array([-ahead[k, 1], ahead[k, 0]]) * (1 if side == LEFT else -1)
            free = (float(cut_m[k]), float(length_m[k] - cut_m[k + 1]))
            if free[1] - free[0] < least_row * stall.along_m + stall.lean_m:
                continue
            for low_m, high_m in _free(free, self._blocked(self.line[k], ahead[k], aside, stall)):
                n = math.floor((high_m - low_m - stall.lean_m + 1e-9) / stall.along_m)
                if n >= least_row:
                    yield Row(self.line[k] + low_m * ahead[k], ahead[k], aside, self.half_m, stall, n)

    def _blocked(self, start: F64, ahead: F64, aside: F64, stall: Stall) -> F64:
        """Return the stretches that something keeps free, shape (n, 2), metres from the start."""
        away = self.points_m - start
        along, out = away @ ahead, away @ aside
        beside = np.maximum(0.0, np.maximum(self.half_m - stall.deep_m - out, out - self.half_m))
        reach = np.sqrt(np.maximum(0.0, self.far_m**2 - beside**2))
        rows = np.column_stack([along - reach, along + reach])[self.far_m > beside]
        if not len(self.taken_m):
            return rows
        inside = self.taken_m - start
        t, across = inside @ ahead, inside @ aside
        hit = (across.max(axis=1) > self.half_m - stall.deep_m) & (across.min(axis=1) < self.half_m)
        return np.concatenate([rows, np.column_stack([t.min(axis=1), t.max(axis=1)])[hit]])


def kerb_of(line: AnyArray, width_m: float, rules: KerbRules, taken: F64) -> Kerb:
    """Return the kerbs of one street.

    Parameters
    ----------
    line
        As drawn, a shapely object.
    taken
        Berths that stand in it already, shape (n, 4, 2).
    """
    coords = shapely.get_coordinates(shapely.simplify(line, _STRAIGHT_M))
    coords = coords[np.concatenate([[True], (np.diff(coords, axis=0) != 0).any(axis=1)])]
    return Kerb(coords, width_m / 2, *rules.points_near(line, width_m / 2), taken)


def _turns(ahead: F64) -> F64:
    """Return the turn at each inner point, radians, to the left positive."""
    before, after = ahead[:-1], ahead[1:]
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    return np.asarray(np.arctan2(cross, (before * after).sum(axis=1)))


def _free(whole: tuple[float, float], blocked: F64) -> Iterator[tuple[float, float]]:
    """Yield what blocked stretches leave of a whole one."""
    at_m, end_m = whole
    order: Sequence[int] = np.argsort(blocked[:, 0]).tolist()
    for k in order:
        low_m, high_m = float(blocked[k, 0]), float(blocked[k, 1])
        if low_m >= end_m:
            break
        if low_m > at_m:
            yield at_m, low_m
        at_m = max(at_m, high_m)
    if at_m < end_m:
        yield at_m, end_m
