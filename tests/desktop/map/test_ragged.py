from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.map.ragged import Lines, arrows, dashes, gather
from layers.geometry import F64, Geometry


def lines(*courses: list[tuple[float, float]]) -> Lines:
    row = np.repeat(np.arange(len(courses)), [len(course) for course in courses])
    return Lines(np.array([xy for course in courses for xy in course], dtype=np.float64), row)


def length(segments: F64) -> float:
    return float(np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1]).sum())


def test_rows_are_gathered_in_their_order() -> None:
    geometry = Geometry.lines([[(0, 0), (1, 0)], [(5, 5), (6, 6), (7, 7)], [(9, 9), (9, 8)]])
    coords, row = gather(geometry.coords, geometry.offsets[0], np.array([0, 2]))
    assert coords.tolist() == [[0, 0], [1, 0], [9, 9], [9, 8]]
    assert row.tolist() == [0, 0, 1, 1]
    coords, row = gather(geometry.coords, geometry.offsets[0], np.array([1, 2]))
    assert len(coords) == 5
    assert row.tolist() == [0, 0, 0, 1, 1]
    assert gather(geometry.coords, geometry.offsets[0], np.array([], dtype=np.int64))[0].shape == (0, 2)


def test_points_of_one_pixel_are_dropped_but_ends_stay() -> None:
    thin = lines([(0.1, 0.1), (0.2, 0.2), (0.9, 0.3), (3.0, 0.0), (3.5, 0.0)], [(3.6, 0.0), (3.7, 0.0)]).thinned()
    assert thin.xy.tolist() == [[0.1, 0.1], [3.0, 0.0], [3.5, 0.0], [3.6, 0.0], [3.7, 0.0]]
    assert thin.row.tolist() == [0, 0, 0, 1, 1]


def test_segments_do_not_join_lines() -> None:
    assert lines([(0, 0), (1, 0), (1, 1)], [(5, 5), (6, 5)]).segments().tolist() == [
        [0, 0, 1, 0],
        [1, 0, 1, 1],
        [5, 5, 6, 5],
    ]


def test_steps_tell_how_far_along_each_segment_begins() -> None:
    assert lines([(0, 0), (3, 0), (3, 4)], [(5, 5), (6, 5)]).steps()[1].tolist() == [0, 3, 0]


def test_dashes_run_on_around_a_bend() -> None:
    found = dashes(lines([(0, 0), (5, 0), (5, 5)]), 4, 2)
    # 0-4 drawn, 4-6 gap, 6-10 drawn: six along is one up the second side
    assert found.tolist() == [[0, 0, 4, 0], [5, 1, 5, 5]]


@settings(max_examples=30)
@given(st.integers(1, 30), st.integers(1, 30), st.lists(st.floats(1, 50), min_size=1, max_size=6))
def test_dashes_and_gaps_fill_the_line(on_px: int, off_px: int, sides: list[float]) -> None:
    ends = np.cumsum([0.0, *sides])
    course = [(float(x), 0.0) for x in ends]
    total = float(ends[-1])
    whole, rest = divmod(total, on_px + off_px)
    assert length(dashes(lines(course), on_px, off_px)) == pytest.approx(whole * on_px + min(rest, on_px), abs=1e-6)


def test_arrows_stand_half_a_distance_in_and_then_evenly() -> None:
    found = arrows(lines([(0, 0), (30, 0)]), 10, 2)
    assert len(found) == 6
    tips = sorted(found[:3, 2].tolist())
    assert tips == pytest.approx([6, 16, 26])  # 5, 15, 25 and half the arrow's size
    assert arrows(lines([(0, 0), (4, 0)]), 10, 2).shape == (0, 4)


def test_arrows_point_along_the_line() -> None:
    wing_x, _, tip_x, tip_y = arrows(lines([(30, 0), (0, 0)]), 20, 2)[0]
    assert tip_x < wing_x
    assert tip_y == pytest.approx(0)


def test_arrows_go_on_from_the_line_before() -> None:
    course = lines([(0, 0), (4, 0)], [(4, 0), (8, 0)])
    joined = Lines(course.xy, course.row, np.array([0.0, 4.0]))
    assert arrows(joined, 10, 2)[0, 2] == pytest.approx(6)


def test_right_of_the_course_is_below_where_it_runs_east() -> None:
    assert lines([(0, 0), (10, 0)]).shifted(2).xy.tolist() == [[0, 2], [10, 2]]


def test_a_bend_is_mitred() -> None:
    assert lines([(0, 0), (10, 0), (10, 10)]).shifted(2).xy == pytest.approx(np.array([[0, 2], [8, 2], [8, 10]]))


def test_a_hairpin_stays_near() -> None:
    shifted = lines([(0, 0), (10, 0), (0, 0)]).shifted(2).xy
    assert np.abs(shifted - [[0, 0], [10, 0], [0, 0]]).max() <= 4
