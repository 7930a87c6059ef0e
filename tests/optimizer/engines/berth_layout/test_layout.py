"""Lots whose stalls can be counted by hand, layouts broken on purpose, and random outlines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.engines.berth_layout import LayoutFault, LayoutProblem, LotRules, StallType, layout_faults, layout_of

SQUARE = LotRules(types=(StallType(90.0, 2.5, 5.3, 5.5),), margin_m=0.0)


def lot(*xy: tuple[float, float], rules: LotRules | None = None, gate: tuple[float, float] = (0.0, 8.0)) -> LayoutProblem:
    return LayoutProblem(shapely.Polygon(xy), shapely.Point(gate), rules or SQUARE)


def test_a_module_has_a_row_on_either_side_of_its_aisle() -> None:
    """20 x 16.1 m, entered at the aisle: 20 / 2.5 = 8 stalls on each side."""
    problem = lot((0, 0), (20, 0), (20, 16.1), (0, 16.1))
    layout = layout_of(problem)
    assert layout.n_berths == 16
    assert layout_faults(problem, layout) == ()


def test_a_row_less_where_there_is_room_for_one() -> None:
    """20 x 10.8 m: one row, 8 stalls."""
    problem = lot((0, 0), (20, 0), (20, 10.8), (0, 10.8), gate=(0.0, 2.75))
    layout = layout_of(problem)
    assert layout.n_berths == 8
    assert layout_faults(problem, layout) == ()


def test_two_modules_are_joined_by_a_cross_aisle() -> None:
    """40 x 32.2 m: four rows of 16, of which the two inner ones lose three each to a cross aisle of 5.5 m: 58."""
    problem = lot((0, 0), (40, 0), (40, 32.2), (0, 32.2))
    layout = layout_of(problem)
    assert 55 <= layout.n_berths <= 58
    assert layout_faults(problem, layout) == ()


def test_too_small_a_lot_has_none() -> None:
    assert layout_of(lot((0, 0), (5, 0), (5, 5), (0, 5))).n_berths == 0
    assert layout_of(LayoutProblem(shapely.Polygon(), shapely.Point(0, 0))).n_berths == 0


def test_an_outline_that_crosses_itself_is_mended() -> None:
    problem = lot((0, 0), (60, 40), (60, 0), (0, 40))
    layout = layout_of(problem)
    assert layout.mended
    assert layout_faults(problem, layout) == ()


def test_a_pond_is_kept_free() -> None:
    ring = shapely.Polygon([(0, 0), (60, 0), (60, 40), (0, 40)], [[(25, 15), (35, 15), (35, 25), (25, 25)]])
    problem = LayoutProblem(ring, shapely.Point(0, 20), SQUARE)
    layout = layout_of(problem)
    assert 0 < layout.n_berths < layout_of(LayoutProblem(shapely.box(0, 0, 60, 40), shapely.Point(0, 20), SQUARE)).n_berths
    assert layout_faults(problem, layout) == ()


@pytest.mark.parametrize(
    ("fault", "how"),
    [
        (LayoutFault.OUTSIDE, lambda s: s + np.array([100.0, 0.0])),
        (LayoutFault.SIZE, lambda s: s.mean(axis=1, keepdims=True) + 0.8 * (s - s.mean(axis=1, keepdims=True))),
        (LayoutFault.OVERLAP, lambda s: np.concatenate([s, s[:1]])),
        (LayoutFault.NO_AISLE, lambda s: s[:, [2, 3, 0, 1]]),
    ],
)
def test_the_checker_names_what_is_wrong(fault: LayoutFault, how: object) -> None:
    problem = lot((0, 0), (20, 0), (20, 16.1), (0, 16.1))
    layout = layout_of(problem)
    broken = replace(layout, stalls=how(layout.stalls))  # type: ignore[operator]
    assert fault in {f for f, _ in layout_faults(problem, broken)}


def test_an_aisle_that_nobody_can_drive_to_is_named() -> None:
    problem = lot((0, 0), (20, 0), (20, 16.1), (0, 16.1))
    layout = layout_of(problem)
    island = shapely.box(5, 0, 8, 2)
    broken = replace(layout, stalls=layout.stalls[-1:], aisles=(*layout.aisles, island))
    assert LayoutFault.NOT_JOINED in {f for f, _ in layout_faults(problem, broken)}


@settings(max_examples=40, deadline=None)
@given(
    points=st.lists(st.tuples(st.floats(0, 90), st.floats(0, 70)), min_size=3, max_size=9, unique=True),
    at=st.floats(0, 1),
    cut=st.booleans(),
)
def test_any_outline_gets_a_right_layout(points: list[tuple[float, float]], at: float, cut: bool) -> None:
    shape = shapely.MultiPoint(points).convex_hull
    if cut:
        shape = shapely.difference(shape, shapely.box(0, 0, 30, 25))
    if shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon") or shape.area < 1:
        return
    gate = shapely.line_interpolate_point(shapely.LineString(points[:2]), at, normalized=True)
    problem = LayoutProblem(shape, gate)
    assert layout_faults(problem, layout_of(problem)) == ()
