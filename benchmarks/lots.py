"""Lay out 200 random lots beside a brute force over angles and offsets: ``python -m benchmarks.lots [--first N]``.

The brute force turns the outline by every 3 degrees, moves equal modules up by every half metre, tries both types of
stall and a cross aisle at every 4 m, and cuts in the same drive; it knows no dynamic programme and mixes no modules.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from time import perf_counter

import numpy as np
import shapely

from optimizer.engines.berth_layout import LayoutProblem, layout_faults, layout_of
from optimizer.engines.berth_layout.modules import Levels, Pile, _pile
from optimizer.engines.berth_layout.solve import _built
from optimizer.engines.berth_layout.strips import edges_of

N_LOTS, SEED = 200, 7


def made(dice: np.random.Generator) -> shapely.Polygon:
    """Return a lot: a turned rectangle, a hull of points, or a hull from which a corner is cut, 400 to 6,000 m2."""
    wide, deep = dice.uniform(18, 90), dice.uniform(18, 70)
    kind = dice.integers(3)
    if kind == 0:
        shape = shapely.box(0, 0, wide, deep)
    else:
        points = dice.uniform(0, 1, (int(dice.integers(5, 12)), 2)) * (wide, deep)
        shape = shapely.MultiPoint(points).convex_hull
        if kind == 2:
            corner = shapely.box(0, 0, wide * dice.uniform(0.3, 0.6), deep * dice.uniform(0.3, 0.6))
            shape = shapely.difference(shape, corner)
    shape = max(shapely.get_parts(shape), key=lambda p: p.area)
    return shapely.affinity.rotate(shape, float(dice.uniform(0, 180)), origin=(0, 0))


def lots() -> Iterator[LayoutProblem]:
    """Yield the lots, each with a gate at one of its sides."""
    dice = np.random.default_rng(SEED)
    n = 0
    while n < N_LOTS:
        shape = made(dice)
        if shape.geom_type == "Polygon" and 400 <= shape.area <= 6000:
            n += 1
            gate = shapely.line_interpolate_point(shapely.boundary(shape), float(dice.uniform(0, 1)), normalized=True)
            yield LayoutProblem(shape, gate)


def brute(problem: LayoutProblem) -> int:
    """Return the most stalls of any angle, offset, type and cross aisle."""
    if problem.inside.is_empty:
        return 0
    best = 0
    for degrees in range(0, 180, 3):
        turn = math.radians(degrees)
        edges = edges_of(problem.inside, turn)
        for kind in problem.rules.types:
            levels = Levels.of(edges, kind)
            if not len(levels.y_m):
                continue
            for pile in _piles(levels, problem.rules.cross_m, edges.x_low.min(), edges.x_high.max()):
                if pile.n_stalls > best:
                    best = max(best, _built(problem, turn, kind, pile).n_berths)
    return best


def _piles(levels: Levels, cross_m: float, low: float, high: float) -> Iterator[Pile]:
    """Yield piles of equal modules at every offset, with a cross aisle at every 4 m."""
    module_m = levels.kind.aisle_m + 2 * levels.kind.deep_m
    for x_m in np.arange(low, max(low + 1, high - cross_m), 4.0).tolist():
        cut = (x_m, x_m + cross_m)
        there = ~np.isnan(levels.aisle.holding(*cut)[0])
        for first in np.flatnonzero(levels.y_m < levels.y_m[0] + module_m)[::2].tolist():
            rows = np.searchsorted(levels.y_m, np.arange(levels.y_m[first], levels.y_m[-1] + 1e-9, module_m) - 1e-7)
            chosen = [(int(k), True, True) for k in rows if k < len(there) and there[k]]
            if chosen:
                yield _pile(levels, chosen, None, cut)


def main() -> None:
    """Print what 200 lots come to."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.lots", description=__doc__)
    options.add_argument("--first", type=int, default=N_LOTS)
    asked = options.parse_args()
    ours, theirs, spent_ms, n_faults = list[int](), list[int](), list[float](), 0
    for n, problem in enumerate(lots()):
        if n >= asked.first:
            break
        began_s = perf_counter()
        layout = layout_of(problem)
        spent_ms.append(1000 * (perf_counter() - began_s))
        n_faults += len(layout_faults(problem, layout))
        ours.append(layout.n_berths)
        theirs.append(brute(problem))
    share = np.array(ours) / np.maximum(1, theirs)
    print(
        f"{len(ours)} lots: {sum(ours)} stalls, brute force {sum(theirs)}: {sum(ours) / max(1, sum(theirs)):.1%} in all, "
        f"mean {share[np.array(theirs) > 0].mean():.1%}, worst {share[np.array(theirs) > 0].min():.1%}, "
        f"{int((share < 0.9).sum())} below 90 %; {np.mean(spent_ms):.1f} ms a lot, longest {max(spent_ms):.1f} ms; "
        f"{n_faults} faults"
    )


if __name__ == "__main__":
    main()
