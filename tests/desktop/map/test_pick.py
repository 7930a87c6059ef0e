from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from desktop.map.pick import Picker
from desktop.map.scene import Fill, MapLayer, Mark, Scene, Stroke
from layers.geometry import Geometry, Shape
from tests.desktop.map.pictures import areas, square

NOTHING: frozenset[str] = frozenset()


def test_points_come_before_lines_and_lines_before_areas(scene: Scene) -> None:
    assert Picker(scene.layers).near(60, 40, 3, NOTHING) == [("depots", 0), ("streets", 1)]
    assert Picker(scene.layers).near(30, 1, 3, NOTHING) == [("streets", 0), ("lake", 0)]


def test_nearer_lines_come_first() -> None:
    layer = MapLayer("s", Geometry.lines([[(0, 0), (100, 0)], [(0, 5), (100, 5)], [(0, 50), (100, 50)]]), (Stroke("main"),))
    assert Picker([layer]).near(50, 4, 6, NOTHING) == [("s", 1), ("s", 0)]


def test_the_distance_is_to_the_line_and_not_to_its_box() -> None:
    layer = MapLayer("s", Geometry.lines([[(0, 0), (100, 100)]]), (Stroke("main"),))
    assert Picker([layer]).near(90, 10, 5, NOTHING) == []
    assert Picker([layer]).near(51, 50, 5, NOTHING) == [("s", 0)]


def test_a_hole_is_outside() -> None:
    layer = MapLayer("a", areas(square(0, 0, 80, 40), square(0, 0, 200)), (Fill("main"),))
    picker = Picker([layer])
    assert picker.near(30, 0, 1, NOTHING) == [("a", 0), ("a", 1)]
    assert picker.near(0, 0, 1, NOTHING) == [("a", 1)]
    assert picker.near(150, 0, 1, NOTHING) == []


def test_what_is_not_shown_is_not_found(scene: Scene) -> None:
    picker = Picker(scene.layers)
    assert picker.near(60, 40, 3, frozenset({"depots"})) == [("streets", 1)]
    shut = tuple(replace(layer, pickable=False) for layer in scene.layers)
    assert Picker(shut).near(60, 40, 3, NOTHING) == []
    hidden = tuple(replace(layer, visible=False) for layer in scene.layers)
    assert Picker(hidden).near(60, 40, 3, NOTHING) == []


def test_classes_that_the_scale_hides_are_not_found() -> None:
    layer = MapLayer("p", Geometry.points([(0, 0)]), (Mark("main", until_scale=1000),))
    assert Picker([layer]).near(0, 0, 1, NOTHING, 1000) == [("p", 0)]
    assert Picker([layer]).near(0, 0, 1, NOTHING, 1001) == []


def test_a_box_takes_what_lies_wholly_in_it(scene: Scene) -> None:
    picker = Picker(scene.layers)
    assert picker.within((-95, -5, 95, 45), NOTHING) == [("depots", 0), ("streets", 0), ("streets", 1)]
    assert picker.within((50, 30, 95, 45), NOTHING) == [("depots", 0)]


@pytest.mark.alone
def test_400_000_lines_are_passed_over_in_30_ms() -> None:
    start = np.random.default_rng(1).random((400_000, 2)) * 50_000
    coords = np.stack([start, start + 80], axis=1).reshape(-1, 2)
    layer = MapLayer("s", Geometry(Shape.LINE, coords, (np.arange(400_001) * 2,)), (Stroke("main"),))
    picker = Picker([layer])
    assert ("s", 7) in picker.near(start[7, 0] + 40, start[7, 1] + 40, 5, NOTHING)
    begin = time.process_time()
    for row in range(10):
        picker.near(start[row, 0], start[row, 1], 5, NOTHING)
    assert (time.process_time() - begin) / 10 < 0.030
